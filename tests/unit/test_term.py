"""How the years make up the term: last, sum, mean, growth, every_year, once."""

import re

import pytest

from vinhloc.assess.assessment import is_due

YEARS = (2026, 2027, 2028)
# A sentence, and below it what it says: over_term; the targets of the three years and
# of the term; the figures; the verdicts of the years and of the term; the term's own
# figure and the year in which it was due. A target is "at least", unless it says more;
# ">5" as a figure is "more than 5", "<5" is "nearly 5", "-" is none.
CASES = """\
a level without a milestone is not due until the last year
  last, - - 97.5 -, 95 99 97, not_due not_due missed missed, 97 2028
a level is judged at each milestone, and the term by the last of them
  last, 94.5 - 97.5 -, 94 - 98, missed not_due exceeded exceeded, 98 2028
a level stated for the term is judged in the row of the term
  last, - - - 80, - - 79, not_due not_due missed missed, 79 2028
a level of the term is judged at its end and not at a milestone
  last, 50 - - 80, 50 - 81, met not_due exceeded exceeded, 81 2028
a term without a target of its own has the figure of its last milestone
  last, 100 - - -, 100 - 90, met not_due not_due met, 100 2026
nothing is judged where the programme states nothing
  last, - - - -, 5 6 7, not_due not_due not_due not_due, 7 -
a sum judges the step of each year and the total of the term
  sum, 2.0 2.5 1.0 5.5, 2.0 3.0 0.5, met exceeded missed met, 5.5 2028
a year without a step is not due in a sum
  sum, 400 - - 400, 400 50 0, met not_due not_due exceeded, 450 2028
the total that is printed counts, not the sum of the steps
  sum, 400 700 1000 2300, 400 700 1000, met met met missed, 2100 2028
a sum without one of its years is a lower bound, which does not reach
  sum, - - - 100, 40 - 40, not_due not_due not_due undecided, >80 2028
a sum without one of its years is a lower bound, which may be enough
  sum, - - - 80, 40 - 40, not_due not_due not_due met, >80 2028
a sum of nothing reported is no data and not zero
  sum, - - - 9, - - -, not_due not_due not_due no_data, - 2028
work beyond a limit misses it although a year is missing
  sum, - - - <=5, 4 3 -, not_due not_due not_due missed, >7 2028
a sum with "nearly 5" in a year, which may be 4, does not meet the term
  sum, - - - 15, 5 <5 5, not_due not_due not_due undecided, 10..15 2028
a mean judges each year and the mean of all years
  mean, - - - 1871, 1900 1860 1853, exceeded missed missed met, 1871 2028
a mean of some years is not the mean of the term
  mean, - - - 1871, 1900 - 1900, exceeded no_data exceeded no_data, - 2028
a mean with a lower bound may be enough to exceed
  mean, - - - 100, 150 >160 170, exceeded exceeded exceeded exceeded, >160 2028
a mean with a lower bound that is the target meets it
  mean, - - - 160, 150 >160 170, missed met exceeded met, >160 2028
a mean with a lower bound below the target is undecided
  mean, - - - 161, 150 >160 170, missed undecided exceeded undecided, >160 2028
a mean with a lower bound misses a limit that it is beyond
  mean, - - - <=150, 150 >160 170, met missed missed missed, >160 2028
a mean with an upper bound below the target misses it
  mean, - - - 161, 150 <160 170, missed missed exceeded missed, 106.67..160 2028
a mean with bounds of both kinds is known from below only
  mean, - - - 110, >150 <160 170, exceeded undecided exceeded undecided, >106.67 2028
growth over the term is the geometric mean: 2.0 * 0.5 * 1.728 = 1.2 ** 3
  growth, - - - 20, 100 -50 72.8, exceeded missed exceeded met, 20 2028
growth with a lower bound may be enough
  growth, - - - 20, 100 -50 >72.8, exceeded missed exceeded met, >20 2028
growth with an upper bound at the target is undecided
  growth, - - - 20, 100 -50 <72.8, exceeded missed undecided undecided, <20 2028
growth with bounds of both kinds is known from below only
  growth, - - - 20, 100 <-50 >72.8, exceeded missed exceeded undecided, >-100 2028
losing everything in a year is not left out of the growth
  growth, - - - 15, 20 -100 20, exceeded missed exceeded missed, -100 2028
what must hold every year is met when all years are, the first being its worst
  every_year, 100 100 100 -, 100 100 100, met met met met, 100 2026
what must hold every year is missed by one year
  every_year, 100 100 100 -, 100 99.9 100, met missed met missed, 99.9 2027
what must hold every year is missed by its first year, whatever comes after
  every_year, 100 100 100 -, 99.9 - -, missed no_data no_data missed, 99.9 2026
what must hold every year is not known while a year is not known
  every_year, 100 100 100 -, 100 - 100, met no_data met no_data, - 2027
what must hold every year shows its worst year
  every_year, 100 100 100 -, 100 98.5 99, met missed missed missed, 98.5 2027
every year gets its own verdict
  every_year, 100 100 100 -, 100 >98 -, met undecided no_data no_data, - 2028
a term with an undecided year is undecided
  every_year, 100 100 100 -, 100 >98 100, met undecided met undecided, >98 2027
a year without a target does not hold up what must hold every year
  every_year, - 100 100 -, - 100 100, not_due met met met, 100 2027
what is stated for the term and must hold every year is due in each
  every_year, - - - 98, 99 99 98, exceeded exceeded met met, 98 2028
what is stated for the term and missed in one year is missed
  every_year, - - - 98, 99 97 98, exceeded missed met missed, 97 2027
what is stated for the term has no data in the years without a figure
  every_year, - - - 98, 99 - -, exceeded no_data no_data no_data, - 2027
the target of a year comes before the one for every year
  every_year, 90 - - 98, 91 99 99, exceeded exceeded exceeded met, 91 2026
of what should be at least 90 the lowest year is the worst
  every_year, 90 90 90 -, 91 88 89, exceeded missed missed missed, 88 2027
of what should be at most 5 the highest year is the worst
  every_year, <=5 <=5 <=5 -, 6 9 4, missed missed exceeded missed, 9 2027
of what is within its limit each year the nearest to it is the worst
  every_year, <=5 <=5 <=5 -, 3 5 4, exceeded met exceeded met, 5 2027
of what should be 5 the year furthest from it is the worst
  every_year, =5 =5 =5 -, 5 3 6, met missed missed missed, 3 2027
of what should be between 80 and 82 the year furthest above may be the worst
  every_year, 80..82 80..82 80..82 -, 79.5 90 81, missed missed met missed, 90 2027
of what should be between 80 and 82 the year furthest below may be the worst
  every_year, 80..82 80..82 80..82 -, 78 83 81, missed missed met missed, 78 2026
of what is between 80 and 82 each year the nearest to an end is the worst
  every_year, 80..82 80..82 80..82 -, 81 81.8 80.5, met met met met, 81.8 2027
an event that is done early is met from that year, and never exceeded
  once, - 1 - -, 1 - -, met met met met, 1 2027
an event that is done in its year is met from then on
  once, - 1 - -, - 1 -, not_due met met met, 1 2027
an event that is done late is missed in its year and met from then on
  once, - 1 - -, - - 1, not_due missed met met, 1 2027
an event that is not done is missed from its year on
  once, - 1 - -, 0 0 0, not_due missed missed missed, 0 2027
an event that was not done before its year has no data from its year on
  once, - 1 - -, 0 - -, not_due no_data no_data no_data, - 2027
an event that is not done at the end was not done in its year
  once, - 1 - -, - - 0, not_due missed missed missed, 0 2027
an event that nobody reports on has no data from its year on
  once, - 1 - -, - - -, not_due no_data no_data no_data, - 2027
an event stated for the term is met from the year in which it is done
  once, - - - 1, - 1 -, not_due met met met, 1 2028
an event stated for the term is due in its last year
  once, - - - 1, - - 0, not_due not_due missed missed, 0 2028
an event stated for the term has no data where nobody reports on it
  once, - - - 1, - - -, not_due not_due no_data no_data, - 2028
an event that nobody asked for is not counted as met
  once, - - - -, - 1 -, not_due not_due not_due not_due, 1 -
"""
LINES = CASES.splitlines()
ROWS = [
    pytest.param(*row.strip().split(", "), id=said)
    for said, row in zip(LINES[::2], LINES[1::2], strict=True)
]
BOUNDS = {">": "lower", "<": "upper"}
USUAL = {"every_year": {"unit": "%"}, "once": {"unit": "event", "decimals": 0}}


def target(text: str) -> tuple[str, str, str]:
    """Return comparator, value and upper value: 90, <=5, =5 or 80..82."""
    if ".." in text:
        return "between", *text.split("..")
    sign, value = re.fullmatch("([<=>]*)(.+)", text).groups()
    return sign or ">=", value, ""


def figure(text: str) -> tuple[str, str]:
    """Return value and bound: 5, >5 or <5."""
    return text.lstrip("<>"), BOUNDS.get(text[0], "exact")


def table(head: str, rows) -> str:
    return "\n".join([head, *(", ".join(map(str, row)) for row in rows)])


def term(over_term: str, planned: str, done: str = "- - -"):
    """Mark a test with a case as in the table."""
    return pytest.mark.case(over_term=over_term, planned=planned, done=done)


def as_frames(over_term: str, planned: str, done: str) -> dict:
    """Return what a case of the table says of one indicator."""
    periods = [*((year, "year") for year in YEARS), (YEARS[-1], "term")]
    targets = [
        (*period, *target(text))
        for period, text in zip(periods, planned.split(), strict=True)
        if text != "-"
    ]
    figures = [
        (year, *figure(text))
        for year, text in zip(YEARS, done.split(), strict=True)
        if text != "-"
    ]
    (sign,) = {sign for *_when, sign, _low, _high in targets} or {">="}
    return {
        "targets": table("year, period, comparator, value, upper_value", targets),
        "actuals": table("year, value, bound", figures),
        "over_term": over_term,
        "direction": {">=": "up", "<=": "down"}.get(sign, "none"),
        **USUAL.get(over_term, {}),
    }


@pytest.fixture(scope="module")
def judged(cases, judge_all):
    """Return the years and the term of each test's case, all judged at once."""
    short = {name: as_frames(**case) for name, case in cases.items() if "done" in case}
    return judge_all(cases | short)


@term("{over_term}", "{planned}", "{done}")
@pytest.mark.parametrize(("over_term", "planned", "done", "verdicts", "whole"), ROWS)
def test_over_the_term(rows, over_term, planned, done, verdicts, whole):
    assert rows["status"].tolist() == verdicts.split()
    value, year = whole.split()
    found = rows.loc["term", ["actual", "upper_actual", "due_year"]].tolist()
    low, _dots, high = value.lstrip("<>").partition("..")
    known = ["nan" if text in ("", "-") else text for text in (low, high, year)]
    assert found == pytest.approx([*map(float, known)], abs=0.005, nan_ok=True)
    bound = "range" if high else figure(value)[1]
    assert value == "-" or rows["bound"]["term"] == bound


@term("last", "- - 10 -")
def test_every_indicator_has_a_row_per_year_and_one_for_the_term(rows):
    assert rows["period"].tolist() == ["year", "year", "year", "term"]
    assert rows["year"].tolist() == [2026, 2027, 2028, 2028]


@term("last", "- - - -", "5 6 7")
def test_there_is_no_target_where_the_programme_states_nothing(rows):
    assert rows["target"].isna().all()


@term("sum", "2.0 2.5 1.0 5.5", "2.0 3.0 0.5")
def test_a_sum_adds_up_what_was_done_and_what_was_planned(rows):
    assert rows["cumulative"].tolist() == [2, 5, 5.5, 5.5]
    assert rows["cumulative_target"].loc[[*YEARS]].tolist() == [2, 4.5, 5.5]


@term("sum", "400 700 1000 2300", "400 700 1000")
def test_a_sum_falls_short_of_the_total_that_is_printed(rows):
    assert rows["shortfall"]["term"] == 200


@term("sum", "- - - {total}", "40 - 40")
@pytest.mark.parametrize("total", [80, 100])
def test_a_sum_is_complete_until_a_year_is_missing(rows, total):
    assert rows["complete"].tolist() == [True, False, False, False]


@term("sum", "- - - 9")
def test_a_sum_of_nothing_reported_has_no_running_total(rows):
    assert rows["cumulative"].isna().all()


@term("{over_term}", "{planned}")
@pytest.mark.parametrize(
    ("over_term", "planned", "basis"),
    [
        ("mean", "- - - 1871", ["stated", "stated", "stated", "term"]),
        ("sum", "2 - - 5", ["stated", "total", "total", "term"]),
        ("once", "- - 1 -", ["term", "term", "stated", "term"]),
    ],
)
def test_a_target_says_on_what_it_is_based(rows, over_term, planned, basis):
    assert rows["target_basis"].tolist() == basis


@term("sum", "2 - - 5")
def test_a_year_without_a_step_waits_for_the_total_of_the_term(rows):
    assert rows["due_year"].isna().tolist() == [False, True, True, False]


@term("once", "- 1 - -", "{done}")
@pytest.mark.parametrize("done", ["1 - -", "- - 1", "- - -"])
def test_what_is_due_does_not_depend_on_what_is_done(rows, done):
    assert is_due(rows).tolist() == [False, True, True, True]


@term("every_year", "- - - 98", "{done}")
@pytest.mark.parametrize("done", ["99 99 98", "99 97 98", "99 - -"])
def test_what_is_stated_for_the_term_and_must_hold_every_year_is_due_in_each(
    rows, done
):
    assert rows["target"].tolist() == [98] * 4
    assert is_due(rows).all()


@term("every_year", "90 - - 98", "91 99 99")
def test_a_years_own_target_comes_before_the_one_for_every_year(rows):
    assert rows["target"].loc[[*YEARS]].tolist() == [90, 98, 98]


@term("once", "- - - 1", "{done}")
@pytest.mark.parametrize("done", ["- 1 -", "- - 0", "- - -"])
def test_an_event_stated_for_the_term_is_due_in_its_last_year(rows, done):
    assert rows["due_year"].tolist() == [2028] * 4


@pytest.mark.case(
    targets="year, value\n2027, 1",
    actuals="year, value, source\n2025, 1, early{later}",
    over_term="once",
    unit="event",
    decimals=0,
    baseline_year=2025,
)
@pytest.mark.parametrize("later", ["", "\n2027, 1, late", "\n2027, 0, late"])
def test_an_event_that_was_done_before_the_term_is_met_throughout(rows, later):
    assert rows["status"].tolist() == ["met"] * 4
    assert rows["done_in"].tolist() == [2025] * 4
    assert rows["actual"].tolist() == [1] * 4
    assert rows["source"][2026] == "early"


@pytest.mark.case(
    targets="year, value\n2026, 1",
    actuals="year, value\n2025, 1",
    over_term="{over_term}",
    baseline_year=2025,
)
@pytest.mark.parametrize("over_term", ["last", "every_year"])
def test_only_an_event_stays_done_from_before_the_term(rows, over_term):
    assert rows["actual"].isna().all()


@pytest.mark.case(
    targets="year, value\n2028, 1",
    actuals="year, value, source\n2026, 1, bao-cao-2026",
    over_term="once",
    unit="event",
    decimals=0,
)
def test_an_event_that_is_done_keeps_its_source_in_the_years_after(rows):
    assert set(rows["source"]) == {"bao-cao-2026"}


@pytest.mark.case(
    targets="year, period, value\n2028, term, 9",
    actuals="year, value, made_up\n2026, 4, True\n2027, 5, False\n2028, 0, False",
    over_term="sum",
)
def test_made_up_figures_mark_the_term_that_they_make_up(rows):
    assert rows["made_up"].tolist() == [True, False, False, True]
