"""Reviews published once a test run, shared by all of pytest's workers."""

import csv
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from filelock import FileLock

from vinhloc.review.server import NAME, start_server

ROOT = Path(__file__).resolve().parents[1]


def vinhloc(*arguments, cwd=ROOT, **environment) -> subprocess.CompletedProcess:
    """Run the command line as a user would; return the finished process.

    Where there are forks, it is one of the reviews' server, and imports what is ours
    anew: an import of pandas costs more than most commands. With variables or workers
    of its own, it starts anew: a fork waits for the workers that joblib keeps for the
    next call.
    """
    call = [*map(str, arguments)]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("VINHLOC")}
    workers = "--jobs" in call and call[call.index("--jobs") + 1] != "1"
    forks = "forkserver" in multiprocessing.get_all_start_methods()
    if forks and not environment and not workers:
        return _forked(call, cwd, inherited)
    return subprocess.run(
        [sys.executable, "-m", "vinhloc", *call],
        cwd=cwd,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def _forked(call: list[str], cwd: Path, variables) -> subprocess.CompletedProcess:
    # The one server that a process can have: with other imports, each part of a review
    # would import its own.
    server = start_server()
    with tempfile.TemporaryDirectory() as folder:
        said = [Path(folder, name) for name in ("out", "err")]
        process = server.Process(target=_run, args=(call, cwd, variables, said))
        process.start()
        process.join()
        told = [path.read_text("utf-8") for path in said]
    return subprocess.CompletedProcess(call, process.exitcode, *told)


def _run(call: list[str], cwd: Path, variables: dict, said: list[Path]) -> None:
    for number, path in enumerate(said, 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    sys.stdout, sys.stderr = (open(n, "w", closefd=False) for n in (1, 2))  # noqa: SIM115
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(variables)
    for name in [name for name in sys.modules if name.partition(".")[0] == "vinhloc"]:
        del sys.modules[name]
    from vinhloc.commands import main

    main(call)


def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have office files read in this process: a start costs more than the reading.

    The process of its own is tried in tests/unit/test_office_files.py.
    """
    from vinhloc.office.files import child, files

    def answer(_name, data):
        return child.answer(data, files.LIMITS)

    monkeypatch.setattr(files, "_answer", answer)


def nbval(kind: str, notebooks: list[Path]) -> subprocess.CompletedProcess:
    """Run notebooks as tests, on forked kernels where there are forks."""
    inherited = {k: v for k, v in os.environ.items() if "PYTEST" not in k}
    command = ["pytest", kind, "-q", "-p", "no:xdist", "-p", "no:cacheprovider"]
    return subprocess.run(
        [sys.executable, "-m", *command, *notebooks],
        cwd=ROOT,
        env=inherited | {"JUPYTER_DEFAULT_PROVISIONER_NAME": NAME},
        capture_output=True,
        text=True,
    )


# A review of the programme that has every kind of indicator; its figures are made up.
KINDS = ("--data", "tests/every_kind", "--year", "2027")


def but_first_costly(values: Iterable) -> list:
    """Return parameters of which all but the first are left to test-all."""
    first, *others = values
    mark = pytest.mark.costly("another edition")
    return [first, *(pytest.param(value, marks=mark) for value in others)]


def snapshot(folder: Path) -> dict[str, bytes]:
    files = (p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def pages_of(review: Path) -> list[Path]:
    """Return a review's pages: of indicators one of each kind, with SOAK=1 all.

    Of a kind it is the page that holds most.
    """
    pages = sorted(review.glob("*.html"))
    every = sorted((review / "indicators").glob("*.html"))
    if os.environ.get("SOAK"):
        return pages + every
    with (review / "assessment.csv").open(encoding="utf-8", newline="") as file:
        kinds = {row["indicator"]: row["over_term"] for row in csv.DictReader(file)}
    richest = sorted(every, key=lambda page: page.stat().st_size)
    return pages + sorted({kinds[page.stem]: page for page in richest}.values())


class Reviews:
    """Publishes a review when it is first asked for."""

    def __init__(self, folder: Path):
        self.folder = folder

    def published(self, *options: str) -> Path:
        """Return the folder of the review made with these options."""
        parts = [option.strip("-").replace("/", "_") for option in options]
        name = "-".join(parts) or "default"
        out = self.folder / name
        with FileLock(self.folder / f"{name}.lock"):
            if not out.exists():
                done = vinhloc("review", *options, "--out", out)
                assert done.returncode == 0, done.stderr
                (out / "last-line").write_text(done.stdout.splitlines()[-1])
            return Path((out / "last-line").read_text()).parent


class Made(dict):
    """Each value is made when it is first asked for."""

    def __init__(self, make: Callable):
        super().__init__()
        self._make = make

    def __missing__(self, name: str):
        self[name] = self._make(name)
        return self[name]
