"""The marks of an .ods file, from one pass over its content.xml."""

from __future__ import annotations

from itertools import product
from xml.parsers import expat

from vinhloc.office.files.marks import Marks, Place, Refused, check_area

CELLS = {"table:table-cell", "table:covered-table-cell"}
NUMBERS = {"float", "percentage", "currency"}
# calamine would add the text of comments and drawings to that of their cell.
BESIDE_CELLS = {"office:annotation", "table:shapes", "text:note"}
SPACES = {b"<text:tab/>": b"\t", b"<text:line-break/>": b"\n"}  # calamine drops them


class OpenDocument:
    """The tables of a content.xml: their marks, and the XML that calamine reads.

    Raises Refused for more than `cells` filled cells, or if they span more than
    `area`. Attributes: `sheets`, a Marks for each table in order; `part`, the XML.
    """

    def __init__(self, part: bytes, *, cells: int, area: int):
        for sign, space in SPACES.items():
            part = part.replace(sign, space)
        self.whole, self.most, self.area = part, cells, area
        self.sheets: list[Marks] = []
        self.filled = 0
        self.inside = False  # of a table
        self.beside = 0  # how deep in what is no cell
        self.cuts = [0]  # where that begins and ends
        self.parser = expat.ParserCreate()  # calamine, too, goes by the usual prefixes
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.Parse(part, True)
        edges = [*self.cuts, len(part)]
        kept = zip(edges[::2], edges[1::2], strict=True)
        self.part = b"".join(part[first:last] for first, last in kept)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self.beside or name in BESIDE_CELLS or name.startswith("draw:"):
            if not self.beside:
                self.cuts.append(self.parser.CurrentByteIndex)
            self.beside += 1
        elif name == "table:table":
            if self.inside:  # a table in a cell
                raise Refused("damaged")
            self.inside = True
            self.sheets.append(Marks())
            self.rows, self.folded = range(1, 1), []
            self.filled_rows, self.filled_columns = set(), set()
        elif self.inside and name in CELLS:
            self.cell, self.shown = attributes, None
            stated = "office:value-type" in attributes
            empty = attributes.get("office:string-value") == ""
            wanted = empty or not stated  # else calamine has the value
            self.parser.CharacterDataHandler = self._text if wanted else None
        elif self.inside and name == "text:p":
            self.shown = "" if self.shown is None else self.shown + "\n"
        elif self.inside and name == "table:table-row":
            self._open_row(attributes)

    def _text(self, text: str) -> None:
        if self.shown is not None and not self.beside:
            self.shown += text

    def _end(self, name: str) -> None:
        if self.beside:
            self.beside -= 1
            if not self.beside:
                self.cuts.append(self._after(name))
        elif name == "table:table":
            self._close_table()
        elif self.inside and name in CELLS:
            self._close_cell(self.cell, self.sheets[-1])

    def _after(self, name: str) -> int:
        at = self.parser.CurrentByteIndex  # of </name>, or behind <name/>
        ended = self.whole.startswith(b"</" + name.encode(), at)
        return self.whole.index(b">", at) + 1 if ended else at

    def _close_table(self) -> None:
        self.inside = False
        check_area(self.filled_rows, self.filled_columns, self.area)
        last = max(self.filled_rows, default=0)
        within = (range(r.start, min(r.stop, last + 1)) for r in self.folded)
        self.sheets[-1].hidden = {row for rows in within for row in rows}

    def _open_row(self, row: dict[str, str]) -> None:
        first, self.column = self.rows.stop, 1
        self.rows = range(first, first + int(row.get("table:number-rows-repeated", 1)))
        if row.get("table:visibility", "visible") != "visible":
            self.folded.append(self.rows)

    def _close_cell(self, cell: dict[str, str], marks: Marks) -> None:
        across = int(cell.get("table:number-columns-repeated", 1))
        columns = range(self.column, self.column + across)
        self.column += across
        self._note_merged(cell, columns.start, marks)
        kind, formula = cell.get("office:value-type"), "table:formula" in cell
        shown = (self.shown or "").strip()
        if not (kind or formula or shown):
            return
        self.filled += (count := len(self.rows) * across)
        if self.filled > self.most:
            raise Refused("cells", most=self.most)
        self.filled_rows |= {self.rows[0], self.rows[-1]}
        self.filled_columns |= {columns[0], columns[-1]}
        if kind in NUMBERS:
            marks.numbers += count if "office:value" in cell else 0
        if formula or kind == "percentage" or shown:
            places = {*product(self.rows, columns)}
            self._mark(places, marks, kind, shown)

    def _mark(
        self, places: set[Place], marks: Marks, kind: str | None, shown: str
    ) -> None:
        if kind == "percentage":
            marks.percent |= places
        if shown:
            marks.left_out |= dict.fromkeys(places, shown)
        if "table:formula" not in self.cell:
            return
        marks.formulas |= places
        valueless = kind in NUMBERS and "office:value" not in self.cell
        if shown:  # LibreOffice shows an error, and saves an empty text
            marks.errors |= places
        elif valueless or (not kind and self.shown is None):
            marks.missing |= places

    def _note_merged(self, cell: dict[str, str], left: int, marks: Marks) -> None:
        down = int(cell.get("table:number-rows-spanned", 1))
        across = int(cell.get("table:number-columns-spanned", 1))
        top = self.rows.start
        if down * across > 1:
            marks.merged.append((top, left, top + down - 1, left + across - 1))
