"""programme.toml, the folder it stands in, and what `vl.load()` finds."""

import re
import subprocess
import sys

import pytest

import vinhloc as vl
from vinhloc.data.folder import NoProgramme


@pytest.mark.parametrize(
    ("old", "new", "column", "found"),
    [
        ('number = "1/CTr"', "", "number", ""),
        ('number = "1/CTr"', "number = 1", "number", "1"),
        ("date = 2026-01-15", 'date = "15/01/2026"', "date", "15/01/2026"),
        ("made_up = false", "made_up = 0", "made_up", "0"),
        ("first_year = 2026", "first_year = true", "first_year", "true"),
        ("first_year = 2026", "first_year = 2029", "first_year", "2029"),
        ("made_up = false", "made_up = false\nmade = 1", "made", ""),
        ('area = "sao-mai"', 'area = "sao-may"', "area", "sao-may"),
        ('document = "ctr-1"', 'document = "ctr-2"', "document", "ctr-2"),
        (
            'successor_area = "ban-mai"',
            'successor_area = "ban-may"',
            "successor_area",
            "ban-may",
        ),
        (
            'department = "van-phong"',
            'department = "van-thu"',
            "collating_department",
            "van-thu",
        ),
    ],
)
def test_a_fault_of_programme_toml_is_one_problem(
    programme_folder, old, new, column, found
):
    folder = programme_folder()
    folder.replace("programme.toml", old, new)
    (problem,) = folder.problems()
    assert (problem.file, problem.column) == ("programme.toml", column)
    assert problem.found == found
    assert problem.expected


def test_broken_toml_is_a_problem(programme_folder):
    folder = programme_folder()
    folder.replace("programme.toml", 'id = "sao-mai-2026-2028"', "id = sao mai")
    (problem,) = folder.problems()
    assert problem.file == "programme.toml"
    assert problem.row == 1
    assert problem.found == "id = sao mai"
    assert "dấu nháy kép" in problem.expected


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('number "7"', "dấu ="),
        ('number = "7', "nháy"),
        ('number = "a\\d"', "ký hiệu"),
        ("sections = [1, 2", "ngoặc vuông"),
        ("x = {a = 1", "ngoặc nhọn"),
        ("number = 1 2", "xuống dòng"),
        ("date = 2026/01/15", "2026-01-15"),
        ("date = 2026-02-31", "ngày"),
        ("số = 1", "dấu ="),
        ("ố = 1", "a-z"),
        ("x = 1\nx = 2", "đã ghi"),
        ("[a]\n[a]", "đã ghi"),
        ("x = \x01", ""),
    ],
)
def test_a_fault_of_syntax_is_told_without_a_word_of_english(tmp_path, line, said):
    (tmp_path / "programme.toml").write_text(line, "utf-8")
    with pytest.raises(vl.ProblemsFound) as found:
        vl.load(tmp_path)
    (problem,) = (p for p in found.value.problems if p.file == "programme.toml")
    assert said in problem.expected
    own = problem.expected.removeprefix("không đúng cú pháp TOML")
    assert own != problem.expected
    assert not re.search("at line|at end|pected|valid|egal|Un[a-z]+ed|Cannot", own)


@pytest.mark.parametrize("key", ["number", "first_year", "made_up", "report", "date"])
def test_the_kind_of_a_key_is_told_in_words(programme_folder, key):
    folder = programme_folder()
    text = (folder.path / "programme.toml").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(f"{key} =")]
    folder.write("programme.toml", "\n".join([f"{key} = 1.5", *lines]))
    (problem,) = folder.problems()
    assert problem.expected.startswith("cần ")
    assert not re.search("str|int|bool|dict|datetime|None", problem.expected)


def test_all_faults_of_programme_toml_come_at_once(programme_folder):
    folder = programme_folder()
    folder.replace("programme.toml", 'number = "1/CTr"', "")
    folder.replace("programme.toml", "made_up = false", 'made_up = "no"')
    assert [p.column for p in folder.problems()] == ["made_up", "number"]


def test_another_programme_in_another_folder_is_loaded_by_its_path(programme_folder):
    folder = programme_folder("xã khác/số liệu")
    data = vl.load(str(folder.path))
    assert data.programme.id == "sao-mai-2026-2028"
    assert list(data.programme.years) == [2026, 2027, 2028]
    assert len(data.indicators) == 5
    assert data.latest_year is None


def test_data_raw_is_found_from_a_folder_below(programme_folder, tmp_path, monkeypatch):
    folder = programme_folder()
    below = tmp_path / "notebooks" / "thử"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert vl.load().folder.samefile(folder.path)
    assert vl.load("data/raw").folder.samefile(folder.path)


def test_without_a_programme_the_folder_that_was_looked_for_is_named(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoProgramme, match=r"programme\.toml.*trống"):
        vl.load("trống")


DEMO = 'base = ".."\nmade_up = true\n'


def test_demonstration_data_take_everything_else_from_their_base(programme_folder):
    base = programme_folder(
        actuals="indicator, year, value\nclean_water, 2026, 90",
        context="indicator, area, year, value\nclean_water, ngan-ha, 2026, 80",
    )
    base.write("demo/programme.toml", DEMO)
    base.write(
        "demo/actuals/made_up.csv",
        (base.path / "actuals/figures.csv")
        .read_text("utf-8")
        .replace("bao-cao", "minh-hoa")
        .replace(",90,", ",50,"),
    )
    base.write(
        "demo/sources.csv",
        "source,title,publisher,address,published,received,kind\n"
        "minh-hoa,Số liệu minh họa,,,,,demo\n"
        "bao-dai,Tin minh họa,,,,,demo\n",
    )
    demo = vl.load(base.path / "demo")
    assert demo.made_up
    assert demo.programme.number == "1/CTr"
    assert len(demo.targets) == 9
    assert demo.actuals["value"].tolist() == [50]
    assert demo.actuals["made_up"].all()
    assert demo.context["made_up"].tolist() == [False]
    titles = demo.sources.set_index("source")["title"]
    assert titles["minh-hoa"] == "Số liệu minh họa"
    assert titles["bao-dai"] == "Tin minh họa"
    assert titles["bao-cao"] == "Báo cáo năm"
    assert vl.load(base.path).current["value"].tolist() == [90]


def test_the_language_chooses_the_title(programme_folder, english):
    assert programme_folder().load().programme.title == "Programme of Sao Mai commune"


def test_every_row_carries_the_unit_of_its_indicator(programme_folder):
    data = programme_folder(
        actuals="indicator, year, value\nrice_yield, 2026, 60\nroads_built, 2026, 1"
    ).load()
    assert data.actuals["unit"].tolist() == ["tạ/ha", "m"]
    assert data.actuals["unit_en"].tolist() == ["quintals/ha", "m"]
    assert data.targets["unit"].tolist()[:4] == ["ha", "tạ/ha", "tấn", "%"]


def test_other_areas_never_become_the_communes_own_figures(programme_folder):
    data = programme_folder(
        actuals="""
            indicator,   area,    year, value
            clean_water, ban-mai, 2028, 99
            """,
        context="""
            indicator,   area,    year, value
            clean_water, ngan-ha, 2026, 99
            """,
    ).load()
    assert data.assessment["actual"].isna().all()
    assert data.latest_year is None


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_importing_the_library_imports_nothing_heavy():
    heavy = run(
        "import sys, vinhloc; "
        "print({'pandera', 'matplotlib', 'pandas', 'papermill'} & {*sys.modules})"
    )
    assert heavy == "set()"


def test_importing_the_tables_does_not_import_pandera_or_matplotlib():
    heavy = run(
        "import sys, vinhloc as vl; vl.load, vl.table_of_targets, vl.say_balance; "
        "print({'pandera', 'matplotlib'} & {*sys.modules})"
    )
    assert heavy == "set()"


def test_the_public_names_are_those_that_dir_lists():
    names = dir(vl)
    assert {"load", "use_language", "ProblemsFound", "annual_status"} <= set(names)
    assert sorted(vl.__all__) == names
    for name in set(names) - {"__version__"}:
        assert callable(getattr(vl, name)), name


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="loda"):
        _ = vl.loda
