"""Workbooks of Excel since 2007, read by openpyxl from a copy of what they need.

openpyxl stops at much that Excel and LibreOffice open: parts of other names, strict
XML, odd fonts, rules and links. The copy holds names, styles and filled cells only.
"""

from __future__ import annotations

import contextlib
import io
import re
import zipfile

from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.utils import coordinate_to_tuple, range_boundaries
from openpyxl.utils.escape import unescape
from xlsxwriter import Workbook

from vinhloc.office.files.cells import (
    BLACK,
    LEAST_HEIGHT,
    LEAST_WIDTH,
    WHITE,
    Block,
    Look,
    Place,
    Refused,
    Table,
    address,
)
from vinhloc.office.files.packages import (
    MAIN,
    OFFICE,
    SAFE,
    checked,
    relations_of,
    tree_of,
)

NAMES = "row f v is cols sheetData mergeCell fill patternFill"
ROW, FORMULA, VALUE, INLINE, COLUMNS, DATA, MERGED, FILL, PATTERN = (
    f"{{{MAIN}}}{name}" for name in NAMES.split(" ")
)
# What openpyxl is given of styles and texts: elements and their attributes.
COLOUR = "rgb theme indexed tint"
KEPT = {
    **dict.fromkeys(("styleSheet", "numFmts", "fonts", "fills", "cellXfs"), ""),
    **dict.fromkeys(("font", "fill", "sst", "si", "t", "r", "rPr", "is"), ""),
    **{"numFmt": "numFmtId formatCode", "xf": "numFmtId fontId fillId"},
    **{"strike": "val", "vertAlign": "val", "patternFill": "patternType"},
    **{"color": COLOUR, "fgColor": COLOUR},
}
RGB = re.compile("(?:[0-9A-Fa-f]{2}){3,4}")
NUMBER = re.compile(r"\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?\s*")
TRUTH = {"true": "1", "false": "0"}


def read_xlsx(
    parts: dict[str, bytes], name: str, cells: int
) -> tuple[list[str], list[Table]]:
    """Return notes and tables of a workbook; `name` is that of its main part.

    Refused for a sheet of more filled cells than that.
    """
    book, relations = tree_of(parts[name]), relations_of(parts, name)
    own = {kind: parts[part] for kind, part in relations.values() if part in parts}
    shared = {
        name: _cut(tree_of(own.get(name, f'<{root} xmlns="{MAIN}"/>'.encode())))
        for name, root in (("styles", "styleSheet"), ("sharedStrings", "sst"))
    }
    styles = len(shared["styles"].findall("{*}cellXfs/{*}xf"))
    sheets, notes = [], []
    for about in book.iterfind("{*}sheets/{*}sheet"):
        kind, part = relations[about.get(f"{{{OFFICE}}}id")]
        if kind == "worksheet":
            sheets.append(_Sheet(about, parts[part], styles, cells))
        else:
            notes.append("other_sheet")
    old, again = _is_set(book, "date1904"), _is_set(book, "fullCalcOnLoad")
    if again and not all(missing for s in sheets for missing in s.formulas.values()):
        notes.append("recalculated")
    copy = _copy(sheets, shared, old=old)
    pages = iter(load_workbook(copy, data_only=True, rich_text=True))
    return notes, [sheet.table(next(pages)) for sheet in sheets]


def _is_set(book, name: str) -> bool:
    return any(about.get(name) in ("1", "true") for about in book)


def _leave(element, names: str) -> None:
    """Take away all attributes but these."""
    for name in {*element.attrib} - {*names.split()}:
        del element.attrib[name]


def _cut(root):
    """Return styles or texts with no more than is kept of them."""
    for fill in root.iter(FILL):
        if fill.find(PATTERN) is None:  # a gradient
            fill[:] = [etree.Element(PATTERN)]
    for element in [*root.iter()]:
        if (name := etree.QName(element).localname) not in KEPT:
            element.getparent().remove(element)
            continue
        _leave(element, KEPT[name])
        if not RGB.fullmatch(element.get("rgb", WHITE)):
            del element.attrib["rgb"]
        _unescape(element)
    return root


def _unescape(element) -> None:
    """Write out what a text says in code: _x000D_ is the end of a line."""
    if "_x" in (element.text or ""):
        with contextlib.suppress(ValueError):  # a sign that XML cannot hold
            element.text = unescape(element.text)


def _copy(sheets: list[_Sheet], shared: dict, *, old: bool) -> io.BytesIO:
    """Return a workbook of what is read only; `old`: its days count from 1904."""
    frame, copy = io.BytesIO(), io.BytesIO()
    with Workbook(frame, {"in_memory": True, "date_1904": old}) as book:
        for _sheet in sheets:
            book.add_worksheet().write_string(0, 0, "-")
    trees = {f"xl/worksheets/sheet{n}.xml": s.root for n, s in enumerate(sheets, 1)}
    trees |= {f"xl/{name}.xml": root for name, root in shared.items()}
    with zipfile.ZipFile(frame) as made, zipfile.ZipFile(copy, "w") as archive:
        for name in made.namelist():
            own = etree.tostring(trees[name]) if name in trees else made.read(name)
            archive.writestr(name, own)
    return copy


class _Sheet:
    """The XML of a sheet less empty cells, formulas, rules; and what it says of them.

    Attributes: `root`, the XML; `formulas`, by place whether the result is missing.
    """

    def __init__(self, about, part: bytes, styles: int, most: int):
        self.about, self.styles, self.most = about, styles, most
        self.places: list[Place] = []
        self.formulas: dict[Place, bool] = {}
        self.blocks: list[Block] = []  # of array formulas
        self.root = self._rows_of(part)
        self.merged = [_block(cell.get("ref")) for cell in self.root.iter(MERGED)]
        for element in [*self.root]:
            if element.tag == COLUMNS:
                for column in element:
                    _leave(column, "min max hidden width")
            elif element.tag != DATA:
                self.root.remove(element)

    def _rows_of(self, part: bytes):
        """Return the root, with filled cells only; each row and cell says its place."""
        row, rows = 0, etree.iterparse(io.BytesIO(checked(part)), tag=ROW, **SAFE)
        for _event, element in rows:
            row, column = int(element.get("r") or row + 1), 0
            _leave(element, "hidden ht")
            element.set("r", str(row))
            for cell in [*element]:
                stated = cell.get("r", "").replace("$", "")
                own = coordinate_to_tuple(stated) if stated else (row, column + 1)
                column = own[1]
                cell.set("r", address(*own))
                if not self._is_filled(cell, own):
                    element.remove(cell)
            before = element.getprevious()
            if before is not None and not len(before):
                before.getparent().remove(before)
        return rows.root

    def _is_filled(self, cell, place: Place) -> bool:
        """Note what a cell holds; mend what openpyxl would stop at."""
        kind, value, formula = cell.get("t", "n"), cell.find(VALUE), cell.find(FORMULA)
        text = "" if value is None else value.text or ""
        if formula is not None:
            self.formulas[place] = not text and (value is None or kind != "str")
            if formula.get("t") != "shared" and formula.get("ref"):
                self.blocks.append(_block(formula.get("ref")))
        elif not text and cell.find(INLINE) is None:
            return False
        if kind == "n" and text and not NUMBER.fullmatch(text):
            cell.set("t", "str")
        elif kind == "b" and text:
            value.text = TRUTH.get(text, text)
        elif kind == "str" and text:
            _unescape(value)
        for inline in cell.iterchildren(INLINE):
            _cut(inline)
        if int(cell.get("s", 0)) >= self.styles:
            cell.attrib.pop("s", None)
        self.places.append(place)
        if len(self.places) > self.most:
            raise Refused("cells", most=self.most)
        return True

    def _in_block(self, row: int, column: int) -> bool:
        return any(
            top <= row <= bottom and left <= column <= right
            for top, left, bottom, right in self.blocks
        )

    def table(self, sheet) -> Table:
        """Return the cells, as openpyxl reads the copy of this sheet."""
        hidden = self.about.get("state", "visible") != "visible"
        table = Table(self.about.get("name", ""), hidden=hidden, merged=self.merged)
        for row, about in sheet.row_dimensions.items():
            if about.hidden or (about.height or LEAST_HEIGHT) < LEAST_HEIGHT:
                table.folded_rows.add(row)
        for about in sheet.column_dimensions.values():
            if about.hidden or about.width < LEAST_WIDTH:
                table.folded_columns |= {*range(about.min, about.max + 1)}
        looks: dict[int, Look] = {}
        for place in sorted(self.places):
            cell = sheet.cell(*place)
            if (style := cell.style_id) not in looks:
                looks[style] = _look(cell.font, _ground(cell.fill), cell.number_format)
            self._add(table, place, cell, looks[style])
        return table

    def _add(self, table: Table, place: Place, cell, look: Look) -> None:
        runs, value = [], cell.value
        if isinstance(value, CellRichText):
            ground = _ground(cell.fill)
            runs = [
                (run, look) if type(run) is str else (run.text, _look(run.font, ground))
                for run in value
            ]
        table.add(
            place,
            "" if value is None else value,
            look,
            runs,
            formula=place in self.formulas or self._in_block(*place),
            missing=self.formulas.get(place, False),
            error=cell.data_type == "e",
        )


def _block(reference: str) -> Block:
    """Return first row, column, last row, column of a range: A1:B2."""
    left, top, right, bottom = range_boundaries(reference.replace("$", ""))
    return top, left, bottom, right


def _look(font, ground: str | None, shape: str = "General") -> Look:
    """Return how a cell or part of a text is drawn in a font on a ground."""
    raised = font.vertAlign in ("superscript", "subscript")
    ink = _colour(font.color)
    return Look(shape, bool(font.strike), raised, ink is not None and ink == ground)


def _ground(fill) -> str | None:
    """Return the colour of a cell, None where it is not known."""
    return _colour(fill.fgColor) if fill and fill.fill_type == "solid" else WHITE


def _colour(colour) -> str | None:
    """Return a colour as RRGGBB, or a name of one of the theme's own."""
    kind = colour.type if colour else ""
    if kind == "rgb":
        return colour.rgb[-6:].upper()
    if kind == "indexed":
        known = COLOR_INDEX[colour.indexed] if colour.indexed < len(COLOR_INDEX) else ""
        return known[-6:] or {64: BLACK, 65: WHITE}.get(colour.indexed)
    named = f"theme {colour.theme} {colour.tint}" if kind == "theme" else None
    return {"theme 0 0.0": WHITE, "theme 1 0.0": BLACK}.get(named, named)
