"""Keep what a workbook gave: new files in the programme's folder, whole or not at all.

Nothing that stands there is changed. The figures' file is put in its place last and by
one renaming; until it stands, the loader passes over the other files of the workbook.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from vinhloc.data import ACTUALS, CONTRACTS, LAYOUTS, write_whole
from vinhloc.office.files import OfficeFile
from vinhloc.office.submission import Taken
from vinhloc.office.tables import FOLDER

RECEIVED = "received"
LONGEST_NAME = 60


def stem_of(file: OfficeFile) -> str:
    """Return the name of a workbook's files: its own in plain letters, and its sha."""
    letters = file.name.rsplit(".", 1)[0].lower().replace("đ", "d")
    letters = unicodedata.normalize("NFD", letters)
    slug = re.sub(r"[^a-z0-9]+", "-", letters.encode("ascii", "ignore").decode())
    return f"{slug.strip('-')[:LONGEST_NAME].strip('-') or 'so-lieu'}-{file.sha256[:8]}"


def received_before(folder: Path, file: OfficeFile) -> Path | None:
    """Return the figures' file of a workbook that came in before, if it did."""
    found = sorted((folder / "actuals").glob(f"*/*-{file.sha256[:8]}.csv"))
    return found[0] if found else None


def free_stem(folder: Path, file: OfficeFile) -> str:
    """Return the name of a workbook's new files: numbered where some stand there."""
    own, there = stem_of(file), folder / "actuals"
    stems = [own, *(f"{own}-{number}" for number in range(2, 1000))]
    return next(stem for stem in stems if not [*there.glob(f"*/{stem}.csv")])


def store(folder: Path, file: OfficeFile, taken: Taken, stem: str) -> Path:
    """Write the new files of a workbook and return the figures' file.

    Raises OSError; then nothing of the workbook counts.
    """
    year = str(taken.year)
    kept = folder / RECEIVED / f"{stem}.{file.kind}"
    write_whole(kept, file.content)
    for name, rows in (("sources", taken.sources), ("remarks", taken.remarks)):
        if rows:
            target = folder / name / year / f"{stem}.csv"
            write_whole(target, _csv(CONTRACTS[f"{name}.csv"].columns, rows))
    target = folder / "actuals" / year / f"{stem}.csv"
    write_whole(target, _csv(ACTUALS.columns, taken.figures))
    return target


def store_layouts(folder: Path, layouts: Mapping[str, list[dict]]) -> None:
    """Write what the office answered about each layout. Raises OSError."""
    for layout, rows in layouts.items():
        target = folder / FOLDER / f"{layout}.csv"
        write_whole(target, _csv(LAYOUTS.columns, rows))


def _csv(columns, rows: list[dict]) -> bytes:
    text = io.StringIO()
    options = {"lineterminator": "\n", "extrasaction": "ignore"}
    writer = csv.DictWriter(text, [*columns], **options)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
