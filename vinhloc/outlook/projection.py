"""Where the figures so far lead: a reference, never a verdict."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vinhloc.outlook.pace import ends_of, reached
from vinhloc.outlook.schedule import ONE_SERIES, value_and_path

# From so many figures on a slope is given, and from so many a range: on three, the
# nominal range of 95 % holds two times in three only.
FIGURES_FOR_SLOPE, FIGURES_FOR_RANGE = 3, 4
# Of the nominal 95 % range of the slope; with it the range holds the later figure at
# least four times in five on each set of real series (docs/methods/projection.md).
WIDENING = 2.1
# It does so up to two years ahead, and on six figures at most.
MOST_AHEAD, MOST_FIGURES = 2, 6


def add_projection(assessment: pd.DataFrame) -> pd.DataFrame:
    """Add where the figures so far lead by the year of the last target.

    Theil-Sen: the median of the slopes between all pairs of figures, from the medians
    of years and figures on. Only the last MOST_FIGURES exact figures up to the row's
    year count, none from beyond a break. Added, in the row's unit: trend (a year; from
    three figures on), projection with projection_low and projection_high (from four
    on, MOST_AHEAD years ahead at most; a range that holds four times in five), and
    outlook: reached, likely (the whole range meets the target), unlikely (none of it
    does), open, or missing. Needs the columns of `add_pace`. A reference, not a
    forecast of the office.

    >>> rows = vl.select(data.assessment, indicator="health_insurance_rate")
    >>> vl.add_projection(rows).set_index("year").loc[2024, "outlook"]
    'open'
    """
    value, _path = value_and_path(assessment)
    exact = value.where(assessment["over_term"].eq("last"))
    columns = ["trend", "projection", "projection_low", "projection_high"]
    found = pd.DataFrame(np.nan, assessment.index, columns)
    known = assessment[exact.notna()].sort_values("year", kind="stable")
    for _series, rows in known.groupby(ONE_SERIES, sort=False):
        years, values = rows["year"].to_numpy(float), exact[rows.index].to_numpy()
        for count in range(FIGURES_FOR_SLOPE, len(rows) + 1):
            at, end = rows.index[count - 1], rows["end_year"].iloc[count - 1]
            used = slice(max(0, count - MOST_FIGURES), count)
            found.loc[at] = theil_sen(years[used], values[used], end)
    low, high = _natural_limits(assessment)
    near = assessment["end_year"] - assessment["year"] <= MOST_AHEAD
    for column in columns[1:]:
        found[column] = found[column].clip(low, high).where(near)
    rows = assessment.assign(**found)
    return rows.assign(outlook=_outlook(rows, exact))


def theil_sen(years: np.ndarray, values: np.ndarray, at: float) -> tuple[float, ...]:
    """Return slope, and value, low and high end in the year `at`, of a Theil-Sen line.

    The range is that of the slope (Sen 1968, nominal 95 %), widened; below four
    figures, value and range are missing, and so they are for a year not ahead.
    """
    from scipy.stats import theilslopes

    slope, _intercept, low, high = theilslopes(values, years, alpha=0.95)
    ahead = at - np.median(years)
    if len(values) < FIGURES_FOR_RANGE or not at > years[-1]:
        return slope, np.nan, np.nan, np.nan
    middle = np.median(values) + slope * ahead
    least = middle - WIDENING * (slope - low) * ahead
    return slope, middle, least, middle + WIDENING * (high - slope) * ahead


def _natural_limits(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return 0 for what is never negative, and 100 for what is never above 100 %."""
    low = pd.Series(-np.inf, rows.index).mask(rows["plausible_low"] >= 0, 0.0)
    share = rows["unit"].eq("%") & (rows["plausible_high"] <= 100)
    return low, pd.Series(np.inf, rows.index).mask(share, 100.0)


def _outlook(rows: pd.DataFrame, exact: pd.Series) -> pd.Series:
    """Return what the range says of the last target of the term."""
    end = ends_of(rows)
    known = rows["projection"].notna()
    low, high = (
        reached(rows, rows[f"projection_{side}"], end) for side in ("low", "high")
    )
    word = np.select(
        [reached(rows, exact, end), known & low & high, known & ~(low | high), known],
        ["reached", "likely", "unlikely", "open"],
        default="",
    )
    return pd.Series(word, rows.index, dtype="str").replace("", None)
