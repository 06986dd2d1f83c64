"""Find the tables of a sheet: which columns hold indicator, unit, plan and actual."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from vinhloc.figures import plain
from vinhloc.office.files import Cell, Sheet
from vinhloc.office.tables.answers import SheetAnswers
from vinhloc.office.tables.grammar import Grammar
from vinhloc.office.tables.told import (
    RESULT,
    UNSEEN,
    Heading,
    Told,
    heading_of,
    role_of,
)

MOST_ROWS = 3  # of a heading
MOST_TABLES = 50  # of a sheet
YEARS = range(2000, 2050)  # that a number alone in a heading may be
CORNER = re.compile(r"(?:đơn vị tính|đvt|biểu|mẫu|phụ lục) ?(?:số|:|\d)")


@dataclass(frozen=True)
class TableHead:
    """What a sheet's columns hold, and the rows between which the table's own stand.

    `lines`: the sheet's name and what stands above the table; `own`: how many of them,
    from behind, stand above this table only; `units`: what stands there as the unit.
    """

    sheet: Sheet
    columns: dict[int, Heading]
    rows: list[int]  # of its heading
    last_row: int
    lines: tuple[Told, ...]
    own: int
    units: tuple[Cell, ...]
    tell: Callable[[Cell, str], Told]

    @property
    def first_row(self) -> int:
        """Return its first row below the heading."""
        return self.rows[-1] + 1

    @property
    def title_years(self) -> set[int]:
        """Return the years that its own title names."""
        own = self.lines[len(self.lines) - self.own :]
        years = {year for told in own for year in told.said.result_years}
        sheet = (told.said.years for told in self.lines if told.place == "sheet")
        return years or next(sheet, set())

    def of(self, *roles: str) -> dict[int, Heading]:
        """Return the columns of some roles."""
        return {at: head for at, head in self.columns.items() if head.role in roles}


def find_tables(
    sheet: Sheet, grammar: Grammar, answers: Callable[[str, str], SheetAnswers]
) -> list[TableHead]:
    """Return the tables of a sheet, from above: with a name, and a word of results.

    `answers`: what the office answered, by the sheet's name and its layout.
    """
    lines = _lines(sheet)
    blocks: list[tuple[list[int], dict[int, list[Cell]]]] = []
    for row, column in _names(lines, grammar):
        if len(blocks) == MOST_TABLES or (blocks and row <= blocks[-1][0][-1]):
            continue
        rows = _heading_rows(sheet, lines, row, column)
        stacks = _stacks(_filled(sheet, lines, rows), rows)
        said = {
            t
            for cells in stacks.values()
            for c in cells
            for t in grammar.read(c.value).tags
        }
        if said & RESULT:
            blocks.append((rows, stacks))
    titles = [_title(lines, blocks, number) for number in range(len(blocks))]
    texts = [sheet.name, *(cell.value for cells in titles for cell in cells)]
    texts += [
        c.value for _rows, stacks in blocks for cells in stacks.values() for c in cells
    ]
    known = answers(sheet.name, " | ".join(grammar.read(text).key for text in texts))
    found: list[TableHead] = []
    for (rows, stacks), cells in zip(blocks, titles, strict=True):
        found.append(_head(sheet, rows, stacks, cells, found, grammar, known))
    ends = [*(head.rows[0] - 1 for head in found[1:]), max(lines)] if found else []
    return [replace(head, last_row=end) for head, end in zip(found, ends, strict=True)]


def _head(sheet, rows, stacks, titles, before, grammar, known) -> TableHead:
    def told(cell: Cell, place: str) -> Told:
        said = grammar.read(cell.value)
        key = said.key + (f" ({cell.doubt})" if cell.doubt in UNSEEN else "")
        return Told(cell, place, said, known.to(place, cell, key))

    own = [told(cell, "title") for cell in titles]
    above = before[-1].lines if before else (told(Cell(0, 0, sheet.name), "sheet"),)
    says = {tag for line in own for tag in line.said.tags}
    if says & {"year", "whole", "part", "term"}:  # of other years, or none
        above = [line for line in above if line.left or not line.parts()]
    if "own" in says:
        above = [line for line in above if not line.left]
    units = [t.cell._replace(value=u) for t in own for u in t.said.units]
    units = units or (list(before[-1].units) if before else [])
    columns = {
        at: heading_of([told(cell, "heading") for cell in cells])
        for at, cells in stacks.items()
    }
    lines = (*above, *own)
    return TableHead(sheet, columns, rows, 0, lines, len(own), tuple(units), told)


def _lines(sheet: Sheet) -> dict[int, dict[int, Cell]]:
    lines: dict[int, dict[int, Cell]] = {}
    for (row, at), cell in sheet.cells.items():
        text = _heading_text(cell.value)
        lines.setdefault(row, {})[at] = cell._replace(value=text)
    return lines


def _names(lines: dict, grammar: Grammar) -> Iterator[tuple[int, int]]:
    """Yield each row with a name's heading, and its column."""
    for row, line in sorted(lines.items()):
        for at, cell in sorted(line.items()):
            if cell.value and role_of([grammar.read(cell.value).tags]) == "name":
                yield row, at
                break


def _heading_text(value) -> str:
    """Return what a cell says in a heading: text or a year, "" for another number."""
    if isinstance(value, str):
        return value.strip()
    year = isinstance(value, int | float) and value in YEARS
    return str(int(value)) if year else ""


def _heading_rows(sheet: Sheet, lines: dict, row: int, column: int) -> list[int]:
    """Return the rows of a heading that begins at the cell of the name column."""
    merged = [m for m in sheet.merged if m[0] == row and m[1] <= column <= m[3]]
    last = min(merged[0][2], row + MOST_ROWS) if merged else row
    while last - row + 1 < MOST_ROWS and column not in lines.get(last + 1, {}):
        below = lines.get(last + 1, {})
        texts = [cell.value for cell in below.values()]
        if not below or not all(texts) or min(below) < column:
            break
        last += 1
    above = lines.get(row - 1, {})
    group = [c for c in above.values() if c.value and not CORNER.match(plain(c.value))]
    first = row - 1 if group and min(above) > column else row
    return list(range(first, last + 1))


def _filled(sheet: Sheet, lines: dict, rows: list[int]) -> dict[tuple[int, int], Cell]:
    """Return the heading's texts, a group's in all of the columns that it heads.

    A merged cell says how far it goes; another goes on over empty cells that have
    texts below them, as in a CSV.
    """
    filled = {
        (row, at): cell
        for row in rows
        for at, cell in lines.get(row, {}).items()
        if cell.value and not CORNER.match(plain(cell.value))
    }
    bounded = set()
    for top, left, _bottom, right in sheet.merged:
        if (top, left) in filled and top in rows:
            bounded |= {(top, at) for at in range(left, right + 1)}
            filled |= {(top, at): filled[top, left] for at in range(left, right + 1)}
    width = max(at for _row, at in filled)
    for row in rows[:-1]:
        for at in range(2, width + 1):
            before, below = (row, at - 1), (rows[-1], at)
            open_ = before in filled and before not in bounded
            if open_ and below in filled and (row, at) not in filled:
                filled[row, at] = filled[before]
    return filled


def _stacks(filled: dict, rows: list[int]) -> dict[int, list[Cell]]:
    """Return the cells above each column, from above, a text that is repeated once."""
    stacks = {}
    for at in sorted({column for _row, column in filled}):
        cells = dict.fromkeys(filled[row, at] for row in rows if (row, at) in filled)
        stacks[at] = [*{cell.value: cell for cell in cells}.values()]
    return stacks


def _title(lines: dict, blocks: list, number: int) -> list[Cell]:
    """Return what stands above a table; below another one, each text alone in a row."""
    end = blocks[number][0][0]
    if not number:
        above = [line for row, line in sorted(lines.items()) if row < end]
        return [cell for line in above for cell in line.values() if cell.value]
    found: list[Cell] = []
    for row in sorted(lines, reverse=True):
        if blocks[number - 1][0][-1] < row < end:
            cells = [*lines[row].values()]
            if len(cells) > 1 or not cells[0].value:
                break
            found = cells + found
    return found


def is_numbering(cells: list) -> bool:
    """Tell whether a row only numbers the columns: A, B, (1), (2), 3=2/1."""
    texts = [plain(str(cell.value)) for cell in cells]
    pattern = r"\(?[a-zđ]\)?|\(?\d{1,2}(?:\.0)?\)?(?: ?= ?[\d()/:x*+ %-]+)?"
    return bool(texts) and all(re.fullmatch(pattern, text) for text in texts)
