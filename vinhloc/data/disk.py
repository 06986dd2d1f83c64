"""Files on the disk: their content hashes; files that are there whole or not at all.

The hashes tell whether anything changed, whatever the clock says. Nothing heavy is
imported here: a run that has nothing to do should end at once.
"""

from __future__ import annotations

import contextlib
import glob
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path


def file_sha(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb") as file:  # of any size
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_shas(folder: Path, kinds: tuple[str, ...] = ()) -> dict[str, str]:
    """Return relative path -> sha256 of the files (of some endings) below a folder."""
    return {
        path.relative_to(folder).as_posix(): file_sha(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and "__pycache__" not in path.parts
        and (not kinds or path.suffix.lower() in kinds)
    }


def one_sha(shas: Mapping) -> str:
    """Return one sha256 of many, or of anything that JSON can hold."""
    text = json.dumps(shas, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def code_sha() -> str:
    """Return one sha256 of the library, all its files."""
    return one_sha(folder_shas(Path(__file__).parents[1]))


def new_draft(folder: Path, start: str) -> Path:
    """Return the path of a draft of this process; those of dead ones are cleared."""
    import psutil

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
