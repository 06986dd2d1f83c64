"""Every commune's review, by joblib: loky on one machine, Dask on several.

Each worker takes one commune after another and runs one notebook at a time; its server
of forks (`vinhloc.review.server`) lives as long as it does.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
import time
import types
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from vinhloc.collection.outcome import DONE, FAILED, UNCHANGED, NoDask, Outcome
from vinhloc.data import code_sha, settle
from vinhloc.figures import _, told, use_language
from vinhloc.review import (
    FORMATS,
    Request,
    find_unchanged,
    process_settings,
    run_review,
    worker_died,
)

CONNECT_SECONDS = 20  # to reach a scheduler and the first of its workers
_TURN = threading.Lock()  # `_as_command` changes what holds for a whole process


def requests_of(
    programmes: Mapping[str, Path],
    out: Path,
    year: int,
    *,
    lang: str = "vi",
    formats: Sequence[str] = FORMATS,
    own: bool = False,
) -> dict[str, Request]:
    """Return name -> the request for its review, to be published in `<out>/<name>/`.

    `own`: with the notebooks that the communes' folders bring, which are code.
    """
    return {
        name: Request(
            folder=folder.resolve(),
            out=out.resolve() / name,
            year=year,
            lang=lang,
            formats=tuple(formats),
            jobs=1,
            own=own,
        )
        for name, folder in programmes.items()
    }


def review_all(
    requests: Mapping[str, Request],
    *,
    jobs: int | None = None,
    dask: str | None = None,
    force: bool = False,
    wait: float = 0,
) -> Iterator[Outcome]:
    """Publish all that is missing or stale; give each outcome when it is known.

    `jobs` processes on this machine (all cores without it), or the workers of the
    Dask scheduler at an address; these need the same files at the same paths. A review
    that fails is an outcome like any other. Raises NoDask.
    """
    stale = dict(requests)
    if not force:
        for name in _unchanged(requests):
            del stale[name]
            yield Outcome(name, UNCHANGED)
    if not stale:
        return
    one = partial(review_one, force=force, wait=wait, code=code_sha())
    if dask:
        yield from _on_dask(one, stale, dask)
    else:
        yield from _on_this_machine(one, stale, jobs)


def _unchanged(requests: Mapping[str, Request]) -> list[str]:
    """Return those whose published review would come out again: no worker is needed."""
    with ThreadPoolExecutor() as pool:  # hashing lets other threads run
        found = pool.map(find_unchanged, requests.values())
        return [name for name, at in zip(requests, found, strict=True) if at]


def review_one(
    name: str, request: Request, *, force: bool, wait: float, code: str
) -> Outcome:
    """Publish a review in this process; return how it went, whatever happens."""
    settle()
    use_language(request.lang)
    begun = time.monotonic()
    if code != code_sha():
        return Outcome(name, FAILED, _("máy này có phiên bản khác của bộ công cụ"))
    try:
        with _TURN, _as_command():
            run_review(request, force=force, wait=wait)
    except Exception as error:
        return Outcome(name, FAILED, told(error).brief, time.monotonic() - begun)
    return Outcome(name, DONE, "", time.monotonic() - begun)


@contextmanager
def _as_command() -> Iterator[None]:
    """Let this process have children as the command itself has, whoever started it.

    They need not import the worker's program, nor know how joblib starts processes. A
    Dask worker under a nanny is a daemon to multiprocessing, which then lets it have
    none, lest they outlive it; ours end with their server, and that with the worker.
    """
    state, main = process_settings(), sys.modules["__main__"]
    daemon, method = state.get("daemon"), multiprocessing.get_start_method(True)
    sys.modules["__main__"] = types.ModuleType("__main__")
    state["daemon"] = False
    multiprocessing.set_start_method(None, force=True)
    try:
        yield
    finally:
        multiprocessing.set_start_method(method, force=True)
        state["daemon"] = daemon
        sys.modules["__main__"] = main


def _on_this_machine(
    one: partial, requests: Mapping[str, Request], jobs: int | None
) -> Iterator[Outcome]:
    """Give the outcomes from processes of this machine.

    Where one of them dies, joblib gives up; those that it had begun are run again, each
    alone, so that only the one at fault is lost.
    """
    from joblib import cpu_count

    jobs = min(jobs or cpu_count(), len(requests))
    left = dict(requests)
    while left:
        try:
            for outcome in _through_joblib(one, left, "loky", jobs):
                del left[outcome.name]
                yield outcome
        except worker_died():
            begun = [*left][: 2 * jobs]  # handed out in their order
            for name in begun:
                yield _alone(one, name, left.pop(name))


def _alone(one: partial, name: str, request: Request) -> Outcome:
    try:  # with two, joblib does not take this process for the worker
        return next(iter([*_through_joblib(one, {name: request}, "loky", 2)]))
    except worker_died():
        return Outcome(name, FAILED, _("tiến trình lập báo cáo bị dừng giữa chừng"))


def _through_joblib(
    one: partial, requests: Mapping[str, Request], backend: object, jobs: int, **more
) -> Iterator[Outcome]:
    from joblib import Parallel, delayed, parallel_config

    with parallel_config(backend=backend, n_jobs=jobs):
        todo = Parallel(return_as="generator_unordered", batch_size=1, **more)
        # A list of its own: outcomes change the mapping while it is gone through.
        yield from todo(delayed(one)(*item) for item in list(requests.items()))


def _on_dask(
    one: partial, requests: Mapping[str, Request], address: str
) -> Iterator[Outcome]:
    try:
        from vinhloc.collection.dask_backend import connected
    except ImportError:
        text = _("--dask cần gói distributed: {command}")
        command = f"{Path(sys.executable).name} -m pip install distributed"
        raise NoDask(text.format(command=command)) from None
    with connected(address, CONNECT_SECONDS) as backend:
        # All at once: workers that come later find work waiting.
        yield from _through_joblib(one, requests, backend, -1, pre_dispatch="all")
