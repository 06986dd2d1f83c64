"""Files that are there whole or not at all, and drafts that die with their process."""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
from pathlib import Path

import psutil


def new_draft(folder: Path, start: str) -> Path:
    """Return the path of a draft of this process; those of dead ones are cleared."""
    for left in folder.glob(f"{glob.escape(start)}*"):
        pid = left.name.removeprefix(start)
        if not pid.isdecimal() or psutil.pid_exists(int(pid)):
            continue
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
    return folder / f"{start}{os.getpid()}"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place, to the disk, then rename it into its place.

    Raises OSError; then what stood there before still stands.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = new_draft(path.parent, f".{path.name}.")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    with contextlib.suppress(OSError):  # not possible on Windows, nor needed there
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
