"""The rows that belong to a year, a theme or an indicator."""

from __future__ import annotations

import pandas as pd

from vinhloc.data import Data
from vinhloc.language import _


def select(
    assessment: pd.DataFrame,
    *,
    year: int | None = None,
    theme: str | None = None,
    indicator: str | None = None,
    period: str = "year",
) -> pd.DataFrame:
    """Return the rows of the assessment of a year, theme, indicator and period."""
    rows = assessment[assessment["period"] == period]
    for column, wanted in (("year", year), ("theme", theme), ("indicator", indicator)):
        if wanted is not None:
            rows = rows[rows[column] == wanted]
    return rows


def review_year(data: Data, year: int | None = None) -> int:
    """Return the year under review: the one asked for, or the latest with a figure.

    0 and None ask for the latest; without any figure it is the term's first year.
    Raises ValueError for a year outside the term.
    """
    years = data.programme.years
    wished = year or data.latest_year or years[0]
    if wished not in years:
        raise ValueError(
            _(
                "năm {year} nằm ngoài nhiệm kỳ {first}-{last}",
                year=wished,
                first=years[0],
                last=years[-1],
            )
        )
    return wished


def issues_of(data: Data, theme: str | None = None) -> pd.DataFrame:
    """Return the faults of the source: all, or those of a theme's indicators."""
    if theme is None:
        return data.issues
    own = data.indicators.loc[data.indicators["theme"].eq(theme), "indicator"]
    return data.issues[data.issues["indicator"].isin(own)]


def context_of(
    data: Data,
    theme: str | None = None,
    *,
    indicator: str | None = None,
    level: str | None = None,
) -> pd.DataFrame:
    """Return other areas' figures of the programme's indicators.

    Without a theme or indicator: those of the programme's own list. `level` keeps
    the areas of one level only (district, province, peer_commune, ...).
    """
    wanted = data.indicators
    if indicator:
        wanted = wanted[wanted["indicator"] == indicator]
    elif theme:
        wanted = wanted[wanted["theme"] == theme]
    else:
        wanted = wanted[wanted["main"]]
    rows = data.context[
        data.context["indicator"].isin(wanted["indicator"])
        & data.context["area"].ne(data.programme.area)
    ]
    if level is None:
        return rows
    areas = data.tables["areas.csv"]
    return rows[rows["area"].isin(areas.loc[areas["level"] == level, "area"])]


def breaks_of(
    data: Data, indicator: str | None = None, *, theme: str | None = None
) -> pd.DataFrame:
    """Return the breaks in the own area's series: of an indicator, a theme, or all."""
    breaks, names = data.own_breaks, data.indicators
    if indicator is not None:
        names = names[names["indicator"] == indicator]
    if theme is not None:
        names = names[names["theme"] == theme]
    return breaks[breaks["indicator"].isin(["*", *names["indicator"]])]


def sources_of(data: Data, *shown: pd.DataFrame) -> list[str]:
    """Return the documents behind the frames that a page shows.

    Needs the column `source` in each. The programme's own document comes first.
    """
    named = pd.concat([frame["source"].astype(object) for frame in shown])
    found = named.replace("", pd.NA).dropna().unique()
    own = data.programme.document
    return [own, *sorted(source for source in found if source != own)]


def seen_from(assessment: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the assessment as it stands in a year: no figure is missing from later."""
    later = assessment["year"].gt(year) & assessment["status"].eq("no_data")
    return assessment.assign(status=assessment["status"].mask(later, "not_due"))


def revised_figures(data: Data) -> pd.DataFrame:
    """Return the final figures given more than once: corrections and conflicts."""
    key = ["indicator", "area", "year"]
    rows = data.actuals[data.actuals["vintage"] == "final"]
    rows = rows[rows.groupby(key)["value"].transform("nunique").gt(1)]
    return rows.sort_values([*key, "as_of"], kind="stable")


def clashing_context(data: Data) -> pd.DataFrame:
    """Return the context figures on which sources disagree, all of each."""
    key = ["indicator", "area", "year"]
    values = data.context.groupby(key)["value"].transform("nunique")
    return data.context[values > 1]
