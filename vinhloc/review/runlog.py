"""The log of a run: a JSON line per step, with seconds and the peak of memory.

What differs from run to run stands here and never in a published file.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from vinhloc.figures import Bug, told

FOLDER = "runs"
KEPT = 50  # the logs of the latest runs
EVERY = 0.25  # seconds between two looks at the memory


class RunLog:
    """Appends the steps of one run to `<out>/runs/<time>.jsonl`, from any thread."""

    def __init__(self, out: Path):
        now = datetime.datetime.now(datetime.UTC)
        self.path = out / FOLDER / f"{now:%Y%m%dT%H%M%S.%fZ}-{os.getpid()}.jsonl"
        self._begun, self._lock = time.monotonic(), threading.Lock()

    def write(self, step: str, **facts: object) -> None:
        """Append a step; `at` is the time since the run began, in seconds."""
        at = round(time.monotonic() - self._begun, 3)
        line = json.dumps({"step": step, "at": at, **facts}, ensure_ascii=False)
        with self._lock:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(line + "\n")

    @contextmanager
    def with_bugs(self) -> Iterator[None]:
        """Write the traceback of a fault of ours; say where in the error's `log`."""
        try:
            yield
        except Exception as error:
            if isinstance(told(error), Bug):
                with suppress(OSError):
                    self.write("bug", traceback=traceback.format_exc())
                    error.log = self.path
            raise

    @contextmanager
    def timed(self, step: str, **facts: object) -> Iterator[None]:
        """Write a step when it is done, with the seconds that it took."""
        begun = time.monotonic()
        yield
        self.write(step, **facts, seconds=round(time.monotonic() - begun, 3))

    @contextmanager
    def running(self, **facts: object) -> Iterator[None]:
        """Write how the run began and how it ended, with its peak of memory."""
        begun = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        for old in sorted(self.path.parent.glob("*.jsonl"))[: -KEPT + 1]:
            old.unlink(missing_ok=True)
        self.write("begun", time=begun, host=platform.node(), pid=os.getpid(), **facts)
        with _watched_memory() as memory:
            try:
                yield
            except BaseException as error:
                self.write("failed", error=type(error).__name__, **memory)
                raise
        self.write("done", **memory)


@contextmanager
def _watched_memory() -> Iterator[dict[str, float]]:
    """Give the highest sum of memory that this process and its children held, in MB.

    What forks share is counted once (proportional set size) where the system tells it.
    """
    memory, ended = {"peak_mb": 0.0}, threading.Event()

    def watch() -> None:
        while True:
            memory["peak_mb"] = max(memory["peak_mb"], round(_held() / 1e6, 1))
            if ended.wait(EVERY):
                return

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield memory
    finally:
        ended.set()
        thread.join()


def _held() -> int:
    own = psutil.Process()
    held = 0
    for process in (own, *own.children(recursive=True)):
        try:
            full = process.memory_full_info()
        except psutil.Error:  # it has just ended, or is another user's
            continue
        held += getattr(full, "pss", 0) or full.rss
    return held
