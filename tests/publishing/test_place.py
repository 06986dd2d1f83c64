"""An edition takes its place in one step: readers see the old one or the new one."""

import json
import os
import subprocess
import sys
import time

import pytest
from published import vinhloc

from vinhloc.review import place
from vinhloc.review.place import Busy, locked, put_in_place, staged


def edition(folder, text):
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("index.html", "economy.html"):
        (folder / name).write_text(text)
    return folder


def text_of(folder):
    """Return the one text of an edition that is whole."""
    (text,) = {path.read_text() for path in sorted(folder.iterdir())}
    assert len(list(folder.iterdir())) == 2
    return text


@pytest.fixture(params=["exchange", "two renames"])
def way(request, monkeypatch):
    if request.param == "two renames":
        monkeypatch.setattr(place, "_exchanged", lambda one, other: False)
    return request.param


def test_the_new_edition_stands_in_the_place_of_the_old_one(out, way):
    target = edition(out / "2023", "old")
    with locked(target), staged(target) as staging:
        put_in_place(edition(staging, "new"), target)
        assert text_of(target) == "new"
    assert sorted(path.name for path in out.iterdir()) == [".lock-2023", "2023"]


def test_a_first_edition_needs_no_other(out, way):
    with locked(out / "2023"), staged(out / "2023") as staging:
        put_in_place(edition(staging, "new"), out / "2023")
    assert text_of(out / "2023") == "new"


class Killed(BaseException):
    """Ends a run as a signal would: nothing after it is done."""


@pytest.mark.parametrize("step", range(8))
def test_a_run_cut_short_between_its_renames_is_completed_by_the_next(
    out, step, monkeypatch
):
    target = edition(out / "2023", "old")
    monkeypatch.setattr(place, "_exchanged", lambda one, other: False)
    staging = edition(out / ".staging-2023-abc", "new")
    calls, seen = iter(range(99)), []

    def cut(function):
        def maybe(*arguments):
            if next(calls) == step:
                raise Killed
            seen.append(function.__name__)
            return function(*arguments)

        return maybe

    with monkeypatch.context() as cutting:
        for name in ("rename", "replace"):
            cutting.setattr(place.os, name, cut(getattr(os, name)))
        cutting.setattr(place.Path, "unlink", cut(place.Path.unlink))
        try:
            place.put_in_place(staging, target)
        except Killed:
            assert len(seen) == step
    with locked(target):
        assert text_of(target) in ("old", "new")
    assert sorted(path.name for path in out.iterdir()) == [".lock-2023", "2023"]


def test_a_second_run_is_told_who_has_the_edition(out):
    busy = pytest.raises(Busy, match=f"pid {os.getpid()}")
    with locked(out / "2023"), busy, locked(out / "2023"):
        pytest.fail("two runs hold one edition")
    with locked(out / "2023"), locked(out / "2023-en"):
        pass


HOLD = """
import sys
from pathlib import Path
from vinhloc.review.place import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held():
    """Return a function that has another process hold an edition until it is told."""
    started = []

    def hold(target):
        command = [sys.executable, "-c", HOLD, str(target)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        process = subprocess.Popen(command, **pipes, text=True)
        started.append(process)
        assert process.stdout.readline() == "held\n"
        return process

    yield hold
    for process in started:
        process.kill()
        process.communicate()


def test_a_busy_edition_gives_exit_code_4_and_the_holder(folder, out, held, tmp_path):
    other = held(out / "2026")
    note = tmp_path / "notes" / "review.json"
    options = ["--data", folder, "--format", "xlsx", "--out", out]
    done = vinhloc("review", *options, "--notify-file", note)
    assert done.returncode == 4
    assert f"pid {other.pid}" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    result = json.loads(note.read_text("utf-8"))
    assert (result["result"], result["exit_code"]) == ("busy", 4)


def test_who_waits_gets_the_edition_when_it_is_free(out, held, monkeypatch):
    other = held(out / "2023")
    waits = []

    def ended_meanwhile(seconds):
        waits.append(seconds)
        other.communicate("")

    monkeypatch.setattr(time, "sleep", ended_meanwhile)
    with locked(out / "2023", wait=600):
        assert len(waits) == 1


def test_what_a_dead_run_left_is_cleared_by_the_next_and_nothing_else(out, held):
    other = held(out / "2023")
    other.kill()
    other.wait()
    edition(out / ".staging-2023-abc", "half")
    edition(out / ".staging-2023-en-abc", "another edition's")
    with locked(out / "2023"):
        pass
    left = sorted(path.name for path in out.iterdir())
    assert left == [".lock-2023", ".staging-2023-en-abc"]
