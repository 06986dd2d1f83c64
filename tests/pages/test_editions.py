"""The page that lists every published review."""

import json
from contextvars import copy_context

import html5lib
import pytest

import vinhloc as vl
from vinhloc.review.editions import published_editions, write_editions


@pytest.fixture
def out(tmp_path):
    """A folder with reviews of which only the manifests are there."""
    for name, year, lang, made_up, period in (
        ("2021", 2021, "vi", False, None),
        ("2022", 2022, "vi", False, None),
        ("2022-en", 2022, "en", False, None),
        ("2020-2025", 2025, "vi", False, "term"),
        ("demo-2023", 2023, "vi", True, None),
    ):
        parameters = {"year": year, "lang": lang} | (
            {"period": period} if period else {}
        )
        publish(tmp_path, name, made_up=made_up, parameters=parameters)
    return tmp_path


def publish(out, name, **facts):
    (out / name).mkdir()
    manifest = {"data_cut_off": None, "latest_figure": "2023-03-20", "outputs": {}}
    manifest |= {"made_up": False, "outputs": {"index.html": ""}, **facts}
    (out / name / "manifest.json").write_text(json.dumps(manifest), "utf-8")


@pytest.fixture(scope="module")
def programme():
    return vl.load("data/raw").programme


def rows(out) -> list[list[str]]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse((out / "index.html").read_text("utf-8"))
    return [
        ["".join(c.itertext()) for c in row] for row in tree.iterfind(".//tbody/tr")
    ]


def test_every_review_is_listed_the_latest_first_and_made_up_ones_last(out, programme):
    write_editions(out, programme)
    assert rows(out) == [
        ["Năm 2022", "Tiếng Việt", "20/03/2023"],
        ["Năm 2022", "English", "20/03/2023"],
        ["Năm 2021", "Tiếng Việt", "20/03/2023"],
        ["Cả nhiệm kỳ 2020-2025", "Tiếng Việt", "20/03/2023"],
        ["SỐ LIỆU MINH HỌA Năm 2023", "Tiếng Việt", "20/03/2023"],
    ]


def test_the_same_reviews_give_the_same_page_whoever_publishes(out, programme):
    def publish_in_english():
        vl.use_language("en")
        write_editions(out, programme)

    write_editions(out, programme)
    first = (out / "index.html").read_bytes()
    copy_context().run(publish_in_english)
    assert (out / "index.html").read_bytes() == first
    assert [path.name for path in out.glob(".*")] == []


def test_the_day_is_that_of_the_data_cut_off(tmp_path, programme):
    parameters = {"year": 2022, "lang": "en"}
    publish(tmp_path, "2022-en", parameters=parameters, data_cut_off="2022-12-31")
    write_editions(tmp_path, programme)
    assert rows(tmp_path) == [["Year 2022", "English", "31\xa0December\xa02022"]]


def test_a_review_without_pages_is_listed_without_a_link(tmp_path, programme):
    parameters = {"year": 2022, "lang": "vi"}
    publish(tmp_path, "2022", parameters=parameters, outputs={"bao-cao.pdf": ""})
    write_editions(tmp_path, programme)
    assert "2022/index.html" not in (tmp_path / "index.html").read_text("utf-8")


def test_what_is_no_review_is_left_out(tmp_path, programme):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "manifest.json").write_text("{}", "utf-8")
    assert published_editions(tmp_path) == []
    write_editions(tmp_path, programme)
    assert not (tmp_path / "index.html").exists()


def test_publishing_writes_the_list_beside_the_review(reviews):
    review = reviews.published()
    assert [row[0] for row in rows(review.parent)] == [f"Năm {review.name}"]
    manifest = json.loads((review / "manifest.json").read_text("utf-8"))
    assert not [name for name in manifest["outputs"] if name.startswith("..")]
