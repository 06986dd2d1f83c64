"""What must hold of the assessment whatever the figures are."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinhloc.assess import STATUSES, assess

FIGURES = st.integers(-2000, 2000).map(lambda tenths: tenths / 10)
RANK = {"missed": 0, "met": 1, "exceeded": 2}
YEARS = range(2026, 2029)


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
    columns = list(actual(0))
    return assess(
        pd.DataFrame(indicators),
        pd.DataFrame(targets),
        pd.DataFrame(actuals, columns=columns),
        years=YEARS,
        baseline_year=2026,
    )


@given(
    value=FIGURES,
    low=FIGURES,
    more=FIGURES.map(abs),
    comparator=st.sampled_from([">=", ">"]),
    unit=st.sampled_from(["ha", "%"]),
)
def test_raising_a_figure_never_worsens_the_status_of_what_should_rise(
    value, low, more, comparator, unit
):
    rows = assessed(
        [one_indicator("last", unit, "x", 1), one_indicator("last", unit, "y", 2)],
        [target(value, comparator, indicator=i) for i in "xy"],
        [actual(low, indicator="x"), actual(low + more, indicator="y")],
    )
    lower, higher = rows.query("year == 2028 and period == 'year'")["status"]
    assert RANK[lower] <= RANK[higher]


@given(
    value=FIGURES,
    figure=FIGURES,
    comparator=st.sampled_from([">=", ">", "<=", "<", "="]),
)
def test_a_bound_never_contradicts_a_figure_that_it_allows(value, figure, comparator):
    bounds = ["exact", "lower", "upper", "range"]
    rows = assessed(
        [one_indicator("last", "ha", name, n) for n, name in enumerate(bounds)],
        [target(value, comparator, indicator=name) for name in bounds],
        [actual(figure, bound=name, indicator=name) for name in bounds],
    )
    rows = rows.query("year == 2028 and period == 'year'")
    exact, *others = rows["status"].replace("exceeded", "met")
    assert set(others) <= {exact, "undecided"}


PROGRAMMES = st.lists(
    st.tuples(
        st.sampled_from(["last", "sum", "mean", "growth", "every_year", "once"]),
        st.lists(st.none() | FIGURES, min_size=3, max_size=3),
        st.lists(st.none() | FIGURES, min_size=3, max_size=3),
        st.none() | FIGURES,
        st.sampled_from(["exact", "lower", "upper", "range"]),
    ),
    min_size=1,
    max_size=4,
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
def test_no_figure_of_the_assessment_is_infinite_and_every_status_is_known(programme):
    rows = assessed(*frames(programme))
    assert not np.isinf(rows.select_dtypes("number")).any(axis=None)
    assert set(rows["status"]) <= set(STATUSES)
    assert not rows.duplicated(["indicator", "year", "period"]).any()
    assert len(rows) == len(programme) * 4


@given(programme=PROGRAMMES, data=st.data())
def test_the_order_of_rows_never_matters(programme, data):
    whole = frames(programme)
    mixed = [data.draw(st.permutations(rows)) for rows in whole]
    pd.testing.assert_frame_equal(assessed(*whole), assessed(*mixed))


@given(programme=PROGRAMMES)
def test_a_verdict_needs_a_stated_target_and_a_reported_figure(programme):
    rows = assessed(*frames(programme))
    judged = rows[rows["status"].isin(["exceeded", "met", "missed"])]
    years = judged[judged["period"].eq("year") & judged["over_term"].ne("once")]
    assert years["target_basis"].eq("stated").all()
    assert years["actual"].notna().all()


@pytest.mark.parametrize("over_term", ["last", "sum", "mean", "every_year"])
def test_the_frames_given_are_left_as_they_were(over_term):
    programme = [(over_term, [1.0, None, 3.0], [None, 2.0, 3.0], 6.0, "exact")]
    given_frames = [pd.DataFrame(rows) for rows in frames(programme)]
    kept = [rows.copy() for rows in given_frames]
    assess(*given_frames, years=YEARS, baseline_year=2026)
    for rows, before in zip(given_frames, kept, strict=True):
        pd.testing.assert_frame_equal(rows, before)
