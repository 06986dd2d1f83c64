"""A figure, and a number with its unit as it is written: in an indicator's unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from vinhloc.figures.numerals import (
    MOST_SHARE,
    FigureProblem,
    Scale,
    read_numeral,
)
from vinhloc.figures.translation import _
from vinhloc.figures.units import Unit, Units, split_scale
from vinhloc.figures.words import plain
from vinhloc.figures.writing import is_missing

COUNTED = ("count", "whole", "rank")


@dataclass(frozen=True)
class Figure:
    """A figure that was read, in the indicator's unit.

    `bound`: exact, lower, upper, or range (up to `upper_value`). `vintage`:
    "estimate" where the text says so. `plan`: of actual/plan. `numerator` and
    `denominator`: of a share of a whole. `notes`: what was converted or assumed.
    `settled`: its plausible range or its unit alone told how to read it; ask for
    confirmation.
    """

    value: Decimal
    bound: str = "exact"
    upper_value: Decimal | None = None
    vintage: str | None = None
    plan: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    notes: tuple[str, ...] = ()
    settled: bool = False


@dataclass
class Amounts:
    """What is known of the indicator while its figure is read."""

    said: str
    unit: str
    decimals: int
    plausible: tuple[Decimal, Decimal] | None
    units: Units
    written_unit: str = ""
    bare_shares: bool = True
    quota: bool = False
    attained: bool = False  # "đạt" beside a percentage: maybe one of the plan
    notes: list[str] = field(default_factory=list)
    settled: bool = False

    def __post_init__(self):
        found = self.units.find(self.unit, self.unit)
        self.own = found or Unit(self.unit, self.unit, Decimal(1), "count")
        if (
            self.own.base == "%"
            and self.plausible
            and not self.plausible[1].is_finite()
        ):
            self.plausible = self.plausible[0], max(self.plausible[0], MOST_SHARE)

    def number(self, numeral: str, unit: str = "") -> Decimal:
        """Return a numeral in the indicator's unit; `unit` is as written or empty."""
        factor = self._factor(unit or self.written_unit)
        scale = Scale(
            decimals=max(0, self.decimals + factor.adjusted()),
            factor=factor,
            plausible=self.plausible,
            percent=self.own.base == "%",
            named=bool(unit),
            attained=self.attained,
        )
        value, notes, settled = read_numeral(numeral.strip(), scale)
        self.notes += notes
        self.settled |= settled
        value = value if factor == 1 else (value * factor).normalize() + 0
        whole = value == value.to_integral_value()
        if self.own.kind in COUNTED and not self.decimals and not whole:
            why = _("«{text}»: {unit} chỉ đếm bằng số nguyên")
            why = why.format(text=self.said, unit=self.unit)
            raise FigureProblem("fraction", why, _("hãy ghi số nguyên"))
        return value

    def _factor(self, unit: str) -> Decimal:
        """Return what a number in a written unit is multiplied with."""
        unit = unit.strip()
        if not unit or plain(unit) == plain(self.unit):
            return Decimal(1)
        found = self.units.find(unit, self.unit)
        fixed = "%" in self.unit or self.own.kind == "rank"
        scaled = fixed and split_scale(plain(unit))[0] != 1
        if not found or found.base != self.own.base or scaled:
            raise self.foreign(unit)
        factor = found.factor / self.own.factor
        if found.assumed:
            self.notes.append(_("«{unit}» hiểu là {own}", unit=unit, own=self.unit))
        if factor != 1:
            text = _("đổi từ {unit} sang {own}", unit=unit, own=self.unit)
            self.notes.append(text)
        return factor

    def foreign(self, unit: str) -> FigureProblem:
        """Return the problem of a written unit that cannot be the indicator's."""
        found = self.units.find(unit, self.unit)
        kind, write = "unit", _("hãy ghi bằng {own}", own=self.unit)
        if found and found.kind == "regional":
            kind, why = "regional_unit", _("«{unit}» mỗi vùng một khác", unit=unit)
        elif {plain(unit), plain(self.unit)} <= {"%", "điểm %"}:
            why = _("% và điểm % là hai đại lượng khác nhau")
        elif plain(unit) == "%":
            why = _("số phần trăm so với kế hoạch hay năm trước không phải kết quả")
        elif found:
            why = _("đơn vị «{unit}» khác đơn vị của chỉ tiêu", unit=unit)
        else:
            kind, why = "unclear", _("không hiểu «{unit}»", unit=unit)
            write = _("chỉ ghi số và đơn vị {own}", own=self.unit)
        return FigureProblem(kind, why, write)


def limits_of(plausible: tuple | None) -> tuple[Decimal, Decimal] | None:
    """Return a range as two numbers in order; a missing end is open, two are none."""
    if not plausible or all(map(is_nothing, plausible)):
        return None
    low, high = (Decimal("NaN" if is_nothing(end) else str(end)) for end in plausible)
    low = Decimal("-Infinity") if low.is_nan() else low
    high = Decimal("Infinity") if high.is_nan() else high
    return min(low, high), max(low, high)


def is_nothing(value: object) -> bool:
    """Tell whether a cell or the end of a range holds no value."""
    return value.is_nan() if isinstance(value, Decimal) else is_missing(value)
