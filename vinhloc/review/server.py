"""The server that has already imported what the parts of a review need.

A new process spends seconds on that. Where the system can fork, one server does it
once, while the command itself still starts, and every kernel and part is its fork.
Elsewhere they are ordinary processes; what they make is the same. The command reads
the data, and each fork is handed them: a server serves one commune after another.

A script that publishes reviews needs the usual `if __name__ == "__main__":`, as with
all of multiprocessing.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import tempfile
from multiprocessing.context import BaseContext

from vinhloc.data import is_linux
from vinhloc.figures import Told, _
from vinhloc.review.borrowed import close_alive_pipe

NAME = "vinhloc-forked"  # the provisioner, an entry point in pyproject.toml
PRELOADED = "vinhloc.review.preloaded"
FILES = 256  # that a process may open at once: a review needs fewer
MEMORY_LIMIT = 2_000_000_000  # bytes of its own that a process may ask for
PR_SET_PDEATHSIG = 1  # linux/prctl.h
_handed = b""  # the data that the next forks are handed, packed


class TooFewFiles(Told):
    """Raised where the system lets a run open fewer files than it needs."""

    def __init__(self, most: int, needed: int):
        text = _("máy chỉ cho mở {most} tệp cùng lúc, cần {needed}: ulimit -n {needed}")
        super().__init__(text.format(most=most, needed=needed))


def start_server() -> BaseContext:
    """Start the server, if it does not run yet; return the context of its forks.

    Where forks are not safe, or there are none: the context of new processes. Raises
    TooFewFiles, and Told where no folder takes what is for the run alone.
    """
    _open_enough()
    _check_scratch()
    if not is_linux():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PRELOADED])
    forkserver.ensure_running()
    return context


def _open_enough() -> None:
    """Let this process and its children open as many files as they need."""
    if sys.platform == "win32":
        return
    import resource

    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if now == resource.RLIM_INFINITY or now >= FILES:
        return
    if most != resource.RLIM_INFINITY and most < FILES:
        raise TooFewFiles(most, FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, most))


def _check_scratch() -> None:
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        text = _(
            "không ghi được vào thư mục tạm nào; hãy xem TMPDIR, quyền và chỗ trống"
        )
        raise Told(text) from None


def hand_on(packed: bytes) -> None:
    """Hand the next forks data that were read, as `vinhloc.data.pack` gives them."""
    global _handed
    _handed = packed


def handed() -> bytes:
    """Return what a process that starts now is to `begin` with."""
    return _handed


def begin(packed: bytes) -> None:
    """Be a part of a review: bounded, and knowing the data that were handed on."""
    _be_bounded()
    if packed:
        from vinhloc.data import unpack

        unpack(packed)


def _be_bounded() -> None:
    """Let this fork end with the server, and ask for no more memory than the limit.

    The server ends with the command that started it, however that ends.
    """
    if sys.platform == "win32" or not is_linux():
        return
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_LIMIT, MEMORY_LIMIT))
    close_alive_pipe()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() == 1:  # it has ended already
        os._exit(1)
