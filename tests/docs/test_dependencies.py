"""docs/dependencies.md names every direct dependency, with its own licence."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from licences import ROOT, declared, licence

PAGE = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
ROW = re.compile(r"^\| ([\w.-]+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
ROWS = {name: texts for name, *texts in ROW.findall(PAGE)}
# Comes with ipykernel, which is declared.
WITHIN = {"ipython"}


def test_every_direct_dependency_stands_on_the_page_once():
    names = [row[0] for row in ROW.findall(PAGE) if row[0] != "Package"]
    assert sorted(names) == sorted(declared())


def test_each_licence_is_the_one_that_the_package_states():
    stated = {name: licence(name) for name in declared()}
    installed = {name for name, found in stated.items() if found}
    assert len(installed) > 35
    told = {name: ROWS[name][1] for name in installed}
    assert told == {name: stated[name] for name in installed}


def test_what_the_library_imports_is_declared():
    packages, known = packages_distributions(), {name.lower() for name in declared()}
    imported = {
        name.partition(".")[0]
        for path in (ROOT / "vinhloc").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in names_in(node)
    }
    others = imported - sys.stdlib_module_names - {"vinhloc"}
    missing = {
        name
        for name in others
        if not {p.lower().replace("_", "-") for p in packages.get(name, [name])}
        & (known | WITHIN)
    }
    assert "pandas" in others
    assert missing == set()


def names_in(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module] if node.module and not node.level else []
    return (
        [alias.name for alias in getattr(node, "names", [])]
        if isinstance(node, ast.Import)
        else []
    )
