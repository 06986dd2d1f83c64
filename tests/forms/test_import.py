"""A workbook comes in whole or not at all, and nothing on record is changed."""

import csv
import errno
import hashlib
import json
import os
import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from published import snapshot

from vinhloc.data import disk
from vinhloc.data.loading import load
from vinhloc.office.layout import COLUMN, COVER_SHEET
from vinhloc.office.taken import take

DECEMBER = {"as_of": "15/12/2024", "vintage": "ước", "source": "215/BC-UBND"}
GOOD = {
    "rice_area": {"actual": "297,7"},
    "rice_output": {"actual": "1.810 tấn", "cause": "- Do mưa bão"},
}


@pytest.fixture(scope="module")
def good_form(empty_form, fill, tmp_path_factory):
    target = tmp_path_factory.mktemp("good") / "form.xlsx"
    return fill(empty_form, GOOD, target, **DECEMBER)


@pytest.fixture
def filled(good_form, tmp_path):
    return Path(shutil.copy(good_form, tmp_path / "da điền.xlsx"))


def actual(programme, indicator):
    rows = load(programme).current.query("indicator == @indicator and year == 2024")
    return None if rows.empty else rows["value"].iloc[0]


@pytest.mark.parametrize("typed", ["0,975", "975"])
def test_a_refused_figure_is_printed_as_it_was_typed(
    programme, form, fill, run, tmp_path, typed
):
    entry = {"actual": typed, "confirmed": "đã kiểm tra"}
    path = fill(form, {"child_vaccination_rate": entry}, tmp_path / "a.xlsx")
    code, said = run("import", path, "--dry-run")
    assert code == 2
    assert f" {typed} " in said
    assert "Traceback" not in said


def test_figures_come_in_with_the_origin_of_each(programme, filled, run):
    before = snapshot(programme)
    code, said = run("import", filled)
    assert code == 0, said
    new = {name: c for name, c in snapshot(programme).items() if name not in before}
    assert all(snapshot(programme)[name] == content for name, content in before.items())
    kinds = sorted(Path(name).parts[0] for name in new)
    assert kinds == ["actuals", "received", "remarks", "sources"]
    kept = next(name for name in new if name.startswith("received/"))
    assert new[kept] == filled.read_bytes()
    figures = next(name for name in new if name.startswith("actuals/2024/da-dien-"))
    rows = list(csv.DictReader(new[figures].decode().splitlines()))
    assert [(r["indicator"], r["value"], r["origin_cell"]) for r in rows] == [
        ("rice_area", "297.7", "F7"),
        ("rice_output", "1810", "F9"),
    ]
    assert {r["origin_sheet"] for r in rows} == {"Nông nghiệp"}
    assert {r["as_of"] for r in rows} == {"2024-12-15"}
    data = load(programme)
    titles = data.sources.set_index("source")["title"]
    assert {titles[r["source"]] for r in rows} == {"215/BC-UBND"}
    remark = data.tables["remarks.csv"].iloc[-1]
    assert (remark["kind"], remark["text_vi"]) == ("cause", "Do mưa bão")


def test_the_bytes_that_were_read_are_kept_though_the_file_changes_meanwhile(
    programme, filled, run, monkeypatch
):
    read = filled.read_bytes()

    def changing(*arguments, **options):
        filled.write_bytes(b"saved again while it was read")
        return take(*arguments, **options)

    monkeypatch.setattr("vinhloc.office.receipt.take", changing)
    assert run("import", filled)[0] == 0
    (kept,) = (programme / "received").iterdir()
    assert kept.read_bytes() == read
    assert hashlib.sha256(read).hexdigest()[:8] in kept.name


def test_any_name_of_a_file_can_be_imported_marked_and_written(
    programme, form, fill, run
):
    wrong = GOOD | {"maize_area": {"actual": "x"}}
    path = form.with_name("so lieu **2022 [1]{2}.xlsx")
    code, said = run("import", fill(form, wrong, path, **DECEMBER))
    assert (code, "Traceback" in said) == (2, False), said
    assert form.with_name("so lieu **2022 [1]{2}-can-sua.xlsx").exists()
    out = form.with_name("a **b [!c]?.xlsx")
    code, said = run("form", "--year", "2024", "--out", out)
    assert (code, out.exists()) == (0, True), said


def test_the_same_file_twice_changes_nothing(programme, filled, run):
    run("import", filled)
    before = snapshot(programme)
    code, said = run("import", filled)
    assert code == 0
    assert "đã nhập trước đây" in said
    assert snapshot(programme) == before


def test_the_same_figures_in_another_file_are_known(programme, form, fill, filled, run):
    run("import", filled)
    more = GOOD | {"maize_area": {"actual": "19,1"}}
    again = fill(form, more, filled.with_name("lan-2.xlsx"), **DECEMBER)
    told = json.loads(run("import", again, "--json")[1])[0]
    assert (told["taken"], told["known"], told["remarks"]) == (1, 2, 0)


def test_nothing_is_taken_from_a_file_with_a_problem(programme, form, fill, run):
    wrong = GOOD | {"maize_area": {"actual": "x"}}
    path = fill(form, wrong, form.with_name("sai.xlsx"), **DECEMBER)
    before = snapshot(programme)
    code, said = run("import", path)
    assert (code, snapshot(programme)) == (2, before)
    assert "Nông nghiệp!F10" in said
    marked = openpyxl.load_workbook(path.with_name("sai-can-sua.xlsx"))
    assert "x" in marked["Nông nghiệp"]["F10"].comment.text
    assert marked["Nông nghiệp"]["F9"].value == "1.810 tấn"
    code, said = run("import", path, "--accept-good")
    assert code == 0, said
    assert actual(programme, "rice_output") == 1810
    assert actual(programme, "maize_area") is None


def delete_code_column(page):
    page.delete_cols(1)


def insert_column(page):
    page.insert_cols(4)


def sort_what_is_seen(page):
    for at in range(2, 14):
        one, other = page.cell(7, at), page.cell(9, at)
        one.value, other.value = other.value, one.value


def write_beside(page):
    page["F9"].value, page["G9"].value = None, "1.810"


@pytest.mark.parametrize(
    "change", [delete_code_column, insert_column, sort_what_is_seen, write_beside]
)
def test_no_figure_of_a_moved_form_goes_to_another_indicator(
    programme, filled, run, change
):
    book = openpyxl.load_workbook(filled)
    change(book["Nông nghiệp"])
    book.save(filled)
    code, said = run("import", filled, "--accept-good", "--json")
    receipt = json.loads(said)[0]
    assert {p["kind"] for p in receipt["problems"]} <= {"columns", "row", "place"}
    assert receipt["problems"], code
    assert actual(programme, "rice_output") is None
    page = openpyxl.load_workbook(receipt["marked"])["Nông nghiệp"]
    assert "1.810" in str([*page.values])


def test_a_form_may_lose_its_code_gain_rows_and_rename_its_sheets(
    programme, filled, run
):
    book = openpyxl.load_workbook(filled)
    page = book["Nông nghiệp"]
    page["A9"].value = None
    page.insert_rows(1, 2)
    page.title, book[COVER_SHEET].title = "NN", "HD"
    book.save(filled)
    code, said = run("import", filled)
    assert code == 0, said
    found = load(programme).actuals.query("indicator == 'rice_output' and year == 2024")
    assert found["value"].tolist() == [1810]
    assert found["vintage"].tolist() == ["estimate"]


def test_a_form_of_another_year_than_asked_for_is_refused(filled, run):
    code, said = run("import", filled, "--year", "2023")
    assert (code, "2024" in said) == (2, True)


def test_the_marked_copy_can_be_mended_and_sent_again(programme, form, fill, run):
    wrong = GOOD | {"maize_area": {"actual": "x"}}
    run("import", fill(form, wrong, form.with_name("sai.xlsx"), **DECEMBER))
    copy = form.with_name("sai-can-sua.xlsx")
    book = openpyxl.load_workbook(copy)
    book["Nông nghiệp"]["F10"].value = "19,1"
    book.save(copy)
    assert run("import", copy)[0] == 0
    assert actual(programme, "maize_area") == 19.1
    assert actual(programme, "rice_output") == 1810


def test_a_dry_run_writes_nothing_into_the_programme(programme, filled, run):
    before = snapshot(programme)
    code, said = run("import", filled, "--dry-run")
    assert (code, snapshot(programme)) == (0, before)
    assert "2 số liệu" in said


def test_the_final_follows_the_estimate_and_a_correction_follows_the_final(
    programme, form, fill, run
):
    for name, typed, vintage, day in (
        ("a", "1.800", "ước", "15/12/2024"),
        ("b", "1.810", "chính thức", "20/03/2025"),
        ("c", "1.812", "chính thức", "30/09/2025"),
    ):
        path = form.with_name(f"{name}.xlsx")
        entries = {"rice_output": {"actual": typed}}
        fill(form, entries, path, vintage=vintage, as_of=day)
        code, said = run("import", path)
        assert code == 0, said
    assert "số liệu điều chỉnh từ 1.810 thành 1.812" in said
    assert actual(programme, "rice_output") == 1812
    told = json.loads(run("history", "Sản lượng lúa", "--json")[1])
    said = [(row["figure"].replace("\u00a0", " "), row["kind"]) for row in told]
    assert said == [
        ("ước 1.800 tấn", "ước"),
        ("1.810 tấn", "chính thức"),
        ("1.812 tấn", "số liệu điều chỉnh"),
    ]
    assert run("check")[1].count("Câu hỏi") == 0


def test_a_confirmed_figure_is_not_asked_about_again(programme, form, fill, run):
    asked = {"rice_output": {"actual": "9.000"}}
    run("import", fill(form, asked, form.with_name("a.xlsx"), **DECEMBER))
    assert "nằm ngoài khoảng" in run("check")[1]
    reason = {"rice_output": {"actual": "9.001", "confirmed": "đã đo lại"}}
    cover = DECEMBER | {"vintage": "chính thức", "as_of": "20/03/2025"}
    run("import", fill(form, reason, form.with_name("b.xlsx"), **cover))
    questions = load(programme).questions
    answers = questions.set_index("text")["answer"]
    assert answers[answers.index.str.contains("9.001")].tolist() == ["đã đo lại"]


def test_a_quota_comes_in_with_what_was_set_and_done(programme, form, fill, run):
    sheet, row = next(
        (sheet, row)
        for sheet in openpyxl.load_workbook(form)
        for row in sheet.iter_rows(min_row=5)
        if row[0].value == "conscription_quota_rate"
    )
    assert row[COLUMN["unit"]].value == "%; ghi số thực hiện/số được giao"
    place = row[COLUMN["actual"]].coordinate
    rules = sheet.data_validations.dataValidation
    (prompt,) = [rule.prompt for rule in rules if str(rule.sqref) == place]
    assert "12/10" in prompt
    for typed, asks in (("12/10", False), ("12/10, đạt 110%", True)):
        entry = {"conscription_quota_rate": {"actual": typed}}
        path = fill(form, entry, form.with_name(f"{asks}.xlsx"), **DECEMBER)
        code, said = run("import", path, *(["--dry-run"] if asks else []))
        assert code == 0, said
        assert ("ghi 110,0, tính từ" in said) is asks
    columns = ["value", "numerator", "denominator"]
    (taken,) = load(programme).actuals.query("origin_file != ''")[columns].to_numpy()
    assert taken.tolist() == [120, 12, 10]


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(("stop", "ends"), [(FULL, 3), (KeyboardInterrupt(), 130)])
@pytest.mark.parametrize("after", range(4))
def test_a_crash_leaves_the_old_state_and_a_second_try_completes_it(
    programme, filled, run, monkeypatch, stop, ends, after
):
    whole = os.replace
    moved = []

    def replace(source, target):
        if len(moved) == after:
            raise stop
        moved.append(target)
        whole(source, target)

    known = len(load(programme).actuals), len(load(programme).tables["remarks.csv"])
    monkeypatch.setattr(disk.os, "replace", replace)
    code, _said = run("import", filled)
    assert code == ends
    monkeypatch.setattr(disk.os, "replace", whole)
    data = load(programme)
    assert (len(data.actuals), len(data.tables["remarks.csv"])) == known
    assert not [name for name in snapshot(programme) if "/." in name]
    assert run("import", filled)[0] == 0
    assert actual(programme, "rice_output") == 1810


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", " ="])
def test_no_text_of_a_cell_reaches_a_file_as_a_formula(
    programme, form, fill, run, sign
):
    text = f"{sign}HYPERLINK('http://x','y')"
    book = openpyxl.load_workbook(form)
    for key in ("cause", "source", "confirmed", "actual"):
        cell = book["Nông nghiệp"].cell(9, COLUMN[key] + 1)
        cell.value, cell.data_type = ("1.810" if key == "actual" else text), "s"
    book[COVER_SHEET]["B9"].value, book[COVER_SHEET]["B9"].data_type = text, "s"
    path = form.with_name("=cmd.xlsx")
    book.save(path)
    assert run("import", path)[0] == 0
    for name, content in snapshot(programme).items():
        if "cmd-" in name and name.endswith(".csv"):
            for row in csv.reader(content.decode().splitlines()):
                assert not [c for c in row if c[:1] in tuple("=+@\t") or c[:2] == "-H"]


def test_a_form_of_another_programme_is_refused(programme, filled, run):
    toml = programme / "programme.toml"
    toml.write_text(toml.read_text("utf-8").replace("vinh-loc-2020", "sao-mai-2020"))
    code, said = run("import", filled)
    assert code == 2
    assert "chương trình khác" in said


def test_status_counts_what_came_in_and_what_is_due(programme, filled, run):
    run("import", filled)
    rows = json.loads(run("status", "--year", 2024, "--json")[1])
    states = {row["indicator"]: row["state"] for row in rows}
    assert states["rice_output"] == "estimate"
    assert states["maize_area"] == "missing"
    said = run("status", "--year", 2024)[1]
    farming = next(line for line in said.splitlines() if line.startswith("Nông nghiệp"))
    assert farming.split()[2:] == ["7", "0", "2", "5", "0", "0"]


def test_history_proposes_the_names_that_come_near(run):
    code, said = run("history", "San luong lua")
    assert code == 2
    assert "Sản lượng lúa" in said


def test_several_files_are_taken_one_by_one(programme, form, fill, filled, run):
    wrong = {"maize_area": {"actual": "x"}}
    bad = fill(form, wrong, form.with_name("sai.xlsx"), **DECEMBER)
    code, said = run("import", bad, filled, form.with_name("khong-co.xlsx"))
    assert code == 2
    assert actual(programme, "rice_output") == 1810
    assert "khong-co.xlsx" in said


@pytest.mark.costly("LibreOffice and a review")
@pytest.mark.system("soffice", "uno")
@pytest.mark.parametrize("programme", ["whole"], indirect=True)
def test_what_is_typed_in_libreoffice_ends_on_the_page(
    programme, form, places, typed_in_libreoffice, run, tmp_path
):
    """Typed as in an office whose Excel speaks English; read as it was meant."""
    cells = {
        "rice_output": "2.080",
        "health_insurance_rate": "97,5%",
        "model_neighbourhood_rate": "10/10",
        "poor_household_rate": "giảm còn 0,68%",
    }
    found = places(form)
    entries = [[found[i][0], f"F{found[i][1]}", text] for i, text in cells.items()]
    entries.append([COVER_SHEET, "B10", "15/12/2024"])
    path = typed_in_libreoffice(form, entries, tmp_path / "saved.xlsx")
    code, said = run("import", path)
    assert code == 0, said
    assert actual(programme, "rice_output") == 2080
    assert actual(programme, "health_insurance_rate") == 97.5
    assert actual(programme, "model_neighbourhood_rate") == 100
    assert actual(programme, "poor_household_rate") == 0.68
    out = tmp_path / "reports"
    assert run("review", "--year", 2024, "--format", "html", "--out", out)[0] == 0
    page = (out / "2024" / "agriculture.html").read_text("utf-8")
    assert "2.080" in page
    assert "da-dien" not in page


def test_a_cell_of_a_csv_file_is_named_without_a_sheet(programme, tmp_path, run):
    path = tmp_path / "so-lieu.csv"
    path.write_text("Chỉ tiêu;Thực hiện 2024\nSản lượng lúa;2.08o\n", "utf-8")
    code, said = run("import", path, "--year", 2024)
    assert code == 2
    assert re.search(r"^B2 ", said, re.MULTILINE)
