"""What must hold of the assessment whatever the figures are."""

import math
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from vinhloc.assess.assessment import STATUSES, assess

AS_DRAWN = [Phase.generate]  # shrinking many cases takes minutes
FIGURES = st.integers(-2000, 2000).map(lambda tenths: tenths / 10)
RANK = {"missed": 0, "met": 1, "exceeded": 2}
YEARS = range(2026, 2029)
NO_BREAKS = pd.DataFrame({"indicator": [], "year": [], "month": []})


def one_indicator(over_term, unit="ha", indicator="x", order=1):
    return {
        "indicator": indicator,
        "order": order,
        "over_term": over_term,
        "unit": unit,
        "direction": "up",
        "decimals": 0,
    }


def target(value, comparator=">=", year=2028, period="year", indicator="x"):
    return {
        "indicator": indicator,
        "year": year,
        "period": period,
        "reading": "main",
        "comparator": comparator,
        "value": value,
        "upper_value": np.nan,
        "place": "",
        "locator": "II.1/1",
    }


def actual(value, year=2028, bound="exact", indicator="x"):
    return {
        "indicator": indicator,
        "year": year,
        "value": value,
        "upper_value": value + 5 if bound == "range" else np.nan,
        "bound": bound,
        "vintage": "final",
        "as_of": "",
        "source": "s",
        "conflict": False,
        "made_up": False,
    }


def assessed(indicators, targets, actuals):
    numbers = {"value": float, "upper_value": float}
    return assess(
        pd.DataFrame(indicators),
        pd.DataFrame(targets).astype(numbers),
        pd.DataFrame(actuals, columns=list(actual(0))).astype(numbers),
        years=YEARS,
        baseline_year=2026,
        breaks=NO_BREAKS,
    )


JUDGED = ["target", "gap", "shortfall", "attainment", "status"]


def scaled(value: float, decimals: int) -> Decimal:
    """Round as the offices do, on the figure as it is written."""
    last = Decimal(1).scaleb(-decimals)
    return Decimal(repr(value)).quantize(last, ROUND_HALF_UP)


def by_definition(value: float, row: dict) -> dict:
    """Judge one figure in plain Python."""
    stated, sign, digits = row["value"], row["comparator"], row["decimals"]
    if math.isnan(value):
        none = dict.fromkeys(JUDGED[:-1], math.nan)
        return none | {"target": stated, "status": "no_data"}
    figure, goal = scaled(value, digits), scaled(stated, digits)
    step = Decimal(1).scaleb(-digits)
    low = {">=": goal, ">": goal + step, "=": goal, "between": goal}.get(sign)
    high = {"<=": goal, "<": goal - step, "=": goal}.get(sign)
    aim = goal
    if sign == "between":
        far, better_is = scaled(row["upper_value"], digits), row["direction"]
        high = None if better_is == "up" else far
        low = None if better_is == "down" else goal
        aim = {"up": goal, "down": far, "none": min(max(figure, goal), far)}[better_is]
    lacking = Decimal(0)
    if low is not None and figure < low:
        lacking = low - figure
    if high is not None and figure > high:
        lacking = figure - high
    better = False
    if sign in (">=", ">"):
        better = figure > goal and not (row["unit"] == "%" and stated >= 100)
    if sign in ("<=", "<"):
        better = figure < goal and stated != 0
    if sign == "between" and row["direction"] == "up":
        better = figure > far and not (row["unit"] == "%" and row["upper_value"] >= 100)
    if sign == "between" and row["direction"] == "down":
        better = figure < goal and stated != 0
    share = row["direction"] == "up" and stated != 0
    return {
        "target": stated,
        "gap": float(figure - aim),
        "shortfall": float(lacking),
        "attainment": value / stated * 100 if share else math.nan,
        "status": "missed" if lacking else "exceeded" if better else "met",
    }


THOUSANDTHS = st.integers(-200_000, 200_000).map(lambda n: n / 1000)
HALVES = st.integers(-2000, 2000).map(lambda n: n / 20)
ONES = st.sampled_from([0.0, 100.0, 99.95, 100.05, 0.005, 2.675])
VALUES = THOUSANDTHS | HALVES | ONES
ASKED = st.fixed_dictionaries(
    {
        "comparator": st.sampled_from([">=", ">", "<=", "<", "=", "between"]),
        "value": VALUES,
        "width": st.integers(0, 40).map(lambda n: n / 4),
        "decimals": st.integers(0, 3),
        "unit": st.sampled_from(["%", "ha"]),
        "direction": st.sampled_from(["up", "down", "none"]),
    }
)


@given(
    cases=st.lists(
        st.tuples(ASKED, VALUES | st.just(math.nan)), min_size=40, max_size=80
    )
)
@settings(max_examples=6, phases=AS_DRAWN)
def test_figures_are_judged_as_row_by_row_in_plain_python(cases):
    indicators, targets, actuals, expected = [], [], [], []
    for order, (asked, value) in enumerate(cases):
        name, sign = f"i{order}", asked["comparator"]
        upper = asked["value"] + asked["width"] if sign == "between" else math.nan
        asked = asked | {"upper_value": upper}
        facts = {key: asked[key] for key in ("unit", "direction", "decimals")}
        indicators.append(one_indicator("last", indicator=name, order=order) | facts)
        stated = target(asked["value"], sign, indicator=name)
        targets.append(stated | {"upper_value": upper})
        if not math.isnan(value):
            actuals.append(actual(value, indicator=name))
        expected.append(by_definition(value, asked))
    rows = assessed(indicators, targets, actuals)
    rows = rows.query("year == 2028 and period == 'year'").reset_index(drop=True)
    expected = pd.DataFrame(expected).astype({"status": "str"})
    same = rows[JUDGED].eq(expected) | (rows[JUDGED].isna() & expected.isna())
    alike = same.all(axis="columns")
    assert [case for case, well in zip(cases, alike, strict=True) if not well] == []
    pd.testing.assert_frame_equal(rows[JUDGED], expected, check_exact=True)


def cases_of(*comparators):
    """Return a strategy of many comparators, units, targets and pairs of figures."""
    signs, units = st.sampled_from(comparators), st.sampled_from(["ha", "%"])
    case = st.tuples(signs, units, FIGURES, FIGURES, FIGURES)
    return st.lists(case, min_size=150, max_size=250)


@given(cases=cases_of(">=", ">"))
@settings(max_examples=8, phases=AS_DRAWN)
def test_raising_a_figure_never_worsens_the_status_of_what_should_rise(cases):
    indicators, targets, actuals = [], [], []
    for order, (comparator, unit, value, figure, other) in enumerate(cases):
        for name, reported in (("low", min), ("high", max)):
            name = f"{name}{order}"
            indicators.append(one_indicator("last", unit, name, order))
            targets.append(target(value, comparator, indicator=name))
            actuals.append(actual(reported(figure, other), indicator=name))
    ranks = ends_of(assessed(indicators, targets, actuals)).map(RANK).to_dict()
    worse = [
        case
        for order, case in enumerate(cases)
        if not ranks[f"low{order}"] <= ranks[f"high{order}"]
    ]
    assert worse == []


@given(cases=cases_of(">=", ">", "<=", "<", "="))
@settings(max_examples=8, phases=AS_DRAWN)
def test_a_bound_never_contradicts_a_figure_that_it_allows(cases):
    bounds = ["exact", "lower", "upper", "range"]
    indicators, targets, actuals = [], [], []
    for order, (comparator, _unit, value, figure, _other) in enumerate(cases):
        for bound in bounds:
            name = f"{bound}{order}"
            indicators.append(one_indicator("last", "ha", name, order))
            targets.append(target(value, comparator, indicator=name))
            actuals.append(actual(figure, bound=bound, indicator=name))
    ends = ends_of(assessed(indicators, targets, actuals))
    statuses = ends.replace("exceeded", "met").to_dict()
    contradicted = [
        case
        for n, case in enumerate(cases)
        if not {statuses[f"{bound}{n}"] for bound in bounds[1:]}
        <= {statuses[f"exact{n}"], "undecided"}
    ]
    assert contradicted == []


def ends_of(rows):
    """Return the status of each indicator's last year."""
    ends = rows.query("year == 2028 and period == 'year'")
    return ends.set_index("indicator")["status"]


PROGRAMMES = st.lists(
    st.tuples(
        st.sampled_from(["last", "sum", "mean", "growth", "every_year", "once"]),
        st.lists(st.none() | FIGURES, min_size=3, max_size=3),
        st.lists(st.none() | FIGURES, min_size=3, max_size=3),
        st.none() | FIGURES,
        st.sampled_from(["exact", "lower", "upper", "range"]),
    ),
    min_size=10,
    max_size=20,
)


def frames(programme):
    """Return the frames of indicators with their targets and figures by year."""
    indicators, targets, actuals = [], [target(1, indicator="other")], []
    for order, (over_term, planned, done, whole, bound) in enumerate(programme):
        name = f"i{order}"
        indicators.append(one_indicator(over_term, "ha", name, order))
        for year, plan, figure in zip(YEARS, planned, done, strict=True):
            if plan is not None:
                targets.append(target(plan, year=year, indicator=name))
            if figure is not None:
                actuals.append(actual(figure, year, bound, name))
        if whole is not None:
            targets.append(target(whole, period="term", indicator=name))
    return indicators, targets, actuals


@given(programme=PROGRAMMES)
@settings(max_examples=4, phases=AS_DRAWN)
def test_no_figure_of_the_assessment_is_infinite_and_every_status_is_known(programme):
    rows = assessed(*frames(programme))
    assert not np.isinf(rows.select_dtypes("number")).any(axis=None)
    assert set(rows["status"]) <= set(STATUSES)
    assert not rows.duplicated(["indicator", "year", "period"]).any()
    assert len(rows) == len(programme) * 4


@given(programme=PROGRAMMES, data=st.data())
@settings(max_examples=4, phases=AS_DRAWN)
def test_the_order_of_rows_never_matters(programme, data):
    whole = frames(programme)
    mixed = [data.draw(st.permutations(rows)) for rows in whole]
    pd.testing.assert_frame_equal(assessed(*whole), assessed(*mixed))


@given(programme=PROGRAMMES)
@settings(max_examples=4, phases=AS_DRAWN)
def test_a_verdict_needs_a_stated_target_and_a_reported_figure(programme):
    rows = assessed(*frames(programme))
    judged = rows[rows["status"].isin(["exceeded", "met", "missed"])]
    years = judged[judged["period"].eq("year") & judged["over_term"].ne("once")]
    assert years["target_basis"].eq("stated").all()
    assert years["actual"].notna().all()


def test_the_frames_given_are_left_as_they_were():
    figures = [1.0, None, 3.0], [None, 2.0, 3.0], 6.0, "exact"
    kinds = ["last", "sum", "mean", "every_year"]
    programme = [(over_term, *figures) for over_term in kinds]
    given_frames = [pd.DataFrame(rows) for rows in frames(programme)]
    kept = [rows.copy() for rows in given_frames]
    assess(*given_frames, years=YEARS, baseline_year=2026, breaks=NO_BREAKS)
    for rows, before in zip(given_frames, kept, strict=True):
        pd.testing.assert_frame_equal(rows, before)
