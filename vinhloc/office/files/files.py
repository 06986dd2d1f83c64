"""Office files of the departments, cell by cell, or the reason why one is not read.

Each is read in a process of its own with limits of memory and time, so that a hostile
or broken file ends only that process (`child.py`).
"""

from __future__ import annotations

import datetime
import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from vinhloc.data import is_plain
from vinhloc.figures import why_refused
from vinhloc.office.files.cells import address
from vinhloc.office.files.reasons import Unreadable, say_note, say_other_suffix

MB = 1_000_000
# A form of a commune has some thousand cells: there is room for any that people fill.
MOST_BYTES = 50 * MB
LIMITS = {
    "seconds": 60,
    "memory": 1024 * MB,
    "unpacked": 200 * MB,  # bytes of a zip file, letters of a table
    "members": 10_000,  # files in a zip file
    "cells": 500_000,  # filled
    "area": 12 * MB,  # cells of the rectangle around them: eleven columns of a sheet
}
SUFFIXES = {
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), "xlsx"),
    **{".xls": "xls", ".xlt": "xls", ".ods": "ods", ".ots": "ods"},
    **{".csv": "csv", ".tsv": "csv", ".txt": "csv"},
}
# Not -m: that would import from the folder in which the clerk's files are.
START = "import sys; sys.path.append(sys.argv[1]); "
START += "from vinhloc.office.files.child import main; main()"
# A type that JSON does not have -> what makes it of what child writes for it.
READERS = {
    "date": datetime.date.fromisoformat,
    "datetime": datetime.datetime.fromisoformat,
    "time": datetime.time.fromisoformat,
    "timedelta": lambda parts: datetime.timedelta(*parts),
}
# Why a cell is not plain: its row or column is hidden, it lies under a merged cell, its
# text is struck out or stands above or below the line, its ink or format shows nothing,
# its number format shows another figure or adds words.
DOUBTS = ("hidden", "covered", "struck", "raised", "unseen", "format")
Value = str | float | datetime.date | datetime.time | datetime.timedelta


class Cell(NamedTuple):
    """One cell that is not empty.

    A NamedTuple, for speed: a hundred thousand dataclasses would take longer to make
    than the sheet takes to read.
    """

    row: int  # counted from 1, as in Excel
    column: int
    value: Value  # also int, bool and datetime; the result of a formula
    percent: bool = False  # a number shown as a percentage: 0.975 as 97,5 %
    formula: bool = False
    missing: bool = False  # a formula whose result is not in the file: value ""
    error: bool = False  # value "#REF!"
    shown: str = ""  # what a person sees, where that is not the value written plainly
    doubt: str = ""  # why what is seen is not the value; one of DOUBTS

    @property
    def address(self) -> str:
        """Return what Excel calls the cell: "E12"."""
        return address(self.row, self.column)


@dataclass(frozen=True)
class Sheet:
    """A sheet; the one of a CSV has no name."""

    name: str
    hidden: bool
    cells: dict[tuple[int, int], Cell]  # by row and column, in the order of reading
    merged: tuple[tuple[int, int, int, int], ...]  # first row, column, last row, column
    widths: dict[int, int] = field(default_factory=dict)  # of a CSV: row -> its cells


@dataclass(frozen=True)
class OfficeFile:
    """A file as it was read; `kind` is "xlsx", "xls", "ods" or "csv"."""

    name: str
    content: bytes = field(repr=False)  # the file may change: it is read only once
    sha256: str
    kind: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]  # what the reader should know, in the language in use


def read_office_file(path: Path) -> OfficeFile:
    """Read a workbook or CSV file: every cell that is not empty, with what is known.

    Its content decides what it is, not its name. Raises Unreadable.
    """
    path = Path(path)
    data = _bytes_of(path)
    found = json.loads(_answer(path.name, data).decode("utf-8", "surrogatepass"))
    if why := found.get("refused"):
        raise Unreadable(path.name, why, found["values"])
    sheets = tuple(map(_sheet, found["sheets"]))
    kind, notes = found["kind"], [say_note(note) for note in found["notes"]]
    if SUFFIXES.get(path.suffix.lower()) != kind:
        notes.insert(0, say_other_suffix(path.suffix, kind))
    sha256 = hashlib.sha256(data).hexdigest()
    return OfficeFile(path.name, data, sha256, kind, sheets, tuple(notes))


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Unreadable(path.name, "folder", {})
        if not path.is_file():  # nothing there, or something that never ends
            raise Unreadable(path.name, "missing", {})
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = why_refused(error)
        raise Unreadable(path.name, "no_access", {"reason": reason}) from None
    if len(data) > MOST_BYTES:
        raise Unreadable(path.name, "bytes", {"most": MOST_BYTES // MB})
    if not data:
        raise Unreadable(path.name, "empty", {})
    return data


def _answer(name: str, data: bytes) -> bytes:
    """Return the answer of a process that reads the file; raise Unreadable."""
    root = str(Path(__file__).parents[3])
    limits = json.dumps({**LIMITS, "bounded": not is_plain()})
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-c", START, root, limits],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LIMITS["seconds"],
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(name, "time", {"most": LIMITS["seconds"]}) from None
    if child.returncode:  # ended by a limit, or worse
        raise Unreadable(name, "memory", {"detail": f"exit code {child.returncode}"})
    return child.stdout


def _sheet(found: dict) -> Sheet:
    cells = {
        (row, column): Cell(row, column, _value(value), *flags)
        for row, column, value, *flags in found["cells"]
    }
    merged, widths = tuple(map(tuple, found["merged"])), dict(found["widths"])
    return Sheet(found["name"], found["hidden"], cells, merged, widths)


def _value(given: object) -> Value:
    return READERS[given[0]](given[1]) if type(given) is list else given
