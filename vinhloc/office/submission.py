"""Entries of a workbook: one indicator's cells each, not yet read."""

from __future__ import annotations

from dataclasses import dataclass, field

from vinhloc.figures import trimmed
from vinhloc.office.files import Cell
from vinhloc.office.headings import Heading

ASKED = ("actual", "vintage", "as_of", "source", "cause", "measure", "confirmed")


@dataclass(frozen=True)
class CellProblem:
    """What cannot be taken: where, what stands there, why, what to write."""

    sheet: str
    cell: str
    found: str
    why: str
    write: str
    kind: str


@dataclass(frozen=True)
class Entry:
    """The cells of one row by what they hold; `heading` is the actual's column.

    `units`: what says the unit of its figures, the nearest first.
    """

    sheet: str
    row: int
    indicator: str
    name: str
    cells: dict[str, Cell]
    hidden: bool = False
    heading: Heading | None = None
    units: tuple[Cell, ...] = ()


@dataclass
class Submission:
    """A workbook taken apart: our form, or any sheet with recognisable columns."""

    year: int | None = None
    is_form: bool = False
    asked: list[str] = field(default_factory=list)  # the indicators of a form
    cover: dict[str, Cell] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def text_of(cell: Cell | None) -> str:
    """Return what stands in a cell, as text."""
    return "" if cell is None else trimmed(str(cell.value))


def is_filled(cell: Cell) -> bool:
    """Tell whether something stands in a cell, if only a formula without a value."""
    return cell.missing or text_of(cell) != ""


def layout_problem(why: str, write: str) -> CellProblem:
    """Return a problem of a whole workbook."""
    return CellProblem("", "", "", why, write, "layout")
