"""Figures are rounded and written as Vietnamese offices do."""

import datetime
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vinhloc.figures import (
    decimals_of,
    is_missing,
    round_half_away,
    to_scaled,
    unit_after,
    write_actual,
    write_date,
    write_figure,
    write_target,
    write_trimmed,
)

TYPED = st.decimals(-(10**9), 10**9, places=5, allow_nan=False, allow_infinity=False)


@settings(max_examples=1000)
@given(typed=TYPED, decimals=st.integers(0, 4))
def test_rounding_agrees_with_decimal_on_every_figure_that_can_be_typed(
    typed, decimals
):
    exact = typed.scaleb(decimals).quantize(Decimal(1), ROUND_HALF_UP)
    assert to_scaled(float(typed), decimals) == int(exact)


@settings(max_examples=1000)
@given(half=st.integers(-(10**7), 10**7), decimals=st.integers(0, 4))
def test_every_half_goes_away_from_zero(half, decimals):
    typed = (Decimal(half) + Decimal("0.5").copy_sign(half)).scaleb(-decimals)
    assert to_scaled(float(typed), decimals) == half + (1 if half >= 0 else -1)


@pytest.mark.parametrize(
    ("typed", "decimals", "rounded"),
    [
        (97.45, 1, 97.5),
        (97.449, 1, 97.4),
        (2.675, 2, 2.68),
        (1.005, 2, 1.01),
        (0.5, 0, 1),
        (2.5, 0, 3),
        (-2.5, 0, -3),
        (-0.34, 1, -0.3),
        (1870.5, 0, 1871),
    ],
)
def test_figures_that_binary_floats_get_wrong(typed, decimals, rounded):
    assert round_half_away(typed, decimals) == rounded


def test_a_large_amount_in_dong_stays_the_same():
    assert to_scaled(318_752_000_000_000, 0) == 318_752_000_000_000


def test_each_row_is_rounded_to_its_own_decimals():
    rounded = round_half_away(pd.Series([1.25, 1.25, 1.25]), pd.Series([0, 1, 2]))
    assert rounded.tolist() == [1, 1.3, 1.25]


def test_no_figure_stays_no_figure_when_rounded():
    assert np.isnan(round_half_away([np.nan], 1)).all()


@pytest.mark.parametrize("nothing", [None, float("nan"), "", pd.NA, pd.NaT])
def test_every_kind_of_nothing_is_missing(nothing):
    assert is_missing(nothing) is True


@pytest.mark.parametrize("figure", [0, 0.0, False, -1.5, "0"])
def test_zero_is_a_figure(figure):
    assert is_missing(figure) is False


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (2080, 0, "2.080", "2,080"),
        (55722.974, 3, "55.722,974", "55,722.974"),
        (97.5, 1, "97,5", "97.5"),
        (15, 1, "15,0", "15.0"),
        (-0.34, 2, "−0,34", "−0.34"),
        (-0.04, 1, "0,0", "0.0"),
        (2.5, 0, "3", "3"),
        (float("nan"), 1, "–", "–"),
        (None, 0, "–", "–"),
        (float("inf"), 0, "–", "–"),
        (Decimal("1871"), 0, "1.871", "1,871"),
    ],
)
def test_a_figure_is_written_with_the_marks_of_the_language(
    value, decimals, vi, en, request
):
    assert write_figure(value, decimals) == vi
    request.getfixturevalue("english")
    assert write_figure(value, decimals) == en


def test_a_range_is_written_without_trailing_zeros():
    assert [write_trimmed(v) for v in (100.0, 0.5, -2, 10000)] == [
        "100",
        "0,5",
        "−2",
        "10.000",
    ]


@pytest.mark.parametrize(
    ("typed", "decimals"), [(46.32, 2), (5, 0), (100.0, 0), (0.34, 2), (1e6, 0)]
)
def test_a_figure_has_the_decimals_it_was_typed_with(typed, decimals):
    assert decimals_of(typed) == decimals


def test_a_date_is_written_in_vietnamese():
    assert write_date(datetime.date(2020, 5, 9)) == "09/05/2020"


def test_a_date_is_written_in_english(english, plain):
    assert plain(write_date(datetime.date(2020, 5, 9))) == "9 May 2020"


def test_no_date_is_a_dash():
    assert write_date(pd.NaT) == write_date(None) == "–"


TARGETS = """
    comparator, target, upper_target, unit,  decimals
    >=,         97.5,               , %,     1
    >,          68,                 , ha,    0
    <=,         1,                  , %,     2
    <,          4.2,                , %,     1
    =,          0,                  , hộ,    0
    between,    80,     82,           %,     0
    >=,         1,                  , event, 0
    >=,         2080,               , tấn,   0
    >=,             ,               , ha,    0
    """


def test_a_target_is_written_with_its_comparator(frame, plain):
    rows = frame(TARGETS).to_dict("records")
    assert [plain(write_target(row)) for row in rows] == [
        "≥ 97,5",
        "> 68",
        "≤ 1,00",
        "< 4,2",
        "0",
        "80 – 82",
        "hoàn thành",
        "≥ 2.080",
        "–",
    ]


def test_the_unit_follows_a_target_but_not_an_event(frame, plain):
    rows = frame(TARGETS).to_dict("records")
    assert [plain(write_target(row, unit=True)) for row in rows][-4:] == [
        "80 – 82%",
        "hoàn thành",
        "≥ 2.080 tấn",
        "–",
    ]


def test_a_target_is_written_with_english_marks(frame, plain, english):
    row = frame(TARGETS).assign(unit_en="tonnes").iloc[7]
    assert plain(write_target(row, unit=True)) == "≥ 2,080 tonnes"


def test_a_reported_figure_is_written_with_what_is_known_of_it(frame, plain):
    rows = frame("""
        actual, upper_actual, bound, vintage,  unit,  decimals
        97.5,               , exact, final,    %,     1
        68,                 , lower, final,    ha,    0
        70,                 , upper, estimate, ha,    0
        7.5,    8,            range, final,    %,     1
        2080,               , exact, estimate, tấn,   0
        1,                  , exact, final,    event, 0
        0,                  , exact, final,    event, 0
            ,               , exact, final,    ha,    0
        """).to_dict("records")
    assert [plain(write_actual(row, unit=True)) for row in rows] == [
        "97,5%",
        "hơn 68 ha",
        "ước dưới 70 ha",
        "7,5 – 8,0%",
        "ước 2.080 tấn",
        "hoàn thành",
        "chưa hoàn thành",
        "–",
    ]


@pytest.mark.parametrize(
    ("name", "unit", "after"),
    [
        ("Số hộ thoát nghèo", "hộ", ""),
        ("Mức độ chuẩn quốc gia", "mức độ", ""),
        ("Đường làm mới", "m", " m"),
        ("Tỷ lệ %", "%", "%"),
    ],
)
def test_a_unit_is_not_said_again_after_a_name_that_says_it(name, unit, after, plain):
    assert plain(unit_after({"name_vi": name, "unit": unit})) == after
