"""Figures as commune offices write them: each habit is read right or refused.

The tables follow design/notation.md; what offices do besides stands below each.
"""

import csv
import re
import unicodedata
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from vinhloc.figures import FigureProblem, parse_figure
from vinhloc.figures import parse_number_cell as number_cell
from vinhloc.figures.refusals import REASONS
from vinhloc.figures.units import standard_units, units_with

RAW = Path(__file__).parents[2] / "data" / "raw"
INCOME = "triệu đồng/người/năm"
DECIMALS = {"%": 1, "ha": 1, "tạ/ha/vụ": 1, INCOME: 2, "tỷ đồng": 1, "điểm %": 2}


def read(text, unit="%", decimals=None, **facts):
    decimals = DECIMALS.get(unit, 0) if decimals is None else decimals
    return parse_figure(text, unit=unit, decimals=decimals, **facts)


def refusal(text, unit="%", decimals=None, **facts):
    with pytest.raises(FigureProblem) as caught:
        read(text, unit, decimals, **facts)
    return caught.value


@pytest.fixture(scope="module")
def raw_units():
    with (RAW / "units.csv").open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


LEVELS = [
    # A dot for thousands, a comma for decimals; the press the other way.
    ("2.080 tấn", "tấn", 2080),
    ("1.871", "tấn", 1871),
    ("2.080,0 tấn", "tấn", 2080),
    ("2080", "tấn", 2080),
    ("1.234.567", "đồng", 1234567),
    ("97,5%", "%", "97.5"),
    ("20,5ha", "ha", "20.5"),
    ("102,5", "ha", "102.5"),
    ("55.722,974", "ha", "55722.974"),
    ("654.1 tỷ", "tỷ đồng", "654.1"),
    ("97.5%", "%", "97.5"),
    ("1,234.5 ha", "ha", "1234.5"),
    ("1,234,567", "đồng", 1234567),
    ("2.08 tấn", "tấn", "2.08"),
    ("097,5", "%", "97.5"),
    ("100,00", "%", 100),
    ("0", "tấn", 0),
    ("00", "con", 0),
    ("01 DN", "doanh nghiệp", 1),
    ("2 080 tấn", "tấn", 2080),
    ("1 234 567", "đồng", 1234567),
    ("1 234,5 ha", "ha", "1234.5"),
    ("-0,34", "%", "-0.34"),
    ("−0,34", "%", "-0.34"),
    # Spaces, stops, quotes and capitals around it.
    ("97,5 %", "%", "97.5"),
    ("97,5 %.", "%", "97.5"),
    ("97,5%;", "%", "97.5"),
    ("2.080 tấn.", "tấn", 2080),
    ("2.080.", "tấn", 2080),
    ("12 con.", "con", 12),
    ("2.080 TẤN", "tấn", 2080),
    ("'2.080", "tấn", 2080),
    ('"2.080"', "tấn", 2080),
    ("“97,5%”", "%", "97.5"),
    ("97,5\r\n%", "%", "97.5"),
    ("\ufeff97,5%\u200b", "%", "97.5"),
    ("97,5 (%)", "%", "97.5"),
    ("52 (ha)", "ha", 52),
    # Words that leave a level what it is.
    ("đạt 97,5%", "%", "97.5"),
    ("Ðạt 97,5%", "%", "97.5"),
    ("Đạt: 97,5 %", "%", "97.5"),
    ("đạt tỉ lệ 97,5%", "%", "97.5"),
    ("chiếm 97,5%", "%", "97.5"),
    ("TH 97,5%", "%", "97.5"),
    ("duy trì 100%", "%", 100),
    ("giữ vững 100%", "%", 100),
    ("97,5 phần trăm", "%", "97.5"),
    ("giảm còn 1%", "%", 1),
    ("giảm xuống còn 1%", "%", 1),
    ("chỉ còn 1%", "%", 1),
    ("còn 14 hộ", "hộ", 14),
    ("không còn hộ nghèo", "%", 0),
    ("Không còn", "hộ", 0),
    ("không có hộ nào", "hộ", 0),
    ("không xảy ra tai nạn giao thông nào", "vụ việc", 0),
    ("Không để xảy ra vụ việc nào", "vụ việc", 0),
    ("Sản lượng đạt 2.080 tấn", "tấn", 2080),
    ("hiện có 12 doanh nghiệp", "doanh nghiệp", 12),
    ("đến nay đạt 97,5%", "%", "97.5"),
    ("bình quân đạt 65 tạ/ha/vụ", "tạ/ha/vụ", 65),
    # A level on a scale stands behind its name.
    ("mức độ 2", "mức độ", 2),
    ("Đạt chuẩn mức độ 2", "mức độ", 2),
    ("cấp độ 3", "cấp độ", 3),
    ("OCOP hạng 4 sao", "sao", 4),
    ("đạt tiêu chuẩn 3 sao", "sao", 3),
]


@pytest.mark.parametrize(("text", "unit", "value"), LEVELS)
def test_a_level_is_read(text, unit, value):
    figure = read(text, unit)
    assert figure.value == Decimal(str(value))
    assert (figure.bound, figure.vintage, figure.settled) == ("exact", None, False)


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "…", "...", "……", "….", "\ufeff"])
def test_no_figure_is_none_not_zero(text):
    assert read(text) is None


@pytest.mark.parametrize("text", [None, float("nan"), pd.NA, pd.NaT, Decimal("nan")])
def test_a_missing_cell_is_no_figure(text):
    assert read(text) is None
    assert number_cell(text, unit="%", decimals=1) is None


@pytest.mark.parametrize("text", ["chưa có số liệu", "Không có số liệu báo cáo"])
def test_a_text_that_says_there_is_no_figure_is_none(text):
    assert read(text) is None


@pytest.mark.parametrize("text", ["hết", "đã hết", "không còn", "không có hộ nào"])
def test_nothing_left_is_zero_only_where_zero_is_plausible(text):
    assert read(text, plausible=(0, 30)).value == 0
    assert "đọc là 0" in read(text, plausible=(0, 30)).notes[0]
    assert refusal(text, plausible=(50, 100)).kind == "absent"


BOUNDS = [
    ("97,5% trở lên", "lower", "97.5"),
    ("từ 97,5% trở lên", "lower", "97.5"),
    ("trên 97,5% trở lên", "lower", "97.5"),
    ("tối thiểu 80%", "lower", 80),
    ("tối thiểu đạt 80%", "lower", 80),
    ("ít nhất 80%", "lower", 80),
    ("không dưới 80%", "lower", 80),
    ("≥ 80%", "lower", 80),
    (">=80", "lower", 80),
    ("> 80 %", "lower", 80),
    ("hơn 68", "lower", 68),
    ("trên 68", "lower", 68),
    ("đạt trên 68%", "lower", 68),
    ("trên -0,5%", "lower", "-0.5"),
    ("5% trở xuống", "upper", 5),
    ("từ 5% trở xuống", "upper", 5),
    ("dưới 5%", "upper", 5),
    ("gần 70", "upper", 70),
    ("đạt gần 70%", "upper", 70),
    ("giảm còn dưới 5%", "upper", 5),
    ("không quá 5%", "upper", 5),
    ("tối đa 5%", "upper", 5),
    ("≤ 5%", "upper", 5),
    ("<5%", "upper", 5),
]


@pytest.mark.parametrize(("text", "bound", "value"), BOUNDS)
def test_a_bound_is_read_as_a_bound(text, bound, value):
    figure = read(text)
    assert (figure.bound, figure.value) == (bound, Decimal(str(value)))


RANGES = [
    ("7,5 - 8,0%", "%", "7.5", 8),
    ("từ 7,5% đến 8%", "%", "7.5", 8),
    ("từ 80 đến 82%", "%", 80, 82),
    ("80% - 82%", "%", 80, 82),
    ("80-82%", "%", 80, 82),
    ("7-8%", "%", 7, 8),
    ("7.5-8%", "%", "7.5", 8),
    ("80 – 82 %", "%", 80, 82),
    ("đạt từ 80-82%", "%", 80, 82),
    ("trong khoảng 80 đến 82%", "%", 80, 82),
    ("khoảng 80-82%", "%", 80, 82),
    ("1.500-1.600", "tấn", 1500, 1600),
    ("10 - 12", "hộ", 10, 12),
    ("10-12 hộ", "hộ", 10, 12),
    ("-0,5 - 0,5%", "%", "-0.5", "0.5"),
    ("400m - 0,5km", "m", 400, 500),
]


@pytest.mark.parametrize(("text", "unit", "low", "high"), RANGES)
def test_a_range_is_read_as_a_range(text, unit, low, high):
    figure = read(text, unit)
    assert figure.bound == "range"
    assert (figure.value, figure.upper_value) == (Decimal(str(low)), Decimal(str(high)))


ESTIMATES = [
    "ước đạt 97,5%",
    "Ước thực hiện 97,5%",
    "ước thực hiện cả năm đạt 97,5%",
    "ước cả năm 97,5",
    "ước đến hết năm đạt 97,5%",
    "ước TH: 97,5%",
    "ƯTH 97,5%",
    "dự kiến 97,5%",
    "dự ước đạt 97,5%",
    "ước đạt khoảng 97,5%",
    "đạt khoảng 97,5% (ước)",
    "97,5% (ước đạt)",
    "97,5%(ước)",
    "97,5% ước",
    "sơ bộ 97,5%",
    "97,5% (số sơ bộ)",
    "97,5% (ước).",
]


@pytest.mark.parametrize("text", ESTIMATES)
def test_a_text_that_says_so_is_an_estimate(text):
    figure = read(text)
    assert (figure.value, figure.vintage) == (Decimal("97.5"), "estimate")


def test_an_estimate_keeps_its_bound():
    figure = read("ước đạt trên 68 triệu đồng", INCOME)
    assert (figure.value, figure.bound, figure.vintage) == (68, "lower", "estimate")


SHARES = [
    ("10/10 khu phố", "%", 100, 10, 10),
    ("04/09 thôn", "%", "44.4", 4, 9),
    ("5/6", "%", "83.3", 5, 6),
    ("đạt 10/10", "%", 100, 10, 10),
    ("10 / 10 thôn, khu phố", "%", 100, 10, 10),
    ("9 khu phố/10 khu phố", "%", 90, 9, 10),
    ("2.450/2.500 hộ", "%", 98, 2450, 2500),
    ("0/9 thôn", "%", 0, 0, 9),
    ("04/09", "thôn", 4, 4, 9),
    ("9/10 KP", "khu phố", 9, 9, 10),
    ("10/10 khu phố, thôn", "thôn, khu phố", 10, 10, 10),
    ("19/19", "tiêu chí", 19, 19, 19),
    ("đạt 19/19 tiêu chí", "tiêu chí", 19, 19, 19),
    # The share and the percentage that it makes.
    ("10/10 khu phố, thôn, đạt 100%", "%", 100, 10, 10),
    ("10/10 = 100%", "%", 100, 10, 10),
    ("100% (10/10 khu phố)", "%", 100, 10, 10),
    ("4/9 thôn (44%)", "%", "44.4", 4, 9),
    ("9/10 khu phố (90%)", "khu phố", 9, 9, 10),
]


@pytest.mark.parametrize(("text", "unit", "value", "part", "whole"), SHARES)
def test_a_stroke_is_a_share_where_the_unit_counts_the_whole(
    text, unit, value, part, whole
):
    figure = read(text, unit)
    assert figure.value == Decimal(str(value))
    assert (figure.numerator, figure.denominator) == (part, whole)
    assert figure.plan is None


def test_a_share_without_its_things_is_asked_about():
    assert read("95/97").settled
    assert "hiểu là phần của tổng số" in read("95/97").notes[0]
    assert not read("95/97 thôn").settled
    assert not read("9/10 = 90%").settled
    assert not read("9/10", "khu phố").settled


def test_a_growth_or_a_mean_is_no_share():
    assert refusal("10/12", plausible=(-60, 200)).kind == "stroke"
    assert refusal("10/12", bare_shares=False).kind == "stroke"
    assert read("10/12 thôn", bare_shares=False).value == Decimal("83.3")


@pytest.mark.parametrize(
    ("decimals", "value"), [(0, 67), (1, "66.7"), (2, "66.67"), (4, "66.6667")]
)
def test_a_share_is_rounded_to_the_indicators_decimals(decimals, value):
    assert read("2/3", "%", decimals).value == Decimal(str(value))


PLANS = [
    ("53,5/52ha", "ha", "53.5", 52),
    ("115/116 ha", "ha", 115, 116),
    ("53,5 ha/52 ha", "ha", "53.5", 52),
    ("2.080/2.000", "tấn", 2080, 2000),
    ("400m/0,5km", "m", 400, 500),
    ("65/60 tạ/ha", "tạ/ha/vụ", 65, 60),
]


@pytest.mark.parametrize(("text", "unit", "value", "plan"), PLANS)
def test_a_stroke_is_actual_and_plan_where_the_unit_is_a_measure(
    text, unit, value, plan
):
    figure = read(text, unit)
    assert (figure.value, figure.plan) == (Decimal(str(value)), plan)
    assert figure.numerator is None


CONVERTED = [
    ("0,4 km", "m", 400),
    ("1.2 km", "m", 1200),
    ("2,3 km dài", "m", 2300),
    ("400m", "km", "0.4"),
    ("2,08 nghìn tấn", "tấn", 2080),
    ("20.800 tạ", "tấn", 2080),
    ("12,5 nghìn con", "con", 12500),
    ("12,5 nghìn", "con", 12500),
    ("1,2 vạn con", "con", 12000),
    ("20.000 m²", "ha", 2),
    ("0,5 km2", "ha", 50),
    ("6,5 tấn/ha/vụ", "tạ/ha/vụ", 65),
    ("6.500 kg/ha/vụ", "tạ/ha/vụ", 65),
    ("52.000.000 đồng/người/năm", INCOME, 52),
    ("1.2 triệu đồng", "đồng", 1200000),
    ("1,2 triệu", "đồng", 1200000),
    ("500 triệu", "tỷ đồng", "0.5"),
    ("1,2 nghìn tỷ", "tỷ đồng", 1200),
    ("12,5‰", "%", "1.25"),
]


@pytest.mark.parametrize(("text", "unit", "value"), CONVERTED)
def test_a_scaled_unit_is_converted_once_and_noted(text, unit, value):
    figure = read(text, unit)
    assert figure.value == Decimal(str(value))
    assert any("đổi từ" in note for note in figure.notes)


SAME_UNIT = [
    ("5.000.000đ", "đồng", 5000000),
    ("75 triệu đồng/ người/năm", INCOME, 75),
    ("52 tr.đ/người/năm", INCOME, 52),
    ("52 trđ/ng/năm", INCOME, 52),
    ("52 triệu VNĐ/người/năm", INCOME, 52),
    ("65 tạ/ ha/ vụ", "tạ/ha/vụ", 65),
    ("5 héc ta", "ha", 5),
    ("2 bác sỹ", "bác sĩ", 2),
    ("5 DN", "doanh nghiệp", 5),
    ("0,34 điểm phần trăm", "điểm %", "0.34"),
    ("0,34 điểm", "điểm %", "0.34"),
    ("5 sào", "sào", 5),
    ("12 tháng", "tháng", 12),
    ("19 chỉ tiêu", "chỉ tiêu", 19),
    ("5,8 DN/1000 dân", "DN/1.000 dân", "5.8"),
]


@pytest.mark.parametrize(("text", "unit", "value"), SAME_UNIT)
def test_a_unit_is_known_by_its_other_spellings(text, unit, value):
    decimals = 1 if "/1.000" in unit else None
    figure = read(text, unit, decimals)
    assert (figure.value, figure.notes) == (Decimal(str(value)), ())


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("52 triệu", INCOME, 52),
        ("52tr", INCOME, 52),
        ("52 tr.đ", INCOME, 52),
        ("52 triệu/người", INCOME, 52),
        ("52 triệu đồng/năm", INCOME, 52),
        ("65 tạ/ha", "tạ/ha/vụ", 65),
        ("2.080tấn/năm", "tấn", 2080),
        ("52 triệu đồng/người/năm", "triệu đồng/năm", 52),
        ("52 triệu đồng/người/năm", "triệu đồng/người", 52),
        ("52 triệu đồng/năm", "triệu đồng/người", 52),
        ("52 triệu/người", "triệu đồng/năm", 52),
        ("480 kg/người/năm", "kg/người", 480),
    ],
)
def test_what_a_unit_leaves_out_is_noted(text, unit, value):
    figure = read(text, unit)
    assert figure.value == value
    assert any("hiểu là" in note for note in figure.notes)


def test_the_unit_of_the_heading_is_converted_unless_the_text_names_one():
    assert read("2,08", "tấn", written_unit="nghìn tấn").value == 2080
    assert read("2,08", "tấn", written_unit="1.000 tấn").value == 2080
    assert read("2.080 tấn", "tấn", written_unit="nghìn tấn").value == 2080
    assert refusal("2.080", "tấn", written_unit="con").kind == "unit"
    assert refusal("5", "%", written_unit="%/năm").kind == "unit"


def test_a_programme_adds_its_units():
    row = {"unit": "gùi", "name_vi": "gùi", "name_en": "baskets", "base": "kg"}
    known = units_with([row | {"factor": "30"}])
    assert known.find("gùi").factor == 30
    assert read("5 baskets", "gùi", units=known).value == 5
    assert standard_units().find("gùi") is None


def test_the_units_of_the_programme_leave_the_standard_ones_as_they_are(raw_units):
    for text, unit, value, *_rest in LEVELS + SHARES + PLANS + CONVERTED + SAME_UNIT:
        decimals = 1 if "/1.000" in unit else None
        figure = read(text, unit, decimals, units=units_with(raw_units))
        assert figure.value == Decimal(str(value))


EVENTS = [
    ("hoàn thành", 1),
    ("Đã hoàn thành.", 1),
    ("đạt", 1),
    ("xong", 1),
    ("hoàn thành 100%", 1),
    ("1", 1),
    ("chưa hoàn thành", 0),
    ("KHÔNG ĐẠT", 0),
    ("chưa thực hiện", 0),
    ("0", 0),
    ("not completed", 0),
]


@pytest.mark.parametrize(("text", "value"), EVENTS)
def test_an_event_is_done_or_not(text, value):
    assert read(text, "event").value == value
    assert read(text, "event").vintage is None


def test_an_event_expected_to_be_done_is_an_estimate():
    figure = read("dự kiến hoàn thành", "event")
    assert (figure.value, figure.vintage) == (1, "estimate")


@pytest.mark.parametrize("text", ["2", "50%", "đang thực hiện", "x", "TRUE", "1/1"])
def test_an_event_is_neither_counted_nor_half_done(text):
    problem = refusal(text, "event")
    assert problem.kind == "event"
    assert "chưa hoàn thành" in problem.write


def test_a_fall_is_a_level_only_where_falls_are_counted():
    assert read("giảm 14 hộ", "hộ", counts_reduction=True).value == 14
    assert refusal("giảm 14 hộ", "hộ").kind == "change"
    assert refusal("giảm 14%", "hộ", counts_reduction=True).kind == "growth"
    assert refusal("giảm 1,41%", counts_reduction=True).kind == "change"
    points = read("giảm 0,34 điểm %", "điểm %", counts_reduction=True)
    assert points.value == Decimal("0.34")


REFUSED = [
    # Ambiguous, never guessed.
    ("ambiguous", "tấn", ["3,098 tấn", "3,098", "2.08", "1.1"]),
    ("ambiguous", "ha", ["1.234 ha", "1.500 - 1.600 ha"]),
    ("slip", "ha", ["4, ha", "4,", "4. ha", "97...", ".5", ",5", "2,"]),
    ("slip", "tấn", ["1.234.5", "12.34.567", "2..080", "012.345", "1234.567"]),
    ("slip", "tấn", ["2.0805", "1,2,3", "1.23,4,5"]),
    ("sign", "%", ["- 0,34", "– 0,34", "–5", "±1"]),
    ("letters", "%", ["l00%", "1OO%", "97,5O%"]),
    ("fraction", "con", ["12,5", "12,5 con", "1,2345 nghìn con"]),
    ("range", "%", ["82 - 80%", "80 - 80%"]),
    ("mangled", "%", ["975", "0,975", "0.975"]),
    ("long", "%", ["97,5%" * 50, "1" * 30]),
    # Not a number.
    ("nil", "tấn", ["-", "–", "--", "- "]),
    ("mark", "tấn", ["x", "X", "✓", "TRUE"]),
    ("ditto", "%", ["nt", "-nt-", '"', "như trên", "không đổi"]),
    ("absent", "hộ", ["không", "chưa có", "N/A", "kxđ", "chưa đánh giá", "không có"]),
    ("absent", "hộ", ["đang thực hiện", "đang cập nhật", "không phát sinh"]),
    ("absent", "%", ["không còn theo dõi", "không còn số liệu", "không còn thống kê"]),
    ("absent", "%", ["không còn áp dụng", "không còn chỉ tiêu này"]),
    ("absent", "hộ", ["không có báo cáo nào", "không có dữ liệu nào"]),
    ("no_number", "%", ["Đạt", "có", "tốt", "%", "hoàn thành"]),
    ("words", "%", ["hai phần ba", "một nửa", "chín mươi", "II"]),
    ("script", "%", ["９７", "٩٧", "½", "97，5"]),
    ("hidden", "%", ["97\u200b,5", "9\u00ad7"]),
    ("formula", "%", ["=A1/B1", "=97,5", "+B2/C2", "@SUM"]),
    ("comparator", "%", ["=> 80%", "=<5"]),
    ("spreadsheet_error", "%", ["#N/A", "#DIV/0!", "#####"]),
    ("exponent", "đồng", ["1e3", "1,2E+03", "5x10^3", "2 x 10"]),
    ("footnote", "tấn", ["2.080*", "2.080 (1)", "2.080 (*)", "2.080¹"]),
    ("parentheses", "tấn", ["(5)", "[5]", "97 (không đổi)"]),
    ("approximate", "%", ["khoảng 97,5%", "≈97", "xấp xỉ 97%", "trên dưới 97%"]),
    # Dates and parts of a year.
    ("date", "tấn", ["10/12/2022", "2022-10-10", "12/2022", "10-12", "10-Oct"]),
    ("date", "tấn", ["04-Thg9", "2023-2024", "năm 2022", "đến 30/6 đạt 80", "T9/2022"]),
    ("period", "%", ["6 tháng: 80%", "Quý IV đạt 80%", "6 tháng đầu năm đạt 80%"]),
    # Two figures in a cell.
    ("two_figures", "%", ["97,5 98", "97; 98", "97 và 98", "5 trên 6", "80\n82"]),
    ("two_figures", "tấn", ["1 234", "2.080 tấn, bằng 103% KH", "KH 2.000, TH 2.080"]),
    ("two_figures", "%", ["9/10 khu phố (100%)", "trên 5/6 thôn", "80 - 82 - 84%"]),
    ("compound", "đồng", ["1 triệu 200 nghìn", "2 tỷ 500 triệu"]),
    # Not a level.
    ("attainment", "%", ["vượt 3,6%", "bằng 103,6% KH", "đạt 128,41%", "vượt 28,41%"]),
    ("attainment", "%", ["đạt 100% kế hoạch", "ước đạt 128,41%", "tăng 3% so dự toán"]),
    ("growth", "%", ["tăng 14,03%", "tăng 14,03% so với cùng kỳ", "bằng 102% cùng kỳ"]),
    ("growth", "tấn", ["tăng 5%", "giảm 2%", "gấp 2 lần", "tăng 5% so với năm 2021"]),
    ("change", "%", ["giảm 1,41%/năm", "giảm 0,5 điểm %", "giảm từ 5% xuống 3%"]),
    ("change", "%", ["tăng lên 97%", "tăng từ 80 lên 82", "+0,34", "0,86%/năm"]),
    ("change", "hộ", ["giảm 14 hộ", "tăng 5 hộ"]),
    ("target", "%", ["phấn đấu 98%", "KH: 98%", "kế hoạch 98"]),
    # Strokes that may mean two things, or nothing.
    ("stroke", "hộ", ["14/20 hộ", "14/20"]),
    ("stroke", "%", ["97,5/97%", "97,5%/97%", "53,5/52 ha", "4/5 nghìn hộ"]),
    ("share", "%", ["12/10", "10/0", "11/10 khu phố"]),
    # Units.
    ("unit", "%", ["2.080 tấn", "0,34 điểm %", "14 hộ"]),
    ("unit", "điểm %", ["0,34%"]),
    ("change", "điểm %", ["0,34 điểm %/năm"]),
    ("unit", "mức độ", ["2 nghìn mức độ", "2 cấp độ"]),
    ("unit", "%", ["2 nghìn %"]),
    ("unclear", "%", ["97,5% số hộ", "khá 97"]),
    ("unit", "tấn", ["97,5%", "5 ha", "2.080 con"]),
    ("unit", INCOME, ["4,3 triệu đồng/người/tháng", "2.100 USD", "52 triệu đồng/hộ"]),
    ("unit", "tạ/ha/vụ", ["65 tạ", "65 tạ/ha/năm"]),
    ("unit", "khu phố", ["4/9 thôn"]),
    ("regional_unit", "ha", ["5 sào", "2 mẫu"]),
    ("regional_unit", "tạ/ha/vụ", ["250 kg/sào"]),
    ("unclear", "tấn", ["2.080 tan", "5-", "2.080 tấn thóc", "khoai 5 tấn", "1,2 quả"]),
    ("event", "event", ["đang làm"]),
]
SINGLY = [(kind, unit, text) for kind, unit, texts in REFUSED for text in texts]


@pytest.mark.parametrize(("kind", "unit", "text"), SINGLY)
def test_a_refusal_names_its_reason_and_what_to_write(kind, unit, text):
    facts = {"plausible": (90, 100)} if kind == "mangled" else {}
    problem = refusal(text, unit, **facts)
    assert problem.kind == kind
    assert problem.why
    assert re.search("ghi|gõ|viết|xem lại", problem.write)
    assert str(problem) == f"{problem.why}: {problem.write}"


def test_every_kind_of_refusal_has_an_example():
    assert {kind for kind, _unit, _text in SINGLY} >= set(REASONS)


@pytest.mark.parametrize(
    ("text", "unit", "decimals", "plausible", "value"),
    [
        ("3,098 tấn", "tấn", 0, (500, 5000), 3098),
        ("2.08", "tấn", 0, (500, 5000), 2080),
        ("1.234 ha", "ha", 1, (0, 100), "1.234"),
        ("1.234 ha", "ha", 1, (100, 5000), 1234),
        ("1.234 km", "m", 0, (0, 10000), 1234),
        ("1 234", "con", 0, (100, 10000), 1234),
    ],
)
def test_the_plausible_range_settles_what_is_ambiguous(
    text, unit, decimals, plausible, value
):
    figure = read(text, unit, decimals, plausible=plausible)
    assert figure.value == Decimal(str(value))
    assert figure.settled
    assert any("khoảng thường gặp" in note for note in figure.notes)


@pytest.mark.parametrize("plausible", [(500, 5000), (5000, 500), (500, None)])
def test_the_ends_of_a_range_may_be_open_or_turned_round(plausible):
    assert read("2.08", "tấn", plausible=plausible).value == 2080


@pytest.mark.parametrize(
    ("text", "value", "part", "whole"),
    [
        ("12/10", 120, 12, 10),
        ("ước 97/95", "102.1", 97, 95),
        ("12/10, đạt 120%", 120, 12, 10),
        ("9/10 người (90%)", 90, 9, 10),
        ("1.500/1.400 kg", "107.1", 1500, 1400),
        ("12/10, đạt 110%", 110, 12, 10),  # what is reported; the rest is asked
        ("đạt 105%", 105, None, None),
    ],
)
def test_a_quota_is_read_with_both_its_sides(text, value, part, whole):
    figure = read(text, quota=True)
    assert figure.value == Decimal(str(value))
    assert (figure.numerator, figure.denominator) == (part, whole)
    assert not figure.settled


@pytest.mark.parametrize("text", ["12/10", "12/10, đạt 110%", "1.500/1.400 kg"])
def test_what_is_no_quota_is_no_more_than_its_whole(text):
    with pytest.raises(FigureProblem):
        read(text)


def test_a_quota_may_be_more_than_reached():
    assert read("đạt 131%", plausible=(0, 200)).value == 131
    assert refusal("đạt 131%", plausible=(0, 100)).kind == "attainment"


@pytest.mark.parametrize("plausible", [(0, 100), (50, 100), None])
@pytest.mark.parametrize("decimals", [0, 1, 2])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("đạt 1.050%", "ambiguous"),  # of the plan, or 1,05
        ("đạt 97.500 phần trăm", "ambiguous"),
        ("ước đạt trên 1.050%", "ambiguous"),
        ("đạt từ 90 đến 1.050%", "ambiguous"),
        ("đạt 1.050,5%", "attainment"),
        ("đạt 1 050%", "attainment"),
        ("đạt 1.050.000%", "attainment"),
        ("đạt từ 90 đến 105%", "attainment"),
    ],
)
def test_what_was_reached_is_no_level_where_a_reading_of_it_is_above_a_hundred(
    text, kind, decimals, plausible
):
    problem = refusal(text, decimals=decimals, plausible=plausible)
    assert problem.kind == kind
    assert kind != "ambiguous" or re.search(
        "hãy ghi .* hoặc (1,05|97,5)$", str(problem)
    )
    assert read("đạt 1,05%", decimals=decimals, plausible=plausible).value == Decimal(
        "1.05"
    )


@pytest.mark.parametrize("typed", ["0,9", "0,8", "1", "0.7"])
def test_what_may_be_all_of_a_whole_is_no_fraction_of_one(typed):
    assert refusal(typed, plausible=(0, 100)).kind == "mangled"
    assert read(f"{typed}%", plausible=(0, 100)).value <= 1
    assert read(typed, plausible=(0, 30)).value <= 1
    assert read(typed, plausible=(-60, 200)).value <= 1


def test_a_percentage_without_decimals_is_not_read_as_thousands():
    assert refusal("1.050%", decimals=0).kind == "ambiguous"
    assert read("97.500%", decimals=0, plausible=(0, 100)).settled


def test_a_range_without_an_upper_end_still_finds_a_lost_mark():
    assert refusal("975", plausible=(50, None)).kind == "mangled"
    assert refusal("đạt 131%", plausible=(0, None)).kind == "attainment"
    assert refusal("2,08 tấn", "tấn", plausible=(500, None)).kind == "mangled"


@pytest.mark.parametrize("plausible", [(0, 5000), (10_000, 20_000), None])
def test_a_range_that_fits_both_or_none_settles_nothing(plausible):
    assert refusal("3,098 tấn", "tấn", plausible=plausible).kind == "ambiguous"


@pytest.mark.parametrize(
    ("text", "unit", "plausible", "write"),
    [
        ("975", "%", (90, 100), "97,5"),
        ("975", "%", None, "97,5"),
        ("0,975", "%", (0, 100), "97,5"),
        ("1", "%", (90, 100), "100,0"),
        ("4632", INCOME, (15, 200), "46,32"),
        ("2,08 tấn", "tấn", (500, 5000), "2.080"),
    ],
)
def test_a_figure_that_lost_its_mark_is_asked_for(text, unit, plausible, write):
    problem = refusal(text, unit, plausible=plausible)
    assert problem.kind == "mangled"
    assert write in problem.write


def test_a_percent_sign_says_that_no_factor_is_missing():
    assert read("0,975%", plausible=(0, 100)).value == Decimal("0.975")


@pytest.mark.parametrize(
    ("text", "unit", "plausible"),
    [
        ("3,098", "tấn", None),
        ("1.234", "ha", None),
        ("2.08", "tấn", None),
        ("2,08", "tấn", (500, 5000)),
        ("0,975", "%", None),
        ("975", "%", (90, 100)),
    ],
)
def test_what_a_refusal_proposes_can_be_read(text, unit, plausible):
    problem = refusal(text, unit, plausible=plausible)
    proposed = re.findall(r"[\d.,]+\d%?", problem.write)
    values = [read(form, unit, plausible=plausible) for form in proposed]
    assert len({figure.value for figure in values}) == 2
    assert not any(figure.settled for figure in values)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "  "])
def test_composition_and_kinds_of_spaces_make_no_difference(form, space):
    texts = [(text, unit) for text, unit, *_ in LEVELS + SHARES + RANGES + PLANS]
    texts += [(text, "%") for text in ESTIMATES]
    for text, unit in texts:
        other = unicodedata.normalize(form, text).replace(" ", space)
        if "²" not in text:
            assert read(other, unit) == read(text, unit)


def test_old_and_new_tones_are_the_same():
    assert read("hoàn thành", "event") == read(
        "hòan thành".replace("òa", "oà"), "event"
    )
    assert read("2 nhà văn hoá", "nhà văn hóa").value == 2
    assert read("2 nhà văn hóa", "nhà văn hoá").value == 2


NUMBER_CELLS = [
    (2080.0, "tấn", (500, 5000), 2080),
    (2.08, "tấn", (500, 5000), 2080),
    (1.1, "con", (100, 10000), 1100),
    (97.5, "%", (0, 100), "97.5"),
    (1.5, "%", (0, 2000), "1.5"),
    (97.49999999999999, "%", (0, 100), "97.5"),
    (0.1 + 0.2, "%", (0, 20), "0.3"),
    (20.5, "ha", (1, 200), "20.5"),
    (20.5, "ha", (1, None), "20.5"),
    (20.5, "ha", (float("nan"), None), "20.5"),
    (46.32, INCOME, (15, 200), "46.32"),
    (1, "event", (0, 1), 1),
    (Decimal("97.5"), "%", None, "97.5"),
]


@pytest.mark.parametrize(("cell", "unit", "plausible", "value"), NUMBER_CELLS)
def test_a_number_cell_is_read(cell, unit, plausible, value):
    decimals = DECIMALS.get(unit, 0)
    figure = number_cell(cell, unit=unit, decimals=decimals, plausible=plausible)
    assert figure.value == Decimal(str(value))
    assert str(figure.value) == str(value)
    assert figure.settled == (figure.value == 1000 * Decimal(str(cell)))


ASKED_CELLS = [
    (2.08, "tấn", None, "number_cell"),
    (2.08, "tấn", (0, 5000), "number_cell"),
    (1.234, "ha", None, "number_cell"),
    (1.1, "ha", (1, 2000), "number_cell"),
    (975, "%", (90, 100), "mangled"),
    (0.975, "%", (90, 100), "mangled"),
    (0.975, "%", (0, 100), "mangled"),
    (0.9, "%", (0, 100), "mangled"),
    (0.5, "%", (40, 120), "mangled"),
    (1, "%", (0, 100), "mangled"),
    (975, "%", (50, None), "mangled"),
    (0.5, "con", None, "fraction"),
    (2, "event", (0, 1), "event"),
    (True, "tấn", None, "number_cell"),
    (float("inf"), "tấn", None, "number_cell"),
    (pd.Timestamp("2022-10-10"), "%", None, "date"),
]


@pytest.mark.parametrize(("cell", "unit", "plausible", "kind"), ASKED_CELLS)
def test_a_number_cell_that_a_spreadsheet_changed_is_asked_for(
    cell, unit, plausible, kind
):
    decimals = DECIMALS.get(unit, 0)
    with pytest.raises(FigureProblem) as caught:
        number_cell(cell, unit=unit, decimals=decimals, plausible=plausible)
    assert caught.value.kind == kind


def test_a_cell_in_the_format_of_percentages():
    facts = {"decimals": 1, "plausible": (0, 100), "percent": True}
    assert number_cell(0.975, unit="%", **facts).value == Decimal("97.5")
    with pytest.raises(FigureProblem, match=r"9\.750%"):
        number_cell(97.5, unit="%", **facts)
    with pytest.raises(FigureProblem, match="định dạng phần trăm"):
        number_cell(0.975, unit="tấn", **facts)


def test_a_percentage_by_another_name_is_a_percentage():
    row = {"unit": "% hộ", "name_vi": "% hộ", "name_en": "% of households"}
    known = units_with([row | {"base": "%", "factor": "1"}])
    facts = {"unit": "% hộ", "decimals": 2, "plausible": (0, 30), "units": known}
    assert number_cell(0.025, percent=True, **facts).value == Decimal("2.5")
    with pytest.raises(FigureProblem) as caught:
        number_cell(0.025, **facts)
    assert caught.value.kind == "mangled"
