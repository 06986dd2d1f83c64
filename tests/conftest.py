"""What every test can use: frames written as CSV, and tests that need programs."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from functools import cache
from io import StringIO
from pathlib import Path
from textwrap import dedent

import nbformat
import pandas as pd
import pytest

# Program -> the Debian package that has it. .ci/run installs those that tests name.
PACKAGES = {
    "chromium": "chromium",
    "cron": "cron",
    "faketime": "faketime",
    "git": "git",
    "ip": "iproute2",
    "java": "default-jre-headless",
    "lowriter": "libreoffice-writer",
    "make": "make",
    "pdffonts": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "pdftotext": "poppler-utils",
    "root": "",  # no package: the user who may mount and be cron
    "systemd-analyze": "systemd",
    "soffice": "libreoffice-calc",
    "taskset": "util-linux",
    "unshare": "util-linux",
    "uno": "python3-uno",  # a module of the system's own Python
}
PARAMETERS = 'year = 0\ndata = ""\nlang = "vi"\nas_of = ""'
# What npm installs here from tests/package.json: program -> its file.
NODE = Path(__file__).parent / "node_modules"
FROM_NPM = {
    "axe": NODE / "axe-core" / "axe.min.js",
    "vnu": NODE / "vnu-jar" / "build" / "dist" / "vnu.jar",
}
NPM_INSTALL = (
    "npm install --prefix tests --no-package-lock --no-audit --no-fund --ignore-scripts"
)


TESTS = Path(__file__).parent
sys.path[:0] = map(str, (TESTS, TESTS.parent / "tools"))  # for tests/published.py

# No test, and no Python that a test starts, connects to anything but this computer.
LOG = None  # of this run; its workers write into it
NO_NET = Path(__file__).parent / "attacks" / "nonet"
if NO_NET.is_dir():  # a copy of this file serves tests/style/test_system_marker.py
    sys.path.insert(0, str(NO_NET))
    paths = [str(NO_NET), os.environ.get("PYTHONPATH")]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    if "LOOPBACK_LOG" not in os.environ:
        LOG = Path(tempfile.mkdtemp(prefix="loopback-"), "log")
        os.environ["LOOPBACK_LOG"] = str(LOG)
    import loopback

    loopback.watch()


@pytest.fixture(scope="session")
def reviews(tmp_path_factory):
    """Return what publishes each review once, whichever worker asks first."""
    from published import Reviews

    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "reviews"
    folder.mkdir(exist_ok=True)
    return Reviews(folder)


@pytest.fixture(scope="session")
def from_npm():
    """Return where each program from npm is."""
    return FROM_NPM


@pytest.fixture(scope="session")
def frame():
    """Return a function from indented CSV text to a frame; options as in read_csv."""

    def read(text: str, **options) -> pd.DataFrame:
        return pd.read_csv(StringIO(dedent(text)), skipinitialspace=True, **options)

    return read


@pytest.fixture
def notebook(tmp_path):
    """Return a function that writes a small notebook with these cells."""

    def write(*sources: str) -> Path:
        made = nbformat.v4.new_notebook()
        spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        made.metadata["kernelspec"] = spec
        parameters = nbformat.v4.new_code_cell(PARAMETERS)
        parameters.metadata["tags"] = ["parameters"]
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        made.cells = [nbformat.v4.new_markdown_cell("# Thử"), parameters, *cells]
        path = tmp_path / "00_only.ipynb"
        nbformat.write(made, path)
        return path

    return write


@pytest.fixture(scope="module")
def browser():
    """Return Debian's Chromium for the tests of pages."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=flags
        )
        yield browser
        browser.close()


def pytest_runtest_setup(item):
    """Skip a test whose programs are not on this computer; in CI, fail it."""
    programs = [name for mark in item.iter_markers("system") for name in mark.args]
    known = {**PACKAGES, **FROM_NPM}
    if unknown := [name for name in programs if name not in known]:
        pytest.fail(f"not in PACKAGES of tests/conftest.py: {unknown}", pytrace=False)
    missing = [name for name in programs if not is_here(name)]
    if not missing:
        return
    reason = "needs " + ", ".join(map(how_to_install, missing))
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(f"{reason} (in CI a missing program is a failure)", pytrace=False)
    item.user_properties += [("missing program", name) for name in missing]
    pytest.skip(reason)


@cache
def is_here(program):
    """Tell whether a program can be run here."""
    if program in FROM_NPM:
        return FROM_NPM[program].exists()
    if program == "root":
        return hasattr(os, "geteuid") and os.geteuid() == 0
    if program != "uno":
        return bool(shutil.which(program))
    command = ["/usr/bin/python3", "-c", "import uno"]
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def pytest_sessionfinish(session):
    """Fail the run where anything tried to connect elsewhere, even if it coped."""
    if LOG and LOG.exists():
        tried = LOG.read_text("utf-8")
        print(f"\nconnections to elsewhere were tried:\n{tried}", file=sys.stderr)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    if LOG:
        shutil.rmtree(LOG.parent)


def pytest_terminal_summary(terminalreporter):
    """Say at the end what could not run, and the package to install for it."""
    missing = Counter(
        value
        # The properties travel with the reports of pytest-xdist's workers.
        for report in terminalreporter.getreports("skipped")
        for key, value in report.user_properties
        if key == "missing program"
    )
    if missing:
        terminalreporter.section("could not run here")
    for name, count in sorted(missing.items()):
        tests = "1 test needs" if count == 1 else f"{count} tests need"
        terminalreporter.line(f"{tests} {how_to_install(name)}")


def how_to_install(program):
    """Return the program and the command that installs it."""
    if program in FROM_NPM:
        return f"{program}: {NPM_INSTALL}"
    if program == "root":
        return "root: run the tests as root"
    return f"{program}: apt install {PACKAGES[program]}"
