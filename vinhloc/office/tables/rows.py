"""The rows of a table: those with a figure, and the groups that stand above them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vinhloc.figures import plain
from vinhloc.office.files import Cell
from vinhloc.office.names import Names
from vinhloc.office.submission import Entry, filled_cells, text_of
from vinhloc.office.tables.headings import TableHead, is_numbering
from vinhloc.office.tables.told import Heading, Told

BEFORE = re.compile(r"tăng|giảm|chênh|tốc độ|cùng kỳ|năm trước|năm ngoái")
MARK = re.compile(r"\(?(\d+(?:\.\d+)*|[ivx]+|[a-zđ])[.)]*|([-–+*•])", re.IGNORECASE)
LEADING = re.compile(r"(\d+(?:\.\d+)*|[IVX]+|[A-Za-zđ])[.)/:]|([-–+*•])")
BULLET = 8  # the rank of a dash: below all that is numbered
OUTER = 9  # of a name in a column of its own, before those of its rows


@dataclass
class Group:
    """A row that heads those below it; `rank`: 1 is the highest, 0 has no number.

    `parent`: rows of a lower rank have come; `figure`: it has one, of an unknown name.
    """

    rank: int
    number: int
    text: str
    told: tuple[Told, ...]
    parent: bool = False
    figure: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table as it was read; `entry`: where it has a figure.

    `wide`: of a CSV, with another number of cells than its heading; `aside`: what
    stands before the figure in columns that are not understood.
    """

    row: int
    entry: Entry | None
    groups: tuple[Group, ...]
    wide: bool = False
    aside: tuple[Cell, ...] = ()


def table_rows(head: TableHead, actual: int, names: Names, year: int) -> Iterator[Row]:
    """Yield the rows below a table's heading that hold a name or a figure."""
    sheet, own = head.sheet, _columns(head, actual, year)
    named = {at: at for at in sorted(head.of("name"))}
    width = max(sheet.widths.get(row, 0) for row in head.rows)
    rows: dict[int, list[Cell]] = {}
    for (row, _at), cell in sheet.cells.items():
        if head.first_row <= row <= head.last_row and (text_of(cell) or cell.missing):
            rows.setdefault(row, []).append(cell)
    groups: list[Group] = []
    vintage = _vintage(head, actual)
    for row in sorted(rows):
        if row <= head.first_row + 1 and is_numbering(rows[row]):
            continue
        cells, called = filled_cells(sheet, row, own), filled_cells(sheet, row, named)
        last = max(cell.column for cell in rows[row])
        mark = _mark(rows[row], min(named), called)
        if last <= max(named):  # nothing but a name
            _enter(groups, mark, [_told(head, cell) for cell in rows[row]])
            yield Row(row, None, tuple(groups))
            continue
        _leave(groups, mark)
        *outer, name = called.values() or [None]
        if len(named) > 1 and min(named) in called and groups:
            groups[-1:] = [] if groups[-1].rank == OUTER else groups[-1:]
        if outer:  # under a wide heading the innermost is the name, before it its group
            _enter(groups, (OUTER, 0), [_told(head, cell) for cell in outer])
        if name is not None:
            cells["name"] = name
        wide = bool(width) and sheet.widths.get(row, width) != width
        if "actual" not in cells and not (wide and name is not None):
            yield Row(row, None, tuple(groups))
            continue
        indicator = _indicator(text_of(name), groups, names)
        units = _units(head, name, row, names, own)
        entry = Entry(
            sheet.name,
            row,
            indicator,
            text_of(name),
            cells,
            hidden=_is_hidden(head.columns[actual], cells, units, row),
            units=units,
            parent=groups[-1].text if groups else "",
            vintage=vintage,
        )
        yield Row(row, entry, tuple(groups), wide, _aside(head, rows[row], actual))
        if name is not None and not indicator:
            _enter(groups, mark, [_told(head, name)], figure=True)


def _aside(head: TableHead, cells: list[Cell], actual: int) -> tuple[Cell, ...]:
    """Return the texts before a figure in columns of which nothing is known."""
    roles = {at: heading.role for at, heading in head.columns.items()}
    texts = [c for c in cells if c.column < actual and isinstance(c.value, str)]
    return tuple(
        cell
        for cell in texts
        if not roles.get(cell.column) and not MARK.fullmatch(text_of(cell))
    )


def _columns(head: TableHead, actual: int, year: int) -> dict[str, int]:
    """Return the columns of the figure and of what stands beside it."""
    plans = _of_year(head, "plan", actual, year)
    percents = [
        at
        for at in _of_year(head, "percent", actual, year)
        if not BEFORE.search(said := _said(head, at)) and str(year - 1) not in said
    ]
    own = {f"plan {number}": at for number, at in enumerate(plans)}
    return own | {"actual": actual} | ({"percent": percents[0]} if percents else {})


def _said(head: TableHead, at: int) -> str:
    return plain(" ".join(str(t.cell.value) for t in head.columns[at].texts))


def _of_year(head: TableHead, role: str, actual: int, year: int) -> list[int]:
    """Return the columns of that year, or of none, the nearest first.

    One of another place or period than the actual's is passed over.
    """
    groups = {str(told.cell.value) for told in head.columns[actual].texts}
    own = [
        at
        for at, heading in head.of(role).items()
        if heading.year in (year, None) and heading.is_beside(groups)
    ]
    return sorted(own, key=lambda at: abs(at - actual))


def _units(head: TableHead, name: Cell | None, row: int, names: Names, own: dict):
    """Return a row's units, the nearest first: its own, else the table's; headings'."""
    column = next(iter(head.of("unit")), 0)
    found = [*filled_cells(head.sheet, row, {"unit": column}).values()]
    unit = names.parted(text_of(name))[1]
    found += [name._replace(value=unit)] if unit and name else []
    used = [at for key, at in own.items() if key != "percent"]
    used = sorted(used, key=lambda at: at != own["actual"])
    stated = [cell for at in used for cell in head.columns[at].units]
    return (*(found or head.units), *stated)


def _indicator(name: str, groups: list[Group], names: Names) -> str:
    """Return the indicator of a name, alone or with that of a group above it."""
    if found := names.find(name):
        return found
    texts = (names.composed(name, group.text) for group in reversed(groups))
    return next(filter(None, texts), "")


def _is_hidden(heading: Heading, cells: dict[str, Cell], units, row) -> bool:
    """Tell whether a row is hidden, or a column that the office did not answer for."""
    folded = {key for key in ("name", "actual") if key in cells}
    folded = {key for key in folded if cells[key].doubt == "hidden"}
    at = [cell for cell in units if cell.row == row]
    folded |= {"unit" for cell in at if cell.doubt == "hidden"}
    answered = any(t.answer and t.cell.doubt == "hidden" for t in heading.texts)
    return bool(folded - {"actual"} if answered else folded)


def _vintage(head: TableHead, actual: int) -> str:
    tags = head.columns[actual].tags
    titles = [tag for told in head.lines for tag in told.said.tags]
    for vintage in ("estimate", "final"):
        if vintage in tags:
            return vintage
    return "estimate" if "estimate" in titles and "plan" not in titles else ""


def _told(head: TableHead, cell: Cell) -> Told:
    return head.tell(cell._replace(value=text_of(cell)), "group")


def _mark(cells: list[Cell], names_from: int, called: dict) -> tuple[int, int]:
    """Return the rank and last number of what numbers a row; (0, 0) for nothing."""
    before = [text_of(c).removesuffix(".0") for c in cells if c.column < names_from]
    marks = [found for text in before if (found := MARK.fullmatch(text))]
    text = text_of(next(iter(called.values()), None)) or "".join(before)
    found = marks[0] if marks else LEADING.match(text)
    if found is None:
        return 0, 0
    number = found[1] or ""
    if not number or not number[0].isdigit():
        upper = number.isupper() or number in ("i", "ii", "iii", "iv", "v")
        return (1 if upper else BULLET - 1 if number else BULLET), 0
    return 2 + number.count("."), int(number.rpartition(".")[2])


def _enter(groups: list, mark: tuple[int, int], told: list[Told], *, figure=False):
    """Add a group; it ends those of its rank and below, without a number its like.

    A row with a figure ends none: it heads what is marked as its part only.
    """
    rank, number = mark
    while groups and (
        _is_over(groups[-1], rank)
        or (not figure and (rank == 1 or _ends(groups[-1].rank, rank)))
    ):
        groups.pop()
    if groups:
        groups[-1].parent = True
    told = [t for t in told if not MARK.fullmatch(str(t.cell.value).removesuffix(".0"))]
    text = " ".join(str(t.cell.value) for t in told)
    groups.append(Group(rank, number, text, tuple(told), figure=figure))


def _ends(group: int, rank: int) -> bool:
    return rank <= group if group and rank else group in (rank, OUTER)


def _is_over(group: Group, rank: int) -> bool:
    """Tell whether a row of this rank is no part of one with a figure."""
    return group.figure and not (rank > group.rank and (group.rank or rank >= BULLET))


def _leave(groups: list[Group], mark: tuple[int, int]) -> None:
    """End the groups to which a row with a figure does not belong.

    One of the same rank ends a group only behind rows that were the group's own.
    """
    rank, number = mark
    while groups and _is_over(groups[-1], rank):
        groups.pop()
    while groups and 0 < groups[-1].rank < OUTER and rank:
        group = groups[-1]
        if rank > group.rank or (
            rank == group.rank and not (group.parent and number > group.number)
        ):
            break
        groups.pop()
    if groups and (rank > groups[-1].rank or not rank):
        groups[-1].parent = True
