"""Every fault of a file is one problem with its place; all come at once.

A load costs more than a look at its problems: cases stand in one folder where no fault
can hide another's, and each must give its own problem and no other.
"""

import pytest

from vinhloc.data import load
from vinhloc.data.contracts import Problem, ProblemsFound

WATER = """
    indicator,   year, value
    clean_water, 2026, 91
    clean_water, 2027, 95
    """
AROUND = """
    indicator,   area,    year, value
    clean_water, ngan-ha, 2026, 80
    """


FIGURES = "actuals/figures.csv"
AROUND_FILE = "context/figures.csv"


def place(problem: Problem) -> tuple:
    return problem.file, problem.row, problem.column


CELLS = {
    # file: what stands there, what is written instead, row, column, found
    "targets.csv": [
        (">=,320,", '>=,"97,5 ",', 2, "value", "97,5 "),
        (">=,65,", ">=,97.5%,", 3, "value", "97.5%"),
        (">=,2080,", ">=, 97.5,", 4, "value", " 97.5"),
        (">=,90,", ">=,nan,", 5, "value", "nan"),
        (">=,97.5,", ">=,,", 6, "value", "(trống)"),
        ("other,>=,", "other,≥,", 7, "comparator", "≥"),
        ("roads_built,2026,", "roads_built,28,", 8, "year", "28"),
        ("2028,term,", "2028,nhiệm kỳ,", 10, "period", "nhiệm kỳ"),
    ],
    "indicators.csv": [
        (",Rice output,tấn,0,", ",Rice output,tấn,1.5,", 4, "decimals", "1.5"),
        (",%,1,up,", ",%,1,,", 5, "direction", "(trống)"),
        ("living,4,true", "living,4,yes", 5, "main", "yes"),
        (",m,0,up,sum,", ",m,0,up,total,", 6, "over_term", "total"),
    ],
    "areas.csv": [("ban-mai,commune", "Ban Mai,commune", 3, "area", "Ban Mai")],
    "themes.csv": [("Đời sống,", "  ,", 3, "name_vi", "  ")],
    "sources.csv": [
        ("2026-01-15,", "01/2027,", 2, "published", "01/2027"),
        ("2026-01-20", "05/01/2027", 2, "received", "05/01/2027"),
        (",2027,", ",2027-13,", 3, "published", "2027-13"),
        ("2027-01-05", "2027-02-30", 3, "received", "2027-02-30"),
        ("2027-01,", "2027-02-30,", 4, "published", "2027-02-30"),
    ],
    FIGURES: [
        ("2026-12-31", "2026-11-31", 2, "as_of", "2026-11-31"),
        (",95,", ',"95,000",', 3, "value", "95,000"),
    ],
}


@pytest.mark.parametrize("file", CELLS)
def test_a_cell_that_cannot_be_read_is_one_problem(programme_folder, file):
    folder = programme_folder(actuals=WATER)
    for old, new, *_told in CELLS[file]:
        folder.replace(file, old, new)
    problems = folder.problems()
    said = {(*place(problem), problem.found) for problem in problems}
    assert said == {(file, *told) for _old, _new, *told in CELLS[file]}
    assert len(problems) == len(CELLS[file])
    assert all(problem.expected for problem in problems)


def test_a_problem_says_in_vietnamese_where_it_is_and_what_is_expected(
    programme_folder,
):
    folder = programme_folder()
    folder.replace("targets.csv", ">=,97.5,", ">=,97.5%,")
    with pytest.raises(ProblemsFound) as found:
        folder.load()
    assert str(found.value) == (
        "targets.csv, dòng 6, cột «value»: có «97.5%»; cần số viết kiểu 1234.5"
    )


def test_a_list_of_values_is_named_in_the_problem(programme_folder):
    folder = programme_folder()
    folder.replace("indicators.csv", ",%,1,up,", ",%,1,lên,")
    (problem,) = folder.problems()
    assert "up, down, none" in problem.expected


# What no other table names; then, one by one, the tables that others name.
NAMES = [
    [
        ("targets.csv", "clean_water,2026,year", "zz,2026,year", 5, "indicator"),
        ("targets.csv", "Xóm Đông,ctr-1", "Xóm Đông,zz", 8, "document"),
        ("breaks.csv", "\nclean_water,", "\nzz,", 2, "indicator"),
        ("breaks.csv", ",sao-mai,", ",zz,", 2, "area"),
        ("breaks.csv", ",bao-cao", ",zz", 2, "source"),
        ("choices.csv", "\nclean_water,", "\nzz,", 2, "indicator"),
        ("choices.csv", ",sao-mai,", ",zz,", 2, "area"),
        ("choices.csv", ",bao-cao,", ",zz,", 2, "source"),
        ("remarks.csv", "clean_water,", "zz,", 2, "indicator"),
        ("source_issues.csv", "clean_water,2026", "zz,2026", 2, "indicator"),
        (FIGURES, "clean_water,sao-mai,2027", "zz,sao-mai,2027", 3, "indicator"),
        (FIGURES, "sao-mai,2027", "zz,2027", 3, "area"),
        (FIGURES, "2027-12-31,bao-cao", "2027-12-31,zz", 3, "source"),
        (AROUND_FILE, ",ngan-ha,", ",zz,", 2, "area"),
        (AROUND_FILE, ",%,", ",zz,", 2, "unit"),
        (AROUND_FILE, ",bao-cao,", ",zz,", 2, "source"),
    ],
    [
        ("indicators.csv", "clean_water,living,", "clean_water,zz,", 5, "theme"),
        ("indicators.csv", ",%,1,up,", ",zz,1,up,", 5, "unit"),
        ("indicators.csv", ",van-phong,stated", ",zz,stated", 5, "department"),
    ],
    [("areas.csv", "Ban Mai commune,ngan-ha", "Ban Mai commune,zz", 3, "parent")],
    [("units.csv", "km,km,km,m,", "km,km,km,zz,", 7, "base")],
]


@pytest.mark.parametrize(
    "faults", NAMES, ids=["leaves", "indicators", "areas", "units"]
)
def test_a_name_that_no_table_has_is_one_problem(programme_folder, faults):
    folder = programme_folder(
        actuals=WATER,
        context=AROUND,
        breaks="""\
            indicator,area,year,month,label_vi,label_en,reason_vi,reason_en,source
            clean_water,sao-mai,2027,,sáp nhập,merger,Sáp nhập xã.,Merger.,bao-cao
            """,
        choices="""\
            indicator,area,year,source,reason,author,date
            clean_water,sao-mai,2026,bao-cao,Có chữ ký,Văn phòng,2027-03-01
            """,
        remarks="""\
            indicator,year,kind,text_vi,author,date
            clean_water,2026,cause,Nối thêm đường ống,Văn phòng,2027-03-01
            """,
        source_issues="""\
            issue,locators,indicator,year,fault_vi,fault_en,treatment_vi,treatment_en,effect_vi,effect_en
            two-figures,II.2/1,clean_water,2026,Hai số,Two,Giữ,Kept,Không,None
            """,
    )
    for file, old, new, _row, _column in faults:
        folder.replace(file, old, new)
    problems = folder.problems()
    wanted = [(file, row, column) for file, _old, _new, row, column in faults]
    assert sorted(map(place, problems)) == sorted(wanted)
    assert {problem.found for problem in problems} == {"zz"}


def test_a_key_that_stands_twice_is_shown_in_both_places(programme_folder):
    folder = programme_folder()
    again = {
        "areas.csv": "sao-mai,commune,xã Sao Mai,Sao Mai,",
        "targets.csv": "clean_water,2026,year,main,>=,9,,true,true,figure,,ctr-1,a,,",
        "units.csv": "%,phần trăm,percent,%,1,",
    }
    last = {
        file: len((folder.path / file).read_text("utf-8").splitlines()) + 1
        for file in again
    }
    folder.add(again)
    problems = folder.problems()
    assert len(problems) == 2 * len(again)
    for file, row in last.items():
        first, second = (p for p in problems if p.file == file)
        assert first.column == second.column
        assert first.found == second.found
        assert second.row == row
        assert first.expected == second.expected != ""


def test_a_key_that_stands_in_two_files_is_shown_in_both(programme_folder):
    folder = programme_folder(actuals=WATER, context=AROUND)
    wanted = []
    for kind in ("actuals", "context"):
        text = (folder.path / kind / "figures.csv").read_text("utf-8")
        folder.write(f"{kind}/again.csv", text)
        rows = len(text.splitlines())
        wanted += [
            (f"{kind}/{name}.csv", row)
            for name in ("again", "figures")
            for row in range(2, rows + 1)
        ]
    assert [(p.file, p.row) for p in folder.problems()] == wanted


def test_a_missing_column_and_an_unknown_one_are_two_problems(programme_folder):
    folder = programme_folder()
    missed = ["locator", "period", "place"]
    for column in missed:
        folder.replace("targets.csv", f",{column}", f",nhận_xét_{column}")
    problems = sorted(
        folder.problems(), key=lambda p: (p.column not in missed, p.column)
    )
    missing, unknown = problems[:3], problems[3:]
    assert [place(p)[1:] for p in missing] == [(1, column) for column in missed]
    assert [place(p)[1:] for p in unknown] == [
        (1, f"nhận_xét_{column}") for column in missed
    ]
    assert not {p.expected for p in missing} & {p.expected for p in unknown}
    # The columns there are.
    assert all("comparator_stated" in problem.expected for problem in unknown)


def test_a_bad_column_does_not_hide_bad_cells(programme_folder):
    folder = programme_folder()
    folder.replace("targets.csv", ",place,", ",remark,")
    folder.replace("targets.csv", ">=,320,", ">=,ba trăm,")
    assert [place(p)[1:] for p in folder.problems()] == [
        (1, "place"),
        (1, "remark"),
        (2, "value"),
    ]


def test_a_row_with_too_many_cells_is_a_problem_with_its_row(programme_folder):
    folder = programme_folder()
    folder.replace("themes.csv", "Đời sống,Living", "Đời sống,Living,lạ")
    (problem,) = folder.problems()
    assert (problem.file, problem.row) == ("themes.csv", 3)


def test_a_row_with_too_few_cells_is_a_problem_with_its_row(programme_folder):
    folder = programme_folder()
    folder.replace("units.csv", "ha,ha,ha,ha,1,\n", "ha,ha,ha,ha,1\n")
    (problem,) = folder.problems()
    assert (problem.file, problem.row) == ("units.csv", 3)


def test_rows_that_are_all_longer_than_the_header_are_a_problem(programme_folder):
    folder = programme_folder(
        themes="theme,order,name_vi,name_en\nfarming,1,Nông nghiệp,Farming,x\n"
        "living,2,Đời sống,Living,x\n"
    )
    assert [(p.file, p.row) for p in folder.problems()] == [
        ("themes.csv", 2),
        ("themes.csv", 3),
    ]


def test_an_empty_file_is_a_problem(programme_folder):
    folder = programme_folder(choices="")
    (problem,) = folder.problems()
    assert problem.file == "choices.csv"
    assert problem.expected


def test_a_file_with_its_header_alone_is_an_empty_table(programme_folder):
    data = programme_folder(
        choices="indicator,area,year,source,reason,author,date\n", actuals=WATER
    ).load()
    assert data.tables["choices.csv"].empty
    assert len(data.current) == 2


def test_a_file_in_another_encoding_is_a_problem_with_its_row(programme_folder):
    folder = programme_folder()
    text = "theme,order,name_vi,name_en\nfarming,1,A,A\nliving,2,Lá,Leaf\n"
    (folder.path / "themes.csv").write_bytes(text.encode("cp1258"))
    (problem,) = folder.problems()
    assert (problem.file, problem.row) == ("themes.csv", 3)
    assert "CSV UTF-8" in problem.expected


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(programme_folder):
    folder = programme_folder(actuals=WATER)
    for path in folder.path.rglob("*.*"):
        text = path.read_text("utf-8")
        path.write_text(text, "utf-8-sig", newline="\r\n")
    data = folder.load()
    assert data.current["value"].tolist() == [91, 95]
    assert data.themes["theme"].tolist() == ["farming", "living"]


def test_a_blank_line_does_not_shift_the_rows_that_are_named(programme_folder):
    folder = programme_folder()
    folder.replace("units.csv", "ha,ha,ha,ha,1,\n", "\nha,ha,ha,ha,một,\n")
    (problem,) = folder.problems()
    assert place(problem) == ("units.csv", 4, "factor")


@pytest.mark.parametrize(
    "names", [["areas", "departments", "themes", "units"], ["indicators"]]
)
def test_a_file_that_every_programme_needs_is_missed(programme_folder, names):
    folder = programme_folder()
    for name in names:
        (folder.path / f"{name}.csv").unlink()
    problems = folder.problems()
    assert sorted(problem.file for problem in problems) == [f"{n}.csv" for n in names]
    assert all(problem.expected for problem in problems)


def test_a_target_outside_the_term_is_a_problem(programme_folder):
    folder = programme_folder()
    folder.replace("targets.csv", "rice_area,2028", "rice_area,2025")
    folder.replace("targets.csv", "rice_yield,2028", "rice_yield,2029")
    early, late = folder.problems()
    assert place(early) == ("targets.csv", 2, "year")
    assert place(late) == ("targets.csv", 3, "year")
    assert (early.found, late.found) == ("2025", "2029")
    assert "2026-2028" in early.expected
    assert "2026-2028" in late.expected


def test_only_a_range_has_an_upper_value_and_it_is_not_below(programme_folder):
    folder = programme_folder()
    for old, new in (
        (">=,320,", "between,320,"),
        (">=,65,,", "between,65,64,"),
        (">=,2080,,", ">=,2080,2090,"),
        (">=,90,,", "=,90,90,"),
    ):
        folder.replace("targets.csv", old, new)
    assert [place(problem) for problem in folder.problems()] == [
        ("targets.csv", row, "upper_value") for row in range(2, 6)
    ]


def test_only_a_reported_range_has_an_upper_value(programme_folder):
    folder = programme_folder(
        actuals="""\
            indicator,   year, value, upper_value, bound
            clean_water, 2026, 95,    ,            range
            clean_water, 2027, 95,    94,          range
            rice_area,   2026, 95,    96,          exact
            rice_area,   2027, 95,    96,          lower
            rice_yield,  2026, 95,    96,          upper
            """
    )
    assert [place(problem) for problem in folder.problems()] == [
        (FIGURES, row, "upper_value") for row in range(2, 7)
    ]


def test_a_second_reading_needs_a_first(programme_folder):
    folder = programme_folder()
    folder.replace("targets.csv", "2028,year,main,>=,97.5", "2027,year,main,>=,97.5")
    (problem,) = folder.problems()
    assert place(problem) == ("targets.csv", 7, "reading")
    assert problem.found == "other"


def test_a_term_target_before_the_terms_last_year_is_a_problem(programme_folder):
    folder = programme_folder()
    folder.replace("targets.csv", "roads_built,2028,term", "roads_built,2027,term")
    (problem,) = folder.problems()
    assert problem.file == "targets.csv"
    assert problem.row == 10


def test_two_targets_for_the_term_are_a_problem_not_a_crash(programme_folder):
    folder = programme_folder()
    folder.replace("targets.csv", "roads_built,2027,year", "roads_built,2027,term")
    assert folder.problems()[0].file == "targets.csv"


def test_a_context_figure_in_another_unit_than_its_indicator_is_a_problem(
    programme_folder,
):
    folder = programme_folder(context=AROUND)
    folder.replace(AROUND_FILE, ",%,", ",ha,")
    (problem,) = folder.problems()
    assert place(problem) == (AROUND_FILE, 2, "unit")


def test_an_identity_that_cannot_be_computed_is_a_problem(programme_folder):
    folder = programme_folder()
    rice = "rice_output = rice_area * rice_yield / 10"
    for old, new in (
        (f",{rice},300", ",rice_output = rice_area ** rice_yield,300"),
        (",last,,50,100,", ",last,clean_water = rice_aera * rice_yield / 10,50,100,"),
        # Of another indicator:
        (",sum,,0,", ",sum,rice_yield = rice_area * clean_water,0,"),
    ):
        folder.replace("indicators.csv", old, new)
    problems = folder.problems()
    assert [place(problem) for problem in problems] == [
        ("indicators.csv", row, "identity") for row in (4, 5, 6)
    ]
    said = ["rice_area ** rice_yield", "rice_aera", "rice_yield"]
    assert all(text in p.found for text, p in zip(said, problems, strict=True))


def test_every_fault_of_a_file_is_reported_at_once(programme_folder):
    folder = programme_folder()
    folder.replace("targets.csv", ">=,320,", ">=,ba trăm,")
    folder.replace("targets.csv", ">=,65,", ">=,,")
    folder.replace("targets.csv", "main,>=,90,", "chính,>=,90,")
    folder.replace("targets.csv", "Xóm Tây,ctr-1", "Xóm Tây,CTR 1")
    assert [place(p)[1:] for p in folder.problems()] == [
        (2, "value"),
        (3, "value"),
        (5, "reading"),
        (9, "document"),
    ]


def test_bad_cells_do_not_hide_bad_names_in_the_same_file(programme_folder):
    folder = programme_folder()
    folder.replace("targets.csv", ">=,320,", ">=,ba trăm,")
    folder.replace("targets.csv", "clean_water,2026,", "clear_water,2026,")
    folder.replace("targets.csv", "Xóm Tây,ctr-1", "Xóm Tây,ctr-2")
    assert [place(p)[1:] for p in folder.problems()] == [
        (2, "value"),
        (5, "indicator"),
        (9, "document"),
    ]


def test_the_faults_of_all_tables_are_reported_at_once(programme_folder):
    folder = programme_folder()
    folder.replace("areas.csv", "ngan-ha,province", "Ngân Hà,province")
    folder.replace("themes.csv", "living,2", "living,hai")
    folder.replace("units.csv", "m,1000,SI", "m,nghìn,SI")
    assert [p.file for p in folder.problems()] == [
        "areas.csv",
        "themes.csv",
        "units.csv",
    ]


def test_the_faults_of_tables_and_figures_are_reported_at_once(programme_folder):
    folder = programme_folder(actuals=WATER, context=AROUND)
    folder.replace("targets.csv", ">=,320,", ">=,ba trăm,")
    folder.replace(FIGURES, ",95,", ",chín lăm,")
    folder.replace(AROUND_FILE, ",80,", ",tám mươi,")
    assert [p.file for p in folder.problems()] == [
        FIGURES,
        AROUND_FILE,
        "targets.csv",
    ]


def test_a_fault_of_programme_toml_does_not_hide_those_of_the_tables(
    programme_folder,
):
    folder = programme_folder()
    folder.replace("programme.toml", "made_up = false", 'made_up = "no"')
    folder.replace("targets.csv", ">=,320,", ">=,ba trăm,")
    assert [p.file for p in folder.problems()] == ["programme.toml", "targets.csv"]


def test_a_broken_table_is_not_blamed_on_those_that_refer_to_it(programme_folder):
    folder = programme_folder()
    folder.replace("themes.csv", "living,2", "living,hai")
    assert [p.file for p in folder.problems()] == ["themes.csv"]


def test_what_is_done_once_is_an_event(programme_folder):
    folder = programme_folder()
    folder.replace("indicators.csv", "Rice area,ha,1,up,last", "Rice area,ha,1,up,once")
    (problem,) = folder.problems()
    assert place(problem) == ("indicators.csv", 2, "unit")
    assert problem.found == "ha"
    assert "event" in problem.expected


def test_an_event_has_one_year_in_which_it_is_due(programme_folder):
    folder = programme_folder()
    folder.replace(
        "units.csv", "ha,ha,ha,ha,1,", "ha,ha,ha,ha,1,\nevent,việc,event,event,1,"
    )
    folder.replace(
        "indicators.csv", "Clean water,%,1,up,last", "Clean water,event,0,up,once"
    )
    (problem,) = folder.problems()  # 2026 and 2028; the second reading of 2028 may stay
    assert place(problem) == ("targets.csv", 6, "year")
    assert problem.found == "2028"


def test_files_that_are_broken_in_different_ways_are_all_told_in_one_pass(
    programme_folder,
):
    folder = programme_folder(actuals=WATER, context=AROUND)
    folder.replace("programme.toml", 'number = "1/CTr"', "number = số một")
    (folder.path / "departments.csv").unlink()
    (folder.path / "areas.csv").write_bytes(b"area,level\nhuy\xffn,x\n")
    folder.replace("themes.csv", "Đời sống,Living", "Đời sống,Living,lạ")
    folder.replace(
        "indicators.csv", "indicator,theme,order,", "indicator,theme,thứ_tự,"
    )
    folder.replace("targets.csv", "clean_water,2026,year", "clear_water,2026,year")
    folder.replace("targets.csv", ">=,320,", ">=,ba trăm,")
    folder.replace("targets.csv", ">=,65,,", ">=,65,70,")
    folder.replace(FIGURES, "2027-12-31,bao-cao", "2027-12-31,bao-may")
    assert [place(problem) for problem in folder.problems()] == [
        (FIGURES, 3, "source"),
        ("areas.csv", 2, ""),
        ("departments.csv", None, ""),
        ("indicators.csv", 1, "order"),
        ("indicators.csv", 1, "thứ_tự"),
        ("programme.toml", 4, ""),
        ("targets.csv", 2, "value"),
        ("targets.csv", 3, "upper_value"),
        ("targets.csv", 5, "indicator"),
        ("themes.csv", 3, ""),
    ]


def test_a_faulty_column_does_not_hide_what_lies_across_rows_and_tables(
    programme_folder,
):
    folder = programme_folder(actuals=WATER, context=AROUND)
    folder.replace("programme.toml", "made_up = false", "made_up = 0")
    folder.replace("indicators.csv", "Rice area,ha,1,", "Rice area,ha,một,")
    folder.replace("indicators.csv", "Nước sạch,Clean", "Diện tích  lúa,Clean")
    folder.replace("targets.csv", ",place,document", ",nơi,document")
    folder.replace("targets.csv", "rice_yield,2028", "rice_yield,2029")
    folder.replace("targets.csv", "2028,term", "2026,term")
    folder.replace(FIGURES, ",91,,exact", ",91,90,exact")
    folder.replace(FIGURES, "2027-12-31,bao-cao", "cuối năm,bao-cao")
    folder.replace(AROUND_FILE, ",%,", ",ha,")
    assert [place(problem) for problem in folder.problems()] == [
        (FIGURES, 2, "upper_value"),
        (FIGURES, 3, "as_of"),
        (AROUND_FILE, 2, "unit"),
        ("indicators.csv", 2, "decimals"),
        ("indicators.csv", 2, "name_vi"),
        ("indicators.csv", 5, "name_vi"),
        ("programme.toml", None, "made_up"),
        ("targets.csv", 1, "nơi"),
        ("targets.csv", 1, "place"),
        ("targets.csv", 3, "year"),
        ("targets.csv", 10, "year"),
    ]


def test_what_cannot_be_known_of_a_faulty_row_is_not_told(programme_folder):
    # The main reading and the indicator may be what is wrong with these rows.
    folder = programme_folder(actuals=WATER)
    folder.replace("targets.csv", "2028,year,main,>=,97.5", "hai tám,year,main,>=,97.5")
    folder.replace("indicators.csv", "\nrice_area,", "\nDiện tích,")
    folder.replace("areas.csv", "xã Sao Mai,Sao Mai commune", "xã Sao Mai")
    assert [place(problem) for problem in folder.problems()] == [
        ("areas.csv", 2, ""),
        ("indicators.csv", 2, "indicator"),
        ("targets.csv", 6, "year"),
    ]


def test_faults_of_the_base_are_told_beside_those_of_a_broken_programme_toml(
    programme_folder,
):
    base = programme_folder()
    base.write("demo/programme.toml", 'base = ".."\nmade_up = có\n')
    base.replace("targets.csv", ">=,320,", ">=,ba trăm,")
    with pytest.raises(ProblemsFound) as found:
        load(base.path / "demo")
    assert [place(problem) for problem in found.value.problems] == [
        ("programme.toml", 2, ""),
        ("targets.csv", 2, "value"),
    ]


def test_a_table_of_which_nothing_can_be_read_is_held_against_no_other(
    programme_folder,
):
    folder = programme_folder(units="unit\n")
    assert {problem.file for problem in folder.problems()} == {"units.csv"}
