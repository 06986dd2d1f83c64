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

from vinhloc.data import Data, write_whole
from vinhloc.figures import _
from vinhloc.office.files import Cell, OfficeFile
from vinhloc.office.form import write_form
from vinhloc.office.layout import COLUMN, COLUMNS, COVER_SHEET, sheet_name
from vinhloc.office.submission import ASKED, Submission, text_of
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
    marks: dict[tuple[str, str], str] = {}
    for problem in taken.problems:
        text = problem.why + (f"\n⇒ {problem.write}" if problem.write else "")
        _join(marks, (problem.sheet, problem.cell), text)
    for question in taken.questions:
        if not question.answer:
            text = _("Xem lại: {text}", text=question.text)
            _join(marks, (question.sheet, question.cell), text)
    return marks


def _join(marks: dict, place: tuple[str, str], text: str) -> None:
    marks[place] = f"{marks[place]}\n{text}" if place in marks else text


def _mark_form(data: Data, submission: Submission, marks: Mapping, path: Path) -> None:
    entries = {("", key): _shown(cell) for key, cell in submission.cover.items()}
    comments = {
        ("", key): marks[COVER_SHEET, cell.address]
        for key, cell in submission.cover.items()
        if (COVER_SHEET, cell.address) in marks
    }
    for entry in submission.entries:
        entries |= {
            (entry.indicator, key): _shown(entry.cells[key])
            for key in ASKED
            if key in entry.cells
        }
        for column in COLUMNS:
            place = (entry.sheet, f"{chr(65 + COLUMN[column.key])}{entry.row}")
            if place in marks:
                key = column.key if column.open else "actual"
                comments[entry.indicator, key] = marks[place]
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
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, options) as book:
        plain = {"font_name": "Arial", "font_size": 10, "text_wrap": True}
        style = book.add_format(plain | {"num_format": "@"})
        wrong = book.add_format(plain | {"bg_color": "#F8C9B8", "num_format": "@"})
        for sheet in file.sheets:
            if sheet.hidden:
                continue
            page = book.add_worksheet(sheet_name(sheet.name, book.sheetnames))
            page.set_column(0, 0, 12)
            page.set_column(1, 12, 22)
            for (row, column), cell in sheet.cells.items():
                mark = marks.get((sheet.name, cell.address))
                text = _shown(cell)[:32000]
                page.write_string(row - 1, column - 1, text, wrong if mark else style)
                if mark:
                    size = {"author": "vinhloc", "x_scale": 2.2, "y_scale": 1.4}
                    page.write_comment(row - 1, column - 1, mark, size)
        if loose := [text for (sheet, cell), text in marks.items() if not cell]:
            page = book.add_worksheet(
                sheet_name(_("Chung cho cả tệp"), book.sheetnames)
            )
            page.set_column(0, 0, 100, style)
            for row, text in enumerate(loose):
                page.write_string(row, 0, text, style)
    write_whole(path, written.getvalue())
