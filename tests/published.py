"""Reviews published once a test run, shared by all of pytest's workers."""

import os
import subprocess
import sys
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]


def vinhloc(*arguments, cwd=ROOT, **environment):
    """Run the command line as a user would; return the finished process."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("VINHLOC")}
    return subprocess.run(
        [sys.executable, "-m", "vinhloc", *map(str, arguments)],
        cwd=cwd,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


class Reviews:
    """Publishes a review when it is first asked for."""

    def __init__(self, folder: Path):
        self.folder = folder

    def published(self, *options: str) -> Path:
        """Return the folder of the review made with these options."""
        name = "-".join(option.strip("-") for option in options) or "default"
        out = self.folder / name
        with FileLock(self.folder / f"{name}.lock"):
            if not out.exists():
                done = vinhloc("review", *options, "--out", out)
                assert done.returncode == 0, done.stderr
                (out / "last-line").write_text(done.stdout.splitlines()[-1])
            return Path((out / "last-line").read_text()).parent
