"""Read a column of written figures, and cells in which a spreadsheet holds a number."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

from vinhloc.language import _
from vinhloc.numerals import FigureProblem, Scale, read_numeral, spelled
from vinhloc.reading import Figure, parse_figure
from vinhloc.units import Units, standard_units

COLUMNS = ["value", "upper_value", "bound", "vintage", "plan", "numerator"]
COLUMNS += ["denominator", "settled", "notes", "problem", "problem_kind"]


def parse_number_cell(
    value: float | int | Decimal,
    *,
    unit: str,
    decimals: int,
    plausible: tuple | None = None,
    percent: bool = False,
) -> Figure:
    """Read a cell that holds a number: what was typed may have been changed.

    `percent`: the cell shows the number as a percentage, 0.975 as 97,5 %. A
    spreadsheet in another language reads 2.080 as 2.08 and 97,5 as 975: where the
    number does not fit, or fits in two ways, FigureProblem asks to write it as text.
    """
    if isinstance(value, bool) or not -1e15 < value < 1e15:
        text = _("ô có «{value}», không phải con số", value=value)
        raise FigureProblem("words", text)
    number = Decimal(f"{Decimal(f'{value:.15g}'):f}")
    if percent and unit != "%":
        text = _("ô định dạng phần trăm, chỉ tiêu tính bằng {unit}", unit=unit)
        raise FigureProblem("unit", text)
    if percent:
        return Figure((number * 100).normalize() + 0)
    limits = tuple(Decimal(str(v)) for v in plausible) if plausible else None
    scale = Scale(decimals, plausible=limits, percent=unit == "%")
    whole = number == number.to_integral_value()
    places = -number.as_tuple().exponent
    if not whole and places <= 3 and 1 <= abs(number) < 1000:
        return _maybe_thousands(number, scale)
    written = f"{number:.0f}" if whole else f"{number:f}".replace(".", ",")
    written += "0" if places == 3 else ""
    result, _notes, _settled = read_numeral(written, scale)
    return Figure(result)


def _maybe_thousands(number: Decimal, scale: Scale) -> Figure:
    """Read a number such as 2.08, which a spreadsheet may have made of 2.080."""
    possible = [number, number * 1000]
    fitting = [v for v in possible if scale.plausible and scale.fits(v)]
    shown, thousands = (spelled(v, scale.locale) for v in possible)
    if fitting == [number] or (scale.decimals and not fitting):
        return Figure(number)
    if fitting == [number * 1000]:
        text = _("ô số {shown} đọc là {thousands} theo khoảng thường gặp của chỉ tiêu")
        note = text.format(shown=shown, thousands=thousands)
        return Figure(fitting[0], notes=(note,), settled=True)
    raise FigureProblem(
        "number_cell",
        _(
            "ô số {shown}: có thể bảng tính đã đổi {thousands} thành {shown}; hãy định "
            "dạng ô kiểu văn bản (Text) rồi ghi lại",
            shown=shown,
            thousands=thousands,
        ),
    )


def parse_figures(
    texts: pd.Series,
    indicators: pd.DataFrame | Mapping,
    *,
    units: Units | None = None,
    locale: str = "vi",
) -> pd.DataFrame:
    """Read a column of written figures; collect every problem.

    `indicators` has the columns unit and decimals, and maybe plausible_low,
    plausible_high (one value for all, or a row per text, aligned by position).
    Returns a frame with the index of `texts` and the columns of Figure, `problem`
    (the message, or missing) and `problem_kind`; values are Decimal.
    """
    facts = pd.DataFrame(indicators, index=texts.index)
    known = units or standard_units()
    rows = [
        _row(text, fact, known, locale)
        for text, fact in zip(texts, facts.to_dict("records"), strict=True)
    ]
    return pd.DataFrame(rows, index=texts.index, columns=COLUMNS, dtype=object)


def _row(text: object, fact: Mapping, units: Units, locale: str) -> dict:
    low, high = fact.get("plausible_low"), fact.get("plausible_high")
    known = not (pd.isna(low) or pd.isna(high))
    try:
        figure = parse_figure(
            None if pd.isna(text) else text,
            unit=fact["unit"],
            decimals=int(fact["decimals"]),
            plausible=(low, high) if known else None,
            units=units,
            locale=locale,
        )
    except FigureProblem as problem:
        return {"problem": str(problem), "problem_kind": problem.kind}
    return vars(figure) if figure else {}
