"""The entry workbook: what it asks for, how it is protected, what it says back."""

import csv
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from vinhloc.commands.cli import main
from vinhloc.data.loading import load
from vinhloc.figures import parse_figure
from vinhloc.office.form import write_form
from vinhloc.office.form_rows import form_rows
from vinhloc.office.layout import COLUMN, COLUMNS, HEADER_ROW, VERSION
from vinhloc.review.paper.workbook import write_workbook
from vinhloc.review.view import View

RAW = Path(__file__).parents[2] / "data" / "raw"
KINDS = Path(__file__).parents[1] / "every_kind"
ENTRY = COLUMN["actual"] + 1
UNDERSTOOD = COLUMN["understood"] + 1


@pytest.fixture(scope="module")
def book(empty_form):
    """Return the empty form as it is read; no test changes it."""
    return openpyxl.load_workbook(empty_form)


def test_a_form_asks_once_for_every_indicator_of_the_year(form, programme, places):
    assert set(places(form)) == set(load(programme).indicators["indicator"])


def test_a_row_says_what_the_programme_wants_and_last_year_had(programme, tmp_path):
    write_form(load(programme), 2023, tmp_path / "f.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "f.xlsx")["Đô thị và môi trường"]
    row = next(
        r for r in sheet.iter_rows(min_row=5) if r[0].value == "street_naming_done"
    )
    said = [cell.value for cell in row[1:5]]
    assert said[0] == "Đặt tên một số tuyến đường chính"
    assert said[2].endswith("(năm 2024)")
    assert said[3] == "hoàn thành"


def test_entry_cells_are_open_text_and_everything_else_is_locked(book):
    for sheet in book:
        assert sheet.protection.sheet, sheet.title
        assert not sheet.protection.password
    sheet = book["Nông nghiệp"]
    for column in COLUMNS:
        cell = sheet.cell(5, COLUMN[column.key] + 1)
        assert cell.protection.locked is not column.open, column.key
        assert not column.open or cell.number_format == "@", column.key


def test_a_sheet_has_lists_prompts_a_frozen_head_and_prints_on_a4(book):
    sheet = book["Nông nghiệp"]
    rules = sheet.data_validations.dataValidation
    lists = {rule.formula1 for rule in rules if rule.type == "list"}
    assert '"ước,chính thức"' in lists
    assert '"hoàn thành,chưa hoàn thành"' in lists
    assert all(rule.prompt for rule in rules)
    spans = [str(rule.sqref) for rule in rules]
    assert len(spans) == len(set(spans))  # one rule a cell
    assert sheet.freeze_panes == f"C{HEADER_ROW + 1}"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (
        9,
        "landscape",
    )
    assert sheet.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"


def test_the_identity_is_hidden_in_the_file(book):
    sheet = book["vinhloc"]
    told = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert told == {"form": VERSION, "programme": "vinh-loc-2020-2025", "year": "2024"}
    assert sheet.sheet_state == "veryHidden"


def test_a_form_of_made_up_data_says_so_on_every_sheet(programme, tmp_path):
    toml = programme / "programme.toml"
    stated = toml.read_text("utf-8").replace("made_up = false", "made_up = true")
    toml.write_text(stated, "utf-8")
    write_form(load(programme), 2024, tmp_path / "f.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "f.xlsx"):
        said = {cell.value for row in sheet.iter_rows(max_row=3) for cell in row}
        assert "SỐ LIỆU MINH HỌA" in said or sheet.title == "vinhloc", sheet.title


THEMES = (
    "Phát triển kinh tế nông nghiệp và nông thôn",
    "Phát triển kinh tế nông nghiệp và đô thị",
    "phát triển kinh tế nông nghiệp VÀ du lịch",
    "History",
    "'Hướng dẫn'",
    "[:*?/\\]",
)


@pytest.mark.parametrize("names", [THEMES, ("vinhloc",) * 6, ("😀" * 40,) * 6])
def test_a_theme_may_have_any_name_that_the_check_accepts(
    programme, run, fill, tmp_path, names
):
    table = csv.DictReader((programme / "themes.csv").read_text("utf-8").splitlines())
    rows = [
        row | {"name_vi": name, "name_en": name}
        for row, name in zip(table, names, strict=True)
    ]
    with (programme / "themes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]])
        writer.writeheader()
        writer.writerows(rows)
    assert run("check")[0] == 0
    out = tmp_path / "f.xlsx"
    code, said = run("form", "--year", 2024, "--out", out)
    assert code == 0, said
    sheets = openpyxl.load_workbook(out).sheetnames
    assert len({name.lower() for name in sheets}) == len(sheets) == 8
    assert max(len(name.encode("utf-16-le")) // 2 for name in sheets) <= 31
    assert not {name.lower() for name in sheets} & {"history", ""}
    assert not re.search(r"[\[\]:*?/\\']", "".join(sheets))
    fill(out, {"rice_output": {"actual": "1.810"}, "maize_area": {"actual": "x"}}, out)
    code, said = run("import", out, "--accept-good")
    assert code == 0, said
    assert openpyxl.load_workbook(tmp_path / "f-can-sua.xlsx").sheetnames == sheets
    write_workbook(View(load(programme), 2024), tmp_path / "annex.xlsx")
    assert len(openpyxl.load_workbook(tmp_path / "annex.xlsx").sheetnames) == 4


def test_the_sheets_of_a_marked_copy_have_names_of_their_own(programme, run, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Nông nghiệp'2024"
    book.active.append(["TT", "Chỉ tiêu", "ĐVT", "Ước TH 2024"])
    book.active.append([1, "Sản lượng lúa", "tấn", "x"])
    book.create_sheet("Nông nghiệp 2024").append(["ghi chú"])
    book.save(tmp_path / "a.xlsx")
    code, said = run("import", tmp_path / "a.xlsx")
    assert code == 2, said
    marked = openpyxl.load_workbook(tmp_path / "a-can-sua.xlsx")
    assert marked.sheetnames == ["Nông nghiệp 2024", "Nông nghiệp 2024 2"]
    assert marked["Nông nghiệp 2024"]["D2"].comment


def test_a_theme_or_a_department_can_be_asked_alone(programme):
    data = load(programme)
    culture = form_rows(data, 2024, themes=["culture"])
    assert set(culture["theme"]) == {"culture"}
    health = form_rows(data, 2024, departments=["tram-y-te"])
    assert set(health["department"]) == {"tram-y-te"}
    with pytest.raises(ValueError, match="cultur"):
        form_rows(data, 2024, themes=["cultur"])
    with pytest.raises(ValueError, match="2019"):
        form_rows(data, 2019)


def test_a_filled_form_is_never_overwritten_unasked(run, tmp_path):
    out = tmp_path / "bieu.xlsx"
    assert run("form", "--year", 2024, "--out", out)[0] == 0
    written = out.read_bytes()
    code, said = run("form", "--year", 2023, "--out", out)
    assert (code, out.read_bytes()) == (2, written)
    assert "--force" in said
    assert run("form", "--year", 2023, "--out", out, "--force")[0] == 0


def recalculated(folder, *paths):
    """Return workbooks as LibreOffice, which is started once, saves them."""
    profile = folder / "profile"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder / "saved")]
    subprocess.run([*command, *paths], check=True, capture_output=True, timeout=120)
    saved = [folder / "saved" / path.name for path in paths]
    return [openpyxl.load_workbook(path, data_only=True) for path in saved]


@pytest.mark.system("soffice")
def test_libreoffice_opens_and_saves_a_form_unharmed(empty_form, book, tmp_path):
    (after,) = recalculated(tmp_path, empty_form)
    assert after.sheetnames == book.sheetnames
    for sheet in book:
        saved = after[sheet.title]
        assert saved.protection.sheet
        for row in sheet.iter_rows(max_col=ENTRY):
            for cell in row:
                assert saved[cell.coordinate].value == cell.value, cell.coordinate
                assert saved[cell.coordinate].number_format == cell.number_format
    rules = after["Nông nghiệp"].data_validations.dataValidation
    assert {rule.type for rule in rules if rule.prompt} >= {"list"}


FITS = {
    "rice_area": ("297,7", "hiểu là: 297,7 ha"),
    "maize_area": ("20,50 HA", "hiểu là: 20,50 ha"),
    "rice_yield": ("60,8 tạ/ha/vụ", "hiểu là: 60,8 tạ/ha/vụ"),
    "rice_output": ("2.080 tấn", "hiểu là: 2.080 tấn"),
    "grain_output": ("1871", "hiểu là: 1.871 tấn"),
    "poultry_flock": ("4.600con", "hiểu là: 4.600 con"),
    "health_insurance_rate": ("97,5%", "hiểu là: 97,5%"),
    "child_vaccination_rate": ("100", "hiểu là: 100%"),
    "poor_household_rate": ("0", "hiểu là: 0%"),
    "near_poor_household_rate": ("0,68 %", "hiểu là: 0,68%"),
    "house_numbering_done": ("hoàn thành", "hiểu là: hoàn thành"),
    "fish_output": ("", None),
}
LEFT = ["1.234", "3,098", "654.1", "10/10", "x", "-", "ước 97,5", "1e3", "97,5,1", ",5"]
LEFT += ["4,", "2 080", "-5", "12 con tấn", "hai", "1.23.4", "97,5%%", "5 hahaha", "04"]


@pytest.mark.costly("LibreOffice computes every cell")
@pytest.mark.system("soffice")
def test_what_is_read_back_is_what_import_will_read(tmp_path, places):
    """Every text in cells of many indicators; LibreOffice works the formulas out."""
    data = load(RAW)
    facts = data.indicators.query("unit != 'event'").to_dict("records")
    known = data.indicators.set_index("indicator")

    def of(name):
        fact = known.loc[name]
        return {"unit": fact["unit"], "decimals": int(fact["decimals"])}

    turns = [{name: text for name, (text, _said) in FITS.items()}]
    for turn in range(1, 4):
        left = [LEFT[(number + turn * 5) % len(LEFT)] for number in range(len(facts))]
        names = [fact["indicator"] for fact in facts]
        turns.append(dict(zip(names, left, strict=True)))
    paths = [tmp_path / f"{turn}.xlsx" for turn in range(4)]
    for path, typed in zip(paths, turns, strict=True):
        entries = {(name, "actual"): text for name, text in typed.items()}
        write_form(data, 2024, path, entries=entries)
    found = places(paths[0])
    for turn, book in enumerate(recalculated(tmp_path, *paths)):
        for name, text in turns[turn].items():
            sheet, row = found[name]
            said = book[sheet].cell(row, UNDERSTOOD).value
            if not turn:
                assert said == FITS[name][1]
            elif said.startswith("hiểu là: "):
                assert parse_figure(said[9:], **of(name)) == parse_figure(
                    text, **of(name)
                ), (name, text, said)


def test_a_form_that_cannot_be_written_is_an_error_and_leaves_nothing(run, tmp_path):
    code, said = run("form", "--year", 2024, "--out", tmp_path / ("x" * 300 + ".xlsx"))
    assert code == 3
    assert "không ghi được" in said


@pytest.fixture
def new_programme(tmp_path):
    """Return the folder of a programme of which no figure has come in."""
    ignored = shutil.ignore_patterns("20*.csv")
    return Path(shutil.copytree(KINDS, tmp_path / "raw", ignore=ignored))


@pytest.fixture
def without_figures(new_programme):
    for name in ("breaks.csv", "remarks.csv", "sources.csv"):
        path = new_programme / name
        lines = path.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines[1:] if line.startswith("ctr-7")]
        path.write_text("".join([lines[0], *kept]), "utf-8")
    return new_programme


def test_the_baseline_year_has_a_form_of_its_own_that_is_asked_for_first(
    without_figures, fill, tmp_path, capsys
):
    def run(*arguments):
        with pytest.raises(SystemExit) as left:
            main([*map(str, arguments), "--data", str(without_figures)])
        return left.value.code, "".join(capsys.readouterr())

    path, filled = tmp_path / "goc.xlsx", tmp_path / "goc-da-dien.xlsx"
    assert run("form", "--baseline", "--out", path)[0] == 0
    rows = form_rows(load(without_figures), 2025).set_index("indicator")
    assert rows["asked"]["clean_water"] == "≥\xa090,0 (năm 2026)"
    assert rows["asked"]["grain"] == "≥\xa02.300 (mỗi năm)"
    assert "hall" not in rows.index
    cover = {"as_of": "31/12/2025", "vintage": "chính thức", "source": "BC 1"}
    fill(path, {"clean_water": {"actual": "88,0%"}}, filled, **cover)
    code, said = run("import", filled)
    assert code == 0, said
    data = load(without_figures)
    assert data.current[["year", "value"]].to_numpy().tolist() == [[2025, 88.0]]
    asked = form_rows(data, 2026).set_index("indicator")["before"]
    assert asked["clean_water"] == "88,0"


def test_what_is_stated_for_each_year_is_that_year_s_target():
    asked = form_rows(load(KINDS), 2026).set_index("indicator")["asked"]
    assert asked["grain"] == "≥\xa02.300"
    assert asked["accidents"] == "<\xa05"
    assert asked["class_size"] == "25,0\xa0–\xa035,0"
    assert asked["income"] == ">\xa052,0 (năm 2027)"
    assert form_rows(load(KINDS), 2028).set_index("indicator")["asked"]["canals"] == (
        "≥\xa01.500 (cả nhiệm kỳ)"
    )


@pytest.mark.parametrize("given", [(), ("--year", "2026", "--baseline")])
def test_a_form_is_of_a_year_or_of_the_baseline(given, capsys):
    with pytest.raises(SystemExit) as left:
        main(["form", *given, "--data", str(KINDS)])
    assert left.value.code == 2
    assert "--baseline" in capsys.readouterr().err
