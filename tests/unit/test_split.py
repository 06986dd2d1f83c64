"""A difference falls into parts that add up to it, to the last digit."""

import re
from textwrap import dedent

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from vinhloc.figures import round_half_away, to_scaled
from vinhloc.outlook.split import (
    rounded_parts,
    split_gap,
    split_product,
    split_rate,
    split_sum,
)

OUTPUT = "output = area * crop / 10"


@pytest.mark.parametrize(
    ("area", "crop", "parts"),
    [
        # The whole of 320 ha * 65 quintals / 10 is 2080 tonnes.
        (310, 65, [-65.0, 0, -65.0]),
        (320, 60, [0, -160.0, -160.0]),
        (310, 60, [-62.5, -157.5, -220.0]),  # 25 / 5 of the interaction to each
        (330, 60, [62.5, -162.5, -100.0]),
        (320, 65, [0, 0, 0]),
    ],
)
def test_an_output_is_split_between_its_factors(frame, area, crop, parts):
    target = frame("area, crop\n320, 65")
    actual = frame(f"area, crop\n{area}, {crop}")
    split = split_product(target, actual, OUTPUT, decimals=1)
    assert split.columns.tolist() == ["area", "crop", "total"]
    assert split.iloc[0].tolist() == parts


def test_three_factors_share_what_they_do_together(frame):
    # From 1 to 2, 3 and 4: of the changes 1, 2 and 3, a has 1 + (2 + 3) / 2 + 6 / 3.
    start, end = frame("a, b, c\n1, 1, 1"), frame("a, b, c\n2, 3, 4")
    split = split_product(start, end, "x = a * b * c", decimals=1)
    assert split.iloc[0].tolist() == [5.5, 8, 9.5, 23]


def test_a_divisor_that_grows_takes_away(frame):
    start, end = frame("a, b\n9, 10"), frame("a, b\n12, 16")
    split = split_product(start, end, "x = 100 * a / b", decimals=3)
    assert split.iloc[0].tolist() == [24.375, -39.375, -15]


def test_of_two_parts_with_one_remainder_the_first_gets_the_unit(frame):
    # 9 1/6 and -15 5/6: two thirds of a hundredth remain of both, floats or not.
    start, end = frame("a, b\n9, 10"), frame("a, b\n10, 12")
    split = split_product(start, end, "x = 100 * a / b", decimals=2)
    assert split.iloc[0].tolist() == [9.17, -15.84, -6.67]


def test_a_factor_that_stands_twice_changes_once(frame):
    split = split_product(
        frame("side\n2"), frame("side\n3"), "area = side * side", decimals=0
    )
    assert split.iloc[0].to_dict() == {"side": 5, "total": 5}


@pytest.mark.parametrize("identity", ["x = a ** b", "x = -a", "a * b"])
def test_only_an_identity_is_split(frame, identity):
    figures = frame("a, b\n1, 2")
    with pytest.raises(ValueError, match=re.escape(identity)):
        split_product(figures, figures, identity, decimals=0)


def test_a_total_is_split_into_its_parts(frame):
    target, actual = frame("rice, maize\n2700, 1130"), frame("rice, maize\n2650, 1150")
    split = split_product(target, actual, "total = rice + maize", decimals=0)
    assert split.iloc[0].to_dict() == {"rice": -50, "maize": 20, "total": -30}
    rest = split_product(target, actual, "rest = 4000 - rice - maize", decimals=0)
    assert rest.iloc[0].to_dict() == {"rice": 50, "maize": -20, "total": 30}


def test_a_total_of_thirty_parts_is_split_at_once(frame):
    names = [f"part_{n}" for n in range(30)]
    start, end = (frame(f"{', '.join(names)}\n{', '.join([v] * 30)}") for v in "12")
    split = split_product(start, end, f"total = {' + '.join(names)}", decimals=0)
    assert split.iloc[0].tolist() == [1] * 30 + [30]


@pytest.mark.parametrize(
    ("start", "end"), [(", 65", "310, 60"), ("320, 65", "310, "), (", 65", ", 65")]
)
def test_without_one_of_the_factors_every_part_is_missing(frame, start, end):
    head = "area, crop\n320, 65\n"
    split = split_product(
        frame(f"{head}{start}"), frame(f"{head}{end}"), OUTPUT, decimals=0
    )
    assert split.loc[0].tolist() == [0, 0, 0]
    assert split.loc[1].isna().all()


def test_rows_go_by_their_labels_and_keep_them(frame):
    start = frame("year, area, crop\n2027, 300, 60\n2026, 320, 65").set_index("year")
    end = frame("year, area, crop\n2026, 310, 65\n2027, 300, 65").set_index("year")
    split = split_product(start, end, OUTPUT, decimals=0)
    assert split["area"].to_dict() == {2027: 0, 2026: -65}
    assert split["crop"].to_dict() == {2027: 150, 2026: 0}
    assert split["total"].to_dict() == {2027: 150, 2026: -65}


AS_DRAWN = [Phase.generate]  # shrinking many cases takes minutes
FACTOR = st.integers(0, 10**4).map(lambda tenths: tenths / 10)
DIVISOR = st.integers(1, 10**4).map(lambda tenths: tenths / 10)


def sides(names):
    """Return a strategy of some rows of figures: before and after, by name."""
    row = {name: DIVISOR if name == "d" else FACTOR for name in names}
    pair = st.tuples(st.fixed_dictionaries(row), st.fixed_dictionaries(row))
    return st.lists(pair, min_size=30, max_size=60).map(
        lambda pairs: [pd.DataFrame(side) for side in zip(*pairs, strict=True)]
    )


@pytest.mark.parametrize(
    "identity",
    ["x = a * b", "x = a * b / 10", "x = a * b * c", "x = a / d", "x = a * b / d"],
)
@given(data=st.data())
@settings(max_examples=4, phases=AS_DRAWN)
def test_parts_add_up_to_the_last_digit(identity, data):
    names = [name for name in "abcd" if name in identity.split()]
    start, end = data.draw(sides(names))
    for decimals in range(4):
        split = split_product(start, end, identity, decimals=decimals)
        parts, total = split[names], split["total"]
        scaled = to_scaled(parts, decimals)
        assert (scaled.sum(axis=1) == to_scaled(total, decimals)).all()
        assert (parts == round_half_away(parts, decimals)).all(axis=None)
        unchanged = start[names].eq(end[names])
        assert parts.where(unchanged).fillna(0).eq(0).all(axis=None)


@given(figures=sides("ab"))
@settings(max_examples=5, phases=AS_DRAWN)
def test_factors_that_change_places_change_parts(figures):
    start, end = figures
    names = {"a": "b", "b": "a"}
    split = split_product(start, end, "x = a * b", decimals=4)
    turned = split_product(
        start.rename(columns=names), end.rename(columns=names), "x = a * b", decimals=4
    )
    pd.testing.assert_frame_equal(
        split, turned.rename(columns=names)[[*split]], atol=1.5e-4, rtol=0
    )


@given(figures=sides("abd"))
@settings(max_examples=5, phases=AS_DRAWN)
def test_the_way_back_has_the_opposite_parts(figures):
    start, end = figures
    there = split_product(start, end, "x = a * b / d", decimals=3)
    back = split_product(end, start, "x = a * b / d", decimals=3)
    pd.testing.assert_frame_equal(there, -back, atol=1.5e-3, rtol=1e-12)


@pytest.mark.parametrize(
    ("parts", "rounded"),
    [
        ([0.4, 0.4, 0.4], [1, 0, 0, 1]),  # equal ones: the first
        ([0.3, 0.5, 0.3], [0, 1, 0, 1]),
        ([-0.5, 0, 0], [-1, 0, 0, -1]),
        ([-62.5, -157.5, 0], [-62, -158, 0, -220]),
        ([1.2, -1.2, 0], [1, -1, 0, 0]),
        ([2.5, 2.5, 2.5], [3, 3, 2, 8]),
    ],
)
def test_the_lacking_units_go_to_the_largest_remainders(parts, rounded):
    exact = pd.DataFrame([parts], columns=["a", "b", "c"])
    found = rounded_parts(exact, exact.sum(axis=1), 0)
    assert found.iloc[0].tolist() == rounded


def test_a_rate_is_split_into_its_two_sides(frame):
    start = frame("numerator, denominator\n9, 10\n9, 10\n9, 10\n0, 8")
    end = frame("numerator, denominator\n10, 12\n10, 10\n9, 12\n4, 8")
    split = split_rate(start, end, decimals=1)
    assert split.to_numpy().tolist() == [
        [9.2, -15.9, -6.7],
        [10, 0, 10],
        [0, -15, -15],
        [50, 0, 50],
    ]


def test_a_rate_of_nothing_has_no_parts(frame):
    start = frame("numerator, denominator\n1, 0\n0, 0\n9, 10")
    end = frame("numerator, denominator\n1, 2\n1, 2\n, 10")
    assert split_rate(start, end, decimals=1).isna().all(axis=None)


RICE = """
    indicator,   year, value
    rice_area,   2026, 300
    rice_yield,  2026, 60
    rice_output, 2026, 1800
    rice_area,   2027, 310
    rice_yield,  2027, 60
    rice_output, 2027, 1850
    """


@pytest.fixture
def parts_of(part):
    """Return a function to the split of the rice of the test's case in 2027."""

    def split(indicator="rice_output", **options):
        return split_gap(part.own(part.data.assessment), indicator, 2027, **options)

    return split


@pytest.mark.case(actuals=RICE)
def test_the_gap_to_the_last_target_is_split_and_the_rest_said(parts_of):
    # 310 ha * 60 quintals are 1860 tonnes; 1850 were reported, 2080 are to be reached.
    split = parts_of().set_index("indicator")
    assert split["part"].to_dict() == {
        "rice_area": -62,
        "rice_yield": -158,
        "rest": -10,
    }
    assert split["start"].tolist()[:2] == [320, 65]
    assert split["end"].tolist()[:2] == [310, 60]
    assert split.loc["rest", ["start", "end"]].isna().all()


@pytest.mark.case(actuals=RICE)
def test_the_change_since_a_year_is_split_the_same_way(parts_of):
    split = parts_of(since=2026).set_index("indicator")
    assert split["part"].to_dict() == {"rice_area": 60, "rice_yield": 0, "rest": -10}
    assert split["start"].tolist()[:2] == [300, 60]


HEAD, *FIGURES = dedent(RICE).strip().splitlines()
LESS = [
    pytest.param("\n".join([HEAD, *(f for f in FIGURES if f != lost)]), id=lost.strip())
    for lost in FIGURES
]


@pytest.mark.case(actuals="{known}")
@pytest.mark.parametrize("known", LESS)
def test_without_one_figure_nothing_is_split(parts_of, known):
    split = parts_of(since=2026)
    assert split.empty
    assert split.columns.tolist() == ["indicator", "start", "end", "part"]


@pytest.mark.case(
    actuals="""
        indicator,   year, value, bound
        rice_area,   2026, 300,   {before}
        rice_yield,  2026, 60,    exact
        rice_output, 2026, 1800,  exact
        rice_area,   2027, 310,   {after}
        rice_yield,  2027, 60,    exact
        rice_output, 2027, 1850,  exact
        """
)
@pytest.mark.parametrize(("before", "after"), [("lower", "exact"), ("exact", "lower")])
def test_a_bound_is_no_figure_to_split(parts_of, before, after):
    assert parts_of(since=2026).empty


@pytest.mark.case(actuals=RICE)
def test_an_indicator_without_an_identity_is_not_split(parts_of):
    with pytest.raises(ValueError, match="rice_area"):
        parts_of(indicator="rice_area")


ROADS = """
    year, place,    target, actual, bound
    2026, Xóm Đông, 400,    300,    exact
    2027, Xóm Tây,  600,    650,    exact
    2028, Xóm Nam,  500,    200,    exact
    2029, ,         ,       70,     exact
    """


def test_a_total_lacks_what_each_year_and_place_lacks(frame):
    split = split_sum(frame(ROADS).assign(decimals=0))
    assert split["place"].tolist() == ["Xóm Đông", "Xóm Tây", "Xóm Nam"]
    assert split["lacking"].tolist() == [100, -50, 300]
    assert split["share"].tolist() == [25, 0, 75]  # of 400: more done elsewhere apart


@pytest.mark.parametrize("figure", ["   ,    ", "200,    lower", "200,    upper"])
def test_a_year_that_is_not_known_exactly_lacks_nothing_known(frame, figure):
    rows = frame(ROADS.replace("200,    exact", figure)).assign(decimals=0)
    split = split_sum(rows)
    assert split["planned"].tolist() == [400, 600, 500]
    assert split["lacking"].isna().tolist() == [False, False, True]
    assert split["share"].tolist()[:2] == [100, 0]
    assert np.isnan(split["share"].tolist()[2])


def test_where_nothing_is_lacking_there_are_no_shares(frame):
    rows = frame("year, place, target, actual, bound\n2026, A, 400, 400, exact")
    split = split_sum(rows.assign(decimals=0))
    assert split["lacking"].tolist() == [0]
    assert split["share"].isna().all()


def test_what_is_lacking_is_rounded_as_it_is_judged(frame):
    rows = frame("year, place, target, actual, bound\n2026, A, 0.3, 0.1, exact")
    assert split_sum(rows.assign(decimals=1))["lacking"].tolist() == [0.2]
