"""The process that reads one office file, within limits: a crash ends only it.

The limits come as an argument, the file on standard input; the answer is written to
standard output. Limits and answer are JSON.
"""

from __future__ import annotations

import contextlib
import datetime
import gc
import io
import json
import math
import os
import sys
import warnings
import zipfile
from collections.abc import Callable

from vinhloc.figures import old_encoding
from vinhloc.office.files.cells import Refused, Table, check_reach

ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN = {
    **{b"\x89PNG": "image", b"\xff\xd8\xff": "image", b"GIF8": "image"},
    **{b"II*\0": "image", b"MM\0*": "image", b"{\\rtf": "word", b"%PDF": "pdf"},
    **{b"Rar!": "archive", b"7z\xbc\xaf": "archive", b"\x1f\x8b": "archive"},
    **{b"\x09\0\4\0": "old_xls", b"\x09\2\6\0": "old_xls", b"\x09\4\6\0": "old_xls"},
}
NOT_NEEDED = ("numpy", "PIL", "defusedxml")
FORBIDDEN = ("socket.", "subprocess.", "ctypes.", "os.system", "os.startfile")
FORBIDDEN += ("os.exec", "os.fork", "os.posix_spawn", "os.spawn")


def main() -> None:
    """Read the file on standard input, write the answer to standard output."""
    data, limits = sys.stdin.buffer.read(), json.loads(sys.argv[-1])
    sys.modules |= dict.fromkeys(NOT_NEEDED)  # not found, where openpyxl looks for them
    with contextlib.suppress(Exception):
        reader_of(data)  # imports it, while the bytecode can be kept
    confine(limits)
    gc.disable()  # a short life: the collector would only go through cells
    sys.stdout.buffer.write(answer(data, limits))
    sys.stdout.flush()
    os._exit(0)  # nothing to tidy up: taking apart all cells takes time


def confine(limits: dict) -> None:
    """Bound what this process may use and do; memory only where the system can.

    That is not on Windows, and partly on macOS. It cannot start a program, connect to
    a network or write a file.
    """
    sys.dont_write_bytecode = True
    sys.addaudithook(_forbid)
    if sys.platform == "win32" or not limits["bounded"]:
        return
    import resource

    for name, most in (
        ("RLIMIT_AS", limits["memory"]),
        ("RLIMIT_CPU", math.ceil(limits["seconds"])),
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
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = settled(*read(data, limits), limits)
        text = json.dumps(found, ensure_ascii=False, default=_write)
        return text.encode("utf-8", "surrogatepass")
    except Refused as refused:
        why, values = refused.why, refused.values
    except MemoryError:
        why, values = "memory", {}
    except Exception as error:
        why = "memory" if "Memory alloc" in str(error) else "damaged"  # of lxml
        values = {"detail": f"{type(error).__name__}: {error}"[:200]}
    return json.dumps({"refused": why, "values": values}).encode()


def read(data: bytes, limits: dict) -> tuple[str, list[str], list[Table]]:
    """Return kind, notes and tables of a file."""
    return reader_of(data)(data, limits)


def reader_of(data: bytes) -> Callable:
    """Return what reads a file, whose first bytes say what it is; raise Refused."""
    if data.startswith(ZIP):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {"mimetype", "content.xml"} & {*archive.namelist()}
        if names:
            from vinhloc.office.files.ods import read_ods

            return read_ods
        from vinhloc.office.files.xlsx import read_xlsx

        return read_xlsx
    if data.startswith(COMPOUND):
        from vinhloc.office.files.xls import read_xls

        return read_xls
    if ZIP.startswith(data) or COMPOUND.startswith(data):  # the rest is lost
        raise Refused("damaged")
    for start, what in FOREIGN.items():
        if data.startswith(start):
            raise Refused("foreign", what=what)
    from vinhloc.office.files.texts import read_csv

    return read_csv


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
    for table in tables:
        check_reach(table.cells, limits["area"])
    values = (cell[0] for table in tables for cell in table.cells.values())
    texts = [value for value in values if type(value) is str]
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
