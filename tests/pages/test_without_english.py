"""English is an addition: where the data have none, an English edition shows theirs."""

import re
import shutil
from contextvars import copy_context

import docx
import html5lib
import openpyxl
import pandas as pd
import pypdf
import pytest
from published import ROOT

import vinhloc as vl
from vinhloc.figures import use_language
from vinhloc.review.pages import html, index_page
from vinhloc.review.request import Request
from vinhloc.review.run import run_review
from vinhloc.review.view import View

MARKED = "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵăâđêôơư"
VIETNAMESE = re.compile(rf"\w*[{MARKED}]\w*", re.IGNORECASE)


@pytest.fixture
def bare(tmp_path):
    """Return the programme of every kind of indicator without a word of English."""
    folder = tmp_path / "data" / "raw"
    shutil.copytree(ROOT / "tests" / "every_kind", folder)
    for path in folder.rglob("*.csv"):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        kept = [name for name in table if not name.endswith("_en")]
        table[kept].to_csv(path, index=False)
    record = folder / "programme.toml"
    lines = record.read_text("utf-8").splitlines(keepends=True)
    record.write_text("".join(x for x in lines if "_en =" not in x), "utf-8")
    return folder


@pytest.fixture(autouse=True)
def vietnamese_again():
    yield
    use_language("vi")


def unmarked(page: str) -> set[str]:
    """Return the Vietnamese words of a page that nothing says is Vietnamese."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    found = set()

    def look(element) -> None:
        tag = str(element.tag).rpartition("}")[2]
        if tag in ("svg", "style", "title") or element.get("lang") == "vi":
            return
        texts = [element.text, *(child.tail for child in element)]
        found.update(*(VIETNAMESE.findall(text or "") for text in texts))
        for child in element:
            look(child)

    look(parser.parse(page))
    return found


def test_no_column_and_no_key_of_english_is_needed(bare):
    data = vl.load(bare)
    assert data.programme.title_en == ""
    assert (data.indicators["name_en"] == "").all()
    assert (data.indicators["unit_en"] == "").all()


def test_empty_cells_of_english_are_no_two_names_alike(bare):
    for name in ("indicators.csv", "themes.csv", "source_issues.csv", "breaks.csv"):
        path = bare / name
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        english = [f"{c.removesuffix('_vi')}_en" for c in table if c.endswith("_vi")]
        table.assign(**dict.fromkeys(english, "")).to_csv(path, index=False)
    assert len(vl.load(bare).indicators) == 14


def test_what_has_english_is_shown_in_it_beside_what_has_none(bare):
    path = bare / "indicators.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    own = table["indicator"].map({"rice_area": "Rice area"}).fillna("")
    table.assign(name_en=own).to_csv(path, index=False)
    data = vl.load(bare)
    use_language("en")
    rows = vl.select(data.assessment, year=2027, theme="farming")
    shown = vl.table_of_targets(rows).frame["Indicator"].tolist()
    assert shown[:2] == ["Rice area", "Năng suất lúa"]


def test_every_table_and_sentence_falls_back_to_vietnamese(bare):
    data = vl.load(bare)
    use_language("en")
    assert data.names_of("themes", "theme")["living"] == "Đời sống"
    assert vl.table_of_issues(data.issues).frame.iloc[0, 1:].tolist() == [
        "Chương trình ghi hai mức: 94 và 96.",
        "Xét theo 94.",
        "Với 96 thì năm 2027 không đạt.",
    ]
    assert "Chuẩn nghèo mới từ năm 2027." in repr(vl.say_breaks(data))
    chart = vl.draw_multiples(data.assessment, ["clean_water", "income"])
    assert chart.alt.startswith("DEMONSTRATION DATA. Tỷ lệ hộ dùng nước sạch")


def test_an_english_page_says_of_each_such_text_that_it_is_vietnamese(bare):
    use_language("en")
    view = View(vl.load(bare), 2027)
    values = html.page_values(view, {}, "index")
    page = index_page(view, values)
    assert '<p class="programme"><span lang="vi">Chương trình của xã' in page
    assert (
        '<b><span lang="vi">Tai nạn giao thông</span></b>' in page or "Tai" not in page
    )
    assert unmarked(page) == set()
    assert "<title>Summary" in page


def test_a_text_is_marked_once_in_any_case_and_across_spaces_that_do_not_break():
    page = (
        '<html lang="en"><title>Nước sạch</title><p title="Nước sạch">nước\u00a0sạch, '
        'Nước sạch đô thị &amp; nước sạchx</p><i lang="vi"><b>Nước sạch</b></i>'
        "<svg><text>Nước sạch</text></svg></html>"
    )
    texts = {"Nước sạch", "Nước sạch đô thị & nước"}
    marked = html._finished(page, {"vietnamese": texts})
    assert re.findall(r'<span lang="vi">(.*?)</span>', marked) == [
        "nước\u00a0sạch",
        "Nước sạch đô thị &amp; nước",
    ]
    assert re.sub(r'<span lang="vi">|</span>', "", marked) == page + "\n"


@pytest.mark.costly("a review with all its files")
def test_a_whole_english_review_comes_of_it_and_nothing_odd_stands_in_its_files(
    bare, tmp_path
):
    asked = Request(folder=bare, out=tmp_path / "out", lang="en", year=2027)
    entry = copy_context().run(run_review, asked)
    pages = [*entry.parent.rglob("*.html")]
    assert len(pages) > 14
    for page in pages:
        assert unmarked(page.read_text("utf-8")) == set(), page.name
    texts = [
        "\n".join(
            p.text for p in docx.Document(entry.parent / "bao-cao.docx").paragraphs
        ),
        "".join(
            p.extract_text()
            for p in pypdf.PdfReader(entry.parent / "bao-cao.pdf").pages
        ),
        str(
            [
                [c.value for c in r]
                for s in openpyxl.load_workbook(entry.parent / "phu-luc.xlsx")
                for r in s
            ]
        ),
    ]
    for text in texts:
        assert "Tỷ lệ hộ nghèo" in " ".join(text.split())
        assert "span" not in text
        assert "lang=" not in text
        assert "nan" not in re.findall(r"\w+", text)
