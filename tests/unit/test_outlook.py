"""Years ahead of or behind the path, pace and projection: ours, labelled as ours."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from vinhloc.assess.assessment import assess
from vinhloc.outlook.pace import add_pace
from vinhloc.outlook.projection import add_projection, theil_sen
from vinhloc.outlook.schedule import add_schedule

NONE = float("nan")
FIVE_YEARS = range(2026, 2031)


@pytest.fixture(scope="module")
def judged(cases, judge_all):
    """Return the yearly rows of each test's case, with all that is added to them."""
    found = judge_all(cases, with_outlook)
    return {name: rows.drop(index="term") for name, rows in found.items()}


def with_outlook(rows):
    """Return an assessment with schedule, pace and projection."""
    return add_projection(add_pace(add_schedule(rows)))


def same(*values):
    """Return what a column's list must be: floats apart, missing where missing."""
    return pytest.approx(list(values), nan_ok=True)


# Schedule


@pytest.mark.case(
    targets="year, comparator, value\n2025, {end}",
    actuals="year, value\n2020, {baseline}\n2023, {figure}",
    direction="{direction}",
    years=range(2021, 2026),
    baseline_year=2020,
)
@pytest.mark.parametrize(
    ("direction", "end", "baseline", "figure", "years"),
    [
        ("down", "<=, 2", 8, 4.4, 0),  # exactly on the straight line
        ("up", ">=, 90", 50, 70, -0.5),  # 74 was due
        ("down", "<=, 0", 8, 1, 1.375),  # 3.2 was due
    ],
)
def test_the_straight_line_where_growth_rates_disagree(
    rows, direction, end, baseline, figure, years
):
    assert rows["schedule"][2023] == pytest.approx(years)
    assert rows["schedule_note"][2023] == ""


@pytest.mark.case(
    targets="year, comparator, value\n2030, {end}",
    actuals="year, value\n2026, {baseline}\n2028, {figure}",
    direction="{direction}",
    years=FIVE_YEARS,
)
@pytest.mark.parametrize(
    ("direction", "end", "baseline", "figure", "years"),
    [
        ("up", ">=, 90", 50, 70, 0),
        ("up", ">=, 90", 50, 75, 0.5),
        ("up", ">=, 90", 50, 60, -1),
        ("up", ">=, 90", 50, 50, -2),
        ("up", ">=, 90", 50, 90, 2),
        ("down", "<=, 4", 8, 6, 0),
        ("down", "<=, 4", 8, 5.5, 0.5),
        ("down", "<=, 4", 8, 7, -1),
    ],
)
def test_ahead_is_above_zero_whether_figures_should_rise_or_fall(
    rows, direction, end, baseline, figure, years
):
    assert rows["schedule"][2028] == pytest.approx(years)


@pytest.mark.case(
    targets="year, value\n2026, 10\n2028, 30\n2030, 34",
    actuals="year, value\n2028, {figure}",
    years=FIVE_YEARS,
)
@pytest.mark.parametrize(("figure", "years"), [(30, 0), (20, -1), (32, 1), (33, 1.5)])
def test_the_schedule_follows_the_milestones_and_no_straight_line(rows, figure, years):
    assert rows["schedule"][2028] == pytest.approx(years)


@pytest.mark.case(
    targets="year, value\n2026, 10\n2027, 30\n2028, 20\n2029, 40",
    actuals="year, value\n{year}, 25",
    years=range(2026, 2030),
)
@pytest.mark.parametrize(("year", "years"), [(2026, 0.75), (2027, -0.25), (2028, 0.25)])
def test_of_several_years_in_which_the_path_had_the_figure_the_nearest_counts(
    rows, year, years
):
    assert rows["schedule"][year] == pytest.approx(years)


@pytest.mark.case(
    targets="year, value\n2026, 10\n2027, 30\n2029, 30",
    actuals="year, value\n2026, 30\n2028, 30\n2029, 30",
    years=range(2026, 2030),
)
def test_who_holds_a_milestone_as_planned_is_not_behind(rows):
    assert rows["schedule"].tolist() == same(1, NONE, 0, 0)


@pytest.mark.case(
    targets="year, value\n2026, 80\n2027, 80\n2028, 80",
    actuals="year, value\n2027, {figure}",
)
@pytest.mark.parametrize("figure", [70, 80, 90])
def test_a_path_that_holds_one_level_has_no_years(rows, figure):
    assert np.isnan(rows["schedule"][2027])
    assert rows["schedule_note"][2027] == "flat"


@pytest.mark.case(
    targets="year, comparator, value\n2028, {end}",
    actuals="year, value\n2026, {baseline}\n2027, {figure}",
    direction="{direction}",
)
@pytest.mark.parametrize(
    ("direction", "end", "baseline", "figure"),
    [
        ("up", ">=, 30", 52, 52),
        ("up", ">=, 30", 52, 40),
        ("down", "<=, 30", 20, 25),
    ],
)
def test_who_was_better_than_the_target_from_the_start_has_no_years(
    rows, direction, end, baseline, figure
):
    assert rows["schedule"].isna().all()
    assert rows["schedule_note"][2027] == "flat"


@pytest.mark.case(
    targets="year, comparator, value\n{targets}",
    actuals="year, value\n2026, {baseline}\n2029, {figure}",
    direction="{direction}",
    years=range(2026, 2032),
)
@pytest.mark.parametrize(
    ("direction", "targets", "baseline", "figure", "due"),
    [
        ("up", "2028, >=, 70\n2031, >=, 90", 80, 82, 80 + 10 / 3),
        ("down", "2028, <=, 30\n2031, <=, 10", 20, 18, 20 - 10 / 3),
    ],
)
def test_after_an_easy_milestone_the_path_goes_on_from_the_baseline(
    rows, direction, targets, baseline, figure, due
):
    assert rows["expected"][2027] == baseline
    assert rows["expected"][2029] == pytest.approx(due)
    assert rows["schedule"][2029] == pytest.approx(
        -0.4
    )  # it had 82 after 3/5 of a year


@pytest.mark.case(
    targets="year, value\n2028, 30\n2030, 60",
    actuals="year, value\n2026, 52\n2029, {figure}",
    years=FIVE_YEARS,
)
@pytest.mark.parametrize(
    ("figure", "years", "note"),
    [(52, -1, ""), (56, 0, ""), (58, 0.5, ""), (50, NONE, "before")],
)
def test_the_path_holds_a_better_baseline_until_a_milestone_asks_for_more(
    rows, figure, years, note
):
    assert [rows["schedule"][2029]] == same(years)
    assert rows["schedule_note"][2029] == note


@pytest.mark.case(
    targets="year, comparator, value\n2028, {end}",
    actuals="year, value\n2026, {baseline}\n2027, {figure}",
    direction="{direction}",
)
@pytest.mark.parametrize(
    ("direction", "end", "baseline", "figure", "note"),
    [
        ("up", ">=, 90", 50, 49.9, "before"),
        ("up", ">=, 90", 50, 90.1, "beyond"),
        ("down", "<=, 4", 8, 8.1, "before"),
        ("down", "<=, 4", 8, 3.9, "beyond"),
    ],
)
def test_off_the_ends_of_its_path_a_figure_has_a_side_but_no_years(
    rows, direction, end, baseline, figure, note
):
    assert np.isnan(rows["schedule"][2027])
    assert rows["schedule_note"][2027] == note


@pytest.mark.case(
    targets="year, value\n2028, 90",
    actuals="year, value\n2025, 60\n2026, 65\n2027, 60",
    baseline_year=2025,
)
def test_a_path_from_the_year_before_the_term_has_its_first_year_too(rows):
    assert rows["schedule"].tolist() == same(-0.5, -2, NONE)


@pytest.mark.case(
    targets="year, value\n2026, 60\n2028, 80",
    actuals="year, value\n2027, 75",
)
def test_milestones_make_a_path_without_a_baseline(rows):
    assert rows["schedule"].tolist() == same(NONE, 0.5, NONE)
    assert rows["schedule_note"].tolist() == ["no_figure", "", "no_figure"]


@pytest.mark.case(targets="year, value\n2028, 90", actuals="year, value\n2027, 60")
def test_one_target_alone_is_no_path(rows):
    assert rows["schedule_note"].tolist() == ["no_figure", "no_path", "no_figure"]
    assert rows["schedule"].isna().all()


@pytest.mark.case(
    targets="year, value\n2026, 50\n2027, 60\n2028, 20\n2030, 40",
    actuals="year, value\n2027, 30\n2028, 30\n2029, 55\n2030, 40",
    breaks="indicator, year, month\nx, 2028, 1",
    years=FIVE_YEARS,
)
def test_a_figure_is_never_compared_with_the_path_beyond_a_break(rows):
    assert rows["schedule"].tolist() == same(NONE, NONE, 1, NONE, 0)
    notes = ["no_figure", "before", "", "beyond", ""]
    assert rows["schedule_note"].tolist() == notes


@pytest.mark.case(
    targets="year, value\n2029, 90",
    actuals="""\
        year, value, upper_value, bound
        2025, 50,               , exact
        2026, 60,               , exact
        2027, 65,               , exact
        2028, {figure}
        """,
    baseline_year=2025,
    years=range(2025, 2030),
)
@pytest.mark.parametrize(
    "figure", ["70, , lower", "70, , upper", "70, 72, range"], ids=lambda f: f[-5:]
)
def test_a_bound_has_no_schedule_pace_or_projection(rows, figure):
    assert rows["schedule_note"][2028] == "no_figure"
    columns = ["schedule", "observed_change", "required_change", "pace", "trend"]
    assert rows.loc[2028, columns].isna().all()


@pytest.mark.case(
    targets="""\
        year, comparator, value, upper_value
        2026, between,    60,    62
        2028, between,    80,    82
        """,
    actuals="year, value\n2026, 61\n2027, 70\n2028, 81",
    direction="{direction}",
)
@pytest.mark.parametrize(
    ("direction", "years", "end"), [("up", 0.0, 80), ("down", NONE, 82)]
)
def test_a_path_leads_along_the_near_ends_of_ranges(rows, direction, years, end):
    assert rows["schedule"][2027] == years or years is NONE
    assert rows["end_value"].loc[[2026, 2027, 2028]].tolist() == [end] * 3


@pytest.mark.case(
    targets="year, comparator, value, upper_value\n2028, between, 80, 82",
    actuals="year, value\n2026, 61\n2027, 70\n2028, 81",
    direction="none",
)
def test_a_corridor_is_no_path(rows):
    assert rows["schedule"].isna().all()
    assert rows[["end_value", "required_change", "pace"]].isna().all(axis=None)


@pytest.mark.case(
    targets="year, value\n2026, 400\n2028, 600",  # no step in 2027
    actuals="year, value\n2026, 200\n2027, 500\n2028, 300",
    over_term="sum",
)
def test_a_running_total_is_compared_with_the_planned_one(rows):
    # 400, 400, 1000 were planned; 200, 700, 1000 were done.
    assert rows["schedule"].tolist() == same(-0.5, 0.5, 0)


@pytest.mark.case(
    targets="year, value\n2027, 400\n2028, 400",
    actuals="year, value\n2026, 0\n2027, 0\n2028, 200",
    over_term="sum",
)
def test_before_the_first_step_nothing_is_behind(rows):
    assert rows["schedule"].tolist() == same(0, -1, -1.5)


@pytest.mark.case(
    targets="year, value\n2026, 400\n2027, 400\n2028, 400",
    actuals="year, value\n2026, 400\n2028, 400",
    over_term="sum",
)
def test_a_total_with_a_year_that_is_not_known_has_no_years(rows):
    assert rows["schedule"].tolist() == same(0, NONE, NONE)
    assert rows["schedule_note"].tolist() == ["", "no_figure", "no_figure"]


@pytest.mark.case(
    targets="year, value\n2026, {planned[0]}\n2027, {planned[1]}\n2028, {planned[2]}",
    actuals="year, value\n2026, {done[0]}\n2027, {done[1]}\n2028, {done[2]}",
    over_term="sum",
    years=FIVE_YEARS[:4],
)
@pytest.mark.parametrize(
    ("planned", "done"),
    [([0.3, 0.2, 0.1], [0.1, 0.2, 0.3]), ([0.1, 0.2, 0.3], [0.3, 0.2, 0.1])],
)
def test_the_same_total_in_other_steps_is_on_schedule(rows, planned, done):
    # 0.1 + 0.2 + 0.3 is 0.6000000000000001 to a computer, 0.3 + 0.2 + 0.1 is 0.6.
    assert rows["schedule_note"][2028] == ""
    assert rows["schedule"][2028] == pytest.approx(0)


@pytest.mark.case(
    targets="year, value\n2026, 0.1\n2027, 0.2\n2028, 0.3",
    actuals="year, value\n2026, 0.3\n2027, 0.2\n2028, 0.1\n2029, 0",
    over_term="sum",
    years=range(2026, 2030),
)
def test_a_total_that_was_complete_early_and_as_planned_is_not_behind(rows):
    assert rows["schedule"][2029] == pytest.approx(0)


# Pace


@pytest.mark.case(
    targets="year, comparator, value\n2030, {end}",
    actuals="year, value\n2026, {baseline}\n2028, {figure}",
    direction="{direction}",
    years=FIVE_YEARS,
)
@pytest.mark.parametrize(
    ("direction", "end", "baseline", "figure", "expected"),
    [
        # observed and required a year, pace, progress in %
        ("up", ">=, 90", 50, 60, (5, 15, 1 / 3, 25)),
        ("up", ">=, 90", 50, 70, (10, 10, 1, 50)),
        ("up", ">=, 90", 50, 45, (-2.5, 22.5, -1 / 9, -12.5)),  # away from it
        ("down", "<=, 2", 8, 7, (-0.5, -2.5, 0.2, 100 / 6)),
        ("down", "<=, 2", 8, 9, (0.5, -3.5, -1 / 7, -100 / 6)),  # away from it
        ("up", ">=, 90", 50, 95, (22.5, 0, NONE, 112.5)),  # reached
        ("up", ">=, 90", 50, 89.96, (19.98, 0, NONE, 99.9)),  # reached, as rounded
        ("down", "<=, 2", 8, 1, (-3.5, 0, NONE, 700 / 6)),  # reached
        ("up", ">=, 50", 50, 48, (-1, 1, -1, NONE)),  # no way to go at the start
        ("up", ">=, 30", 52, 40, (-6, 0, NONE, NONE)),  # better from the start
    ],
)
def test_pace_is_the_change_so_far_over_the_change_still_needed(
    rows, direction, end, baseline, figure, expected
):
    columns = ["observed_change", "required_change", "pace", "progress"]
    assert rows.loc[2028, columns].tolist() == same(*expected)


@pytest.mark.case(
    targets="year, value\n2028, 90",
    actuals="year, value\n2026, 50\n2027, 60\n2028, 80",
)
def test_at_the_baseline_and_in_the_last_year_there_is_no_pace(rows):
    assert rows["observed_change"].tolist() == same(NONE, 10, 15)
    assert rows["required_change"].tolist() == same(20, 30, NONE)
    assert rows["pace"].tolist() == same(NONE, 1 / 3, NONE)


@pytest.mark.case(
    targets="year, value\n2026, 50\n2028, 90",
    actuals="year, value\n2027, 60",
)
def test_without_a_baseline_there_is_no_pace(rows):
    columns = ["observed_change", "pace", "progress"]
    assert rows[columns].isna().all(axis=None)


@pytest.mark.case(
    targets="year, value\n2027, 60\n2028, 65\n2030, 90",
    actuals="year, value\n2026, 50\n2027, 66",
    years=FIVE_YEARS,
)
def test_pace_leads_to_the_last_target_and_not_to_the_next(rows):
    assert rows["end_value"].tolist() == [90] * 5
    assert rows["end_year"].tolist() == [2030] * 5
    assert rows["required_change"][2027] == pytest.approx(8)


@pytest.mark.case(
    targets="year, value\n2029, 90",
    actuals="year, value\n2026, 50\n2027, 60\n2028, 20",
    breaks="indicator, year, month\nx, 2028, 1",
    years=range(2026, 2030),
)
def test_the_change_since_the_baseline_never_crosses_a_break(rows):
    assert rows["observed_change"].tolist() == same(NONE, 10, NONE, NONE)
    assert rows["progress"].tolist() == same(0, 25, NONE, NONE)


@pytest.mark.case(
    targets="year, period, value\n2026, year, 400\n2028, term, 1000",
    actuals="year, value\n2026, 200\n2027, 200",
    over_term="sum",
)
def test_a_running_total_starts_from_none_before_the_first_year(rows):
    assert rows["observed_change"].tolist() == same(200, 200, NONE)
    assert rows["required_change"].tolist() == same(400, 600, NONE)
    assert rows["progress"].tolist() == same(20, 40, NONE)


# Projection

STEPS = "year, value\n2026, 50\n2027, 60\n2028, 65\n2029, 80"
STRAIGHT = "year, value\n2026, 50\n2027, 60\n2028, 70\n2029, 80"


@pytest.mark.case(targets="year, value\n2030, 90", actuals=STEPS, years=FIVE_YEARS)
def test_three_figures_give_a_slope_and_four_a_range(rows):
    assert rows["trend"].tolist() == same(NONE, NONE, 7.5, 10, NONE)
    # The medians are 2027.5 and 62.5; slopes go from 5 to 15, widened 2.1 times.
    assert rows["projection"].tolist() == same(NONE, NONE, NONE, 87.5, NONE)
    assert rows["projection_low"][2029] == pytest.approx(87.5 - 2.1 * 5 * 2.5)
    assert rows["projection_high"][2029] == pytest.approx(87.5 + 2.1 * 5 * 2.5)


@pytest.mark.case(targets="year, value\n2030, 99", actuals=STRAIGHT, years=FIVE_YEARS)
def test_a_straight_series_is_led_on_without_a_range(rows):
    columns = ["projection_low", "projection", "projection_high"]
    assert rows.loc[2029, columns].tolist() == same(90, 90, 90)


def test_years_without_a_figure_count_in_the_slope():
    years, values = np.array([2026.0, 2027, 2029, 2030]), np.array([10.0, 11, 13, 14])
    assert theil_sen(years, values, 2032) == same(1, 16, 16, 16)


def test_one_odd_year_does_not_bend_the_slope():
    years, values = np.arange(2026.0, 2031), np.array([10.0, 11, 30, 13, 14])
    slope, middle, low, high = theil_sen(years, values, 2031)
    assert slope == pytest.approx(1)
    assert middle == pytest.approx(16)  # from the median, 13 in 2028
    assert low < middle < high


@pytest.mark.parametrize("at", [2028, 2029, NONE])
def test_nothing_is_projected_to_a_year_that_is_not_ahead(at):
    years, values = np.arange(2026.0, 2030), np.array([50.0, 60, 65, 80])
    assert theil_sen(years, values, at) == same(10, NONE, NONE, NONE)


@pytest.mark.case(
    targets="year, value\n{end}", actuals=STRAIGHT, years=range(2026, 2033)
)
@pytest.mark.parametrize(("end", "value"), [("2032, 90", NONE), ("2031, 99", 100)])
def test_beyond_two_years_ahead_only_the_slope_is_given(rows, end, value):
    assert rows["trend"][2029] == pytest.approx(10)
    assert [rows["projection"][2029]] == same(value)


@pytest.mark.case(
    targets="year, value\n2033, 100",
    actuals="""\
        year, value
        2026, 900
        2027, 10
        2028, 20
        2029, 30
        2030, 40
        2031, 50
        2032, 60
        """,
    years=range(2026, 2034),
)
def test_only_the_last_six_figures_count(rows):
    columns = ["projection_low", "projection", "projection_high"]
    assert rows.loc[2032, columns].tolist() == same(70, 70, 70)
    assert rows["projection_low"][2031] < rows["projection"][2031]  # 900 counts


@pytest.mark.case(
    targets="year, value\n2030, 90",
    actuals=STEPS,
    years=FIVE_YEARS,
    unit="{unit}",
    plausible_high="{plausible_high}",
)
@pytest.mark.parametrize(
    ("unit", "plausible_high", "high"),
    [("%", 100, 100), ("%", 150, 113.75), ("%", NONE, 113.75), ("ha", 100, 113.75)],
)
def test_only_a_share_of_a_whole_ends_at_one_hundred(rows, unit, plausible_high, high):
    assert rows["projection_high"][2029] == pytest.approx(high)


@pytest.mark.case(
    targets="year, comparator, value\n2030, <=, 0",
    actuals="year, value\n2026, 30\n2027, 20\n2028, 10\n2029, 0.1",
    years=FIVE_YEARS,
    direction="down",
    plausible_low="{plausible_low}",
)
@pytest.mark.parametrize(("plausible_low", "projection"), [(0, 0), (-50, -9.96)])
def test_what_is_never_negative_ends_at_none(rows, plausible_low, projection):
    assert rows["projection"][2029] == pytest.approx(projection, abs=0.005)
    low = rows["projection_low"][2029]
    assert low == 0 if plausible_low == 0 else low < projection


@pytest.mark.case(
    targets="year, value\n2032, 90",
    actuals="""\
        year, value
        2026, 50
        2027, 60
        2028, 5
        2029, 6
        2030, 7
        2031, 8
        """,
    breaks="indicator, year, month\nx, 2028, 1",
    years=range(2026, 2033),
)
def test_no_figure_from_beyond_a_break_is_led_on(rows):
    assert rows["trend"].tolist() == same(*[NONE] * 4, 1, 1, NONE)
    assert rows["projection"].tolist() == same(*[NONE] * 5, 9, NONE)


@pytest.mark.case(
    targets="year, value\n2031, 90",
    actuals=STRAIGHT + "\n2030, {later}",
    years=range(2026, 2032),
)
@pytest.mark.parametrize("later", [0, 80, 500])
def test_a_row_knows_nothing_of_later_years(rows, later):
    assert rows["trend"][2028] == pytest.approx(10)
    assert rows["projection"][2029] == pytest.approx(100)


@pytest.mark.case(
    targets="year, comparator, value\n2030, {end}",
    actuals="{figures}",
    years=FIVE_YEARS,
    direction="{direction}",
)
@pytest.mark.parametrize(
    ("direction", "end", "figures", "word"),
    [
        ("up", ">=, 80", STRAIGHT, "reached"),
        ("up", ">=, 90", STRAIGHT, "likely"),
        ("up", ">, 90", STRAIGHT, "unlikely"),
        ("up", ">=, 90.1", STRAIGHT, "unlikely"),
        ("up", ">=, 90", STEPS, "open"),
        ("down", "<=, 90", STRAIGHT, "reached"),
        ("down", "<=, 20", "year, value\n2026, 50\n2027, 45\n2028, 40", None),
        ("down", "<=, 30", "year, value\n2026, 50\n2027, 45\n2028, 30", "reached"),
    ],
)
def test_the_word_says_whether_the_range_meets_the_last_target(
    rows, direction, end, figures, word
):
    known = rows[rows["actual"].notna()]["outlook"]
    assert known.iloc[-1] == word if word else pd.isna(known.iloc[-1])


@pytest.mark.case(
    targets="year, comparator, value\n2030, <=, {end}",
    actuals="year, value\n2026, 50\n2027, 40\n2028, 30\n2029, 20",
    years=FIVE_YEARS,
    direction="down",
)
@pytest.mark.parametrize(("end", "word"), [(12, "likely"), (8, "unlikely")])
def test_a_falling_series_meets_a_target_from_above(rows, end, word):
    assert rows["outlook"][2029] == word


@pytest.mark.case(
    targets="year, period, value\n2030, term, 400",
    actuals=STEPS,
    years=FIVE_YEARS,
    over_term="sum",
)
def test_a_running_total_is_not_led_on(rows):
    columns = ["trend", "projection", "outlook"]
    assert rows[columns].isna().all(axis=None)


# What must hold whatever the figures are

AS_DRAWN = [Phase.generate]  # shrinking many cases takes minutes
FIGURES = st.integers(0, 2000)  # tenths
YEARS = range(2026, 2031)
NO_BREAKS = pd.DataFrame({"indicator": [], "year": [], "month": []})
NUMBERS = {"value": float, "upper_value": float}
BY_YEAR = st.lists(st.none() | FIGURES, min_size=5, max_size=5)
PROGRAMMES = st.lists(
    st.tuples(
        st.sampled_from(["last", "sum"]),
        st.sampled_from([("up", ">="), ("up", ">"), ("down", "<=")]),
        BY_YEAR,  # planned
        BY_YEAR,  # done
    ),
    min_size=25,
    max_size=50,
)


def assessment_of(programme, shifts=(0,)):
    """Return the assessment of a programme in each of some units, one after the other.

    Its figures are whole numbers of tenths: of the unit, or of one 10 ** shift of it.
    """
    known = {"period": "year", "reading": "main", "upper_value": np.nan}
    known |= {"place": "", "locator": "II.1/1", "bound": "exact", "vintage": "final"}
    known |= {"as_of": "", "source": "s", "conflict": False, "made_up": False}
    columns = [*known, "indicator", "year", "value", "comparator"]
    indicators, targets, actuals = [], [], []
    for order, (shift, row) in enumerate(product(shifts, programme)):
        over_term, (direction, sign), planned, done = row
        unit, decimals = f"e{shift - 1}", max(0, 1 - shift)
        name = {"indicator": f"i{order}"}
        facts = {"order": order, "over_term": over_term, "unit": "ha"}
        facts |= {"direction": direction, "decimals": decimals}
        facts |= {"plausible_low": np.nan, "plausible_high": np.nan}
        indicators.append(name | facts)
        for rows, values in ((targets, planned), (actuals, done)):
            for year, value in zip(YEARS, values, strict=True):
                if value is not None:
                    own = {"year": year, "value": float(f"{value}{unit}")}
                    rows.append(known | name | own | {"comparator": sign})
        total = sum(value for value in planned if value is not None)
        if over_term == "sum" and total:
            own = {"year": 2030, "value": float(f"{total}{unit}"), "period": "term"}
            targets.append(known | name | own | {"comparator": sign})
    return assess(
        pd.DataFrame(indicators),
        pd.DataFrame(targets, columns=columns).astype(NUMBERS),
        pd.DataFrame(actuals, columns=columns).astype(NUMBERS),
        years=YEARS,
        baseline_year=2026,
        breaks=NO_BREAKS,
    )


RISING = st.tuples(
    st.lists(FIGURES, min_size=5, max_size=5).map(sorted),
    st.lists(st.booleans(), min_size=5, max_size=5),
).map(
    lambda path: [
        value if stated else None for value, stated in zip(*path, strict=True)
    ]
)
RAISED = st.tuples(
    st.sampled_from(["last", "sum"]), RISING, BY_YEAR, st.integers(1, 4), FIGURES
)


@given(cases=st.lists(RAISED, min_size=60, max_size=120))
@settings(max_examples=4, phases=AS_DRAWN)
def test_raising_a_figure_never_puts_what_should_rise_further_behind(cases):
    programme = []
    for over_term, planned, done, at, figure in cases:
        ends = [figure, figure if done[at] is None else done[at]]
        for raised in sorted(ends):
            figures = [*done[:at], raised, *done[at + 1 :]]
            programme.append((over_term, ("up", ">="), planned, figures))
    rows = add_schedule(assessment_of(programme)).query("period == 'year'")
    ahead = rows["schedule"].mask(rows["schedule_note"].eq("before"), -np.inf)
    ahead = ahead.mask(rows["schedule_note"].eq("beyond"), np.inf)
    ahead = ahead.to_numpy().reshape(-1, len(YEARS))
    for case, low, high in zip(cases, ahead[::2], ahead[1::2], strict=True):
        assert (np.isnan(low) == np.isnan(high)).all(), case
        assert not (low > high + 1e-9).any(), case


@given(programme=PROGRAMMES)
@settings(max_examples=3, phases=AS_DRAWN)
def test_another_unit_changes_no_verdict_and_no_schedule(programme):
    rows = with_outlook(assessment_of(programme, shifts=(0, -3, 1)))
    ours, *others = (
        rows.iloc[start : start + len(rows) // 3].reset_index(drop=True)
        for start in range(0, len(rows), len(rows) // 3)
    )
    for theirs in others:
        for column in ("status", "schedule_note", "outlook"):
            pd.testing.assert_series_equal(ours[column], theirs[column])
        for column in ("schedule", "pace", "progress"):
            pd.testing.assert_series_equal(ours[column], theirs[column], atol=1e-9)


@given(programme=PROGRAMMES)
@settings(max_examples=5, phases=AS_DRAWN)
def test_nothing_that_is_added_is_infinite(programme):
    rows = with_outlook(assessment_of(programme))
    assert not np.isinf(rows.select_dtypes("number")).any(axis=None)
    assert rows["schedule"].notna().eq(rows["schedule_note"].eq("")).all()


# over_term, direction and comparator, planned and done in tenths by year
SOME = [
    ("last", ("up", ">="), [None, 300, None, None, 600], [200, 250, 350, 400, 520]),
    ("last", ("down", "<="), [None, None, 50, None, 20], [80, 70, 55, 50, None]),
    ("sum", ("up", ">="), [40, None, 60, None, 100], [20, 30, 30, 90, 10]),
    ("last", ("up", ">"), [None, None, None, None, 100], [None, 40, 60, 70, 90]),
]


@pytest.fixture(scope="module")
def whole():
    return with_outlook(assessment_of(SOME))


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_never_matters(whole, seed):
    mixed = with_outlook(whole.sample(frac=1, random_state=seed))
    pd.testing.assert_frame_equal(mixed.sort_index(), whole)


def test_the_assessment_given_is_left_as_it_was(judge):
    rows = judge(targets="year, value\n2030, 90", actuals=STEPS, years=FIVE_YEARS)
    kept = rows.copy()
    with_outlook(rows)
    pd.testing.assert_frame_equal(rows, kept)
