"""Questions: figures that can be read but should be looked at."""

import re

import pytest
from sao_mai import HALL


@pytest.fixture
def questions(part):
    """Return what is asked of the figures of a test's case."""
    return part.own(part.data.questions)


@pytest.fixture
def asked(questions):
    """Return what is asked of a test's case: kind, indicator, year."""
    rows = questions[["kind", "indicator", "year"]]
    return list(rows.itertuples(index=False, name=None))


@pytest.mark.case(
    actuals="""
        indicator,   year, value,  plan, source,  vintage
        rice_area,   2026, 310,        , bao-cao, final
        rice_yield,  2026, 64,         , bao-cao, final
        rice_output, 2026, 1984,       , bao-cao, final
        rice_area,   2027, 320,        , bao-cao, final
        clean_water, 2026, 50,     90,   bao-cao, final
        clean_water, 2026, 51,         , bao-dai, estimate
        clean_water, 2027, 100,        , bao-cao, final
        roads_built, 2026, 400,    400,  bao-cao, final
        roads_built, 2027, 0,          , bao-cao, final
        """,
)
def test_nothing_is_asked_when_all_is_well(asked):
    assert asked == []


IDENTITY = """
    indicator,   year, value
    rice_area,   2026, 310.3
    rice_yield,  2026, 64.1
    rice_output, 2026, {}
    """


@pytest.mark.case(actuals=IDENTITY.format("{output}"))
@pytest.mark.parametrize("output", [1990, 1988])
def test_a_broken_identity_is_asked_about(asked, output):
    assert asked == [("identity", "rice_output", 2026)]


@pytest.mark.case(actuals=IDENTITY.format(1989))  # 1989.023
def test_an_identity_may_differ_by_half_a_unit_of_the_last_digit(asked):
    assert asked == []


@pytest.mark.case(actuals=IDENTITY.format(1500).replace("area,   2026", "area, 2027"))
def test_an_identity_that_lacks_a_figure_is_not_computed(asked):
    assert asked == []


@pytest.mark.case(
    actuals="""
        indicator,   year, value, bound
        rice_area,   2026, 310,   exact
        rice_yield,  2026, 60,    lower
        rice_output, 2026, 2000,  exact
        """,
)
def test_a_bound_takes_no_part_in_an_identity(asked):
    assert asked == []


@pytest.mark.case(actuals="indicator, year, value\nclean_water, 2026, {value}")
@pytest.mark.parametrize(
    ("value", "kinds"), [(49.9, 1), (50, 0), (100, 0), (100.1, 1), (975, 1)]
)
def test_a_figure_outside_the_plausible_range_is_asked_about(asked, value, kinds):
    assert asked == [("implausible", "clean_water", 2026)] * kinds


@pytest.mark.case(
    actuals="""
        indicator, year, value
        rice_area, 2026, {before}
        rice_area, 2027, {after}
        """,
)
@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [(60, 121, 1), (120, 59, 1), (60, 120, 0), (120, 60, 0)],
)
def test_a_level_that_more_than_doubles_or_halves_is_asked_about(
    asked, before, after, kinds
):
    assert asked == [("jump", "rice_area", 2027)] * kinds


@pytest.mark.case(
    actuals="""
        indicator,   year, value
        roads_built, 2026, 10
        roads_built, 2027, 900
        rice_area,   2025, 60
        rice_area,   2028, 700
        """,
)
def test_steps_and_far_years_do_not_jump(asked):
    assert asked == []


@pytest.mark.case(
    actuals="""
        indicator,   year, value, plan
        clean_water, 2026, 91,    92
        clean_water, 2027, 92,    93
        """,
)
def test_a_plan_that_differs_from_the_programme_is_asked_about(asked, questions):
    assert asked == [("plan", "clean_water", 2026)]
    (text,) = questions["text"]
    assert text.startswith("Nước sạch: ")
    assert re.findall(r"\d+,\d", text) == ["92,0", "90,0"]


def test_a_question_shows_the_decimals_in_which_its_figures_differ(programme_folder):
    folder = programme_folder(
        actuals="""
            indicator,   year, value,  plan
            clean_water, 2026, 90.02,  90.004
            clean_water, 2027, 100.04,
            """
    )
    texts = folder.load().questions.set_index("kind")["text"]
    assert re.findall(r"\d+,\d+", texts["plan"]) == ["90,004", "90,000"]
    assert "100,04 " in texts["implausible"]


TWO = """
    indicator,   year, value, source,  as_of
    clean_water, 2026, 91,    bao-cao, 2027-01-05
    clean_water, 2026, 93,    bao-dai, {}
    """


@pytest.mark.case(actuals=TWO.format("2027-02-05"))
def test_two_sources_that_disagree_are_asked_about(asked, questions):
    assert asked == [("sources", "clean_water", 2026)]
    assert questions["text"][0].endswith("91,0 / 93,0")


@pytest.mark.case(
    actuals="""
        indicator,   year, value, source,  as_of,      bound
        clean_water, 2026, 90,    bao-dai, 2027-01-05, lower
        clean_water, 2026, 91,    bao-cao, 2027-02-05, exact
        """,
)
def test_a_bound_that_allows_the_other_figure_is_no_disagreement(asked):
    assert asked == []


@pytest.mark.case(actuals=TWO.format("2027-02-05").replace("bao-dai", "bao-cao"))
def test_a_source_that_corrects_itself_is_not_asked_about(asked):
    assert asked == []


@pytest.mark.case(actuals=TWO.format("2027-01-05"))
def test_a_conflict_is_asked_about_and_has_no_current_figure(asked, part):
    assert asked == [("conflict", "clean_water", 2026)]
    rows = part.own(part.data.assessment).query("indicator == 'clean_water'")
    assert rows["status"].iloc[0] == "undecided"


@pytest.mark.case(
    actuals="""
        indicator,   year, value, as_of,      source,  vintage
        clean_water, 2026, 89,    2026-12-15, bao-cao, estimate
        clean_water, 2026, 91,    2027-01-31, bao-cao, final
        clean_water, 2026, 95,    2027-01-31, bao-dai, final
        """,
)
def test_only_the_figures_that_clash_are_named(questions):
    (text,) = questions["text"]
    assert text.endswith("91,0 / 95,0")


@pytest.mark.case(
    actuals="""
        indicator,   year, value, source,  as_of,      bound
        clean_water, 2026, 91,    bao-cao, 2027-01-05, exact
        clean_water, 2026, 93,    bao-dai, 2027-01-05, lower
        """,
)
def test_a_conflict_between_a_bound_and_a_figure_is_asked_about(asked, part):
    assert part.own(part.data.current)["conflict"].tolist() == [True]
    assert asked == [("conflict", "clean_water", 2026)]


@pytest.mark.case(
    actuals=TWO.format("2027-01-05"),
    choices="""\
        indicator,area,year,source,reason,author,date
        clean_water,sao-mai,2026,bao-cao,Có chữ ký,Văn phòng,2027-03-01
        """,
)
def test_a_conflict_that_was_decided_is_not_asked_about_again(asked):
    assert asked == []


@pytest.mark.case(
    actuals=TWO.format("2027-01-05"),
    choices="""\
        indicator,area,year,source,reason,author,date
        clean_water,sao-mai,2026,ctr-1,Nhầm nguồn,Văn phòng,2027-03-01
        """,
)
def test_a_choice_of_a_source_without_a_figure_decides_nothing(asked, part):
    assert part.own(part.data.current)["conflict"].tolist() == [True]
    assert asked == [("conflict", "clean_water", 2026)]


@pytest.mark.case(
    actuals="""
        indicator,   year, value
        clean_water, 2026, 91
        clean_water, 2027, 975
        """,
)
def test_a_question_names_its_file_and_row(questions):
    rows = questions.set_index("kind")
    assert rows.loc["implausible", ["file", "row"]].tolist() == [
        "actuals/figures.csv",
        3,
    ]


@pytest.mark.case(
    actuals="indicator, area, year, value\nrice_area, ban-mai, 2026, 9000",
)
def test_figures_of_other_areas_are_not_held_against_the_range(asked):
    assert asked == []


@pytest.mark.case(actuals="indicator, year, value\n{figures}", add=HALL)
@pytest.mark.parametrize(
    ("figures", "kinds"),
    [
        ("hall, 2026, 1\nhall, 2028, 0", [("undone", "hall", 2028)]),
        ("hall, 2026, 0\nhall, 2028, 1", []),
        ("hall, 2026, 1\nhall, 2027, 1", []),
    ],
)
def test_an_event_that_is_reported_as_undone_is_asked_about(asked, figures, kinds):
    assert asked == kinds


@pytest.mark.case(
    replace=[
        ["indicators.csv", "Rice area,ha,1,up", "Rice area,ha,1,{direction}"],
        ["targets.csv", "main,>=,320", "main,{comparator},320"],
    ]
)
@pytest.mark.parametrize(
    ("direction", "comparator", "kinds"),
    [
        ("up", "<=", 1),
        ("up", "<", 1),
        ("down", ">", 1),
        ("up", "=", 0),
        ("up", ">=", 0),
        ("down", "<=", 0),
        ("none", "<=", 0),
    ],
)
def test_a_comparator_against_the_direction_is_asked_about(
    asked, questions, direction, comparator, kinds
):
    assert asked == [("direction", "rice_area", 2028)] * kinds
    places = questions[["file", "row"]]
    assert places.to_numpy().tolist() == [["targets.csv", 2]] * kinds
