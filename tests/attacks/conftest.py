"""The attacked programme, published once, whichever of pytest's workers asks first."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

sys.path.insert(0, str(Path(__file__).parent))  # for corpus.py, spoiled.py, live.py

from spoiled import YEAR, spoil

ALL = "html,docx,pdf,xlsx"


@dataclass(frozen=True)
class Attacked:
    """Where the attacked programme and all that was made of it stand."""

    folder: Path
    stands: dict[str, list[str]]  # attack -> the fields it stands in

    @property
    def data(self) -> Path:
        return self.folder / "data" / "raw" / "demo"

    @property
    def review(self) -> Path:
        return self.folder / "reports" / f"demo-{YEAR}"

    def files(self, pattern: str) -> list[Path]:
        """Return the files made of it, of both languages."""
        found = [
            path
            for place in ("reports", "processed", "forms")
            for path in sorted((self.folder / place).rglob(pattern))
        ]
        assert found, pattern
        return found


@pytest.fixture(scope="session")
def attacked(tmp_path_factory) -> Attacked:
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "attacked"
    with FileLock(shared / "attacked.lock"):
        stands = folder / "stands.json"
        if not stands.exists():
            folder.mkdir()
            found = {k: sorted(v) for k, v in spoil(folder).items()}
            publish(folder)
            stands.write_text(json.dumps(found), "utf-8")
        return Attacked(folder, json.loads(stands.read_text("utf-8")))


def publish(folder: Path) -> None:
    """Make all that is made of a programme: Vietnamese whole, of English the files."""
    review = ["review", "--year", YEAR, "--out", folder / "reports"]
    review += ["--signatory", "=1+1</w:t><script>", "--number", "{{7*7}}&F#eval"]
    english = ALL if os.environ.get("SOAK") else ALL.removeprefix("html,")
    for command in (
        [*review, "--format", ALL],
        [*review, "--lang", "en", "--format", english],
        ["build", "--out", folder / "processed"],
        ["form", "--year", YEAR, "--out", folder / "forms" / "form.xlsx"],
    ):
        call = [*command, "--data", folder / "data/raw/demo"]
        call = [*alone(folder), sys.executable, "-m", "vinhloc", *map(str, call)]
        done = subprocess.run(call, cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def alone(folder: Path) -> list[str]:
    """Return what runs a command in a network of its own, where the system has that.

    Nothing but the loopback is in it; what there is, is written to the file `links`.
    """
    shell = 'ip link set lo up && ip -brief link >>links && exec "$@"'
    command = ["unshare", "--map-root-user", "--net", "sh", "-c", shell, "sh"]
    try:
        able = not subprocess.run([*command, "true"], cwd=folder).returncode
    except OSError:
        able = False
    (folder / "links").touch()
    return command if able else []
