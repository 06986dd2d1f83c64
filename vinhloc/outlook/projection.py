"""What comes next: years ahead of or behind the path, pace, projection.

All three read the assessment and add columns to it. Only what the programme states
gives a verdict; these say how far from schedule a target is and where it is heading.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vinhloc.assess import annual_status, held, limits_of
from vinhloc.figures import to_scaled

ON_PATH = ("stated", "expected")
ONE_SERIES = ["indicator", "part"]
# From so many figures on a slope is given, and from so many a range: on three, the
# nominal range of 95 % holds two times in three only.
FIGURES_FOR_SLOPE, FIGURES_FOR_RANGE = 3, 4
# Of the nominal 95 % range of the slope; with it the range holds the later figure at
# least four times in five on each set of real series (docs/methods/projection.md).
WIDENING = 2.1
# It does so up to two years ahead, and on six figures at most.
MOST_AHEAD, MOST_FIGURES = 2, 6


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
    value, path = _value_and_path(assessment)
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
    note = np.select(
        [value.isna(), np.isnan(low), flat, ~np.isnan(ahead), worse],
        ["no_figure", "no_path", "flat", "", "before"],
        default="beyond",
    )
    return assessment.assign(
        schedule=pd.Series(ahead, assessment.index, dtype=float),
        schedule_note=pd.Series(note, assessment.index, dtype="str"),
    )


def _value_and_path(assessment: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the figure and the path of each yearly row; totals for `sum`."""
    rows, yearly = assessment, assessment["period"].eq("year")
    level = rows["over_term"].eq("last") & yearly & rows["direction"].ne("none")
    summed = rows["over_term"].eq("sum") & yearly
    exact = rows["actual"].where(level & rows["bound"].eq("exact"))
    total = rows["cumulative"].where(summed & rows["complete"])
    stated = rows["target_basis"].isin(ON_PATH) & rows["comparator"].ne("between")
    path = held(rows, rows["target"].where(level & stated))
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


def add_pace(assessment: pd.DataFrame) -> pd.DataFrame:
    """Add the change per year so far, the one still needed, and their ratio.

    Added, in the row's unit a year: observed_change (since the baseline), and
    required_change (from now to the last target of the term); pace is their ratio,
    below 0 where the figure moves away from the target. progress is the share of the
    way from the baseline to that target (%). end_value and end_year are that target.
    Missing without a baseline, at the baseline, at the end, and where the target is
    reached already. A running total starts from none before the first year.

    >>> rows = vl.select(vl.add_pace(data.assess()), indicator="active_enterprises")
    >>> columns = ["year", "actual", "observed_change", "required_change"]
    >>> rows.loc[rows["year"].eq(2024), columns].values.tolist()
    [[2024.0, 76.0, 2.5, 4.0]]
    """
    rows = assessment
    value, _path = _value_and_path(rows)
    end = _ends(rows)
    summed = rows["over_term"].eq("sum")
    first = rows.groupby("indicator")["year"].transform("min")
    start = rows["baseline"].where(~summed, 0.0)
    began = rows["baseline_year"].where(~summed, first - 1)
    since = (rows["year"] - began).where(lambda years: years > 0)
    left = (end["end_year"] - rows["year"]).where(lambda years: years > 0)
    observed = (value - start) / since
    required = ((end["end_value"] - value) / left).mask(_reached(rows, value, end), 0)
    whole = end["end_value"] - start
    forward = np.where(rows["direction"].eq("down"), whole < 0, whole > 0)
    whole = whole.where(forward)
    return rows.assign(
        **end[["end_value", "end_year"]],
        progress=100 * (value - start) / whole,
        observed_change=observed,
        required_change=required.where(left.notna()),
        pace=observed / required.where(required != 0),
    )


def _ends(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the last target of each indicator: value, year, comparator."""
    yearly = rows["period"].eq("year")
    total = ~yearly & rows["over_term"].eq("sum")
    level = yearly & rows["over_term"].eq("last") & rows["comparator"].ne("between")
    stated = level & rows["target_basis"].eq("stated")
    last = rows[(total | stated) & rows["target"].notna()]
    last = last.sort_values("year", kind="stable")
    last = last.drop_duplicates("indicator", keep="last").set_index("indicator")
    names = {"end_value": "target", "end_year": "year", "end_sign": "comparator"}
    name = rows["indicator"].where(yearly)
    return pd.DataFrame({new: name.map(last[old]) for new, old in names.items()})


def _reached(rows: pd.DataFrame, value: pd.Series, end: pd.DataFrame) -> pd.Series:
    """Tell where a value satisfies the last target of the term."""
    minimum, maximum = limits_of(
        pd.DataFrame(
            {
                "target": end["end_value"],
                "upper_target": np.nan,
                "comparator": end["end_sign"],
                "decimals": rows["decimals"],
            }
        )
    )
    actual = pd.Series(to_scaled(value, rows["decimals"]), rows.index)
    sides = {"actual": actual, "minimum": minimum, "maximum": maximum}
    return annual_status(pd.DataFrame(sides)).eq("met")


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
    value, _path = _value_and_path(assessment)
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
    end = _ends(rows)
    known = rows["projection"].notna()
    low, high = (
        _reached(rows, rows[f"projection_{side}"], end) for side in ("low", "high")
    )
    word = np.select(
        [_reached(rows, exact, end), known & low & high, known & ~(low | high), known],
        ["reached", "likely", "unlikely", "open"],
        default="",
    )
    return pd.Series(word, rows.index, dtype="str").replace("", None)
