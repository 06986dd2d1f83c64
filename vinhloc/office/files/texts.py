"""Text files: the one that is a table of cells, and what only looks like it."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from itertools import islice

from vinhloc.figures import is_cp1258_word, old_encoding, trimmed
from vinhloc.office.files.cells import Refused, Table

MARKUP = r"\s*(?:<(?:\?xml|!|html|head|meta|body|table|style|script)\b|mime-version:)"
CONTROLS = "[\0-\x08\x0e-\x1f]"
DELIMITERS = "\t;,"  # if they part evenly, the first: the comma is in figures


def read_csv(data: bytes, _limits: dict) -> tuple[str, list[str], list[Table]]:
    """Return kind, notes and the table of a text file; a value is always text."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _check_is_table(data.decode("latin-1"))
    text, encoding = _decode(data)
    _check_is_table(text)
    delimiter = _delimiter_of(text)
    stated, _line, rest = text.partition("\n")
    if re.fullmatch(r"sep=.\r?", stated):  # Excel goes by it, and shows the rest
        delimiter, text = stated[4], rest
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    table = Table()
    try:
        for row, line in enumerate(lines, 1):
            table.widths.append((row, len(line)))
            for column, value in enumerate(line, 1):
                table.add((row, column), value)
    except csv.Error:
        raise Refused("broken_text", line=lines.line_num) from None
    return "csv", ["cp1258"] if encoding == "cp1258" else [], [table]


def _check_is_table(text: str) -> None:
    """Raise Refused for what is no table, though it may be text."""
    if re.search(CONTROLS, text):
        raise Refused("foreign", what="binary")
    start = trimmed(text[:4096]).lower()
    if re.match(MARKUP, start):
        xml = re.match(r"\s*<\?xml", start) and "<html" not in start
        raise Refused("foreign", what="xml" if xml else "html")


def _delimiter_of(text: str) -> str:
    """Return the sign that parts most of the first lines into equally many cells."""

    def share(delimiter: str) -> float:
        lines = csv.reader(io.StringIO(text[:50_000], newline=""), delimiter=delimiter)
        widths = [len(line) for line in islice(lines, 50) if line]
        counts = Counter(width for width in widths if width > 1)
        return max(counts.values(), default=0) / max(len(widths), 1)

    return max(DELIMITERS, key=share)


def _decode(data: bytes) -> tuple[str, str]:
    """Return the text of a file and its encoding; raise Refused if that is not known.

    UTF-16 has its mark. What is not UTF-8 is taken for Windows-1258, the code page of
    Vietnamese Windows, unless the words tell of an older one.
    """
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16"), "utf-16"
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(data) or error.encoding.startswith("utf-16"):
            line = data[: error.start].count(b"\n") + 1
            raise Refused("broken_text", line=line) from None
    if name := old_encoding([data.decode("latin-1")], is_cp1258_word):
        raise Refused(name)
    try:
        return unicodedata.normalize("NFC", data.decode("cp1258")), "cp1258"
    except UnicodeDecodeError:
        raise Refused("unknown_encoding") from None


def _is_mostly_utf8(data: bytes) -> bool:
    """Tell UTF-8 that is cut off or spoilt in places from another encoding."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(sign > "\x7f" for sign in text) - broken > broken
