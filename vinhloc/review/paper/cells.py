"""Tables on paper: their cells as text, where lines break, how wide columns are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd
from markupsafe import Markup, escape

from vinhloc.figures import BREAK, JOINER, NO_BREAK
from vinhloc.review.paper.annex import annex_cells
from vinhloc.review.paper.columns import Column
from vinhloc.show import STANDINGS, Table, in_one_line

# Letters: around a cell, in a word before it breaks, of a name in the first column
# before it takes another line, and in a line of a table.
PADDING, WORD, NAME, ROOM = 2, 24, 16, 96
SHORT = 12  # letters of a status that stays in one line
SIGN = re.compile(f"^([{''.join(s.sign for s in STANDINGS.values())}]) ")
BEFORE = re.compile(rf"^(\D+):{NO_BREAK}")  # words before a figure: "thấp nhất: 98,5"
STROKE = re.compile(r"(?<=[^\W\d]/)(?=[^\W\d])")  # of "đồng/người/năm", not of 10/12
UNIT_OF_NUMBER = re.compile(rf"(?<=\d){NO_BREAK}(?=[^\W\d]{{5,}}|[^\W\d]+ )")


KEPT = "\ue000"  # no letter of any text
STATUS = re.compile(r'class="status ([a-z-]+)"')


@dataclass(frozen=True)
class Grid:
    """A table as Word and PDF both set it.

    `widths` are in mm for the annex, else shares of the page; `numbers` are the columns
    of figures, `themes` the rows that are headings: a number, and a name across all.
    """

    heads: list[str]
    rows: list[list[str]]
    widths: list[float]
    numbers: list[int]
    themes: list[int] = field(default_factory=list)


def grid_of(table: Table) -> Grid:
    """Return a table of the review as it is set."""
    heads = list(table.frame)
    numbers = [heads.index(name) for name in table.numbers]
    rows = [_in_lines(map(plain_cell, row), numbers) for row in table.frame.to_numpy()]
    return Grid(heads, rows, _shares(list(zip(heads, *rows, strict=True))), numbers)


def grid_of_annex(table: pd.DataFrame, columns: Sequence[Column]) -> Grid:
    """Return the annex table as it is set."""
    lines = table.to_dict("records")
    whole = [at for at, column in enumerate(columns) if column.whole]
    return Grid(
        heads=[column.head for column in columns],
        rows=[_in_lines(annex_cells(line, columns), whole) for line in lines],
        widths=[column.paper for column in columns],
        numbers=[at for at, column in enumerate(columns) if column.value],
        themes=[at for at, line in enumerate(lines) if line["is_theme"]],
    )


def plain_cell(cell: object) -> str:
    """Return a cell without its markup; a status keeps its sign beside the word."""
    text = str(escape(cell))
    # `striptags` takes a space that does not break for one that does.
    words = Markup(text.replace(NO_BREAK, KEPT)).striptags().replace(KEPT, NO_BREAK)
    if found := STATUS.search(text):
        return f"{STANDINGS[found[1].replace('-', '_')].sign} {words.strip()}"
    return words


def _in_lines(cells: Iterable[str], numbers: Collection[int]) -> list[str]:
    """Return the cells of a row with the spaces that do not break a line.

    A number breaks only where its parts end; a status keeps its sign beside the word;
    a unit of several parts may break between them.
    """
    return [
        STROKE.sub(BREAK, _number(cell) if at in numbers else _text(cell))
        for at, cell in enumerate(cells)
    ]


def _text(cell: str) -> str:
    if SIGN.match(cell) and len(cell) <= SHORT:
        return cell.replace(" ", NO_BREAK)
    return SIGN.sub(rf"\1{NO_BREAK}", cell)


def _number(cell: str) -> str:
    """Return a number's cell in one line, but for its bracket and a long unit."""
    text = in_one_line(cell).unescape().rstrip(JOINER)
    text = re.sub(r"\(.*?\)", lambda found: found[0].replace(" ", NO_BREAK), text)
    text = BEFORE.sub(lambda found: found[1].replace(" ", NO_BREAK) + ": ", text)
    return UNIT_OF_NUMBER.sub(" ", text)


def _shares(columns: Sequence[Sequence[str]]) -> list[float]:
    """Return the widths of columns in letters, of as many as the page has room for.

    The longest word of each fits in, of the first one some more; what is left goes to
    those with long texts.
    """
    words = [
        max(len(w) for cell in column for w in re.split(f"[ {BREAK}]", cell))
        for column in columns
    ]
    least = [PADDING + min(word, WORD) for word in words]
    least[0] = max(least[0], min(NAME, PADDING + max(map(len, columns[0]))))
    more = [
        max(0, max(map(len, column)) + PADDING - width) ** 0.7
        for column, width in zip(columns, least, strict=True)
    ]
    left = max(0, ROOM - sum(least)) / (sum(more) or 1)
    return [width + left * long for width, long in zip(least, more, strict=True)]
