"""Whether a published edition is as it was, and would come out of today's inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from vinhloc.data import NoProgramme, find_folder, folder_shas
from vinhloc.figures import Fault, _
from vinhloc.review.manifest import MANIFEST, inputs_of, read_manifest, versions
from vinhloc.review.suite import published_notebooks


class NoManifest(Fault):
    """Raised where a folder holds no published edition."""


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
    known = {path.name: path for path in published_notebooks(term=term)}
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
