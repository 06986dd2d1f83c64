"""What the term as a whole is judged by: its totals, means, last and worst years."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vinhloc.assess.verdicts import limits_of
from vinhloc.assess.yearly import ACTUAL, ALL_YEARS, TARGET
from vinhloc.figures import to_scaled

# The worst first. Over the term, to exceed in a year is to meet.
RANK = {"missed": 0, "no_data": 1, "undecided": 2, "met": 3, "not_due": 4}


def term_rows(rows: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    """Return a row per indicator for the term as a whole, in the term's last year.

    A level without a target at the end is judged by its last milestone and by the
    figure of that year (`due_year`). What is made of an estimate is one.
    """
    last = rows.groupby("indicator", sort=False).tail(1).assign(period="term")
    level = last["over_term"].eq("last") & last["target"].isna()
    milestones = rows[rows["target_basis"].eq("stated")]
    milestones = milestones.drop_duplicates("indicator", keep="last")
    reached = last["indicator"].isin(milestones["indicator"]) & level
    last = _copied(last, reached, milestones, [*TARGET, *ACTUAL, "due_year"])
    blank = last["over_term"].isin(ALL_YEARS)
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
        change=np.nan,
        made_up=last["indicator"].map(rows.groupby("indicator")["made_up"].any()),
        due_year=last["due_year"].fillna(last["year"]).where(last["target"].notna()),
    )
    for column in ("vintage", "as_of", "source", "earlier"):
        last[column] = last[column].mask(blank)
    guessed = rows["vintage"].eq("estimate") & rows["actual"].notna()
    guessed = last["indicator"].map(guessed.groupby(rows["indicator"]).any())
    guessed &= blank & last["actual"].notna()
    return last.assign(vintage=last["vintage"].mask(guessed, "estimate"))


def _copied(
    rows: pd.DataFrame, wanted: pd.Series, source: pd.DataFrame, columns: list[str]
) -> pd.DataFrame:
    """Return rows in which the wanted ones have the columns of their indicator."""
    source, names = source.set_index("indicator"), rows.loc[wanted, "indicator"]
    rows = rows.copy()
    for column in columns if len(names) else ():  # of no rows, no column has a type
        found = names.map(source[column]).astype(rows[column].dtype)
        rows.loc[wanted, column] = found
    return rows


def with_worst_years(rows: pd.DataFrame) -> pd.DataFrame:
    """Judge the term of an `every_year` indicator by its worst year.

    The term's row takes that year's target, figure and verdict; `due_year` is that
    year. Among years alike, the one furthest beyond its limit counts, or nearest to
    it within; then the first.
    """
    each = rows[rows["over_term"].eq("every_year") & rows["period"].eq("year")]
    if each.empty:
        return rows
    actual = each["actual"].where(each["bound"].eq("exact"))
    scaled = to_scaled(actual, each["decimals"])
    minimum, maximum = limits_of(each)
    margin = pd.concat([scaled - minimum, maximum - scaled], axis=1).min(axis=1)
    each = each.assign(
        status=each["status"].replace("exceeded", "met"),
        due_year=each["year"].where(each["target"].notna()),
    )
    order = each.assign(rank=each["status"].map(RANK), margin=margin)
    worst = order.sort_values(["rank", "margin", "year"], kind="stable")
    worst = worst.drop_duplicates("indicator")
    term = rows["over_term"].eq("every_year") & rows["period"].eq("term")
    actual = [column for column in ACTUAL if column != "made_up"]
    judged = ["gap", "shortfall", "attainment", "status", "due_year"]
    return _copied(rows, term, worst, [*TARGET, *actual, *judged])


def _term_figures(rows: pd.DataFrame, last: pd.DataFrame) -> pd.DataFrame:
    """Return the term's actual, upper_actual and bound: a total, or a mean.

    It lies between what comes of the least and of the most that its years can be.
    """
    low, high = (last["indicator"].map(_whole(rows, end)) for end in _ends(rows))
    bound = pd.Series("exact", index=last.index).mask(high > low, "range")
    # Growth of which a year may have lost everything is known from above only.
    lost = bound.eq("range") & last["over_term"].eq("growth") & low.le(-100)
    bound = bound.mask(lost, "upper").mask(np.isinf(high), "lower").where(low.notna())
    return pd.DataFrame(
        {
            "actual": low.mask(bound.eq("upper"), high),
            "upper_actual": high.where(bound.eq("range")),
            "bound": bound,
        }
    )


def _whole(rows: pd.DataFrame, years: pd.Series) -> pd.Series:
    """Return the total or the mean of years by indicator; a mean of all years only."""
    by = rows["indicator"]
    kind = rows.groupby(by, sort=False)["over_term"].first()
    groups = years.groupby(by, sort=False)
    full = groups.count() == groups.size()
    with np.errstate(divide="ignore"):  # a year of -100 % leaves nothing
        factors = np.log1p((years / 100).clip(lower=-1))
    growth = np.expm1(factors.groupby(by, sort=False).mean()) * 100
    whole = groups.sum(min_count=1).where(kind.eq("sum"))
    whole = whole.mask(kind.eq("mean") & full, groups.mean())
    return whole.mask(kind.eq("growth") & full, growth)


def _ends(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the least and the most that each year's figure can be.

    One with an upper bound can be nothing, or growth that loses everything. Of a total
    of which something is known, a year without a figure can be nothing or any more.
    """
    value, bound, by = rows["actual"], rows["bound"], rows["indicator"]
    nothing = rows["over_term"].eq("growth").map({True: -100.0, False: 0.0})
    least = value.mask(bound.eq("upper"), value.clip(upper=nothing))
    most = value.mask(bound.eq("range"), rows["upper_actual"])
    most = most.mask(bound.eq("lower"), np.inf)
    known = value.notna().groupby(by, sort=False).transform("any")
    silent = value.isna() & known & rows["over_term"].eq("sum")
    return least.mask(silent, 0), most.mask(silent, np.inf)
