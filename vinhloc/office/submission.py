"""A workbook taken apart: the cells of each indicator, what is wrong, what is asked."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from vinhloc.figures import trimmed
from vinhloc.office.files import Cell, Sheet, full_address

LONGEST_FOUND = 80
# What becomes of a row: a total, a signature, what an answer leaves out is passed over.
ROWS = ("taken", "known", "asked", "refused", "without", "passed")


@dataclass(frozen=True)
class _InCell:
    sheet: str
    cell: str

    @property
    def place(self) -> str:
        """Return the sheet and cell, "" for a whole workbook."""
        return full_address(self.sheet, self.cell) if self.cell else self.sheet


@dataclass(frozen=True)
class CellProblem(_InCell):
    """What cannot be taken: where, what stands there, why, what to write."""

    found: str
    why: str
    write: str
    kind: str


@dataclass(frozen=True)
class CellQuestion(_InCell):
    """A figure that should be looked at; `answer` is the office's reason, if any."""

    indicator: str
    kind: str
    text: str
    answer: str


@dataclass(frozen=True)
class Unclear(_InCell):
    """A text about figures that is not understood; `place`s are those of `Told`.

    `words`: what of it is not; without a cell it is the name of the sheet.
    """

    where: str
    text: str
    words: str


@dataclass(frozen=True)
class Entry:
    """The cells of one row by what they hold.

    `units`: what says the unit of its figures, the nearest first; `parent`: the row
    that heads it; `vintage`: what describes it says estimate, final or nothing.
    """

    sheet: str
    row: int
    indicator: str
    name: str
    cells: dict[str, Cell]
    hidden: bool = False
    units: tuple[Cell, ...] = ()
    parent: str = ""
    vintage: str = ""


@dataclass
class Submission:
    """A workbook taken apart: our form, or any sheet with recognisable columns."""

    year: int | None = None
    is_form: bool = False
    asked: list[str] = field(default_factory=list)  # the indicators of a form
    cover: dict[str, Cell] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # Of rows that give no entry: asked, refused, passed over, without a figure.
    rows: Counter = field(default_factory=Counter)


@dataclass
class Taken:
    """What a workbook gives: figures, remarks and sources as rows of their files."""

    year: int | None
    figures: list[dict] = field(default_factory=list)
    remarks: list[dict] = field(default_factory=list)
    sources: list[dict] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    questions: list[CellQuestion] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    known: int = 0
    names: dict[str, str] = field(default_factory=dict)  # of the indicators
    seen: list[dict] = field(default_factory=list)  # each figure as the file shows it
    rows: Counter = field(default_factory=Counter)  # what became of each row of tables

    @property
    def rows_said(self) -> dict[str, int]:
        """Return how many rows there were, and what became of them; it adds up."""
        return {"rows": self.rows.total()} | {kind: self.rows[kind] for kind in ROWS}

    @property
    def open_questions(self) -> list[CellQuestion]:
        """Return the questions that the office has not answered."""
        return [question for question in self.questions if not question.answer]


def text_of(cell: Cell | None) -> str:
    """Return what stands in a cell, as text."""
    return "" if cell is None else trimmed(str(cell.value))


def shown(cell: Cell) -> str:
    """Return what a cell shows, or its value as a clerk would have typed it."""
    if cell.shown:
        return cell.shown
    if isinstance(cell.value, datetime.date):
        return f"{cell.value:%d/%m/%Y}"
    if isinstance(cell.value, float):
        number = cell.value * 100 if cell.percent else cell.value
        return f"{number:.15g}".replace(".", ",") + ("%" if cell.percent else "")
    return text_of(cell)


def filled_cells(sheet: Sheet, row: int, columns: Mapping) -> dict:
    """Return the filled cells of a row, by the keys of `columns`, counted from 1.

    A formula without a value counts too.
    """
    cells = {key: sheet.cells.get((row, at)) for key, at in columns.items()}
    return {
        k: cell for k, cell in cells.items() if cell and (cell.missing or text_of(cell))
    }


def problem_in(
    sheet: str, cell: Cell | None, why: str, write: str, kind: str
) -> CellProblem:
    """Return a problem of a cell, or of a whole sheet."""
    address = cell.address if cell else ""
    found = text_of(cell)[:LONGEST_FOUND]
    return CellProblem(sheet, address, found, why, write, kind)


def layout_problem(why: str, write: str) -> CellProblem:
    """Return a problem of a whole workbook."""
    return problem_in("", None, why, write, "layout")


def question_on(
    entry: Entry, kind: str, text: str, *, key: str = "actual"
) -> CellQuestion:
    """Return a question about a cell of an entry, which may be answered beside it."""
    answer = text_of(entry.cells.get("confirmed"))
    cell = entry.cells[key].address
    return CellQuestion(entry.sheet, cell, entry.indicator, kind, text, answer)
