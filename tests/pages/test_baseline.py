"""Where the baseline year has no figures, each page says so once, and what it costs."""

import re
import shutil
from pathlib import Path

import pytest
from cells import page_of
from published import ROOT

import vinhloc as vl
from vinhloc.outlook import add_projection
from vinhloc.review.pages import html, index_page
from vinhloc.review.pages.indicators import indicator_pages
from vinhloc.review.paper import build_report, official_facts
from vinhloc.review.paper.blocks import Paragraph
from vinhloc.review.view import View

KINDS = ROOT / "tests" / "every_kind"
# A level with a last target has a path from the baseline year on.
LEVELS = ["rice_area", "rice_yield", "rice_output", "income", "poor_rate"]
LEVELS += ["clean_water"]
COST = "nên lộ trình, tốc độ và khả năng đạt"
SAID = "chưa có số liệu năm gốc 2025"


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    """Return the programme of every kind of indicator without its baseline figures."""
    folder = Path(shutil.copytree(KINDS, tmp_path_factory.mktemp("no") / "kinds"))
    (folder / "actuals" / "2025.csv").unlink()
    return folder


def text_of(page: str) -> str:
    """Return the words of a page, without the titles of its charts and tables."""
    page = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00a0", " ").split())


def pages_of(folder: Path) -> dict[str, str]:
    """Return the pages of a review of 2027: those of notebooks, the front page."""
    view = View(vl.load(folder), 2027)
    found = {"index": index_page(view, html.page_values(view, {}, "index"))}
    for theme in ("farming", "living"):
        found[theme] = page_of(folder, 2027, theme)
    for name in ("00_overview", "07_data_quality", "80_end_of_term"):
        found[name] = page_of(folder, 2027, name=f"{name}.ipynb")
    return {name: text_of(page) for name, page in found.items()}


def test_each_page_says_once_what_is_lacking_and_what_it_costs(without):
    counts = {"farming": 3, "living": 3}
    for name, text in pages_of(without).items():
        said = f"{counts.get(name, 6)} chỉ tiêu {SAID}, {COST}"
        assert text.count(said) == 1, name
        assert len(re.findall(r"năm gốc 2025", text)) == 1, name


@pytest.mark.costly("the pages of another programme")
def test_no_page_says_so_where_the_baseline_has_its_figures():
    for name, text in pages_of(KINDS).items():
        assert SAID not in text, name


def test_an_indicator_s_page_says_it_of_a_level_with_a_target_and_of_no_other(without):
    view = View(vl.load(without), 2027)
    rows = add_projection(view.data.assessment)
    values = html.page_values(view, {}, "indicators")
    said = {
        path.stem: text_of(page).lower().count(f"{SAID}, {COST}")
        for path, page in indicator_pages(view, values, rows)
    }
    assert said == {name: int(name in LEVELS) for name in said}
    assert len(said) == 14


@pytest.mark.parametrize("term", [False, True])
def test_the_report_says_it_once(without, term):
    view = View(vl.load(without), 2028 if term else 2027, term=term)
    body = build_report(view, official_facts(view.data.programme)).body
    texts = [block.text for block in body if isinstance(block, Paragraph)]
    assert sum("năm gốc" in text for text in texts) == 1


def test_some_that_lack_it_are_counted(without):
    path = without / "actuals" / "base.csv"
    header, *rows = (KINDS / "actuals" / "2025.csv").read_text("utf-8").splitlines()
    kept = [row for row in rows if not row.startswith(("income", "clean_water"))]
    path.write_text("\n".join([header, *kept]) + "\n", "utf-8")
    try:
        text = repr(vl.say_coverage(vl.load(without), 2027))
        farming = repr(vl.say_coverage(vl.load(without), 2027, "farming"))
    finally:
        path.unlink()
    assert f"2 chỉ tiêu {SAID}, {COST}" in text
    assert SAID not in farming
