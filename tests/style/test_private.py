"""What is private stays private: of other packages, and of frozen objects of ours."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "vinhloc"
BORROWED = PACKAGE / "review" / "borrowed.py"
TREES = {path: ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py")}
# Documented by Python in spite of the underscore.
PROMISED = {"_asdict", "_exit", "_fields", "_make", "_replace"}
each_module = pytest.mark.parametrize(
    "path", TREES, ids=lambda path: path.relative_to(PACKAGE).as_posix()
)


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__") and name != "_"


def ours() -> set[str]:
    """Return the private names that the package itself defines or sets."""
    found = set()
    for tree in TREES.values():
        for node in ast.walk(tree):
            match node:
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                    found.add(name)
                case ast.Name(id=name, ctx=ast.Store()):
                    found.add(name)
                case ast.Attribute(ast.Name("self"), name, ast.Store()):
                    found.add(name)
    return found


OURS = ours() | PROMISED


@each_module
def test_private_parts_of_other_packages_are_used_in_one_module_only(path):
    private = []
    for node in ast.walk(TREES[path]):
        match node:
            case ast.Attribute(attr=name) if is_private(name) and name not in OURS:
                private.append(f"line {node.lineno}: .{name}")
            case ast.ImportFrom(module=module) if module:
                names = [*module.split("."), *(name.name for name in node.names)]
                own = module.startswith("vinhloc")
                private += [n for n in names if is_private(n) and not own]
            case ast.Import(names=names):
                parts = [part for name in names for part in name.name.split(".")]
                private += filter(is_private, parts)
            case ast.Call(ast.Name("getattr"), [_, ast.Constant(str(name)), *_]):
                private += filter(is_private, [name])
    assert path == BORROWED or private == []


@each_module
def test_no_object_is_written_around_its_class(path):
    around = []
    for node in ast.walk(TREES[path]):
        match node:
            case (
                ast.Call(ast.Attribute(ast.Call(ast.Name("vars"))))
                | ast.Attribute(attr="__dict__")
            ):
                around.append(node.lineno)
            case ast.Subscript(
                ast.Call(ast.Name("vars")), ctx=ast.Store() | ast.Del()
            ) | ast.Attribute(ast.Name("object"), "__setattr__"):
                around.append(node.lineno)
    assert around == []
