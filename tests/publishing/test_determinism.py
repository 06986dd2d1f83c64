"""The same inputs give the same bytes: another day, elsewhere, another computer."""

import os
import shutil
import subprocess
import sys

import pytest
from nation import nation, write_dataset
from published import ROOT, snapshot, vinhloc

pytestmark = pytest.mark.costly("publishes again, on another day and elsewhere")

# A year ahead, the other side of the world, one core, another order of hashing.
OTHER = {
    "TZ": "Pacific/Auckland",
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONHASHSEED": "7",
    "SOURCE_DATE_EPOCH": "86400",
}
OFFICE = ("bao-cao.docx", "bao-cao.pdf", "phu-luc.xlsx")
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


@pytest.fixture
def elsewhere(tmp_path):
    """Return another folder with the real programme and the demonstration."""
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "elsewhere" / "data" / "raw")
    return tmp_path / "elsewhere"


# Of one review every format; of others the annex in Excel.
REVIEWS = [
    ("--demo", "--year", "2023"),
    ("--year", "2022", "--format", "xlsx"),
    ("--demo", "--year", "2024", "--format", "xlsx"),
    ("--demo", "--term", "--lang", "en", "--format", "xlsx"),
]


@pytest.mark.system("faketime", "taskset")
@pytest.mark.parametrize("asked", REVIEWS, ids=" ".join)
def test_every_published_file_is_the_same_on_another_day_and_elsewhere(
    reviews, elsewhere, asked
):
    review = reviews.published(*asked)
    other_run(elsewhere, "review", *asked)
    here, there = snapshot(review), snapshot(elsewhere / "reports" / review.name)
    office = {"phu-luc.xlsx"} if "xlsx" in asked else {*OFFICE}
    assert here.keys() >= office
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []
    assert [name for name in here if str(ROOT).encode() in here[name]] == []


@pytest.mark.system("faketime", "taskset")
@pytest.mark.parametrize(
    ("command", "out", "one"),
    [
        ("build --data data/raw/demo", "processed", "assessment.parquet"),
        ("form --year 2024", "forms/bieu.xlsx", "bieu.xlsx"),
        ("roll-up dataset --year 2026", "reports", "roll-up-demo-2026/index.html"),
    ],
)
def test_what_another_command_writes_is_the_same_on_another_day_and_elsewhere(
    elsewhere, tmp_path, command, out, one
):
    here = tmp_path / "here"
    write_dataset(elsewhere / "dataset", *nation(40, (2026, 2027)))
    shutil.copytree(elsewhere, here)
    for folder in (here, elsewhere):
        (folder / "forms").mkdir()
    done = vinhloc(*command.split(), "--out", out, cwd=here)
    assert done.returncode == 0, done.stderr
    other_run(elsewhere, *command.split(), "--out", out)
    made = out.partition("/")[0]
    assert one in snapshot(here / made)
    assert snapshot(here / made) == snapshot(elsewhere / made)
