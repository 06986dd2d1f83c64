"""The Word report, read back: layout of the decree, headings, tables, pictures."""

import datetime
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table
from published import Made, but_first_costly

import vinhloc as vl
from vinhloc.figures.translation import use_language
from vinhloc.review.paper.official import OPEN, official_facts
from vinhloc.review.paper.report import build_report
from vinhloc.review.paper.word import write_word
from vinhloc.review.view import View

RAW = Path(__file__).parents[2] / "data" / "raw"
KINDS = Path(__file__).parents[1] / "every_kind"
VIEWS = {
    "every kind": (KINDS, 2027, "vi", False),
    "every kind, English": (KINDS, 2027, "en", False),
    "every kind, the term": (KINDS, 2028, "vi", True),
    "real": (RAW, 2022, "vi", False),
    "demo": (RAW / "demo", 2023, "vi", False),
    "demo, English": (RAW / "demo", 2023, "en", False),
    "demo, the term": (RAW / "demo", 2025, "vi", True),
}
SIGNED = {
    "number": "12",
    "signed_on": datetime.date(2024, 1, 5),
    "signatory": "Người Ký Thử",
}


def write(path: Path, folder, year, lang, term, **facts) -> Path:
    use_language(lang)
    data = vl.load(folder, year=year)
    report = build_report(
        View(data, year, term=term), official_facts(data.programme, **facts)
    )
    write_word(report, path)
    use_language("vi")
    return path


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    def make(name):
        return write(tmp_path_factory.mktemp("word") / "bao-cao.docx", *VIEWS[name])

    return Made(make)


@pytest.fixture(scope="module", params=but_first_costly(VIEWS))
def edition(request):
    return request.param


@pytest.fixture(scope="module")
def document(edition, files):
    return docx.Document(files[edition])


def text_of(document) -> str:
    cells = [
        cell.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    ]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_paper_margins_and_page_number_are_those_of_the_decree(document):
    first, *annexes = document.sections
    size = (round(first.page_width.mm), round(first.page_height.mm))
    assert size == (210, 297)
    assert 20 <= round(first.top_margin.mm) <= 25
    assert 20 <= round(first.bottom_margin.mm) <= 25
    assert 30 <= round(first.left_margin.mm) <= 35
    assert 15 <= round(first.right_margin.mm) <= 20
    assert first.different_first_page_header_footer
    assert "PAGE" in first.header._element.xml
    assert "PAGE" not in first.first_page_header._element.xml
    assert [a.orientation for a in annexes] == [WD_ORIENT.LANDSCAPE] * 2


def test_every_style_in_use_is_times_new_roman(document):
    used = {p.style.name for p in document.paragraphs}
    assert {"Title", "Body Text", "Heading 1", "Heading 2", "Caption"} <= used
    for name in used - {"Normal"}:
        style = document.styles[name]
        assert style.font.name == "Times New Roman", name
        fonts = style.element.rPr.rFonts
        assert {fonts.get(qn(f"w:{key}")) for key in ("ascii", "cs", "eastAsia")} == {
            "Times New Roman"
        }
    body = document.styles["Body Text"]
    assert Pt(13) <= body.font.size <= Pt(14)
    assert body.paragraph_format.space_after >= Pt(6)
    assert 1 <= body.paragraph_format.line_spacing <= 1.5


def test_the_head_states_body_nation_and_motto(files):
    document = docx.Document(files["real"])
    left, right = (cell.text for cell in document.tables[0].rows[0].cells)
    assert left.split("\n")[:2] == ["ỦY BAN NHÂN DÂN", "THỊ TRẤN VĨNH LỘC"]
    assert right.split("\n")[:2] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert "w:pBdr" in document.tables[0]._tbl.xml  # a drawn line, not an underline
    assert "w:u " not in document.tables[0]._tbl.xml


def test_headings_follow_the_themes_of_the_programme(document, edition):
    levels = [
        int(p.style.name[-1])
        for p in document.paragraphs
        if p.style.name.startswith("Heading")
    ]
    numbers = [
        p.text.split(". ")[0]
        for p in document.paragraphs
        if p.style.name == "Heading 1"
    ]
    romans = ["I", "II", "III", "IV"]
    assert numbers == romans[: 3 if edition == "real" else 4]
    assert levels.count(2) == len(vl.load(VIEWS[edition][0]).themes)
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_every_picture_says_what_it_shows(document, edition):
    """A report of a year without figures has none."""
    about = document.element.body.findall(f".//{qn('wp:docPr')}")
    assert bool(about) == (edition != "real")
    for element in about:
        assert len(element.get("descr")) > 20
        assert element.get("title")


def test_the_annex_has_a_line_for_every_indicator_and_repeats_its_head(
    document, edition
):
    annex = next(
        t for t in document.tables if "ĐVT" in t._tbl.xml or "Unit" in t._tbl.xml
    )
    numbers = [row.cells[0].text for row in annex.rows[1:]]
    data = vl.load(VIEWS[edition][0])
    assert len([n for n in numbers if n.isdigit()]) == len(data.indicators)
    romans = ["I", "II", "III", "IV", "V", "VI"]
    assert [n for n in numbers if n.isalpha()] == romans[: len(data.themes)]
    assert "w:tblHeader" in annex.rows[0]._tr.xml


def test_what_is_not_known_is_a_marked_place_and_nothing_is_invented(files, tmp_path):
    document = docx.Document(files["real"])
    text = text_of(document)
    assert "[… họ và tên]" in text
    assert "[… nơi nhận]" in text
    marked = [
        run.text
        for paragraph in document.element.body.iter(qn("w:r"))
        for run in [docx.text.run.Run(paragraph, document)]
        if "w:highlight" in paragraph.xml
    ]
    assert marked
    assert all(OPEN.fullmatch(part) for part in marked)
    signed = write(tmp_path / "a.docx", *VIEWS["real"], **SIGNED)
    text = text_of(docx.Document(signed))
    assert "Số: 12/BC-UBND" in text
    assert "Vĩnh Lộc, ngày 05 tháng 01 năm 2024" in text
    assert "Người Ký Thử" in text


def test_made_up_figures_are_marked_on_every_page_chart_and_table(files):
    words = "SỐ LIỆU MINH HỌA"
    demo, real = (docx.Document(files[name]) for name in ("every kind", "real"))
    for section in demo.sections:
        assert words in section.footer.paragraphs[0].text
    assert words in demo.sections[0].first_page_footer.paragraphs[0].text
    after = [p.style.name for p in demo.paragraphs].index("Body Text")
    assert words in [p.text for p in demo.paragraphs[:after]]
    around = pairwise(demo.iter_inner_content())
    tables = [
        caption.text
        for caption, below in around
        if isinstance(below, Table) and caption.style.name == "Caption"
    ]
    assert len(tables) > 3
    assert all(words in text for text in tables if not text.startswith("Nguồn"))
    pictures = demo.element.body.findall(f".//{qn('wp:docPr')}")
    assert all(words in picture.get("descr") for picture in pictures)
    everything = real.element.xml + "".join(
        s.footer._element.xml + s.first_page_footer._element.xml for s in real.sections
    )
    assert words not in everything


def test_the_english_report_is_english_and_says_its_language(files):
    document = docx.Document(files["every kind, English"])
    text = text_of(document)
    assert "DEMONSTRATION DATA" in text
    assert "1,960 tonnes" in text.replace("\u00a0", " ")
    assert not re.search(r"chỉ tiêu|mục tiêu|kết quả", text)
    lang = document.styles.element.find(f".//{qn('w:lang')}")
    assert lang.get(qn("w:val")) == "en-GB"


def test_the_line_of_a_break_has_room_on_a_full_page(document):
    """After the signatures it would else be a page of its own, with nothing on it."""
    breaks = [p for p in document.paragraphs if p._p.xpath("./w:pPr/w:sectPr")]
    assert len(breaks) == len(document.sections) - 1 > 0
    for paragraph in breaks:
        shape = paragraph.paragraph_format
        room = (shape.line_spacing, shape.space_before, shape.space_after)
        assert room == (Pt(1), 0, 0)
        assert paragraph.text == ""


def info_of(pdf: Path) -> str:
    return subprocess.check_output(["pdfinfo", pdf], text=True)


@pytest.mark.system("lowriter", "pdftotext", "pdfinfo")
def test_libreoffice_opens_it_without_loss(files, tmp_path):
    command = ["lowriter", f"-env:UserInstallation=file://{tmp_path}/profile"]
    command += ["--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    subprocess.run([*command, files["every kind"]], check=True, capture_output=True)
    pdf = next(tmp_path.glob("*.pdf"))
    out = subprocess.check_output(["pdftotext", "-layout", pdf, "-"], text=True)
    shown = re.sub(r"\s+", " ", out)
    for paragraph in docx.Document(files["every kind"]).paragraphs:
        if paragraph.style.name.startswith("Heading"):
            assert re.sub(r"\s+", " ", paragraph.text) in shown, paragraph.text
    pages = int(re.search(r"Pages:\s+(\d+)", info_of(pdf))[1])
    assert shown.count("SỐ LIỆU MINH HỌA") > pages > 5


def test_documents_are_numbered_in_the_order_in_which_they_are_named(document):
    """No key stands in a sentence; Annex II tells title, publisher, day of each."""
    *_others, sources = document.tables
    listed = [row.cells[0].text for row in sources.rows[1:]]
    assert listed == [f"[{n}]" for n in range(1, len(listed) + 1)]
    assert all(row.cells[1].text for row in sources.rows[1:])
    body = [t for t in document.tables if t._tbl is not sources._tbl]
    cells = [cell.text for table in body for row in table.rows for cell in row.cells]
    text = "\n".join([p.text for p in document.paragraphs] + cells)
    named = list(dict.fromkeys(re.findall(r"\[\d+\]", text)))
    assert named == listed
    assert not re.search(r"\[[a-z][\w-]+\]", text)


def test_no_row_of_who_signs_is_torn_and_no_theme_stands_apart(document):
    tables = document.tables
    signing = next(
        t for t in tables if "họ và tên" in t._tbl.xml or "full name" in t._tbl.xml
    )
    assert all("w:cantSplit" in row._tr.xml for row in signing.rows)
    annex = next(t for t in tables if "ĐVT" in t._tbl.xml or "Unit" in t._tbl.xml)
    themes = [r for r in annex.rows[1:] if r.cells[0].text.isalpha()]
    assert all("w:keepNext" in row._tr.xml for row in themes)


def test_a_table_lies_between_the_margins_and_its_words_stay_whole(files):
    document = docx.Document(files["every kind, the term"])
    heads = (table.cell(0, 0).text for table in document.tables)
    table = document.tables[[*heads].index("Chỉ tiêu")]
    assert sum(column.width for column in table.columns) / 36000 == pytest.approx(
        160, 0.01
    )
    verdicts = {row.cells[1].text for row in table.rows[1:]}
    missed = {text for text in verdicts if text.startswith("▼")}
    assert missed == {"▼\xa0Chưa\xa0đạt"}


def test_after_the_area_has_ended_the_succeeding_body_is_asked_for(tmp_path):
    data = vl.load(RAW)
    view = View(data, 2025)
    official = official_facts(data.programme, ended=True)
    write_word(build_report(view, official), tmp_path / "ended.docx")
    document = docx.Document(tmp_path / "ended.docx")
    assert text_of(document).count("[… cơ quan kế thừa]") == 2
    assert document.core_properties.author == "THỊ TRẤN VĨNH LỘC"
    assert any("xã Vĩnh Lộc (nơi kế thừa)" in p.text for p in document.paragraphs)
