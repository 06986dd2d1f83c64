"""Years ahead of or behind the path that the programme states."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vinhloc.assess import aims, held
from vinhloc.figures import in_steps

ONE_SERIES = ["indicator", "part"]


def add_schedule(assessment: pd.DataFrame) -> pd.DataFrame:
    """Add how many years each figure is ahead of (+) or behind (-) the path.

    The year in which the path had the figure, less the row's year; where the path had
    it more than once, the nearest. The path runs through the stated milestones and
    from the baseline (`last`), or along the planned running total (`sum`).

    Added: schedule (years) and schedule_note, which says why there is none: no_figure,
    no_path, flat, before (worse than where the path begins), beyond (better than where
    it ends); "" otherwise. Needs the columns of `assess`.

    >>> rows = vl.select(vl.add_schedule(data.assess()), indicator="active_enterprises")
    >>> rows["schedule"].round(1).tolist()
    [0.0, 0.1, -0.2, -0.1, -0.4, -0.4]
    """
    value, path = value_and_path(assessment)
    pieces = _pieces(assessment, path)
    rows = assessment[ONE_SERIES].assign(
        row=range(len(assessment)), year=assessment["year"].astype(float), value=value
    )
    pairs = rows[value.notna()].merge(pieces, on=ONE_SERIES, validate="m:m")
    time = _crossing(pairs)
    pairs = pairs.assign(ahead=time - pairs["year"], distance=(time - pairs["year"]))
    pairs["distance"] = pairs["distance"].abs()
    nearest = pairs.dropna(subset="ahead").sort_values("distance", kind="stable")
    nearest = nearest.drop_duplicates("row").set_index("row")["ahead"]
    ends = pairs.groupby("row")[["from_value", "to_value"]].agg(["min", "max"])
    numbers = rows["row"]
    low = numbers.map(ends.min(axis=1)).to_numpy()
    high = numbers.map(ends.max(axis=1)).to_numpy()
    flat = low == high
    ahead = np.where(flat, np.nan, numbers.map(nearest))
    down = assessment["direction"].eq("down").to_numpy()
    worse = np.where(down, value > high, value < low)
    silent = value.isna() & ~assessment["unit"].map(in_steps)
    silent &= assessment["actual"].isna() | assessment["direction"].ne("none")
    note = np.select(
        [silent, np.isnan(low), flat, ~np.isnan(ahead), worse],
        ["no_figure", "no_path", "flat", "", "before"],
        default="beyond",
    )
    return assessment.assign(
        schedule=pd.Series(ahead, assessment.index, dtype=float),
        schedule_note=pd.Series(note, assessment.index, dtype="str"),
    )


def value_and_path(assessment: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the figure and the path of each yearly row; totals for `sum`.

    None of what goes in steps: nothing lies between two grades.
    """
    rows, yearly = assessment, assessment["period"].eq("year")
    level = rows["over_term"].eq("last") & yearly & rows["direction"].ne("none")
    level &= ~rows["unit"].map(in_steps)
    summed = rows["over_term"].eq("sum") & yearly
    exact = rows["actual"].where(level & rows["bound"].eq("exact"))
    total = rows["cumulative"].where(summed & rows["complete"])
    stated = aims(rows).where(rows["target_basis"].eq("stated"))
    path = held(rows, stated.fillna(rows["expected"]).where(level))
    planned = rows.groupby("indicator")["cumulative_target"].transform("count").gt(0)
    plan = rows["cumulative_target"].fillna(0).where(summed & planned)
    return exact.fillna(total), path.fillna(plan)


def _pieces(assessment: pd.DataFrame, path: pd.Series) -> pd.DataFrame:
    """Return the straight pieces of each path: from and to, year and value."""
    points = assessment[[*ONE_SERIES, "year"]].assign(value=path).dropna()
    points = pd.concat([_starts(assessment, points), points])
    points = points.sort_values([*ONE_SERIES, "year"], kind="stable")
    ends = points.groupby(ONE_SERIES, sort=False)[["year", "value"]].shift(-1)
    names = {"year": "from_year", "value": "from_value"}
    pieces = points.rename(columns=names)
    pieces = pieces.assign(to_year=ends["year"], to_value=ends["value"])
    return pieces.dropna().astype({"from_year": float})


def _starts(assessment: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Return where paths begin before the first year: the baseline, a total of none."""
    first = assessment.sort_values("year", kind="stable").drop_duplicates("indicator")
    first = first[first["indicator"].isin(points["indicator"])]
    summed = first["over_term"].eq("sum")
    year = first["baseline_year"].where(~summed, first["year"] - 1)
    starts = first[ONE_SERIES].assign(
        year=year, value=first["baseline"].where(~summed, 0.0)
    )
    return starts[year < first["year"]].dropna()


def _crossing(pairs: pd.DataFrame) -> pd.Series:
    """Return when each piece of a path has the row's value; missing if it never has."""
    begin, end, value = pairs["from_value"], pairs["to_value"], pairs["value"]
    rise = (end - begin).replace(0, np.nan)
    years = pairs["to_year"] - pairs["from_year"]
    time = pairs["from_year"] + years * (value - begin) / rise
    level = pairs["year"].clip(pairs["from_year"], pairs["to_year"])
    inside = (value - begin) * (value - end) <= 0
    return time.fillna(level).where(inside)
