"""A test that is left to test-all says why, and leaves others of its area behind."""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
FILES = sorted(TESTS.glob("*/test_*.py"))
AREAS = sorted({path.parent.name for path in FILES})


def marks(nodes) -> list[ast.Call]:
    """Return each call of pytest.mark.costly in some pieces of code."""
    calls = (n for node in nodes for n in ast.walk(node) if isinstance(n, ast.Call))
    return [call for call in calls if ast.unparse(call.func) == "pytest.mark.costly"]


def costly_in(path: Path) -> tuple[int, int]:
    """Return how many tests a file has, and how many of them are costly."""
    tree = ast.parse(path.read_text("utf-8"))
    tests = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assigned = (node for node in tree.body if isinstance(node, ast.Assign))
    whole = [node for node in assigned if ast.unparse(node.targets[0]) == "pytestmark"]
    costly = [test for test in tests if marks(test.decorator_list)]
    return len(tests), len(tests if marks(whole) else costly)


def test_each_mark_says_why():
    for path in [*TESTS.glob("*/*.py"), *TESTS.glob("*.py")]:
        for call in marks([ast.parse(path.read_text("utf-8"))]):
            (reason,) = call.args
            assert len(ast.literal_eval(reason).split()) >= 2, path


@pytest.mark.parametrize("area", AREAS)
def test_each_area_is_tried_by_make_test_too(area):
    counts = [costly_in(path) for path in FILES if path.parent.name == area]
    every, costly = map(sum, zip(*counts, strict=True))
    assert costly < every
