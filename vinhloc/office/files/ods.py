"""OpenDocument spreadsheets, read by odfdo: each value with the text that is shown."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache

from odfdo import Cell, Document, Element
from odfdo import Table as OdfTable

from vinhloc.office.files.cells import (
    LEAST_HEIGHT,
    LEAST_WIDTH,
    Look,
    Refused,
    Table,
)
from vinhloc.office.files.packages import OPENDOCUMENT, checked

ROWS = ".//table:table-row[not(ancestor::table:shapes or ancestor::table:table-cell)]"
COLUMNS = ".//table:table-column[not(ancestor::table:shapes)]"
CELLS = "table:table-cell|table:covered-table-cell"
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
NARROW = LEAST_WIDTH * 5.5  # points
WHITE = "#ffffff"
NUMBERS = {"float", "percentage", "currency"}
AREAS = {"table-cell": ("table-cell", "text"), "text": ("text",)}
AREAS |= {name: (name,) for name in ("table-row", "table-column")}
SPACES = {"text:s", "text:tab", "text:line-break"}
BESIDE = ("office:", "draw:", "text:note")  # what is no part of a cell's text
DIGITS = re.compile(r"[-−+(]?[\d.,'’\s]*\d[\s%)]*")
POINTS = {"pt": 1, "cm": 28.35, "mm": 2.835, "in": 72, "pc": 12, "px": 0.75}
MOST_PARENTS = 10
Runs = list[tuple[str, Look]]


def read_ods(parts: dict[str, bytes], limits: dict) -> list[Table]:
    """Return the tables of a spreadsheet; raise Refused for too many cells."""
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as archive:
        archive.writestr("mimetype", OPENDOCUMENT + b"spreadsheet")
        for name in ("content.xml", "styles.xml"):
            archive.writestr(name, checked(parts.get(name, b"<none/>")))
    book = _Book(Document(copy))
    tables = book.document.body.get_elements("table:table")
    return [_Sheet(book, table).read(limits["cells"]) for table in tables]


class _Book:
    """A document, and what its styles say."""

    def __init__(self, document: Document):
        self.document = document
        self.styles: dict = {}
        for family in AREAS:
            for style in document.get_styles(family):
                self.styles.setdefault((family, style.name), style)
        self.facts, self.look = cache(self._facts), cache(self._look)

    def _facts(self, family: str, name: str | None) -> dict:
        """Return what a style says, and its parents where it says nothing."""
        found: dict = {}
        for _generation in range(MOST_PARENTS):
            if (style := self.styles.get((family, name))) is None:
                break
            for area in AREAS[family]:
                found = (style.get_properties(area) or {}) | found
            name = style.parent_style
        return found

    def _look(self, cell: str | None, *spans: str | None) -> Look:
        """Return how text is drawn in the style of a cell, then those of its spans."""
        facts = self.facts("table-cell", cell)
        for span in spans:
            facts = facts | self.facts("text", span)
        through = facts.get("style:text-line-through-style", "none")
        through = facts.get("style:text-line-through-type", through)
        raised = not re.match("0%", str(facts.get("style:text-position", "0%")))
        ink, ground = facts.get("fo:color"), facts.get("fo:background-color", WHITE)
        ground = WHITE if ground == "transparent" else str(ground)
        automatic = facts.get("style:use-window-font-color") in (True, "true")
        unseen = not automatic and str(ink).lower() == ground.lower()
        return Look("General", through != "none", raised, unseen)

    def is_folded(self, line: Element, family: str, side: str, least: float) -> bool:
        """Tell whether a row or column is hidden, or of nearly no height or width."""
        size = str(self.facts(family, line.style).get(side, ""))
        size = re.fullmatch(r"([\d.]+)([a-z]+)", size)
        low = size and float(size[1]) * POINTS.get(size[2], least) < least
        state = line.get_attribute_string("table:visibility")
        return bool(low) or state in ("collapse", "filter")

    def runs(self, element: Element, *styles: str | None) -> Iterator[tuple[str, Look]]:
        """Give the text of a paragraph, part by part, with how each is drawn."""
        look = self.look(*styles)
        yield re.sub(r"[ \t\r\n]+", " ", element.text or ""), look
        for child in element.children:
            if child.tag in SPACES:
                yield str(child), look
            elif not child.tag.startswith(BESIDE):
                style = child.get_attribute_string("text:style-name")
                yield from self.runs(child, *styles, style)
            yield re.sub(r"[ \t\r\n]+", " ", child.tail or ""), look


class _Sheet:
    """One table of a document, on the way to ours."""

    def __init__(self, book: _Book, given: OdfTable):
        self.book, self.given = book, given
        hidden = not book.document.get_table_displayed(given)
        self.table = Table(given.name or "", hidden=hidden)
        self.styles: list[str | None] = []  # of cells, by column
        for column in given.get_elements(COLUMNS):
            count = min(column.repeated or 1, MOST_COLUMNS - len(self.styles))
            columns = range(len(self.styles) + 1, len(self.styles) + count + 1)
            self.styles += [column.default_cell_style] * count
            if book.is_folded(column, "table-column", "style:column-width", NARROW):
                self.table.folded_columns |= {*columns}

    def read(self, most: int) -> Table:
        """Return the table, of no more than so many filled cells."""
        bottom = 0
        for row in self.given.get_elements(ROWS):
            rows = range(bottom + 1, bottom + 1 + (row.repeated or 1))
            bottom, right = rows[-1], 0
            own = row.get_attribute_string("table:default-cell-style-name")
            folded = ("table-row", "style:row-height", LEAST_HEIGHT)
            if row.children and self.book.is_folded(row, *folded):
                self.table.folded_rows |= {*rows[:MOST_ROWS]}
            for cell in row.get_elements(CELLS):
                columns = range(right + 1, right + 1 + (cell.repeated or 1))
                right = columns[-1]
                if cell.type or cell.formula or cell.children:
                    if len(self.table.cells) + len(rows) * len(columns) > most:
                        raise Refused("cells", most=most)
                    self._add(cell, rows, columns, own)
        return self.table

    def _add(self, cell: Cell, rows: range, columns: range, own: str | None) -> None:
        across, down = (max(count, 1) for count in cell.span_area())
        if across * down > 1:
            corner = rows[0] + down - 1, columns[0] + across - 1
            self.table.merged.append((rows[0], columns[0], *corner))
        default = [*self.styles[columns[0] - 1 : columns[0]], None][0]
        value, look, runs, about = self._held(cell, cell.style or own or default)
        for place in ((row, column) for row in rows for column in columns):
            self.table.add(place, value, look, runs, **about)

    def _held(self, cell: Cell, style: str | None) -> tuple[object, Look, Runs, dict]:
        """Return value, look, parts of the text and what else is known of a cell."""
        look, runs = self.book.look(style), []
        paragraphs = cell.get_elements("text:p")
        for paragraph in paragraphs:
            runs += [("\n", look)] if runs else []
            runs += [run for run in self.book.runs(paragraph, style) if run[0]]
        shown = "".join(text for text, _look in runs)
        kind, formula = cell.type, cell.formula is not None
        value = _value(cell, kind, shown)
        if type(value) is float and paragraphs:
            shape = _shape(value, shown.strip(), percent=kind == "percentage")
            look = look._replace(format=shape)
        untold = not kind or cell.get_attribute_string("office:string-value") == ""
        about = {
            "formula": formula,
            "error": formula and untold and bool(shown.strip()),
            "missing": formula and value == "" and (kind in NUMBERS or not paragraphs),
        }
        drawn = type(value) is str and any(drawn != look for _text, drawn in runs)
        return value, look, runs if drawn else [], about


def _value(cell: Cell, kind: str | None, shown: str) -> object:
    if kind in NUMBERS:
        stated = cell.get_attribute_string("office:value")
        return "" if stated is None else float(stated)
    if kind == "boolean":
        return cell.get_attribute_string("office:boolean-value") == "true"
    if kind in ("date", "time"):
        return cell.value
    return shown or cell.get_attribute_string("office:string-value") or ""


def _shape(number: float, shown: str, *, percent: bool) -> str:
    """Return a number format that shows what is shown."""
    if DIGITS.fullmatch(shown) and (number >= 0 or shown[0] in "-−("):
        value = abs(Decimal(repr(number))) * (100 if percent else 1)
        digits = re.sub(r"\D", "", shown)
        with localcontext(rounding=ROUND_HALF_UP):
            written = {f"{value:.{n}f}".replace(".", "") for n in range(len(digits))}
        if digits in written:
            return "0%" if percent else "General"
    words = shown.replace('"', "'").removesuffix("%" * percent)
    return ";".join([f'"{words}"' + "%" * percent] * 2)  # the second of less than 0
