"""SIGKILL while a workbook comes in: all of it counts, or nothing does."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from killed import command, killed, seconds_of
from published import snapshot

from vinhloc.data.loading import load

COUNT = 200 if os.environ.get("SOAK") else 20
pytestmark = [
    pytest.mark.costly("kills many runs"),
    pytest.mark.skipif(
        not sys.platform.startswith("linux"), reason="forks and signals of Linux"
    ),
]


DECEMBER = {"as_of": "15/12/2024", "vintage": "ước", "source": "215/BC-UBND"}
ENTRIES = {
    "rice_area": {"actual": "297,7"},
    "rice_output": {"actual": "1.810", "cause": "Mưa lũ."},
}


@pytest.fixture
def filled(form, fill, tmp_path):
    return fill(form, ENTRIES, tmp_path / "da-dien.xlsx", **DECEMBER)


def whole_files(folder: Path) -> dict[str, bytes]:
    """Return the files that stand in a folder, without the drafts of dead processes."""
    files = snapshot(folder)
    return {name: files[name] for name in files if not Path(name).name.startswith(".")}


def test_a_killed_import_leaves_every_file_whole_or_absent(programme, filled, tmp_path):
    before = whole_files(programme)
    kept = shutil.copytree(programme, tmp_path / "kept")
    run = (command, "import", filled, "--data", programme)
    seconds_of(*run)  # with the server's own start
    after = whole_files(programme)
    added = after.keys() - before.keys()
    (figures,) = [name for name in added if name.startswith("actuals/")]

    def reset():
        shutil.rmtree(programme)
        shutil.copytree(kept, programme)

    reset()
    seconds = seconds_of(*run)
    torn = 0
    reset()
    for _alive in killed(seconds, COUNT, *run):
        found = whole_files(programme)
        torn += any(found[name] != after[name] for name in found)
        if figures in found:
            assert found == after
            reset()
    assert torn == 0
    seconds_of(*run)
    assert whole_files(programme) == after
    assert len(load(programme).actuals) > len(load(kept).actuals)
