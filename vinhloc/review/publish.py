"""Build the review of a year and put it in its place in one step."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Collection
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing.context import BaseContext
from pathlib import Path

import nbformat

from vinhloc.data import load, pack, review_year, sensitive_verdicts
from vinhloc.figures import Told, _
from vinhloc.review.editions import (
    has_other_figures,
    keep_edition,
    write_editions,
)
from vinhloc.review.manifest import inputs_of, make_manifest, write_manifest
from vinhloc.review.notebooks import (
    Failed,
    check_parameters,
    run_notebooks,
    titles_of,
    used_parameters,
)
from vinhloc.review.pages import indicator_links, notebook_page
from vinhloc.review.parts import (
    Work,
    form_of,
    part_shas,
    parts_of,
    take_over,
    write_text,
)
from vinhloc.review.place import locked, put_in_place, staged
from vinhloc.review.request import ASSESSMENT, Request, check_pages, edition_name
from vinhloc.review.runlog import RunLog
from vinhloc.review.server import begin, hand_on, handed, start_server
from vinhloc.review.view import View


class PartFailed(Told):
    """Raised where a process that makes a part of the review ends before it is done."""

    def __init__(self, part: str, reason: str):
        super().__init__(
            _("phần {part} dừng vì lỗi: {reason}", part=part, reason=reason)
        )


class InputsChanged(Told):
    """Raised where data, notebooks or the library changed while a review was made."""

    def __init__(self):
        text = _("dữ liệu, sổ tay hoặc bộ công cụ thay đổi trong khi lập báo cáo")
        super().__init__(text + "; " + _("hãy chạy lại"))


def publish_review(
    request: Request,
    log: RunLog,
    *,
    force: bool = False,
    wait: float = 0,
    on_step: Callable[[str], None] = lambda step: None,
) -> Path:
    """Run the notebooks and publish `<out>/<edition>/`; return the file to open.

    An edition holds the formats asked for (`vinhloc.review.request`), and always the
    assessment and its manifest. Parts of the published edition that are fresh
    (`vinhloc.review.parts`) are taken over, unless `force`. Where its figures change,
    the earlier edition is kept (`vinhloc.review.editions`).

    Raises what `load` raises, Fault for a year outside the term, UnknownParameter,
    Busy if another run still holds the edition after `wait` seconds, InputsChanged,
    PartFailed, or Failed (its partly executed copy is then under
    `<out>/failed/<edition>/`); the earlier review stays as it was.
    """
    server = start_server()
    inputs = inputs_of(request.folder, request.notebooks)
    data = load(request.folder, as_of=request.as_of)
    last = data.programme.last_year
    year = review_year(data, last if request.term else request.year)
    data = load(request.folder, as_of=request.as_of, year=year, later=request.later)
    view = View(data, year, term=request.term)
    hand_on(_read_for_all(view))
    check_pages(request.runs)
    for run in request.runs:
        check_parameters(run, request.parameters(year))
    name = edition_name(view.span, made_up=data.made_up, lang=request.lang)
    target = request.out.resolve() / name
    with locked(target, wait=wait), staged(target) as staging:
        titles = titles_of(request.runs, data, request.lang)
        form = form_of(view, request)
        work = Work(request, year, titles, staging, target, form)
        with log.running(edition=name):
            parts = part_shas(data, request, year, titles, form)
            fresh = set() if force else take_over(target, staging, parts, data)
            try:
                _make(work, view, fresh, server, log, on_step)
            except Exception as error:
                _refuse_other(inputs, request)
                if isinstance(error, Failed):
                    _keep_failed(error, target)
                raise
            manifest = make_manifest(data, request, year, inputs)
            used = used_parameters(staging, request, year)
            write_manifest(staging, manifest | {"parts": parts, "used": used})
            _refuse_other(inputs, request)
            if has_other_figures(target, staging / ASSESSMENT):
                keep_edition(target)
            put_in_place(staging, target)
    shutil.rmtree(_failed_folder(target), ignore_errors=True)
    write_editions(target.parent, data.programme)
    on_step(_("Đã xuất bản {folder}", folder=target.name))
    return target / request.entry


def _read_for_all(view: View) -> bytes:
    """Return, packed, the data with all that several parts would derive from them."""
    sensitive_verdicts(view.data.derive(), view.year, period=view.period)
    return pack(view.data)


def _refuse_other(inputs: dict, request: Request) -> None:
    """Raise InputsChanged where the inputs are not those that a run began with."""
    if inputs_of(request.folder, request.notebooks) != inputs:
        raise InputsChanged


def _make(
    work: Work,
    view: View,
    fresh: Collection[str],
    server: BaseContext,
    log: RunLog,
    on_step: Callable[[str], None],
) -> None:
    """Make all that is not fresh: the notebooks, and beside them what needs none."""
    request, data = work.request, view.data
    stale = [run for run in request.runs if run.page not in fresh]

    def write_page(name: str, node: nbformat.NotebookNode) -> None:
        nbformat.write(node, work.staging / f"{name}.ipynb")
        values = work.values(view, name)
        values["indicators"] = indicator_links(data, name)
        page = notebook_page(node, values)
        write_text(work.staging / f"{name}.html", page)
        on_step(_("Đã chạy {name}", name=name))

    for run in request.runs:
        if run not in stale:
            on_step(_("Giữ nguyên {name}", name=run.page))
    with (
        tempfile.TemporaryDirectory(prefix="vinhloc-") as scratch,
        ProcessPoolExecutor(
            request.jobs or os.cpu_count(),
            mp_context=server,
            initializer=begin,
            initargs=(handed(),),
        ) as processes,
    ):
        run_notebooks(
            stale,
            request.parameters(work.year),
            titles=work.pages,
            folder=request.root,
            scratch=Path(scratch),
            beside=[
                partial(_in_process, processes, log, function, arguments)
                for function, arguments in parts_of(work, data, fresh)
            ],
            log=log,
            on_done=write_page,
            jobs=request.jobs,
        )


def _in_process(
    processes: ProcessPoolExecutor, log: RunLog, function: Callable, arguments: tuple
) -> None:
    of = [argument for argument in arguments[1:] if isinstance(argument, str)]
    with log.timed("part", name=function.__name__, of=of):
        try:
            processes.submit(function, *arguments).result()
        except (BrokenProcessPool, MemoryError) as error:
            raise PartFailed(function.__name__, type(error).__name__) from error


def _failed_folder(target: Path) -> Path:
    return target.parent / "failed" / target.name


def _keep_failed(failed: Failed, target: Path) -> None:
    place = _failed_folder(target)
    place.mkdir(parents=True, exist_ok=True)
    failed.copy = place / f"{failed.name}.ipynb"
    nbformat.write(failed.notebook, failed.copy)
