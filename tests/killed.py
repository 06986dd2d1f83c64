"""What the tests kill: functions that a fork of the preloaded server runs."""

import contextlib
import os
import random
import sys
import time
from pathlib import Path

from vinhloc.commands.cli import main
from vinhloc.review.place import _exchanged
from vinhloc.review.server import start_server

SEED = 76


def command(*arguments: object) -> None:
    """Run a command of vinhloc; say nothing."""
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    main(list(map(str, arguments)))


def swap(one: Path, other: Path) -> None:
    """Let two folders change places until someone stops it."""
    while True:
        _exchanged(one, other)


def forked(function, *arguments):
    """Return a started fork that runs a function."""
    process = start_server().Process(target=function, args=arguments, daemon=True)
    process.start()
    return process


def seconds_of(function, *arguments) -> float:
    """Return how long a fork takes to its end."""
    begun = time.monotonic()
    process = forked(function, *arguments)
    process.join()
    assert process.exitcode == 0
    return time.monotonic() - begun


def killed(seconds: float, count: int, function, *arguments):
    """Start a fork again and again; kill each at a random moment, so many as they run.

    Gives whether each was still running. One that was not tells how long a run takes.
    """
    moments, hit = random.Random(SEED), 0
    while hit < count:
        begun, process = time.monotonic(), forked(function, *arguments)
        process.join(moments.uniform(0, seconds))
        hit += (running := process.is_alive())
        seconds = seconds if running else time.monotonic() - begun
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.join()
        yield running
