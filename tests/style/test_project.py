"""Dependencies are declared once; every other file says the same."""

import json
import os
import re
import runpy
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUNTIME = PROJECT["project"]["dependencies"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
GROUPS = PROJECT["dependency-groups"]
DECLARED = {
    "requirements.txt": RUNTIME + GROUPS["editable"],
    "requirements-lab.txt": RUNTIME + GROUPS["editable"] + EXTRAS["lab"],
    "requirements-test.txt": RUNTIME + GROUPS["editable"] + EXTRAS["test"],
    "requirements-uv.txt": GROUPS["uv"],
}
TASKS = ["review", "test", "test-all", "lab", "lint", "lock", "soak"]


def lines(name):
    """Return the entries of a requirements file, each with its hashes on one line."""
    text = (ROOT / name).read_text("utf-8").replace("\\\n", "")
    return [line for line in text.splitlines() if not line.startswith("#")]


@cache
def pins(name):
    """Return the requirements in a file, without their hashes."""
    return [Requirement(line.partition("--hash")[0].strip()) for line in lines(name)]


def chosen(name, python, platform):
    """Return what a file installs on one kind of computer: package -> version."""
    computer = {
        "python_full_version": f"{python}.9",
        "python_version": python,
        "sys_platform": platform,
        "os_name": "nt" if platform == "win32" else "posix",
    }
    return {
        pin.name: str(pin.specifier)
        for pin in pins(name)
        if pin.marker is None or pin.marker.evaluate(computer)
    }


def test_every_requirements_file_is_one_that_run_py_makes():
    assert {path.name for path in ROOT.glob("requirements*.txt")} == set(DECLARED)


@pytest.mark.parametrize("name", DECLARED)
def test_every_declared_package_is_pinned_within_its_bounds(name):
    for declared in map(Requirement, DECLARED[name]):
        pinned = [pin for pin in pins(name) if pin.name == declared.name]
        assert pinned, f"{name} lacks {declared.name}: python run.py lock"
        for pin in pinned:
            version = re.fullmatch(r"==([^*,]+)", str(pin.specifier))
            assert version, f"{pin} is not one version"
            assert declared.specifier.contains(version[1]), f"{pin}, not {declared}"


@pytest.mark.parametrize("name", DECLARED)
def test_every_pin_has_hashes_and_no_address(name):
    for line in lines(name):
        assert "--hash=sha256:" in line, line
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links|file:| @ ", text)


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_requirements_files_agree(python, platform):
    runtime = chosen("requirements.txt", python, platform)
    lab = chosen("requirements-lab.txt", python, platform)
    test = chosen("requirements-test.txt", python, platform)
    assert runtime.items() <= lab.items()
    assert runtime.items() <= test.items()
    assert {name: lab.get(name, test[name]) for name in test} == test


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_jupyterlab_stays_out_of_what_review_imports(name):
    # rfc3987-syntax, which comes with jupyterlab, slows every import of nbformat.
    assert not {"jupyterlab", "rfc3987-syntax"} & {pin.name for pin in pins(name)}


def test_build_backend_is_in_every_set():
    (backend,) = map(Requirement, PROJECT["build-system"]["requires"])
    assert backend in map(Requirement, GROUPS["editable"])


def test_conda_users_get_the_same_packages():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    assert environment["name"] == PROJECT["project"]["name"]
    *conda, pip = environment["dependencies"]
    assert pip == {"pip": ["-r requirements-lab.txt"]}
    python = next(entry for entry in conda if entry.startswith("python="))
    supported = Requirement("python" + PROJECT["project"]["requires-python"])
    assert supported.specifier.contains(python.removeprefix("python="))


def test_run_py_asks_for_the_python_that_the_project_needs():
    run_py = runpy.run_path(str(ROOT / "run.py"))
    minimum = ".".join(map(str, run_py["MINIMUM"]))
    assert PROJECT["project"]["requires-python"] == f">={minimum}"
    assert PROJECT["tool"]["ruff"]["target-version"] == "py" + minimum.replace(".", "")


@pytest.mark.system("make")
@pytest.mark.parametrize("task", TASKS)
def test_make_calls_run_py(task):
    made = subprocess.run(
        ["make", "--dry-run", task, "ARGS=--one 2"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},  # not the variables of an outer make
        capture_output=True,
        text=True,
        check=True,
    )
    assert made.stdout.split() == ["python3", "run.py", task, "--one", "2"]


def test_run_py_says_what_it_knows():
    command = [sys.executable, "run.py", "--help"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert re.findall(r"python run\.py ([\w-]+)", said.stdout) == TASKS
    assert list(runpy.run_path(str(ROOT / "run.py"))["TASKS"]) == TASKS


@pytest.mark.parametrize("encoding", ["cp1252", "cp1258", "ascii"])
def test_run_py_speaks_vietnamese_on_an_old_console(encoding):
    said = subprocess.run(
        [sys.executable, "run.py", "no-such-task"],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": f"{encoding}:strict"},
        capture_output=True,
    )
    assert said.returncode == 2
    assert "Không có lệnh no-such-task" in said.stderr.decode()


def test_no_lock_file_with_addresses():
    names = ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "package-lock.json")
    places = (ROOT, ROOT / "tests")
    assert not [name for at in places for name in names if (at / name).exists()]


def test_what_npm_installs_for_the_tests_is_pinned():
    package = json.loads((ROOT / "tests" / "package.json").read_text("utf-8"))
    for name, version in package["devDependencies"].items():
        assert re.fullmatch(r"\d+(\.\d+)+", version), name


def test_checksums_are_the_same_on_windows():
    attributes = (ROOT / ".gitattributes").read_text("utf-8").splitlines()
    assert "* text=auto eol=lf" in attributes
