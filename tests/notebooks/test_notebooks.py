"""The source notebooks: they run at their defaults, and keep to the house's form."""

import re
from pathlib import Path

import nbformat
import pandas as pd
import papermill
import pytest
from published import but_first_costly, nbval

from vinhloc.review.request import theme_of

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PUBLISHED = [path for path in NOTEBOOKS if path.name < "90"]
THEMES = pd.read_csv(ROOT / "data" / "raw" / "themes.csv")["theme"].tolist()
every = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
every_published = pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)


def cells(path, kind=None):
    found = nbformat.read(path, as_version=4).cells
    return [cell for cell in found if kind in (None, cell.cell_type)]


def test_there_are_notebooks():
    assert {path.stem for path in PUBLISHED} >= {"00_overview", "01_agriculture"}


@pytest.mark.parametrize(
    "some", but_first_costly([NOTEBOOKS[:2], NOTEBOOKS[2:]]), ids=["first", "others"]
)
def test_every_source_notebook_runs_from_top_to_bottom(some):
    done = nbval("--nbval-lax", some)
    assert done.returncode == 0, done.stdout[-3000:]


@every
def test_a_source_notebook_is_stripped(path):
    for cell in cells(path, "code"):
        assert cell.outputs == []
        assert cell.execution_count is None
        assert set(cell.metadata) <= {"tags"}
    metadata = nbformat.read(path, as_version=4).metadata
    assert metadata.kernelspec.name == "python3"


@every_published
def test_its_parameters_are_the_review_s_and_each_has_a_comment(path):
    tags = [cell.metadata.get("tags", []) for cell in cells(path, "code")]
    assert tags.count(["parameters"]) == 1
    known = papermill.inspect_notebook(path)
    period = set() if path.name < "01" else {"period"}  # the overview is of a year
    theme = {"theme"} if path.stem[3:] in (*THEMES, "theme") else set()
    assert set(known) == {"year", "data", "lang", "as_of", "later"} | period | theme
    assert all(entry["help"] for entry in known.values())


@every
def test_no_cell_has_more_than_five_lines_a_definition_or_a_loop(path):
    for cell in cells(path, "code"):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        if "parameters" not in cell.metadata.get("tags", ()):
            assert len(lines) <= 5, cell.source
        for line in lines:
            assert not re.match(r"\s*(def|class|for|while)\b", line), line
            assert "lambda" not in line
            assert not re.search(r"\[.*\bfor\b.*\bin\b", line), line


@every
def test_prose_is_timeless_it_holds_no_figure(path):
    for cell in cells(path, "markdown"):
        assert not re.search(r"\d", cell.source), cell.source


@every
def test_the_first_cell_has_the_only_top_heading(path):
    first, *others = cells(path, "markdown")
    assert re.match(r"# \S", first.source)
    assert not any(re.match(r"# ", cell.source) for cell in others)


@every_published
def test_a_notebook_with_a_theme_reads_that_theme_only(path):
    code = "\n".join(cell.source for cell in cells(path, "code"))
    loads = re.findall(r"\bload\((.*)\)", code)
    own = path.stem[3:] in (*THEMES, "theme")
    theme, seen = ", theme=theme" if own else "", ", year=year, later=later"
    assert loads == [f"data, as_of=as_of{theme}{seen}"]
    assert theme_of(path) == (path.stem[3:] if path.stem[3:] in THEMES else "")


@every_published
def test_a_page_begins_with_its_answer_and_sources_come_last(path):
    code = [cell.source for cell in cells(path, "code")]
    answer = "say_coverage" if path.stem == "07_data_quality" else "say_balance"
    first = next(source for source in code if "vl.say_" in source)
    assert answer in first
    lists_sources = path.stem != "00_overview"  # it cites none
    assert ("table_of_sources" in code[-1]) == lists_sources


def test_each_themed_notebook_has_analysis_that_no_other_has():
    themed = [path for path in PUBLISHED if "01" <= path.name < "07"]
    analysis = {
        path: {c.source.replace(path.stem[3:], "THEME") for c in cells(path, "code")}
        for path in themed
    }
    for path, own in analysis.items():
        others = set().union(*(s for p, s in analysis.items() if p != path))
        assert len(own - others) >= 4, path.name
