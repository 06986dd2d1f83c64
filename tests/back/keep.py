"""Keep a published review for the back-test: python tests/back/keep.py 2022 2026-11-26.

Of the real data, as of a day that lies behind: later figures do not change it.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def main(year: str, day: str) -> None:
    with tempfile.TemporaryDirectory() as out:
        command = ["review", "--year", year, "--as-of", day, "--format", "html"]
        subprocess.run(
            [sys.executable, "-m", "vinhloc", *command, "--lang", "vi", "--out", out],
            check=True,
            cwd=ROOT,
        )
        published, kept = Path(out, year), HERE / year
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir()
        for path in (*published.glob("*.ipynb"), published / "assessment.csv"):
            shutil.copy(path, kept)
        shutil.copy(published / "manifest.json", kept)


if __name__ == "__main__":
    main(*sys.argv[1:])
