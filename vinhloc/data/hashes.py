"""Content hashes of files: they tell whether anything changed, whatever the clock says.

Nothing heavy is imported here: a run that has nothing to do should end at once.
"""

from __future__ import annotations

import hashlib
import json
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
        and (not kinds or path.suffix in kinds)
    }


def one_sha(shas: Mapping) -> str:
    """Return one sha256 of many, or of anything that JSON can hold."""
    text = json.dumps(shas, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def code_sha() -> str:
    """Return one sha256 of the library, all its files."""
    return one_sha(folder_shas(Path(__file__).parents[1]))
