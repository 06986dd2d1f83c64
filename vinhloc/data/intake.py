"""The door: a programme's files as text, within limits, and what is wrong with them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vinhloc.figures import UNSEEN, Fault, _, code_points, unseen_letters, visible

if TYPE_CHECKING:
    import pandas as pd

ROW = "row"  # the column that holds the line of a file
UNREAD = 0  # the line of what stands for a table that could not be read
MB = 1_000_000
# A programme of sixty indicators writes 0.2 MB in a term. These leave room for ten
# terms in one file, and are checked in seconds where every cell is wrong.
MOST_BYTES = 5 * MB
MOST_ROWS = 10_000
MOST_COLUMNS = 50  # the widest table has twenty-one
MOST_LETTERS = 10_000  # of a cell: a page or two; one of Excel holds 32,767
MOST_QUOTED = 200  # letters of what was found: enough to find it again


@dataclass(frozen=True)
class Problem:
    """One thing that stops: where it is, what was found, what was expected."""

    file: str
    row: int | None
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        """Return one line: file, row, column, what was found, what was expected."""
        row = _("dòng {row}", row=self.row) if self.row else ""
        column = _("cột «{column}»", column=_quoted(self.column)) if self.column else ""
        place = ", ".join(part for part in (self.file, row, column) if part)
        found = _("có «{found}»; ", found=_quoted(self.found)) if self.found else ""
        return visible(f"{place}: {found}{self.expected}")


def _quoted(text: str) -> str:
    return text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…"


class ProblemsFound(Fault):
    """Raised with every problem of a programme at once (attribute `problems`)."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(
            set(problems), key=lambda p: (p.file, p.row or 0, p.column)
        )
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> list[str]:
        """A line for each problem."""
        return [str(problem) for problem in self.problems]

    def __reduce__(self):
        """Let it travel between processes."""
        return type(self), (self.problems,)


def say_unseen(text: str) -> str:
    r"""Return which letters of a text nobody sees, and what to do; "" if there is none.

    >>> say_unseen("Diện\u200btích")
    'ký tự không nhìn thấy U+200B ZERO WIDTH SPACE; hãy xóa ký tự đó'
    """
    if not (letters := unseen_letters(text)):
        return ""
    named = code_points(letters)
    return _("ký tự không nhìn thấy {named}; hãy xóa ký tự đó", named=named)


def not_yet_told(found: Iterable[Problem], told: Iterable[Problem]) -> list[Problem]:
    """Return the problems whose place was not named: their cell, column, row or file.

    What follows from a fault is no second one.
    """
    named = {(p.file, p.row, p.column) for p in told}
    return [
        p
        for p in found
        if p.row != UNREAD
        and not named
        & {(p.file, row, p.column) for row in (p.row, 1)}.union(
            (p.file, row, "") for row in (p.row, None)
        )
    ]


def read_cells(path: Path, *, name: str) -> pd.DataFrame:
    """Read a CSV as `read_rows` does; raise ProblemsFound for any problem."""
    frame, problems = read_rows(path, name=name)
    if problems:
        raise ProblemsFound(problems)
    return frame


def read_rows(path: Path, *, name: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Read a CSV as the text in its cells, with each row's line in column `row`.

    Empty cells are missing; blank lines are passed over; letters are composed (NFC).
    The problems are a letter that nobody sees, a column named twice and rows of
    another length: what they touch is missing from the frame. Raises ProblemsFound for
    a file that cannot be read: a wrong encoding or separator, one that is empty or
    beyond the limits.
    """
    text = unicodedata.normalize("NFC", read_text(path, name=name))
    (_line, header), *rows = _lines_of(text, name)
    if len(header) == 1 and (other := re.search("[;\t]", header[0])):
        said = _("dấu chấm phẩy") if other[0] == ";" else _("dấu tab")
        advice = _("các cột cách nhau bằng {said}; hãy lưu lại với dấu phẩy", said=said)
        raise _refused(name, advice, row=1)
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
    return frame.assign(**{ROW: [row for row, _cells in rows]}), problems


def _lines_of(text: str, name: str) -> list[tuple[int, list[str]]]:
    """Return the lines of a CSV that hold something, each with its number."""
    lines = csv.reader(io.StringIO(text))
    try:
        found = [(lines.line_num, cells) for cells in lines if any(cells)]
    except csv.Error as error:
        advice = _("CSV không hợp lệ: ") + str(error)
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
    """Read a UTF-8 file of at most so many bytes; raise ProblemsFound.

    A byte-order mark is dropped, and lines end with a line feed.
    """
    try:
        if path.exists() and not path.is_file():  # what is no file may never end
            raise _refused(name, _("không phải là tệp"))
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        why = error.strerror or ""
        raise _refused(name, _("không đọc được tệp: {why}", why=why)) from None
    if len(data) > most:
        raise _refused(name, _("tệp lớn quá {most} KB", most=most // 1000))
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        advice = _("không phải UTF-8: hãy lưu lại kiểu «CSV UTF-8»")
        raise _refused(name, advice, row=row) from None


def _refused(name: str, advice: str, row: int | None = None) -> ProblemsFound:
    return ProblemsFound([Problem(name, row, "", "", advice)])
