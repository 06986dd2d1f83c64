"""Read cells in which a spreadsheet holds a number."""

from __future__ import annotations

import datetime
import numbers
from decimal import Decimal

from vinhloc.figures.amounts import Amounts, Figure, is_nothing, limits_of
from vinhloc.figures.numerals import DECIMAL, FigureProblem, spelled
from vinhloc.figures.refusals import problem
from vinhloc.figures.translation import _
from vinhloc.figures.units import Units, standard_units
from vinhloc.figures.writing import EVENT_UNIT

# Without a range, a percentage beyond it was typed into a cell that shows percent.
MOST_PERCENT = Decimal(1000)


def parse_number_cell(
    value: float | int | Decimal | None,
    *,
    unit: str,
    decimals: int,
    plausible: tuple | None = None,
    percent: bool = False,
    units: Units | None = None,
) -> Figure | None:
    """Read a cell that holds a number: what was typed may have been changed.

    `percent`: the cell shows the number as a percentage, 0.975 as 97,5 %. A
    spreadsheet in another language reads 2.080 as 2.08 and 97,5 as 975: where the
    number does not fit, or fits in two ways, FigureProblem asks to write it as text.
    Returns None for a missing value.

    >>> from vinhloc.figures import parse_number_cell
    >>> parse_number_cell(0.975, unit="%", decimals=1, percent=True).value
    Decimal('97.5')
    """
    if is_nothing(value):
        return None
    number = _exact(value)
    shown = spelled(number)
    known, limits = units or standard_units(), limits_of(plausible)
    amounts = Amounts(shown, unit, int(decimals), limits, known)
    if percent:
        return _percentage(number, amounts)
    if unit == EVENT_UNIT and number not in (0, 1):
        raise problem("event", shown)
    if _is_thousandth(number, amounts):
        value = (number * 1000).normalize() + 0
        note = _("ô số {shown} đọc là {value} theo khoảng thường gặp của chỉ tiêu")
        note = note.format(shown=shown, value=value)
        return Figure(value, notes=(note,), settled=True)
    return Figure(amounts.number(_written(number)))


def _exact(value: object) -> Decimal:
    """Return the number that a cell shows, without the noise of binary floats."""
    if isinstance(value, datetime.date | datetime.time):
        raise problem("date", str(value))
    real = isinstance(value, numbers.Real | Decimal) and not isinstance(value, bool)
    if not real or not -1e15 < value < 1e15:
        why = _("ô có «{value}», không phải con số", value=value)
        raise FigureProblem("number_cell", why, _("hãy ghi chính con số"))
    return Decimal(f"{Decimal(f'{value:.15g}'):f}").normalize() + 0


def _written(number: Decimal) -> str:
    """Return a number with a decimal mark that cannot be taken for thousands."""
    whole, _mark, rest = f"{number:f}".partition(".")
    rest += "0" if len(rest) == 3 else ""
    return whole + (DECIMAL + rest if rest else "")


def _percentage(number: Decimal, amounts: Amounts) -> Figure:
    """Read a cell in the format of percentages."""
    if (amounts.own.base, amounts.own.factor) != ("%", 1):
        why = _("ô định dạng phần trăm")
        write = _("hãy ghi bằng {own}", own=amounts.unit)
        raise FigureProblem("unit", why, write)
    value = (number * 100).normalize() + 0
    low, high = amounts.plausible or (-MOST_PERCENT, MOST_PERCENT)
    if not low <= value <= high and low <= number <= high:
        shown = [spelled(v) for v in (value, number)]
        why = _("ô định dạng phần trăm đang là {first}%, có lẽ là {second}%")
        why = why.format(first=shown[0], second=shown[1])
        raise FigureProblem("number_cell", why, _("hãy ghi lại con số kèm dấu %"))
    return Figure(value)


def _is_thousandth(number: Decimal, amounts: Amounts) -> bool:
    """Tell whether 2.08 is what a spreadsheet made of 2.080; raise where unsure."""
    places = -number.as_tuple().exponent
    percent = amounts.own.base == "%"
    if percent or not 1 <= places <= 3 or not 1 <= abs(number) < 1000:
        return False
    low, high = amounts.plausible or (Decimal(0), Decimal(-1))
    small, large = (low <= v <= high for v in (number, number * 1000))
    if small != large:
        return large
    told = small and high.is_finite()
    if not told and amounts.decimals and (places < 3 or places <= amounts.decimals):
        return False
    why = _("ô số {shown} có thể là {value} mà bảng tính đã đổi")
    why = why.format(shown=amounts.said, value=(number * 1000).normalize() + 0)
    write = _("hãy định dạng ô kiểu văn bản (Text) rồi ghi lại")
    raise FigureProblem("number_cell", why, write)
