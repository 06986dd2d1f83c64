"""Tables and sentences that show themselves, in JupyterLab and on a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup, escape

from vinhloc.figures import JOINER, NO_BREAK, _

LONG = 16  # letters: a cell that may take two lines
DEMO_WORDS = "SỐ LIỆU MINH HỌA"
CITE = re.compile(r"\[[\w-]+\]")
MOST = 3  # indicators that a sentence names
# The class of what says that there is nothing; a page leaves out a section of that.
NOTHING = "empty nothing"


def nothing_to_show() -> Table:
    """Return what stands where the programme has no such indicator."""
    return make_table(_("Chương trình không có chỉ tiêu của mục này"), {})


def demo_words() -> str:
    """Return the words that mark made-up figures, in the language in use."""
    return _(DEMO_WORDS)


def demo_mark(made_up: bool) -> Markup:
    """Return the mark of made-up figures, or nothing."""
    if not made_up:
        return Markup("")
    return Markup('<strong class="demo">{}</strong> ').format(demo_words())


@dataclass(frozen=True)
class Sentence:
    """What stands where a chart would show nothing."""

    text: str

    def _repr_html_(self) -> str:
        return Markup('<p class="empty">{}</p>').format(self.text)

    def __repr__(self) -> str:
        """Return the sentence as plain text."""
        return self.text


@dataclass(frozen=True)
class Prose:
    """Paragraphs computed from figures; shown as HTML, read as text."""

    paragraphs: tuple[str, ...]
    made_up: bool = False
    nothing: bool = False  # they say only that there is nothing

    def _repr_html_(self) -> str:
        mark, kind = demo_mark(self.made_up), NOTHING if self.nothing else "computed"
        return Markup("\n").join(
            Markup('<p class="{}">{}{}</p>').format(kind, mark, with_cites(text))
            for text in self.paragraphs
        )

    def __repr__(self) -> str:
        """Return the paragraphs as plain text."""
        mark = f"{demo_words()}: " if self.made_up else ""
        return "\n".join(mark + text for text in self.paragraphs)


def with_cites(text: str) -> Markup:
    """Return a text as HTML in which a source in square brackets stays on one line."""
    return Markup(CITE.sub(r'<span class="cite">\g<0></span>', str(escape(text))))


def prose(
    paragraphs: Iterable[str], *, made_up: bool = False, nothing: bool = False
) -> Prose:
    """Return Prose of the paragraphs that are not empty."""
    return Prose(tuple(filter(None, paragraphs)), made_up, nothing)


@dataclass(frozen=True)
class Table:
    """A table that shows itself; `frame` holds its cells as text or markup."""

    caption: str
    frame: pd.DataFrame
    numbers: tuple[str, ...] = ()
    note: str = ""
    made_up: bool = False

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.frame)

    def _repr_html_(self) -> str:
        if self.frame.empty:
            return Markup('<p class="{}">{}</p>').format(NOTHING, self._nothing())
        head = Markup().join(
            Markup('<th scope="col"{}>{}</th>').format(self._class(name), name)
            for name in self.frame
        )
        rows = Markup("\n").join(map(self._row, self.frame.to_dict("records")))
        note = Markup('<p class="note">{}</p>').format(self.note) if self.note else ""
        return Markup(
            '<div class="table"><table><caption>{}{}</caption>\n<thead><tr>{}</tr>'
            "</thead>\n<tbody>\n{}\n</tbody></table>{}</div>"
        ).format(demo_mark(self.made_up), self.caption, head, rows, note)

    def _nothing(self) -> str:
        """Return what an empty table says; one without columns is its caption alone."""
        said = f": {_('không có')}" if len(self.frame.columns) else ""
        return f"{self.caption}{said}."

    def _row(self, row: Mapping) -> Markup:
        first, *others = row.items()
        cells = [
            Markup('<td{} data-label="{}"><span>{}</span></td>').format(
                self._class(name, cell),
                name,
                in_one_line(cell) if name in self.numbers else cell,
            )
            for name, cell in others
        ]
        return Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            first[1], Markup().join(cells)
        )

    def _class(self, name: str, cell: object = None) -> Markup:
        """Return what a cell is: a number, or nothing that a phone has to show."""
        words = ["number"] if name in self.numbers else []
        words += ["none"] if cell in ("", "–") else []
        return Markup(' class="{}"').format(" ".join(words)) if words else Markup("")

    def __repr__(self) -> str:
        """Return the table as plain text."""
        mark = f"{demo_words()}: " if self.made_up else ""
        plain = self.frame.map(lambda cell: Markup(escape(cell)).striptags())
        return f"{mark}{self.caption}\n{plain.to_string(index=False)}"


def in_one_line(cell: object) -> Markup:
    """Return a number's cell with spaces that do not break between its parts.

    It may break before a bracket or a link, after a comma, between words of a unit,
    and in a long text: "chưa | hoàn thành / –", "ước 1.471 | / ≥ 1.871".
    """
    text, link, rest = str(escape(cell)).partition(" <")
    if re.search(r"\d", text):
        text = re.sub(r" (?=[^(\w]|\d)|(?<![^\W\d]) (?!\()", NO_BREAK, text)
    else:
        text = re.sub(r"(?<!,) (?!\()", NO_BREAK, text)
        text = re.sub(rf"^(\w+){NO_BREAK}(?=\w+{NO_BREAK}\w)", r"\1 ", text)
    if len(text) > LONG:
        text = re.sub(rf"{NO_BREAK}(?=/{NO_BREAK}[^–])", " ", text)
    text = text.replace("–", f"–{JOINER}")  # no space keeps its line together
    return Markup(text + link + rest)


def make_table(
    caption: str,
    columns: Mapping[str, Sequence],
    *,
    numbers: Sequence[str] = (),
    note: str = "",
    made_up: bool = False,
) -> Table:
    """Return a Table of named columns; `numbers` are aligned to the right."""
    return Table(
        caption, pd.DataFrame(columns, dtype=object), tuple(numbers), note, made_up
    )


def each(rows: pd.DataFrame, write: Callable) -> list:
    """Return what `write` makes of each row."""
    return [write(row) for row in rows.to_dict("records")]


class Number(NamedTuple):
    """A column of numbers; they are aligned to the right."""

    write: Callable | str | Sequence


def table_of(
    caption: str,
    rows: pd.DataFrame,
    columns: Mapping[str, object],
    *,
    note: str = "",
    made_up: bool | None = None,
) -> Table:
    """Return a Table with a line for each row; made up if any row is, unless told.

    A column is a function of a row, the name of a column, or its cells as they are; in
    a Number if they are numbers.
    """
    records, cells = rows.to_dict("records"), {}
    numbers = [name for name, write in columns.items() if isinstance(write, Number)]
    for name, write in columns.items():
        write = write.write if isinstance(write, Number) else write
        if callable(write):
            cells[name] = [write(row) for row in records]
        else:
            cells[name] = list(rows[write] if isinstance(write, str) else write)
    made_up = any_made_up(rows) if made_up is None else made_up
    return make_table(caption, cells, numbers=numbers, note=note, made_up=made_up)


def any_made_up(rows: pd.DataFrame) -> bool:
    """Tell whether one of some rows is made up; documents and faults never are."""
    return "made_up" in rows and bool(rows["made_up"].any())


def table_of_rows(chart_rows: pd.DataFrame, *, made_up: bool = False) -> Table:
    """Return the rows plotted in a chart, as they stand."""
    numbers = [c for c in chart_rows if c not in chart_rows.columns[:1]]
    return Table(_("Số liệu của biểu đồ"), chart_rows, tuple(numbers), "", made_up)
