"""What a run left behind: files beside its reports, processes."""

import os
from pathlib import Path

import psutil


def left_behind(out: Path) -> list[str]:
    """Return what no run may leave in the folder of the reports."""
    names = [path.name for path in out.glob(".*")]
    return [name for name in names if not name.startswith(".lock-")]


def kernels() -> set[int]:
    """Return the processes that are kernels of this test process or of no one."""
    found = set()
    for process in psutil.process_iter(["cmdline", "ppid"]):
        line = " ".join(process.info["cmdline"] or ())
        if "forkserver" in line and process.info["ppid"] in (1, os.getpid()):
            found |= {child.pid for child in process.children()}
            if process.info["ppid"] == 1:
                found.add(process.pid)
    return found
