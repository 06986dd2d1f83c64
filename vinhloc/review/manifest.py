"""What a published review was made from, what it consists of, and what has changed."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import distribution, version
from pathlib import Path
from typing import TYPE_CHECKING

from vinhloc.data import (
    NoProgramme,
    bound_notebooks,
    code_sha,
    data_shas,
    file_sha,
    find_folder,
    folder_shas,
)
from vinhloc.figures import Fault, _
from vinhloc.review.request import label_of, published_notebooks

if TYPE_CHECKING:
    from vinhloc.data import Data
    from vinhloc.review.request import Request

METHOD_VERSION = "2"
LIBRARY = "vinhloc"
MANIFEST = "manifest.json"
MOST_BYTES = 10_000_000  # a hundred times as much as a manifest has
TABLES = {"parameters", "outputs"}  # of every manifest, each a JSON object


class NoManifest(Fault):
    """Raised where a folder holds no published edition."""


def inputs_of(folder: Path, notebooks: list[Path]) -> dict[str, dict[str, str]]:
    """Return the sha256 of everything a review is made from.

    `data` and `base`: the programme's files; `notebooks`; `code`: the library, all
    its files as one.
    """
    return {
        **data_shas(folder),
        "notebooks": {label_of(path): file_sha(path) for path in notebooks},
        "code": {LIBRARY: code_sha()},
    }


def versions() -> dict[str, str]:
    """Return the versions of Python, of the library and of all that it requires."""
    lines = distribution(LIBRARY).requires or []
    names = [re.match(r"[\w.-]+", line)[0] for line in lines if "extra ==" not in line]
    found = {name: _version(name) for name in (LIBRARY, *names)}
    return {"python": platform.python_version(), **found}


def _version(name: str) -> str:
    """Return a package's version; `version` also reads what it says of itself."""
    text = distribution(name).read_text("METADATA") or ""
    stated = re.search(r"^Version: *(\S+)$", text, re.MULTILINE)
    return stated[1] if stated else version(name)


def make_manifest(data: Data, request: Request, year: int, inputs: dict) -> dict:
    """Return the manifest without what is known only of the staged files."""
    return {
        "programme": data.programme.id,
        "made_up": data.made_up,
        "parameters": request.all_parameters(year),
        "data_cut_off": data.as_of.isoformat() if data.as_of else None,
        "latest_figure": _latest(data),
        "latest_year": data.latest_year,
        "method_version": METHOD_VERSION,
        "versions": versions(),
        "inputs": inputs,
    }


def _latest(data: Data) -> str | None:
    days = data.actuals["as_of"].dropna()
    return days.max().date().isoformat() if len(days) else None


def write_manifest(folder: Path, manifest: dict) -> None:
    """Write the manifest of a folder, with the sha256 of every other file in it."""
    complete = {**manifest, "outputs": folder_shas(folder)}
    text = json.dumps(complete, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def read_manifest(folder: Path) -> dict:
    """Return the manifest of a published folder; empty where there is none.

    So for one that is no manifest of ours: too large, too deep, of other kinds.
    """
    try:
        with (folder / MANIFEST).open("rb") as file:
            manifest = json.loads(file.read(MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(manifest, dict):
        return {}
    named = TABLES | ({"parts"} & manifest.keys())
    whole = all(isinstance(manifest.get(key), dict) for key in named)
    return manifest if whole else {}


def intact_files(folder: Path, manifest: dict) -> set[str]:
    """Return the files of a published folder that are as they were published."""
    shas, outputs = folder_shas(folder), manifest.get("outputs", {})
    return {name for name, sha in shas.items() if outputs.get(name) == sha}


def find_unchanged(request: Request) -> Path | None:
    """Return the published review that a run would give again, or None.

    It is whole, and made from just these inputs, parameters and versions; nothing
    needs to be loaded to tell.
    """
    inputs, used = inputs_of(request.folder, request.notebooks), versions()
    for path in sorted(request.out.glob(f"*/{MANIFEST}")):
        manifest = read_manifest(path.parent)
        if (manifest.get("inputs"), manifest.get("versions")) != (inputs, used):
            continue
        stated = manifest.get("parameters", {})
        year = request.year or manifest.get("latest_year")
        if request.term:
            year = stated.get("year")  # the last one of the term
        files = {*folder_shas(path.parent)} - {MANIFEST}
        whole = files == intact_files(path.parent, manifest) == {*manifest["outputs"]}
        if whole and stated == request.all_parameters(year):
            return path.parent
    return None


def verify(folder: Path, data: Path | None = None) -> list[str]:
    """Return what differs, a sentence each; nothing where all is as it was.

    Compared are the files of the edition with its manifest, and the manifest with the
    programme's files, the notebooks, the library and the versions of today. `data`:
    the programme's folder, where it is not the one that the manifest names. Raises
    NoManifest.
    """
    manifest = read_manifest(folder)
    if not {"outputs", "inputs", "parameters", "versions"} <= manifest.keys():
        text = _("{folder} không có {file} của một báo cáo đã xuất bản")
        raise NoManifest(text.format(folder=folder, file=MANIFEST))
    outputs = {k: v for k, v in folder_shas(folder).items() if k != MANIFEST}
    found = list(_differences(manifest["outputs"], outputs, _("báo cáo")))
    return [*found, *_input_differences(manifest, data)]


def _input_differences(manifest: dict, data: Path | None) -> Iterator[str]:
    stated, asked = manifest["inputs"], manifest["parameters"]
    try:
        folder = find_folder(data or asked["data"])
    except NoProgramme as error:
        yield str(error)
        return
    term = asked.get("period") == "term"
    paths = [*published_notebooks(term=term), *bound_notebooks(folder).values()]
    known = {label_of(path): path for path in paths}
    here = [path for name, path in known.items() if name in stated["notebooks"]]
    now = inputs_of(folder, here)
    words = {
        "data": _("dữ liệu"),
        "base": _("dữ liệu gốc"),
        "notebooks": _("sổ tay"),
        "code": _("bộ công cụ"),
    }
    for kind, said in words.items():
        yield from _differences(stated.get(kind, {}), now.get(kind, {}), said)
    yield from _differences(manifest["versions"], versions(), _("phiên bản"))


def _differences(
    before: Mapping[str, str], now: Mapping[str, str], kind: str
) -> Iterator[str]:
    """Give a sentence for each name that has another value, is missing or is new."""
    for name in sorted(before.keys() | now.keys()):
        if name not in now:
            yield _("{kind}: thiếu {name}", kind=kind, name=name)
        elif name not in before:
            yield _("{kind}: có thêm {name}", kind=kind, name=name)
        elif before[name] != now[name]:
            yield _("{kind}: {name} đã thay đổi", kind=kind, name=name)
