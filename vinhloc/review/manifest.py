"""What a published review was made from and what it consists of."""

from __future__ import annotations

import hashlib
import json
import platform
from importlib.metadata import version
from pathlib import Path

from vinhloc.data import Data

METHOD_VERSION = "1"
PACKAGES = ("vinhloc", "pandas", "matplotlib", "papermill", "nbconvert", "babel")
MANIFEST = "manifest.json"
READ = (".csv", ".toml")  # the files of a programme that a review reads


def file_sha(path: Path) -> str:
    """Return the sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def folder_shas(folder: Path, kinds: tuple[str, ...] = ()) -> dict[str, str]:
    """Return relative path -> sha256 of the files (of some endings) below a folder."""
    return {
        path.relative_to(folder).as_posix(): file_sha(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and "__pycache__" not in path.parts
        and (not kinds or path.suffix in kinds)
    }


def inputs_of(data: Data, notebooks: list[Path]) -> dict[str, dict[str, str]]:
    """Return the sha256 of everything a review is made from.

    `data` and `base`: the programme's files; `notebooks`; `code`: the library, all
    its files as one.
    """
    base = data.folder / data.programme.base if data.programme.base else None
    own = folder_shas(data.folder, READ)
    if base is None:
        own = {name: sha for name, sha in own.items() if not name.startswith("demo/")}
    code = folder_shas(Path(__file__).parents[1])
    lines = "\n".join(f"{name} {sha}" for name, sha in code.items())
    shas = {
        "data": own,
        "notebooks": {path.name: file_sha(path) for path in notebooks},
        "code": {"vinhloc": hashlib.sha256(lines.encode()).hexdigest()},
    }
    if base is not None:
        taken = folder_shas(base, READ).items()
        shas["base"] = {name: sha for name, sha in taken if name[:5] != "demo/"}
    return shas


def make_manifest(data: Data, notebooks: list[Path], parameters: dict) -> dict:
    """Return the manifest without its outputs; the same for the same inputs."""
    return {
        "programme": data.programme.id,
        "made_up": data.made_up,
        "parameters": parameters,
        "data_cut_off": data.as_of.isoformat() if data.as_of else None,
        "latest_figure": _latest(data),
        "method_version": METHOD_VERSION,
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in PACKAGES},
        },
        "inputs": inputs_of(data, notebooks),
    }


def _latest(data: Data) -> str | None:
    days = data.actuals["as_of"].dropna()
    return days.max().date().isoformat() if len(days) else None


def write_manifest(folder: Path, manifest: dict) -> None:
    """Write the manifest of a folder, with the sha256 of every other file in it."""
    complete = {**manifest, "outputs": folder_shas(folder)}
    text = json.dumps(complete, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def is_current(folder: Path, manifest: dict) -> bool:
    """Tell whether a published folder is whole and made from just these inputs."""
    try:
        published = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    outputs = published.pop("outputs", None)
    shas = folder_shas(folder)
    shas.pop(MANIFEST, None)
    return published == manifest and outputs == shas
