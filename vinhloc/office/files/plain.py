"""Workbooks so plain that they need no process of their own to be read in.

Small, without declarations, and with the tags of rows and cells as Excel writes them:
each pass over their XML is then linear, and the limits below bound what it can take.
"""

from __future__ import annotations

import io
import zipfile

from vinhloc.office.files.child import settled
from vinhloc.office.files.packages import ZIP, check_listing, read_xlsx, unpack

MB = 1_000_000
MOST_BYTES = 2 * MB
LIMITS = {
    "unpacked": 20 * MB,
    "members": 200,
    "cells": 100_000,
    "area": MB,
    "texts": 100 * MB,  # bytes, if every cell had the longest text
}


def read_plain(data: bytes, limits: dict) -> dict | None:
    """Return what stands in a plain .xlsx workbook.

    None for every other file, and for one that is not read: why it is not, the process
    of its own says.
    """
    if not data.startswith(ZIP) or len(data) > MOST_BYTES:
        return None
    limits = {name: min(most, limits.get(name, most)) for name, most in LIMITS.items()}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = check_listing(archive.infolist(), limits)
            parts = dict(unpack(archive))
        if not _is_plain(parts, limits):
            return None
        notes, tables = read_xlsx(parts, limits, names, plain=True)
        return settled("xlsx", notes, tables, limits)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of calamine is no Exception
        return None


def _is_plain(parts: dict[str, bytes], limits: dict) -> bool:
    """Tell whether a workbook declares nothing and repeats no long text often."""
    declared = any(b"!" in part and b"<!" in part for part in parts.values())
    sheets = [part for name, part in parts.items() if name.startswith("xl/worksheets/")]
    cells = sum(part.count(b"<c ") for part in sheets)
    texts = parts.get("xl/sharedStrings.xml", b"").split(b"<si")
    short = cells * max(map(len, texts)) <= limits["texts"]
    return "xl/workbook.xml" in parts and short and not declared
