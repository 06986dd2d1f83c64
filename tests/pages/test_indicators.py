"""Each indicator has a page: every year, every figure on record, every source."""

import html5lib
import pytest
from published import KINDS

import vinhloc as vl


@pytest.fixture(scope="module")
def data():
    return vl.load("tests/every_kind")


@pytest.fixture(scope="module")
def page_of(reviews):
    folder = reviews.published(*KINDS) / "indicators"

    def read(indicator: str):
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        return parser.parse((folder / f"{indicator}.html").read_text("utf-8"))

    return read


def text_of(element) -> str:
    return "".join(element.itertext())


def tables(page) -> dict[str, list[list[str]]]:
    """Return the cells of each table by its caption, without the demo words."""
    found = {}
    for table in page.iter("table"):
        caption = text_of(table.find("caption")).removeprefix("SỐ LIỆU MINH HỌA ")
        rows = table.findall("tbody/tr")
        found[caption] = [[text_of(cell) for cell in row] for row in rows]
    return found


def test_every_indicator_has_a_page_and_a_link_from_its_theme(data, reviews):
    review = reviews.published(*KINDS)
    pages = {path.stem for path in (review / "indicators").glob("*.html")}
    assert pages == set(data.indicators["indicator"])
    for theme, own in data.indicators.groupby("theme"):
        text = (review / f"{theme}.html").read_text("utf-8")
        links = [text.find(f'href="indicators/{name}.html"') for name in own.indicator]
        assert -1 not in links
        assert links == sorted(links)


def test_the_table_over_the_years_has_each_year_and_the_term(page_of):
    rows = tables(page_of("grain"))[
        "Sản lượng lương thực bình quân: mục tiêu và kết quả từng năm (tấn/năm)"
    ]
    assert [row[0] for row in rows] == ["2026", "2027", "2028", "Cả nhiệm kỳ"]
    year = next(row for row in rows if row[0] == "2027")
    assert "2.380" in year[2]
    assert year[3:5] == ["+130", "+80"]
    assert "Vượt" in year[5]


def test_every_figure_on_record_is_there_with_its_source(data, page_of):
    own = data.actuals[data.actuals["area"] == data.programme.area]
    for indicator in ("clean_water", "poor_rate", "rice_area"):
        mine = own[own["indicator"] == indicator]
        page = page_of(indicator)
        rows = tables(page)["Số liệu đã nhận, kể cả số ước và số đã điều chỉnh"]
        assert len(rows) == len(mine)
        ids = {element.attrib.get("id") for element in page.iter("span")}
        assert {f"src-{source}" for source in mine["source"]} <= ids


def test_a_correction_is_named_and_only_the_last_figure_is_used(data, page_of):
    revised = vl.revised_figures(data)
    key = ["indicator", "year"]
    corrected = revised.drop_duplicates([*key, "as_of"])
    corrected = corrected[corrected.duplicated(key, keep=False)].iloc[-1]
    rows = tables(page_of(corrected["indicator"]))[
        "Số liệu đã nhận, kể cả số ước và số đã điều chỉnh"
    ]
    rows = [row for row in rows if row[0] == str(corrected["year"])]
    finals = [row for row in rows if row[2] != "ước"]
    assert [row[2] for row in finals] == ["chính thức", "số liệu điều chỉnh"]
    assert [row[3] for row in rows] == ["–"] * (len(rows) - 1) + ["có"]


def test_two_sources_that_disagree_are_shown_as_open(data, page_of):
    clash = data.current[data.current["conflict"]].iloc[0]
    rows = tables(page_of(clash["indicator"]))[
        "Số liệu đã nhận, kể cả số ước và số đã điều chỉnh"
    ]
    used = [row[3] for row in rows if row[0] == str(clash["year"])]
    assert used.count("hai nguồn khác nhau, chưa chọn") == 2


def test_a_page_says_what_the_source_leaves_open(data, page_of):
    captions = tables(page_of("clean_water"))
    assert "Nội dung chưa rõ, mâu thuẫn trong chương trình" in captions
    assert any(
        "chương trình ghi hai mức" in row
        for row in captions["Đánh giá có đổi theo cách đọc khác không"]
    )


def test_unit_direction_kind_place_and_department_are_in_words(page_of):
    facts = [text_of(fact) for fact in page_of("poor_rate").iter("dd")]
    assert "càng thấp càng tốt" in facts
    assert "%" in facts
    assert any(fact.startswith("mỗi năm theo mốc của năm đó") for fact in facts)
    assert any("II.2/2" in fact for fact in facts)
    suggested = [text_of(fact) for fact in page_of("vaccination").iter("dd")]
    assert any("(dự kiến)" in fact for fact in suggested)
