"""What a reader opens: valid, self-contained, honest about what is made up."""

import itertools
import json
import os
import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest
from published import KINDS, but_first_costly, pages_of

import vinhloc as vl
from vinhloc.review.pages import index_page, page_values
from vinhloc.review.view import View

SVG = "{http://www.w3.org/2000/svg}svg"
ENGLISH = ("--lang", "en")
DEMO = ("--demo", "--year", "2023")
VARIANTS = [KINDS, (), ENGLISH, DEMO, DEMO + ENGLISH, ("--term", "--demo")]
if os.environ.get("SOAK"):
    VARIANTS += [("--term",)]
names = [" ".join(v) or "default" for v in VARIANTS]


@pytest.fixture(scope="module", params=but_first_costly(VARIANTS), ids=names)
def review(request, reviews):
    return reviews.published(*request.param)


@cache
def tree_of(page: Path):
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(page.read_text("utf-8"))
    return tree, parser.errors


def test_every_page_is_valid_html(review):
    found = {page.name: tree_of(page)[1] for page in pages_of(review)}
    assert not {name: errors[:3] for name, errors in found.items() if errors}
    assert "index.html" in found


def test_no_page_names_an_outside_resource_or_carries_a_script(review):
    for page in pages_of(review):
        tree, _errors = tree_of(page)
        assert tree.find(".//script") is None, page.name
        assert tree.find(".//link") is None, page.name
        for element in tree.iter():
            for name, value in element.attrib.items():
                assert not name.startswith("on"), (page.name, name)
                if name in ("src", "href", "srcset", "poster", "action"):
                    assert not urlsplit(value).netloc, (page.name, value)
                    assert not value.startswith(("//", "javascript:")), value
        css = "".join(style.text or "" for style in tree.iter("style"))
        assert not re.search(r"@import|url\((?!data:|#)", css), page.name


def test_every_page_is_under_one_megabyte_and_says_its_language(review):
    lang = "en" if review.name.endswith("-en") else "vi"
    for page in pages_of(review):
        assert page.stat().st_size < 1_000_000
        tree, _errors = tree_of(page)
        assert tree.attrib["lang"] == lang


def test_headings_step_down_one_at_a_time_from_a_single_h1(review):
    for page in pages_of(review):
        tree, _errors = tree_of(page)
        levels = [
            int(e.tag[1]) for e in tree.iter() if re.fullmatch("h[1-6]", str(e.tag))
        ]
        assert levels[0] == 1, page.name
        assert levels.count(1) == 1, page.name
        assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_every_chart_has_an_alternative_text_a_source_and_its_figures(review):
    charts = 0
    for page in pages_of(review):
        for figure in tree_of(page)[0].iter("figure"):
            charts += 1
            drawing = figure.find("div[@role='img']")
            assert len(drawing.attrib["aria-label"]) > 20, page.name
            assert figure.find("figcaption") is not None
            assert (figure.find("p").text or "").strip()
            assert figure.find("details//table") is not None
    assert charts >= 6


def test_every_id_is_unique_and_every_link_within_a_page_leads_somewhere(review):
    for page in pages_of(review):
        tree, _errors = tree_of(page)
        ids = [e.attrib["id"] for e in tree.iter() if "id" in e.attrib]
        assert len(ids) == len(set(ids)), page.name
        for element in tree.iter():
            link = element.attrib.get("href", "")
            if link.startswith("#"):
                assert link[1:] in ids, (page.name, link)
            elif link and not urlsplit(link).netloc:
                assert (page.parent / link.partition("#")[0]).exists(), (page, link)


def test_every_table_has_a_caption_and_column_headers(review):
    for page in pages_of(review):
        for table in tree_of(page)[0].iter("table"):
            assert "".join(table.find("caption").itertext()).strip()
            heads = table.findall("thead/tr/th")
            assert heads
            assert all(head.attrib.get("scope") == "col" for head in heads)


def test_made_up_figures_are_called_so_in_banners_and_at_each_chart_and_no_more(review):
    words = ("SỐ LIỆU MINH HỌA", "DEMONSTRATION DATA")
    made_up = review.name.startswith("demo-")
    for page in pages_of(review):
        tree, _errors = tree_of(page)
        banners = [e for e in tree.iter() if e.attrib.get("class") == "demo-banner"]
        assert len(banners) == (2 if made_up else 0), page.name
        text = "".join(tree.itertext())
        assert any(word in text for word in words) == made_up, page.name
        for figure in tree.iter("figure"):
            drawn = "".join(figure.find(f".//{SVG}").itertext())
            assert not any(word in drawn for word in words)  # once, in the caption
            caption = "".join(figure.find("figcaption").itertext())
            assert any(word in caption for word in words) == made_up
        marks = [e for e in tree.iter() if e.attrib.get("class") == "demo"]
        assert len(marks) == (len([*tree.iter("figure")]) if made_up else 0), page.name
        if page.name in ("index.html", "overview.html"):
            assert sum(text.count(word) for word in words) <= 8


def test_no_page_shows_a_programmers_word_for_a_missing_figure(review):
    for page in pages_of(review):
        text = " ".join(tree_of(page)[0].itertext())
        text = re.sub(r"@font-face.*?}", "", text)
        words = r"\b(nan|NaN|None(?! would)|NaT|inf|<NA>)\b"
        assert not re.search(words, text), page.name


def test_published_copies_hold_no_path_of_the_machine_and_no_times(review):
    for path in [*review.glob("*.ipynb"), *review.rglob("*.html")]:
        text = path.read_text("utf-8")
        assert str(Path.home()) not in text
        assert str(Path(__file__).parents[2]) not in text
    for path in review.glob("*.ipynb"):
        notebook = json.loads(path.read_text("utf-8"))
        assert "papermill" not in notebook["metadata"]
        assert {key for c in notebook["cells"] for key in c["metadata"]} == {"tags"}


def test_the_front_page_says_first_how_what_is_due_stands(reviews):
    review = reviews.published(*KINDS)
    data = vl.load("tests/every_kind", year=2027)
    said = vl.say_balance(data, 2027).paragraphs[0]
    page = tree_of(review / "index.html")[0]
    results = "".join(page.find(".//p[@class='results']").itertext())
    assert re.match(r"Năm 2027: \d+/\d+ chỉ tiêu đến hạn|Chưa thể đánh giá", results)
    assert said.startswith(results)
    lacking = vl.select(data.assessment, year=2027)["status"].eq("no_data").any()
    text = " ".join("".join(page.itertext()).split())
    assert ("Điền biểu nhập số liệu" in text) == lacking


def test_a_front_page_says_which_verdicts_rest_on_what_was_inferred():
    view = View(vl.load("data/raw", year=2022), 2022)
    page = index_page(view, page_values(view, {}, "index"))
    assert "Hoàn thành trước hạn: Đặt tên một số tuyến đường chính (hạn 2024)." in page
    assert "1 đánh giá theo cách hiểu của nhóm biên soạn, chưa được xác nhận." in page


def test_a_theme_without_a_notebook_of_its_own_has_the_general_page(reviews):
    review = reviews.published(*KINDS)
    themes = set(vl.load("tests/every_kind").themes["theme"])
    pages = {path.stem for path in review.glob("*.html")}
    assert pages == {"index", "annex", "overview", "data_quality"} | themes
    text = "".join(tree_of(review / "living.html")[0].itertext())
    assert "Đời sống" in text
    assert "Tỷ lệ hộ nghèo" in text
    used = json.loads((review / "manifest.json").read_text("utf-8"))["used"]
    assert used["living"]["theme"] == "living"


@pytest.mark.system("chromium")
class TestInChromium:
    """Opened as a reader would, in Debian's Chromium."""

    def test_no_console_message_no_failed_request_no_sideways_scroll(
        self, browser, review
    ):
        self.opened_in_silence(browser, review)

    def test_the_real_review_is_opened_in_silence_too(self, browser, reviews):
        self.opened_in_silence(browser, reviews.published())

    def opened_in_silence(self, browser, review):
        for width in (1280, 360):
            page = browser.new_page(viewport={"width": width, "height": 800})
            said, asked = [], []
            page.on("console", lambda message, said=said: said.append(message.text))
            page.on("pageerror", lambda error, said=said: said.append(str(error)))
            page.on("requestfailed", lambda r, said=said: said.append(r.url))
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            for path in pages_of(review):
                page.goto(path.as_uri())
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, (path.name, width, wide)
            page.close()
            assert said == []
            assert all(url.startswith(("file:", "data:")) for url in asked)

    def test_the_letters_of_every_chart_can_be_read_on_every_screen(
        self, browser, review
    ):
        sizes = """() => [...document.querySelectorAll(".drawing svg text")]
            .filter((text) => text.checkVisibility())
            .map((text) => parseFloat(getComputedStyle(text).fontSize)
                * text.getScreenCTM().a)
            .filter((size) => size > 0)"""
        for width in (390, 703, 705, 1280):
            page = browser.new_page(viewport={"width": width, "height": 800})
            for path in pages_of(review):
                page.goto(path.as_uri())
                shown = page.evaluate(sizes)
                assert len(shown) >= page.locator("figure.chart").count(), path.name
                assert min(shown, default=11) > 10.99, (path.name, width)
            page.close()

    def test_the_front_page_prints_on_one_sheet_of_a4(self, browser, review, tmp_path):
        page = browser.new_page()
        page.goto((review / "index.html").as_uri())
        pdf = page.pdf(prefer_css_page_size=True)
        page.close()
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1

    def test_the_embedded_font_is_the_one_that_is_used(self, browser, review):
        page = browser.new_page()
        page.goto((review / "index.html").as_uri())
        page.evaluate("document.fonts.ready")
        loaded = page.evaluate(
            "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
        )
        page.close()
        assert any("Be Vietnam Pro" in family for family in loaded)
