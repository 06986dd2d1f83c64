"""The rows that belong to a year, a theme or an indicator; the part that is a theme's.

What is made from that part cannot read anything else: it is stale only when it changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pandas as pd

from vinhloc.assess import factors_of
from vinhloc.data.actuals import ONE_FIGURE
from vinhloc.data.disk import one_sha
from vinhloc.data.frames import Data

EVERY = ("*", "")  # a row of every indicator


def select(
    assessment: pd.DataFrame,
    *,
    year: int | None = None,
    theme: str | None = None,
    indicator: str | None = None,
    period: str = "year",
) -> pd.DataFrame:
    """Return the rows of the assessment of a year, theme, indicator and period.

    >>> rows = vl.select(data.assessment, year=2023, indicator="grain_output")
    >>> rows[["target", "actual", "status"]].values.tolist()
    [[1871.0, 1928.0, 'exceeded']]
    """
    rows = assessment[assessment["period"] == period]
    for column, wanted in (("year", year), ("theme", theme), ("indicator", indicator)):
        if wanted is not None:
            rows = rows[rows[column] == wanted]
    return rows


def review_year(data: Data, year: int | None = None) -> int:
    """Return the year under review: the one asked for, or the latest with a figure.

    0 and None ask for the latest; without any figure it is the term's first year.
    Raises Fault for a year outside the term.

    >>> vl.review_year(data), vl.review_year(data, 2023)
    (2025, 2023)
    """
    wished = year or data.latest_year or data.programme.first_year
    data.programme.check_year(wished)
    return wished


def issues_of(data: Data, theme: str | None = None) -> pd.DataFrame:
    """Return the faults of the source: all, or those of a theme's indicators.

    >>> vl.issues_of(data, "agriculture")["indicator"].head(2).tolist()
    ['field_roads_upgraded', 'accumulated_farmland']
    """
    if theme is None:
        return data.issues
    own = data.indicators.loc[data.indicators["theme"].eq(theme), "indicator"]
    return data.issues[data.issues["indicator"].isin(own)]


def merge_alike(issues: pd.DataFrame) -> pd.DataFrame:
    """Return the faults of the source with equal ones in one row, and their `count`.

    Needs `locators` and the texts in both languages; the places are joined.
    """
    texts = [column for column in issues if column.endswith(("_vi", "_en"))]
    alike = issues.groupby(texts, sort=False, dropna=False)
    places = alike["locators"].transform(
        lambda cells: "; ".join(dict.fromkeys("; ".join(cells).split("; ")))
    )
    count = alike["locators"].transform("size")
    return issues.assign(locators=places, count=count).drop_duplicates(texts)


def context_of(
    data: Data,
    theme: str | None = None,
    *,
    indicator: str | None = None,
    level: str | None = None,
    year: int | None = None,
) -> pd.DataFrame:
    """Return other areas' figures of the programme's indicators.

    With a year: those that compare with its figures, rates and amounts per head, per
    hectare and the like.

    Without a theme or indicator: those of the programme's own list. `level` keeps
    the areas of one level only (district, province, peer_commune, ...).

    >>> rows = vl.context_of(data, indicator="poor_household_rate", level="province")
    >>> dict(zip(rows["year"], rows["value"]))
    {2022: 6.77, 2025: 0.52}
    """
    wanted = data.indicators
    if indicator:
        wanted = wanted[wanted["indicator"] == indicator]
    else:
        wanted = wanted[wanted["theme"] == theme if theme else wanted["main"]]
    rows = data.context[
        data.context["indicator"].isin(wanted["indicator"])
        & data.context["area"].ne(data.programme.area)
    ]
    if year is not None:
        comparable = rows["unit"].eq("%") | rows["unit"].str.contains("/")
        rows = rows[rows["year"].eq(year) & comparable]
    if level is None:
        return rows
    areas = data.tables["areas.csv"]
    return rows[rows["area"].isin(areas.loc[areas["level"] == level, "area"])]


def breaks_of(
    data: Data, indicator: str | None = None, *, theme: str | None = None
) -> pd.DataFrame:
    """Return the breaks in the own area's series: of an indicator, a theme, or all.

    >>> vl.breaks_of(data, "poor_household_rate")[["indicator", "year"]].values.tolist()
    [['*', 2019], ['*', 2025], ['poor_household_rate', 2022]]
    """
    breaks, names = data.own_breaks, data.indicators
    if indicator is not None:
        names = names[names["indicator"] == indicator]
    if theme is not None:
        names = names[names["theme"] == theme]
    return breaks[breaks["indicator"].isin(["*", *names["indicator"]])]


def sources_of(data: Data, *shown: pd.DataFrame) -> list[str]:
    """Return the documents behind the frames that a page shows.

    Needs the column `source` in each. The programme's own document comes first.

    >>> vl.sources_of(data, vl.select(data.assessment, year=2024))
    ['ctr-76-2020', 'demo-2024-12', 'demo-2025-03']
    """
    named = pd.concat([frame["source"].astype(object) for frame in shown])
    found = named.replace("", pd.NA).dropna().unique()
    own = data.programme.document
    return [own, *sorted(source for source in found if source != own)]


def seen_from(assessment: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the assessment as it stands in a year: no figure is missing from later.

    >>> rows = pd.DataFrame({"year": [2023, 2025], "status": "no_data"})
    >>> vl.seen_from(rows, 2024)["status"].tolist()
    ['no_data', 'not_due']
    """
    later = assessment["year"].gt(year) & assessment["status"].eq("no_data")
    return assessment.assign(status=assessment["status"].mask(later, "not_due"))


def revised_figures(data: Data) -> pd.DataFrame:
    """Return the final figures given more than once: corrections and conflicts.

    >>> rows = vl.revised_figures(data)
    >>> rows.loc[rows["indicator"].eq("standard_housing_rate"), "value"].tolist()
    [88.0, 87.6]
    """
    rows = data.actuals[data.actuals["vintage"] == "final"]
    rows = rows[rows.groupby(ONE_FIGURE)["value"].transform("nunique").gt(1)]
    return rows.sort_values([*ONE_FIGURE, "as_of"], kind="stable")


def clashing_context(data: Data) -> pd.DataFrame:
    """Return the context figures on which sources disagree, all of each.

    >>> rows = vl.clashing_context(data)
    >>> rows.loc[rows["indicator"].eq("grain_output"), "value"].tolist()
    [1610000.0, 1611000.0]
    """
    values = data.context.groupby(ONE_FIGURE)["value"].transform("nunique")
    return data.context[values > 1]


def theme_part(data: Data, theme: str) -> Data:
    """Return the data with the rows of a theme's indicators, and what they refer to.

    Kept are the indicators that the theme's identities name, rows of every indicator
    (`*`) and the sources in use. Of the whole programme stay its latest year and the
    largest revision of an estimate. Raises Fault for an unknown theme.
    """
    data.check_known("theme", [theme])
    names = _names_of(data.tables["indicators.csv"], theme)
    tables = {
        name: _own(_own(table, names), names, key="used_by")
        for name, table in data.tables.items()
        if name != "layouts.csv"  # of what comes in, not of what is shown
    }
    actuals, context = _own(data.actuals, names), _own(data.context, names)
    own = data.own_breaks
    frames = [actuals, context, tables["choices.csv"], _own(own, names)]
    used = {data.programme.document, *pd.concat([f["source"] for f in frames])}
    for name in ("targets.csv", "earlier_targets.csv"):
        used |= set(tables[name]["document"])
    used |= set(tables["units.csv"]["source"])
    sources = tables["sources.csv"]
    tables["sources.csv"] = sources[sources["source"].isin(used)]
    part = replace(data, tables=tables, actuals=actuals, context=context, sha="")
    for key, found in data.derive().kept.items():
        is_frame = isinstance(found, pd.DataFrame)
        part.kept[key] = _renumbered(found, names) if is_frame else found
    return part


def _names_of(indicators: pd.DataFrame, theme: str) -> set[str]:
    """Return the indicators of a theme and those that their figures are tied to."""
    own = indicators[indicators["theme"] == theme]
    names = {*own["indicator"], *own["change_of"]} - {""}
    return names.union(*map(factors_of, filter(None, own["identity"])))


def _renumbered(rows: pd.DataFrame, names: set[str]) -> pd.DataFrame:
    return _own(rows, names).reset_index(drop=True)


def _own(rows: pd.DataFrame, names: set[str], key: str = "indicator") -> pd.DataFrame:
    if key not in rows:
        return rows
    return rows[rows[key].isin(names) | rows[key].isin(EVERY)]


def content_sha(data: Data) -> str:
    """Return one hash of all that a programme's data (or a part of them) hold."""
    frames = {**data.tables, "actuals": data.actuals, "context": data.context}
    shas = {name: _frame_sha(frame) for name, frame in frames.items()}
    facts = [str(data.programme), str(data.as_of), data.largest_revision]
    return one_sha([facts, shas])


def _frame_sha(frame: pd.DataFrame) -> str:
    rows = pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes()
    columns = list(frame.dtypes.astype(str).items())
    return one_sha([columns, hashlib.sha256(rows).hexdigest()])
