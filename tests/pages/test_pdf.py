"""The PDF report, read back: layout, bookmarks, fonts, tags, text."""

import dataclasses
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest
from matplotlib.ft2font import FT2Font
from published import Made, but_first_costly
from pypdf.generic import ArrayObject, DictionaryObject

import vinhloc as vl
from vinhloc.figures.translation import use_language
from vinhloc.review.paper.blocks import Heading, Paragraph, Report
from vinhloc.review.paper.official import official_facts
from vinhloc.review.paper.pdf import write_pdf
from vinhloc.review.paper.report import build_report
from vinhloc.review.paper.word_layout import CHART_WIDTH
from vinhloc.review.view import View
from vinhloc.show.charts.chart import Chart
from vinhloc.show.table import Table, make_table

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data" / "raw"
KINDS = ROOT / "tests" / "every_kind"
VIEWS = {
    "real": (RAW, 2022, "vi", False),
    "demo": (RAW / "demo", 2023, "vi", False),
    "demo, English": (RAW / "demo", 2023, "en", False),
    "demo, the term": (RAW / "demo", 2025, "vi", True),
    "every kind": (KINDS, 2027, "vi", False),
    "every kind, English": (KINDS, 2027, "en", False),
    "every kind, the term": (KINDS, 2028, "vi", True),
}
DEMO_WORDS = {"vi": "SỐ LIỆU MINH HỌA", "en": "DEMONSTRATION DATA"}
MM = 72 / 25.4
HOSTILE = [
    "#let x = 1; #x",
    "*bold* _it_ `raw` $x^2$ @ref",
    "\\ back\\u{41} \\\\",
    "= no heading",
    "+ no list [c] <label> // no comment",
    "'single' \"double\" -- ... ~",
    "</svg> &amp; %PDF",
]


@dataclasses.dataclass
class Written:
    """A report, the PDF made of it, and the text of each page."""

    report: Report
    path: Path
    lang: str

    def __post_init__(self):
        self.pdf = pypdf.PdfReader(self.path)
        self.root = self.pdf.trailer["/Root"]
        self.pages = [page.extract_text() for page in self.pdf.pages]
        self.text = " ".join(" ".join(self.pages).split())

    def objects(self):
        """Give every dictionary in the file."""
        for number in range(1, self.pdf.trailer["/Size"]):
            found = self.pdf.get_object(number)
            if isinstance(found, DictionaryObject):
                yield found

    def tags(self):
        """Give every element of the structure, in the order of reading."""
        left = [self.root["/StructTreeRoot"]["/K"]]
        while left:
            item = left.pop(0)
            item = item.get_object() if hasattr(item, "get_object") else item
            if isinstance(item, ArrayObject):
                left[:0] = item
            elif isinstance(item, DictionaryObject) and "/S" in item:
                yield item
                left[:0] = [item.get("/K", [])]


def build(folder, year, lang, term, **facts) -> Report:
    use_language(lang)
    data = vl.load(folder, year=year)
    return build_report(
        View(data, year, term=term), official_facts(data.programme, **facts)
    )


def write(report: Report, path: Path, lang: str = "vi") -> Written:
    use_language(lang)
    write_pdf(report, path)
    use_language("vi")
    return Written(report, path, lang)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    def make(name):
        path = tmp_path_factory.mktemp("pdf") / "bao-cao.pdf"
        return write(build(*VIEWS[name]), path, VIEWS[name][2])

    return Made(make)


@pytest.fixture(scope="module", params=but_first_costly(VIEWS))
def file(request, files):
    return files[request.param]


def joined(text: str) -> str:
    """Return a text without spaces and what stands between its letters unseen."""
    return re.sub(r"[\s\u2060]", "", text)


def titles(outline) -> list:
    return [titles(item) if isinstance(item, list) else item.title for item in outline]


def words_of(path: Path) -> list[list[tuple]]:
    """Return of each page its words, each with its box in mm."""
    html = subprocess.check_output(["pdftotext", "-bbox", path, "-"], text=True)
    box = r'<word xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="(\S+)">(.*?)</word>'
    return [
        [(*(float(at) / MM for at in found[:4]), found[4]) for found in words]
        for words in (re.findall(box, page) for page in html.split("<page ")[1:])
    ]


# --- layout


def test_the_body_is_a4_and_the_annexes_lie_across(file):
    sizes = [
        (round(page.mediabox.width / MM), round(page.mediabox.height / MM))
        for page in file.pdf.pages
    ]
    body = sizes.count((210, 297))
    assert body >= 3
    assert sizes == [(210, 297)] * body + [(297, 210)] * (len(sizes) - body)
    assert len(sizes) - body >= 2


@pytest.mark.system("pdftotext")
def test_margins_and_page_numbers_are_those_of_the_decree(file):
    for number, words in enumerate(words_of(file.path), 1):
        high = float(file.pdf.pages[number - 1].mediabox.height) / MM
        wide = float(file.pdf.pages[number - 1].mediabox.width) / MM
        left = 30 if wide < 250 else 20
        above = [word for word in words if word[3] < 20]
        within = [word for word in words if word[1] > 19 and word[3] < high - 19]
        assert [word[4] for word in above] == ([str(number)] if number > 1 else [])
        for x_from, _y_from, x_to, _y_to, _text in above:
            assert (x_from + x_to) / 2 == pytest.approx((left + wide - 20) / 2, abs=1)
        assert min(word[0] for word in within) >= left - 0.5
        assert max(word[2] for word in within) <= wide - 20 + 0.5


def test_page_one_states_body_nation_motto_and_what_it_is(files):
    lines = [line.strip() for line in files["real"].pages[0].splitlines()]
    for line in (
        "ỦY BAN NHÂN DÂN",
        "THỊ TRẤN VĨNH LỘC",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BÁO CÁO",
        files["real"].report.title,
    ):
        assert line in lines


def test_who_signs_is_not_left_alone(file):
    signed = joined(file.report.official.signatory)
    page = next(page for page in map(joined, file.pages) if signed in page)
    assert joined(file.report.body[-1].text) in page
    assert joined(file.report.official.office) in page


def test_every_page_of_the_annex_repeats_the_head_of_its_table(files):
    file = files["real"]
    across = [page.mediabox.width > page.mediabox.height for page in file.pdf.pages]
    pages = file.pages[across.index(True) : -1]  # Annex II has the last one
    assert "Phụ lục I\n" in pages[0]
    assert len(pages) > 2
    for page in pages:
        assert joined("TT Chỉ tiêu ĐVT KH năm 2022 TH năm 2022") in joined(page)


def test_a_year_without_figures_is_told_on_three_pages_without_empty_parts(files):
    report, pages = files["real"].report, files["real"].pdf.pages
    assert sum(page.mediabox.height > page.mediabox.width for page in pages) <= 3
    blocks = [*report.body, Heading("", 1)]
    for block, following in pairwise(blocks):
        empty = isinstance(block, Heading) and isinstance(following, Heading)
        assert not empty or following.level > block.level, block
    assert not re.search(r"[Kk]hông có\.", files["real"].text)
    texts = [column.text for column in report.annex_columns]
    assert "target_text" in texts
    assert not {"before_text", "percent_text", "change_text"} & {*texts}


def test_letters_of_charts_are_printed_in_8_points_at_least(files):
    charts = [b for b in files["demo"].report.body if isinstance(b, Chart)]
    assert charts
    for chart in charts:
        svg = chart.svg()
        wide = float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1])
        sizes = [*map(float, re.findall(r"font-size: ([\d.]+)px", svg))]
        assert min(sizes) * CHART_WIDTH * MM / wide >= 8, chart.title


@pytest.mark.system("pdftotext")
def test_no_third_of_a_page_of_the_body_is_empty(files):
    """But for the last one, where who signs ends the text."""
    for name in ("demo", "real"):
        file = files[name]
        upright = [p.mediabox.height > p.mediabox.width for p in file.pdf.pages]
        words = zip(words_of(file.path), upright, strict=True)
        pages = [on for on, body in words if body]
        for number, words in enumerate(pages[:-1], 1):
            low = max(word[3] for word in words if word[3] < 278)
            assert low > 20 + 257 * 2 / 3, (name, number)


def test_a_sentence_has_value_then_last_year_then_plan_then_its_source(files):
    text = " ".join(files["demo"].text.replace("\u00a0", " ").split())
    for said in (
        "Sản lượng lương thực bình quân hàng năm đạt 1.928 tấn, tăng 5,2% so với cùng "
        "kỳ, đạt 103,0% KH năm (1.871 tấn) [2].",
        "Tỷ lệ gia đình văn hóa đạt 98,0%, tăng 0,2 điểm phần trăm so với cùng kỳ, "
        "vượt kế hoạch 97,7%",
        # A share of one household says little.
        "Số hộ nghèo giảm trong năm đạt 2, tăng 1 hộ so với cùng kỳ",
        # What is missed says why in the same item.
        "đạt 87,5% KH năm (4,0 ha), thấp hơn 0,5 ha [2]. Nguyên nhân: bắt đầu muộn",
    ):
        assert said in text, said


def test_each_office_has_its_tasks_with_their_deadlines(files):
    *_others, tasks = [b for b in files["demo"].report.body if isinstance(b, Heading)]
    assert tasks.text == "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ"
    body = files["demo"].report.body
    said = [b.text for b in body[body.index(tasks) + 1 :]]
    assert said[0].startswith("Công chức địa chính")
    assert "Khảo sát, đánh số nhà, hạn 2023" in said[0]
    assert "Kênh mương được nâng cấp, sửa chữa, làm mới, từ năm 2021" in said[0]
    assert said[-1].startswith("[… ")


# --- what a program finds


def test_bookmarks_are_the_headings_and_the_annexes(file):
    levels = {1: [], 2: [], 3: []}
    for block in file.report.body:
        if isinstance(block, Heading):
            levels[block.level].append(block.text)
    outline = titles(file.pdf.outline)
    first = [item for item in outline if isinstance(item, str)]
    word = {"vi": "Phụ lục", "en": "Annex"}[file.lang]
    annexes = [f"{word} {annex.number}. {annex.title}" for annex in file.report.annexes]
    assert first == levels[1] + annexes
    second = [item for below in outline if isinstance(below, list) for item in below]
    assert [item for item in second if isinstance(item, str)] == levels[2]
    third = [text for below in second if isinstance(below, list) for text in below]
    assert third == levels[3]


def test_it_says_its_title_body_and_language_and_claims_pdf_ua(file):
    assert file.pdf.metadata.title == file.report.title
    assert file.pdf.metadata.author == file.report.official.author
    assert file.root["/Lang"] == {"vi": "vi-VN", "en": "en-GB"}[file.lang]
    assert file.root["/MarkInfo"]["/Marked"]
    assert file.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in file.path.read_bytes()


def test_headings_tables_and_pictures_are_tagged(file):
    tags = list(file.tags())
    kinds = [tag["/S"] for tag in tags]
    parts = [b for b in file.report.body if isinstance(b, Heading) and b.level == 1]
    assert kinds.count("/H1") == len(parts) + 2
    assert kinds.count("/H2") == file.report.annex_table["is_theme"].sum()
    assert {"/Title", "/P", "/Table", "/THead", "/TH", "/TD", "/Caption"} <= {*kinds}
    charts = [block for block in file.report.body if isinstance(block, Chart)]
    alts = [tag["/Alt"] for tag in tags if tag["/S"] == "/Figure"]
    assert alts == [chart.alt for chart in charts]
    assert bool(alts) == (
        file.report.title != "Kết quả thực hiện Chương trình số 76/CTr-UBND năm 2022"
    )


def test_every_font_is_in_the_file_and_none_is_of_the_machine(file):
    names = set()
    for found in file.objects():
        if found.get("/Type") == "/FontDescriptor":
            assert {"/FontFile2", "/FontFile3"} & {*found}, found["/FontName"]
            names.add(re.split(r"[+-]", found["/FontName"])[1])
    charts = any(isinstance(block, Chart) for block in file.report.body)
    assert {"Tinos", *(["BeVietnamPro"] if charts else [])} <= names
    assert names <= {"Tinos", "BeVietnamPro", "NewCMMath", "DejaVuSansMono"}


def test_the_font_of_charts_has_every_letter_in_them(file):
    import fontpkg_be_vietnam_pro as font

    known = FT2Font(font.ROOT / "files" / "BeVietnamPro-Regular.ttf").get_charmap()
    for block in file.report.body:
        if isinstance(block, Chart):
            texts = re.findall(r"<text[^>]*>([^<]*)<", block.svg())
            assert texts
            assert set("".join(texts)) <= {*map(chr, known), "\n"}


def test_text_can_be_searched(files):
    year, term = files["every kind"], files["every kind, the term"]
    assert "Vĩnh Lộc" in files["real"].text
    for file in (files["real"], year, term):
        assert "chỉ tiêu" in file.text
    assert "≥ 97,5" in term.text.replace("\u00a0", " ")
    assert "▼ Chưa đạt" in year.text.replace("\u00a0", " ")
    assert "Đời sống" in " ".join(year.pages[:2])  # in the chart


def test_it_has_all_that_the_blocks_say(file):
    text = joined(file.text)
    for block in file.report.body:
        said = block.title if isinstance(block, Chart) else None
        said = said or getattr(block, "text", None) or block.caption
        assert joined(said)[:40] in text, said
    lines = file.report.annex_table
    for name in lines.loc[~lines["is_theme"].astype(bool), "name"]:
        assert joined(name) in text, name


# --- made-up figures, languages


def test_made_up_figures_are_marked_on_every_page_chart_and_table(files):
    for name in ("every kind", "every kind, English", "every kind, the term"):
        file, words = files[name], DEMO_WORDS[files[name].lang]
        assert all(words in page.splitlines()[-1] for page in file.pages)
        text = joined(file.text)
        for block in file.report.body:
            if isinstance(block, Table):
                assert joined(f"{words}: {block.caption}") in text
            if isinstance(block, Chart):
                assert words in block.svg()  # the picture says it
    assert "MINH HỌA" not in files["real"].text


def test_the_english_report_is_english(files):
    text = files["every kind, English"].text
    assert "SOCIALIST REPUBLIC OF VIET NAM" in text
    assert "1,960 tonnes" in text.replace("\u00a0", " ")
    assert not re.search(r"chỉ tiêu|mục tiêu|kết quả|phụ lục", text, re.IGNORECASE)


# --- texts of strangers, what is not known


@pytest.fixture(scope="module")
def short(files):
    """Return a report of no more than its head and an annex of one line."""
    report = files["real"].report
    table = report.annex_table.head(2)
    return dataclasses.replace(
        report, body=(), annexes=report.annexes[:1], annex_table=table
    )


def test_a_text_is_never_read_as_typst(short, tmp_path):
    cells = make_table(
        HOSTILE[0],
        {"#a": HOSTILE, "$n$": HOSTILE},
        numbers=["$n$"],
        note=HOSTILE[1],
    )
    report = dataclasses.replace(
        short,
        title=HOSTILE[1],
        body=(Heading(HOSTILE[0], 1), *map(Paragraph, HOSTILE), cells),
        official=dataclasses.replace(
            short.official,
            heading=(HOSTILE[1],),
            signatory=HOSTILE[0],
            recipients=(HOSTILE[2],),
        ),
    )
    file = write(report, tmp_path / "hostile.pdf")
    for text, least in zip(HOSTILE, [5, 5, 4, 3, 3, 3, 3], strict=True):
        assert joined(file.text).count(joined(text)) >= least, text
    assert file.pdf.metadata.title == HOSTILE[1]
    assert file.pdf.outline[0].title == HOSTILE[0]


def test_marks_that_turn_or_hide_text_are_left_out(short, tmp_path):
    said = "đúng \u202eđảo\u202c thứ\u200f tự, \u2066hết\u2069\x07\ufeff"
    report = dataclasses.replace(short, body=(Paragraph(said),))
    file = write(report, tmp_path / "a.pdf")
    assert "đúng đảo thứ tự, hết" in file.text


def test_letters_in_two_parts_become_one_and_can_be_searched(short, tmp_path):
    report = dataclasses.replace(
        short, body=(Paragraph("Nguye\u0302\u0303n Va\u0306n"),)
    )
    assert "Nguyễn Văn" in write(report, tmp_path / "a.pdf").text


def test_a_letter_that_no_font_has_does_not_stop_the_report(short, tmp_path):
    report = dataclasses.replace(short, body=(Paragraph("trước 😀 sau"),))
    file = write(report, tmp_path / "a.pdf")
    assert "trước" in file.text
    assert "sau" in file.text
    assert file.root["/MarkInfo"]["/Marked"]


def test_a_table_without_rows_and_a_report_without_text_can_be_written(short, tmp_path):
    assert write(short, tmp_path / "a.pdf").pages
    body = (make_table("không có gì", {"a": []}), Paragraph(""))
    file = write(dataclasses.replace(short, body=body), tmp_path / "b.pdf")
    assert "không có gì" in file.text


def test_what_the_office_has_to_fill_in_is_yellow(short, tmp_path):
    yellow = re.compile(rb"\b1 1 0 (rg|sc|scn)\b")
    todo = dataclasses.replace(short, body=(Paragraph("xong [… điền vào đây] hết"),))
    official = dataclasses.replace(
        short.official, signatory="Người Ký", recipients=("Như trên",)
    )
    file = write(dataclasses.replace(todo, official=official), tmp_path / "a.pdf")
    assert "[… điền vào đây]" in file.text
    assert len(yellow.findall(file.pdf.pages[0].get_contents().get_data())) == 1
    done = dataclasses.replace(short, body=(), official=official)
    file = write(done, tmp_path / "b.pdf")
    assert not yellow.search(file.pdf.pages[0].get_contents().get_data())
