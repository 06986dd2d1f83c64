"""The path between stated milestones: ours, labelled as ours, never judged."""

import pytest


def path(rows):
    """Return what is stated for each year, and our path between."""
    stated = rows["target"].where(rows["target_basis"].eq("stated"))
    return stated.fillna(rows["expected"])


def test_the_path_runs_straight_from_the_baseline_to_the_target(judge):
    rows = judge(
        targets="year, value\n2030, 90",
        actuals="year, value\n2026, 50",
        years=range(2026, 2031),
    )
    assert rows["expected"].tolist()[:4] == [50, 60, 70, 80]
    assert rows["expected"].isna().tolist() == [*[False] * 4, True, True]
    assert rows["target"].tolist() == [90] * 6
    assert rows["target_basis"].tolist() == [*["term"] * 4, "stated", "term"]


def test_the_path_runs_through_every_stated_milestone(judge):
    rows = judge(
        targets="year, value\n2026, 10\n2028, 30\n2030, 34",
        years=range(2026, 2031),
    )
    assert path(rows).loc[range(2026, 2031)].tolist() == [10, 20, 30, 32, 34]
    assert rows["target"].loc[range(2026, 2031)].tolist() == [10, 30, 30, 34, 34]
    assert rows["target_basis"].loc[[2027, 2029]].tolist() == ["term"] * 2


def test_the_path_of_a_falling_rate_falls(judge):
    rows = judge(
        targets="year, comparator, value\n2030, <=, 2",
        actuals="year, value\n2026, 8",
        years=range(2026, 2031),
        direction="down",
    )
    assert path(rows).loc[range(2026, 2031)].tolist() == [8, 6.5, 5, 3.5, 2]


def test_the_path_leads_to_a_target_that_is_stated_for_the_term(judge):
    rows = judge(
        targets="year, period, value\n2028, term, 80", actuals="year, value\n2026, 50"
    )
    assert rows["expected"].loc[[2026, 2027]].tolist() == [50, 65]


def test_an_expected_year_is_never_judged(judge):
    rows = judge(
        targets="year, value\n2028, 90", actuals="year, value\n2026, 50\n2027, 10"
    )
    assert rows["status"].loc[[2026, 2027]].tolist() == ["not_due", "not_due"]


def test_without_a_baseline_only_the_end_is_known_and_said_so(judge):
    rows = judge(targets="year, value\n2028, 90", actuals="year, value\n2027, 60")
    assert rows["target_basis"].tolist() == ["term", "term", "stated", "term"]
    assert rows["target"].tolist() == [90, 90, 90, 90]
    assert rows["due_year"].tolist() == [2028] * 4


def test_a_bound_is_no_baseline(judge):
    rows = judge(
        targets="year, value\n2028, 90",
        actuals="year, value, bound\n2026, 50, lower",
    )
    assert rows["expected"].isna().all()


def test_a_baseline_in_the_year_before_the_term_starts_the_path(judge):
    rows = judge(
        targets="year, value\n2028, 90",
        actuals="year, value\n2025, 60",
        baseline_year=2025,
    )
    assert path(rows).loc[[2026, 2027, 2028]].tolist() == [70, 80, 90]


@pytest.mark.parametrize(
    ("direction", "target", "baseline"), [("up", ">=, 30", 52), ("down", "<=, 30", 20)]
)
def test_who_is_already_better_is_never_led_back_to_the_target(
    judge, direction, target, baseline
):
    rows = judge(
        targets=f"year, comparator, value\n2028, {target}",
        actuals=f"year, value\n2026, {baseline}",
        direction=direction,
    )
    assert rows["expected"].loc[[2026, 2027]].tolist() == [baseline, baseline]


def test_a_target_range_shows_both_ends_in_the_years_before(judge):
    rows = judge(targets="year, comparator, value, upper_value\n2028, between, 80, 82")
    assert rows["target"].tolist() == [80] * 4
    assert rows["upper_target"].tolist() == [82] * 4


@pytest.mark.parametrize("over_term", ["sum", "mean", "growth", "every_year", "once"])
def test_only_a_level_has_a_path(judge, over_term):
    rows = judge(
        targets="year, value\n2028, 1",
        actuals="year, value\n2026, 0",
        over_term=over_term,
    )
    assert rows["expected"].isna().all()


@pytest.mark.parametrize(
    ("broken", "years"),
    [
        ("x, 2027, 1", []),
        ("*, 2027, ", []),
        ("*, 2028, 7", [2026, 2027]),  # after 2028
        ("*, 2025, 12", [2026, 2027]),  # before 2026
        ("y, 2027, 1", [2026, 2027]),
    ],
)
def test_the_path_never_crosses_a_break(judge, broken, years):
    rows = judge(
        targets="year, value\n2028, 90",
        actuals="year, value\n2026, 50",
        breaks=f"indicator, year, month\n{broken}",
    )
    assert rows.index[rows["expected"].notna()].tolist() == years
    assert rows["target_basis"].tolist() == ["term", "term", "stated", "term"]


@pytest.mark.parametrize("unit", ["sao", "mức độ", "grade", "event"])
def test_nothing_lies_between_two_stars_or_grades(judge, unit):
    rows = judge(
        targets="year, value\n2028, 5", actuals="year, value\n2026, 3", unit=unit
    )
    assert rows["expected"].isna().all()
    assert rows["target"].tolist() == [5] * 4


@pytest.mark.parametrize(
    ("direction", "baseline", "middle"),
    [("up", 50, 65), ("down", 90, 86), ("none", 50, None)],
)
def test_the_path_leads_to_the_near_end_of_a_span(judge, direction, baseline, middle):
    rows = judge(
        targets="year, comparator, value, upper_value\n2028, between, 80, 82",
        actuals=f"year, value\n2026, {baseline}",
        direction=direction,
    )
    found = rows["expected"][2027]
    assert found == middle if middle else found != found
