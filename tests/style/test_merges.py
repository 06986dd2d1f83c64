"""A merge of frames states its keys and how many rows match on each side."""

import ast
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KEYS = [{"on"}, {"left_on", "right_on"}, {"left_index", "right_index"}]
KEYS += [{"left_on", "right_index"}, {"left_index", "right_on"}]


def sources():
    """Return place -> code of each module and each cell of a notebook."""
    found = {
        str(path.relative_to(ROOT)): path.read_text("utf-8")
        for path in sorted((ROOT / "vinhloc").rglob("*.py"))
    }
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for at, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"]):
            if cell["cell_type"] == "code":
                found[f"{path.name}[{at}]"] = "".join(cell["source"])
    return found


def unclear(code: str) -> list[str]:
    """Return the merges and joins of frames that leave keys or cardinality open.

    Texts, paths and threads join without these words, and the cells of a Word table
    merge with another cell of it; each row of a cross merge meets each.
    """
    found = []
    for call in ast.walk(ast.parse(code)):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        said = {word.arg: ast.unparse(word.value) for word in call.keywords}
        frames = call.func.attr == "merge" or (call.func.attr == "join" and said)
        with_cell = ".cells[" in ast.unparse(call.func.value)
        if not frames or with_cell or said.get("how") == "'cross'":
            continue
        if "validate" not in said or not any(keys <= said.keys() for keys in KEYS):
            found.append(ast.unparse(call))
    return found


@pytest.mark.parametrize(
    "code",
    [
        "a.merge(b)",
        "a.merge(b, on='x')",
        "a.merge(b, validate='m:1')",
        "pd.merge(a, b, left_on='x', validate='m:1')",
        "a.join(b, how='left')",
    ],
)
def test_a_merge_that_leaves_something_open_is_found(code):
    assert unclear(code) == [code]


@pytest.mark.parametrize(
    "code",
    [
        "a.merge(b, on='x', validate='m:1')",
        "pd.merge(a, b, left_on='x', right_index=True, validate='1:1')",
        "a.join(b, on='x', validate='m:1')",
        "a.merge(b, how='cross')",
        "', '.join(names)",
    ],
)
def test_a_merge_that_says_all_is_clear(code):
    assert unclear(code) == []


def test_every_merge_states_its_keys_and_its_cardinality():
    found = {
        place: calls for place, code in sources().items() if (calls := unclear(code))
    }
    assert not found
