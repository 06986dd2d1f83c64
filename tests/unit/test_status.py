"""What a year is judged against: each rule on one indicator."""

import pytest

from vinhloc.assess.assessment import annual_status, balance


def test_one_comparison_judges_every_figure_row_by_row(frame):
    rows = frame("""
        actual, minimum, maximum, status
        77,     74,             , met
        74,     74,             , met
        73,     74,             , missed
        1,            , 1,        met
        2,            , 1,        missed
        100,    100,    100,      met
        88,     100,    100,      missed
        101,    100,    100,      missed
        96.5,   70,     100,      met
        69,     70,     100,      missed
        0,            , 0,        met
        -3,     -5,             , met
        -6,     -5,             , missed
              , 45,     60,       no_data
        5,            ,         , no_data
        inf,    75,             , met
        -inf,   75,             , missed
        """)
    assert annual_status(rows).tolist() == rows["status"].tolist()


def test_the_comparison_keeps_the_index_and_the_argument(frame):
    rows = frame("""
        actual, minimum, maximum
        77,     74,
        """).set_axis(["thôn 8"], axis="index")
    before = rows.copy()
    assert annual_status(rows).to_dict() == {"thôn 8": "met"}
    assert rows.equals(before)


@pytest.mark.case(
    targets="year, comparator, value\n2028, {comparator}, 68",
    actuals="year, value\n2028, {actual}",
)
@pytest.mark.parametrize(
    ("comparator", "actual", "status"),
    [
        (">=", 67.9, "missed"),
        (">=", 68, "met"),
        (">=", 68.1, "exceeded"),
        (">", 68, "missed"),
        (">", 70, "exceeded"),
        ("<=", 68.1, "missed"),
        ("<=", 68, "met"),
        ("<=", 67.9, "exceeded"),
        ("<", 68, "missed"),
        ("<", 60, "exceeded"),
        ("=", 67.9, "missed"),
        ("=", 68, "met"),
        ("=", 68.1, "missed"),
    ],
)
def test_the_comparator_of_the_programme_decides(rows, comparator, actual, status):
    assert rows["status"][2028] == status


@pytest.mark.case(
    targets="year, comparator, value, upper_value\n2028, between, 80, 82",
    actuals="year, value\n2028, {actual}",
    direction="{direction}",
)
@pytest.mark.parametrize(
    ("direction", "actual", "status", "gap", "short"),
    [
        ("up", 79.9, "missed", -0.1, 0.1),
        ("up", 80, "met", 0, 0),
        ("up", 82, "met", 2, 0),
        ("up", 82.1, "exceeded", 2.1, 0),
        ("down", 82.1, "missed", 0.1, 0.1),
        ("down", 82, "met", 0, 0),
        ("down", 80, "met", -2, 0),
        ("down", 79.9, "exceeded", -2.1, 0),
        ("none", 79.9, "missed", -0.1, 0.1),
        ("none", 80, "met", 0, 0),
        ("none", 81, "met", 0, 0),
        ("none", 82, "met", 0, 0),
        ("none", 82.5, "missed", 0.5, 0.5),
    ],
)
def test_a_range_is_an_ambition_and_without_direction_a_corridor(
    rows, direction, actual, status, gap, short
):
    row = rows.loc[2028]
    assert row["status"] == status
    assert (row["gap"], row["shortfall"]) == pytest.approx((gap, short))


@pytest.mark.case(
    targets="year, comparator, value, tolerance\n2028, {target}",
    actuals="year, value\n2028, {actual}",
    direction="{direction}",
)
@pytest.mark.parametrize(
    ("direction", "target", "actual", "status"),
    [
        ("none", "=, 75, 1.5", 73.5, "met"),
        ("none", "=, 75, 1.5", 73.4, "missed"),
        ("none", "=, 75, 1.5", 76.6, "missed"),
        ("none", "=, 75, 0", 75.1, "missed"),
        ("up", "=, 75, 1.5", 76.5, "met"),
        ("up", "=, 75, 1.5", 76.6, "missed"),
        ("down", "=, 75, 1.5", 73.4, "missed"),
        ("up", "about, 30, 2", 28, "met"),
        ("up", "about, 30, 2", 27.9, "missed"),
        ("up", "about, 30, 2", 32.1, "exceeded"),
        ("down", "about, 30, 2", 32, "met"),
        ("down", "about, 30, 2", 32.1, "missed"),
        ("down", "about, 30, 2", 27.9, "exceeded"),
        ("up", "about, 30, ", 45, "undecided"),
        ("up", "about, 30, ", 10, "undecided"),
    ],
)
def test_about_a_figure_is_judged_by_the_tolerance_that_the_data_state(
    rows, direction, target, actual, status
):
    assert rows["status"][2028] == status


@pytest.mark.case(
    targets="year, comparator, value, upper_value\n2028, between, 95, 100",
    actuals="year, value\n2028, 103",
    unit="%",
)
def test_nothing_is_better_than_a_range_that_ends_at_100_percent(rows):
    assert rows["status"][2028] == "met"


@pytest.mark.case(
    targets="year, value\n2028, 97.5",
    actuals="year, value\n2028, {actual}",
    decimals="{decimals}",
)
@pytest.mark.parametrize(
    ("actual", "decimals", "status"),
    [(97.45, 1, "met"), (97.449, 1, "missed"), (97.5, 2, "met"), (97.45, 2, "missed")],
)
def test_both_sides_are_rounded_once_before_they_are_compared(
    rows, actual, decimals, status
):
    assert rows["status"][2028] == status


@pytest.mark.case(targets="year, value\n2028, 97.5", actuals="year, value\n2028, 97.54")
def test_better_only_beyond_the_rounding_is_met_not_exceeded(rows):
    assert rows["status"][2028] == "met"


@pytest.mark.case(
    targets="year, value\n2027, 100\n2028, 99",
    actuals="year, value\n2027, 148.32\n2028, 100",
    unit="%",
)
def test_nothing_exceeds_one_hundred_percent(rows):
    assert rows["status"][2027] == "met"
    assert rows["attainment"][2027] == pytest.approx(148.32)
    assert rows["status"][2028] == "exceeded"


@pytest.mark.case(targets="year, value\n2028, 100", actuals="year, value\n2028, 101")
def test_a_hundred_hectares_can_be_exceeded(rows):
    assert rows["status"][2028] == "exceeded"


@pytest.mark.case(
    targets="year, comparator, value\n2028, {target}",
    actuals="year, value\n2028, {actual}",
    direction="down",
)
@pytest.mark.parametrize(
    ("target", "actual", "status"),
    [("=, 0", 0, "met"), ("<=, 0", 0, "met"), ("<=, 0", -1, "met")],
)
def test_nothing_is_better_than_none(rows, target, actual, status):
    assert rows["status"][2028] == status


@pytest.mark.case(
    targets="year, comparator, value\n2028, <=, 1",
    actuals="year, value\n2028, 0",
    direction="down",
)
def test_none_is_better_than_one_where_less_is_better(rows):
    assert rows["status"][2028] == "exceeded"


@pytest.mark.case(
    targets="year, comparator, value\n2028, =, 0",
    actuals="year, value\n2028, 1",
    direction="down",
    decimals=0,
)
def test_lower_is_better_misses_a_zero_target_with_one_case(rows):
    assert rows["status"][2028] == "missed"
    assert rows["shortfall"][2028] == 1


@pytest.mark.case(
    targets="year, comparator, value, upper_value\n2028, {target}",
    actuals="year, bound, value, upper_value\n2028, {bound}, {actual}",
)
@pytest.mark.parametrize(
    ("actual", "bound", "target", "status"),
    [
        ("68,", "lower", ">=, 75,", "undecided"),
        ("75,", "lower", ">=, 75,", "met"),
        ("80,", "lower", ">=, 75,", "exceeded"),
        ("70,", "upper", ">=, 75,", "missed"),
        ("80,", "upper", ">=, 75,", "undecided"),
        ("4.2,", "upper", "<=, 5,", "exceeded"),
        ("5,", "upper", "<=, 5,", "met"),
        ("6,", "upper", "<=, 5,", "undecided"),
        ("6,", "lower", "<=, 5,", "missed"),
        ("4,", "lower", "<=, 5,", "undecided"),
        ("0.5,", "upper", "=, 0,", "undecided"),
        ("0.5,", "lower", "=, 0,", "missed"),
        ("7.5, 8", "range", ">=, 7.5,", "met"),
        ("7.6, 8", "range", ">=, 7.5,", "exceeded"),
        ("7.4, 8", "range", ">=, 7.5,", "undecided"),
        ("7, 7.4", "range", ">=, 7.5,", "missed"),
        ("80.5, 81.5", "range", "between, 80, 82", "met"),
        ("79, 81", "range", "between, 80, 82", "undecided"),
        ("70, 90", "range", "between, 80, 82", "undecided"),
        ("83, 84", "range", "between, 80, 82", "exceeded"),
        ("83,", "lower", "between, 80, 82", "exceeded"),
        ("81,", "lower", "between, 80, 82", "met"),
        ("79,", "upper", "between, 80, 82", "missed"),
    ],
)
def test_a_bound_gives_a_verdict_only_where_it_settles_it(
    rows, actual, bound, target, status
):
    assert rows["status"][2028] == status


@pytest.mark.case(
    targets="year, value\n2028, 75",
    actuals="year, value, bound\n2028, 68, lower",
)
def test_a_bound_has_no_gap_no_shortfall_and_no_attainment(rows):
    assert rows.loc[2028, ["gap", "shortfall", "attainment"]].isna().all()


@pytest.mark.case(
    targets="year, comparator, value\n2026, >=, 10\n2027, <=, 10\n2028, >=, 10",
    actuals="year, value\n2026, 8.5\n2027, 8.5\n2028, 12",
)
def test_gap_keeps_its_sign_and_shortfall_counts_what_is_lacking(rows):
    assert rows["gap"].loc[[2026, 2027, 2028]].tolist() == [-1.5, -1.5, 2]
    assert rows["shortfall"].loc[[2026, 2027, 2028]].tolist() == [1.5, 0, 0]


@pytest.mark.case(
    targets="year, comparator, value\n2028, {comparator}, 80",
    actuals="year, value\n2028, 60",
    direction="{direction}",
)
@pytest.mark.parametrize(
    ("direction", "comparator", "known"), [("up", ">=", [75]), ("down", "<=", [])]
)
def test_attainment_is_for_targets_to_be_reached_upwards(
    rows, direction, comparator, known
):
    assert rows["attainment"].dropna().unique().tolist() == known


@pytest.mark.case(targets="year, value\n2028, 0", actuals="year, value\n2028, 5")
def test_attainment_of_a_zero_target_is_missing_not_infinite(rows):
    assert rows["attainment"].isna().all()
    assert rows["status"][2028] == "exceeded"


@pytest.mark.case(
    targets="year, comparator, value\n2027, <=, 1\n2028, <=, 1",
    actuals="year, value\n2027, 0",
    direction="down",
)
def test_a_missing_figure_is_no_data_and_never_zero(rows):
    assert rows["status"].loc[[2027, 2028]].tolist() == ["exceeded", "no_data"]
    assert rows.loc[2028, ["actual", "gap", "shortfall"]].isna().all()


@pytest.mark.case(
    targets="year, value\n2028, 75",
    actuals="year, value, conflict\n2028, , True",
)
def test_a_conflict_is_undecided(rows):
    assert rows["status"][2028] == "undecided"


@pytest.mark.case(
    targets="""
        year, reading, value
        2027, main,    98
        2028, main,    99.2
        2028, other,   99
        """,
    actuals="year, value\n2027, 97\n2028, 99.1",
    unit="%",
    reading="{reading}",
)
@pytest.mark.parametrize(
    ("reading", "target", "status"),
    [("main", 99.2, "missed"), ("other", 99, "exceeded")],
)
def test_the_other_reading_judges_by_the_second_figure_of_the_source(
    rows, reading, target, status
):
    assert rows["status"].loc[[2027, 2028]].tolist() == ["missed", status]
    assert rows["target"][2028] == target


def test_statuses_are_counted_with_a_column_for_each(frame):
    rows = frame("""
        theme,   status
        farming, met
        farming, met
        living,  no_data
        """)
    counts = balance(rows, "theme")
    assert list(counts.columns) == [
        "exceeded",
        "met",
        "missed",
        "undecided",
        "no_data",
        "not_due",
    ]
    assert counts.loc["farming"].tolist() == [0, 2, 0, 0, 0, 0]
    assert counts.loc["living"].tolist() == [0, 0, 0, 0, 1, 0]
    assert balance(rows).to_numpy().tolist() == [[0, 2, 0, 0, 1, 0]]
