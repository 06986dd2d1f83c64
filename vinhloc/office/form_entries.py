"""Take our own form apart when it comes back, whatever was moved in it."""

from __future__ import annotations

from collections.abc import Iterator

from vinhloc.figures import _
from vinhloc.office.files import Cell, OfficeFile, Sheet
from vinhloc.office.layout import (
    ASKED,
    COLUMN,
    COLUMNS,
    COVER,
    COVER_SHEET,
    HEADER_ROW,
    IDENTITY_SHEET,
    VERSION,
)
from vinhloc.office.names import Names, bare
from vinhloc.office.submission import (
    CellProblem,
    Entry,
    Submission,
    filled_cells,
    layout_problem,
    problem_in,
    text_of,
)

MOVED = 20  # rows that may have been put above a heading


def identity_of(file: OfficeFile, programme) -> dict[str, str]:
    """Return what a form says of itself; {} for another workbook.

    A sheet that was copied out of its form is known by its headings.
    """
    for sheet in file.sheets:
        if sheet.name == IDENTITY_SHEET:
            keys = {row: text_of(c) for (row, at), c in sheet.cells.items() if at == 1}
            return {k: text_of(sheet.cells.get((row, 2))) for row, k in keys.items()}
    for sheet in file.sheets:
        if row := _header_row(sheet):
            heading = text_of(sheet.cells[row, COLUMN["actual"] + 1])
            year = heading.rpartition(" ")[2]
            return {"form": VERSION, "programme": programme.id, "year": year}
    return {}


def read_form(file: OfficeFile, told: dict, names: Names, programme) -> Submission:
    """Return the Submission of our own form; `told` is what it says of itself."""
    found = Submission(is_form=True)
    if problem := _of_another(told, programme):
        found.problems.append(problem)
        return found
    found.year = int(told["year"])
    for sheet in file.sheets:
        cover = _cover(sheet)
        if cover is not None:
            found.cover = cover
        elif sheet.name not in (IDENTITY_SHEET, COVER_SHEET):
            _read_sheet(sheet, names, found)
    return found


def _of_another(told: dict[str, str], programme) -> CellProblem | None:
    """Return a problem where a form is not of this version, programme and term."""
    year = told.get("year", "")
    anew = _("hãy tạo biểu mới bằng vinhloc form")
    if told.get("form") != VERSION:
        why = _("biểu của phiên bản khác ({version})", version=told.get("form", "?"))
        return layout_problem(why, anew)
    if told.get("programme") != programme.id:
        why = _("biểu của chương trình khác ({id})", id=told.get("programme", "?"))
        return layout_problem(why, _("hãy nhập với đúng thư mục dữ liệu"))
    if not year.isdecimal() or int(year) not in programme.years:
        why = _("năm {year} không thuộc nhiệm kỳ", year=year or "?")
        return layout_problem(why, anew)
    return None


def _cover(sheet: Sheet) -> dict[str, Cell] | None:
    """Return what is filled in beside the labels of the cover; None elsewhere."""
    keys = {label: key for key, (label, _row) in COVER.items()}
    labels = {
        keys[text_of(cell)]: (row, at)
        for (row, at), cell in sheet.cells.items()
        if text_of(cell) in keys
    }
    if len(labels) < len(COVER) and sheet.name != COVER_SHEET:
        return None
    places = {key: sheet.cells.get((row, at + 1)) for key, (row, at) in labels.items()}
    return {key: cell for key, cell in places.items() if cell is not None}


def _read_sheet(sheet: Sheet, names: Names, found: Submission) -> None:
    """Add the entries of a theme's sheet, or say why it cannot be read."""
    header = _header_row(sheet)
    texts = {text_of(cell) for cell in sheet.cells.values()}
    if header:
        codes = ((place, text_of(cell)) for place, cell in sheet.cells.items())
        at = COLUMN["indicator"] + 1
        found.asked += [t for (row, c), t in codes if c == at and row > header]
        found.entries += _entries(sheet, header, names, found.problems)
    elif texts & set(names.shown) or any(names.find(text) for text in texts):
        why = _("dòng đầu bảng hoặc các cột của biểu đã bị dời, bị sửa")
        write = _("hãy tạo biểu mới bằng vinhloc form rồi chép số liệu sang")
        found.problems.append(problem_in(sheet.name, None, why, write, "columns"))
    elif sheet.cells:
        text = _("trang «{name}» không thuộc biểu, không đọc", name=sheet.name)
        found.notes.append(text)


def _header_row(sheet: Sheet) -> int:
    """Return the row in which all headings stand over their columns, or 0."""
    for row in range(1, HEADER_ROW + MOVED):
        texts = [text_of(sheet.cells.get((row, at + 1))) for at in range(len(COLUMNS))]
        if all(t.startswith(c.heading) for t, c in zip(texts, COLUMNS, strict=True)):
            return row
    return 0


def _entries(sheet: Sheet, header: int, names: Names, problems) -> Iterator[Entry]:
    last = max((row for row, _at in sheet.cells), default=0)
    for row in range(header + 1, last + 1):
        cells = filled_cells(sheet, row, {key: at + 1 for key, at in COLUMN.items()})
        asked = {key: cells[key] for key in ASKED if key in cells}
        if problem := _misplaced(sheet, cells, names):
            problems.append(problem)
        elif asked:
            name = text_of(cells.get("name"))
            indicator = text_of(cells.get("indicator")) or names.find(name)
            folded = any(cell.doubt == "hidden" for cell in asked.values())
            yield Entry(sheet.name, row, indicator, name, asked, sheet.hidden or folded)


def _misplaced(sheet: Sheet, cells: dict[str, Cell], names: Names):
    """Return a problem of a row with another's name, or a figure beside its cell."""
    if "understood" in cells and "actual" not in cells:
        cell = cells["understood"]
        if not cell.formula:
            why = _("cột này máy tự tính, không phải chỗ ghi số")
            write = _("hãy ghi vào cột «Thực hiện»")
            return problem_in(sheet.name, cell, why, write, "place")
    code, name = text_of(cells.get("indicator")), text_of(cells.get("name"))
    same = names.find(name) == code or bare(name) == bare(names.shown.get(code, ""))
    if name and code and not same and any(key in cells for key in ASKED):
        why = _("tên chỉ tiêu không phải của dòng này (mã {code})", code=code)
        write = _("hãy tạo biểu mới bằng vinhloc form rồi chép số liệu sang")
        return problem_in(sheet.name, cells["name"], why, write, "row")
    return None
