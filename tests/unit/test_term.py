"""How the years make up the term: last, sum, mean, growth, every_year, once."""

import pytest

from vinhloc.assess import is_due


def statuses(rows) -> dict:
    return rows["status"].to_dict()


def test_every_indicator_has_a_row_per_year_and_one_for_the_term(judge):
    rows = judge(targets="year, value\n2028, 10")
    assert rows["period"].tolist() == ["year", "year", "year", "term"]
    assert rows["year"].tolist() == [2026, 2027, 2028, 2028]


def test_a_level_without_a_milestone_is_not_due_until_the_last_year(judge):
    rows = judge(
        targets="year, value\n2028, 97.5",
        actuals="year, value\n2026, 95\n2027, 99\n2028, 97",
    )
    assert statuses(rows) == {
        2026: "not_due",
        2027: "not_due",
        2028: "missed",
        "term": "missed",
    }


def test_a_level_is_judged_at_each_milestone_and_the_term_by_its_last(judge):
    rows = judge(
        targets="year, value\n2026, 94.5\n2028, 97.5",
        actuals="year, value\n2026, 94\n2028, 98",
    )
    assert statuses(rows) == {
        2026: "missed",
        2027: "not_due",
        2028: "exceeded",
        "term": "exceeded",
    }


def test_a_level_stated_for_the_term_is_judged_in_the_terms_row(judge):
    rows = judge(
        targets="year, period, value\n2028, term, 80", actuals="year, value\n2028, 79"
    )
    assert rows["status"]["term"] == "missed"


def test_a_level_of_the_term_is_judged_at_its_end_not_at_a_milestone(judge):
    rows = judge(
        targets="year, period, value\n2026, year, 50\n2028, term, 80",
        actuals="year, value\n2026, 50\n2028, 81",
    )
    assert rows["actual"]["term"] == 81
    assert rows["status"]["term"] == "exceeded"


def test_nothing_is_judged_where_the_programme_states_nothing(judge):
    rows = judge(actuals="year, value\n2026, 5\n2027, 6\n2028, 7")
    assert set(rows["status"]) == {"not_due"}
    assert rows["target"].isna().all()


def test_a_sum_judges_each_years_step_and_the_total_of_the_term(judge):
    rows = judge(
        targets="""
            year, period, value
            2026, year,   2.0
            2027, year,   2.5
            2028, year,   1.0
            2028, term,   5.5
            """,
        actuals="year, value\n2026, 2.0\n2027, 3.0\n2028, 0.5",
        over_term="sum",
    )
    assert statuses(rows) == {
        2026: "met",
        2027: "exceeded",
        2028: "missed",
        "term": "met",
    }
    assert rows["cumulative"].tolist() == [2, 5, 5.5, 5.5]
    assert rows["cumulative_target"].loc[[2026, 2027, 2028]].tolist() == [2, 4.5, 5.5]
    assert rows["actual"]["term"] == 5.5


def test_a_year_without_a_step_is_not_due_in_a_sum(judge):
    rows = judge(
        targets="year, period, value\n2026, year, 400\n2028, term, 400",
        actuals="year, value\n2026, 400\n2027, 50\n2028, 0",
        over_term="sum",
    )
    assert statuses(rows) == {
        2026: "met",
        2027: "not_due",
        2028: "not_due",
        "term": "exceeded",
    }


def test_the_total_printed_for_the_term_counts_not_the_sum_of_the_steps(judge):
    rows = judge(
        targets="""
            year, period, value
            2026, year,   400
            2027, year,   700
            2028, year,   1000
            2028, term,   2300
            """,
        actuals="year, value\n2026, 400\n2027, 700\n2028, 1000",
        over_term="sum",
    )
    assert rows["status"].tolist() == ["met", "met", "met", "missed"]
    assert rows["shortfall"]["term"] == 200


def test_a_sum_with_a_missing_year_is_only_a_lower_bound(judge):
    short = judge(
        targets="year, period, value\n2028, term, 100",
        actuals="year, value\n2026, 40\n2028, 40",
        over_term="sum",
    )
    enough = judge(
        targets="year, period, value\n2028, term, 80",
        actuals="year, value\n2026, 40\n2028, 40",
        over_term="sum",
    )
    assert short["bound"]["term"] == "lower"
    assert short["status"]["term"] == "undecided"
    assert enough["status"]["term"] == "met"
    assert short["complete"].tolist() == [True, False, False, False]


def test_a_sum_of_nothing_reported_is_no_data_not_zero(judge):
    rows = judge(targets="year, period, value\n2028, term, 9", over_term="sum")
    assert rows["status"]["term"] == "no_data"
    assert rows["cumulative"].isna().all()


def test_work_beyond_a_limit_misses_it_although_a_year_is_missing(judge):
    rows = judge(
        targets="year, period, comparator, value\n2028, term, <=, 5",
        actuals="year, value\n2026, 4\n2027, 3",
        over_term="sum",
        direction="down",
    )
    assert rows["status"]["term"] == "missed"


def test_a_sum_with_an_upper_bound_in_a_year_does_not_meet_the_term(judge):
    rows = judge(
        targets="year, period, value\n2028, term, 15",
        actuals="year, value, bound\n2026, 5, exact\n2027, 5, upper\n2028, 5, exact",
        over_term="sum",
    )
    assert rows["status"]["term"] == "undecided"  # "nearly 5" may be 4


def test_a_mean_judges_each_year_and_the_mean_of_all_years(judge):
    rows = judge(
        targets="year, period, value\n2028, term, 1871",
        actuals="year, value\n2026, 1900\n2027, 1860\n2028, 1853",
        over_term="mean",
        decimals=0,
    )
    assert statuses(rows) == {
        2026: "exceeded",
        2027: "missed",
        2028: "missed",
        "term": "met",
    }
    assert rows["actual"]["term"] == 1871
    assert rows["target_basis"][2026] == "stated"


def test_a_mean_of_some_years_is_not_the_mean_of_the_term(judge):
    rows = judge(
        targets="year, period, value\n2028, term, 1871",
        actuals="year, value\n2026, 1900\n2028, 1900",
        over_term="mean",
    )
    assert statuses(rows) == {
        2026: "exceeded",
        2027: "no_data",
        2028: "exceeded",
        "term": "no_data",
    }


@pytest.mark.parametrize(
    ("target", "figures", "expected"),
    [
        (">=, 100", "150, exact\n160, lower\n170, exact", ["exceeded", "lower", 160]),
        (">=, 160", "150, exact\n160, lower\n170, exact", ["met", "lower", 160]),
        (">=, 161", "150, exact\n160, lower\n170, exact", ["undecided", "lower", 160]),
        ("<=, 150", "150, exact\n160, lower\n170, exact", ["missed", "lower", 160]),
        (">=, 161", "150, exact\n160, upper\n170, exact", ["missed", "range", 320 / 3]),
        (
            ">=, 110",
            "150, lower\n160, upper\n170, exact",
            ["undecided", "lower", 320 / 3],
        ),
    ],
)
def test_a_mean_with_a_bound_is_a_bound(judge, target, figures, expected):
    lines = [f"\n{2026 + at}, {line}" for at, line in enumerate(figures.splitlines())]
    rows = judge(
        targets=f"year, period, comparator, value\n2028, term, {target}",
        actuals=f"year, value, bound{''.join(lines)}",
        over_term="mean",
    )
    found = rows.loc["term", ["status", "bound", "actual"]].tolist()
    assert found == [*expected[:2], pytest.approx(expected[2])]


@pytest.mark.parametrize(
    ("bounds", "status", "expected"),
    [
        (("exact", "exact", "lower"), "met", ["lower", 20]),
        (("exact", "exact", "upper"), "undecided", ["upper", 20]),
        (("exact", "upper", "lower"), "undecided", ["lower", -100]),
    ],
)
def test_growth_with_a_bound_is_a_bound(judge, bounds, status, expected):
    first, second, third = bounds
    rows = judge(
        targets="year, period, value\n2028, term, 20",
        actuals=f"""
            year, value, bound
            2026, 100,   {first}
            2027, -50,   {second}
            2028, 72.8,  {third}
            """,
        over_term="growth",
    )
    assert rows["status"]["term"] == status
    assert rows.loc["term", ["bound", "actual"]].tolist() == pytest.approx(expected)


def test_growth_over_the_term_is_the_geometric_mean(judge):
    rows = judge(
        targets="year, period, value\n2028, term, 20",
        actuals="year, value\n2026, 100\n2027, -50\n2028, 72.8",
        over_term="growth",
    )
    assert rows["actual"]["term"] == pytest.approx(20)  # 2.0 * 0.5 * 1.728 = 1.2 ** 3
    assert statuses(rows) == {
        2026: "exceeded",
        2027: "missed",
        2028: "exceeded",
        "term": "met",
    }


def test_losing_everything_in_a_year_is_not_left_out_of_the_growth(judge):
    rows = judge(
        targets="year, period, value\n2028, term, 15",
        actuals="year, value\n2026, 20\n2027, -100\n2028, 20",
        over_term="growth",
    )
    assert rows["status"]["term"] != "exceeded"


EACH_YEAR = "year, value\n2026, 100\n2027, 100\n2028, 100"


@pytest.mark.parametrize(
    ("figures", "term"),
    [
        ("2026, 100\n2027, 100\n2028, 100", "met"),
        ("2026, 100\n2027, 99.9\n2028, 100", "missed"),
        ("2026, 99.9", "missed"),
        ("2026, 100\n2028, 100", "no_data"),
    ],
)
def test_what_must_hold_every_year_is_met_when_all_years_are(judge, figures, term):
    rows = judge(
        targets=EACH_YEAR,
        actuals=f"year, value\n{figures}",
        over_term="every_year",
        unit="%",
    )
    assert rows["status"]["term"] == term


@pytest.mark.parametrize(
    ("figures", "actual", "year"),
    [
        ("2026, 100\n2027, 98.5\n2028, 99", 98.5, 2027),
        ("2026, 100\n2028, 100", None, 2027),
        ("2026, 100\n2027, 100\n2028, 100", 100, 2026),
    ],
)
def test_what_must_hold_every_year_shows_its_worst_year(judge, figures, actual, year):
    rows = judge(
        targets=EACH_YEAR,
        actuals=f"year, value\n{figures}",
        over_term="every_year",
        unit="%",
    )
    assert rows["due_year"]["term"] == year
    assert rows["actual"]["term"] == actual or rows["actual"].isna()["term"]


@pytest.mark.parametrize(
    ("target", "figures", "worst"),
    [
        (">=, 90, ", (91, 88, 89), 88),
        ("<=, 5, ", (6, 9, 4), 9),
        ("<=, 5, ", (3, 5, 4), 5),
        ("=, 5, ", (5, 3, 6), 3),
        ("between, 80, 82", (79.5, 90, 81), 90),
        ("between, 80, 82", (78, 83, 81), 78),
        ("between, 80, 82", (81, 81.8, 80.5), 81.8),
    ],
)
def test_the_worst_year_is_the_furthest_from_its_target(judge, target, figures, worst):
    lines = "".join(f"\n{year}, {target}" for year in (2026, 2027, 2028))
    rows = judge(
        targets=f"year, comparator, value, upper_value{lines}",
        actuals="year, value\n2026, {}\n2027, {}\n2028, {}".format(*figures),
        over_term="every_year",
        direction="none",
    )
    assert rows["actual"]["term"] == worst


def test_a_term_is_judged_by_the_figure_of_its_last_milestone(judge):
    rows = judge(
        targets="year, value\n2026, 100",
        actuals="year, value\n2026, 100\n2028, 90",
        unit="%",
    )
    assert rows.loc["term", ["actual", "due_year", "status"]].tolist() == [
        100,
        2026,
        "met",
    ]
    assert rows["status"][2028] == "not_due"


def test_a_year_without_a_step_waits_for_the_total_of_the_term(judge):
    rows = judge(
        targets="year, period, value\n2026, year, 2\n2028, term, 5", over_term="sum"
    )
    assert rows["target_basis"].tolist() == ["stated", "total", "total", "term"]
    assert rows["due_year"].isna().tolist() == [False, True, True, False]


@pytest.mark.parametrize("done", ["2026, 1", "2028, 1", ""])
def test_what_is_due_does_not_depend_on_what_is_done(judge, done):
    rows = judge(
        targets="year, value\n2027, 1",
        actuals=f"year, value\n{done}",
        over_term="once",
        unit="event",
        decimals=0,
    )
    assert is_due(rows).tolist() == [False, True, True, True]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("2026, 99\n2027, 99\n2028, 98", ["exceeded", "exceeded", "met", "met"]),
        ("2026, 99\n2027, 97\n2028, 98", ["exceeded", "missed", "met", "missed"]),
        ("2026, 99", ["exceeded", "no_data", "no_data", "no_data"]),
    ],
)
def test_what_is_stated_for_the_term_and_must_hold_every_year_is_due_in_each(
    judge, figures, expected
):
    rows = judge(
        targets="year, period, value\n2028, term, 98",
        actuals=f"year, value\n{figures}",
        over_term="every_year",
        unit="%",
    )
    assert rows["status"].tolist() == expected
    assert rows["target"].tolist() == [98] * 4
    assert is_due(rows).all()


def test_a_years_own_target_comes_before_the_one_for_every_year(judge):
    rows = judge(
        targets="year, period, value\n2026, year, 90\n2028, term, 98",
        actuals="year, value\n2026, 91\n2027, 99\n2028, 99",
        over_term="every_year",
        unit="%",
    )
    assert rows["target"].loc[[2026, 2027, 2028]].tolist() == [90, 98, 98]
    assert rows["status"]["term"] == "met"


def test_every_year_gets_its_own_verdict(judge):
    rows = judge(
        targets=EACH_YEAR,
        actuals="year, value, bound\n2026, 100, exact\n2027, 98, lower",
        over_term="every_year",
        unit="%",
    )
    assert statuses(rows) == {
        2026: "met",
        2027: "undecided",
        2028: "no_data",
        "term": "no_data",
    }


def test_a_term_with_an_undecided_year_is_undecided(judge):
    rows = judge(
        targets=EACH_YEAR,
        actuals="year, value, bound\n2026, 100, exact\n2027, 98, lower\n"
        "2028, 100, exact",
        over_term="every_year",
        unit="%",
    )
    assert rows["status"]["term"] == "undecided"


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ("2026, 1", ["met", "met", "met", "met"]),  # early
        ("2027, 1", ["not_due", "met", "met", "met"]),
        ("2028, 1", ["not_due", "missed", "met", "met"]),  # late
        ("2026, 0\n2027, 0\n2028, 0", ["not_due", "missed", "missed", "missed"]),
        ("2026, 0", ["not_due", "no_data", "no_data", "no_data"]),
        ("2028, 0", ["not_due", "missed", "missed", "missed"]),
        ("", ["not_due", "no_data", "no_data", "no_data"]),
    ],
)
def test_an_event_is_met_from_the_year_in_which_it_is_done(judge, reports, expected):
    rows = judge(
        targets="year, value\n2027, 1",
        actuals=f"year, value\n{reports}",
        over_term="once",
        unit="event",
        decimals=0,
    )
    assert rows["status"].tolist() == expected


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ("2027, 1", ["not_due", "met", "met", "met"]),
        ("2028, 0", ["not_due", "not_due", "missed", "missed"]),
        ("", ["not_due", "not_due", "no_data", "no_data"]),
    ],
)
def test_an_event_stated_for_the_term_is_due_in_its_last_year(judge, reports, expected):
    rows = judge(
        targets="year, period, value\n2028, term, 1",
        actuals=f"year, value\n{reports}",
        over_term="once",
        unit="event",
        decimals=0,
    )
    assert rows["status"].tolist() == expected
    assert rows["due_year"].tolist() == [2028] * 4


@pytest.mark.parametrize("later", ["", "\n2027, 1, late", "\n2027, 0, late"])
def test_an_event_that_was_done_before_the_term_is_met_throughout(judge, later):
    rows = judge(
        targets="year, value\n2027, 1",
        actuals=f"year, value, source\n2025, 1, early{later}",
        over_term="once",
        unit="event",
        decimals=0,
        baseline_year=2025,
    )
    assert rows["status"].tolist() == ["met"] * 4
    assert rows["done_in"].tolist() == [2025] * 4
    assert rows["actual"].tolist() == [1] * 4
    assert rows["source"][2026] == "early"


@pytest.mark.parametrize("over_term", ["last", "every_year"])
def test_only_an_event_stays_done_from_before_the_term(judge, over_term):
    rows = judge(
        targets="year, value\n2026, 1",
        actuals="year, value\n2025, 1",
        over_term=over_term,
        baseline_year=2025,
    )
    assert rows["actual"].isna().all()


def test_an_event_that_nobody_asked_for_is_not_counted_as_met(judge):
    rows = judge(
        actuals="year, value\n2027, 1", over_term="once", unit="event", decimals=0
    )
    assert set(rows["status"]) == {"not_due"}


def test_a_year_without_a_target_does_not_hold_up_what_must_hold_every_year(judge):
    rows = judge(
        targets="year, value\n2027, 100\n2028, 100",
        actuals="year, value\n2027, 100\n2028, 100",
        over_term="every_year",
        unit="%",
    )
    assert rows["status"].tolist() == ["not_due", "met", "met", "met"]


def test_an_event_that_is_done_keeps_its_source_in_the_years_after(judge):
    rows = judge(
        targets="year, value\n2028, 1",
        actuals="year, value, source\n2026, 1, bao-cao-2026",
        over_term="once",
        unit="event",
        decimals=0,
    )
    assert set(rows["source"]) == {"bao-cao-2026"}
    assert rows["target_basis"].tolist() == ["term", "term", "stated", "term"]


def test_an_event_is_never_exceeded(judge):
    rows = judge(
        targets="year, value\n2027, 1",
        actuals="year, value\n2026, 1",
        over_term="once",
        unit="event",
    )
    assert "exceeded" not in set(rows["status"])


def test_made_up_figures_mark_the_term_that_they_make_up(judge):
    rows = judge(
        targets="year, period, value\n2028, term, 9",
        actuals="year, value, made_up\n2026, 4, True\n2027, 5, False\n2028, 0, False",
        over_term="sum",
    )
    assert rows["made_up"].tolist() == [True, False, False, True]
