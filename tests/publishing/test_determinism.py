"""The same inputs give the same bytes: another day, elsewhere, another computer."""

import os
import shutil
import subprocess
import sys

import pytest
from published import ROOT, snapshot

# A year ahead, the other side of the world, one core, another order of hashing.
OTHER = {
    "TZ": "Pacific/Auckland",
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONHASHSEED": "7",
    "SOURCE_DATE_EPOCH": "86400",
}
DEMO = ("--demo", "--year", "2023")
ELSEWHERE = ["faketime", "2031-03-04 05:06:07", "taskset", "--cpu-list", "0"]


def other_run(folder, *arguments):
    """Run a command in another folder, on another day."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("VINHLOC")}
    done = subprocess.run(
        [*ELSEWHERE, sys.executable, "-m", "vinhloc", *arguments],
        cwd=folder,
        env=inherited | OTHER,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.system("faketime", "taskset")
def test_every_published_file_is_the_same_on_another_day_and_elsewhere(
    reviews, tmp_path
):
    here = snapshot(reviews.published(*DEMO))
    folder = tmp_path / "elsewhere"
    shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw")
    other_run(folder, "review", *DEMO)
    there = snapshot(next(folder.glob("reports/demo-*")))
    assert {"bao-cao.docx", "bao-cao.pdf", "phu-luc.xlsx"} < here.keys()
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []


@pytest.mark.system("faketime", "taskset")
def test_every_table_is_the_same_on_another_day_and_elsewhere(folder, tmp_path):
    other_run(folder.parents[1], "build", "--out", tmp_path / "there")
    command = [sys.executable, "-m", "vinhloc", "build", "--data", folder]
    subprocess.run([*command, "--out", tmp_path / "here"], check=True)
    here, there = snapshot(tmp_path / "here"), snapshot(tmp_path / "there")
    assert "assessment.parquet" in here
    assert here == there
