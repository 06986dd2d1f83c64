"""The projection, tested on the past: its range holds what the review claims."""

import importlib.util
from pathlib import Path

import pytest

from vinhloc.outlook import projection as outlook
from vinhloc.outlook.projection import WIDENING

pytestmark = pytest.mark.costly("projects every series on record")

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "methods" / "projection.md"
CLAIMED_COVERAGE = 80  # %: four times in five
ENOUGH = 50  # cases that a share can be read from
CASE = ["set", "figures", "ahead"]


@pytest.fixture(scope="module")
def projection():
    path = ROOT / "benchmarks" / "projection.py"
    spec = importlib.util.spec_from_file_location("projection", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def cases(projection):
    return projection.backtest(projection.series())


@pytest.fixture(scope="module")
def found(projection, cases):
    return projection.summary(cases)


def rows_of(markdown: str) -> list[list[str]]:
    """Return the cells of each row of a Markdown text's tables, rulers left out."""
    lines = [line for line in markdown.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if set("".join(row)) - set(":-")]


def test_the_page_prints_what_the_back_test_finds(projection, cases):
    text = PAGE.read_text("utf-8")
    part = text.partition("## The back-test")[2].partition("\n## ")[0]
    assert rows_of(part) == rows_of("\n".join(projection.tables(cases)))


def test_the_page_names_the_widening_and_the_claim():
    text = PAGE.read_text("utf-8")
    assert f"`WIDENING` = {WIDENING}" in text
    assert f"claims these {CLAIMED_COVERAGE} %" in text


def test_no_series_has_a_gap(projection):
    steps = projection.series().groupby(["set", "series"])["year"].diff().dropna()
    assert steps.eq(1).all()


def test_the_widened_range_holds_what_the_review_claims_in_each_set(found):
    assert found["cases"].ge(ENOUGH).all()
    assert found["widened"].ge(CLAIMED_COVERAGE).all(), found["widened"]


def test_it_does_for_each_number_of_figures_and_years_ahead(projection, cases):
    asked = cases["figures"].isin(projection.FIGURES)
    asked &= cases["ahead"].isin(projection.AHEAD)
    shares = cases[asked].groupby(CASE)["widened"].agg(["size", "mean"])
    read = shares.loc[shares["size"].ge(ENOUGH), "mean"]
    assert read.groupby("set").size().to_dict() == {"fertility": 6, "grunfeld": 6}
    assert read.ge(CLAIMED_COVERAGE / 100).all(), read


def test_the_nominal_range_holds_less_than_it_promises(found):
    assert found["nominal"].lt(95).all()


def test_a_lesser_widening_would_hold_less_than_claimed(projection, monkeypatch):
    monkeypatch.setattr(outlook, "WIDENING", WIDENING - 0.1)
    rows = projection.series().query("set == 'fertility'")
    tightest = projection.backtest(rows, figures=[4], ahead=[2])
    assert tightest["widened"].mean() < CLAIMED_COVERAGE / 100
