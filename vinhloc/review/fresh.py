"""Which parts of a published review are still right and need not be made again.

A part is what a notebook gives, or the indicators' pages of a theme. It is fresh while
the hash of all that it is made from is that of the published manifest: the rows it can
read, its notebook, the library, the versions and the parameters.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from vinhloc.data import Data, code_sha, content_sha, file_sha, one_sha, theme_part
from vinhloc.review.files import PAGES, UNSIGNED
from vinhloc.review.indicators import FOLDER
from vinhloc.review.manifest import intact_files, read_manifest, versions
from vinhloc.review.request import Request


def part_of_theme(theme: str) -> str:
    """Return the name of the part that holds the pages of a theme's indicators."""
    return f"{FOLDER}/{theme}"


def part_shas(
    data: Data, request: Request, year: int, titles: Mapping[str, str]
) -> dict[str, str]:
    """Return part -> the hash of all that it is made from; `titles` of all pages."""
    unsigned = replace(request, signing=UNSIGNED).all_parameters(year)
    common = [code_sha(), versions(), unsigned, dict(titles)]
    rows = {name: content_sha(theme_part(data, name)) for name in data.themes["theme"]}
    rows[""] = content_sha(data)
    shas = {
        run.page: one_sha([common, rows[run.theme], file_sha(run.path)])
        for run in request.runs
    }
    if PAGES in request.formats:
        for theme in data.themes["theme"]:
            shas[part_of_theme(theme)] = one_sha([common, rows[theme]])
    return shas


def _files_of(part: str, data: Data) -> list[str]:
    """Return the files that a part consists of."""
    if not part.startswith(FOLDER):
        return [f"{part}.html", f"{part}.ipynb"]
    own = data.indicators["theme"] == part.removeprefix(f"{FOLDER}/")
    return [f"{FOLDER}/{name}.html" for name in data.indicators.loc[own, "indicator"]]


def take_over(
    published: Path, staging: Path, parts: Mapping[str, str], data: Data
) -> set[str]:
    """Copy the fresh parts of a published review; return their names.

    A part with a file that was changed or is missing is not fresh.
    """
    manifest = read_manifest(published)
    earlier, intact = manifest.get("parts", {}), intact_files(published, manifest)
    fresh = {
        part
        for part, sha in parts.items()
        if earlier.get(part) == sha and intact.issuperset(_files_of(part, data))
    }
    for part in fresh:
        for name in _files_of(part, data):
            place = staging / name
            place.parent.mkdir(exist_ok=True)
            shutil.copyfile(published / name, place)
    return fresh
