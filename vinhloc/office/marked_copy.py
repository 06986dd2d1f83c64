"""A copy of a workbook in which the cells that need work are coloured and explained.

Our own form is written anew with what was entered, so that it can be mended and sent
again; of any other workbook the values are copied, never a formula, macro or link.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from vinhloc.data import Data, write_whole
from vinhloc.figures import _
from vinhloc.office.files import Cell, OfficeFile
from vinhloc.office.form import write_form
from vinhloc.office.layout import (
    BOOK,
    COLUMNS,
    COMMENT,
    COVER_SHEET,
    LETTERS,
    WRONG,
    sheet_name,
)
from vinhloc.office.submission import Submission, text_of
from vinhloc.office.taken import Taken

SUFFIX = "-can-sua"
LONGEST = 200  # bytes of a name, of the 255 that file systems allow
MOVED = {"columns", "row", "place"}  # problems of a form that is no longer ours


def marked_path(path: Path) -> Path:
    """Return a free name beside a workbook for its marked copy."""
    stem = re.sub(rf"{SUFFIX}(-\d+)?$", "", path.stem)
    stem = stem.encode()[:LONGEST].decode(errors="ignore")
    numbers = ["", *(f"-{number}" for number in range(2, 1000))]
    names = (f"{stem}{SUFFIX}{number}.xlsx" for number in numbers)
    return next(p for p in map(path.with_name, names) if not p.exists())


def write_marked(
    data: Data, file: OfficeFile, submission: Submission, taken: Taken, path: Path
) -> None:
    """Write the marked copy of a workbook. Raises OSError."""
    marks = _marks_of(taken)
    moved = any(problem.kind in MOVED for problem in submission.problems)
    if submission.is_form and submission.year and not moved:
        _mark_form(data, submission, marks, path)
    else:
        _mark_copy(file, marks, path)


def _marks_of(taken: Taken) -> dict[tuple[str, str], str]:
    """Return the comment of each cell, by (sheet, cell)."""
    marks: dict[tuple[str, str], list[str]] = {}
    for problem in taken.problems:
        text = problem.why + (f"\n⇒ {problem.write}" if problem.write else "")
        marks.setdefault((problem.sheet, problem.cell), []).append(text)
    for question in taken.open_questions:
        text = _("Xem lại: {text}", text=question.text)
        marks.setdefault((question.sheet, question.cell), []).append(text)
    return {place: "\n".join(texts) for place, texts in marks.items()}


def _mark_form(data: Data, submission: Submission, marks: Mapping, path: Path) -> None:
    entries, comments = {}, {}
    for key, cell in submission.cover.items():
        entries["", key] = _shown(cell)
        comments["", key] = marks.get((COVER_SHEET, cell.address), "")
    for entry in submission.entries:
        own = entry.indicator
        entries |= {(own, key): _shown(cell) for key, cell in entry.cells.items()}
        for at, column in enumerate(COLUMNS):
            place = (entry.sheet, xl_rowcol_to_cell(entry.row - 1, at))
            if place in marks:
                comments[own, column.key if column.open else "actual"] = marks[place]
    only, year = submission.asked, submission.year
    write_form(data, year, path, only=only, entries=entries, marks=comments)


def _shown(cell: Cell) -> str:
    """Return a cell's value as a clerk would have typed it."""
    if isinstance(cell.value, datetime.date):
        return f"{cell.value:%d/%m/%Y}"
    if isinstance(cell.value, float):
        number = cell.value * 100 if cell.percent else cell.value
        return f"{number:.15g}".replace(".", ",") + ("%" if cell.percent else "")
    return text_of(cell)


def _mark_copy(file: OfficeFile, marks: Mapping, path: Path) -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, BOOK) as book:
        plain = {**LETTERS, "text_wrap": True, "num_format": "@"}
        style, wrong = book.add_format(plain), book.add_format(plain | WRONG)
        for sheet in file.sheets:
            if sheet.hidden:
                continue
            page = book.add_worksheet(sheet_name(sheet.name, book.sheetnames))
            page.set_column(0, 0, 12)
            page.set_column(1, 12, 22)
            for cell in sheet.cells.values():
                place = cell.address
                mark = marks.get((sheet.name, place))
                page.write_string(place, _shown(cell)[:32000], wrong if mark else style)
                if mark:
                    page.write_comment(place, mark, COMMENT)
        if loose := [text for (sheet, cell), text in marks.items() if not cell]:
            name = sheet_name(_("Chung cho cả tệp"), book.sheetnames)
            page = book.add_worksheet(name)
            page.set_column(0, 0, 100, style)
            page.write_column(0, 0, loose, style)
    write_whole(path, written.getvalue())
