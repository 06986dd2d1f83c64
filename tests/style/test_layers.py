"""Data flow one way: no module imports one that stands further down."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "vinhloc"
# Each layer may import from itself and from those before it.
LAYERS = [
    {"language", "hashes", "disk", "surroundings", "unseen"},
    {"dates", "folder"},
    {"words", "identity", "catalogue"},
    {"units", "numerals", "writing"},
    {"amounts", "refusals"},
    {"phrases", "shares"},
    {"reading"},
    {"columns"},
    {"figures"},
    {"verdicts"},
    {"problems"},
    {"intake"},
    {"contracts", "files", "stated"},
    {"programme", "actuals"},
    {"yearly"},
    {"term", "latest"},
    {"assess", "national", "open_sdg"},
    {"outlook", "split", "attention"},
    {"questions", "theme"},
    {"data"},
    {"loading"},
    {"rows", "check", "processed", "demo"},
    {"sensitivity"},
    {"table"},
    {"standing"},
    {"tables", "chart"},
    {"chart_key", "chart_points"},
    {"tables_quality", "tables_sources", "tables_split", "tables_years"},
    {"tables_outlook"},
    {"tables_attention"},
    {"chart_balance", "chart_grid", "chart_series", "chart_split"},
    {"chart_events"},
    {"prose"},
    {"prose_indicator", "prose_notes", "prose_outlook", "prose_targets"},
    {"picklists"},
    {"forms"},
    {"review"},
    {"collection"},
    {"console"},
    {"notify"},
    {"cli_collection", "cli_office", "cli_review"},
    {"cli"},
    {"__main__"},
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p.name != "__init__.py")


def imported(path: Path) -> set[str]:
    """Return the modules of the package that a file imports when it is imported."""
    tree = ast.parse(path.read_text("utf-8"))
    only_types = [
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.dump(block.test)
        for node in ast.walk(block)
    ]
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node not in only_types:
            parts = (node.module or "").split(".")
            if parts[0] == "vinhloc":
                found |= {parts[1]} if parts[1:] else {a.name for a in node.names}
    return found


@pytest.mark.parametrize(
    "path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix()
)
def test_no_module_imports_a_later_one(path):
    name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert name in RANK, f"{name}: give it a place in LAYERS"
    late = {other for other in imported(path) if RANK[other] > RANK[name]}
    assert not late or name == "language", late


def test_no_module_is_called_by_a_word_that_says_nothing():
    banned = {"utils", "helpers", "common", "config", "misc"}
    assert not banned & {path.stem for path in MODULES}


def test_no_module_grows_beyond_three_hundred_lines():
    long = {p.name: n for p in MODULES if (n := len(p.read_text().splitlines())) > 300}
    assert not long
