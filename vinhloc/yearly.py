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

    `stated` comes from `targets_of_reading`; `current` holds one area's figures.
    """
    rows = _grid(indicators, years)
    rows = _add_year_targets(rows, stated)
    rows = _add_actuals(rows, current)
    rows = _add_expected(rows, current, baseline_year)
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

    A mean or a growth rate over the term is stated for each year alike, a level at the
    end of the term for its last year.
    """
    key = ["indicator", "year", "period"]
    rows = rows.merge(stated, on=key, how="left", validate="1:1")
    term = stated[stated["period"] == "term"].set_index("indicator")[TARGET]
    each_year = rows["over_term"].isin(["mean", "growth"])
    each_year |= rows["over_term"].eq("last") & rows["year"].eq(rows["year"].max())
    each_year &= rows["target"].isna()
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


def _add_expected(
    rows: pd.DataFrame, current: pd.DataFrame, baseline_year: int
) -> pd.DataFrame:
    """Fill the years of a `last` indicator between two known points.

    The path is straight between the milestones that the programme states, starting
    from the baseline's actual; who is already better than the next milestone is not
    led back down. Where there is no baseline, the next target stands with the basis
    "term". Neither is ever judged.
    """
    by = rows["indicator"]
    level = rows["over_term"].eq("last")
    exact = current[current["year"].eq(baseline_year) & current["bound"].eq("exact")]
    start = by.map(exact.set_index("indicator")["value"]).where(level)
    stated = rows["target"].where(level & rows["comparator"].ne("between"))
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
    return _add_due(rows, path.where(level & rows["target"].isna()))


def _add_due(rows: pd.DataFrame, path: pd.Series) -> pd.DataFrame:
    """Fill the years without a target of their own and add `due_year`.

    A path stands with the basis "expected"; elsewhere the next target that is due (of
    an event: its only one) stands with the basis "term".
    """
    by, event = rows["indicator"], rows["over_term"].eq("once")
    waiting = rows["target"].isna() & path.isna()
    ahead = rows["over_term"].isin(["last", "once"]) & waiting
    due = rows[TARGET].assign(
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
        upper_target=filled["upper_target"],
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
    last = rows.groupby("indicator", sort=False).tail(1).assign(period="term")
    level = last["over_term"].eq("last") & last["target"].isna()
    milestones = rows[rows["target_basis"].eq("stated")]
    milestones = milestones.drop_duplicates("indicator", keep="last")
    milestones = milestones.set_index("indicator")
    for column in TARGET:
        milestone = last["indicator"].map(milestones[column])
        last[column] = last[column].where(~level, milestone)
    blank = last["over_term"].isin(["sum", "mean", "growth", "every_year"])
    of_term = stated[stated["period"] == "term"].set_index("indicator")
    for column in TARGET:
        whole = last["indicator"].map(of_term[column])
        own = last[column].where(~last["over_term"].eq("sum"))
        last[column] = whole.where(last["indicator"].isin(of_term.index), own)
    whole = _term_figures(rows, last)
    last = last.assign(
        actual=last["actual"].mask(blank, whole["actual"]),
        upper_actual=last["upper_actual"].mask(blank, whole["upper_actual"]),
        bound=last["bound"].mask(blank, whole["bound"]),
        target_basis=last["target"].notna().map({True: "term", False: None}),
        conflict=last["conflict"] & ~blank,
        made_up=last["indicator"].map(rows.groupby("indicator")["made_up"].any()),
    )
    for column in ("vintage", "as_of", "source"):
        last[column] = last[column].mask(blank)
    return last


def _term_figures(rows: pd.DataFrame, last: pd.DataFrame) -> pd.DataFrame:
    """Return the term's actual, upper_actual and bound: a total, or a mean."""
    name, kind = last["indicator"], last["over_term"]
    low, high = (name.map(total) for total in _totals(rows))
    exact = rows["actual"].where(rows["bound"] == "exact")
    groups = exact.groupby(rows["indicator"], sort=False)
    full = groups.count() == groups.size()
    with np.errstate(divide="ignore"):  # a year of -100 % leaves nothing
        factors = np.log1p((exact / 100).clip(lower=-1))
    factors = factors.groupby(rows["indicator"], sort=False).mean()
    growth = np.expm1(factors).where(full) * 100
    actual = np.select(
        [kind == "sum", kind == "mean", kind == "growth"],
        [low, name.map(groups.mean().where(full)), name.map(growth)],
        default=np.nan,
    )
    frame = pd.DataFrame({"actual": actual}, index=last.index)
    summed = kind.eq("sum") & frame["actual"].notna()
    bound = pd.Series("exact", index=last.index).mask(summed & (high > low), "range")
    bound = bound.mask(summed & np.isinf(high), "lower")
    upper = high.where(bound.eq("range"))
    return frame.assign(upper_actual=upper, bound=bound.where(frame["actual"].notna()))


def _totals(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the least and the most that each indicator's years can add up to.

    A year without a figure, or with only a lower bound, can hold any more; one with an
    upper bound can hold nothing. Missing where no year has a figure.
    """
    value, bound = rows["actual"], rows["bound"]
    least = value.mask(bound.eq("upper"), 0).fillna(0)
    most = value.mask(bound.eq("range"), rows["upper_actual"])
    most = most.mask(bound.eq("lower"), np.inf).fillna(np.inf)
    known = value.notna().groupby(rows["indicator"], sort=False).any()
    sums = [part.groupby(rows["indicator"], sort=False).sum() for part in (least, most)]
    return sums[0].where(known), sums[1].where(known)
