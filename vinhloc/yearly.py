"""What each year and the term are judged by: the rows that `assess` gives a status.

One row per indicator and year, and one for the term; targets as the programme states
them, the reported figures, running totals, and the path that only we interpolate.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

TARGET = ["comparator", "target", "upper_target", "target_locator", "place"]
ACTUAL = [
    "actual",
    "upper_actual",
    "bound",
    "vintage",
    "as_of",
    "source",
    "conflict",
    "made_up",
]


def yearly_rows(
    indicators: pd.DataFrame,
    stated: pd.DataFrame,
    current: pd.DataFrame,
    *,
    years: range,
    baseline_year: int,
) -> pd.DataFrame:
    """Return a row per indicator and year of the term, ready to be judged.

    `stated` comes from `targetstargets_of_reading`; `current` holds one area's figures.
    """
    rows = _grid(indicators, years)
    rows = _add_year_targets(rows, stated)
    rows = _add_actuals(rows, current)
    rows = _add_expected(rows, baseline_year)
    rows = _add_running_totals(rows)
    return _add_once(rows)


def targets_of_reading(targets: pd.DataFrame, reading: str) -> pd.DataFrame:
    """Return the targets of a reading; the main one where there is no other."""
    key = ["indicator", "year", "period"]
    chosen = targets.sort_values("reading", key=lambda s: s == reading)
    chosen = chosen.drop_duplicates(key, keep="last")
    chosen = chosen[chosen["reading"].isin(["main", reading])]
    names = {
        "value": "target",
        "upper_value": "upper_target",
        "locator": "target_locator",
    }
    return chosen.rename(columns=names)[[*key, *TARGET]]


def _grid(indicators: pd.DataFrame, years: range) -> pd.DataFrame:
    rows = indicators.drop(columns="row", errors="ignore")
    rows = rows.merge(pd.DataFrame({"year": list(years)}), how="cross")
    return rows.assign(period="year")


def _add_year_targets(rows: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    """Give each year the figure that the programme states for it.

    A mean or a growth rate over the term is stated for each year alike.
    """
    key = ["indicator", "year", "period"]
    rows = rows.merge(stated, on=key, how="left", validate="1:1")
    term = stated[stated["period"] == "term"].set_index("indicator")[TARGET]
    each_year = rows["over_term"].isin(["mean", "growth"]) & rows["target"].isna()
    for column in TARGET:
        same = rows["indicator"].map(term[column])
        rows[column] = rows[column].where(~each_year, same)
    basis = np.where(rows["target"].notna(), "stated", None)
    return rows.assign(target_basis=pd.Series(basis, dtype="str"))


def _add_actuals(rows: pd.DataFrame, current: pd.DataFrame) -> pd.DataFrame:
    names = {"value": "actual", "upper_value": "upper_actual"}
    figures = current.rename(columns=names)[["indicator", "year", *ACTUAL]]
    rows = rows.merge(figures, on=["indicator", "year"], how="left", validate="1:1")
    flags = {column: rows[column].eq(True) for column in ("conflict", "made_up")}
    return rows.assign(**flags)


def _add_expected(rows: pd.DataFrame, baseline_year: int) -> pd.DataFrame:
    """Fill the years of a `last` indicator between two known points.

    The path is straight between the milestones that the programme states, starting
    from the baseline's actual; where there is no baseline, the end's target stands
    with the basis "term". Both are never judged.
    """
    level = rows["over_term"] == "last"
    exact = rows["bound"] == "exact"
    start = rows["actual"].where(level & exact & rows["year"].eq(baseline_year))
    known = rows["target"].where(level & rows["comparator"].ne("between")).fillna(start)
    points = pd.DataFrame(
        {"value": known, "year": rows["year"].where(known.notna()).astype(float)}
    )
    groups = points.groupby(rows["indicator"], sort=False)
    before, after = groups.ffill(), groups.bfill()
    span = (after["year"] - before["year"]).replace(0, np.nan)
    share = (rows["year"] - before["year"]) / span
    path = (before["value"] + (after["value"] - before["value"]) * share).fillna(known)
    open_year = level & rows["target"].isna()
    has_path = open_year & path.notna()
    return _add_due(rows, path.where(has_path))


def _add_due(rows: pd.DataFrame, path: pd.Series) -> pd.DataFrame:
    """Fill the years without a target of their own and add `due_year`.

    A path stands with the basis "expected"; elsewhere the next target that is due (of
    an event: its only one) stands with the basis "term".
    """
    by, event = rows["indicator"], rows["over_term"].eq("once")
    waiting = rows["target"].isna() & path.isna()
    ahead = rows["over_term"].isin(["last", "once"]) & waiting
    due = rows[["target", "comparator", "target_locator", "place"]].assign(
        due_year=rows["year"].where(rows["target"].notna()).astype(float)
    )
    following = due.groupby(by, sort=False).bfill()
    followed = due.groupby(by, sort=False).ffill()
    following = following.where(~event | following["due_year"].notna(), followed)
    filled = due.where(~(ahead | path.notna()), following)
    stated = rows["target_basis"].eq("stated")
    basis = rows["target_basis"].mask(path.notna(), "expected")
    basis = basis.mask(ahead & filled["target"].notna(), "term")
    return rows.assign(
        target=filled["target"].where(path.isna(), path),
        comparator=filled["comparator"],
        target_locator=filled["target_locator"],
        place=rows["place"].where(stated, filled["place"]),
        target_basis=basis,
        due_year=filled["due_year"],
    )


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


def _add_once(rows: pd.DataFrame) -> pd.DataFrame:
    """Carry an event that is done through the years that follow.

    Added for the rules: done_in (first year reported as done) and undone (a year's
    own figure, or a later one, says that it was not yet done).
    """
    event = rows["over_term"] == "once"
    by = rows["indicator"]
    done_year = rows["year"].where(event & rows["actual"].ge(1)).astype(float)
    done_in = done_year.groupby(by, sort=False).transform("min")
    since = event & (rows["year"] >= done_in)
    filled = {
        column: rows[column]
        .where(~event | rows["actual"].ge(1))
        .groupby(by, sort=False)
        .ffill()
        .where(since, rows[column])
        for column in ACTUAL
    }
    denied = event & rows["actual"].lt(1)
    later = denied[::-1].groupby(by[::-1], sort=False).cummax()[::-1]
    undone = event & ~since & (later | done_in.notna())
    rows = rows.assign(**filled, done_in=done_in, undone=undone)
    return rows.assign(
        conflict=rows["conflict"].eq(True), made_up=rows["made_up"].eq(True)
    )


def term_rows(rows: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    """Return a row per indicator for the term as a whole, in the term's last year."""
    last = _last_rows(rows).assign(period="term", year=rows["year"].max())
    blank = last["over_term"].isin(["sum", "mean", "growth", "every_year"])
    of_term = stated[stated["period"] == "term"].set_index("indicator")
    for column in TARGET:
        whole = last["indicator"].map(of_term[column])
        own = last[column].where(~last["over_term"].eq("sum"))
        last[column] = whole.where(last["indicator"].isin(of_term.index), own)
    actual, bound = _term_actuals(rows, last)
    last = last.assign(
        actual=last["actual"].mask(blank, actual),
        upper_actual=last["upper_actual"].mask(blank),
        bound=last["bound"].mask(blank, bound),
        target_basis=last["target"].notna().map({True: "term", False: None}),
        conflict=last["conflict"] & ~blank,
        made_up=last["indicator"].map(rows.groupby("indicator")["made_up"].any()),
    )
    for column in ("vintage", "as_of", "source"):
        last[column] = last[column].mask(blank)
    return last


def _last_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the row that ends each indicator's term.

    For a level that is the year of its last milestone, else the last year.
    """
    milestone = rows["over_term"].eq("last") & rows["target_basis"].eq("stated")
    year = rows["year"].where(milestone)
    ends = year.groupby(rows["indicator"], sort=False).transform("max")
    return rows[rows["year"].eq(ends.fillna(rows["year"].max()))]


def _term_actuals(rows: pd.DataFrame, last: pd.DataFrame) -> tuple:
    """Return the term's figure and bound: a running total, or a mean of all years."""
    exact = rows["actual"].where(rows["bound"] == "exact")
    groups = exact.groupby(rows["indicator"], sort=False)
    full = groups.count() == groups.size()
    mean = groups.mean().where(full)
    factors = np.log1p((exact / 100).where(exact > -100))
    growth = np.expm1(factors.groupby(rows["indicator"], sort=False).mean()) * 100
    kind, name = last["over_term"], last["indicator"]
    total = last["cumulative"]
    actual = np.select(
        [kind == "sum", kind == "mean", kind == "growth"],
        [total, name.map(mean), name.map(growth.where(full))],
        default=np.nan,
    )
    bound = np.where(kind.eq("sum") & ~last["complete"], "lower", "exact")
    bound = pd.Series(bound, index=last.index, dtype="str").where(~np.isnan(actual))
    return pd.Series(actual, index=last.index), bound
