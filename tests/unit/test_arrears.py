"""What was due in an earlier year stays visible until it is made up for."""

import pytest

import vinhloc as vl
from vinhloc.show import say_beside

LEVEL = "year, value\n2026, 80\n2027, 85\n2028, 90"


def open_years(judge, year=2028, **case):
    """Return the years of which something is open, with its status."""
    rows = judge(**case)
    rows["period"] = ["term" if when == "term" else "year" for when in rows.index]
    found = vl.arrears(rows.reset_index(drop=True), year)
    return dict(zip(found["year"], found["status"], strict=True))


@pytest.mark.parametrize(
    ("actuals", "left"),
    [
        ("2026, 78\n2027, 79", {2026: "missed", 2027: "missed"}),
        ("2026, 78\n2027, 81", {2027: "missed"}),  # 81 satisfies what was due before
        ("2026, 78\n2027, 79\n2028, 95", {}),
        ("2028, 82", {2027: "no_data"}),
        ("2026, 81\n2027, 86", {}),
    ],
)
def test_a_level_is_open_until_a_later_figure_satisfies_it(judge, actuals, left):
    found = open_years(judge, targets=LEVEL, actuals=f"year, value\n{actuals}")
    assert found == left


@pytest.mark.parametrize(
    ("actuals", "left"),
    [
        ("2026, 300\n2027, 600", {2026: "missed"}),
        ("2026, 300\n2027, 700", {}),  # the total makes up for it
        ("2027, 600", {2026: "no_data"}),
    ],
)
def test_a_step_is_open_until_the_total_makes_up_for_it(judge, actuals, left):
    found = open_years(
        judge,
        targets="year, value\n2026, 400\n2027, 600",
        actuals=f"year, value\n{actuals}",
        over_term="sum",
        unit="m",
    )
    assert found == left


@pytest.mark.parametrize("over_term", ["mean", "growth", "every_year"])
def test_what_holds_for_each_year_by_itself_is_never_made_up_for(judge, over_term):
    found = open_years(
        judge,
        targets="year, period, value\n2028, term, 10",
        actuals="year, value\n2026, 9\n2027, 30",
        over_term=over_term,
    )
    assert found == {2026: "missed"}


@pytest.mark.parametrize(
    ("actuals", "left"),
    [("2026, 0", {2026: "missed"}), ("", {2026: "no_data"}), ("2027, 1", {})],
)
def test_an_event_is_open_until_it_is_done(judge, actuals, left):
    found = open_years(
        judge,
        targets="year, value\n2026, 1",
        actuals=f"year, value\n{actuals}",
        over_term="once",
        unit="event",
    )
    assert found == left


def test_nothing_is_open_before_it_is_due(judge):
    assert open_years(judge, 2026, targets=LEVEL, actuals="year, value\n") == {}


def test_an_overdue_task_is_counted_once_and_an_inferred_verdict_said(judge):
    rows = judge(
        targets="year, value\n2026, 1",
        actuals="year, value, inferred\n2026, 0, cách hiểu",
        over_term="once",
        unit="event",
    )
    year = rows.loc[[2027]].assign(period="year")
    assert say_beside(year) == [
        "Chưa đạt gồm 1 nhiệm vụ quá hạn, chưa báo cáo hoàn thành."
    ]
    assert say_beside(rows.loc[[2026]].assign(period="year")) == [
        "1 đánh giá theo cách hiểu của nhóm biên soạn, chưa được xác nhận."
    ]
