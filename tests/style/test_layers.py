"""The house: rooms on floors, each entered by its face, modules that one can read."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "vinhloc"
ROOMS = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p.name != "__init__.py")
each_module = pytest.mark.parametrize(
    "path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix()
)


def test_no_room_imports_from_one_above_and_nothing_stands_in_a_circle():
    # The floors are [tool.importlinter] in pyproject.toml.
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@each_module
def test_another_room_is_entered_by_its_face(path):
    own = path.relative_to(PACKAGE).parts[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("vinh"):
            room, *inside = node.module.split(".")[1:] or [None]
            behind = (PACKAGE / room / "/".join(inside)).is_dir() if room else True
            assert room == own or behind, f"{node.module}: import from vinhloc.{room}"


@pytest.mark.parametrize("face", sorted(PACKAGE.rglob("__init__.pyi")))
def test_a_face_offers_only_what_another_room_uses(face):
    ours = face.parent.relative_to(PACKAGE).as_posix().replace("/", ".")
    offered = {
        (alias.name, node.module)
        for node in ast.parse(face.read_text("utf-8")).body
        for alias in node.names
    }
    if face.parent == PACKAGE:
        import vinhloc

        assert {name for name, _module in offered} == set(vinhloc.__all__)
        return
    used = {"main"} if ours == "commands" else set()  # by the command itself
    for path in [*PACKAGE.rglob("*.py"), PACKAGE / "__init__.pyi"]:
        if path.parent != face.parent:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom):
                    dots = "." * node.level + (node.module or "")
                    if dots in (f"vinhloc.{ours}", f".{ours}"):
                        used |= {alias.name for alias in node.names}
    assert {name for name, _module in offered} == used


def test_no_module_is_called_by_a_word_that_says_nothing():
    banned = {"utils", "helpers", "common", "config", "misc"}
    assert not banned & {path.stem for path in MODULES}


def test_no_module_grows_beyond_three_hundred_lines():
    long = {p.name: n for p in MODULES if (n := len(p.read_text().splitlines())) > 300}
    assert not long


def test_a_room_has_as_many_modules_as_one_can_survey():
    many = {}
    for folder in {path.parent for path in MODULES}:
        own = [path for path in MODULES if path.parent == folder]
        many[folder.relative_to(PACKAGE).as_posix()] = len(own)
    assert {name: count for name, count in many.items() if count > 16} == {}
