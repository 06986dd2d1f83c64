"""A programme may be a resolution or a plan; everything made of it calls it that."""

import datetime
import re
from contextvars import copy_context
from html import unescape
from pathlib import Path

import docx
import nbformat
import openpyxl
import pypdf
import pytest
from published import ROOT, read_here
from sao_mai import SAO_MAI, write_programme

import vinhloc as vl
from vinhloc.figures import use_document, use_language
from vinhloc.office import receive, write_form
from vinhloc.office.layout import COLUMN, FIRST_ROW
from vinhloc.review.parts import write_files
from vinhloc.review.request import UNSIGNED, Request
from vinhloc.review.run import run_review
from vinhloc.review.view import View

ACTUALS = """\
    indicator, year, value
    clean_water, 2026, 91.5
    rice_area, 2026, 301.5
    """
WORDS = {"vi": ("nghị quyết", "chương trình"), "en": ("resolution", "programme")}
# What is no text of ours: names of files, and the data's own.
OWN = re.compile(r"programme\.toml|Chương trình của xã Sao Mai|Chương trình 1\b")
OWN_EN = re.compile(rf"{OWN.pattern}|Programme of Sao Mai commune")


@pytest.fixture
def resolution(tmp_path):
    """Return the folder of a programme that is a resolution."""
    typed = 'document_type = "Nghị quyết"\n        document_type_en = "Resolution"\n'
    record = SAO_MAI["programme.toml"].replace("number =", f"{typed}        number =")
    return write_programme(
        tmp_path / "data" / "raw", programme=record, actuals=ACTUALS
    ).path


@pytest.fixture(autouse=True)
def forgotten():
    """Call no document of another test what this one called its own."""
    yield
    use_document()
    use_language("vi")


def texts_of(path: Path) -> str:
    match path.suffix:
        case ".docx":
            document = docx.Document(path)
            xml = document.element.xml + "".join(
                part.blob.decode("utf-8", "ignore")
                for part in document.part.package.iter_parts()
                if part.partname.endswith(".xml")
            )
            return unescape(re.sub(r"<[^>]+>", " ", xml))
        case ".pdf":
            return " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
        case ".xlsx":
            book = openpyxl.load_workbook(path)
            cells = (c for sheet in book for row in sheet.iter_rows() for c in row)
            return " ".join(
                f"{cell.value or ''} {cell.comment.text if cell.comment else ''}"
                for cell in cells
            )
        case ".ipynb":
            cells = nbformat.read(path, as_version=4).cells
            return "\n".join(c.source for c in cells if c.cell_type == "markdown")
    aside = re.compile(r'<style>.*?</style>|class="[^"]*"', re.DOTALL)
    return aside.sub("", path.read_text("utf-8"))


@pytest.mark.costly("a review with all its files")
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_file_of_a_review_calls_a_resolution_a_programme(resolution, tmp_path, lang):
    asked = Request(folder=resolution, out=tmp_path / "out", lang=lang, year=2026)
    entry = copy_context().run(run_review, asked)
    said, never = WORDS[lang]
    files = [p for p in entry.parent.rglob("*.*") if p.suffix not in (".csv", ".json")]
    assert {p.suffix for p in files} == {".html", ".ipynb", ".docx", ".pdf", ".xlsx"}
    for path in files:
        text = " ".join(texts_of(path).split())
        text = (OWN_EN if lang == "en" else OWN).sub("", text)
        found = re.findall(rf"\b{never}\b.{{40}}", text, re.IGNORECASE)
        assert not found, path.name
    for name in ("index.html", "bao-cao.docx", "phu-luc.xlsx", "living.html"):
        text = texts_of(next(p for p in files if p.name == name))
        assert re.search(rf"\b{said}\b", text, re.IGNORECASE), name


def test_titles_have_it_in_front_and_sentences_within(resolution):
    data = vl.load(resolution)
    view = View(data, 2026)
    assert view.title == "Báo cáo thực hiện nghị quyết, năm 2026"
    rows = vl.select(data.assessment, year=2026)
    assert "Mục trong nghị quyết" in vl.table_of_targets(rows).frame
    use_language("en")
    assert view.title == "Review of the resolution, 2026"


@pytest.mark.parametrize(
    ("written", "title", "within"),
    [
        ('document_type = "Kế hoạch"', "Kế hoạch số 1/CTr", "thực hiện kế hoạch,"),
        ('document_type = "đề án"', "Đề án số 1/CTr", "thực hiện đề án,"),
        ('document_type = "KHPT"', "KHPT số 1/CTr", "thực hiện KHPT,"),
        ("", "Chương trình số 1/CTr", "thực hiện chương trình,"),
    ],
)
def test_any_words_will_do_and_none_is_a_programme(tmp_path, written, title, within):
    record = SAO_MAI["programme.toml"].replace(
        "number =", f"{written}\n        number ="
    )
    data = write_programme(tmp_path / "data", programme=record).load()
    view = View(data, 2026)
    assert within in view.title
    write_files(tmp_path, view, ["docx"], UNSIGNED)
    assert f"Căn cứ {title}" in " ".join(texts_of(tmp_path / "bao-cao.docx").split())


@pytest.mark.parametrize("word", ["<b>Nghị quyết", "Nghị\\nquyết", "a_b", " ", "*kế*"])
def test_it_is_words_and_no_markup(tmp_path, word):
    record = f'document_type = "{word}"\n' + SAO_MAI["programme.toml"].lstrip()
    (problem,) = write_programme(tmp_path / "data", programme=record).problems()
    assert problem.column == "document_type"


def test_without_its_english_it_is_a_programme_in_english(tmp_path):
    record = 'document_type = "Nghị quyết"\n' + SAO_MAI["programme.toml"].lstrip()
    data = write_programme(tmp_path / "data", programme=record).load()
    use_language("en")
    assert View(data, 2026).title == "Review of the programme, 2026"


def test_another_programme_that_is_read_later_is_called_its_own(resolution):
    vl.load(resolution)
    data = vl.load(ROOT / "data" / "raw" / "demo")
    assert View(data, 2023).title == "Báo cáo thực hiện chương trình, năm 2023"


def test_a_form_says_it_and_comes_in_under_either_word(
    resolution, tmp_path, monkeypatch
):
    read_here(monkeypatch)
    path = tmp_path / "bieu.xlsx"
    write_form(vl.load(resolution), 2026, path)
    assert "Mục tiêu năm theo nghị quyết" in texts_of(path)
    assert "chương trình" not in OWN.sub("", texts_of(path))
    book = openpyxl.load_workbook(path)
    rows = (row for sheet in book for row in sheet.iter_rows(min_row=FIRST_ROW))
    (own,) = (row for row in rows if row[0].value == "clean_water")
    own[COLUMN["actual"]].value = "92,5"
    book.save(path)
    record = (resolution / "programme.toml").read_text("utf-8")
    for word in ("Nghị quyết", "Kế hoạch"):
        changed = record.replace('"Nghị quyết"', f'"{word}"')
        (resolution / "programme.toml").write_text(changed, "utf-8")
        today = datetime.date(2027, 2, 1)
        found = receive(vl.load(resolution), path, today=today, dry_run=True)
        assert found.taken.problems == []
        assert [figure["value"] for figure in found.taken.figures] == [92.5]


def test_a_message_of_the_data_says_it(resolution):
    path = resolution / "actuals" / "figures.csv"
    header, *rows = path.read_text("utf-8").splitlines()
    place = header.split(",").index("plan")
    cells = rows[0].split(",")
    cells[place] = "95"
    path.write_text("\n".join([header, ",".join(cells), *rows[1:]]) + "\n", "utf-8")
    (asked,) = vl.load(resolution).questions["text"]
    assert asked == "Nước sạch: kế hoạch ghi 95,0, nghị quyết ghi 90,0"
