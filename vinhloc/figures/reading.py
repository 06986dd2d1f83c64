"""Read a figure as an office wrote it, or say what is unclear about it.

The text is taken apart in order: what cannot be a figure is refused with its reason,
words around the figure ("ước đạt", "trên", "trở lên") say what kind of figure it is,
and what is left must be a number, a share or a range with at most a unit.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from vinhloc.figures.amounts import Amounts, Figure, is_nothing, limits_of
from vinhloc.figures.numerals import NUMERAL, FigureProblem, two_figures
from vinhloc.figures.phrases import (
    BOUNDS,
    JOINED,
    LEVEL_WORDS,
    NO_FIGURE,
    NOTHING_LEFT,
    event_value,
    level_of,
    strip_estimate,
    without_stops,
)
from vinhloc.figures.refusals import (
    BEFORE,
    END,
    check_bare_date,
    check_characters,
    check_length,
    check_refusals,
    problem,
)
from vinhloc.figures.shares import read_stroke, stated_twice
from vinhloc.figures.translation import _
from vinhloc.figures.units import Units, standard_units
from vinhloc.figures.words import one_line, plain, unwrapped
from vinhloc.figures.writing import EVENT_UNIT

# Reasons that also hold for an event.
BY_FORM = ("formula", "spreadsheet_error", "nil", "date")


def parse_figure(
    text: object,
    *,
    unit: str,
    decimals: int,
    plausible: tuple | None = None,
    units: Units | None = None,
    written_unit: str = "",
    counts_reduction: bool = False,
    bare_shares: bool = True,
    quota: bool = False,
) -> Figure | None:
    """Read a written figure of an indicator with this unit and number of decimals.

    Returns None where the text stands for no figure (empty, "…"). `plausible` is a
    (low, high) pair in the indicator's unit: it may settle how dots and commas are
    meant, then `settled` is true. `units` are the known units (`units_with` adds a
    programme's own); `written_unit` is the unit of a text that names none;
    `counts_reduction` marks an indicator of which "giảm 14 hộ" is a level; without
    `bare_shares` a percentage is no share ("9/10") of anything: a growth, a mean; of
    a `quota` more than the whole may be reached ("12/10").
    Raises FigureProblem, which says what is unclear and how to write it.

    >>> from vinhloc.figures import parse_figure
    >>> figure = parse_figure("ước đạt trên 97,5%", unit="%", decimals=1)
    >>> figure.value, figure.bound, figure.vintage
    (Decimal('97.5'), 'lower', 'estimate')
    """
    raw = _as_text(text)
    check_length(raw)
    clean = plain(raw).replace("phần trăm", "%")
    if re.fullmatch(NO_FIGURE, clean):
        return None
    check_characters(raw)
    said, known = one_line(raw), units or standard_units()
    limits = limits_of(plausible)
    shares = bare_shares and (limits is None or limits[0] >= 0)
    facts = (said, unit, int(decimals), limits, known, written_unit, shares)
    amounts = Amounts(*facts, quota=quota)
    clean, estimated = strip_estimate(without_stops(clean))
    figure = _figure(without_stops(clean), amounts, estimated, counts_reduction)
    return replace(
        figure,
        vintage="estimate" if estimated else None,
        notes=tuple(dict.fromkeys(amounts.notes)),
        settled=amounts.settled,
    )


def parse_grade(text: object, grades: list[str]) -> Figure | None:
    """Read a cell that holds a grade: exactly one of the words of its scale.

    Returns its rank, from 1; None for a cell that says there is none. Raises
    FigureProblem for any other text: a lower grade is not taken for a higher one.

    >>> from vinhloc.figures import parse_grade
    >>> parse_grade("ước: Hoàn thành tốt", ["hoàn thành", "hoàn thành tốt"]).value
    Decimal('2')
    """
    raw = _as_text(text)
    check_length(raw)
    if re.fullmatch(NO_FIGURE, plain(raw)):
        return None
    clean, estimated = strip_estimate(without_stops(plain(raw)))
    ranks = {plain(grade): rank for rank, grade in enumerate(grades, 1)}
    if (rank := ranks.get(without_stops(clean).strip(" :"))) is None:
        why = _("«{text}» không phải mức nào của thang đánh giá", text=one_line(raw))
        write = _("hãy ghi đúng một trong: {grades}", grades="; ".join(grades))
        raise FigureProblem("grade", why, write)
    return Figure(Decimal(rank), vintage="estimate" if estimated else None)


def _as_text(text: object) -> str:
    """Return what a cell holds as text, "" for nothing; a number with a comma."""
    if isinstance(text, str):
        return unwrapped(text)
    if is_nothing(text):
        return ""
    number = isinstance(text, float | Decimal)
    return str(text).replace(".", ",") if number else str(text)


def _figure(
    clean: str, amounts: Amounts, estimated: bool, counts_reduction: bool
) -> Figure:
    """Read a text from which the words of an estimate are taken off."""
    if amounts.unit == EVENT_UNIT:
        return _event(clean, amounts.said)
    if re.fullmatch(NOTHING_LEFT, clean):
        low, high = amounts.plausible or (0, 0)
        if not low <= 0 <= high:
            raise problem("absent", amounts.said)
        amounts.notes.append(_("«{text}» đọc là 0", text=amounts.said))
        return Figure(Decimal(0))
    clean = _without_brackets(clean, amounts)
    figure = stated_twice(LEVEL_WORDS.sub("", clean), amounts)
    if figure is None:
        level = _level(clean, amounts, estimated, counts_reduction)
        amounts.attained = _may_be_of_plan(amounts)
        figure = _measured(level, amounts)
        if amounts.attained and max(figure.value, figure.upper_value or 0) > 100:
            raise problem("attainment", amounts.said)
    return figure


def _may_be_of_plan(amounts: Amounts) -> bool:
    """Tell whether a percentage that was reached may be one of the plan.

    Of a quota, and where its range goes above 100, it is the level.
    """
    highest = amounts.plausible[1] if amounts.plausible else 100
    reached = re.search(rf"{BEFORE}đạt{END}", plain(amounts.said))
    level = highest > 100 or amounts.quota
    return amounts.own.base == "%" and not level and reached is not None


def _event(clean: str, said: str) -> Figure:
    value = event_value(clean)
    if value is not None:
        return Figure(value)
    try:
        check_refusals(clean, said, growing=False)
    except FigureProblem as found:
        if found.kind in BY_FORM:
            raise
    raise problem("event", said)


def _level(
    clean: str, amounts: Amounts, estimated: bool, counts_reduction: bool
) -> str:
    """Return the part of a text that states a level: a number with its unit."""
    unit, said = plain(amounts.unit), amounts.said
    body, tail = _split_unit(clean, unit)
    percent = amounts.own.base == "%"
    body = level_of(
        body,
        said,
        relative="%" in clean and "%" not in unit,
        percent=percent,
        estimated=estimated,
        counts_reduction=counts_reduction,
    )
    if "/" in unit:  # "bình quân" is part of what such a unit measures
        body = re.sub(r"^(?:bình quân|bq)[ :]+(?:đạt )?(?=\D*\d)", "", body)
    return body if re.search(r"\d", tail) else body + tail


def _without_brackets(text: str, amounts: Amounts) -> str:
    """Return a text whose unit stands in brackets, "52 (ha)", without them."""
    match = re.fullmatch(r"([^()]*)\(([^()\d]+)\)", text)
    unit = match and amounts.units.find(match[2], amounts.unit)
    return f"{match[1].strip()} {match[2].strip()}" if unit else text


def _split_unit(text: str, unit: str) -> tuple[str, str]:
    """Part a text from the indicator's own unit at its end.

    The unit may hold words and digits that would be a fault elsewhere ("12 tháng",
    "2,5 DN/1.000 dân").
    """
    spelling = re.escape(unit).replace(r"\.", "[.,]?")
    match = re.fullmatch(rf"(.*[^\W_].*?)({spelling})", text)
    apart = match and not re.match(r"\d|$", unit)
    if not apart or re.search(r"[^\W\d_]$|/$", match[1]):
        return text, ""
    return match[1], match[2]


def _measured(text: str, amounts: Amounts) -> Figure:
    """Read what is left: a bound, a range, a share, actual/plan or a plain number."""
    for bound, pattern in BOUNDS:
        if match := re.fullmatch(pattern, text):
            return Figure(_plain_number(match["rest"], amounts), bound)
    number, unit = rf"({NUMERAL})", r"([^\d]*?)"
    joined = rf"(?:từ )?{number} ?{unit} ?{JOINED} ?{number} ?(\D*)"
    if match := re.fullmatch(joined, text):
        return _range(match, amounts)
    if match := re.fullmatch(rf"{number} ?{unit} ?/ ?{number} ?(\D*)", text):
        return read_stroke(match, amounts)
    return Figure(_plain_number(text, amounts))


def _plain_number(text: str, amounts: Amounts) -> Decimal:
    rank = re.fullmatch(r"(\D+) (\d.*)", text)
    found = rank and amounts.units.find(rank[1], amounts.unit)
    if found == amounts.own and found.kind == "rank":
        text = rank[2]  # "mức độ 2"
    match = re.fullmatch(rf"({NUMERAL}) ?(.*)", text.strip())
    if not match:
        kind = "unclear" if re.search(r"\d", text) else "no_number"
        raise problem(kind, amounts.said)
    numeral, unit = match[1], match[2].strip()
    if numeral[-1] in ".,":
        raise problem("slip", amounts.said)
    if re.search(r"\d", re.sub(r"m[23](?!\d)", "", unit)):
        raise two_figures(amounts.said)
    return amounts.number(numeral, unit)


def _range(match: re.Match, amounts: Amounts) -> Figure:
    first, first_unit, second, second_unit = (part.strip() for part in match.groups())
    unit = first_unit or second_unit
    if not unit:
        check_bare_date(match[0], amounts.said)
    low = amounts.number(first, unit)
    high = amounts.number(second, second_unit or unit)
    if low >= high:
        why = _("«{text}» không đi từ số nhỏ đến số lớn", text=amounts.said)
        raise FigureProblem("range", why, _("hãy ghi «từ … đến …», số nhỏ trước"))
    return Figure(low, "range", high)
