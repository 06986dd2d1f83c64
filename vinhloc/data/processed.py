"""The frames as files: CSV for people and machines, Parquet for analysts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd

from vinhloc.data.disk import new_draft
from vinhloc.data.folder import check_outside
from vinhloc.data.frames import Data
from vinhloc.figures import without_formula

FRAMES = ("indicators", "targets", "actuals", "assessment")


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame as CSV: UTF-8, line feeds, ISO dates; the same bytes each time.

    No text of it is a formula for a spreadsheet that opens it.
    """
    texts = frame.select_dtypes(["str", "object"]).columns
    safe = {name: frame[name].map(_without_formula) for name in texts}
    frame.assign(**safe).to_csv(
        path, index=False, lineterminator="\n", date_format="%Y-%m-%d"
    )


def _without_formula(cell: object) -> object:
    return without_formula(cell) if isinstance(cell, str) else cell


def build_processed(data: Data, out: Path) -> list[Path]:
    """Write indicators, targets, actuals and assessment to a folder, CSV and Parquet.

    Each file appears whole or not at all. Returns the paths. Raises Fault for a folder
    that is part of a programme's data.
    """
    check_outside(out)
    out.mkdir(parents=True, exist_ok=True)
    scratch, written = new_draft(out, ".build-"), []
    scratch.mkdir(exist_ok=True)
    try:
        for name in FRAMES:
            frame = getattr(data, name).drop(columns="row", errors="ignore")
            write_csv(frame, scratch / f"{name}.csv")
            frame.to_parquet(scratch / f"{name}.parquet", index=False)
        for path in sorted(scratch.iterdir()):
            written.append(path.replace(out / path.name))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return written
