"""The cells of a sheet, whatever file it stands in: what is seen, what is held."""

from __future__ import annotations

import datetime
import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from vinhloc.office.files.formats import number_shown, text_shown

WHITE, BLACK = "FFFFFF", "000000"
LEAST_HEIGHT, LEAST_WIDTH = 3, 1  # points, digits: what is less shows no figure
EXPONENT = re.compile(r"(?:^|\W|\d)[kcdm]?m\Z")  # m, km: what has a square
Place = tuple[int, int]
Block = tuple[int, int, int, int]  # first row, column, last row, column


class Refused(Exception):
    """A file that is not read: `why` is one of reasons.py, `values` go into it."""

    def __init__(self, why: str, **values: object):
        self.why, self.values = why, values
        super().__init__(why)


def address(row: int, column: int) -> str:
    """Return what Excel calls a cell: E12 for row 12, column 5."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


def full_address(sheet: str, cell: str) -> str:
    """Return "Sheet1!B2"; "B2" in a CSV file, whose sheet has no name."""
    return f"{sheet}!{cell}" if sheet else cell


class Look(NamedTuple):
    """How a cell, or a part of its text, is drawn."""

    format: str = "General"
    struck: bool = False
    raised: bool = False  # or lowered
    unseen: bool = False  # its ink


PLAIN = Look()


class Table:
    """The filled cells of a sheet, in the order in which they are added."""

    def __init__(
        self, name: str = "", *, hidden: bool = False, merged: Iterable[Block] = ()
    ):
        self.name, self.hidden, self.merged = name, hidden, [*merged]
        self.widths: list[Place] = []  # of a CSV: row and its cells
        self.cells: dict[Place, list] = {}  # as a Cell: from the value on
        self.folded_rows: set[int] = set()
        self.folded_columns: set[int] = set()

    def add(
        self,
        place: Place,
        value: object,
        look: Look = PLAIN,
        runs: Iterable[tuple[str, Look]] = (),
        *,
        formula: bool = False,
        missing: bool = False,
        error: bool = False,
    ) -> None:
        """Add a cell; `runs` are the parts of a text that are drawn in several ways."""
        if isinstance(value, datetime.datetime) and value.time() == datetime.time():
            value = value.date()
        value, percent, shown, doubt = seen(value, look, list(runs))
        if value == "" and not missing:
            return
        if place[0] in self.folded_rows or place[1] in self.folded_columns:
            doubt = "hidden"
        self.cells[place] = [value, percent, formula, missing, error, shown, doubt]

    def settled(self) -> dict:
        """Return what a Sheet is made of."""
        for place in self._covered():
            if self.cells[place][-1] != "hidden":
                self.cells[place][-1] = "covered"
        return {
            "name": self.name,
            "hidden": self.hidden,
            "merged": self.merged,
            "widths": self.widths,
            "cells": [[*place, *cell] for place, cell in self.cells.items()],
        }

    def _covered(self) -> Iterable[Place]:
        """Yield the filled cells that lie under a merged one."""
        rows = defaultdict(list)
        for row, column in self.cells:
            rows[row].append(column)
        filled = sorted(rows)
        for top, left, bottom, right in self.merged:
            among = filled[bisect_left(filled, top) : bisect_right(filled, bottom)]
            for row in among:
                for column in rows[row]:
                    if left <= column <= right and (row, column) != (top, left):
                        yield row, column


def seen(value: object, look: Look, runs: list) -> tuple[object, bool, str, str]:
    """Return what is read of a cell, if as a percentage, what it shows, the doubt."""
    if runs:
        value, shown, doubt = _read(runs)
    else:
        shown, doubt = "", _doubt_of(value, look)
    percent = False
    if type(value) is str:
        drawn = text_shown(look.format, shown or value)
        plain, drawn = drawn == (shown or value), drawn.strip()
    elif type(value) in (int, float):
        if not math.isfinite(value):
            return str(value), False, "", doubt
        percent, plain, drawn = number_shown(look.format, value)
    else:
        plain, drawn = True, "x"
    if not plain:
        shown, doubt = drawn, doubt or ("format" if drawn else "unseen")
    return value, percent, shown, doubt


def _doubt_of(value: object, look: Look) -> str:
    if look.struck:
        return "struck"
    if look.raised and re.match(r"\s*[-+(]?\d", str(value)):
        return "raised"
    return "unseen" if look.unseen else ""


def _read(runs: list[tuple[str, Look]]) -> tuple[str, str, str]:
    """Return the text without what is struck out or a footnote, the whole, the doubt.

    The whole is "" where it is the text.
    """
    kept, doubts = "", set()
    for text, look in runs:
        doubt = "struck" if look.struck else "unseen" if look.unseen else ""
        if not doubt and look.raised and _is_footnote(kept, text):
            doubt = "raised"
        doubts |= {doubt} if text.strip() else set()
        kept += "" if doubt else text
    whole = "".join(text for text, _look in runs)
    first = next((d for d in ("struck", "raised", "unseen") if d in doubts), "")
    return kept if kept.strip() else whole, whole if first else "", first


def _is_footnote(before: str, raised: str) -> bool:
    """Tell whether what is raised behind a text is a footnote, no square of a metre."""
    square = raised.strip() in ("2", "3") and EXPONENT.search(before.strip())
    return bool(re.search(r"\d", before)) and not square


def check_reach(places: Iterable[Place], most: int) -> None:
    """Raise Refused if a rectangle around the cells has more than so many."""
    rows, columns = zip(*places, strict=True) if places else ((0,), (0,))
    area = (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)
    if area > most:
        raise Refused("far", cell=address(max(rows), max(columns)))
