"""What is used of other packages though they do not promise it: nothing elsewhere is.

`tests/unit/test_borrowed.py` names each and fails where a package no longer has it.
"""

from __future__ import annotations

import multiprocessing
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement


def close_alive_pipe() -> None:
    """Close this fork's copy of the pipe by whose end the server knows its command's.

    While a fork held it open, the server would outlive a command that was killed, and
    its forks with it.
    """
    from multiprocessing.forkserver import _forkserver as server

    if server._forkserver_alive_fd is not None:
        os.close(server._forkserver_alive_fd)
        server._forkserver_alive_fd = None


def process_settings() -> dict:
    """Return the settings of this process; `daemon` says that it may have no child."""
    return multiprocessing.current_process()._config


def dask_backend() -> type:
    """Return joblib's backend on Dask, for a class of our own."""
    from joblib._dask import DaskDistributedBackend

    return DaskDistributedBackend


def worker_died() -> type[Exception]:
    """Return what joblib raises where a process of its ends before it is done."""
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    return TerminatedWorkerError


def xml_of(part: object) -> BaseOxmlElement:
    """Return the XML of a table, row, paragraph, run or picture of python-docx."""
    return part._inline if hasattr(part, "_inline") else part._element


def cells_of(table: object) -> list:
    """Return the cells of a Word table; `.cells` of each row would search anew."""
    return table._cells
