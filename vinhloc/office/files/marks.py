"""What the XML of a workbook says of its cells beyond their values.

calamine gives values only, and leaves out cells with an error. One pass over the XML
of each sheet finds formulas, missing results, percentages, errors, hidden rows and how
far the cells reach. A cell is known by its row and column, both counted from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import product
from xml.parsers import expat

WIDTHS = {3: 16_384, 2: 702, 1: 26}  # the columns that so many letters can name
PERCENT_FORMATS = {"9", "10"}  # 0% and 0.00%, which a file need not spell out
# Signs of a number format that stand for themselves: "%", \%, _% (as wide as a %),
# *% (filled up with it), and what stands in brackets.
LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]')

SPREADSHEET = rb"(?:schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml)/spreadsheetml"
PREFIX = rb"""xmlns:([\w.-]+)\s*=\s*["']http://%s/""" % SPREADSHEET
ASIDE = rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>"
UTF_8 = {b"utf-8", b"utf8", b"us-ascii"}
DECLARED = rb"<!(?:DOCTYPE|ENTITY)"
UNLIKE_EXCEL = rb'<(?:c|row)(?:[\t\r\n/>]| (?!r="))'
SPREAD_OUT = rb"[\t\r\n](?:r|s|t|hidden) *="
TAG = rb"""<(row|c)(?=[\s/>])((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(/?)>"""
ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
ERROR = rb'(<c r="[^"]*"[^<>]*?) t="e"'
# These are for XML as Excel writes it. (In bytes: text would first have to be decoded.)
PLACE = re.compile(rb'<c r="([A-Za-z]+)(\d+)"([^<>]*)')
FILLED = rb'<c r="([A-Za-z]+)(\d+)"[^<>]*(?<!/)>(?!</c>)'
FORMULA = rb"<f\b([^<>]*)>(?:[^<]*</f>)?\s*(?:<v\b[^<>]*>([^<]*))?"
ARRAY = rb'\sref="([A-Za-z]+)(\d+):([A-Za-z]+)(\d+)"'
ROW = rb'<row r="(\d+)"'
Place = tuple[int, int]
HIDDEN = rb'<row r="(\d+)"[^<>]* hidden="(?:1|true)"'


class Refused(Exception):
    """A file that is not read: `why` is one of reasons.py, `values` go into it."""

    def __init__(self, why: str, **values: object):
        self.why, self.values = why, values
        super().__init__(why)


class Marks:
    """What is known of the cells of a sheet, by row and column."""

    def __init__(self) -> None:
        self.formulas: set[Place] = set()
        self.missing: set[Place] = set()  # formulas without a result
        self.percent: set[Place] = set()
        self.errors: set[Place] = set()
        self.left_out: dict[Place, str] = {}  # cells that calamine takes for empty
        self.hidden: set[int] = set()  # rows
        self.merged: list[tuple[int, int, int, int]] = []
        self.numbers = 0  # how many cells hold one


@cache
def _column_number(letters: bytes) -> int:
    """Return the number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


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


def check_xml(part: bytes) -> None:
    """Raise Refused for XML that could be read in two ways: DTD, another encoding."""
    declaration = part[:200].partition(b"?>")[0]
    named = re.search(rb"""encoding\s*=\s*["']([^"']*)""", declaration)
    if b"\0" in part[:4] or (named and named[1].lower() not in UTF_8):
        raise Refused("xml_encoding")
    if b"!" in part and re.search(DECLARED, part):
        raise Refused("dtd")


def tags(part: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return name and attributes of every element in order, without namespaces."""
    found = []

    def start(name: str, attributes: dict[str, str]) -> None:
        named = {n.rpartition(" ")[2]: value for n, value in attributes.items()}
        found.append((name.rpartition(" ")[2], named))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.Parse(part, True)
    return found


def percent_styles(part: bytes) -> set[str]:
    """Return the numbers of the cell styles of styles.xml that show percentages."""
    formats, inside, styles, number = set(PERCENT_FORMATS), "", set(), 0
    for name, attributes in tags(part):
        if name == "numFmt" and "%" in LITERAL.sub("", attributes["formatCode"]):
            formats.add(attributes["numFmtId"])
        elif name == "numFmt":
            formats.discard(attributes["numFmtId"])
        elif name != "xf":
            inside = name if name.endswith("s") else inside
        elif inside == "cellXfs":
            if attributes.get("numFmtId") in formats:
                styles.add(str(number))
            number += 1
    return styles


def as_excel_writes(part: bytes, *, plain: bool = False) -> bytes:
    """Return the XML of a sheet with the tags of rows and cells as Excel writes them.

    Without prefixes, comments and CDATA, each with its place first. An error becomes
    a text, marked as error: calamine would leave it out, or stop at a new one.
    `plain`: Refused for tags that would have to be written anew.
    """
    # A search for one byte is ten times as fast as one for two.
    if b"!" in part and b"<!" in part:
        part = re.sub(ASIDE, lambda found: _escape(found[1] or b""), part, flags=re.S)
    for prefix in {*re.findall(PREFIX, part)}:
        part = re.sub(rb"<(/?)%s:" % re.escape(prefix), rb"<\1", part)
    if not _is_as_excel_writes(part):
        if plain:
            raise Refused("damaged")
        part = _with_places(part)
    return re.sub(ERROR, rb'\1 t="str" error=""', part) if b't="e"' in part else part


def _is_as_excel_writes(part: bytes) -> bool:
    """Tell whether the tags of rows and cells begin with their place, on one line."""
    if b"'" in part and b"='" in part:
        return False
    first_line = part[:200].rfind(b"\n") + 1  # after the XML declaration
    lines = part.find(b"\n", first_line) > 0 or b"\t" in part
    spread_out = lines and re.search(SPREAD_OUT, part)
    return not (spread_out or re.search(UNLIKE_EXCEL, part))


def _escape(text: bytes) -> bytes:
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;")


def _with_places(part: bytes) -> bytes:
    row = column = 0

    def write(tag: re.Match) -> bytes:
        nonlocal row, column
        found = {
            name: quoted or single.replace(b'"', b"&quot;")
            for name, quoted, single in ATTRIBUTE.findall(tag[2])
        }
        place = found.pop(b"r", b"").replace(b"$", b"")
        if tag[1] == b"row":
            row, column = int(place or row + 1), 0
            place = b"%d" % row
        else:
            letters = place.rstrip(b"0123456789")
            column = _column_number(letters) if place else column + 1
            place = place or address(row, column).encode()
        rest = b"".join(b' %s="%s"' % item for item in found.items())
        return b'<%s r="%s"%s%s>' % (tag[1], place, rest, tag[3])

    return re.sub(TAG, write, part)


def check_reach(part: bytes, most: int) -> None:
    """Raise Refused if the filled cells of a sheet span a rectangle of more cells.

    calamine fills the whole rectangle: one cell in the last corner needs 500 GB.
    """
    last = max(map(int, re.findall(ROW, part)), default=0)
    for letters, width in WIDTHS.items():
        if last * width <= most:
            return
        if re.search(rb'<c r="[A-Za-z]{%d}' % letters, part):
            break
    columns, rows = set(), set()
    for found in re.finditer(FILLED, part):
        columns.add(found[1])
        rows.add(found[2])
    check_area({*map(int, rows)}, {*map(_column_number, columns)}, most)


def check_area(rows: Iterable[int], columns: Iterable[int], most: int) -> None:
    """Raise Refused if the rectangle around rows and columns has more cells."""
    height = max(rows, default=0) - min(rows, default=0) + 1
    width = max(columns, default=0) - min(columns, default=0) + 1
    if height * width > most:
        raise Refused("far", cell=address(max(rows), max(columns)))


def marks_of(part: bytes, styles: set[str]) -> Marks:
    """Return the marks of a sheet from its XML, which is as Excel writes it."""
    marks = Marks()
    if b"<f" in part:
        _find_formulas(part, marks)
    if styles:
        style = b"|".join(sorted(style.encode() for style in styles))
        marks.percent = _cells_with(rb' s="(?:%s)"' % style, part)
    if "0" in styles:  # the style of cells that name none
        marks.percent |= _cells_with(rb'<c(?= r="[^"]*"(?![^<>]* s="))', part)
    if b' error=""' in part:
        marks.errors = _cells_with(rb' error=""', part)
    if b' hidden="' in part:
        marks.hidden = {int(row) for row in re.findall(HIDDEN, part)}
    return marks


def _place(tag: re.Match) -> Place:
    return int(tag[2]), _column_number(tag[1])


def _cells_with(pattern: bytes, part: bytes) -> set[Place]:
    """Return the cells in whose tags a pattern is found."""
    ends = (found.end() for found in re.finditer(pattern, part))
    tags = (PLACE.match(part, part.rfind(b"<", 0, end)) for end in ends)
    return {_place(tag) for tag in tags if tag}


def _find_formulas(part: bytes, marks: Marks) -> None:
    for found in re.finditer(FORMULA, part):
        tag = PLACE.match(part, part.rfind(b"<", 0, found.start()))
        if not tag:
            continue
        place = _place(tag)
        marks.formulas.add(place)
        attributes, value = found.groups()
        empty_text = b' t="str"' in tag[3] and value is not None
        if not value and not empty_text:
            marks.missing.add(place)
        if b'"array"' in attributes and (block := re.search(ARRAY, attributes)):
            marks.formulas |= _cells_of_block(*block.groups())


def _cells_of_block(left: bytes, top: bytes, right: bytes, bottom: bytes) -> set[Place]:
    columns = range(_column_number(left), _column_number(right) + 1)
    rows = range(int(top), int(bottom) + 1)
    return {*product(rows, columns)}
