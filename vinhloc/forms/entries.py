"""Take a workbook apart into entries: one indicator's cells each, not yet read."""

from __future__ import annotations

from dataclasses import dataclass, field

from vinhloc.forms.files import Cell, OfficeFile, Sheet
from vinhloc.forms.headers import YEAR, Heading, TableHead, find_table, is_numbering
from vinhloc.forms.layout import (
    COLUMN,
    COVER,
    COVER_COLUMN,
    COVER_SHEET,
    FIRST_ROW,
    IDENTITY_SHEET,
    VERSION,
)
from vinhloc.forms.names import Names
from vinhloc.language import _

ASKED = ("actual", "vintage", "as_of", "source", "cause", "measure", "confirmed")


@dataclass(frozen=True)
class CellProblem:
    """What cannot be taken: where, what stands there, why, what to write."""

    sheet: str
    cell: str
    found: str
    why: str
    write: str
    kind: str


@dataclass(frozen=True)
class Entry:
    """The cells of one row by what they hold; `heading` is the actual's column."""

    sheet: str
    row: int
    indicator: str
    name: str
    cells: dict[str, Cell]
    hidden: bool = False
    heading: Heading | None = None


@dataclass
class Submission:
    """A workbook taken apart: our form, or any sheet with recognisable columns."""

    year: int | None = None
    is_form: bool = False
    asked: list[str] = field(default_factory=list)  # the indicators of a form
    cover: dict[str, Cell] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def text_of(cell: Cell | None) -> str:
    """Return what stands in a cell, as text."""
    return "" if cell is None else str(cell.value).strip()


def read_submission(file: OfficeFile, names: Names, programme, year: int | None):
    """Return a workbook's Submission; its problems are those of its layout."""
    identity = next((s for s in file.sheets if s.name == IDENTITY_SHEET), None)
    if identity:
        return _form(file, identity, programme)
    return _sheets(file, names, year)


def _form(file: OfficeFile, identity: Sheet, programme) -> Submission:
    rows = {row for row, _at in identity.cells}
    told = {
        text_of(identity.cells.get((row, 1))): text_of(identity.cells.get((row, 2)))
        for row in rows
    }
    found = Submission(is_form=True)
    year = told.get("year", "")
    if told.get("form") != VERSION:
        why = _("biểu của phiên bản khác ({version})", version=told.get("form", "?"))
        found.problems.append(_layout(why, _("hãy tạo biểu mới bằng vinhloc form")))
    elif told.get("programme") != programme.id:
        why = _("biểu của chương trình khác ({id})", id=told.get("programme", "?"))
        found.problems.append(_layout(why, _("hãy nhập với đúng thư mục dữ liệu")))
    elif not year.isdecimal() or int(year) not in programme.years:
        why = _("năm {year} không thuộc nhiệm kỳ", year=year or "?")
        found.problems.append(_layout(why, _("hãy tạo biểu mới bằng vinhloc form")))
    if found.problems:
        return found
    found.year = int(year)
    for sheet in file.sheets:
        if sheet.name == COVER_SHEET:
            places = {key: (row, COVER_COLUMN + 1) for key, (_l, row) in COVER.items()}
            found.cover = {
                key: sheet.cells[place]
                for key, place in places.items()
                if place in sheet.cells
            }
        elif sheet.name != IDENTITY_SHEET:
            found.entries += _form_entries(sheet)
            found.asked += [
                text_of(cell)
                for (row, at), cell in sheet.cells.items()
                if at == COLUMN["indicator"] + 1 and row >= FIRST_ROW
            ]
    return found


def _form_entries(sheet: Sheet):
    last = max((row for row, _at in sheet.cells), default=0)
    for row in range(FIRST_ROW, last + 1):
        cells = {key: sheet.cells.get((row, COLUMN[key] + 1)) for key in ASKED}
        cells = {key: cell for key, cell in cells.items() if cell is not None}
        cells = {key: cell for key, cell in cells.items() if _filled(cell)}
        if cells:
            indicator = text_of(sheet.cells.get((row, COLUMN["indicator"] + 1)))
            name = text_of(sheet.cells.get((row, COLUMN["name"] + 1)))
            hidden = sheet.hidden or row in sheet.hidden_rows
            yield Entry(sheet.name, row, indicator, name, cells, hidden)


def _filled(cell: Cell) -> bool:
    return cell.missing or text_of(cell) != ""


def _layout(why: str, write: str) -> CellProblem:
    return CellProblem("", "", "", why, write, "layout")


def _sheets(file: OfficeFile, names: Names, year: int | None) -> Submission:
    found = Submission()
    shown = [sheet for sheet in file.sheets if not sheet.hidden]
    heads = [(sheet, find_table(sheet)) for sheet in shown]
    heads = [(sheet, head) for sheet, head in heads if head]
    for sheet in file.sheets:
        if sheet.hidden and sheet.cells:
            found.notes.append(_("trang ẩn «{name}» không đọc", name=sheet.name))
    if not heads:
        why = _("không thấy bảng nào có cột «Chỉ tiêu» và cột «Thực hiện»")
        found.problems.append(_layout(why, _("ghi tên hai cột này ở đầu bảng")))
        return found
    found.year = year or _only_year(heads)
    if found.year is None:
        why = _("không rõ bảng của năm nào")
        found.problems.append(_layout(why, _("thêm --year, ví dụ --year 2024")))
        return found
    for sheet, head in heads:
        column = _actual_column(head, found.year)
        if column is None:
            why = _("không thấy đúng một cột «Thực hiện» năm {year}", year=found.year)
            write = _("ghi rõ năm ở đầu cột, mỗi năm một cột")
            found.problems.append(
                CellProblem(sheet.name, "", "", why, write, "columns")
            )
            continue
        found.entries += _table_entries(sheet, head, column, names, found.year)
    return found


def _only_year(heads: list[tuple[Sheet, TableHead]]) -> int | None:
    """Return the year that titles, else plans, else actuals name as the only one."""
    titles = {int(y) for _s, head in heads for y in YEAR.findall(head.title)}
    plans, actuals = (
        {h.year for _s, head in heads for h in head.of(role).values() if h.year}
        for role in ("plan", "actual")
    )
    if len(titles) > 1 and actuals:
        titles &= actuals
    for years in (titles, plans, actuals):
        if len(years) == 1:
            return years.pop()
    return None


def _actual_column(head: TableHead, year: int) -> int | None:
    columns = head.of("actual")
    named = [at for at, heading in columns.items() if heading.year == year]
    unnamed = [at for at, heading in columns.items() if heading.year is None]
    for found in (named, unnamed):
        if len(found) == 1:
            return found[0]
        if found:
            return None
    return None


def _table_entries(sheet: Sheet, head: TableHead, actual: int, names, year: int):
    own = {
        "name": next(iter(head.of("name"))),
        "unit": next(iter(head.of("unit")), 0),
        "plan": _nearest(head.of("plan"), actual, year),
        "percent": _nearest(head.of("percent"), actual, year),
        "actual": actual,
    }
    rows: dict[int, list[Cell]] = {}
    for (row, _at), cell in sheet.cells.items():
        if row >= head.first_row:
            rows.setdefault(row, []).append(cell)
    for row in sorted(rows):
        if row <= head.first_row + 1 and is_numbering(rows[row]):
            continue
        cells = {key: sheet.cells.get((row, at)) for key, at in own.items()}
        cells = {key: cell for key, cell in cells.items() if cell is not None}
        if "actual" not in cells or not _filled(cells["actual"]):
            continue
        name = text_of(cells.get("name"))
        hidden = row in sheet.hidden_rows
        heading = head.columns[actual]
        indicator = names.find(name)
        yield Entry(sheet.name, row, indicator, name, cells, hidden, heading)


def _nearest(columns: dict[int, Heading], actual: int, year: int) -> int:
    """Return the column of that year, or without one, that stands nearest; else 0."""
    own = [at for at, heading in columns.items() if heading.year in (year, None)]
    return min(own, key=lambda at: abs(at - actual), default=0)
