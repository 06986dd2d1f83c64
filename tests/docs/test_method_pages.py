"""The pages of the methods: their sections, and their examples, run and compared."""

import doctest
import inspect
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import vinhloc as vl
from vinhloc.assess import assessment as assess
from vinhloc.data import sensitivity
from vinhloc.outlook import attention, open_sdg, pace, projection, schedule, split

ROOT = Path(__file__).parents[2]
INDEX = "README.md"
PAGES = sorted((ROOT / "docs" / "methods").glob("*.md"))
SECTIONS = [
    "What question it answers",
    "Formula",
    "Source",
    "Limits",
    "Worked example",
]
MODULES = (
    *(assess, attention, open_sdg, pace),
    *(projection, schedule, sensitivity, split),
)
# Used by the other modules, and no method of their own.
STEPS = {"ends_of", "reached", "rounded_parts", "value_and_path"}


@pytest.fixture(autouse=True)
def english_at_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)
    vl.use_language("en")
    yield
    vl.use_language("vi")


def each(pages):
    return pytest.mark.parametrize("page", pages, ids=lambda page: page.name)


of_a_method = each([page for page in PAGES if page.name != INDEX])


def examples(page: Path) -> doctest.DocTest:
    """Return all examples of a page as one test: they share their names."""
    names = {"vl": vl, "pd": pd, "np": np}
    text = page.read_text("utf-8")
    return doctest.DocTestParser().get_doctest(text, names, page.name, str(page), 0)


@of_a_method
def test_a_page_has_its_sections_in_order(page):
    lines = page.read_text("utf-8").splitlines()
    headings = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
    assert [name for name in headings if name in SECTIONS] == SECTIONS


@of_a_method
def test_a_worked_example_computes_something(page):
    text = page.read_text("utf-8").partition("## Worked example")[2]
    assert ">>> " in text.partition("\n## ")[0]
    assert any(example.want for example in examples(page).examples)


@each(PAGES)
def test_the_examples_of_a_page_print_what_it_says(page):
    said = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(examples(page), out=said.append)
    assert not runner.failures, "".join(said)


@each(PAGES)
def test_every_example_stands_in_a_block_of_python(page):
    blocks = page.read_text("utf-8").split("```")
    inside = [block for block in blocks[1::2] if block.startswith("python\n")]
    count = sum(block.count("\n>>> ") for block in inside)
    assert count == len(examples(page).examples)


def test_every_public_function_of_a_method_is_explained_on_a_page():
    methods = {
        name
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    text = "".join(page.read_text("utf-8") for page in PAGES if page.name != INDEX)
    named = {*re.findall(r"`(\w+)`", text), *re.findall(r"\b(\w+)\(", text)}
    assert sorted(methods - STEPS - named) == []


def test_the_index_links_to_every_page():
    text = (ROOT / "docs" / "methods" / INDEX).read_text("utf-8")
    missing = [page.name for page in PAGES if f"]({page.name})" not in text]
    assert missing == [INDEX]
