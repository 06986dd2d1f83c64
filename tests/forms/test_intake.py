"""What is not understood is asked about once, and an answer is remembered."""

import csv
import json

import openpyxl
import pytest
from published import snapshot

from vinhloc.data.loading import load

RICE = [1, "Sản lượng lúa", "tấn", None, "2.080"]
POOR = [2, "Tỷ lệ hộ nghèo", "%", None, "1,25"]
HEAD = ["TT", "Chỉ tiêu", "ĐVT", "KH năm {year}", "Thực hiện LK năm {year}"]


@pytest.fixture
def workbook(tmp_path):
    """Return what writes an office's workbook: its path."""

    def written(name, *rows, head=HEAD, year=2023, title="Biểu"):
        book = openpyxl.Workbook()
        book.active.title = title
        for row in ([text.format(year=year) for text in head], *rows):
            book.active.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return written


@pytest.fixture
def told(run):
    """Return what imports a file: exit code and receipt."""

    def imported(path, *options):
        code, said = run("import", path, "--json", *options)
        return code, json.loads(said)[0]

    return imported


def remembered(programme):
    (path,) = (programme / "layouts").iterdir()
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def test_a_heading_is_asked_about_once_in_the_marked_copy_and_answered_there(
    programme, workbook, told
):
    before = snapshot(programme)
    code, receipt = told(workbook("a.xlsx", RICE, POOR))
    assert (code, snapshot(programme)) == (2, before)
    assert [(p["cell"], p["kind"]) for p in receipt["problems"]] == [("E1", "layout")]
    assert "«LK»" in receipt["problems"][0]["why"]
    assert receipt["rows"]["asked"] == receipt["rows"]["rows"] == 2
    book = openpyxl.load_workbook(receipt["marked"])
    page = book["Cột"]
    line = [cell.value for cell in page[2]]
    assert line == ["Biểu", "E1", "Thực hiện LK năm 2023", "LK", None]
    (rule,) = page.data_validations.dataValidation
    assert "nơi khác" in rule.formula1
    assert str(rule.sqref) == "E2"
    page["E2"].value = "cả năm của địa phương"
    book.save(receipt["marked"])
    code, receipt = told(receipt["marked"])
    assert (code, receipt["taken"], receipt["remembered"]) == (0, 2, 1)
    (row,) = remembered(programme)
    assert (row["place"], row["text"]) == ("heading", "thực hiện lk năm")
    assert row["answer"] == "whole_year"
    assert row["author"]
    assert len(load(programme).tables["layouts.csv"]) == 1


def test_an_answer_is_remembered_for_its_layout_until_it_is_forgotten(
    programme, workbook, told, run
):
    first = workbook("a.xlsx", RICE)
    code, receipt = told(first, "--answer", "E1=ca nam", "--author", "Lê Thị C")
    assert (code, receipt["taken"]) == (0, 1)
    assert remembered(programme)[0]["author"] == "Lê Thị C"
    later = workbook("b.xlsx", RICE, POOR, year=2024)
    code, receipt = told(later, "--dry-run")
    assert (code, receipt["taken"], receipt["year"]) == (0, 2, 2024)
    head = [*HEAD[:3], "KH", "Thực hiện LK năm {year}"]
    assert told(workbook("c.xlsx", RICE, head=head), "--dry-run")[0] == 2
    code, said = run("import", later, "--forget-layout")
    assert code == 0
    assert "thực hiện lk năm" in said
    assert not [*(programme / "layouts").iterdir()]
    assert told(later, "--dry-run")[0] == 2
    assert "Không có" in run("import", later, "--forget-layout")[1]


@pytest.mark.parametrize("answer", ["kỳ khác", "noi khac", "không phải", "KH", "kế"])
def test_an_answer_may_say_that_a_column_is_no_result(workbook, told, answer):
    head = [*HEAD[:3], "Kết quả năm {year}", HEAD[4]]
    row = [*RICE[:3], "2.080", "1.500"]
    path = workbook("a.xlsx", row, head=head)
    code, receipt = told(path, "--answer", f"Biểu!E1={answer}")
    assert (code, receipt["figures"][0]["value"]) == (0, 2080)


@pytest.mark.parametrize("answer", ["E1", "E1=", "E1=k", "=cả năm", "Khác!E1=cả năm"])
def test_an_answer_that_is_none_is_said(programme, workbook, run, answer):
    before = snapshot(programme)
    code, said = run("import", workbook("a.xlsx", RICE), "--answer", answer)
    assert (code, snapshot(programme)) == (2, before)
    assert answer in said


def test_an_answer_in_the_folder_that_is_none_is_a_problem(programme, run):
    (programme / "layouts").mkdir()
    path = programme / "layouts" / "0123456789ab.csv"
    line = "0123456789ab,heading,th,maybe,Văn phòng,2026-11-27"
    path.write_text(f"layout,place,text,answer,author,date\n{line}\n", "utf-8")
    code, said = run("check")
    assert code == 2
    assert "layouts/0123456789ab.csv" in said
    assert "maybe" in said


def test_an_answer_for_a_cell_that_needs_none_is_said(workbook, told):
    path = workbook("a.xlsx", RICE, POOR)
    _code, receipt = told(path, "--answer", "E3=cả năm", "--dry-run")
    assert any("E3" in note for note in receipt["notes"])


def test_what_is_understood_beside_a_question_is_kept_only_when_asked_for(
    programme, workbook, told
):
    group = [None, "Người già", None, None, None]
    head = [*HEAD[:4], "Kết quả năm {year}"]
    path = workbook("a.xlsx", RICE, group, POOR, head=head)
    code, receipt = told(path)
    assert (code, receipt["taken"], receipt["saved"]) == (2, 1, None)
    rows = receipt["rows"]
    assert (rows["rows"], rows["taken"], rows["asked"], rows["without"]) == (3, 1, 1, 1)
    code, receipt = told(path, "--accept-good")
    assert code == 0
    rows = load(programme).actuals.query("year == 2023 and indicator == 'rice_output'")
    assert rows["value"].tolist() == [2080]
    assert not load(programme).actuals["origin_cell"].eq("E4").any()


def test_what_was_asked_about_comes_in_by_an_answer_to_the_same_file(
    programme, workbook, told
):
    group = [None, "Người già", None, None, None]
    head = [*HEAD[:4], "Kết quả năm {year}"]
    path = workbook("a.xlsx", RICE, group, POOR, head=head)
    _code, first = told(path, "--accept-good")
    code, receipt = told(path, "--answer", "B3=cả năm")
    assert (code, receipt["known"], receipt["taken"]) == (0, 1, 1), receipt
    assert receipt["saved"] != first["saved"]
    rows = load(programme).actuals.query("year == 2023").set_index("indicator")
    assert rows["value"][["rice_output", "poor_household_rate"]].tolist() == [
        2080,
        1.25,
    ]
    assert told(path)[1]["received_before"]


def test_what_was_read_is_shown_before_it_counts(workbook, run, told, programme):
    before = snapshot(programme.parent)
    head = [*HEAD[:4], "Ước TH năm {year}"]
    path = workbook("a.xlsx", RICE, [2, *POOR[1:4], "dưới 1,5"], head=head)
    before = snapshot(programme.parent)
    _code, receipt = told(path, "--dry-run")
    assert receipt["figures"] == [
        {
            "sheet": "Biểu",
            "cell": "E2",
            "indicator": "rice_output",
            "year": 2023,
            "value": 2080.0,
            "upper_value": None,
            "bound": "exact",
            "vintage": "estimate",
            "unit": "tấn",
            "shown": "2.080",
        },
        receipt["figures"][1],
    ]
    assert receipt["figures"][1]["bound"] == "upper"
    said = run("import", path, "--dry-run")[1]
    line = next(line for line in said.splitlines() if "Biểu!E2" in line)
    assert "Sản lượng lúa" in line
    assert "2.080 tấn" in line
    assert "2 dòng = 2 đọc được" in said
    assert snapshot(programme.parent) == before
    wrong = workbook("b.xlsx", RICE, POOR)
    before = snapshot(programme.parent)
    assert run("import", wrong, "--dry-run")[0] == 2
    assert snapshot(programme.parent) == before


def test_a_copy_of_a_group_of_columns_asks_again_and_takes_nothing(
    tmp_path, workbook, told
):
    head = ["TT", "Chỉ tiêu", "ĐVT", "Toàn cụm", ""]
    path = workbook("a.xlsx", ["", "", "", "KH 2023", "TH 2023"], RICE, head=head)
    book = openpyxl.load_workbook(path)
    for span in ("A1:A2", "B1:B2", "C1:C2", "D1:E1"):
        book.active.merge_cells(span)
    book.save(path)
    marked = told(path)[1]["marked"]
    code, receipt = told(marked)
    assert (code, receipt["taken"]) == (2, 0)
    assert [p["cell"] for p in receipt["problems"]] == ["D1"]
