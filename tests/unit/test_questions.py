"""Questions: figures that can be read but should be looked at."""

import re

import pytest
from sao_mai import HALL


def asked(folder) -> list[tuple]:
    """Return what is asked: kind, indicator, year."""
    rows = folder.load().questions
    return list(rows[["kind", "indicator", "year"]].itertuples(index=False, name=None))


def test_nothing_is_asked_when_all_is_well(programme_folder):
    folder = programme_folder(
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
            """
    )
    assert asked(folder) == []


IDENTITY = """
    indicator,   year, value
    rice_area,   2026, 310.3
    rice_yield,  2026, 64.1
    rice_output, 2026, {}
    """


@pytest.mark.parametrize("output", [1990, 1988])
def test_a_broken_identity_is_asked_about(programme_folder, output):
    folder = programme_folder(actuals=IDENTITY.format(output))
    assert asked(folder) == [("identity", "rice_output", 2026)]


def test_an_identity_may_differ_by_half_a_unit_of_the_last_digit(programme_folder):
    folder = programme_folder(actuals=IDENTITY.format(1989))  # 1989.023
    assert asked(folder) == []


def test_an_identity_that_lacks_a_figure_is_not_computed(programme_folder):
    short = IDENTITY.format(1).replace("rice_area,   2026", "rice_area,   2027")
    folder = programme_folder(actuals=short.replace(", 1\n", ", 1500\n"))
    assert asked(folder) == []


def test_a_bound_takes_no_part_in_an_identity(programme_folder):
    folder = programme_folder(
        actuals="""
            indicator,   year, value, bound
            rice_area,   2026, 310,   exact
            rice_yield,  2026, 60,    lower
            rice_output, 2026, 2000,  exact
            """
    )
    assert asked(folder) == []


@pytest.mark.parametrize(
    ("value", "kinds"), [(49.9, 1), (50, 0), (100, 0), (100.1, 1), (975, 1)]
)
def test_a_figure_outside_the_plausible_range_is_asked_about(
    programme_folder, value, kinds
):
    folder = programme_folder(
        actuals=f"indicator, year, value\nclean_water, 2026, {value}"
    )
    assert asked(folder) == [("implausible", "clean_water", 2026)] * kinds


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [(60, 121, 1), (120, 59, 1), (60, 120, 0), (120, 60, 0)],
)
def test_a_level_that_more_than_doubles_or_halves_is_asked_about(
    programme_folder, before, after, kinds
):
    folder = programme_folder(
        actuals=f"""
            indicator, year, value
            rice_area, 2026, {before}
            rice_area, 2027, {after}
            """
    )
    assert asked(folder) == [("jump", "rice_area", 2027)] * kinds


def test_steps_and_far_years_do_not_jump(programme_folder):
    folder = programme_folder(
        actuals="""
            indicator,   year, value
            roads_built, 2026, 10
            roads_built, 2027, 900
            rice_area,   2025, 60
            rice_area,   2028, 700
            """
    )
    assert asked(folder) == []


def test_a_plan_that_differs_from_the_programme_is_asked_about(programme_folder):
    folder = programme_folder(
        actuals="""
            indicator,   year, value, plan
            clean_water, 2026, 91,    92
            clean_water, 2027, 92,    93
            """
    )
    assert asked(folder) == [("plan", "clean_water", 2026)]
    (text,) = folder.load().questions["text"]
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


def test_two_sources_that_disagree_are_asked_about(programme_folder):
    folder = programme_folder(actuals=TWO.format("2027-02-05"))
    assert asked(folder) == [("sources", "clean_water", 2026)]
    assert folder.load().questions["text"][0].endswith("91,0 / 93,0")


def test_a_bound_that_allows_the_other_figure_is_no_disagreement(programme_folder):
    folder = programme_folder(
        actuals="""
            indicator,   year, value, source,  as_of,      bound
            clean_water, 2026, 90,    bao-dai, 2027-01-05, lower
            clean_water, 2026, 91,    bao-cao, 2027-02-05, exact
            """
    )
    assert asked(folder) == []


def test_a_source_that_corrects_itself_is_not_asked_about(programme_folder):
    corrected = TWO.format("2027-02-05").replace("bao-dai", "bao-cao")
    assert asked(programme_folder(actuals=corrected)) == []


def test_a_conflict_is_asked_about_and_has_no_current_figure(programme_folder):
    folder = programme_folder(actuals=TWO.format("2027-01-05"))
    assert asked(folder) == [("conflict", "clean_water", 2026)]
    rows = folder.load().assessment.query("indicator == 'clean_water'")
    assert rows["status"].iloc[0] == "undecided"


def test_only_the_figures_that_clash_are_named(programme_folder):
    data = programme_folder(
        actuals="""
            indicator,   year, value, as_of,      source,  vintage
            clean_water, 2026, 89,    2026-12-15, bao-cao, estimate
            clean_water, 2026, 91,    2027-01-31, bao-cao, final
            clean_water, 2026, 95,    2027-01-31, bao-dai, final
            """
    ).load()
    (text,) = data.questions["text"]
    assert text.endswith("91,0 / 95,0")


def test_a_conflict_between_a_bound_and_a_figure_is_asked_about(programme_folder):
    folder = programme_folder(
        actuals="""
            indicator,   year, value, source,  as_of,      bound
            clean_water, 2026, 91,    bao-cao, 2027-01-05, exact
            clean_water, 2026, 93,    bao-dai, 2027-01-05, lower
            """
    )
    assert folder.load().current["conflict"].tolist() == [True]
    assert asked(folder) == [("conflict", "clean_water", 2026)]


def test_a_conflict_that_was_decided_is_not_asked_about_again(programme_folder):
    folder = programme_folder(
        actuals=TWO.format("2027-01-05"),
        choices="""\
            indicator,area,year,source,reason,author,date
            clean_water,sao-mai,2026,bao-cao,Có chữ ký,Văn phòng,2027-03-01
            """,
    )
    assert asked(folder) == []


def test_a_choice_of_a_source_without_a_figure_decides_nothing(programme_folder):
    folder = programme_folder(
        actuals=TWO.format("2027-01-05"),
        choices="""\
            indicator,area,year,source,reason,author,date
            clean_water,sao-mai,2026,ctr-1,Nhầm nguồn,Văn phòng,2027-03-01
            """,
    )
    assert folder.load().current["conflict"].tolist() == [True]
    assert asked(folder) == [("conflict", "clean_water", 2026)]


def test_a_question_names_its_file_and_row(programme_folder):
    folder = programme_folder(
        actuals="""
            indicator,   year, value
            clean_water, 2026, 91
            clean_water, 2027, 975
            """
    )
    rows = folder.load().questions.set_index("kind")
    assert rows.loc["implausible", ["file", "row"]].tolist() == [
        "actuals/figures.csv",
        3,
    ]


def test_figures_of_other_areas_are_not_held_against_the_range(programme_folder):
    folder = programme_folder(
        actuals="indicator, area, year, value\nrice_area, ban-mai, 2026, 9000"
    )
    assert asked(folder) == []


@pytest.mark.parametrize(
    ("figures", "kinds"),
    [
        ("hall, 2026, 1\nhall, 2028, 0", [("undone", "hall", 2028)]),
        ("hall, 2026, 0\nhall, 2028, 1", []),
        ("hall, 2026, 1\nhall, 2027, 1", []),
    ],
)
def test_an_event_that_is_reported_as_undone_is_asked_about(
    programme_folder, figures, kinds
):
    folder = programme_folder(actuals=f"indicator, year, value\n{figures}")
    folder.add(HALL)
    assert asked(folder) == kinds


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
    programme_folder, direction, comparator, kinds
):
    folder = programme_folder()
    folder.replace("indicators.csv", "Rice area,ha,1,up", f"Rice area,ha,1,{direction}")
    folder.replace("targets.csv", "main,>=,320", f"main,{comparator},320")
    assert asked(folder) == [("direction", "rice_area", 2028)] * kinds
    places = folder.load().questions[["file", "row"]]
    assert places.to_numpy().tolist() == [["targets.csv", 2]] * kinds
