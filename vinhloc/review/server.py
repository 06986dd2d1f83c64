"""The server that has already imported and read what the parts of a review need.

A new process spends seconds on that. Where the system can fork, one server does it
once, while the command itself still starts, and every kernel and part is its fork.
Elsewhere they are ordinary processes; what they make is the same.

A script that publishes reviews needs the usual `if __name__ == "__main__":`, as with
all of multiprocessing.
"""

from __future__ import annotations

import ctypes
import json
import multiprocessing
import multiprocessing.forkserver
import os
import signal
import sys
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vinhloc.review.request import Request

NAME = "vinhloc-forked"  # the provisioner, an entry point in pyproject.toml
CHOICE = "JUPYTER_DEFAULT_PROVISIONER_NAME"  # read by jupyter_client
PRELOADED = "vinhloc.review.preloaded"
MEMORY_LIMIT = 2_000_000_000  # bytes of its own that a process may ask for
PR_SET_PDEATHSIG = 1  # linux/prctl.h
AHEAD = "VINHLOC_READ_AHEAD"  # what of a request the server should know


def can_fork() -> bool:
    """Tell whether this system has the server: Unix, but not where forks are unsafe."""
    return sys.platform.startswith("linux")


def start_server(ahead: Request | None = None) -> BaseContext:
    """Start the server, if it does not run yet; return the context of its forks.

    Kernels are its forks from then on. Without forks: the context of new processes.
    With a request, a server that starts now reads its programme ahead of them.
    """
    if not can_fork():
        return multiprocessing.get_context("spawn")
    os.environ.setdefault(CHOICE, NAME)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PRELOADED])
    if ahead:
        asked = [str(ahead.folder), ahead.as_of, ahead.year, ahead.term]
        os.environ[AHEAD] = json.dumps(asked)
    multiprocessing.forkserver.ensure_running()
    os.environ.pop(AHEAD, None)
    return context


def be_bounded() -> None:
    """Let this fork end with the server, and ask for no more memory than the limit.

    The server ends with the command that started it, however that ends.
    """
    if not can_fork():
        return
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_LIMIT, MEMORY_LIMIT))
    _let_go_of_server()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() == 1:  # it has ended already
        os._exit(1)


def _let_go_of_server() -> None:
    """Close this fork's copy of the pipe by whose end the server knows its command's.

    While a fork held it open, the server would outlive a command that was killed, and
    its forks with it.
    """
    server = multiprocessing.forkserver._forkserver
    if server._forkserver_alive_fd is not None:
        os.close(server._forkserver_alive_fd)
        server._forkserver_alive_fd = None
