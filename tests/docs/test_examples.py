"""The examples in the docstrings of the public functions, run and compared."""

import doctest
import inspect
from pathlib import Path

import ipywidgets
import numpy as np
import pandas as pd
import pytest

import vinhloc as vl
from vinhloc import figures

ROOT = Path(__file__).parents[2]
# Of the face of figures: those that read and write them; the others serve the rooms.
FIGURES = {"vinhloc.figures.number_cells", "vinhloc.figures.reading"}
FIGURES |= {"vinhloc.figures.writing"}
PUBLIC = {
    f"{module.__name__}.{name}": function
    for module in (vl, figures)
    for name in module.__all__
    if inspect.isfunction(function := getattr(module, name))
    and (module is vl or function.__module__ in FIGURES)
}
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS

of_each_function = pytest.mark.parametrize("name", PUBLIC)


class Checker(doctest.OutputChecker):
    """Takes a space that does not break for a space, as a reader does."""

    def check_output(self, want, got, optionflags):
        return super().check_output(want, got.replace("\u00a0", " "), optionflags)


@pytest.fixture(scope="session")
def data():
    return vl.load(ROOT / "data" / "raw" / "demo")


@pytest.fixture(autouse=True)
def vietnamese_at_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)
    # Outside a notebook a view would print itself into the example.
    view = ipywidgets.Output()
    monkeypatch.setattr(ipywidgets, "interactive_output", lambda *_: view)
    vl.use_language("vi")
    yield
    vl.use_language("vi")


def example_of(name, **names):
    """Return the examples in a function's docstring as one test, maybe an empty one."""
    names = {"vl": vl, "pd": pd, "np": np, **names}
    finder = doctest.DocTestFinder(recurse=False, exclude_empty=False)
    (found,) = finder.find(PUBLIC[name], name, globs=names)
    return found


@of_each_function
def test_the_docstring_of_a_public_function_has_an_example_that_calls_it(name):
    steps = example_of(name).examples
    call = f"{name.rpartition('.')[2]}("
    assert any(call in step.source for step in steps)
    assert any(step.want for step in steps)


@of_each_function
def test_the_example_of_a_public_function_gives_what_it_says(name, data):
    said = []
    runner = doctest.DocTestRunner(Checker(), verbose=False, optionflags=FLAGS)
    runner.run(example_of(name, data=data), out=said.append)
    assert not runner.failures, "".join(said)
