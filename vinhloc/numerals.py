"""Numerals with dots and commas: what each can mean, and which reading counts.

Vietnamese offices write a dot for thousands and a comma for decimals; the press and
some spreadsheets do it the other way. A numeral gives all its readings; one is taken
only where the others are impossible, or where the indicator's plausible range leaves
no other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_decimal

from vinhloc.language import _

NUMERAL = r"[-−]?\d(?:[\d.,]| (?=\d{3}(?!\d)))*"
MARKS = {"vi": (".", ","), "en": (",", ".")}


class FigureProblem(ValueError):
    """What is unclear in a written figure and how to write it; `kind` is its code."""

    def __init__(self, kind: str, text: str):
        super().__init__(text)
        self.kind = kind


@dataclass(frozen=True)
class Scale:
    """How a numeral is measured: decimals expected, factor to the unit, range.

    `decimals` are those of the unit that is written; `plausible` is a pair in the
    indicator's unit, which is `factor` times the written one.
    """

    decimals: int
    factor: Decimal = Decimal(1)
    plausible: tuple[Decimal, Decimal] | None = None
    percent: bool = False
    locale: str = "vi"

    def fits(self, value: Decimal) -> bool:
        """Tell whether a value lies in the plausible range (True without one)."""
        if self.plausible is None:
            return True
        low, high = self.plausible
        return low <= value * self.factor <= high


def read_numeral(written: str, scale: Scale) -> tuple[Decimal, list[str], bool]:
    """Return the value of a numeral, notes, and whether the range settled it.

    The value is in the written unit. Raises FigureProblem for a numeral that is
    malformed or can be read in two ways.
    """
    sign = -1 if written[0] in "-−" else 1
    digits = written.lstrip("-−")
    readings = [value and sign * value for value in _readings(digits, scale)]
    notes = []
    settled = len(readings) > 1
    if settled:
        fitting = [v for v in readings if v is not None and scale.fits(v)]
        if scale.plausible is None or len(fitting) != 1:
            raise FigureProblem("ambiguous", _two_ways(written, readings, scale))
        readings = fitting
        value = spelled(readings[0], scale.locale)
        text = _("«{written}» đọc là {value} theo khoảng thường gặp của chỉ tiêu")
        notes.append(text.format(written=written, value=value))
    value = readings[0]
    _check_not_mangled(written, digits, value, scale)
    if not settled and _other_marks(digits, abs(value), scale):
        text = _("«{written}» đọc là {value}")
        notes.append(text.format(written=written, value=spelled(value, scale.locale)))
    return value, notes, settled


def _readings(digits: str, scale: Scale) -> list[Decimal | None]:
    """Return every reading of an unsigned numeral; None stands for two figures."""
    thousands, decimal = MARKS[scale.locale]
    dots, commas = digits.count(thousands), digits.count(decimal)
    whole, _mark, rest = (
        digits.replace(thousands, "t")
        .replace(decimal, "d")
        .partition("d" if commas and not dots else "t")
    )
    if " " in digits:
        return _spaced(digits, decimal)
    if not dots and not commas:
        return [Decimal(digits)]
    if dots and commas:
        return [_both_marks(digits, thousands, decimal)]
    if (dots or commas) > 1:
        return [_grouped(digits, thousands if dots else decimal)]
    if not whole or not rest:
        raise _slip(digits)
    as_decimal = Decimal(f"{whole}.{rest}")
    as_thousands = Decimal(whole + rest)
    groups = len(rest) == 3 and len(whole) <= 3 and whole[0] != "0"
    if groups and dots:
        return [as_thousands, as_decimal] if scale.decimals else [as_thousands]
    if groups and not scale.decimals:
        return [as_decimal, as_thousands]
    cut = dots and not scale.decimals and len(rest) < 3 and len(whole) <= 3
    if cut and whole[0] != "0":  # 2.080 that a spreadsheet made 2.08
        return [as_decimal, Decimal(whole + rest.ljust(3, "0"))]
    return [as_decimal]


def _spaced(digits: str, decimal: str) -> list[Decimal | None]:
    """Return the reading of spaces as thousands marks, never certain by itself."""
    whole, mark, rest = digits.partition(decimal)
    if not re.fullmatch(r"[1-9]\d{0,2}( \d{3})+", whole) or (mark and not rest):
        raise _two_figures(digits)
    if rest and not rest.isdecimal():
        raise _slip(digits)
    value = Decimal(whole.replace(" ", "") + (f".{rest}" if rest else ""))
    return [value, None]


def _both_marks(digits: str, thousands: str, decimal: str) -> Decimal:
    if digits.rfind(thousands) > digits.rfind(decimal):  # 1,234.5
        thousands, decimal = decimal, thousands
    whole, _mark, rest = digits.partition(decimal)
    if not rest.isdecimal():
        raise _slip(digits)
    return _grouped(whole, thousands) + Decimal(f"0.{rest}")


def _grouped(digits: str, mark: str) -> Decimal:
    if not re.fullmatch(rf"[1-9]\d{{0,2}}(\{mark}\d{{3}})+", digits):
        raise _slip(digits)
    return Decimal(digits.replace(mark, ""))


def _check_not_mangled(written: str, digits: str, value: Decimal, scale: Scale):
    """Raise where the range says that a spreadsheet dropped or moved a mark."""
    if scale.fits(value) or not value:
        return
    places = range(1, scale.decimals + 2 if scale.decimals else 1)
    others = [value.scaleb(-k) for k in places] if digits.isdecimal() else []
    if scale.percent and abs(value) <= 1:
        others += [value * 100]
    if re.search(r"[.,]\d{1,3}$", digits) and not digits.startswith("0"):
        others += [value * 1000]
    likely = [other for other in others if scale.fits(other)]
    if not likely:
        return
    low, high = (spelled(limit, scale.locale) for limit in scale.plausible)
    same = _certain(value, scale)
    text = _(
        "«{written}» nằm ngoài khoảng thường gặp {low} - {high}; có thể bảng tính đã "
        "làm mất dấu: hãy viết {likely}",
        written=written,
        low=low,
        high=high,
        likely=_certain(likely[0], scale),
    )
    if same != written:
        text += _("; nếu đúng là số đó, hãy viết {same}", same=same)
    raise FigureProblem("mangled", text)


def _other_marks(digits: str, value: Decimal, scale: Scale) -> bool:
    """Tell whether the marks are not those of the language's own rule."""
    thousands, decimal = MARKS[scale.locale]
    by_rule = digits.replace(thousands, "").replace(decimal, ".")
    return by_rule.count(".") > 1 or Decimal(by_rule) != value


def spelled(value: Decimal, locale: str) -> str:
    """Return a number with all its decimals and the marks of a language."""
    text = format_decimal(value, "#,##0.##########", locale=locale)
    return text.replace("-", "−")


def _certain(value: Decimal, scale: Scale) -> str:
    """Return a number in a form that can be read in one way only."""
    text = spelled(value, scale.locale)
    decimal = MARKS[scale.locale][1]
    if scale.decimals and decimal not in text:
        return text + decimal + "0"
    if not scale.decimals and re.search(rf"\{decimal}\d{{3}}$", text):
        return text + "0"
    return text


def _two_ways(written: str, readings: list[Decimal], scale: Scale) -> str:
    if None in readings:
        return _two_figures(written).args[0]
    return _(
        "«{written}» có thể là {first} hoặc {second}: hãy viết {first_form} nếu là "
        "{first}, {second_form} nếu là {second}",
        written=written,
        first=spelled(max(readings, key=abs), scale.locale),
        second=spelled(min(readings, key=abs), scale.locale),
        first_form=_certain(max(readings, key=abs), scale),
        second_form=_certain(min(readings, key=abs), scale),
    )


def _two_figures(written: str) -> FigureProblem:
    text = _(
        "«{written}» có hai con số: mỗi ô chỉ ghi một số, hàng nghìn ngăn bằng dấu "
        "chấm (2.080)",
        written=written,
    )
    return FigureProblem("two_figures", text)


def _slip(written: str) -> FigureProblem:
    text = _(
        "«{written}» đặt dấu chấm, dấu phẩy chưa đúng: viết kiểu 2.080 hoặc 97,5",
        written=written,
    )
    return FigureProblem("slip", text)
