"""Tables and charts: what stands in their cells."""

import re
from pathlib import Path
from textwrap import dedent

import pytest
from matplotlib.colors import same_color
from sao_mai import HALL, SAO_MAI, write_programme

import vinhloc as vl
from vinhloc.assess.assessment import STATUSES
from vinhloc.data import summary
from vinhloc.show.statuses import STANDINGS, status_mark
from vinhloc.show.table import make_table

FIGURES = """
    indicator,   year, value, vintage
    clean_water, 2026, 91.5,  final
    clean_water, 2028, 97,    estimate
    rice_area,   2026, 300,   final
    roads_built, 2026, 450,   final
    """


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return write_programme(tmp_path_factory.mktemp("sao-mai"), actuals=FIGURES).load()


@pytest.fixture
def assessment(part):
    """Return the assessment of a programme as the mark `case` of a test says."""
    return part.own(part.data.assessment)


def without(start: str) -> list[str]:
    """Return the change that takes a target away: the line of this beginning."""
    lines = dedent(SAO_MAI["targets.csv"]).splitlines(keepends=True)
    (line,) = [line for line in lines if line.startswith(start)]
    return ["targets.csv", line, ""]


def cells(table, name) -> list[str]:
    """Return the cells of the row that begins with a name, marks included."""
    (row,) = [row for row in table.frame.to_numpy().tolist() if row[0] == name]
    return [str(cell).replace("\u00a0", " ") for cell in row]


def test_a_stated_target_stands_beside_figure_and_gap(data):
    rows = vl.select(data.assessment, year=2028)
    _, unit, target, actual, gap, status, place = cells(
        vl.table_of_targets(rows), "Nước sạch"
    )
    assert (unit, target, gap, place) == ("%", "≥ 97,5", "−0,5", "II.2/1")
    assert actual.startswith("ước 97,0")
    assert "bao-cao" in actual
    assert "missed" in status


def test_a_surplus_has_its_sign(data):
    rows = vl.select(data.assessment, year=2026, theme="living")
    assert "+1,5" in cells(vl.table_of_targets(rows), "Nước sạch")


def test_an_interpolated_target_is_never_shown_as_the_programmes_own(data):
    rows = vl.select(data.assessment, year=2027)
    table = vl.table_of_targets(rows)
    row = dict(zip(table.frame, cells(table, "Diện tích lúa"), strict=True))
    assert row["Mục tiêu"] == "≥ 320,0 (hạn 2028)"
    assert row["Mức theo lộ trình"] == "310,0"
    assert row["Chênh lệch"] == "–"
    assert "nội suy" in table.note


def test_a_target_that_is_due_later_says_when(data):
    rows = vl.select(data.assessment, year=2026)
    target = cells(vl.table_of_targets(rows), "Năng suất lúa")[2]
    assert target.startswith("≥ 65,0 (")
    assert "2028" in target


@pytest.mark.case(
    actuals="indicator, year, value\nrice_area, 2026, 300",
    replace=[without("rice_area,2028")],
)
def test_an_indicator_without_a_target_can_stand_in_a_table(assessment):
    rows = vl.select(assessment, year=2026)
    target, actual = cells(vl.table_of_targets(rows), "Diện tích lúa")[2:4]
    assert target == "–"
    assert actual.startswith("300,0")


def test_missing_figures_name_the_department_and_how_it_is_known(data):
    rows = vl.select(data.assessment, year=2028)
    departments = data.names_of("departments", "department")
    missing = vl.table_of_missing(rows, departments).frame.to_numpy().tolist()
    assert [row[0] for row in missing] == [
        "Diện tích lúa",
        "Năng suất lúa",
        "Sản lượng lúa",
    ]
    for *_, department in missing:
        assert department.startswith("Địa chính (")  # suggested, not stated


@pytest.mark.case
def test_a_department_that_the_programme_names_is_not_a_suggestion(data, assessment):
    departments = data.names_of("departments", "department")
    rows = vl.select(assessment, year=2028)
    table = vl.table_of_missing(rows, departments)
    assert cells(table, "Nước sạch")[-1] == "Văn phòng"


def test_steps_show_place_plan_and_running_totals(data):
    rows = vl.select(data.assessment, indicator="roads_built")
    steps = vl.table_of_steps(rows).frame.astype(str)
    years = [row[:-1] for row in steps.to_numpy().tolist()]  # without the status
    shown = [[cell.replace("\u00a0", " ") for cell in row] for row in years]
    assert [[*row[:3], *row[4:]] for row in shown] == [
        ["2026", "Xóm Đông", "≥ 400", "0", "400", "450"],
        ["2027", "Xóm Tây", "≥ 600", "–", "1.000", "450"],
        ["2028", "–", "–", "–", "1.000", "450"],
    ]
    assert [row[3].split(" <")[0] for row in shown] == ["450", "–", "–"]


def test_a_table_of_years_shows_reported_over_target(data):
    row = cells(vl.table_of_years(data.assessment, ["clean_water", "zz"]), "Nước sạch")
    assert row[2:] == ["91,5 / ≥ 90,0", "–", "ước 97,0 / ≥ 97,5"]


def test_an_identity_is_recomputed_for_targets_and_figures(data):
    row = cells(vl.table_of_identities(data.assessment, 2028), "Sản lượng lúa")
    assert row[1:] == [
        "Diện tích lúa × Năng suất lúa ÷ 10",
        "2.080",
        "2.080",
        "–",
        "–",
    ]


@pytest.mark.case(actuals="indicator, year, value\nclean_water, 2028, 97.2")
def test_a_second_reading_stands_beside_the_first_with_its_own_verdict(part):
    table = vl.table_of_sensitivity(part.own(vl.sensitive_verdicts(part.data, 2028)))
    *_, first, verdict, second, other, changes = cells(table, "Nước sạch")
    assert (first, second) == ("97,2 / ≥ 97,5", "mục tiêu ≥ 97,0")
    assert "missed" in verdict
    assert "exceeded" in other
    assert changes == "đổi"
    assert len(table) == 1


def test_the_terms_table_shows_the_total_beside_its_target(data):
    term = vl.select(data.assessment, theme="living", period="term")
    row = cells(vl.table_of_targets(term), "Đường làm mới")
    assert "≥ 1.000" in row
    assert "450 / 1.000" in row
    assert "undecided" in row[-1]


@pytest.mark.case(actuals="indicator, year, value\nroads_built, 2026, 0")
def test_a_total_with_a_missing_year_is_not_said_to_be_more_than_what_is_known(
    assessment,
):
    term = vl.select(assessment, period="term")
    row = cells(vl.table_of_term(term), "Đường làm mới")
    assert not [cell for cell in row if cell.startswith("hơn")]


@pytest.mark.case(
    actuals="indicator, year, value\nclean_water, 2026, 91\nclean_water, 2028, 80",
    replace=[without("clean_water,2028,year,main"), without("clean_water,2028,year,o")],
)
def test_the_term_shows_the_year_that_decides_where_it_is_not_the_last(assessment):
    term = vl.select(assessment, theme="living", period="term")
    row = cells(vl.table_of_term(term), "Nước sạch")
    assert row[3].startswith("91,0 (2026) <a")
    assert "exceeded" in row[-1]


@pytest.mark.case(
    actuals="indicator, year, value\nroads_built, 2026, 450",
    replace=[without("roads_built,2028")],
)
def test_a_term_without_a_target_says_that_the_programme_states_none(assessment):
    term = vl.select(assessment, period="term")
    row = cells(vl.table_of_term(term), "Đường làm mới")
    assert "không nêu" in row[-1]


def test_a_total_of_the_term_says_that_it_is_judged_at_the_end(data):
    rows = vl.select(data.assessment, year=2028)
    row = cells(vl.table_of_targets(rows), "Đường làm mới")
    assert "tổng cả kỳ" in row[2]
    assert "not-due" in row[5]


def test_a_table_of_targets_names_its_year(data):
    rows = vl.select(data.assessment, year=2026)
    assert "2026" in vl.table_of_targets(rows).caption


@pytest.mark.parametrize(("year", "said"), [(2027, True), (2028, False)])
def test_more_than_one_hundred_percent_is_said_not_to_exceed(judge, year, said):
    rows = judge(
        targets="year, value\n2027, 100\n2028, 100",
        actuals="year, value\n2027, 104\n2028, 100",
        over_term="every_year",
        unit="%",
    )
    of_year = rows[rows["period"].eq("year") & rows["year"].eq(year)]
    named = of_year.assign(name_vi="Gọi nhập ngũ", name_en="", locator="II.1/1")
    assert ("100%" in vl.table_of_targets(named).note) == said


@pytest.mark.case(
    replace=[["targets.csv", "Xóm Đông", ""], ["targets.csv", "Xóm Tây", ""]]
)
def test_what_is_empty_is_left_out(assessment):
    steps = vl.table_of_steps(vl.select(assessment, indicator="roads_built"))
    assert "Địa điểm" not in steps.frame
    assert len(vl.table_of_gaps(assessment, ["clean_water"])) == 0


def test_all_that_is_counted_from_made_up_figures_is_marked(programme_folder):
    folder = programme_folder(actuals=FIGURES)
    folder.replace("programme.toml", "made_up = false", "made_up = true")
    data = folder.load()
    rows = vl.select(data.assessment, year=2028)
    departments = data.names_of("departments", "department")
    assert vl.table_of_missing(rows, departments).made_up
    assert vl.table_of_offices(data, 2028).made_up
    assert vl.say_missing(data, 2028).made_up


def test_a_publisher_is_described_in_english(programme_folder, english):
    folder = programme_folder()
    folder.write(
        "sources.csv",
        """\
        source,title,publisher,publisher_en,address,published,received,kind
        ctr-1,Chương trình 1,UBND xã,Commune office,,2026-01-15,2026-01-20,programme
        bao-dai,Tin trên đài,Đài huyện,,,2027-01,2027-01-06,press
        """,
    )
    data = folder.load()
    table = vl.table_of_sources(data.sources, ["ctr-1", "bao-dai"])
    vietnamese = '<span lang="vi">Đài huyện</span>'
    assert table.frame.iloc[:, 2].tolist() == [vietnamese, "Commune office"]


@pytest.mark.case(
    context="""
        indicator,   area,    year, value, plan, numerator, denominator
        clean_water, ngan-ha, 2026, {stated}
        """
)
@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("96.4,  97.5,  ,   ", "96,4%"),
        ("96,    97,    ,   ", "96%"),  # a plan is no whole
        ("96,    97,    ,  9", "96%"),
        ("90,    97,   9, 10", "90%"),
        ("23,      ,  23, 27", "23/27"),
        ("23,    25,  23, 27", "23/27"),
    ],
)
def test_a_context_figure_is_a_share_of_its_denominator_never_of_its_plan(
    part, stated, shown
):
    rows = part.own(vl.context_of(part.data))
    table = vl.table_of_context(rows, part.data.names_of("areas", "area"))
    assert table.frame["Số liệu"].tolist() == [shown]


def test_context_may_lack_the_two_sides_of_a_share(programme_folder):
    text = "indicator,area,year,value\nclean_water,ngan-ha,2026,96.4\n"
    data = programme_folder(context=text).load()
    assert data.context[["numerator", "denominator"]].isna().all(axis=None)


def test_a_table_escapes_what_people_typed_and_marks_made_up_figures():
    table = make_table("<b>", {"Tên": ["<script>"], "Số": ["5"]}, made_up=True)
    html = table._repr_html_()
    assert "<script>" not in html
    assert "<b>" not in html
    assert "SỐ LIỆU MINH HỌA" in html
    assert repr(table).startswith("SỐ LIỆU MINH HỌA: ")


def test_an_empty_table_is_a_sentence():
    html = make_table("Nguồn", {"Tên": []})._repr_html_()
    assert "Nguồn" in html
    assert "<table" not in html


def test_a_status_is_a_word_and_a_shape_of_its_own():
    marks = [str(status_mark(status)) for status in STATUSES]
    shapes = {re.search(r' d="([^"]+)"', mark)[1] for mark in marks}
    words = {re.sub(r"<[^>]+>", "", mark).strip() for mark in marks}
    assert len(shapes) == len(words) == len(STATUSES) == 6
    assert "" not in words


def test_the_bars_of_a_page_have_the_colours_of_the_charts():
    style = (Path(vl.__file__).with_name("review") / "page.css").read_text()
    found = dict(re.findall(r"\.bar \.([a-z-]+) { fill: (#\w+); }", style))
    for status in ("exceeded", "met", "missed", "undecided", "no_data"):
        own = found[status.replace("_", "-")]
        assert same_color(own, STANDINGS[status].fill)


@pytest.fixture
def water(part, assessment):
    """Return the chart of clean water in the programme of a test."""
    rows = vl.select(assessment, indicator="clean_water")
    breaks = vl.breaks_of(part.data, f"clean_water{part.end}")
    return vl.draw_path(rows, breaks=part.own(breaks)).axes[0]


@pytest.mark.case(
    actuals=FIGURES,
    breaks="""\
        indicator,area,year,month,label_vi,label_en,reason_vi,reason_en,source
        clean_water,sao-mai,2027,,chuẩn mới,new,Chuẩn mới.,New.,bao-cao
        """,
)
def test_a_break_without_a_month_is_drawn(water):
    assert "chuẩn mới" in [text.get_text() for text in water.texts]


@pytest.mark.case(
    actuals="""
        indicator,   year, value
        clean_water, 2026, 91
        clean_water, 2027, 70
        clean_water, 2028, 71
        """,
    breaks="""\
        indicator,area,year,month,label_vi,label_en,reason_vi,reason_en,source
        clean_water,sao-mai,2027,1,chuẩn mới,new,Chuẩn mới.,New.,bao-cao
        """,
)
def test_a_line_is_not_drawn_across_a_break(water):
    drawn = [list(line.get_xdata()) for line in water.lines]
    assert [2027, 2028] in drawn
    assert [2026, 2027, 2028] not in drawn


@pytest.mark.case(actuals="indicator, year, value\nhall, 2026, 1", add=HALL)
def test_a_target_counts_as_due_by_the_programme_not_by_what_is_done(part, assessment):
    counted = vl.draw_coverage(vl.select(assessment), part.data.themes).data
    assert counted.iloc[1].tolist() == ["Đời sống", "0/2", "1/2", "1/2"]


def test_an_empty_table_says_none_and_one_that_is_a_statement_only_states():
    asked = make_table("Câu hỏi", {"Năm": []})._repr_html_()
    stated = make_table("Ngô: chưa đủ số liệu để tách", {})._repr_html_()
    assert asked == '<p class="empty nothing">Câu hỏi: không có.</p>'
    assert stated == '<p class="empty nothing">Ngô: chưa đủ số liệu để tách.</p>'


ISSUES = "\n".join(
    [
        "issue,locators,indicator,year,fault_vi,fault_en,"
        "treatment_vi,treatment_en,effect_vi,effect_en",
        "area,II.1/1,rice_area,2028,Không ghi năm.,No year.,Lấy năm cuối.,Last.,-,-",
        "two,II.2/1,clean_water,2028,Hai số.,Two.,Giữ.,Kept.,-,-",
        "yield,II.1/1,rice_yield,2028,Không ghi năm.,No year.,Lấy năm cuối.,Last.,-,-",
        "roads,II.2/2; II.3,roads_built,2028,Không ghi năm.,No year.,"
        "Lấy năm cuối.,Last.,-,-\n",
    ]
)


def test_equal_faults_of_the_source_are_told_once_with_their_places(tmp_path):
    data = write_programme(tmp_path, source_issues=ISSUES).load()
    first, second = vl.table_of_issues(data.issues).frame.to_numpy().tolist()
    assert [str(cell) for cell in first][:2] == [
        "II.1/1; II.2/2; II.3",
        "Không ghi năm. (3 chỗ)",
    ]
    assert str(second[1]) == "Hai số."
    assert "2 nội dung chưa rõ" in str(vl.say_issues(data))
    assert "2 nội dung chưa rõ" in summary(data)


def test_a_year_that_only_a_heading_says_is_stated(tmp_path):
    folder = write_programme(tmp_path)
    folder.replace(
        "targets.csv", "true,true,figure,Xóm Đông", "TRUE,heading,figure,Xóm Đông"
    )
    targets = folder.load().targets
    assert (
        targets.loc[targets["place"].eq("Xóm Đông"), "year_stated"].item() == "heading"
    )
    folder.replace("targets.csv", "heading", "title")
    (problem,) = folder.problems()
    assert (problem.column, problem.found) == ("year_stated", "title")
