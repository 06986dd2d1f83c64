"""Charts: what is drawn, what is said instead, and labels that cover nothing."""

import contextlib
import itertools
import re
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import matplotlib.colors
import pytest
from sao_mai import HALL

import vinhloc as vl
from vinhloc.show.charts import chart
from vinhloc.show.charts.axes import number_axis
from vinhloc.show.charts.chart import NARROW, WIDE, Chart
from vinhloc.show.statuses import INK, STANDINGS
from vinhloc.show.table import Sentence, in_one_line


@pytest.fixture(scope="module")
def demo():
    return vl.load(Path(__file__).parents[2] / "data" / "raw" / "demo")


@pytest.fixture
def drawn(part):
    """Return a function from an indicator to its path in the test's case."""

    def draw(indicator: str):
        rows = part.own(part.data.assessment)
        return vl.draw_path(vl.select(rows, indicator=indicator))

    return draw


def texts(chart: Chart) -> dict[str, object]:
    """Return the texts beside the points, by what they say."""
    found = [text for axes in chart.axes for text in axes.texts]
    return {text.get_text().replace("\u00a0", " "): text for text in found}


def every_kind(data, rows, year: int) -> list[Chart]:
    """Return a chart of each kind."""
    picked = [*rows["indicator"].unique()[:4]]
    near_poor = vl.select(rows, indicator="near_poor_household_rate")
    return [
        vl.draw_path(near_poor, breaks=data.breaks, year=year),
        vl.draw_steps(vl.select(rows, indicator="field_roads_upgraded"), year=year),
        vl.draw_multiples(rows, picked, year=year),
        vl.draw_year_grid(rows, [*picked, "paved_road_rate"], year=year),
        vl.draw_events(rows, ["house_numbering_done", "street_naming_done"]),
        vl.draw_balance(vl.select(rows, year=year), data.themes),
        vl.draw_coverage(vl.select(rows), data.themes, year=year),
        vl.draw_split(rows, "rice_output", year),
    ]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def letters_of(svg: str) -> tuple[float, float]:
    """Return the width of an SVG and the size of its least letters, in its units."""
    sizes = [float(at) for at in re.findall(r"font-size: ([\d.]+)", svg)]
    assert len(sizes) == svg.count("<text") > 0
    return float(re.search(r'viewBox="\S+ \S+ (\S+)', svg)[1]), min(sizes)


def otherwise(value: object) -> object:
    """Return another value of a setting, as an analyst's matplotlibrc may have."""
    if isinstance(value, bool):
        return not value
    return 2 * value + 1 if isinstance(value, int | float) else value


@pytest.mark.filterwarnings("ignore")
def test_a_chart_is_the_same_whatever_matplotlib_was_told_before(demo):
    rows, year = demo.assessment, 2023

    def pictures() -> list[str]:
        one = vl.select(rows, indicator="rice_output")
        drawn = [
            vl.draw_path(one, breaks=demo.breaks, context=demo.context, year=year),
            *every_kind(demo, rows, year),
        ]
        return [chart.svg() for chart in drawn]

    usual = pictures()
    told = {name: otherwise(value) for name, value in mpl.rcParamsDefault.items()}
    with mpl.rc_context():
        for name, value in told.items():
            with contextlib.suppress(RuntimeError, TypeError, ValueError):
                mpl.rcParams[name] = value
        mpl.rcParams["lines.marker"] = "x"
        mpl.rcParams["font.family"] = "serif"
        own = dict(mpl.rcParams)
        assert pictures() == usual
        assert dict(mpl.rcParams) == own  # an analyst's charts look as before


@pytest.mark.case
def test_one_target_without_any_figure_is_a_sentence_and_not_a_chart(drawn):
    said = drawn("rice_output")
    assert isinstance(said, Sentence)
    assert "từ 2.080 tấn trở lên" in str(said).replace("\u00a0", " ")
    assert "2028" in str(said)


def test_an_event_without_any_figure_is_a_sentence_with_its_year(demo):
    rows = vl.select(demo.assessment, indicator="house_numbering_done")
    said = str(vl.draw_path(rows.assign(actual=None)))
    assert "phải hoàn thành năm 2023" in said


@pytest.mark.case(actuals="indicator, year, value\nclean_water, 2026, 91")
def test_a_chart_has_the_size_of_its_figure_where_no_style_sheet_says_more(drawn):
    chart = drawn("clean_water")
    size = re.match(r'<svg width="(\d+)" height="(\d+)" ', chart.svg()).groups()
    assert [*map(int, size)] == pytest.approx(
        chart.figure.get_size_inches() * 96, abs=1
    )


@pytest.mark.case(
    actuals="""
        indicator,   year, value, bound
        clean_water, 2026, 91,    exact
        clean_water, 2027, 95,    lower
        """
)
def test_a_bound_says_so_and_is_no_dot(drawn):
    chart = drawn("clean_water")
    assert "thực hiện\nhơn 95,0" in texts(chart)
    marks = {line.get_xdata()[0]: line.get_marker() for line in chart.axes[0].lines[2:]}
    assert (marks[2026], marks[2027]) == ("o", "^")


@pytest.mark.case(
    actuals="indicator, year, value, vintage\nclean_water, 2027, 95, {vintage}"
)
@pytest.mark.parametrize(
    ("vintage", "explained"), [("estimate", True), ("final", False)]
)
def test_an_estimate_says_so_beside_its_point(drawn, vintage, explained):
    assert ("thực hiện\nước 95,0" in texts(drawn("clean_water"))) == explained


@pytest.mark.case(
    actuals="indicator, year, value\nclean_water, 2026, 99\nclean_water, 2028, 100"
)
def test_a_share_has_no_axis_above_a_hundred(drawn):
    chart = drawn("clean_water")
    assert chart.axes[0].get_ylim()[1] == 100


@pytest.mark.case(actuals="indicator, year, value\nclean_water, 2028, {value}")
@pytest.mark.parametrize("value", [97.4, 97.5, 97.6])
def test_labels_of_points_close_to_each_other_stay_apart(drawn, value):
    chart = drawn("clean_water")
    boxes = [text.get_window_extent() for text in texts(chart).values()]
    assert len(boxes) >= 2
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("≥ 320,0 (hạn 2025)", "≥_320,0 (hạn_2025)"),
        ("2.236 / ≥ 1.871", "2.236_/_≥_1.871"),
        ("ước 42,15 triệu đồng/năm", "ước_42,15_triệu đồng/năm"),
        ("– / hoàn thành", "–_/_hoàn_thành"),
        ("chưa hoàn thành / –", "chưa hoàn_thành_/_–"),
    ],
)
def test_a_figure_keeps_its_target_year_and_unit_on_its_line(cell, shown):
    kept = str(in_one_line(cell)).replace("\u2060", "")
    assert kept.replace("\u00a0", "_") == shown


def contrast(colour: str, ground: str) -> float:
    """Return the contrast ratio of WCAG 2.2."""

    def light(name: str) -> float:
        parts = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in matplotlib.colors.to_rgb(name)
        )
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), parts, strict=True))

    dark, bright = sorted((light(colour), light(ground)))
    return (bright + 0.05) / (dark + 0.05)


def test_letters_and_lines_of_charts_stand_out_from_what_is_behind():
    for colour in (INK, chart.MUTED, chart.TARGET, chart.ACTUAL, chart.AHEAD):
        assert contrast(colour, "white") >= 4.5
    assert contrast(chart.EXPECTED, "white") >= 3  # a line without letters
    for standing in STANDINGS.values():
        assert contrast(standing.ink, standing.fill) >= 4.5


def test_what_is_counted_in_whole_numbers_has_them_on_its_axis():
    _figure, axes = chart.new_figure(WIDE, 2)
    axes.plot([2020, 2021], [0, 0])
    axes.set_ylim(0, 0.05)
    number_axis(axes, {"decimals": 0})
    assert axes.get_ylim() == (0, 2)


def test_a_series_of_small_multiples_is_not_joined_across_a_break(demo):
    chart = vl.draw_multiples(demo.assessment, ["near_poor_household_rate"])
    lines = [set(line.get_xdata()) for line in chart.axes[0].lines]
    assert not [years for years in lines if {2021, 2022} <= years]
    assert {2021.5} in lines  # the vertical line between


def test_a_small_dip_does_not_fill_its_panel(demo):
    chart = vl.draw_multiples(demo.assessment, ["village_renaming_rate"])
    low, high = chart.axes[0].get_ylim()
    assert high - low > 3


@pytest.mark.case(actuals="indicator, year, value\nhall, 2025, 1", add=HALL)
def test_an_event_that_was_done_before_the_term_stands_in_its_year(part):
    drawn = vl.draw_events(part.own(part.data.assessment), ["hall"])
    assert drawn.alt == "Nhà văn hóa: đến hạn 2027, đã xong 2025"
    assert drawn.axes[0].get_xticks().tolist() == [2025, 2026, 2027, 2028]


def test_the_letters_of_every_kind_of_chart_are_large_enough(demo):
    for drawn in every_kind(demo, demo.assessment, 2023):
        page = str(drawn.html())
        paper, least = letters_of(drawn.svg())
        assert least * 160 / 25.4 * 72 / paper >= 8  # points in Word and PDF
        narrow, least = letters_of(page.partition('<div class="narrow"')[2] or page)
        assert least * 390 / narrow >= 11, drawn.title  # pixels on a phone
        # The least page that shows the wide form: 44 rem less the margins.
        wide, least = letters_of(page.partition("<figcaption>")[2])
        across = 2 if drawn.panels else 1
        assert least * (704 - 32) / across / wide >= 11, drawn.title


def test_a_chart_is_told_once_to_who_cannot_see_it(demo):
    for drawn in every_kind(demo, demo.assessment, 2023):
        page = str(drawn.html())
        assert page.count('role="img"') == page.count("aria-label=") == 1
        drawings = re.findall("<svg ([^>]*)>", page)
        assert len(drawings) >= 2 or drawn.panels
        assert all('aria-hidden="true"' in attributes for attributes in drawings)


def test_the_panels_of_a_page_are_those_of_the_picture(demo):
    picked = [*demo.assessment["indicator"].unique()[:3]]
    drawn = vl.draw_multiples(demo.assessment, picked, year=2023)
    panels = re.findall("<svg .*?</svg>", str(drawn.html()), re.DOTALL)
    assert [plain(panel).count("thực hiện") for panel in panels] == [1, 1, 1]
    for panel in panels:
        ElementTree.fromstring(panel)


def test_made_up_figures_are_marked_once_beside_a_drawing_and_once_in_a_picture(demo):
    words = "SỐ LIỆU MINH HỌA"
    for drawn in every_kind(demo, demo.assessment, 2023):
        page = re.sub("<table.*?</table>", "", str(drawn.html()), flags=re.DOTALL)
        assert re.sub(r'aria-label="[^"]*"', "", page).count(words) == 1
        picture = drawn.svg()
        assert re.sub(r'aria-label="[^"]*"', "", picture).count(words) == 1
        assert drawn.svg() == picture
        top = [float(y) for y in re.findall(r'<text [^>]*y="([\d.]+)"', picture)]
        assert sum(y < 0.2 * 72 for y in top) == 1  # nothing else beside the words
        assert words not in str([text.get_text() for text in drawn.figure.texts])


@pytest.mark.case(
    actuals="""
        indicator,   year, value, vintage
        clean_water, 2026, 91,    final
        clean_water, 2027, 95,    estimate
        """
)
def test_a_mark_says_its_year_its_figure_and_its_source(drawn):
    page = plain(str(drawn("clean_water").html()))
    wide, narrow = re.findall("<svg .*?</svg>", page, re.DOTALL)
    said = re.findall("<title>(.*?)</title>", wide)
    assert said == [
        "2026: mục tiêu ≥ 90,0%",
        "2026: 91,0% (bao-cao)",
        "2027: ước 95,0% (bao-cao)",
        "2028: mục tiêu ≥ 97,5%",
    ]
    assert re.findall("<title>(.*?)</title>", narrow) == said


def test_every_kind_of_chart_says_what_is_pointed_at(demo):
    for drawn in every_kind(demo, demo.assessment, 2023):
        said = re.findall("<title>(.*?)</title>", drawn.svg())
        assert len(said) >= 2, drawn.title
        assert all(re.search(r"\d", text) for text in said)


@pytest.mark.case(actuals="indicator, year, value\nclean_water, 2026, {value}")
@pytest.mark.parametrize(("value", "left_out"), [(91, True), (1, False)])
def test_an_axis_that_does_not_begin_at_nought_says_so(drawn, value, left_out):
    chart = drawn("clean_water")
    low, _high = chart.axes[0].get_ylim()
    assert (low > 0) == left_out
    note = "%; trục không bắt đầu từ 0" if left_out else "%"
    assert note in texts(chart)


def test_the_year_under_review_is_marked(demo):
    rows = vl.select(demo.assessment, indicator="rice_area")
    axes = vl.draw_path(rows, year=2023).axes[0]
    bold = [t.get_text() for t in axes.get_xticklabels() if t.get_weight() != "normal"]
    assert bold == ["2023"]
    assert [tuple(band.get_x() + x for x in (0, 1)) for band in axes.patches] == [
        (2022.5, 2023.5)
    ]


def test_the_narrow_form_has_what_the_wide_one_has(demo):
    rows = vl.select(demo.assessment, indicator="rice_area")
    drawn = vl.draw_path(rows, year=2023)
    said = [
        sorted(text.get_text() for text in drawn.draw(width).axes[0].texts)
        for width in (WIDE, NARROW)
    ]
    assert said[0] == said[1]
