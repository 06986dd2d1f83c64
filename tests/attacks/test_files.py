"""No attack in the data does anything in Word, PDF, Excel or CSV."""

import csv
import re
import subprocess
import zipfile
from pathlib import Path

import pandas as pd
import pypdf
import pytest
from corpus import HOST, SHOWN
from docx import Document
from live import formulas_of, live_in_office, starts_formula, strange_in, without_texts

from vinhloc.data.processed import write_csv
from vinhloc.office.formulas import read_back
from vinhloc.review.borrowed import cells_of

pytestmark = pytest.mark.costly("publishes a programme full of attacks")

# What our workbooks compute: a percentage of the plan, the change on last year; areas
# to print and to filter.
OURS = re.compile(
    r'=?IF\([A-Z]+\d+=0,"",[A-Z]+\d+/[A-Z]+\d+\)'
    r'|=?IF\([A-Z]+\d+=0,"",ROUND\([A-Z]+\d+/[A-Z]+\d+-1,\d\)\)'
    r"|=?ROUND\([A-Z]+\d+-[A-Z]+\d+,\d\)"
    r"|('[^']+'|\w+)!\$[A-Z]*\$?\d+(:\$[A-Z]*\$?\d+)?"
    r'|LEFT\([A-Z]+\d+,\d+\)=""'
)


def test_word_has_no_field_no_object_and_no_link_to_elsewhere(attacked):
    for path in attacked.files("*.docx"):
        assert live_in_office(path) == []


def test_word_shows_every_attack_as_it_is_written(attacked):
    document = Document(attacked.review / "bao-cao.docx")
    cells = [cell for table in document.tables for cell in cells_of(table)]
    parts = [*document.paragraphs, *cells]
    text = "\n".join(part.text for part in parts)
    missing = [attack for attack in SHOWN if attack not in text]
    # Most fields have no place in the report; a name of an indicator always has.
    named = {"indicators.csv.name_vi", "themes.csv.name_vi"}
    assert not [attack for attack in missing if named & {*attacked.stands[attack]}]
    assert len(missing) < len(SHOWN) / 20


def test_excel_computes_our_percentages_and_nothing_else(attacked):
    for path in attacked.files("phu-luc.xlsx"):
        formulas = formulas_of(path)
        assert any(formula.startswith("IF(") for formula in formulas)
        strange = [f for f in formulas if not OURS.fullmatch(without_texts(f))]
        assert strange == []
        assert live_in_office(path) == []


def test_the_entry_workbook_computes_what_it_reads_back_and_nothing_else(attacked):
    (form,) = attacked.files("form.xlsx")
    assert live_in_office(form) == []
    assert [f for f in formulas_of(form) if strange_in(f)] == []


@pytest.mark.parametrize("decimals", [0, 1])
def test_no_name_of_a_unit_becomes_part_of_a_formula(decimals):
    for unit in SHOWN:
        row = {"unit": unit, "unit_en": unit, "decimals": decimals}
        row |= {"plausible_low": 0.0, "plausible_high": 9.0}
        formulas = read_back("F6", 5, 13, row)
        assert [f for f in formulas if strange_in(f)] == [], unit
        texts = [t for f in formulas for t in re.findall(r'"((?:[^"]|"")*)"', f)]
        assert max(map(len, texts)) <= 255  # Excel refuses a longer one


def test_no_text_of_a_csv_file_is_a_formula_for_a_spreadsheet(attacked):
    for path in attacked.files("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells = [
                (k, cell) for row in csv.DictReader(file) for k, cell in row.items()
            ]
        assert len(cells) > 100
        texts = [cell for _key, cell in cells if not is_number(cell)]
        assert [cell for cell in texts if starts_formula(cell)] == [], path.name


def is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell))


def test_a_csv_file_keeps_every_other_text_and_every_number(tmp_path):
    texts = [
        "xã; thôn",
        "- ghi chú",
        "=",
        ">=",
        "a-b",
        "",
        None,
        "=1+1",
        "x;=1",
        "\t@a",
    ]
    frame = pd.DataFrame({"text": texts, "number": range(-5, 5)})
    write_csv(frame, tmp_path / "frame.csv")
    again = pd.read_csv(tmp_path / "frame.csv", keep_default_na=False)
    kept = ["xã; thôn", "- ghi chú", "=", ">=", "a-b", "", ""]
    assert again["text"].tolist() == [*kept, "'=1+1", "x;'=1", "\t'@a"]
    assert again["number"].tolist() == [*range(-5, 5)]


def test_pdf_leads_to_the_addresses_of_sources_and_starts_nothing(attacked):
    places = (attacked.data, attacked.data.parent)
    given = {row["address"] for at in places for row in rows(at / "sources.csv")}
    for path in attacked.files("*.pdf"):
        reader = pypdf.PdfReader(path)
        assert not {"/OpenAction", "/AA", "/AcroForm"} & reader.root_object.keys()
        raw = path.read_bytes()
        assert not re.search(
            rb"/(JavaScript|JS|Launch|GoToR|EmbeddedFile|URI \(j)", raw
        )
        links = [link for page in reader.pages for link in links_of(page)]
        assert links
        assert {link for link in links if link not in given} == set()


def links_of(page) -> list[str]:
    actions = [a.get_object().get("/A") for a in page.get("/Annots") or ()]
    uris = [action.get_object() for action in actions if action is not None]
    assert all(uri["/S"] == "/URI" for uri in uris if "/URI" in uri)
    return [uri["/URI"] for uri in uris if "/URI" in uri]


def rows(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


@pytest.mark.system("pdftotext")
def test_pdf_shows_markup_as_text(attacked):
    command = ["pdftotext", attacked.review / "bao-cao.pdf", "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    text = re.sub(r"\s|\u2060", "", text)
    for attack in (
        '#read("/etc/passwd")',
        '#eval("1+1")',
        "{{7*7}}",
        f"https://{HOST}/",
    ):
        assert re.sub(r"\s", "", attack) in text
    assert "root:x:0" not in text


def test_the_files_hold_nothing_of_this_machine(attacked):
    for path in [*attacked.files("*.docx"), *attacked.files("*.xlsx")]:
        with zipfile.ZipFile(path) as archive:
            whole = b"".join(map(archive.read, archive.namelist()))
        assert b"root:x:0" not in whole
        assert str(attacked.folder).encode() not in whole
