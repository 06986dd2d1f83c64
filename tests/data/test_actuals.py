"""What was reported or published: whose it is, from where, how certain."""

import re

import pytest

# Bounds as their sources word them: hơn, trên / gần, dưới, moins de.
BOUNDS = """
    indicator,              area,           year, value, bound
    budget_revenue,         tinh-thanh-hoa, 2024, 56000, lower
    budget_revenue,         xa-tay-do,      2025, 197,   lower
    budget_revenue,         xa-vinh-loc,    2025, 510,   upper
    budget_vs_estimate_pct, xa-vinh-loc,    2025, 131,   lower
    grain_output,           xa-tay-do,      2025, 24000, upper
    gross_product,          xa-vinh-loc,    2025, 2124,  lower
    income_per_capita,      xa-tay-do,      2025, 70,    upper
    income_per_capita,      xa-vinh-loc,    2025, 68,    lower
    poor_household_rate,    huyen-vinh-loc, 2019, 4.2,   upper
    """
# Where published sources contradict each other, both stay.
CONFLICTS = """
    indicator,      area,             year, value
    population,     thi-tran-vinh-loc, 2022, 7597
    population,     thi-tran-vinh-loc, 2022, 10235
    budget_revenue, tinh-thanh-hoa,    2024, 54341
    budget_revenue, tinh-thanh-hoa,    2024, 56000
    targets_met,    huyen-vinh-loc,    2022, 26
    targets_met,    huyen-vinh-loc,    2022, 24
    """


def keyed(rows, columns) -> set:
    return set(rows[columns].itertuples(index=False, name=None))


def test_every_actual_is_the_towns_own_and_of_an_indicator(data):
    assert set(data.actuals["area"]) == {"thi-tran-vinh-loc"}
    assert set(data.actuals["indicator"]) <= set(data.indicators["indicator"])


def test_no_context_figure_stands_in_for_an_actual_of_the_town(data):
    own = data.context[data.context["area"] == data.programme.area]
    assert not set(own["indicator"]) & set(data.indicators["indicator"])
    assert len(own) > 0


def test_the_towns_actuals_are_the_stars_of_2020_and_the_street_names(data):
    assert keyed(data.current, ["indicator", "year", "value"]) == {
        ("ocop_che_lam_stars", 2020, 3),
        ("ocop_ruou_sam_bao_stars", 2020, 3),
        ("street_naming_done", 2022, 1),
    }


def test_every_figure_and_every_break_has_a_source_that_exists(data):
    sources = set(data.sources["source"])
    assert set(data.actuals["source"]) <= sources
    assert set(data.context["source"]) <= sources
    assert set(data.breaks["source"]) - {""} <= sources


def test_a_break_without_a_source_names_the_document_that_made_it(data):
    for row in data.breaks.query("source == ''").to_dict("records"):
        for lang in ("vi", "en"):
            assert re.search(r"\d+/\d{4}/NĐ-CP", row[f"reason_{lang}"]), row


def test_every_source_is_used_and_can_be_found(data, raw):
    used = {*data.actuals["source"], *data.context["source"], *data.breaks["source"]}
    sources = raw("sources.csv")
    assert set(sources["source"]) - used <= {data.programme.document}
    published = sources[sources["source"].ne(data.programme.document)]
    assert published["address"].str.match(r"https?://\S+$").all()
    assert published["publisher"].ne("").all()


def test_a_context_figure_has_the_unit_of_the_indicator_it_stands_beside(data):
    own = data.indicators.set_index("indicator")["unit"]
    around = data.context[data.context["indicator"].isin(own.index)]
    other = around[around["unit"] != around["indicator"].map(own)]
    assert keyed(other, ["indicator", "area", "unit"]) == set()


def test_bounds_are_kept_as_they_were_published(data, frame):
    columns = ["indicator", "area", "year", "value", "bound"]
    bounds = data.context[data.context["bound"] != "exact"]
    assert keyed(bounds, columns) == keyed(frame(BOUNDS), columns)


def test_income_of_the_new_commune_cannot_be_judged_against_75(data, judge_bound):
    (income,) = data.context.query(
        "indicator == 'income_per_capita' and area == 'xa-vinh-loc'"
    )["value"]
    assert judge_bound(income) == "undecided"


@pytest.fixture
def judge_bound(data):
    """Return a function that judges a lower bound as if it were the town's."""
    import pandas as pd

    from vinhloc.assess.assessment import assess

    def judged(value):
        figure = {
            "indicator": "income_per_capita",
            "year": 2025,
            "value": value,
            "upper_value": float("nan"),
            "bound": "lower",
            "vintage": "final",
            "as_of": pd.Timestamp("2025-12-26"),
            "source": "s",
            "conflict": False,
            "made_up": False,
        }
        rows = assess(
            data.indicators,
            data.tables["targets.csv"],
            pd.DataFrame([figure]),
            years=data.programme.years,
            baseline_year=data.programme.baseline_year,
            breaks=data.own_breaks,
        )
        own = rows.query("indicator == 'income_per_capita' and period == 'term'")
        return own["status"].item()

    return judged


def test_conflicting_sources_are_all_kept(data, frame):
    columns = ["indicator", "area", "year", "value"]
    assert keyed(frame(CONFLICTS), columns) <= keyed(data.context, columns)


def test_a_conflict_of_income_is_told_in_the_note(data):
    (note,) = data.context.query(
        "indicator == 'income_per_capita' and area == 'huyen-vinh-loc' and year == 2019"
    )["note"]
    assert "42,83" in note


def test_the_mergers_and_the_new_poverty_line_are_breaks(data):
    assert {
        ("*", 2019),
        ("*", 2025),
        ("poor_household_rate", 2022),
        ("near_poor_household_rate", 2022),
    } <= keyed(data.breaks, ["indicator", "year"])


def test_no_figure_is_older_than_the_day_it_was_published(data, raw):
    published = raw("sources.csv").set_index("source")["published"]
    for rows in (data.actuals, data.context):
        days = rows["as_of"].dt.strftime("%Y-%m-%d")
        for day, source in zip(days, rows["source"], strict=True):
            assert day >= published[source], source


def test_names_of_a_measure_are_the_same_everywhere(data):
    names = data.context.groupby("indicator")[["name_vi", "name_en", "unit"]]
    assert names.nunique().eq(1).all(axis=None)


def test_the_programmes_data_raise_no_question(data):
    assert data.questions["text"].tolist() == []
