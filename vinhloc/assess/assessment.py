"""What was reported against what was planned: gap, shortfall, attainment, status.

Pure functions, frames in and frames out. A verdict comes from one comparison
(`annual_status`, `compare` of verdicts.py) after one rounding: both sides half away
from zero to the indicator's decimals, as whole numbers.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vinhloc.assess.latest import add_latest
from vinhloc.assess.term import term_rows, with_worst_years
from vinhloc.assess.verdicts import (
    MET,
    MISSED,
    NO_DATA,
    NOT_DUE,
    STATUSES,
    UNDECIDED,
    Limits,
    compare,
    judge,
    opened,
)
from vinhloc.assess.yearly import targets_of_reading, yearly_rows
from vinhloc.figures import to_scaled

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
    columns = ["actual", "minimum", "maximum"]
    actual, *bounds = (frame[column].to_numpy(float) for column in columns)
    status = compare(actual, actual, *opened(*bounds))
    return _named(np.where(status == UNDECIDED, NO_DATA, status), frame.index)


def _named(codes: np.ndarray, index: pd.Index) -> pd.Series:
    return pd.Series(np.array(STATUSES)[codes], index=index, dtype="str")


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
    tolerance, comparator, target_basis (stated, term, total), due_year, due (as
    printed, where finer than a year), expected (on our path), done_in, actual,
    upper_actual, bound, vintage, as_of, source, conflict, inferred, made_up, change
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
    rows = _add_status(pd.concat([rows, term_rows(rows, stated)], ignore_index=True))
    rows = add_latest(with_worst_years(rows))
    columns = [c for c in rows if c != "undone"]
    return rows.sort_values(["order", "period", "year"], ascending=[True, False, True])[
        columns
    ].reset_index(drop=True)


def _add_status(rows: pd.DataFrame) -> pd.DataFrame:
    """Add gap, shortfall, attainment and status to rows with target and actual.

    Needs actual, upper_actual, bound, conflict, target, upper_target, tolerance,
    comparator, target_basis, period, over_term, unit, direction, decimals, done_in,
    due_year, undone, year.
    """
    exact = rows["actual"].where(rows["bound"].eq("exact")).to_numpy(float)
    judged = judge(exact, _ends(rows), Limits.of(rows))
    event, due = rows["over_term"].eq("once"), rows["year"] >= rows["due_year"]
    verdict_due = rows["target_basis"].eq("stated") | rows["period"].eq("term")
    asked = rows["target"].notna()
    status = np.select(
        [
            rows["conflict"] & asked & np.where(event, due, verdict_due),
            event & rows["due_year"].notna() & (rows["year"] >= rows["done_in"]),
            event & (rows["year"] < rows["due_year"]),
            event & rows["undone"] & due,
            event & rows["due_year"].notna(),
            ~verdict_due,
        ],
        [UNDECIDED, MET, NOT_DUE, MISSED, NO_DATA, NOT_DUE],
        default=judged["status"],
    )
    return rows.assign(**judged | {"status": _named(status, rows.index)})


def _ends(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the scaled ends between which the true figure lies."""
    value = pd.Series(to_scaled(rows["actual"], rows["decimals"]), rows.index)
    upper = pd.Series(to_scaled(rows["upper_actual"], rows["decimals"]), rows.index)
    bound = rows["bound"]
    low = value.mask(bound.eq("upper"), -np.inf).where(value.notna())
    high = value.mask(bound.eq("lower"), np.inf).where(value.notna())
    return low.to_numpy(), high.mask(bound.eq("range"), upper).to_numpy()


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
