"""One line of JSON on how a run ended, for whatever watches over it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from vinhloc.commands.console import faults_told
from vinhloc.data import check_outside, write_whole
from vinhloc.figures import BUSY, FAILED, INTERRUPTED, PROBLEM

RESULTS = {
    0: "done",
    PROBLEM: "faulty",
    FAILED: "failed",
    BUSY: "busy",
    INTERRUPTED: "interrupted",
}


@contextmanager
def notified(path: Path | None) -> Iterator[dict]:
    """Write how the run within ended to a file, whole or not at all; give its facts.

    Facts: time (UTC), result (RESULTS), exit_code, and what is added to the dict.
    Raises Fault for a file within a programme's data.
    """
    if path:
        check_outside(path)
    facts, code = {}, FAILED
    try:
        with faults_told():
            yield facts
        code = 0
    except click.exceptions.Exit as ended:
        code = ended.exit_code
        raise
    except (KeyboardInterrupt, click.Abort):
        code = INTERRUPTED
        raise
    finally:
        if path:
            now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            result = RESULTS.get(code, "failed")
            line = {"time": now, "result": result, "exit_code": code, **facts}
            text = json.dumps(line, ensure_ascii=False) + "\n"
            write_whole(path, text.encode())
