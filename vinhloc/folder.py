"""The folder of a programme: where it is, and what it holds by content hashes.

Nothing heavy is imported here: a run that has nothing to do should end at once.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from vinhloc.hashes import folder_shas
from vinhloc.language import _

DEFAULT_FOLDER = Path("data") / "raw"
PROGRAMME_FILE = "programme.toml"
READ = (".csv", ".toml")  # the files of a programme that are read
WITHIN = "demo/"  # a programme of its own within the folder


class NoProgramme(FileNotFoundError):
    """Raised where no folder with a `programme.toml` is found."""


def find_folder(path: str | Path | None = None) -> Path:
    """Return the folder of a programme.

    Without a path: `data/raw` in the working folder or one of its parents. A relative
    path is looked for in the same places. Raises NoProgramme.
    """
    wished = Path(path) if path else DEFAULT_FOLDER
    here = Path.cwd()
    for parent in (here, *here.parents):
        if (parent / wished / PROGRAMME_FILE).is_file():
            return parent / wished
    raise NoProgramme(
        _(
            "không thấy {file} trong thư mục «{folder}»",
            file=PROGRAMME_FILE,
            folder=wished,
        )
    )


def base_of(folder: Path) -> Path | None:
    """Return the folder that fills what a programme's own lacks, or None.

    A programme.toml that cannot be read names none.
    """
    try:
        stated = tomllib.loads((folder / PROGRAMME_FILE).read_text("utf-8-sig"))
    except (OSError, ValueError):
        return None
    base = stated.get("base")
    return folder / base if isinstance(base, str) and base else None


def data_shas(folder: Path) -> dict[str, dict[str, str]]:
    """Return the sha256 of each file of a programme: `data`, and of its `base`."""
    shas, base = {"data": _programme_shas(folder)}, base_of(folder)
    return shas if base is None else shas | {"base": _programme_shas(base)}


def _programme_shas(folder: Path) -> dict[str, str]:
    found = folder_shas(folder, READ)
    return {name: sha for name, sha in found.items() if not name.startswith(WITHIN)}
