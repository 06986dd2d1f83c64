"""Workbooks of Excel 97 to 2003, read by xlrd; it does not tell what is a formula."""

from __future__ import annotations

import datetime
import io
from itertools import pairwise

import xlrd

from vinhloc.office.files.cells import LEAST_HEIGHT, LEAST_WIDTH, Look, Refused, Table

OTHERS = {"WordDocument": "word", "PowerPoint": "powerpoint"}
SOLID, WHITE = 1, (255, 255, 255)


def read_xls(data: bytes) -> tuple[str, list[str], list[Table]]:
    """Return kind, notes and tables of an .xls file."""

    def has(entry: str) -> bool:
        return entry.encode("utf-16-le") in data

    if not (has("Workbook") or has("Book")):
        if has("EncryptedPackage"):
            raise Refused("encrypted")
        for entry, what in OTHERS.items():
            if has(entry):
                raise Refused("foreign", what=what)
    options = {"formatting_info": True, "ragged_rows": True, "verbosity": 1}
    said = io.StringIO()  # else standard output, where the answer goes
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=said, **options)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise Refused("encrypted") from None
        if "Can't find workbook" in str(error):
            raise Refused("foreign", what="office") from None
        raise
    notes = ["xls"] + ["macros"] * has("_VBA_PROJECT")
    notes += ["other_sheet"] * ("Ignoring non-worksheet" in said.getvalue())
    return "xls", notes, [_table(book, sheet) for sheet in book.sheets()]


def _table(book, sheet) -> Table:
    corners = sheet.merged_cells
    merged = [(top + 1, left + 1, end, last) for top, end, left, last in corners]
    table = Table(sheet.name, hidden=sheet.visibility != 0, merged=merged)
    for row, about in sheet.rowinfo_map.items():
        low = about.height < LEAST_HEIGHT * 20 and not about.has_default_height
        if about.hidden or low:
            table.folded_rows.add(row + 1)
    for column, about in sheet.colinfo_map.items():
        if about.hidden or about.width < LEAST_WIDTH * 256:
            table.folded_columns.add(column + 1)
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                _add(table, book, sheet, row, column, cell)
    return table


def _add(table: Table, book, sheet, row: int, column: int, cell) -> None:
    style = book.xf_list[cell.xf_index]
    shape = book.format_map[style.format_key].format_str
    look, runs = _look(book, style, style.font_index, shape), []
    starts = sheet.rich_text_runlist_map.get((row, column), ())
    edges = [(0, style.font_index), *starts, (len(cell.value) if starts else 0, 0)]
    for (start, font), (end, _font) in pairwise(edges):
        if start < end:
            runs.append((cell.value[start:end], _look(book, style, font)))
    error = cell.ctype == xlrd.XL_CELL_ERROR
    table.add((row + 1, column + 1), _value(book, cell, shape), look, runs, error=error)


def _value(book, cell, shape: str) -> object:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#N/A")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype != xlrd.XL_CELL_DATE:
        return cell.value
    if "[h" in shape.lower():
        return datetime.timedelta(days=cell.value)
    try:
        day = xlrd.xldate_as_datetime(cell.value, book.datemode)
    except xlrd.XLDateError:  # shown as #####
        return cell.value
    return day.time() if cell.value < 1 else day


def _look(book, style, font: int, shape: str = "General") -> Look:
    font, ground = book.font_list[font], style.background
    ink = book.colour_map.get(font.colour_index)
    solid = ground.fill_pattern == SOLID
    fill = book.colour_map.get(ground.pattern_colour_index) if solid else WHITE
    unseen = ink is not None and ink == fill
    return Look(shape, bool(font.struck_out), font.escapement > 0, unseen)
