"""What only some systems have is reached by no others, as mypy sees it."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.costly("mypy reads the library for three systems")

ROOT = Path(__file__).parents[2]
OPTIONS = ["--follow-imports=skip", "--ignore-missing-imports", "--check-untyped-defs"]


def lacking(platform: str, cache: Path, *files: str) -> list[str]:
    """Return the lines that name what a module of Python does not have there."""
    command = [sys.executable, "-m", "mypy", "--platform", platform, *OPTIONS]
    done = subprocess.run(
        [*command, "--cache-dir", cache, *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode in (0, 1)
    assert done.stderr == ""  # where mypy is missing, Python says so here
    lines = done.stdout.splitlines()
    return [line for line in lines if "Module has no attribute" in line]


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_every_name_of_python_that_is_used_exists_on(platform, tmp_path):
    assert lacking(platform, tmp_path, "vinhloc", "run.py") == []


def test_a_name_that_windows_lacks_would_be_seen(tmp_path):
    (tmp_path / "unguarded.py").write_text("import os\n\nos.setsid()\n")
    file = str(tmp_path / "unguarded.py")
    assert len(lacking("win32", tmp_path, file)) == 1
    assert lacking("linux", tmp_path, file) == []
