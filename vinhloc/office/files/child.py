"""The process that reads one office file, within limits: a crash ends only it.

The limits come as an argument, the file on standard input; the answer is written to
standard output. Limits and answer are JSON.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import datetime
import gc
import io
import json
import math
import os
import re
import sys
from collections import Counter
from itertools import islice

from python_calamine import PasswordError

from vinhloc.data import is_plain
from vinhloc.figures import trimmed
from vinhloc.office.files.encodings import decode, old_encoding
from vinhloc.office.files.marks import Marks, Refused
from vinhloc.office.files.packages import ZIP, Table, read_xls, read_zip

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN = {
    **{b"\x89PNG": "image", b"\xff\xd8\xff": "image", b"GIF8": "image"},
    **{b"II*\0": "image", b"MM\0*": "image", b"{\\rtf": "word", b"%PDF": "pdf"},
    **{b"Rar!": "archive", b"7z\xbc\xaf": "archive", b"\x1f\x8b": "archive"},
    **{b"\x09\0\4\0": "old_xls", b"\x09\2\6\0": "old_xls", b"\x09\4\6\0": "old_xls"},
}
MARKUP = r"\s*(?:<(?:\?xml|!|html|head|meta|body|table|style|script)\b|mime-version:)"
CONTROLS = "[\0-\x08\x0e-\x1f]"
DELIMITERS = "\t;,"  # if they part evenly, the first: the comma is in figures
FORBIDDEN = ("socket.", "subprocess.", "ctypes.", "os.system", "os.startfile")
FORBIDDEN += ("os.exec", "os.fork", "os.posix_spawn", "os.spawn")


def main() -> None:
    """Read the file on standard input, write the answer to standard output."""
    limits = json.loads(sys.argv[-1])
    confine(limits)
    gc.disable()  # a short life: the collector would only go through cells
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(), limits))
    sys.stdout.flush()
    os._exit(0)  # nothing to tidy up: taking apart all cells takes time


def confine(limits: dict) -> None:
    """Bound what this process may use and do; memory only where the system can.

    That is not on Windows, and partly on macOS. It cannot start a program, connect to
    a network or write a file.
    """
    sys.dont_write_bytecode = True
    sys.addaudithook(_forbid)
    if sys.platform == "win32" or is_plain():
        return
    import resource

    for name, most in (
        ("RLIMIT_AS", limits["memory"]),
        ("RLIMIT_CPU", math.ceil(limits["seconds"]) * 2),  # of two threads
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
    ):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (most, most))


def _forbid(event: str, _arguments: tuple) -> None:
    """Raise for what Python is about to do, if no reader of files needs it."""
    if event.startswith(FORBIDDEN):
        raise PermissionError(event)


def answer(data: bytes, limits: dict) -> bytes:
    """Return the answer: what stands in the file, or why it is not read."""
    try:
        found = settled(*read(data, limits), limits)
        text = json.dumps(found, ensure_ascii=False, default=_write)
        return text.encode("utf-8", "surrogatepass")
    except Refused as refused:
        why, values = refused.why, refused.values
    except PasswordError:
        why, values = "encrypted", {}
    except MemoryError:
        why, values = "memory", {}
    except BaseException as error:  # a panic of calamine is no Exception
        why, values = "damaged", {"detail": f"{type(error).__name__}: {error}"[:200]}
    return json.dumps({"refused": why, "values": values}).encode()


def read(data: bytes, limits: dict) -> tuple[str, list[str], list[Table]]:
    """Return kind, notes and tables of a file; its bytes say what it is."""
    if data.startswith(ZIP):
        return read_zip(data, limits)
    if data.startswith(COMPOUND):
        return read_xls(data)
    if ZIP.startswith(data) or COMPOUND.startswith(data):  # the rest is lost
        raise Refused("damaged")
    for start, what in FOREIGN.items():
        if data.startswith(start):
            raise Refused("foreign", what=what)
    return _read_csv(data)


def _read_csv(data: bytes) -> tuple[str, list[str], list[Table]]:
    """Return kind, notes and the table of a text file; a value is always text."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _check_is_text(data.decode("latin-1"))
    text, encoding = decode(data)
    _check_is_text(text)
    delimiter = _delimiter_of(text)
    stated, _line, rest = text.partition("\n")
    if re.fullmatch(r"sep=.\r?", stated):  # Excel goes by it, and shows the rest
        delimiter, text = stated[4], rest
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    table = Table(marks=Marks())
    try:
        for row, line in enumerate(lines, 1):
            table.add(row, 1, line)
            table.widths.append((row, len(line)))
    except csv.Error:
        raise Refused("broken_text", line=lines.line_num) from None
    return "csv", ["cp1258"] if encoding == "cp1258" else [], [table]


def _check_is_text(text: str) -> None:
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


def settled(kind: str, notes: list[str], tables: list[Table], limits: dict) -> dict:
    """Return what stands in a file; raise Refused for too many or no cells."""
    _check_tables(tables, limits)
    sheets = [table.settled() for table in tables]
    return {"kind": kind, "notes": sorted({*notes}), "sheets": sheets}


def _check_tables(tables: list[Table], limits: dict) -> None:
    """Raise Refused for too many or no cells, too much text, an old encoding."""
    filled = sum(len(table.cells) for table in tables)
    if filled > limits["cells"]:
        raise Refused("cells", most=limits["cells"])
    if not filled:
        raise Refused("empty")
    texts = [v for table in tables for v in table.cells.values() if type(v) is str]
    if sum(map(len, texts)) > limits["unpacked"]:
        raise Refused("unpacked", most=limits["unpacked"] // 10**6)
    if name := old_encoding(texts):
        raise Refused(name)


def _write(value: object) -> list:
    """Return a date or time, which JSON does not have, as its type and text."""
    if isinstance(value, datetime.timedelta):
        return ["timedelta", [value.days, value.seconds, value.microseconds]]
    return [type(value).__name__, value.isoformat()]


if __name__ == "__main__":
    main()
