"""The package as others install it: whole, and enough for a review."""

import os
import subprocess
import sys
import zipfile

import pytest
from published import ROOT
from sao_mai import write_programme

pytestmark = pytest.mark.costly("builds the wheel and an environment for it")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a folder with the unpacked wheel, as an installation has it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, check=True, cwd=ROOT, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_reviews_any_programme_without_a_clone(installed, tmp_path):
    write_programme(tmp_path / "data" / "raw")
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("VINHLOC")}
    done = subprocess.run(
        [sys.executable, "-m", "vinhloc", "review", "--year", "2026"],
        cwd=tmp_path,
        env=inherited | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    review = tmp_path / "reports" / "2026"
    names = {path.name for path in review.iterdir()}
    assert {"index.html", "overview.html", "farming.html", "bao-cao.docx"} <= names
    assert {"bao-cao.pdf", "phu-luc.xlsx"} <= names
