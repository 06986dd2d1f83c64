"""The title of a chart is what its figures say: value, last year, plan."""

import pytest
from sao_mai import HALL

import vinhloc as vl
from vinhloc.figures import use_language
from vinhloc.show import say_finding

PLAIN = {ord("\u00a0"): " "}


@pytest.fixture
def found(part):
    """Return a function from indicator and year to the title in the test's case."""

    def say(indicator: str, year: int) -> str:
        rows = part.own(part.data.assessment)
        return say_finding(vl.select(rows, indicator=indicator), year).translate(PLAIN)

    return say


@pytest.mark.case(
    actuals="""
        indicator,   year, value
        rice_area,   2026, 300
        rice_area,   2027, 308.5
        clean_water, 2026, 91
        clean_water, 2027, 96
        clean_water, 2028, 96
        """
)
@pytest.mark.parametrize(
    ("indicator", "year", "said"),
    [
        ("rice_area", 2026, "Diện tích lúa đạt 300,0 ha, đúng lộ trình"),
        (
            "rice_area",
            2027,
            "Diện tích lúa đạt 308,5 ha, tăng 8,5 ha so với năm trước, "
            "thấp hơn lộ trình 1,5 ha",
        ),
        (
            "rice_area",
            2028,
            "Chưa có số liệu năm 2028; năm 2027: 308,5 ha; mục tiêu 2028: 320,0 ha",
        ),
        (
            "clean_water",
            2026,
            "Nước sạch đạt 91,0%, cao hơn kế hoạch 1,0 điểm phần trăm",
        ),
        (
            "clean_water",
            2028,
            "Nước sạch đạt 96,0%, bằng năm trước, thấp hơn kế hoạch 1,5 điểm phần trăm",
        ),
        ("rice_yield", 2027, "Chưa có số liệu; mục tiêu 2028: 65,0 tạ/ha"),
    ],
)
def test_a_level_is_held_against_last_year_and_plan_or_path(
    found, indicator, year, said
):
    assert found(indicator, year) == said


@pytest.mark.case(
    actuals="""
        indicator,   year, value, bound, vintage
        clean_water, 2026, 92,    lower, final
        clean_water, 2028, 95,    lower, final
        rice_area,   2027, 310,   exact, estimate
        """
)
@pytest.mark.parametrize(
    ("indicator", "year", "said"),
    [
        ("clean_water", 2026, "Nước sạch đạt hơn 92,0%, vượt kế hoạch"),
        ("clean_water", 2028, "Nước sạch đạt hơn 95,0%, chưa đủ căn cứ đánh giá"),
        ("rice_area", 2027, "Diện tích lúa ước đạt 310,0 ha"),
    ],
)
def test_a_bound_has_no_distance_and_an_estimate_is_called_so(
    found, indicator, year, said
):
    assert found(indicator, year) == said


@pytest.mark.case(
    actuals="indicator, year, value\nroads_built, 2026, 380\nroads_built, 2027, 650"
)
@pytest.mark.parametrize(
    ("year", "said"),
    [
        (
            2026,
            "Đường làm mới đạt 380 m, thấp hơn kế hoạch 20 m; "
            "lũy kế 380 m, thấp hơn kế hoạch 20 m",
        ),
        (
            2027,
            "Đường làm mới đạt 650 m, cao hơn kế hoạch 50 m; "
            "lũy kế 1.030 m, cao hơn kế hoạch 30 m",
        ),
        (2028, "Đường làm mới: lũy kế 1.030 m, cao hơn kế hoạch 30 m"),
    ],
)
def test_what_is_added_up_says_its_running_total(found, year, said):
    assert found("roads_built", year) == said


@pytest.mark.case(actuals="indicator, year, value\nhall, {year}, {value}", add=HALL)
@pytest.mark.parametrize(
    ("year", "value", "said"),
    [
        (2027, 1, "Nhà văn hóa: hoàn thành năm 2027 (hạn 2027)"),
        (2027, 0, "Nhà văn hóa: quá hạn từ năm 2027, chưa báo cáo hoàn thành"),
        (2026, 0, "Nhà văn hóa: chưa có số liệu, phải hoàn thành năm 2027"),
    ],
)
def test_an_event_is_done_late_or_lacking(found, year, value, said):
    assert found("hall", 2028).partition("(theo")[0].strip() == said


@pytest.mark.case(actuals="indicator, year, value\nclean_water, 2028, 96")
def test_the_title_is_english_for_an_english_reader(found):
    use_language("en")
    said = "Clean water: 96.0%, 1.5 percentage points below plan"
    assert found("clean_water", 2028) == said


@pytest.mark.case(
    actuals="""
        indicator,   year, value
        rice_area,   2028, 310
        rice_yield,  2028, 60
        rice_output, 2028, 1860
        """
)
def test_the_title_of_a_split_names_the_causes(part):
    rows = part.own(part.data.assessment)
    chart = vl.draw_split(rows, "rice_output", 2028)
    assert chart.title.translate(PLAIN) == (
        "Sản lượng lúa đạt 1.860 tấn, thấp hơn mục tiêu 2028 là 220 tấn: "
        "do diện tích lúa 62 tấn, do năng suất lúa 158 tấn"
    )


def plan_of(indicator: str, value: float) -> str:
    """Return the row of a plan for 2027."""
    return f"{indicator},2027,year,main,>=,{value},,true,true,figure,,ctr-1,II.1/1,,"


ACTUALS_2027 = """
    indicator,   year, value
    rice_area,   2027, 310
    rice_yield,  2027, 60
    rice_output, 2027, 1860
    """
PLANS = [("rice_area", 315), ("rice_yield", 62), ("rice_output", 1953)]


@pytest.mark.case(actuals=ACTUALS_2027)
def test_a_split_begins_at_the_last_target_where_the_year_has_no_plan(part):
    chart = vl.draw_split(part.own(part.data.assessment), "rice_output", 2027)
    assert chart.data.iloc[0].tolist() == ["Mục tiêu 2028", "2.080"]


@pytest.mark.case(
    actuals=ACTUALS_2027,
    add={"targets.csv": "\n".join(plan_of(*plan) for plan in PLANS)},
)
def test_a_split_begins_at_the_plan_of_the_year(part):
    rows = part.own(part.data.assessment)
    chart = vl.draw_split(rows, "rice_output", 2027)
    assert chart.data.iloc[0].tolist() == ["Mục tiêu 2027", "1.953"]
    assert "thấp hơn mục tiêu 2027 là 93 tấn" in chart.title.translate(PLAIN)
    assert "So với mục tiêu 2027" in vl.table_of_split(rows, "rice_output", 2027).frame


@pytest.mark.case(
    actuals="""
        indicator,   year, value
        clean_water, 2026, 91
        rice_area,   2026, 300
        rice_area,   2027, 305
        """
)
def test_several_indicators_say_how_many_are_met_or_keep_to_their_path(part):
    rows = part.own(part.data.assessment)
    both = ["clean_water", "rice_area"]
    titles = [vl.draw_multiples(rows, both, year=year).title for year in (2026, 2027)]
    assert titles == [
        "Năm 2026: 1/1 chỉ tiêu đến hạn đạt và vượt (1 vượt)",
        "Năm 2027 chưa có chỉ tiêu nào đến hạn; 0/1 chỉ tiêu theo kịp lộ trình",
    ]
