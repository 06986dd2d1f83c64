"""Build small workbooks from what stands in their cells.

A cell is what a clerk left there: text, a number, or one of the classes below.
"""

import datetime
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
import xlwt

EPOCH = datetime.datetime(1980, 1, 1)


@dataclass(frozen=True)
class Formula:
    """A formula and the value that the spreadsheet saved for it; "" for none."""

    text: str
    value: object = ""


@dataclass(frozen=True)
class Percent:
    """A number shown as a percentage: Percent(0.975) shows 97,5 %."""

    value: float


@dataclass(frozen=True)
class Day:
    """A date that the spreadsheet made of what was typed."""

    year: int
    month: int
    day: int


def xlsx(path: Path, sheets: dict, *, merged=(), hidden_rows=(), hidden=()) -> None:
    """Write sheets {name: rows}; merged are (first cell, last cell, text)."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        book.set_properties({"created": EPOCH})
        percent = book.add_format({"num_format": "0.0%"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    _put(page, row, column, cell, percent, day)
            for span, text in merged:
                page.merge_range(span, text)
            for row in hidden_rows:
                page.set_row(row - 1, None, None, {"hidden": True})
            if name in hidden:
                page.hide()


def _put(page, row, column, cell, percent, day) -> None:
    match cell:
        case None:
            pass
        case Formula():
            page.write_formula(row, column, cell.text, None, cell.value)
        case Percent():
            page.write_number(row, column, cell.value, percent)
        case Day():
            page.write_datetime(
                row, column, datetime.date(cell.year, cell.month, cell.day), day
            )
        case bool():
            page.write_boolean(row, column, cell)
        case str():
            page.write_string(row, column, cell)
        case _:
            page.write_number(row, column, cell)


def xls(path: Path, sheets: dict) -> None:
    """Write the same as an old .xls file."""
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        page = book.add_sheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    page.write(row, column, cell)
    book.save(str(path))


CELL = (
    '<table:table-cell office:value-type="{kind}"{value}>'
    "<text:p>{text}</text:p></table:table-cell>"
)
CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    "</office:document-content>"
)
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)


def ods(path: Path, sheets: dict) -> None:
    """Write the same as an OpenDocument file, by hand."""
    tables = ""
    for name, rows in sheets.items():
        lines = "".join(
            f"<table:table-row>{''.join(map(_cell, r))}</table:table-row>" for r in rows
        )
        tables += f'<table:table table:name="{name}">{lines}</table:table>'
    with zipfile.ZipFile(path, "w") as file:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        file.writestr("mimetype", kind)
        file.writestr("META-INF/manifest.xml", MANIFEST)
        file.writestr("content.xml", CONTENT.format(tables=tables))


def _cell(cell) -> str:
    match cell:
        case None:
            return "<table:table-cell/>"
        case Percent():
            value = f' office:value="{cell.value}"'
            return CELL.format(kind="percentage", value=value, text=f"{cell.value:.1%}")
        case str():
            return CELL.format(kind="string", value="", text=cell)
        case _:
            return CELL.format(kind="float", value=f' office:value="{cell}"', text=cell)


def csv(path: Path, rows: list, *, encoding="utf-8", mark=b"", delimiter=",") -> None:
    """Write rows of text as CSV in an encoding, with its byte-order mark."""
    import csv as standard

    text = io.StringIO()
    standard.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(
        [["" if cell is None else cell for cell in row] for row in rows]
    )
    path.write_bytes(mark + text.getvalue().encode(encoding))
