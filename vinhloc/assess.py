"""What was reported against what was planned: gap, shortfall, attainment, status.

Pure functions, frames in and frames out. A verdict comes from one comparison
(`annual_status`) after one rounding: both sides half away from zero to the
indicator's decimals, as whole numbers.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vinhloc.figures import from_scaled, to_scaled
from vinhloc.latest import add_latest
from vinhloc.term import term_rows, with_worst_years
from vinhloc.yearly import targets_of_reading, yearly_rows

STATUSES = ("exceeded", "met", "missed", "undecided", "no_data", "not_due")
VERDICTS = ("exceeded", "met", "missed")


def annual_status(frame: pd.DataFrame) -> pd.Series:
    """Compare figures with their bounds: the one comparison that judges.

    Columns: actual, minimum, maximum (same unit; either bound may be missing, both
    equal mean exactly). Returns met, missed or no_data, aligned with the index.
    Without an actual or without any bound: no_data.

    >>> figures = {"actual": [95.9, 96.0, None], "minimum": 96, "maximum": np.nan}
    >>> vl.annual_status(pd.DataFrame(figures)).tolist()
    ['missed', 'met', 'no_data']
    """
    actual, low, high = (
        frame[column].astype(float) for column in ("actual", "minimum", "maximum")
    )
    judged = actual.notna() & (low.notna() | high.notna())
    missed = (actual < low) | (actual > high)
    status = np.select([~judged, missed], ["no_data", "missed"], default="met")
    return pd.Series(status, index=frame.index, dtype="str")


def assess(
    indicators: pd.DataFrame,
    targets: pd.DataFrame,
    current: pd.DataFrame,
    *,
    years: range,
    baseline_year: int,
    breaks: pd.DataFrame,
    reading: str = "main",
) -> pd.DataFrame:
    """Return the assessment: a row per indicator, year of the term and period.

    `current` and `breaks` are of one area only. Added columns, in the unit of the
    row: part (breaks before the row), baseline, baseline_year, target, upper_target,
    comparator, target_basis (stated, term, total, expected), due_year, done_in,
    actual, upper_actual, bound, vintage, as_of, source, conflict, made_up, change
    (on the year before), earlier (the final that was corrected), gap,
    shortfall, attainment (%), cumulative, cumulative_target, complete, status, and
    what `add_latest` adds.
    With reading="other", the source's second figures replace the main ones.
    """
    stated = targets_of_reading(targets, reading)
    rows = yearly_rows(
        indicators,
        stated,
        current,
        years=years,
        baseline_year=baseline_year,
        breaks=breaks,
    )
    rows = add_status(pd.concat([rows, term_rows(rows, stated)], ignore_index=True))
    rows = add_latest(with_worst_years(rows))
    columns = [c for c in rows if c != "undone"]
    return rows.sort_values(["order", "period", "year"], ascending=[True, False, True])[
        columns
    ].reset_index(drop=True)


def add_status(rows: pd.DataFrame) -> pd.DataFrame:
    """Add gap, shortfall, attainment and status to rows with target and actual.

    Needs actual, upper_actual, bound, conflict, target, upper_target, comparator,
    target_basis, period, over_term, unit, direction, decimals, done_in, due_year,
    undone, year.
    """
    decimals = rows["decimals"]
    low, high = _interval(rows)
    minimum, maximum = limits_of(rows)

    def verdict(actual, *, minimum=minimum, maximum=maximum):
        sides = {"actual": actual, "minimum": minimum, "maximum": maximum}
        return annual_status(pd.DataFrame(sides, index=rows.index))

    surely_met = verdict(low).eq("met") & verdict(high).eq("met")
    surely_missed = verdict(high, maximum=np.nan).eq("missed") | verdict(
        low, minimum=np.nan
    ).eq("missed")
    better = _better(rows, low, high)
    event = rows["over_term"] == "once"
    early_or_done = event & (rows["year"] >= rows["done_in"])
    verdict_due = rows["target_basis"].eq("stated") | rows["period"].eq("term")
    not_due = rows["target"].isna() | ~verdict_due
    status = np.select(
        [
            rows["conflict"],
            early_or_done,
            event & (rows["year"] < rows["due_year"]),
            event & rows["undone"] & (rows["year"] >= rows["due_year"]),
            event & rows["due_year"].notna(),
            not_due,
            rows["actual"].isna(),
            surely_met & better,
            surely_met,
            surely_missed,
        ],
        [
            "undecided",
            "met",
            "not_due",
            "missed",
            "no_data",
            "not_due",
            "no_data",
            "exceeded",
            "met",
            "missed",
        ],
        default="undecided",
    )
    exact = rows["bound"].eq("exact")
    scaled = pd.Series(to_scaled(rows["actual"], decimals), rows.index).where(exact)
    target = pd.Series(to_scaled(rows["target"], decimals), rows.index)
    lacking = (minimum - scaled).clip(lower=0).fillna(0)
    surplus = (scaled - maximum).clip(lower=0).fillna(0)
    known = scaled.notna() & target.notna()
    ratio = rows["actual"] / rows["target"].where(rows["target"] != 0) * 100
    upward = rows["direction"].eq("up") & exact
    return rows.assign(
        gap=from_scaled(scaled - target, decimals),
        shortfall=from_scaled((lacking + surplus).where(known), decimals),
        attainment=ratio.where(upward),
        status=pd.Series(status, index=rows.index, dtype="str"),
    )


def _interval(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the scaled ends between which the true figure lies."""
    value = pd.Series(to_scaled(rows["actual"], rows["decimals"]), rows.index)
    upper = pd.Series(to_scaled(rows["upper_actual"], rows["decimals"]), rows.index)
    bound = rows["bound"]
    low = value.mask(bound.eq("upper"), -np.inf).where(value.notna())
    high = value.mask(bound.eq("lower"), np.inf).where(value.notna())
    return low, high.mask(bound.eq("range"), upper)


def limits_of(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the minimum and maximum that targets allow, scaled to whole numbers.

    Needs target, upper_target, comparator, decimals.
    """
    target = pd.Series(to_scaled(rows["target"], rows["decimals"]), rows.index)
    upper = pd.Series(to_scaled(rows["upper_target"], rows["decimals"]), rows.index)
    sign = rows["comparator"]
    minimum = target.where(sign.isin([">=", "=", "between"])).mask(
        sign.eq(">"), target + 1
    )
    maximum = target.where(sign.isin(["<=", "="])).mask(sign.eq("<"), target - 1)
    return minimum, maximum.mask(sign.eq("between"), upper)


def _better(rows: pd.DataFrame, low: pd.Series, high: pd.Series) -> pd.Series:
    """Tell where the figure is strictly better than the target and can be.

    Nothing is better than 100 %, than none, than "exactly" or inside a range.
    """
    sign, target = rows["comparator"], rows["target"]
    scaled = pd.Series(to_scaled(target, rows["decimals"]), rows.index)
    full = rows["unit"].eq("%") & target.ge(100)
    above = sign.isin([">=", ">"]) & (low > scaled) & ~full
    below = sign.isin(["<=", "<"]) & (high < scaled) & target.ne(0)
    return above | below


def is_due(rows: pd.DataFrame) -> pd.Series:
    """Tell which rows have a target that is due by their year.

    By the programme alone: an event done early is met, and yet not due.

    >>> vl.is_due(pd.DataFrame({"due_year": [2023, 2025], "year": 2024})).tolist()
    [True, False]
    """
    return rows["due_year"] <= rows["year"]


def balance(assessment: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Count the statuses: a row per value of `by` (or one row), a column per status.

    >>> rows = pd.DataFrame({"theme": "economy", "status": ["met", "met", "missed"]})
    >>> vl.balance(rows, by="theme").loc["economy"].to_dict()
    {'exceeded': 0, 'met': 2, 'missed': 1, 'undecided': 0, 'no_data': 0, 'not_due': 0}
    """
    groups = assessment[by] if by else pd.Series(0, index=assessment.index)
    counts = pd.crosstab(groups, assessment["status"])
    return counts.reindex(columns=list(STATUSES), fill_value=0)
