"""A programme's files as text, within limits: what was saved by Excel, too."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vinhloc.data.intake.problems import Problem, ProblemsFound, say_unseen
from vinhloc.figures import (
    UNSEEN,
    _,
    ansi_text,
    may_have_lost,
    unseen_letters,
    why_refused,
)

if TYPE_CHECKING:
    import pandas as pd

ROW = "row"  # the column that holds the line of a file
MB = 1_000_000
# A programme of sixty indicators writes 0.2 MB in a term. These leave room for ten
# terms in one file, and are checked in seconds where every cell is wrong.
MOST_BYTES = 5 * MB
MOST_ROWS = 10_000
MOST_COLUMNS = 50  # the widest table has twenty-one
MOST_LETTERS = 10_000  # of a cell: a page or two; one of Excel holds 32,767


@dataclass(frozen=True)
class Rows:
    """What was read of a CSV: its cells, what is wrong, what parts its columns.

    `gathered` are problems that one of the others is told for, too.
    """

    frame: pd.DataFrame
    problems: list[Problem]
    delimiter: str
    gathered: tuple[Problem, ...] = ()


def read_cells(path: Path, *, name: str) -> pd.DataFrame:
    """Read a CSV as `read_rows` does; raise ProblemsFound for any problem."""
    read = read_rows(path, name=name)
    if read.problems:
        raise ProblemsFound(read.problems)
    return read.frame


def read_rows(path: Path, *, name: str) -> Rows:
    """Read a CSV as the text in its cells, with each row's line in column `row`.

    Empty cells are missing; blank lines are passed over, and columns at the end that
    hold nothing; letters are composed (NFC). Semicolons or tabs may part the columns.
    The problems are a letter that nobody sees, a column named twice and rows of
    another length: what they touch is missing from the frame. Raises ProblemsFound for
    a file that cannot be read: an encoding that is not certain, letters that were lost
    in one, a file that is empty or beyond the limits.
    """
    text = unicodedata.normalize("NFC", read_text(path, name=name))
    if text.isascii() and (lost := _lost_in(text)):
        raise _refused(name, lost)
    delimiter, text = _delimiter_of(text)
    (_line, header), *rows = _lines_of(text, delimiter, name)
    while not header[-1] and all(not "".join(r[len(header) - 1 :]) for _l, r in rows):
        header = header[:-1]  # columns that Excel saves though nothing is in them
        rows = [(line, cells[: len(header)]) for line, cells in rows]
    shape = _("cần {count} ô như dòng tiêu đề", count=len(header))
    problems = [
        Problem(name, row, "", _("{count} ô", count=len(cells)), shape)
        for row, cells in rows
        if len(cells) != len(header)
    ]
    problems += _hidden(header, rows, name)
    header = [UNSEEN.sub("", column) for column in header]
    twice = [column for column, count in Counter(header).items() if count > 1]
    problems += [Problem(name, 1, column, "", _("cột bị lặp lại")) for column in twice]
    import pandas as pd  # only here: what cannot be read is told without it

    whole = [
        [None if unseen_letters(cell) else cell or None for cell in cells]
        if len(cells) == len(header)
        else [None] * len(header)
        for _row, cells in rows
    ]
    frame = pd.DataFrame(whole, columns=header, dtype="str").drop(columns=twice)
    frame = frame.assign(**{ROW: [row for row, _cells in rows]})
    return Rows(frame, problems, delimiter)


def _delimiter_of(text: str) -> tuple[str, str]:
    """Return what parts the columns, by the header, and the text without Excel's sep=.

    No column's name has any of these signs.
    """
    stated, _line, rest = text.partition("\n")
    if re.fullmatch("sep=[,;\t]", stated):
        return stated[4], f"\n{rest}"
    header = next((line for line in text.splitlines() if line.strip(",;\t ")), "")
    return next((sign for sign in ",;\t" if sign in header), ","), text


def _lines_of(text: str, delimiter: str, name: str) -> list[tuple[int, list[str]]]:
    """Return the lines of a CSV that hold something, each with its number."""
    lines = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        found = [(lines.line_num, cells) for cells in lines if any(cells)]
    except csv.Error:
        advice = _("CSV không hợp lệ: có lẽ dấu nháy kép mở ô mà không đóng")
        raise _refused(name, advice, row=lines.line_num) from None
    if not found:
        raise _refused(name, _("tệp rỗng"))
    columns, rows = max(len(cells) for _row, cells in found), len(found) - 1
    longest = max(len(cell) for _row, cells in found for cell in cells)
    for size, most, what in (
        (columns, MOST_COLUMNS, _("quá {most} cột", most=MOST_COLUMNS)),
        (rows, MOST_ROWS, _("quá {most} dòng", most=MOST_ROWS)),
        (longest, MOST_LETTERS, _("có ô dài quá {most} ký tự", most=MOST_LETTERS)),
    ):
        if size > most:
            raise _refused(name, what)
    return found


def _hidden(header: list[str], rows: list, name: str) -> list[Problem]:
    """Return a problem for each cell with letters that nobody sees."""
    return [
        Problem(name, line, column, cell, say_unseen(cell))
        for line, cells in [(1, header), *rows]
        for column, cell in zip(header, cells, strict=False)
        if unseen_letters(cell)
    ]


def read_text(path: Path, *, name: str, most: int = MOST_BYTES) -> str:
    """Read a text file of at most so many bytes; raise ProblemsFound.

    It is UTF-8, UTF-16 with its mark, or in a code page of Windows where that is
    certain. A byte-order mark is dropped, and lines end with a line feed.
    """
    try:
        if path.exists() and not path.is_file():  # what is no file may never end
            raise _refused(name, _("không phải là tệp"))
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        why = why_refused(error)
        raise _refused(name, _("không đọc được tệp: {why}", why=why)) from None
    if len(data) > most:
        raise _refused(name, _("tệp lớn quá {most} KB", most=most // 1000))
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        if not (text := "" if wide else ansi_text(data)):
            row = data[: error.start].count(b"\n") + 1
            said = _lost_in(data.decode("cp1252", "replace"))
            advice = _("không phải UTF-8: hãy lưu lại kiểu «CSV UTF-8»")
            raise _refused(name, said or advice, row=row) from None
    return text.replace("\r\n", "\n")


def _lost_in(text: str) -> str:
    """Return what to say of letters that saving has lost; "" where there are none."""
    advice = _("chữ có dấu đã mất («{lost}»): hãy lưu lại tệp gốc kiểu «CSV UTF-8»")
    lost = may_have_lost(text)
    return advice.format(lost=lost) if lost else ""


def _refused(name: str, advice: str, row: int | None = None) -> ProblemsFound:
    return ProblemsFound([Problem(name, row, "", "", advice)])
