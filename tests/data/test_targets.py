"""The programme as it was written down: indicators, targets, arithmetic, issues."""

import re
import tomllib
import unicodedata

import pytest

THEMES = [
    "agriculture",
    "economy",
    "social_welfare",
    "culture",
    "urban_environment",
    "security",
]


@pytest.fixture(scope="module")
def indicators(raw):
    return raw("indicators.csv").set_index("indicator", drop=False)


@pytest.fixture(scope="module")
def targets(raw):
    rows = raw("targets.csv")
    return rows.assign(value=rows["value"].map(float))


def steps(targets, indicator) -> dict:
    """Return an indicator's yearly targets, main reading."""
    rows = targets.query(
        "indicator == @indicator and period == 'year' and reading == 'main'"
    )
    return dict(zip(rows["year"].map(int), rows["value"], strict=True))


def whole(targets, indicator) -> float:
    """Return an indicator's target for the term."""
    (value,) = targets.query("indicator == @indicator and period == 'term'")["value"]
    return value


def test_the_themes_are_the_six_of_the_programme(raw, indicators):
    themes = raw("themes.csv")
    assert themes["theme"].tolist() == THEMES
    assert themes["order"].tolist() == list("123456")
    assert set(indicators["theme"]) == set(THEMES)


def test_every_target_has_a_unit_a_comparator_and_a_locator(targets, indicators, raw):
    units = set(raw("units.csv")["unit"])
    assert set(targets["indicator"].map(indicators["unit"])) <= units
    assert set(targets["comparator"]) <= {">=", ">", "<=", "<", "=", "between"}
    assert targets["locator"].str.fullmatch(r"(I|II|III)\.[\d.]+b?/\d+(; .+)?").all()
    assert set(targets["document"]) == {"ctr-76-2020"}


def test_every_indicator_has_a_target_and_every_target_an_indicator(
    targets, indicators
):
    assert set(targets["indicator"]) == set(indicators.index)


def test_an_indicator_is_main_when_section_two_lists_it(indicators):
    listed = indicators["locator"].str.contains(r"(?:^|; )II\.", regex=True)
    assert (indicators["main"].eq("true") == listed).all()


def test_a_target_is_marked_by_section_two_only_for_main_indicators(
    targets, indicators
):
    listed = targets[targets["locator"].str.contains(r"(?:^|; )II\.", regex=True)]
    assert set(listed["indicator"]) <= set(indicators.query("main == 'true'").index)


def test_slugs_are_ascii_and_names_are_unique_in_both_languages(indicators):
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", slug) for slug in indicators.index)
    for column in ("name_vi", "name_en", "order"):
        assert indicators[column].is_unique, column


def test_the_comparator_follows_the_direction(targets, indicators):
    direction = targets["indicator"].map(indicators["direction"])
    allowed = {"up": {">=", ">"}, "down": {"<=", "<", "="}}
    for row, way in zip(targets.to_dict("records"), direction, strict=True):
        assert row["comparator"] in allowed[way], row


def test_a_target_lies_in_the_plausible_range_of_its_indicator(targets, indicators):
    ranges = indicators[["plausible_low", "plausible_high"]].astype(float)
    own = targets[~targets["period"].eq("term")].join(ranges, on="indicator")
    assert own["value"].between(own["plausible_low"], own["plausible_high"]).all()


def test_an_event_is_done_or_not(targets, indicators):
    events = indicators.query("unit == 'event'").index
    assert set(indicators.query("over_term == 'once'").index) <= set(events)
    own = targets[targets["indicator"].isin(events)]
    assert set(own["value"]) == {1}
    once = indicators.query("over_term == 'once'").index
    assert targets[targets["indicator"].isin(once)]["indicator"].is_unique


def test_what_must_hold_every_year_has_a_target_for_every_year(
    targets, indicators, data
):
    for indicator in indicators.query("over_term == 'every_year'").index:
        assert list(steps(targets, indicator)) == list(data.programme.years), indicator


def test_a_mean_or_growth_over_the_term_is_stated_for_the_term(targets, indicators):
    wanted = indicators.query("over_term in ('mean', 'growth')").index
    own = targets[targets["indicator"].isin(wanted)]
    assert own["period"].tolist() == ["term"] * len(wanted)


def test_no_department_is_named_as_if_the_source_had_named_it(indicators):
    assert set(indicators["department_basis"]) == {"suggested"}


def test_every_place_where_work_is_planned_is_written_down(targets):
    land = targets.query("indicator == 'accumulated_farmland' and period == 'year'")
    roads = targets.query("indicator == 'field_roads_upgraded' and period == 'year'")
    assert land["place"].ne("").all()
    assert roads["place"].ne("").all()


@pytest.mark.parametrize(
    ("crop", "area", "crop_yield", "output"),
    [("rice", 320, 65, 2080), ("maize", 20.5, 50, 102.5)],
)
def test_area_times_yield_is_the_output_that_is_printed(
    targets, indicators, crop, area, crop_yield, output
):
    names = [f"{crop}_area", f"{crop}_yield", f"{crop}_output"]
    assert [steps(targets, name)[2025] for name in names] == [area, crop_yield, output]
    assert area * crop_yield / 10 == output
    identity = indicators.loc[f"{crop}_output", "identity"]
    assert identity == f"{crop}_output = {crop}_area * {crop}_yield / 10"


def test_the_steps_of_land_add_up_to_fifteen_hectares(targets):
    land = steps(targets, "accumulated_farmland")
    assert land == {2020: 2, 2021: 2.5, 2022: 1, 2023: 4, 2024: 4.5, 2025: 1}
    assert sum(land.values()) == whole(targets, "accumulated_farmland") == 15


def test_the_canals_add_up_and_the_field_roads_do_not(targets, raw):
    assert sum(steps(targets, "canals_upgraded").values()) == 1000
    assert whole(targets, "canals_upgraded") == 1000
    assert sum(steps(targets, "field_roads_upgraded").values()) == 2100
    assert whole(targets, "field_roads_upgraded") == 2300
    issues = raw("source_issues.csv").query("indicator == 'field_roads_upgraded'")
    (fault,) = issues["fault_vi"]
    assert "2,3 km" in fault
    assert "2,1 km" in fault


def test_a_second_reading_differs_and_is_a_recorded_issue(targets, raw):
    key = ["indicator", "year", "period"]
    pairs = targets.query("reading == 'other'").merge(
        targets.query("reading == 'main'"), on=key, suffixes=("", "_main")
    )
    assert len(pairs) == len(targets.query("reading == 'other'")) > 0
    assert pairs["value"].ne(pairs["value_main"]).all()
    issues = raw("source_issues.csv")
    told = {place for cell in issues["locators"] for place in cell.split("; ")}
    for row in pairs.to_dict("records"):
        assert {*row["locator"].split("; ")} <= told, row


def test_at_least_fifteen_issues_are_told_in_full_in_both_languages(raw):
    issues = raw("source_issues.csv")
    assert len(issues) >= 15
    assert issues["issue"].is_unique
    for part in ("fault", "treatment", "effect"):
        vi, en = issues[f"{part}_vi"].str.strip(), issues[f"{part}_en"].str.strip()
        assert vi.str.len().gt(10).all(), part
        assert en.str.len().gt(10).all(), part
        assert vi.ne(en).all(), part


def test_an_issue_names_places_that_exist(raw, targets, indicators):
    printed = raw("source_figures.csv")["locator"]
    places = {*printed, *(p.split("/")[0] for p in printed)}
    for locators in (*targets["locator"], *indicators["locator"]):
        places |= {*locators.split("; ")}
    sections = {place.split("/")[0] for place in places}
    for named in raw("source_issues.csv")["locators"].str.split("; ").explode():
        # A paragraph without a figure is known by its section only.
        assert named in places or named.split("/")[0] in sections, named


def test_every_year_that_was_not_printed_is_a_recorded_issue(targets, raw):
    guessed = targets.query("year_stated == 'false'")
    issues = raw("source_issues.csv")
    told = {place for cell in issues["locators"] for place in cell.split("; ")}
    for row in guessed.to_dict("records"):
        assert told & {*row["locator"].split("; ")}, row


def test_the_programme_is_that_of_the_town(folder, raw):
    stated = tomllib.loads((folder / "programme.toml").read_text("utf-8"))
    assert stated["number"] == "76/CTr-UBND"
    assert stated["date"].isoformat() == "2020-05-29"
    assert (stated["first_year"], stated["last_year"]) == (2020, 2025)
    assert stated["made_up"] is False
    areas = set(raw("areas.csv")["area"])
    assert {stated["area"], stated["successor_area"]} <= areas
    assert stated["document"] in set(raw("sources.csv")["source"])
    assert stated["collating_department"] in set(raw("departments.csv")["department"])


def test_every_file_is_utf8_in_composed_form_with_line_feeds(folder):
    files = [p for p in folder.rglob("*") if p.suffix in {".csv", ".toml", ".md"}]
    assert len(files) > 15
    for path in files:
        text = path.read_bytes().decode("utf-8")
        assert unicodedata.is_normalized("NFC", text), path.name
        assert "\r" not in text, path.name
        assert "\u00a0" not in text, path.name


def test_units_convert_to_a_base_that_is_its_own(raw):
    units = raw("units.csv").set_index("unit")
    bases = units.loc[units["base"].unique()]
    assert (bases["base"] == bases.index).all()
    assert (bases["factor"].map(float) == 1).all()
    assert float(units.loc["km", "factor"]) == 1000
