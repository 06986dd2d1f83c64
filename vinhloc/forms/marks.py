"""What the XML of a workbook says of its cells beyond their values.

calamine gives values only, and leaves out cells with an error. One pass over the XML
of each sheet finds formulas, missing results, percentages, errors, hidden rows and how
far the cells reach. A cell is known by `key(row, column)`, both counted from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from xml.parsers import expat

PERCENT_FORMATS = {"9", "10"}  # 0% and 0.00%, which a file need not spell out
# Signs of a number format that stand for themselves: "%", \%, _% (as wide as a %),
# *% (filled up with it), and what stands in brackets.
LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]')

SPREADSHEET = rb"(?:schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml)/spreadsheetml"
PREFIX = re.compile(rb"""xmlns:([\w.-]+)\s*=\s*["']http://%s/""" % SPREADSHEET)
ASIDE = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
UNLIKE_EXCEL = re.compile(rb'<(?:c|row)(?:[\t\r\n/>]| (?!r="))')
TAG = re.compile(rb"""<(row|c)(?=[\s/>])((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(/?)>""")
ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")

PLACE = rb'<c r="([A-Za-z]+)(\d+)"'
FILLED = re.compile(PLACE + rb"[^<>]*(?<!/)>(?!</c>)")
ERROR = re.compile(rb'(<c r="[^"]*"[^<>]*?)\st="e"')
WAS_ERROR = re.compile(PLACE + rb'[^<>]*\serror="')
FORMULA = re.compile(
    PLACE + rb"([^<>]*)>\s*<f\b([^<>]*)>(?:[^<]*</f>)?\s*(?:<v\b[^<>]*>([^<]*))?"
)
ARRAY = re.compile(rb'\sref="([A-Za-z]+)(\d+):([A-Za-z]+)(\d+)"')
ROW = re.compile(rb'<row r="(\d+)"')
HIDDEN = re.compile(rb'<row r="(\d+)"[^<>]*\shidden="(?:1|true)"')


class Refused(Exception):
    """A file that is not read: `why` is a reason of files.py, `values` go into it."""

    def __init__(self, why: str, **values: object):
        self.why, self.values = why, values
        super().__init__(why)


@dataclass
class Marks:
    """What is known of the cells of a sheet, by their keys."""

    formulas: set[int] = field(default_factory=set)
    missing: set[int] = field(default_factory=set)
    percent: set[int] = field(default_factory=set)
    errors: set[int] = field(default_factory=set)
    left_out: dict[int, str] = field(default_factory=dict)  # what calamine skips
    hidden: set[int] = field(default_factory=set)  # rows
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    numbers: int = 0  # how many cells hold one


def key(row: int, column: int) -> int:
    """Return the number by which a cell is known; in the order of reading."""
    return row << 24 | column


@cache
def column_number(letters: bytes) -> int:
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


def check_xml(part: bytes) -> None:
    """Raise Refused for XML that could be read in two ways: DTD, another encoding."""
    declaration = part[:200].partition(b"?>")[0]
    named = re.search(rb"""encoding\s*=\s*["']([^"']*)""", declaration)
    if b"\0" in part[:4] or (named and named[1].lower() not in (b"utf-8", b"us-ascii")):
        raise Refused("xml_encoding")
    if b"<!" in part and DECLARED.search(part):
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


def as_excel_writes(part: bytes) -> bytes:
    """Return the XML of a sheet with the tags of rows and cells as Excel writes them.

    Without prefixes, comments and CDATA, each with its place first. An error becomes
    a text, marked as error: calamine would leave it out, or stop at a new one.
    """
    if b"<!" in part:
        part = ASIDE.sub(lambda found: _escape(found[1] or b""), part)
    for prefix in set(PREFIX.findall(part)) if b"xmlns:" in part else ():
        part = part.replace(b"<%s:" % prefix, b"<").replace(b"</%s:" % prefix, b"</")
    if UNLIKE_EXCEL.search(part) or b"='" in part:
        part = _with_places(part)
    return ERROR.sub(rb'\1 t="str" error=""', part) if b't="e"' in part else part


def _escape(text: bytes) -> bytes:
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;")


def _with_places(part: bytes) -> bytes:
    row = column = 0

    def write(tag: re.Match) -> bytes:
        nonlocal row, column
        found = {n: a or b for n, a, b in ATTRIBUTE.findall(tag[2])}
        place = found.pop(b"r", b"").replace(b"$", b"")
        if tag[1] == b"row":
            row, column = int(place or row + 1), 0
            place = b"%d" % row
        else:
            letters = place.rstrip(b"0123456789")
            column = column_number(letters) if place else column + 1
            place = place or address(row, column).encode()
        rest = b"".join(b' %s="%s"' % item for item in found.items())
        return b'<%s r="%s"%s%s>' % (tag[1], place, rest, tag[3])

    return TAG.sub(write, part)


def check_reach(part: bytes, most: int) -> None:
    """Raise Refused if the filled cells of a sheet span a rectangle of more cells.

    calamine fills the whole rectangle: one cell in the last corner needs 500 GB.
    """
    last = max(map(int, ROW.findall(part)), default=0)
    wide = re.search(rb'<c r="[A-Za-z]{3}', part)
    if last * (16_384 if wide else 702) <= most:  # 702 is column ZZ
        return
    columns, rows = set(), set()
    for found in FILLED.finditer(part):
        columns.add(found[1])
        rows.add(found[2])
    check_area({*map(int, rows)}, {*map(column_number, columns)}, most)


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
        styled = rb'[^<>]*?\ss="(?:%s)"' % style
        if "0" in styles:  # the style of cells that name none
            styled = rb'(?:%s|(?![^<>]*\ss="))' % styled
        marks.percent = _keys(re.compile(PLACE + styled), part)
    if b' error=""' in part:
        marks.errors = _keys(WAS_ERROR, part)
    if b'hidden="' in part:
        marks.hidden = {int(row) for row in HIDDEN.findall(part)}
    return marks


def _keys(pattern: re.Pattern, part: bytes) -> set[int]:
    return {key(int(m[2]), column_number(m[1])) for m in pattern.finditer(part)}


def _find_formulas(part: bytes, marks: Marks) -> None:
    for found in FORMULA.finditer(part):
        letters, row, cell, formula, value = found.groups()
        place = key(int(row), column_number(letters))
        marks.formulas.add(place)
        empty_text = b't="str"' in cell and value is not None
        if not value and not empty_text:
            marks.missing.add(place)
        if b'ref="' in formula and (block := ARRAY.search(formula)):
            if b'"array"' in formula:
                marks.formulas |= _keys_of_block(*block.groups())


def _keys_of_block(left: bytes, top: bytes, right: bytes, bottom: bytes) -> set[int]:
    columns = range(column_number(left), column_number(right) + 1)
    rows = range(int(top), int(bottom) + 1)
    return {key(row, column) for row in rows for column in columns}
