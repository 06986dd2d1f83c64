"""What is said of a row beside its verdict: no target, what lacks, what was known."""

import pytest

from vinhloc.show.statuses import (
    kind_of_all,
    known_late,
    say_lacking,
    shown_status,
    shown_statuses,
    write_judged,
)

ENDS = "year, value\n2028, 80"
EACH_YEAR = "year, value\n2026, 90\n2027, 90\n2028, 90"


def shown(rows) -> dict:
    return {when: shown_status(row) for when, row in records(rows).items()}


def records(rows) -> dict:
    return {when: {**row, "period": period_of(when)} for when, row in named(rows)}


def named(rows):
    return zip(rows.index, rows.to_dict("records"), strict=True)


def period_of(when) -> str:
    return "term" if when == "term" else "year"


def test_a_year_without_a_target_is_told_from_one_whose_target_is_due_later(judge):
    rows = judge(targets="year, value\n2027, 80", actuals="year, value\n2028, 81")
    assert shown(rows) == {
        2026: "not_due",
        2027: "no_data",
        2028: "no_target",
        "term": "incomplete",
    }


def test_a_term_without_a_target_is_not_called_not_due(judge):
    rows = judge(targets="year, value\n2026, 5", over_term="sum")
    assert shown(rows)["term"] == "no_target_term"


def test_a_term_that_lacks_its_last_year_says_so_and_gives_the_latest(judge):
    rows = judge(
        targets=ENDS,
        actuals="year, value, vintage\n2026, 70, final\n2027, 78, estimate",
    )
    term = records(rows)["term"]
    assert shown_status(term) == "incomplete"
    said = say_lacking(term).replace("\u00a0", " ")
    assert said.startswith("thiếu số liệu năm 2028; gần nhất: ước 78")
    assert said.endswith("(năm 2027)")


def test_a_term_without_any_figure_lacks_all_of_them(judge):
    term = records(judge(targets=ENDS))["term"]
    assert (shown_status(term), say_lacking(term)) == ("no_data", "")


def test_a_mean_names_every_year_that_lacks_a_figure(judge):
    rows = judge(
        targets="year, period, value\n2028, term, 15",
        actuals="year, value\n2027, 20",
        over_term="mean",
    )
    assert rows["lacking_years"]["term"] == "2026, 2028"


@pytest.mark.parametrize(
    ("figures", "late"),
    [
        ("2027, 0", True),
        ("2026, 0", False),
        ("2027, 0\n2028, 0", True),
        ("2027, 0\n2028, 1", False),
    ],
)
def test_an_event_reported_as_not_done_when_due_is_overdue_until_it_is_done(
    judge, figures, late
):
    rows = judge(
        targets="year, value\n2027, 1",
        actuals=f"year, value\n{figures}",
        over_term="once",
        unit="event",
    )
    own = records(rows)
    assert [known_late(own[when]) for when in (2028, "term")] == [late, late]
    assert (shown_status(own[2028]) == "overdue") == late
    statuses = {"2026, 0": "no_data"}
    expected = "missed" if late else statuses.get(figures, "met")
    assert [own[when]["status"] for when in (2028, "term")] == [expected] * 2


def test_the_worst_year_is_named_as_the_lowest_figure(judge):
    rows = judge(
        targets=EACH_YEAR,
        actuals="year, value\n2026, 91\n2027, 90\n2028, 95",
        over_term="every_year",
    )
    said = write_judged(records(rows)["term"])
    assert said.startswith("thấp nhất")
    assert said.endswith("(2027)")


def test_the_worst_year_of_a_range_is_neither_the_lowest_nor_the_highest(judge):
    rows = judge(
        targets="year, comparator, value, upper_value\n2028, between, 80, 82",
        actuals="year, value\n2028, 90",
        over_term="every_year",
        direction="none",
    )
    assert write_judged(records(rows)["term"]).startswith("kém nhất")


@pytest.mark.parametrize(("last", "vintage"), [("final", None), ("estimate", 1)])
def test_a_total_that_rests_on_an_estimate_is_one(judge, last, vintage):
    rows = judge(
        targets=EACH_YEAR,
        actuals="year, value, vintage\n2026, 9, final\n2027, 9, final\n"
        f"2028, 9, {last}",
        over_term="sum",
    )
    assert (rows["vintage"]["term"] == "estimate") == bool(vintage)


def test_rows_counted_together_have_a_word_that_is_true_of_all(judge):
    rows = judge(targets="year, value\n2027, 80", actuals="year, value\n2027, 81")
    yearly = rows.drop("term").assign(period="year")
    assert kind_of_all(yearly, "not_due") == "waiting"
    assert kind_of_all(yearly.loc[[2028]], "not_due") == "no_target"
    assert kind_of_all(yearly, "met") == "met"


def test_the_statuses_of_many_rows_are_those_of_each(judge):
    rows = judge(targets="year, value\n2027, 80", actuals="year, value\n2028, 81")
    rows["period"] = ["term" if when == "term" else "year" for when in rows.index]
    assert shown_statuses(rows).tolist() == [
        shown_status(row) for row in rows.to_dict("records")
    ]
    assert set(shown_statuses(rows)) == {
        "not_due",
        "no_data",
        "no_target",
        "incomplete",
    }
    decided = rows.assign(status="met")
    assert shown_statuses(decided).eq("met").all()
    assert shown_statuses(rows.iloc[:0]).empty
