"""A run that fails leaves the earlier report, one clear message and nothing else."""

import json
import os
import shutil
import socket
from contextvars import copy_context
from dataclasses import replace
from pathlib import Path

import pytest
from jupyter_client.connect import LocalPortCache
from jupyter_client.provisioning import KernelProvisionerFactory
from jupyter_core.utils import ensure_event_loop
from published import snapshot
from traces import MARK, left_behind, processes_of

from vinhloc.review import notebooks, parts, publish, server
from vinhloc.review.notebooks import Failed
from vinhloc.review.publish import InputsChanged, PartFailed
from vinhloc.review.run import run_review

FAULTS = {
    "an error in the last cell": ("raise ValueError('x')", "ValueError: x"),
    "a kernel that dies": ("import os; os._exit(9)", "kernel"),
    "a cell that hangs": ("import time; time.sleep(60)", "2 giây"),
    "memory past the limit": ("b = bytearray(3_000_000_000)", "MemoryError"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_notebook_s_fault_leaves_the_earlier_report(
    fault, asked, published, notebook, out, monkeypatch
):
    source, said = FAULTS[fault]
    # Whoever has asked for kernels before, without a server: ours are forked, bounded.
    KernelProvisionerFactory.instance().default_provisioner_name = "local-provisioner"
    if fault == "a cell that hangs":
        monkeypatch.setattr(notebooks, "CELL_SECONDS", 2)
    before = snapshot(published)
    monkeypatch.setenv(MARK, str(out))  # which the kernel inherits
    pages = replace(asked, formats=("html",), only=[notebook("1", source)])
    with pytest.raises(Failed, match=said) as failed:
        run_review(pages)
    assert failed.value.copy.is_file()
    assert snapshot(out / "2026") == before
    assert left_behind(out) == []
    assert processes_of(str(out)) == set()
    assert run_review(asked).exists()


@pytest.fixture
def taken(monkeypatch):
    """Return a function that gives kernels a port in use, for so many of their asks."""
    given, find = [], LocalPortCache.find_available_port

    def take(times: int):
        def found(self, ip):
            given.append(ip)
            return busy.getsockname()[1] if len(given) <= times else find(self, ip)

        monkeypatch.setattr(LocalPortCache, "find_available_port", found)

    with socket.create_server(("127.0.0.1", 0)) as busy:
        yield take


def test_a_kernel_whose_port_was_taken_starts_once_more(asked, notebook, taken):
    taken(1)
    page = run_review(replace(asked, formats=("html",), only=[notebook("6 * 7")]))
    assert "42" in (page.parent / "only.html").read_text("utf-8")


def test_a_kernel_that_never_starts_is_a_failed_run(
    asked, published, out, notebook, taken
):
    before = snapshot(published)
    taken(10**6)
    pages = replace(asked, formats=("html",), only=[notebook("1")])
    with pytest.raises(Failed, match="kernel không khởi động được"):
        run_review(pages)
    assert snapshot(out / "2026") == before
    assert left_behind(out) == []


def test_a_part_s_process_that_dies_is_a_failed_run(asked, published, out, monkeypatch):
    before = snapshot(published)
    monkeypatch.setattr(publish, "parts_of", lambda *_given: [(os._exit, (9,))])
    with pytest.raises(PartFailed, match="_exit"):
        run_review(asked, force=True)
    assert snapshot(out / "2026") == before
    assert left_behind(out) == []


def test_inputs_that_change_during_the_run_are_refused(
    asked, published, folder, out, monkeypatch
):
    before = snapshot(published)
    whole = parts.parts_of

    def changing(*given):
        with (folder / "units.csv").open("a") as file:
            file.write("\n")
        return whole(*given)

    monkeypatch.setattr(publish, "parts_of", changing)
    with pytest.raises(InputsChanged):
        run_review(asked, force=True)
    assert snapshot(out / "2026") == before
    assert left_behind(out) == []


@pytest.mark.costly("reviews the whole demonstration programme")
def test_the_limit_of_memory_is_above_what_a_whole_review_holds(reviews):
    review = reviews.published("--demo", "--year", "2023")
    (path,) = (review.parent / "runs").glob("*.jsonl")
    steps = map(json.loads, path.read_text("utf-8").splitlines())
    (peak,) = [step["peak_mb"] * 1e6 for step in steps if "peak_mb" in step]
    assert 50_000_000 < peak < server.MEMORY_LIMIT


def test_kernels_start_where_the_caller_has_used_one_before(asked, notebook):
    context = copy_context()
    context.run(ensure_event_loop)  # as jupyter_client does, for whoever asks
    first = notebook("1")
    other = shutil.copy(first, first.with_name("01_other.ipynb"))
    pages = replace(asked, formats=("html",), only=[first, Path(other)])
    index = context.run(run_review, pages)
    assert {"only.html", "other.html"} <= {path.name for path in index.parent.iterdir()}
