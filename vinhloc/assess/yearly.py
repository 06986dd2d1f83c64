"""What each year is judged by: the rows that `assess` gives a status.

One row per indicator and year; targets as the programme states them, the reported
figures, running totals, and the path that only we interpolate.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vinhloc.assess.verdicts import aims
from vinhloc.figures import EVENT_UNIT, in_steps, is_missing

TARGET = ["comparator", "target", "upper_target", "tolerance", "target_locator"]
TARGET += ["place", "due"]
ACTUAL = [
    "actual",
    "upper_actual",
    "bound",
    "vintage",
    "as_of",
    "source",
    "conflict",
    "earlier",
    "inferred",
    "inferred_en",
    "computed",
    "made_up",
]

FLAGS = ("conflict", "computed", "made_up")

# What holds for each year alike, and what the term is judged by all its years for.
EACH_YEAR = ["mean", "growth", "every_year"]
ALL_YEARS = ["sum", *EACH_YEAR]
JULY = 7


def yearly_rows(
    indicators: pd.DataFrame,
    stated: pd.DataFrame,
    current: pd.DataFrame,
    *,
    years: range,
    baseline_year: int,
    breaks: pd.DataFrame,
) -> pd.DataFrame:
    """Return a row per indicator and year of the term, ready to be judged.

    `stated` comes from `targets_of_reading`; `current` holds one area's figures and
    `breaks` (indicator or *, year, month) the breaks in that area's series.
    """
    rows = _grid(indicators, years)
    rows = _add_year_targets(rows, stated)
    rows = _add_actuals(rows, current)
    rows = _add_expected(rows, current, baseline_year, breaks)
    rows = _add_running_totals(rows)
    return _add_change(_add_once(rows, current))


def targets_of_reading(targets: pd.DataFrame, reading: str) -> pd.DataFrame:
    """Return the targets of a reading; the main one where there is no other."""
    key = ["indicator", "year", "period"]
    chosen = targets.sort_values("reading", key=lambda s: s == reading, kind="stable")
    chosen = chosen.drop_duplicates(key, keep="last")
    chosen = chosen[chosen["reading"].isin(["main", reading])]
    names = {
        "value": "target",
        "upper_value": "upper_target",
        "locator": "target_locator",
    }
    chosen = chosen.rename(columns=names)
    return chosen.reindex(columns=[*key, *TARGET])


def _grid(indicators: pd.DataFrame, years: range) -> pd.DataFrame:
    rows = indicators.drop(columns="row", errors="ignore")
    rows = rows.merge(pd.DataFrame({"year": list(years)}), how="cross")
    return rows.assign(period="year")


def _add_year_targets(rows: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    """Give each year the figure that the programme states for it.

    A mean, a growth rate or what must hold every year is stated for each year alike,
    a level at the end of the term or an event by then for its last year. A total of
    the term is no year's target: its years have the basis "total".
    """
    key = ["indicator", "year", "period"]
    rows = rows.merge(stated, on=key, how="left", validate="1:1")
    term = stated[stated["period"] == "term"].set_index("indicator")[TARGET]
    handed = rows["over_term"].isin(EACH_YEAR)
    at_the_end = rows["over_term"].isin(["last", "once"])
    handed |= at_the_end & rows["year"].eq(rows["year"].max())
    handed &= rows["target"].isna()
    for column in TARGET:
        same = rows["indicator"].map(term[column])
        rows[column] = rows[column].where(~handed, same)
    total = rows["over_term"].eq("sum") & rows["indicator"].isin(term.index)
    basis = np.where(total, "total", None)
    basis = np.where(rows["target"].notna(), "stated", basis)
    return rows.assign(target_basis=pd.Series(basis, dtype="str"))


def _add_actuals(rows: pd.DataFrame, current: pd.DataFrame) -> pd.DataFrame:
    key = ["indicator", "year"]
    rows = rows.merge(_as_actual(current), on=key, how="left", validate="1:1")
    return rows.assign(**{flag: rows[flag].eq(True) for flag in FLAGS})


def _as_actual(current: pd.DataFrame) -> pd.DataFrame:
    names = {"value": "actual", "upper_value": "upper_actual"}
    return current.rename(columns=names).reindex(columns=["indicator", "year", *ACTUAL])


def parts_of(rows: pd.DataFrame, breaks: pd.DataFrame) -> pd.Series:
    """Return how many breaks of its series lie before each row's figure.

    A figure stands for the middle of its year: a break from July on parts it from the
    next year only.
    """
    count = pd.Series(0, index=rows.index)
    for row in breaks.to_dict("records"):
        first = row["year"] + (not is_missing(row["month"]) and row["month"] >= JULY)
        own = rows["indicator"].eq(row["indicator"]) | (row["indicator"] == "*")
        count += own & rows["year"].ge(first)
    return count


def held(rows: pd.DataFrame, path: pd.Series) -> pd.Series:
    """Return a path that no milestone leads back from a better baseline.

    Not where a milestone of the baseline year begins it. Needs indicator, year,
    direction, target_basis, baseline, baseline_year.
    """
    base, down = rows["baseline"], rows["direction"].eq("down")
    first = rows["year"].eq(rows["baseline_year"]) & rows["target_basis"].eq("stated")
    from_baseline = ~rows["indicator"].isin(rows.loc[first, "indicator"])
    back = np.where(down, path > base, path < base) & rows["direction"].ne("none")
    return path.mask(from_baseline & back, base)


def _add_expected(
    rows: pd.DataFrame,
    current: pd.DataFrame,
    baseline_year: int,
    breaks: pd.DataFrame,
) -> pd.DataFrame:
    """Fill the years of a `last` indicator between two known points.

    The path is straight between the milestones that the programme states (of a span:
    what must at least be reached), starting from the baseline's actual; who is already
    better than a milestone is not led back down (`held`). It never crosses a break,
    is never judged, and there is none between ranks, grades and events. Added: part
    (breaks before the row), baseline (unless a break lies between), baseline_year,
    expected.
    """
    part = parts_of(rows, breaks)
    by = [rows["indicator"], part]
    level = rows["over_term"].eq("last")
    exact = current[current["year"].eq(baseline_year) & current["bound"].eq("exact")]
    start = rows["indicator"].map(exact.set_index("indicator")["value"])
    unbroken = part.eq(parts_of(rows.assign(year=baseline_year), breaks))
    start = start.where(level & unbroken)
    rows = rows.assign(part=part, baseline=start, baseline_year=baseline_year)
    smooth = level & ~rows["unit"].map(in_steps)
    stated = held(rows, aims(rows).where(smooth))
    known = stated.fillna(start.where(rows["year"].eq(baseline_year)))
    points = pd.DataFrame(
        {"value": known, "year": rows["year"].where(known.notna()).astype(float)}
    )
    before = points.groupby(by, sort=False).ffill()
    if baseline_year < rows["year"].min():
        first = before["value"].isna() & start.notna()
        before = before.assign(
            value=before["value"].fillna(start),
            year=before["year"].mask(first, baseline_year),
        )
    ahead = points.assign(value=stated, year=rows["year"].where(stated.notna()))
    after = ahead.groupby(by, sort=False).bfill()
    span = (after["year"] - before["year"]).replace(0, np.nan)
    share = (rows["year"] - before["year"]) / span
    change = after["value"] - before["value"]
    backwards = np.where(rows["direction"].eq("down"), change > 0, change < 0)
    change = change.mask(backwards & rows["direction"].ne("none"), 0)
    path = before["value"] + change * share
    path = path.where(smooth & rows["target"].isna())
    return _add_due(rows.assign(expected=path))


def _add_due(rows: pd.DataFrame) -> pd.DataFrame:
    """Fill the years without a target of their own and add `due_year`.

    With the next target that is due (of an event: its only one), its basis "term".
    """
    by, event = rows["indicator"], rows["over_term"].eq("once")
    ahead = rows["over_term"].isin(["last", "once"]) & rows["target"].isna()
    own = pd.Series(rows.index, rows.index, dtype=float).where(rows["target"].notna())
    at = own.groupby(by, sort=False).bfill()
    at = at.mask(event & at.isna(), own.groupby(by, sort=False).ffill())
    due = rows[TARGET].assign(due_year=rows["year"].where(own.notna()).astype(float))
    filled = due.reindex(at).set_axis(rows.index).where(ahead, due)
    basis = rows["target_basis"].mask(ahead & filled["target"].notna(), "term")
    return rows.assign(**filled, target_basis=basis)


def _add_running_totals(rows: pd.DataFrame) -> pd.DataFrame:
    """Add cumulative, cumulative_target and `complete` for `sum` indicators.

    `complete` is False as soon as a year up to this one has no exact figure: the
    running total then is what is known so far.
    """
    summed = rows["over_term"] == "sum"
    by = rows["indicator"]
    step, done = rows["target"].where(summed), rows["actual"].where(summed)
    reported = (summed & done.notna()).groupby(by, sort=False).cummax()
    planned = (summed & step.notna()).groupby(by, sort=False).cummax()
    gap = (done.isna() | rows["bound"].ne("exact")) & summed
    return rows.assign(
        cumulative=done.fillna(0).groupby(by, sort=False).cumsum().where(reported),
        cumulative_target=step.fillna(0)
        .groupby(by, sort=False)
        .cumsum()
        .where(planned),
        complete=~gap.groupby(by, sort=False).cummax(),
    )


def _add_change(rows: pd.DataFrame) -> pd.DataFrame:
    """Add `change`: on the figure of the year before, in the unit; never over a break.

    Only between exact figures, and not for events.
    """
    exact = rows["actual"].where(rows["bound"].eq("exact"))
    exact = exact.where(rows["over_term"].ne("once") & rows["unit"].ne(EVENT_UNIT))
    before = exact.groupby([rows["indicator"], rows["part"]], sort=False).shift()
    return rows.assign(change=exact - before)


def _add_once(rows: pd.DataFrame, current: pd.DataFrame) -> pd.DataFrame:
    """Carry an event that is done through the years that follow.

    Added for the rules: done_in (first year reported as done, also before the term)
    and undone (a year's own figure, a later one, or one of the year that it was due in
    or after says that it was not yet done).
    """
    event = rows["over_term"] == "once"
    by = rows["indicator"]
    done_year = rows["year"].where(event & rows["actual"].ge(1)).astype(float)
    done_in = done_year.groupby(by, sort=False).transform("min")
    before = current[current["year"].lt(rows["year"].min()) & current["value"].ge(1)]
    before = _as_actual(before.sort_values("year").drop_duplicates("indicator"))
    before = before.set_index("indicator").reindex(by).set_axis(rows.index)
    done_in = before["year"].astype(float).where(event).fillna(done_in)
    since = event & (rows["year"] >= done_in)
    filled = {
        column: rows[column]
        .where(~event | rows["actual"].ge(1))
        .groupby(by, sort=False)
        .ffill()
        .fillna(before[column])
        .where(since, rows[column])
        for column in ACTUAL
    }
    denied = event & rows["actual"].lt(1)
    later = denied[::-1].groupby(by[::-1], sort=False).cummax()[::-1]
    late = denied & (rows["year"] >= rows["due_year"])
    late = late.groupby(by, sort=False).cummax()
    undone = event & ~since & (later | late | done_in.notna())
    rows = rows.assign(**filled, done_in=done_in, undone=undone)
    return rows.assign(**{flag: rows[flag].eq(True) for flag in FLAGS})
