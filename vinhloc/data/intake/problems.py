"""What is wrong with a programme's files: where, what was found, what was expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vinhloc.figures import Fault, _, code_points, unseen_letters, visible

MOST_QUOTED = 200  # letters of what was found: enough to find it again
UNREAD = 0  # the line of what stands for a table that could not be read


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
