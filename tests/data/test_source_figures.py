"""Every figure printed in the source is a target, or has a reason not to be one."""

import hashlib
import math
import tomllib

import pytest

# Shares of a whole: printed as "7/7", a target of 100 %.
SHARES = {"10/10": "model_neighbourhood_rate", "7/7": "village_renaming_rate"}


@pytest.fixture(scope="module")
def printed(raw):
    return raw("source_figures.csv")


@pytest.fixture(scope="module")
def uses(printed):
    """Return a row per use: the printed figure, indicator, year, period, reading."""
    rows = printed[printed["used_by"].ne("")]
    rows = rows.assign(use=rows["used_by"].str.split("; ")).explode("use")
    parts = rows["use"].str.extract(r"^(\w+) (\d{4})( term)?( other)?$")
    assert parts[0].notna().all(), rows[parts[0].isna()]
    return rows.assign(
        indicator=parts[0],
        year=parts[1],
        period=parts[2].map({" term": "term"}).fillna("year"),
        reading=parts[3].map({" other": "other"}).fillna("main"),
    ).reset_index(drop=True)


def test_each_printed_figure_is_either_a_target_or_has_a_reason(printed):
    assert (printed["used_by"].ne("") ^ printed["reason"].ne("")).all()


def test_printed_figures_are_numbered_without_a_gap(printed):
    assert printed["ordinal"].tolist() == [str(n + 1) for n in range(len(printed))]


def test_the_checksum_fits_the_figures_in_their_order(printed, folder):
    stated = tomllib.loads((folder / "programme.toml").read_text("utf-8"))["source"]
    sequence = "\n".join(printed["as_printed"]).encode()
    assert hashlib.sha256(sequence).hexdigest() == stated["sha256"]
    assert len(printed) == stated["figures"]
    assert {place.split(".")[0] for place in printed["locator"]} == {
        *stated["sections"]
    }


def test_the_sections_stand_in_the_order_of_the_document(printed):
    headings = printed.loc[printed["reason"].eq("section_number"), "locator"].tolist()
    assert headings == [
        *("II.1", "II.2", "II.3", "II.3b"),
        *("III.1", "III.1.1", "III.1.2", "III.1.3", "III.1.4", "III.2", "III.3"),
        *("III.3.1", "III.3.2", "III.3.3", "III.3.4", "III.3.5", "III.4", "III.4.1"),
        *("III.4.2", "III.5", "III.6"),
    ]


def test_a_value_is_what_is_printed_read_the_vietnamese_way(printed):
    rows = printed[printed["value"].ne("")]
    read = rows["as_printed"].str.replace(".", "").str.replace(",", ".").map(float)
    assert read.tolist() == rows["value"].map(float).tolist()


def test_only_shares_of_a_whole_have_no_value(printed):
    rows = printed[printed["used_by"].ne("") & printed["value"].eq("")]
    uses = zip(rows["as_printed"], rows["used_by"], strict=True)
    assert {text: use.split()[0] for text, use in uses} == SHARES


def test_every_use_of_a_printed_figure_is_a_target_there_is(uses, raw):
    key = ["indicator", "year", "period", "reading"]
    targets = set(raw("targets.csv")[key].itertuples(index=False, name=None))
    used = set(uses[key].itertuples(index=False, name=None))
    assert used <= targets


def test_every_target_stated_as_a_figure_is_printed_with_that_value(uses, raw):
    key = ["indicator", "year", "period", "reading"]
    targets = raw("targets.csv").query("value_stated == 'figure'")
    units = raw("units.csv").set_index("unit")
    own = raw("indicators.csv").set_index("indicator")["unit"]
    rows = targets.merge(uses, on=key, how="left", suffixes=("", "_printed"))
    assert rows["use"].notna().all(), rows[rows["use"].isna()][key]
    rows = rows[~rows["as_printed"].isin(SHARES)]
    for row in rows.to_dict("records"):
        there, here = units.loc[row["unit"]], units.loc[own[row["indicator"]]]
        assert there["base"] == here["base"], row
        value = float(row["value_printed"]) * float(there["factor"])
        wanted = float(row["value"]) * float(here["factor"])
        assert math.isclose(value, wanted, rel_tol=1e-12), row


def test_a_share_of_a_whole_is_a_hundred_percent(uses, raw):
    targets = raw("targets.csv").set_index(["indicator", "year"])["value"]
    shares = uses[uses["as_printed"].isin(SHARES)]
    assert len(shares) == 2
    for row in shares.to_dict("records"):
        part, whole = map(int, row["as_printed"].split("/"))
        assert float(targets[row["indicator"], row["year"]]) == 100 * part / whole


def test_a_printed_figure_stands_where_its_target_says(uses, raw):
    key = ["indicator", "year", "period", "reading"]
    targets = raw("targets.csv").set_index(key)["locator"]
    for row in uses.to_dict("records"):
        places = targets[tuple(row[part] for part in key)].split("; ")
        own = raw("indicators.csv").set_index("indicator")["locator"][row["indicator"]]
        assert row["locator"] in {*places, *own.split("; ")}, row


def test_a_target_in_words_has_no_figure_of_its_own(uses, raw):
    key = ["indicator", "year", "period", "reading"]
    words = raw("targets.csv").query("value_stated == 'words'")
    assert words.merge(uses, on=key).empty
    assert set(words["value"].map(float)) <= {0, 1, 100}


def test_a_year_that_is_printed_is_a_year_of_the_term(printed, data):
    years = printed.loc[printed["reason"].eq("year"), "value"].map(int)
    assert set(years) <= set(data.programme.years)


def test_every_reason_is_explained_in_the_codebook(printed, folder):
    codebook = (folder / "README.md").read_text("utf-8")
    reasons = set(printed["reason"]) - {""}
    assert {reason for reason in reasons if f"`{reason}`" not in codebook} == set()
