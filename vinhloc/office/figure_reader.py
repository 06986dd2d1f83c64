"""Whose figure an entry is, and what its cell says: a figure, or why it is refused."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from vinhloc.data import Data
from vinhloc.figures import (
    EVENT_UNIT,
    GRADE_UNIT,
    OF_WHOM,
    UNSEEN,
    FigureProblem,
    Unit,
    Units,
    _,
    later_,
    parse_figure,
    parse_grade,
    parse_number_cell,
    plain,
    without_formula,
)
from vinhloc.office.files import Cell
from vinhloc.office.names import A_YEAR, Names
from vinhloc.office.submission import Entry, text_of

LONGEST = 2000
EACH_YEAR = ("growth", "mean", "every_year")


class Refused(Exception):
    """A cell that stops its row: what it is (`kind`), why, and what to write."""

    def __init__(self, cell: Cell, kind: str, why: str, write: str):
        super().__init__(why)
        self.cell, self.kind, self.why, self.write = cell, kind, why, write


# Why what a cell shows is not what it holds, but for what is hidden: that is asked.
DOUBTS = {
    "covered": later_("ô nằm dưới ô gộp, không nhìn thấy; bên dưới có «{held}»"),
    "struck": later_("chữ bị gạch: «{held}»"),
    "raised": later_("chữ nhỏ ở trên hoặc dưới dòng, có thể là chú thích: «{shown}»"),
    "unseen": later_("ô trông như trống, bên trong có «{held}»"),
    "format": later_("ô hiện «{shown}», bên trong là «{held}»"),
}


def check_seen(cell: Cell) -> None:
    """Raise for a cell that shows something else than it holds."""
    if cell.doubt in DOUBTS:
        held = text_of(cell)
        why = _(DOUBTS[cell.doubt]).format(held=held, shown=cell.shown or held)
        write = _(
            "hãy ghi lại ô này cho dễ thấy: không gạch, không chú thích, hoặc xóa ô"
        )
        raise Refused(cell, cell.doubt, why, write)


def check_readable(cell: Cell) -> None:
    """Raise for a cell that holds no figure: a date, an error, an unsaved formula."""
    if cell.missing:
        why = _("công thức chưa có giá trị đã lưu")
        write = _("hãy mở và lưu lại tệp bằng Excel, hoặc ghi chính con số")
        raise Refused(cell, "formula", why, write)
    if cell.error:
        why = _("công thức báo lỗi {error}", error=cell.value)
        raise Refused(cell, "spreadsheet_error", why, _("hãy ghi chính con số"))
    if isinstance(cell.value, datetime.date | datetime.time | datetime.timedelta):
        why = _("bảng tính đã đổi chữ gõ vào thành ngày giờ")
        write = _("hãy định dạng ô kiểu văn bản (Text) rồi ghi lại, ví dụ 10/10 thôn")
        raise Refused(cell, "date", why, write)
    if isinstance(cell.value, bool):
        why = _("ô ghi đúng/sai, không phải con số")
        raise Refused(cell, "words", why, _("hãy ghi con số"))


def number_beside(
    cell: Cell | None, unit: str, decimals: int, units: Units, *, written: str = ""
) -> Decimal | None:
    """Return the number in a cell beside the figure: its plan, its percentage.

    None where it cannot be read: it only serves to check the figure. Text is taken
    from the `written` unit to the indicator's own.
    """
    if cell is None or cell.missing or cell.error or isinstance(cell.value, bool):
        return None
    if isinstance(cell.value, str):
        text = re.sub(r"^(?:>=|<=|≥|≤|>|<)\s*", "", text_of(cell))
        try:
            facts = {"unit": unit, "decimals": decimals, "written_unit": written}
            figure = parse_figure(text, units=units, **facts)
        except FigureProblem:
            figure = None
        return figure and figure.value
    if isinstance(cell.value, int | float):
        number = Decimal(f"{cell.value:.15g}")
        return number * 100 if cell.percent else number
    return None


def as_date(cell: Cell) -> datetime.date | None:
    """Return the day that a cell states: a date, or text such as 15/12/2024."""
    if isinstance(cell.value, datetime.datetime):
        return cell.value.date()
    if isinstance(cell.value, datetime.date):
        return cell.value
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text_of(cell))
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text_of(cell))
    parts = match.groups()[::-1] if match else iso.groups() if iso else None
    try:
        return datetime.date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def safe_text(text: str) -> str:
    """Return a text on one line that no spreadsheet takes for a formula.

    Bullets and signs before it are dropped, as are characters that show nothing.
    """
    text = re.sub(r"\s+", " ", UNSEEN.sub(" ", text)).lstrip("=+-@＝＋－＠|%–— •'\"")
    return without_formula(text)[:LONGEST].strip()


class FigureReader:
    """Reads figures of a programme's indicators; `units` are those it knows."""

    def __init__(self, data: Data, names: Names):
        self.names = names
        self.facts = data.indicators.set_index("indicator", drop=False)
        self.units = self.names.units

    def fact(self, entry: Entry) -> dict:
        """Return what is known of an entry's indicator; raises Refused."""
        if entry.indicator in self.facts.index:
            return self.facts.loc[entry.indicator].to_dict()
        cell = next(iter(entry.cells.values()))
        place = entry.cells.get("name") or entry.cells.get("actual") or cell
        near = self.names.near(f"{entry.name} {entry.parent}")
        near = self.names.near(entry.name) or near
        write = (
            _("nếu là một trong: {names}, hãy ghi đúng tên đó", names="; ".join(near))
            if near
            else _("hãy ghi đúng tên chỉ tiêu của chương trình, hoặc bỏ dòng này")
        )
        raise Refused(place, "indicator", _("không có chỉ tiêu tên này"), write)

    def unit(self, indicator: str) -> str:
        """Return the unit of an indicator."""
        return self.facts.loc[indicator, "unit"]

    def _check_unit(self, entry: Entry, fact: dict) -> None:
        """Raise for a unit that measures something else, and for two that differ."""
        first = self._written(entry, fact)
        for cell in entry.units:
            written = self._own_or(text_of(cell), fact)
            found, own = self._found(written, fact), self._found(fact["unit"], fact)
            same = found and own and found.base == own.base
            if not same and plain(written) != plain(fact["unit"]):
                why = _("đơn vị khác đơn vị của chỉ tiêu")
                write = _("hãy ghi bằng {unit}", unit=fact["unit"])
                if cell.row != entry.row:
                    why = _("đơn vị ghi chung khác đơn vị của chỉ tiêu ở dòng {row}")
                    why = why.format(row=entry.row)
                    write = _("hãy ghi đơn vị ở từng dòng, trong cột «Đơn vị tính»")
                raise Refused(cell, "unit", why, write)
            if self._factor(written, fact) != self._factor(first, fact):
                why = _("đơn vị khác với «{unit}» ở ô {cell}")
                why = why.format(unit=first, cell=entry.units[0].address)
                write = _("hãy ghi một đơn vị cho mỗi số liệu")
                raise Refused(cell, "unit", why, write)

    def read(self, cell: Cell, entry: Entry, fact: dict, *, confirmed: bool):
        """Return the Figure of a cell; a confirmed one may lie outside its range."""
        for one in [entry.cells.get("name"), cell, *entry.units, *self._plans(entry)]:
            if one is not None:
                check_seen(one)
        worded = fact["unit"] in (EVENT_UNIT, GRADE_UNIT)
        if not worded or re.search(r"\d", text_of(cell)):
            self._check_unit(entry, fact)  # "hoàn thành" is of no unit
        check_readable(cell)
        plausible = fact["plausible_low"], fact["plausible_high"]
        try:
            try:
                return self._parsed(cell, entry, fact, plausible)
            except FigureProblem as problem:
                if not confirmed or problem.kind != "mangled":
                    raise
                return self._parsed(cell, entry, fact, None)
        except FigureProblem as problem:
            raise Refused(cell, problem.kind, problem.why, problem.write) from None

    def _parsed(self, cell: Cell, entry: Entry, fact: dict, plausible):
        """Return the Figure of text, or of the number that a spreadsheet made of it."""
        if fact["unit"] == GRADE_UNIT:
            return parse_grade(cell.value, fact["grades"].split("|"))
        facts = {"unit": fact["unit"], "decimals": int(fact["decimals"])}
        facts |= {"plausible": plausible, "units": self.units}
        unit, text = self._written(entry, fact), cell.value
        if isinstance(text, str):
            text = self._of_year(text, fact)
        if not isinstance(text, str):
            if cell.percent or self._factor(unit, fact) == 1:
                return parse_number_cell(text, percent=cell.percent, **facts)
            text = f"{Decimal(f'{text:.15g}'):f}".replace(".", ",")
        return parse_figure(
            text,
            written_unit=unit,
            counts_reduction=self._counts(fact),
            bare_shares=fact["over_term"] not in ("growth", "mean"),
            quota=bool(fact["quota"]),
            **facts,
        )

    def _written(self, entry: Entry, fact: dict) -> str:
        """Return the unit beside a figure, "" where none stands there."""
        return self._own_or(text_of(entry.units[0]), fact) if entry.units else ""

    def _own_or(self, written: str, fact: dict) -> str:
        """Return a unit; "% hộ" is the indicator's own %, "nhà" is "nhà văn hóa"."""
        own, text = fact["unit"], self._of_year(plain(written), fact)
        longer = own == "%" and OF_WHOM.fullmatch(text)
        same = text == own or own.startswith(f"{text} ")
        return own if longer or same else written

    def _plans(self, entry: Entry) -> list[Cell]:
        return [cell for key, cell in entry.cells.items() if key.startswith("plan")]

    def plan(self, cell: Cell, entry: Entry, fact: dict) -> Decimal | None:
        """Return the plan in a cell beside a figure, in the indicator's unit."""
        unit, written = fact["unit"], self._written(entry, fact)
        number = number_beside(
            cell, unit, int(fact["decimals"]), self.units, written=written
        )
        if number is None or isinstance(cell.value, str):
            return number
        return number * self._factor(written, fact)

    def _of_year(self, text: str, fact: dict) -> str:
        """Return a text without "a year" behind its %, where every figure is a year's.

        Of a level, "1,4%/năm" is how much it changed.
        """
        yearly = fact["unit"] == "%" and fact["over_term"] in EACH_YEAR
        return A_YEAR.sub("", text) if yearly else text

    def _counts(self, fact: dict) -> bool:
        """Tell whether an indicator counts what is done in a year: 14 households."""
        own = self._found(fact["unit"], fact)
        return fact["over_term"] == "sum" and own is not None and own.kind == "count"

    def _found(self, unit: str, fact: dict) -> Unit | None:
        return self.units.find(unit, fact["unit"])

    def _factor(self, unit: str, fact: dict) -> Decimal:
        """Return how many of the indicator's unit one of a written unit is."""
        found, own = self._found(unit, fact), self._found(fact["unit"], fact)
        return found.factor / own.factor if unit and found and own else Decimal(1)
