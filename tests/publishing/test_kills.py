"""SIGKILL at seeded random moments: the earlier state or the new one, nothing torn."""

import itertools
import os
import random
import signal
import subprocess
import sys
import time

import pytest
from killed import SEED, command, killed, seconds_of, swap
from published import snapshot
from traces import MARK, left_behind, processes_of, until

from vinhloc.review.manifest import verify

BUILDS, SWAPS, REVIEWS = (200, 200, 200) if os.environ.get("SOAK") else (20, 40, 4)
pytestmark = [
    pytest.mark.costly("kills many runs"),
    pytest.mark.skipif(
        not sys.platform.startswith("linux"), reason="forks and signals of Linux"
    ),
]


def test_build_never_leaves_a_torn_table(folder, tmp_path):
    out = tmp_path / "processed"
    run = (command, "build", "--data", folder, "--out", out)
    seconds_of(*run)  # with the server's own start
    seconds = seconds_of(*run)
    whole = snapshot(out)
    assert len(whole) == 8
    for _alive in killed(seconds, BUILDS, *run):
        found = {n: b for n, b in snapshot(out).items() if not n.startswith(".build-")}
        assert found == whole
    assert seconds_of(*run)
    assert snapshot(out) == whole


def test_a_swap_of_two_editions_is_never_half_done(tmp_path):
    texts = ("old", "new")
    for text in texts:
        (tmp_path / text).mkdir()
        (tmp_path / text / "index.html").write_text(text)
    for _alive in killed(0.02, SWAPS, swap, tmp_path / "old", tmp_path / "new"):
        read = {(tmp_path / name / "index.html").read_text() for name in texts}
        assert read == set(texts)


REVIEW = """
import sys
from pathlib import Path
from vinhloc.review.request import Request
from vinhloc.review.run import run_review

if __name__ == "__main__":
    folder, out, notebook = map(Path, sys.argv[1:])
    formats = ("html", "xlsx")
    run_review(Request(folder, out, year=2026, formats=formats, only=[notebook]))
"""


@pytest.fixture
def review(tmp_path, folder, out, notebook):
    """Return a function that starts a review; each time its notebook is another."""
    script = tmp_path / "review.py"
    script.write_text(REVIEW)

    def start(turn: int) -> subprocess.Popen:
        path = notebook("import vinhloc as vl", "vl.load(data)", f"{turn}")
        arguments = [sys.executable, script, folder, out, path]
        marked = os.environ | {MARK: str(out)}
        return subprocess.Popen(arguments, stderr=subprocess.PIPE, env=marked)

    return start


def test_a_killed_review_leaves_the_earlier_report_and_no_kernel(review, folder, out):
    begun = time.monotonic()
    process = review(0)
    assert process.wait() == 0, process.stderr.read().decode()
    seconds = time.monotonic() - begun
    moments, hit, turns = random.Random(SEED), 0, itertools.count(1)
    while hit < REVIEWS:
        begun, process = time.monotonic(), review(next(turns))
        try:
            process.wait(moments.uniform(0.1, seconds))
            seconds = time.monotonic() - begun  # which is what a run takes now
        except subprocess.TimeoutExpired:
            hit += 1
            process.send_signal(signal.SIGKILL)
            process.wait()
        changed = [said for said in verify(out / "2026", folder) if "báo cáo" in said]
        assert changed == []
        until(lambda: not processes_of(str(out)))
    process = review(0)
    assert process.wait() == 0, process.stderr.read().decode()
    assert left_behind(out) == []
