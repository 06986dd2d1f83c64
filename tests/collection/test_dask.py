"""The same reviews on a real Dask scheduler, whose workers may die."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time

import psutil
import pytest

pytest.importorskip("distributed", reason="the extra dask")

from traces import MARK, left_behind, processes_of, until

from vinhloc.collection.outcome import DONE, FAILED, UNCHANGED, NoDask
from vinhloc.collection.reviews import review_all
from vinhloc.review.manifest import verify

pytestmark = pytest.mark.costly("starts a scheduler and workers")

QUIET = ["--no-dashboard"]


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder, **environment):
        self.folder, self.file = folder, folder / "scheduler.json"
        self.environment = os.environ | environment | {MARK: str(folder)}
        self.processes = []
        self.start("dask_scheduler", "--port", "0", "--host", "127.0.0.1")
        until(self.file.exists)
        self.address = self.file.read_text().split('"address": "')[1].split('"')[0]

    def start(self, module: str, *options: str) -> subprocess.Popen:
        log = (self.folder / f"{len(self.processes)}.log").open("w")
        command = [sys.executable, "-m", f"distributed.cli.{module}", *options, *QUIET]
        command += ["--scheduler-file", str(self.file)]
        process = subprocess.Popen(
            command, cwd=self.folder, stdout=log, stderr=log, env=self.environment
        )
        self.processes.append(process)
        return process

    def worker(self, *options: str) -> subprocess.Popen:
        options += ("--nthreads", "1", "--host", "127.0.0.1")
        options += ("--local-directory", str(self.folder))
        return self.start("dask_worker", *options)

    def end(self) -> None:
        for process in reversed(self.processes):
            children = []
            if process.poll() is None:
                children = psutil.Process(process.pid).children(recursive=True)
            for one in (*children, process):
                with contextlib.suppress(psutil.NoSuchProcess):
                    one.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    """Return a function that starts a scheduler; no process of it outlives the test."""
    monkeypatch.setattr("vinhloc.collection.reviews.CONNECT_SECONDS", 600)
    made, folder = [], tmp_path / "dask"
    folder.mkdir()

    def start(**environment) -> Cluster:
        made.append(Cluster(folder, **environment))
        return made[0]

    yield start
    for one in made:
        one.end()
    until(lambda: not processes_of(str(folder)))


def kill_in_mid_run(worker, out, killed: list, over: threading.Event) -> None:
    """Kill a worker once it holds a commune whose new edition it is building."""
    while not over.is_set():
        for holder in out.glob("*/.holder-*"):
            staged = [*holder.parent.glob(".staging-*/*")]
            if staged and f"pid {worker.pid}," in holder.read_text("utf-8"):
                os.kill(worker.pid, signal.SIGKILL)
                killed.append(holder.parent.name)
                return
        time.sleep(0.01)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="signals of Linux")
def test_a_worker_killed_in_mid_run_leaves_every_report_complete_and_none_torn(
    cluster, asked, collection, tmp_path
):
    requests, out = asked(), tmp_path / "reports"
    killed, over = [], threading.Event()
    cluster = cluster()
    victim = cluster.worker("--no-nanny")
    cluster.worker()  # under a nanny, as usual
    watcher = threading.Thread(target=kill_in_mid_run, args=(victim, out, killed, over))
    watcher.start()
    try:
        outcomes = [*review_all(requests, dask=cluster.address)]
    finally:
        over.set()
        watcher.join()
    assert len(killed) == 1
    assert victim.wait() == -signal.SIGKILL
    assert sorted(one.name for one in outcomes) == sorted(requests)
    assert {one.state for one in outcomes} == {DONE}, outcomes
    for name in requests:
        found = verify(out / name / "2026", collection / name)
        assert [said for said in found if "báo cáo" in said] == []
        assert (out / name / "2026" / "only.html").is_file()
        assert left_behind(out / name) == []
    again = [*review_all(requests, dask=cluster.address)]
    assert {one.state for one in again} == {UNCHANGED}


def test_a_commune_that_kills_its_worker_is_lost_alone_and_no_one_waits_forever(
    cluster, asked
):
    cell = (
        "import os, psutil\n"
        "server = psutil.Process().parent()\n"
        "if 'co-loa' in data: os.kill(server.ppid(), 9)"
    )
    requests = asked(cell, formats=("html",))
    requests = {name: requests[name] for name in ("an-lac", "co-loa")}
    cluster = cluster(DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")
    cluster.worker()  # its nanny starts another in its place
    outcomes = [*review_all(requests, dask=cluster.address)]
    assert {one.name: one.state for one in outcomes} == {
        "an-lac": DONE,
        "co-loa": FAILED,
    }


def test_a_scheduler_that_is_not_there_is_said(asked, monkeypatch):
    monkeypatch.setattr("vinhloc.collection.reviews.CONNECT_SECONDS", 0.5)
    with pytest.raises(NoDask, match=r"tcp://127\.0\.0\.1:9"):
        [*review_all(asked(formats=("xlsx",)), dask="tcp://127.0.0.1:9")]
