"""Read a figure as an office wrote it, or say what is unclear about it.

The text is taken apart in order: what cannot be a figure is refused with its reason,
words around the figure ("ước đạt", "trên", "trở lên") say what kind of figure it is,
and what is left must be a number, a share or a range with at most a unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from vinhloc.language import _
from vinhloc.numerals import NUMERAL, FigureProblem, Scale, read_numeral, spelled
from vinhloc.phrases import (
    BOUNDS,
    EVENT_WORDS,
    JOINED,
    NO_FIGURE,
    NOTHING_LEFT,
    check_characters,
    check_refusals,
    level_of,
    strip_estimate,
)
from vinhloc.units import Unit, Units, split_scale, standard_units
from vinhloc.words import plain

EVENT_UNIT = "event"


@dataclass(frozen=True)
class Figure:
    """A figure that was read, in the indicator's unit.

    `bound`: exact, lower, upper, or range (up to `upper_value`). `vintage`:
    "estimate" where the text says so. `plan`: of actual/plan. `numerator` and
    `denominator`: of a share of a whole. `notes`: what was converted or assumed.
    `settled`: only the plausible range told how to read it; ask for confirmation.
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
class _Reader:
    """What is known of the indicator while its figure is read."""

    unit: str
    decimals: int
    plausible: tuple[Decimal, Decimal] | None
    units: Units
    locale: str
    written_unit: str
    notes: list[str] = field(default_factory=list)
    settled: bool = False

    @property
    def own(self) -> Unit:
        found = self.units.find(self.unit, self.unit)
        return found or Unit(self.unit, self.unit, Decimal(1), "count")

    def number(self, numeral: str, unit: str) -> Decimal:
        """Return a numeral in the indicator's unit; `unit` is as written or empty."""
        factor = self._factor(unit or self.written_unit)
        decimals = max(0, self.decimals + factor.adjusted())
        scale = Scale(
            decimals, factor, self.plausible, self.own.base == "%", self.locale
        )
        value, notes, settled = read_numeral(numeral.strip(), scale)
        self.notes += notes
        self.settled |= settled
        value *= factor
        whole = value == value.to_integral_value()
        if self.own.kind in ("count", "whole") and not self.decimals and not whole:
            text = _("«{written}»: {unit} là số đếm, phải là số nguyên")
            text = text.format(written=numeral, unit=self.unit)
            raise FigureProblem("fraction", text)
        return value

    def _factor(self, unit: str) -> Decimal:
        unit = unit.strip()
        if not unit:
            return Decimal(1)
        found = self.units.find(unit, self.unit)
        if found and found.kind == "regional":
            text = _(
                "«{unit}» mỗi vùng một khác: hãy đổi ra {own} rồi ghi",
                unit=unit,
                own=self.unit,
            )
            raise FigureProblem("regional_unit", text)
        scaled = split_scale(unit)[0] != 1
        if not found or found.base != self.own.base or (scaled and "%" in self.unit):
            raise self._foreign(unit, found)
        factor = found.factor / self.own.factor
        if found.assumed:
            self.notes.append(_("«{unit}» hiểu là {own}", unit=unit, own=self.unit))
        if factor != 1:
            text = _("đổi từ {unit} sang {own}", unit=unit, own=self.unit)
            self.notes.append(text)
        return factor

    def _foreign(self, unit: str, found: Unit | None) -> FigureProblem:
        if {plain(unit), plain(self.unit)} <= {"%", "điểm %"}:
            text = _("% và điểm % là hai đại lượng khác nhau; chỉ tiêu tính bằng {own}")
        elif unit == "%":
            text = _(
                "số phần trăm (so với kế hoạch hay năm trước) không phải kết quả; hãy "
                "ghi số tính bằng {own}"
            )
            return FigureProblem("attainment", text.format(own=self.unit))
        elif found:
            text = _("đơn vị «{unit}» khác đơn vị của chỉ tiêu; hãy ghi bằng {own}")
        else:
            text = _("không hiểu «{unit}»; chỉ ghi số và đơn vị {own}")
        return FigureProblem(
            "unit" if found or plain(unit) == "điểm %" else "words",
            text.format(unit=unit, own=self.unit),
        )


def parse_figure(
    text: object,
    *,
    unit: str,
    decimals: int,
    plausible: tuple | None = None,
    units: Units | None = None,
    locale: str = "vi",
    written_unit: str = "",
    counts_reduction: bool = False,
) -> Figure | None:
    """Read a written figure of an indicator with this unit and number of decimals.

    Returns None where the text stands for no figure (empty, "…"). `plausible` is a
    (low, high) pair in the indicator's unit: it may settle how dots and commas are
    meant, then `settled` is true. `units` are the known units (`units_with` adds a
    programme's own); `written_unit` is the unit of a text that names none;
    `counts_reduction` marks an indicator of which "giảm 14 hộ" is a level. Raises
    FigureProblem, which says what is unclear and how to write it.
    """
    if text is None or text != text:
        return None
    text = str(text)
    clean = plain(text.strip().removeprefix("'"))
    if re.fullmatch(NO_FIGURE, clean):
        return None
    if unit == EVENT_UNIT and clean in EVENT_WORDS:
        return Figure(Decimal(EVENT_WORDS[clean]))
    limits = tuple(Decimal(str(v)) for v in plausible) if plausible else None
    known = units or standard_units()
    reader = _Reader(unit, decimals, limits, known, locale, plain(written_unit))
    check_characters(text)
    clean = _without_numbered_unit(clean, plain(unit))
    clean, estimated = strip_estimate(clean)
    check_refusals(clean, text)
    clean = level_of(
        clean,
        text,
        percent="%" in clean + unit,
        highest=limits and limits[1],
        counts_reduction=counts_reduction,
    )
    figure = _measured(clean, reader)
    return replace(
        figure,
        vintage="estimate" if estimated else None,
        notes=tuple(dict.fromkeys(reader.notes)),
        settled=reader.settled,
    )


def _without_numbered_unit(text: str, unit: str) -> str:
    """Take off the indicator's own unit where it has digits ("2,5 DN/1.000 dân")."""
    numbered = re.search(r"\d", unit) and text.endswith(unit)
    return text.removesuffix(unit).rstrip() if numbered else text


def _measured(text: str, reader: _Reader) -> Figure:
    """Read what is left: a bound, a range, a share, actual/plan or a plain number."""
    if re.fullmatch(NOTHING_LEFT, text):
        reader.notes.append(_("«{text}» đọc là 0", text=text))
        return Figure(Decimal(0))
    for bound, pattern in BOUNDS:
        if match := re.fullmatch(pattern, text):
            return Figure(_plain_number(match["rest"], reader), bound)
    number, unit = rf"({NUMERAL})", r"([^\d]*?)"
    joined = rf"(?:từ )?{number} ?{unit} ?{JOINED} ?{number} ?(\D*)"
    if match := re.fullmatch(joined, text):
        return _range(match, reader)
    if match := re.fullmatch(rf"{number} ?{unit} ?/ ?{number} ?(\D*)", text):
        return _stroke(match, reader)
    return Figure(_plain_number(text, reader))


def _plain_number(text: str, reader: _Reader) -> Decimal:
    match = re.fullmatch(rf"({NUMERAL}) ?(.*)", text.strip())
    if not match:
        raise _no_number(text)
    numeral, unit = match[1], match[2].strip()
    if numeral[-1] in ".,":
        raise FigureProblem(
            "slip",
            _(
                "«{text}» có dấu thừa sau số: hãy ghi {number}, hoặc ghi đủ phần thập "
                "phân",
                text=text,
                number=numeral.rstrip(".,"),
            ),
        )
    if re.search(r"\d", re.sub(r"m[23](?!\d)", "", unit)):
        raise FigureProblem(
            "two_figures",
            _("«{text}» có hai con số: mỗi ô chỉ ghi một số", text=text),
        )
    return reader.number(numeral, unit)


def _no_number(text: str) -> FigureProblem:
    if re.search(r"\d", text):
        advice = _("không hiểu «{text}»: chỉ ghi số và đơn vị, ví dụ 97,5%", text=text)
        return FigureProblem("words", advice)
    advice = _("«{text}» không phải số: hãy ghi bằng chữ số", text=text)
    return FigureProblem("words", advice)


def _range(match: re.Match, reader: _Reader) -> Figure:
    first, first_unit, second, second_unit = (part.strip() for part in match.groups())
    unit = first_unit or second_unit
    low = reader.number(first, unit)
    high = reader.number(second, second_unit or unit)
    if low >= high:
        text = _("khoảng «{text}» phải ghi từ số nhỏ đến số lớn", text=match[0])
        raise FigureProblem("range", text)
    return Figure(low, "range", high)


def _stroke(match: re.Match, reader: _Reader) -> Figure:
    """Read a/b: a share of a whole, or actual/plan, as the indicator's unit tells."""
    first, first_unit, second, unit = (part.strip() for part in match.groups())
    kind, own = reader.own.kind, reader.own
    named = reader.units.find(unit, reader.unit) if unit else None
    whole_numbers = first.isdecimal() and second.isdecimal()
    if kind == "measure":
        plan = reader.number(second, unit)
        value = reader.number(first, first_unit or unit)
        return Figure(value, plan=plan)
    counted = not unit or (named and named.kind == "whole")
    if kind == "share" and own.name == "%" and whole_numbers and counted:
        return _share(int(first), int(second), match[0], reader, percent=True)
    if kind == "whole" and whole_numbers and (not unit or named == own):
        return _share(int(first), int(second), match[0], reader, percent=False)
    raise FigureProblem(
        "stroke",
        _(
            "«{text}» có thể là phần của tổng số hoặc thực hiện/kế hoạch: hãy ghi một "
            "số tính bằng {unit}",
            text=match[0],
            unit=reader.unit,
        ),
    )


def _share(part: int, whole: int, text: str, reader, *, percent: bool) -> Figure:
    if part > whole or not whole:
        advice = _("«{text}»: phần lớn hơn tổng số, xem lại hai số", text=text)
        raise FigureProblem("share", advice)
    value = Decimal(part)
    if percent:
        step = Decimal(1).scaleb(-reader.decimals)
        value = (Decimal(100) * part / whole).quantize(step, ROUND_HALF_UP)
        shown = spelled(value, reader.locale)
        reader.notes.append(_("{text} tính ra {value}%", text=text, value=shown))
    return Figure(value, numerator=Decimal(part), denominator=Decimal(whole))
