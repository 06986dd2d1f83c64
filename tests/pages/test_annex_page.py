"""The page of all indicators: the annex's table, a row each, with its link."""

import dataclasses
import re
from pathlib import Path

import pytest

import vinhloc as vl
from vinhloc.figures import use_language
from vinhloc.review.pages import annex_page, page_values
from vinhloc.review.paper import annex_columns, annex_rows
from vinhloc.review.parts import form_of
from vinhloc.review.request import Request
from vinhloc.review.view import View

RAW = Path(__file__).parents[2] / "data" / "raw"
WIDTHS = (360, 720, 1024, 1280, 1920)


def view_of(folder, year, *, term=False) -> View:
    return View(vl.load(folder, year=year), year, term=term)


def page_of(view: View, lang="vi") -> str:
    use_language(lang)
    titles = dict.fromkeys(view.data.themes["theme"], "x")
    page = annex_page(view, page_values(view, titles, "annex"))
    use_language("vi")
    return page


@pytest.fixture(scope="module")
def demo():
    return view_of(RAW / "demo", 2023)


@pytest.fixture(scope="module")
def page(demo):
    return page_of(demo)


def test_every_indicator_is_a_row_with_a_link_below_its_theme(demo, page):
    themes = re.split(r'<tr class="theme" id="theme-(\w+)">', page)[1:]
    assert themes[::2] == demo.data.themes["theme"].tolist()
    for theme, rows in zip(themes[::2], themes[1::2], strict=True):
        linked = re.findall(r'<th scope="row"><a href="indicators/(\w+)\.html">', rows)
        own = demo.rows[demo.rows["theme"] == theme]
        own = own.sort_values("main", ascending=False, kind="stable")
        assert linked == own["indicator"].tolist()


def test_it_is_the_table_of_the_paper(demo, page):
    lines = annex_rows(demo)
    heads = [column.head for column in annex_columns(demo, lines)]
    table = page[page.index('<table class="annex">') : page.index("</thead>")]
    assert re.findall(r"<th[^>]*>([^<]*)</th>", table) == heads
    assert heads == [
        *("TT", "Chỉ tiêu", "ĐVT", "TH năm 2022", "KH năm 2023", "TH năm 2023"),
        *("TH/KH (%)", "So cùng kỳ (%)", "Mục tiêu cuối kỳ (2025)", "Đánh giá"),
        *("Bộ phận phụ trách (dự kiến)", "Ghi chú"),
    ]


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        # More is better, and a level: a share of the plan, a change in percent.
        (
            "Sản lượng lương thực bình quân hàng năm",
            ["1.832", "≥ 1.871", "1.928", "103,0", "+5,2", "≥ 1.871"],
        ),
        # Nothing is stated for the year: what is due later is that of the term alone.
        ("Diện tích lúa", ["287,2", "–", "297,7", "–", "+3,7", "≥ 320,0"]),
        # A rate changes by points.
        (
            "Tỷ lệ gia đình văn hóa",
            ["97,8", "≥ 97,7", "98,0", "100,3", "+0,2 điểm", "≥ 98,5"],
        ),
        # A rate of change, ranks and events have no share of a plan.
        (
            "Tỷ lệ tăng thu ngân sách bình quân hàng năm",
            ["15,3", "≥ 15,0", "15,6", "–", "+0,3 điểm", "≥ 15,0"],
        ),
        ("Hạng sao OCOP: rượu Sâm Báo", ["4", "≥ 4", "5", "–", "–", "≥ 5"]),
        (
            "Khảo sát, đánh số nhà",
            [
                *("chưa hoàn thành", "hoàn thành", "chưa hoàn thành", "–", "–"),
                "hoàn thành (hạn 2023)",
            ],
        ),
    ],
)
def test_each_kind_of_indicator_has_what_means_something(demo, name, cells):
    line = annex_rows(demo).set_index("name").loc[name]
    keys = ("before", "target", "actual", "percent", "change", "end")
    said = [line[f"{key}_text"].replace("\xa0", " ") for key in keys]
    assert said == cells


def test_sources_are_numbered_and_listed(page):
    cited = {*re.findall(r'<sup><a href="#(src-[\w-]+)">', page)}
    assert cited
    assert cited <= {*re.findall(r'<span id="(src-[\w-]+)">\[\d+\]', page)}


def test_a_year_without_figures_shows_the_plan_and_no_empty_column():
    view = view_of(RAW, 2021)
    heads = [column.head for column in annex_columns(view, annex_rows(view))]
    assert heads == [
        # Of 2020 the programme gives the baseline.
        *("TT", "Chỉ tiêu", "ĐVT", "TH năm 2020", "KH năm 2021"),
        *("Mục tiêu cuối kỳ (2025)", "Bộ phận phụ trách (dự kiến)"),
    ]


def test_the_page_of_the_term_keeps_a_column_for_each_year():
    page = page_of(view_of(RAW / "demo", 2025, term=True))
    table = page[page.index('<table class="annex">') : page.index("</thead>")]
    heads = re.findall(r"<th[^>]*>([^<]*)</th>", table)
    assert heads[6:12] == [str(year) for year in range(2020, 2026)]


@pytest.mark.system("chromium")
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_off_and_names_have_room(page, browser, tmp_path, width):
    path = tmp_path / "annex.html"
    path.write_text(page, "utf-8")
    shown = browser.new_page(viewport={"width": width, "height": 900})
    shown.goto(path.as_uri())
    cut = "() => document.documentElement.scrollWidth - innerWidth"
    assert shown.evaluate(cut) <= 0
    held = """() => [...document.querySelectorAll(".table")]
        .map(box => box.scrollWidth - box.clientWidth)"""
    assert max(shown.evaluate(held)) <= 0
    names = """() => Math.min(...[...document.querySelectorAll(".annex th[scope=row]")]
        .map(name => name.getBoundingClientRect().width))"""
    assert shown.evaluate(names) >= 16 * 16
    shown.close()


def test_the_entry_form_is_offered_where_figures_of_the_year_lack(demo, tmp_path):
    asked = Request(folder=RAW, out=tmp_path)
    real = view_of(RAW, 2022)
    assert form_of(real, asked) == "bieu-nhap-2022.xlsx"
    assert form_of(demo, asked) == ""
    assert form_of(real, dataclasses.replace(asked, formats=("html", "pdf"))) == ""
    assert form_of(View(real.data, 2025, term=True), asked) == ""
    # The office of an area that is no more is not asked.
    assert form_of(view_of(RAW, 2025), asked) == ""
    files = page_values(real, {}, "index", form="bieu-nhap-2022.xlsx")["files"]
    assert ("Biểu nhập số liệu (Excel)", "bieu-nhap-2022.xlsx") in files
