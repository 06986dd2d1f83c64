"""A copy of a workbook in which the cells that need work are coloured and explained.

Our own form is written anew with what was entered, so that it can be mended and sent
again; of any other workbook the values are copied, never a formula, macro or link.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.utility import xl_rowcol_to_cell

from vinhloc.data import Data, write_whole
from vinhloc.figures import _
from vinhloc.office.files import Cell, OfficeFile, Sheet
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
from vinhloc.office.submission import Submission, Taken, Unclear, shown
from vinhloc.office.tables import (
    ANSWER_HEAD,
    ANSWER_SHEET,
    ANSWER_WIDTHS,
    WORDS,
    is_answers,
)

SUFFIX = "-can-sua"
LONGEST = 200  # bytes of a name, of the 255 that file systems allow
LONGEST_CELL = 32000
EMPTY = {"covered", "unseen"}
OPEN = {"bg_color": "#FFF8D6", "border": 1}
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
        _mark_copy(file, submission.unclear, marks, path)


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
        entries["", key] = shown(cell)
        comments["", key] = marks.get((COVER_SHEET, cell.address), "")
    for entry in submission.entries:
        own = entry.indicator
        entries |= {(own, key): shown(cell) for key, cell in entry.cells.items()}
        for at, column in enumerate(COLUMNS):
            place = (entry.sheet, xl_rowcol_to_cell(entry.row - 1, at))
            if place in marks:
                comments[own, column.key if column.open else "actual"] = marks[place]
    only, year = submission.asked, submission.year
    write_form(data, year, path, only=only, entries=entries, marks=comments)


def _mark_copy(
    file: OfficeFile, unclear: list[Unclear], marks: Mapping, path: Path
) -> None:
    written, names = io.BytesIO(), {}
    with xlsxwriter.Workbook(written, BOOK) as book:
        plain = {**LETTERS, "text_wrap": True, "num_format": "@", "valign": "top"}
        style, wrong = book.add_format(plain), book.add_format(plain | WRONG)
        title = book.add_format(plain | {"text_wrap": False})
        struck = book.add_format(plain | WRONG | {"font_strikeout": True})
        for sheet in file.sheets:
            if sheet.hidden or is_answers(sheet):
                continue
            name = sheet_name(sheet.name or "Sheet1", book.sheetnames)
            page = book.add_worksheet(name)
            names[sheet.name] = name
            page.set_column(0, 0, 12)
            page.set_column(1, 12, 22)
            _merge(page, sheet, style)
            lines = Counter(row for row, _at in sheet.cells)
            for cell in sheet.cells.values():
                place = cell.address
                if mark := marks.get((sheet.name, place)):
                    page.write_comment(place, mark, COMMENT)
                if cell.doubt not in EMPTY:  # what no one sees is not to be read
                    usual = style if lines[cell.row] > 1 else title
                    how = struck if cell.doubt == "struck" else wrong if mark else usual
                    page.write_string(place, _copied(cell), how)
        _ask(book, unclear, names)
        loose = [text for (_sheet, cell), text in marks.items() if not cell]
        if loose:
            name = sheet_name(_("Chung cho cả tệp"), book.sheetnames)
            page = book.add_worksheet(name)
            page.set_column(0, 0, 100, style)
            page.write_column(0, 0, loose, style)
    write_whole(path, written.getvalue())


def _copied(cell: Cell) -> str:
    """Return what a copy holds: the value, or what is shown where that is another."""
    plainly = cell if cell.doubt in ("raised", "format") else cell._replace(shown="")
    return shown(plainly)[:LONGEST_CELL]


def _merge(page, sheet: Sheet, style) -> None:
    """Merge what is merged: a group of columns is known by it."""
    for top, left, bottom, right in sheet.merged:
        if (top, left) != (bottom, right):
            with contextlib.suppress(OverlappingRange):
                page.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", style)


def _ask(book, unclear: list[Unclear], names: Mapping) -> None:
    """Add the sheet on which each text is answered that is not understood."""
    if not unclear:
        return
    page = book.add_worksheet(sheet_name(ANSWER_SHEET, book.sheetnames))
    page.activate()
    style = book.add_format({**LETTERS, "text_wrap": True, "num_format": "@"})
    page.write_row(0, 0, ANSWER_HEAD, book.add_format({**LETTERS, "bold": True}))
    for at, width in enumerate(ANSWER_WIDTHS):
        page.set_column(at, at, width)
    for row, one in enumerate(unclear, 1):
        texts = (names[one.sheet], one.cell, one.text, one.words)
        for at, text in enumerate(texts):
            page.write_string(row, at, text[:LONGEST_CELL], style)
        page.write_blank(row, len(texts), None, book.add_format(LETTERS | OPEN))
    words = {"validate": "list", "source": [*WORDS.values()]}
    page.data_validation(1, len(ANSWER_HEAD) - 1, len(unclear), 4, words)
