"""What a run left behind: files beside its reports, processes."""

import time
from collections.abc import Callable
from pathlib import Path

import psutil

MARK = "VINHLOC_TEST"  # in the environment of a run, and so of all that it starts


def left_behind(out: Path) -> list[str]:
    """Return what no run may leave in the folder of the reports."""
    names = [path.name for path in out.glob(".*")]
    return [name for name in names if not name.startswith(".lock-")]


def processes_of(mark: str) -> set[int]:
    """Return the processes that a run with this mark in its environment started."""
    found = set()
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == mark:
                found.add(process.pid)
        except psutil.Error:  # another user's, or just ended
            continue
    return found


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds; only a fault takes ten minutes."""
    end = time.monotonic() + 600
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
