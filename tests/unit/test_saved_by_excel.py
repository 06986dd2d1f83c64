"""A table that Excel saved on a Vietnamese Windows is read where that is certain."""

import csv
import unicodedata
from io import StringIO

import pytest
from code_pages import windows_1258

from vinhloc.figures import ansi_text, may_have_lost

FIGURES = "actuals/figures.csv"
ACTUALS = """\
    indicator,   year, value, note
    clean_water, 2026, 91.5,  Số của trạm
    rice_output, 2026, 1950,  Báo cáo thôn
    roads_built, 2027, 380,
    """


def saved(text: str, *, sign=";", mark=",", end="\r\n") -> str:
    """Return a table as Excel saves it: its decimals, days and flags, too."""
    rows = []
    for row in csv.reader(StringIO(text)):
        for at, cell in enumerate(row):
            whole, dot, part = cell.partition(".")
            if dot and (whole + part).isdigit():
                row[at] = f"{whole}{mark}{part}"
            elif cell in ("true", "false"):
                row[at] = cell.upper()
            elif len(parts := cell.split("-")) == 3 and cell.count("") == 11:
                row[at] = "/".join(reversed(parts))
        rows.append(row)
    made = StringIO()
    csv.writer(made, delimiter=sign, lineterminator=end).writerows(rows)
    return made.getvalue()


@pytest.mark.parametrize("sign", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1258", "utf-16"])
def test_what_excel_saved_is_read_as_it_was(programme_folder, sign, encoding):
    folder = programme_folder("mine", actuals=ACTUALS)
    ours = folder.load()
    for name in (FIGURES, "targets.csv", "indicators.csv", "themes.csv", "sources.csv"):
        path = folder.path / name
        text = saved(path.read_text("utf-8"), sign=sign)
        if sign != ";":  # 05/01/2027 may be the first of May
            text = text.replace("05/01/2027", "2027-01-05")
            text = text.replace("06/01/2027", "2027-01-06")
        code = windows_1258 if encoding == "cp1258" else lambda t: t.encode(encoding)
        path.unlink()
        path.with_suffix(".CSV").write_bytes(code(text))
    theirs = folder.load()
    for table, frame in ours.tables.items():
        assert frame.equals(theirs.tables[table]), table
    same = ours.actuals.drop(columns="file")
    assert same.equals(theirs.actuals.drop(columns="file"))


# What stands in the column value: as is, or why it is not read.
@pytest.mark.parametrize(
    ("sign", "values", "read"),
    [
        (";", ["97,5", "1950", "380"], [97.5, 1950, 380]),
        (";", ["97,5", "1.950,0", "380"], [97.5, 1950, 380]),
        (";", ["97,5", "1.234.567", "380"], [97.5, 1234567, 380]),
        (";", ["0,125", "-0,5", "1268,125"], [0.125, -0.5, 1268.125]),
        (";", ["97.5", "1950", "380"], [97.5, 1950, 380]),
        (",", ["97,5", "1950", "380"], [97.5, 1950, 380]),
        (",", ["1.268", "1950", "380"], [1.268, 1950, 380]),
        (";", ["1,268", "1950", "380"], "1,268"),
        (";", ["1.268", "1950", "380"], "1.268"),
        (";", ["97,5", "1.268", "2.080"], "97,5"),
        (",", ["1,268", "2,080", "380"], "1,268"),
        (",", ["97.5", "97,5", "98,5"], "97,5"),
        (";", ["97.5", "97,5", "98,5"], "97.5"),
    ],
)
def test_a_decimal_comma_is_read_where_it_can_be_nothing_else(
    programme_folder, sign, values, read
):
    folder = programme_folder(actuals=ACTUALS)
    rows = [*csv.DictReader((folder.path / FIGURES).read_text("utf-8").splitlines())]
    made = StringIO()
    writer = csv.DictWriter(made, [*rows[0]], delimiter=sign)
    writer.writeheader()
    writer.writerows({**r, "value": v} for r, v in zip(rows, values, strict=True))
    folder.write(FIGURES, made.getvalue())
    if isinstance(read, list):
        assert folder.load().actuals["value"].tolist() == read
        return
    (problem,) = folder.problems()  # once, whatever the cells
    assert (problem.file, problem.column) == (FIGURES, "value")
    assert problem.found == read
    assert problem.row == values.index(read) + 2


def test_what_a_number_may_be_is_said_both_ways(programme_folder):
    folder = programme_folder(actuals=ACTUALS.replace("91.5", '"2,080"'))
    (problem,) = folder.problems()
    assert "2080" in problem.expected
    assert "2,0800" in problem.expected


@pytest.mark.parametrize(
    ("sign", "days", "read"),
    [
        (";", ["31/12/2026", "05/01/2027"], ["2026-12-31", "2027-01-05"]),
        (";", ["1-2-2027", "2027-01-05"], ["2027-02-01", "2027-01-05"]),
        (",", ["31/12/2026", "05/05/2027"], ["2026-12-31", "2027-05-05"]),
        (",", ["31/12/2026", "05/01/2027"], "05/01/2027"),
        (";", ["31/12/2026", "12/31/2026"], "31/12/2026"),
        (";", ["31/12/26", "05/01/27"], "31/12/26"),
        (";", ["31/02/2026", "05/01/2027"], "31/02/2026"),
    ],
)
def test_a_day_is_read_where_it_is_certain_which_is_the_month(
    programme_folder, sign, days, read
):
    folder = programme_folder(actuals=ACTUALS)
    text = (folder.path / FIGURES).read_text("utf-8")
    text = text.replace("2026-12-31", days[0]).replace("2027-12-31", days[1])
    folder.write(FIGURES, saved(text, sign=sign, mark="." if sign == "," else ","))
    if isinstance(read, list):
        found = folder.load().actuals["as_of"].dt.strftime("%Y-%m-%d")
        assert found.tolist() == [read[0], read[0], read[1]]
        return
    problems = folder.problems()
    assert len(problems) == (2 if "/02/" in read else 1)  # a day that is none: each
    assert {problem.found for problem in problems} == {read}
    assert {problem.column for problem in problems} == {"as_of"}


def test_columns_that_excel_saves_though_they_are_empty_are_passed_over(
    programme_folder,
):
    folder = programme_folder()
    lines = (folder.path / "themes.csv").read_text("utf-8").splitlines()
    folder.write("themes.csv", "\n".join(f"{line},," for line in lines) + "\n,,,,,\n")
    assert folder.load().themes["theme"].tolist() == ["farming", "living"]


def test_the_line_by_which_excel_goes_is_no_row(programme_folder):
    folder = programme_folder()
    text = (folder.path / "themes.csv").read_text("utf-8").replace(",", ";")
    folder.write("themes.csv", f"sep=;\n{text}")
    assert folder.load().themes["theme"].tolist() == ["farming", "living"]
    folder.replace("themes.csv", ";2;", ";hai;")
    assert [problem.row for problem in folder.problems()] == [4]


def test_letters_that_saving_has_lost_are_told_once_with_the_way_out(
    programme_folder,
):
    folder = programme_folder()
    text = (folder.path / "indicators.csv").read_text("utf-8")
    (folder.path / "indicators.csv").write_bytes(text.encode("cp1252", "replace"))
    (problem,) = folder.problems()
    assert problem.file == "indicators.csv"
    assert "Di?n" in problem.expected or "lu?" in problem.expected
    assert "CSV UTF-8" in problem.expected


@pytest.mark.parametrize(
    ("written", "certain"),
    [
        ("Tỷ lệ hộ nghèo; đường xã", True),
        ("Đơn vị", True),
        ("Lá", False),  # in TCVN3: Lõ
        ("xã", False),  # in Windows-1252 read as 1258: xă
        ("Krông Năng", False),
        ("Đã đủ chưa?", False),
    ],
)
def test_a_code_page_is_certain_where_each_word_is_vietnamese_in_it_alone(
    written, certain
):
    assert ansi_text(windows_1258(written)) == (written if certain else "")


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("name\nT? l? h?\n", "T?"),
        ("a,Di?n t?ch\n", "Di?n"),
        ("why,Is it? It is.\n", ""),
        ("a,https://a.vn/?id=5\n", ""),
        ("is it?,b\n", ""),
    ],
)
def test_a_question_mark_within_a_word_tells_of_a_lost_letter(text, lost):
    assert may_have_lost(text) == lost


def test_programme_toml_is_read_with_its_letters_composed(programme_folder):
    folder = programme_folder()
    path = folder.path / "programme.toml"
    path.write_text(unicodedata.normalize("NFD", path.read_text("utf-8")), "utf-8")
    assert folder.load().programme.title_vi == "Chương trình của xã Sao Mai"
