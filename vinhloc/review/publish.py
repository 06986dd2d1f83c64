"""Build the review of a year and put it in its place in one step."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing.context import BaseContext
from pathlib import Path

import nbformat

from vinhloc.data import Data
from vinhloc.language import _, language
from vinhloc.review import html
from vinhloc.review.editions import write_editions
from vinhloc.review.files import FILES, FORMATS, PAGES, UNSIGNED, Signing
from vinhloc.review.indicators import indicator_links
from vinhloc.review.kernels import start_server
from vinhloc.review.manifest import is_current, make_manifest, write_manifest
from vinhloc.review.notebooks import (
    Failed,
    page_name,
    published_notebooks,
    run_notebooks,
    titles_of,
)
from vinhloc.review.parts import INDEX, Work, parts_of, write_text
from vinhloc.review.view import View
from vinhloc.rows import review_year


def edition_name(data: Data, year: int, *, term: bool = False) -> str:
    """Return the folder of a review: 2023, 2023-en, demo-2023, 2020-2025, ..."""
    demo = "demo-" if data.made_up else ""
    when = f"{data.programme.first_year}-{data.programme.last_year}" if term else year
    return f"{demo}{when}" + ("" if language() == "vi" else f"-{language()}")


def publish_review(
    data: Data,
    *,
    year: int | None,
    out: Path,
    term: bool = False,
    force: bool = False,
    formats: Sequence[str] = FORMATS,
    signing: Signing = UNSIGNED,
    notebooks: list[Path] | None = None,
    on_step: Callable[[str], None] = lambda step: None,
) -> Path:
    """Run the notebooks and publish `<out>/<edition>/`; return the file to open.

    An edition holds the formats asked for (`vinhloc.review.files`), and always the
    assessment and its manifest. `signing` goes into Word and PDF.

    Nothing is run where the published review was made from the same inputs, unless
    `force`. Raises ValueError for a year outside the term, UnknownParameter, or
    Failed (its partly executed copy is then under `<out>/failed/<edition>/`); the
    earlier review stays as it was.
    """
    year = review_year(data, data.programme.last_year if term else year)
    notebooks = notebooks or published_notebooks(term=term)
    notebooks = notebooks if PAGES in formats else []
    folder, path = _folder_and_path(data)
    as_of = data.as_of.isoformat() if data.as_of else ""
    parameters = {"year": year, "data": path, "lang": language(), "as_of": as_of}
    if term:
        parameters["period"] = "term"
    target = out.resolve() / edition_name(data, year, term=term)
    asked = {"formats": list(formats), **signing.parameters()}
    manifest = make_manifest(data, notebooks, {**parameters, **asked})
    first = target / (INDEX if notebooks else FILES[formats[0]])
    if not force and is_current(target, manifest):
        write_editions(target.parent, data.programme)
        on_step(_("Không có gì thay đổi; báo cáo đã có được giữ nguyên."))
        return first
    server = start_server()
    with _staging(target) as staging:
        work = Work(
            folder=data.folder.resolve(),
            as_of=data.as_of,
            year=year,
            term=term,
            lang=language(),
            staging=staging,
            pages=titles_of(notebooks, language()),
            formats=tuple(formats),
            signing=signing,
        )
        try:
            _make(work, data, notebooks, parameters, folder, server, on_step)
        except Failed as failed:
            _keep_failed(failed, target)
            raise
        write_manifest(staging, manifest)
        _replace(staging, target)
    shutil.rmtree(_failed_folder(target), ignore_errors=True)
    write_editions(target.parent, data.programme)
    on_step(_("Đã xuất bản {folder}", folder=target.name))
    return first


def _make(
    work: Work,
    data: Data,
    notebooks: list[Path],
    parameters: dict,
    folder: Path,
    server: BaseContext,
    on_step: Callable[[str], None],
) -> None:
    """Make all parts of a review: the notebooks, and beside them what needs none."""
    view = View(data, work.year, term=work.term)

    def write_page(name: str, node: nbformat.NotebookNode) -> None:
        nbformat.write(node, work.staging / f"{name}.ipynb")
        values = html.page_values(view, work.pages, name, formats=work.formats)
        values["indicators"] = indicator_links(data, name)
        page = html.notebook_page(node, values)
        write_text(work.staging / f"{name}.html", page)
        on_step(_("Đã chạy {name}", name=name))

    cores = os.cpu_count() or 1
    with (
        tempfile.TemporaryDirectory(prefix="vinhloc-") as scratch,
        ProcessPoolExecutor(cores, mp_context=server) as processes,
    ):
        run_notebooks(
            notebooks,
            parameters,
            folder=folder,
            scratch=Path(scratch),
            beside=[
                partial(_in_process, processes, function, arguments)
                for function, arguments in parts_of(work, cores)
            ],
            on_done=write_page,
        )


def _in_process(processes: ProcessPoolExecutor, function: Callable, arguments) -> None:
    processes.submit(function, *arguments).result()


def step_names(*, term: bool = False) -> list[str]:
    """Return the names of the notebooks that a review runs, in their order."""
    return [page_name(path) for path in published_notebooks(term=term)]


def _folder_and_path(data: Data) -> tuple[Path, str]:
    """Return the folder that kernels work in, and the data's path from there.

    The path is relative, so that the published copy holds no machine's folder and can
    be run again from any place below that folder.
    """
    folder = data.folder.resolve()
    root = folder.parents[1] if folder.parts[-2:] == ("data", "raw") else None
    if root is None and folder.parts[-3:-1] == ("data", "raw"):
        root = folder.parents[2]
    root = root or folder.parent
    return root, folder.relative_to(root).as_posix()


@contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """Give a folder to build in, beside the target; removed whatever happens."""
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".staging-", dir=target.parent))
    staging.chmod(0o755)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _replace(staging: Path, target: Path) -> None:
    """Put the staged folder in the target's place; the earlier one gives way."""
    earlier = staging.with_name(staging.name + "-earlier")
    if target.exists():
        os.rename(target, earlier)
    try:
        os.rename(staging, target)
    except OSError:
        if earlier.exists():
            os.rename(earlier, target)
        raise
    shutil.rmtree(earlier, ignore_errors=True)


def _failed_folder(target: Path) -> Path:
    return target.parent / "failed" / target.name


def _keep_failed(failed: Failed, target: Path) -> None:
    place = _failed_folder(target)
    place.mkdir(parents=True, exist_ok=True)
    failed.copy = place / f"{failed.name}.ipynb"
    nbformat.write(failed.notebook, failed.copy)
