"""Workbooks as calamine reads them, with the marks of their XML.

What calamine is given of a zip file is a copy of the parts that were unpacked and
checked here: both see the same bytes, and no name in the zip leads anywhere.
"""

from __future__ import annotations

import io
import math
import posixpath
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from vinhloc.office.files.marks import (
    Marks,
    Refused,
    as_excel_writes,
    check_reach,
    check_xml,
    marks_of,
    percent_styles,
    tags,
)
from vinhloc.office.files.opendocument import OpenDocument

ZIP = b"PK\x03\x04"
ENCRYPTED = 0x1  # a bit of a member's flags
FOREIGN = {"xl/workbook.bin": "xlsb", "word/document.xml": "word"}
FOREIGN |= {"ppt/presentation.xml": "powerpoint"}
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
FIRST_RECORD = b"\x09\x08\x10\0\0\6\5\0"  # BOF of the workbook, BIFF8
FILEPASS = b"\x2f\0"
# Parts that are read. The macros of LibreOffice, for one, have a DTD.
READ = ("[Content_Types].xml", "_rels/", "xl/", "content.xml", "styles.xml")
NUMBERS = {int, float}
NO_CELLS = {"mimetype", "META-INF/manifest.xml"}


class Table:
    """The filled cells of a sheet by (row, column), in reading order, and its marks."""

    def __init__(self, name: str = "", *, hidden: bool = False, marks: Marks):
        self.name, self.hidden, self.marks = name, hidden, marks
        self.cells: dict[tuple[int, int], object] = {}
        self.widths: list[tuple[int, int]] = []  # of a CSV: row and its cells

    def add(self, row: int, left: int, line: list) -> None:
        """Add the filled cells of a row, whose first cell stands in column `left`."""
        self.cells |= {(row, at): v for at, v in enumerate(line, left) if v != ""}

    def add_left_out(self) -> None:
        """Add cells that calamine leaves empty: errors, formulas without a result."""
        more = dict.fromkeys(self.marks.missing, "") | self.marks.left_out
        self.marks.missing.difference_update(self.cells)
        if more.keys() - self.cells.keys():
            self.cells = dict(sorted((more | self.cells).items()))

    def settled(self) -> dict:
        """Return what a Sheet is made of; a number that no office file has is text.

        A cell is its row, column and value, then whether it is a percentage, a
        formula, one without a result, an error; what it shows, its doubt.
        """
        marks = self.marks
        sets = (marks.formulas, marks.missing, marks.errors)
        cells = [
            (
                *place,
                _finite(value),
                place in marks.percent and type(value) in NUMBERS,
                *(place in known for known in sets),
                "",
                "hidden" if place[0] in marks.hidden else "",
            )
            for place, value in self.cells.items()
        ]
        return {
            "name": self.name,
            "hidden": self.hidden,
            "merged": marks.merged,
            "cells": cells,
            "widths": self.widths,
        }


def _finite(value: object) -> object:
    return value if type(value) is not float or math.isfinite(value) else str(value)


def read_zip(data: bytes, limits: dict) -> tuple[str, list[str], list[Table]]:
    """Return kind, notes and tables of an .xlsx or .ods file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = check_listing(archive.infolist(), limits)
        parts = dict(unpack(archive))
    if parts.get("mimetype", b"").startswith(ODS):
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            raise Refused("encrypted")
        macros = any(name.startswith(("basic/", "scripts/")) for name in names)
        return "ods", ["macros"] * macros, _read_ods(parts, limits)
    if "xl/workbook.xml" not in parts:
        raise Refused("foreign", what="archive")
    return "xlsx", *read_xlsx(parts, limits, names)


def check_listing(members: list[zipfile.ZipInfo], limits: dict) -> set[str]:
    """Return the names in a zip file, in small letters."""
    names = {member.filename.lower() for member in members}
    for name, what in FOREIGN.items():
        if name in names:
            raise Refused("foreign", what=what)
    if len(members) > limits["members"]:
        raise Refused("members", most=limits["members"])
    if sum(member.file_size for member in members) > limits["unpacked"]:
        raise Refused("unpacked", most=limits["unpacked"] // 10**6)
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise Refused("encrypted")
    if len(names) < len(members):
        raise Refused("damaged")
    return names


def unpack(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Unpack every member, and give those that are read.

    Raises for one that is not as long as it says, or does not match its checksum.
    """
    for member in archive.infolist():
        with archive.open(member) as file:
            # One byte more than stated: to the end, where the checksum is compared.
            part = file.read(member.file_size + 1)
        if len(part) != member.file_size:
            raise Refused("damaged")
        name = member.filename
        if name in NO_CELLS:
            yield name, part
        elif name.endswith((".xml", ".rels")) and name.startswith(READ):
            check_xml(part)
            yield name, part


def _open(parts: dict[str, bytes]) -> CalamineWorkbook:
    """Open a copy of parts with calamine."""
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    copy.seek(0)
    return CalamineWorkbook.from_filelike(copy)


def read_xlsx(
    parts: dict[str, bytes], limits: dict, names: set[str], *, plain: bool = False
) -> tuple[list[str], list[Table]]:
    """Return notes and tables of an .xlsx file; `names` are all names in it.

    `plain`: Refused for a sheet that is not written as Excel does.
    """
    notes = ["macros"] if "xl/vbaproject.bin" in names else []
    if any(name.startswith(("xl/externallinks/", "xl/connections")) for name in names):
        notes.append("links")
    paths = _paths_of_sheets(parts)
    for path in {*paths} & parts.keys():
        parts[path] = as_excel_writes(parts[path], plain=plain)
        check_reach(parts[path], limits["area"])
    styles = percent_styles(parts.get("xl/styles.xml", b"<styleSheet/>"))
    book = _open(parts)
    tables = []
    for at, (sheet, path) in enumerate(zip(book.sheets_metadata, paths, strict=True)):
        if sheet.typ == SheetTypeEnum.WorkSheet:
            with ThreadPoolExecutor(1) as beside:  # while calamine, too, works
                found = beside.submit(marks_of, parts[path], styles)
                tables.append(_read_sheet(book, at, found.result))
        else:
            notes.append("other_sheet")
    recalculated = b'fullCalcOnLoad="1"' in parts["xl/workbook.xml"]
    if recalculated and any(t.marks.formulas - t.marks.missing for t in tables):
        notes.append("recalculated")
    return notes, tables


def _paths_of_sheets(parts: dict[str, bytes]) -> list[str]:
    names = {name.lower(): name for name in parts}
    relations = tags(parts["xl/_rels/workbook.xml.rels"])
    targets = {
        relation["Id"]: posixpath.normpath(posixpath.join("/xl", relation["Target"]))
        for name, relation in relations
        if name == "Relationship"
    }
    sheets = [
        sheet for name, sheet in tags(parts["xl/workbook.xml"]) if name == "sheet"
    ]
    paths = [targets[sheet["id"]].lstrip("/") for sheet in sheets]
    return [names.get(path.lower(), path) for path in paths]


def _read_ods(parts: dict[str, bytes], limits: dict) -> list[Table]:
    area, cells = limits["area"], limits["cells"]
    document = OpenDocument(parts["content.xml"], cells=cells, area=area)
    book = _open(parts | {"content.xml": document.part})
    if len(book.sheet_names) != len(document.sheets):
        raise Refused("damaged")
    tables = []
    for at, marks in enumerate(document.sheets):
        table = _read_sheet(book, at, lambda marks=marks: marks)
        if sum(type(value) is float for value in table.cells.values()) != marks.numbers:
            raise Refused("damaged")
        tables.append(table)
    return tables


def _read_sheet(book: CalamineWorkbook, at: int, marks: Callable[[], Marks]) -> Table:
    sheet = book.get_sheet_by_index(at)
    about = book.sheets_metadata[at]
    hidden = about.visible != SheetVisibleEnum.Visible
    top, left = sheet.start or (0, 0)
    lines = sheet.to_python()
    table = Table(about.name, hidden=hidden, marks=marks())
    for row, line in enumerate(lines, top + 1):
        table.add(row, left + 1, line)
    for (first, left), (last, right) in sheet.merged_cell_ranges or ():
        table.marks.merged.append((first + 1, left + 1, last + 1, right + 1))
    table.add_left_out()
    return table


def read_xls(data: bytes) -> tuple[str, list[str], list[Table]]:
    """Return kind, notes and tables of an .xls file: what calamine says of it."""

    def has(entry: str) -> bool:
        return entry.encode("utf-16-le") in data

    if not (has("Workbook") or has("Book")):
        if has("EncryptedPackage"):
            raise Refused("encrypted")
        for entry, what in (("WordDocument", "word"), ("PowerPoint", "powerpoint")):
            if has(entry):
                raise Refused("foreign", what=what)
    if _has_password(data):  # calamine would say that it is no workbook
        raise Refused("encrypted")
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    kinds = [sheet.typ for sheet in book.sheets_metadata]
    read = [at for at, kind in enumerate(kinds) if kind == SheetTypeEnum.WorkSheet]
    notes = ["xls"] + ["macros"] * has("_VBA_PROJECT")
    notes += ["other_sheet"] * (len(read) < len(kinds))
    return "xls", notes, [_read_sheet(book, at, Marks) for at in read]


def _has_password(data: bytes) -> bool:
    """Tell whether one of the first records of an .xls file is that of a password."""
    at = data.find(FIRST_RECORD)
    for _record in range(8 if at >= 0 else 0):
        if data[at : at + 2] == FILEPASS:
            return True
        at += 4 + int.from_bytes(data[at + 2 : at + 4], "little")
    return False
