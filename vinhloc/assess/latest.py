"""What is known beside a row's own figure: the latest before it, the years it lacks."""

from __future__ import annotations

import pandas as pd

from vinhloc.assess.yearly import ALL_YEARS

LATEST = {
    "actual": "latest",
    "upper_actual": "latest_upper",
    "bound": "latest_bound",
    "vintage": "latest_vintage",
    "year": "latest_year",
}


def add_latest(rows: pd.DataFrame) -> pd.DataFrame:
    """Add what was last known where a row has no figure, and the years that lack one.

    Needs the rows of `assess`, those of each indicator's years in their order. Added:
    latest, latest_upper, latest_bound, latest_vintage (of the latest figure up to the
    row's year, in the unit), latest_year, and lacking_years ("2022, 2025": in the
    term's rows, the years without a figure that the term is judged by).
    """
    years = rows[rows["period"].eq("year")]
    known = years[list(LATEST)].where(years["actual"].notna())
    known = known.groupby(years["indicator"], sort=False).ffill()
    ends = known.groupby(years["indicator"], sort=False).tail(1)
    ends = ends.set_axis(years.loc[ends.index, "indicator"])
    silent, term = rows["actual"].isna(), rows["period"].eq("term")
    found = {}
    for column, name in LATEST.items():
        whole = rows["indicator"].map(ends[column]).astype(known[column].dtype)
        found[name] = known[column].reindex(rows.index).where(~term, whole)
        found[name] = found[name].where(silent)
    return rows.assign(**found, lacking_years=_lacking_years(rows))


def _lacking_years(rows: pd.DataFrame) -> pd.Series:
    """Return the years whose figure the term's rows lack, as text; "" elsewhere."""
    years, term = rows["period"].eq("year"), rows["period"].eq("term")
    summed = rows["over_term"].isin(ALL_YEARS)
    asked = rows["target_basis"].isin(["stated", "total"]) & summed
    empty = rows["actual"].isna() & ~rows["conflict"]
    lacking = rows[years & asked & empty]
    whole = lacking.groupby("indicator")["year"].agg(lambda at: ", ".join(map(str, at)))
    own = rows["due_year"].where(empty & rows["due_year"].notna())
    own = own.map(lambda year: f"{year:.0f}", na_action="ignore").astype(object)
    text = rows["indicator"].map(whole).astype(object).where(summed, own)
    judged = term & rows["target"].notna()
    return text.where(judged & text.notna(), "").astype("str")
