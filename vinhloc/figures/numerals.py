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

from vinhloc.figures.translation import _

NUMERAL = r"[-−]?\d(?:[\d.,]| (?=\d{3}(?!\d)))*"
THOUSANDS, DECIMAL = ".", ","
MOST_SHARE = Decimal(100)  # of a percentage that is a part of a whole
MOST_PERCENT = 200  # of an indicator without a range
MOST_DIGITS = 24  # the arithmetic of Decimal is exact up to 28


class FigureProblem(ValueError):
    """What is unclear in a written figure (`why`) and what to `write`; `kind` its code.

    The text of the exception says both.
    """

    def __init__(self, kind: str, why: str, write: str):
        super().__init__(f"{why}: {write}")
        self.kind, self.why, self.write = kind, why, write


@dataclass(frozen=True)
class Scale:
    """How a numeral is measured: decimals expected, factor to the unit, range.

    `decimals` are those of the unit that is written; `plausible` is a pair in the
    indicator's unit, which is `factor` times the written one. `percent`: the unit is
    a percentage. `named`: the unit stands beside the numeral, so that no spreadsheet
    took it for a number. `attained`: words beside it may speak of the plan, so that
    the range of levels tells nothing of it.
    """

    decimals: int
    factor: Decimal = Decimal(1)
    plausible: tuple[Decimal, Decimal] | None = None
    percent: bool = False
    named: bool = False
    attained: bool = False

    @property
    def whole_only(self) -> bool:
        """Whether decimals are none of such a figure."""
        return not (self.decimals or self.percent)

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
    if sum(map(str.isdecimal, digits)) > MOST_DIGITS:
        write = _("hãy xem lại số chữ số")
        raise FigureProblem("long", _("«{text}» dài quá", text=written), write)
    readings = [value and sign * value for value in _readings(digits, scale)]
    value = readings[0]
    settled = len(readings) > 1
    if settled:
        value = _settle(written, readings, scale)
    _check_not_mangled(written, digits, value, scale)
    note = _note(written, digits, value, scale, settled)
    return value, [note] if note else [], settled


def _readings(digits: str, scale: Scale) -> list[Decimal | None]:
    """Return every reading of an unsigned numeral; None stands for two figures."""
    marks = re.sub(r"[\d ]", "", digits)
    if " " in digits:
        return _spaced(digits)
    if not marks:
        return [Decimal(digits)]
    if len(set(marks)) > 1:
        return [_both_marks(digits)]
    if len(marks) > 1:
        return [_grouped(digits, marks[0])]
    return _one_mark(digits, marks, scale)


def _one_mark(digits: str, mark: str, scale: Scale) -> list[Decimal]:
    """Return the readings of a numeral with a single dot or comma."""
    whole, rest = digits.split(mark)
    if not rest:
        raise _slip(digits)
    as_decimal, as_thousands = Decimal(f"{whole}.{rest}"), Decimal(whole + rest)
    by_rule = mark == THOUSANDS
    grouped = whole[0] != "0" and len(whole) <= 3
    if len(rest) == 3 and grouped:
        if by_rule:
            return [as_thousands] if scale.whole_only else [as_thousands, as_decimal]
        return [as_decimal] if scale.decimals else [as_decimal, as_thousands]
    misplaced = len(rest) >= 3 and len(rest) > scale.decimals and int(whole)
    whole_only = scale.whole_only
    if by_rule and misplaced and (len(rest) == 3 or whole_only):  # 1234.567, 2.0805
        raise _slip(digits)
    if by_rule and grouped and whole_only and not scale.named:  # 2.08, maybe of 2.080
        return [as_decimal, Decimal(whole + rest.ljust(3, "0"))]
    return [as_decimal]


def _spaced(digits: str) -> list[Decimal | None]:
    """Return the reading of spaces as thousands marks: 2 080, 1 234 567.

    One space may also stand between two figures, unless a group begins with 0.
    """
    whole, mark, rest = digits.partition(DECIMAL)
    if not re.fullmatch(r"[1-9]\d{0,2}( \d{3})+", whole) or (mark and not rest):
        raise two_figures(digits)
    if rest and not rest.isdecimal():
        raise two_figures(digits)
    value = Decimal(whole.replace(" ", "") + (f".{rest}" if rest else ""))
    certain = rest or " 0" in whole or whole.count(" ") > 1
    return [value] if certain else [value, None]


def _both_marks(digits: str) -> Decimal:
    thousands, decimal = THOUSANDS, DECIMAL
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


def _settle(written: str, readings: list[Decimal | None], scale: Scale) -> Decimal:
    """Return the one reading that the range leaves; raise where it leaves more."""
    fitting = [v for v in readings if v is not None and scale.fits(v)]
    told = scale.plausible is not None and not scale.attained
    if told and len(fitting) == 1:
        return fitting[0]
    if None in readings:
        raise two_figures(written, spelled(readings[0]))
    large, small = sorted(readings, key=abs, reverse=True)
    forms = {"large": _certain(large, scale), "small": _certain(small, scale)}
    why = _(
        "«{written}» có thể là {large} hoặc {small}",
        written=written,
        large=f"{large:f}",
        small=spelled(small),
    )
    write = _("hãy ghi {large} hoặc {small}", **forms)
    raise FigureProblem("ambiguous", why, write)


def _check_not_mangled(written: str, digits: str, value: Decimal, scale: Scale):
    """Raise where a spreadsheet seems to have dropped or moved a mark."""
    if scale.attained and value * scale.factor > 100:
        return  # of the plan
    hundredth = _is_hundredth(value, scale)
    likely = value * 100 if hundredth else _likely(digits, value, scale)
    if likely is None:
        return
    why = _("«{written}» có thể là {likely} đã mất hoặc sai dấu phẩy, dấu chấm")
    same = spelled(value)
    same = same + "%" if hundredth else _certain(value, scale, padded=True)
    write = _("hãy ghi {likely}; nếu đúng là số đang có, hãy ghi {same}")
    shown = _certain(likely, scale)
    raise FigureProblem(
        "mangled",
        why.format(written=written, likely=shown),
        write.format(likely=shown, same=same),
    )


def _is_hundredth(value: Decimal, scale: Scale) -> bool:
    """Tell whether a percentage may lack its factor 100: 0,975 for 97,5 %.

    Of one that may reach all of 100 %, also 0,9 and 1 (a spreadsheet's =9/10, =9/9).
    """
    if not scale.percent or scale.named or not 0 < value <= 1:
        return False
    places = -value.normalize().as_tuple().exponent
    odd = value < 1 and places > scale.decimals
    low, high = scale.plausible or (0, 0)
    odd = odd or (low >= 0 and high >= MOST_SHARE)
    return scale.fits(value * 100) and (odd or not scale.fits(value))


def _likely(digits: str, value: Decimal, scale: Scale) -> Decimal | None:
    """Return what fits the range where the value does not: 97,5 for 975."""
    if not value or scale.factor != 1:
        return None
    places = range(1, scale.decimals + 2 if scale.decimals else 1)
    others = [value.scaleb(-k) for k in places] if digits.isdecimal() else []
    if scale.plausible is None and scale.percent and value > MOST_PERCENT:
        return next((other for other in others if other <= 100), None)
    if scale.fits(value):
        return None
    if re.search(r"[.,]\d{1,3}$", digits) and not digits.startswith("0"):
        others += [value * 1000]
    return next((other for other in others if scale.fits(other)), None)


def _note(written: str, digits: str, value: Decimal, scale: Scale, settled: bool):
    """Return what was assumed of the marks; "" where they follow the rule."""
    if settled:
        text = _("«{written}» đọc là {value} theo khoảng thường gặp của chỉ tiêu")
        return text.format(written=written, value=spelled(value))
    by_rule = digits.replace(THOUSANDS, "").replace(DECIMAL, ".")
    if " " in digits or by_rule.count(".") > 1 or Decimal(by_rule) != abs(value):
        text = _("«{written}» đọc là {value}")
        return text.format(written=written, value=spelled(value))
    return ""


def spelled(value: Decimal) -> str:
    """Return a number with all its decimals."""
    text = f"{value:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.translate(str.maketrans(",.-", f"{THOUSANDS}{DECIMAL}−"))


def _certain(value: Decimal, scale: Scale, *, padded: bool = False) -> str:
    """Return a number in a form that can be read in one way only.

    `padded`: with so many decimals that no mark can be taken for another.
    """
    text = spelled(value)
    _whole, mark, rest = text.partition(DECIMAL)
    if not mark:
        return text if scale.whole_only else text + DECIMAL + "0"
    if not scale.decimals and (padded or len(rest) == 3):
        return text.ljust(len(text) - len(rest) + 4, "0")
    return text


def two_figures(written: str, together: str = "") -> FigureProblem:
    """Return the problem of a text with two figures, or with one that a space parts."""
    why = _("«{written}» có hai con số", written=written)
    write = _("mỗi ô chỉ ghi một số")
    if together:
        write = _("mỗi ô chỉ ghi một số; nếu là một số, hãy ghi {number}")
        write = write.format(number=together)
    return FigureProblem("two_figures", why, write)


def _slip(written: str) -> FigureProblem:
    why = _("«{written}» đặt dấu chấm, dấu phẩy chưa đúng", written=written)
    return FigureProblem("slip", why, _("hãy viết kiểu 2.080 hoặc 97,5"))
