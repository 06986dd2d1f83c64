"""Figures that follow from two others: how much an indicator changed since a year.

What a programme wants of a change ("31,6 % more than in 2025") is a target of an
indicator of its own, which names the one that changes and the year before it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from vinhloc.assess.yearly import parts_of

CHANGES = ("percent", "difference", "times")
PREVIOUS = "previous"
CHANGE = ["change_of", "change", "since"]


def with_changes(
    current: pd.DataFrame, indicators: pd.DataFrame, breaks: pd.DataFrame
) -> pd.DataFrame:
    """Return one area's figures with the changes that can be computed from them.

    Of each indicator with `change_of`: (now / before - 1) * 100 (`percent`), now -
    before (`difference`) or now / before (`times`), where `before` is the figure of
    the year `since`, or of the year before ("previous"). In the year `since` itself
    nothing has changed, and a path begins there. Only between exact figures with no
    break between, and only where no figure is reported. `computed` tells them
    from what was reported; they are estimates where one of the two is.
    """
    wanted = indicators[indicators["change_of"].ne("")]
    current = current.assign(computed=False)
    if wanted.empty:
        return current
    exact = current[current["bound"].eq("exact") & current["value"].notna()]
    exact = exact.assign(part=parts_of(exact, breaks))
    facts = wanted[[*wanted.columns.intersection(current.columns), *CHANGE]]
    now = facts.merge(
        exact.drop(columns=facts.columns.difference(["indicator"]), errors="ignore"),
        left_on="change_of",
        right_on="indicator",
        suffixes=("", "_from"),
        validate="m:m",
    )
    since = pd.to_numeric(now["since"].replace(PREVIOUS, np.nan))
    now = now.assign(base_year=since.fillna(now["year"] - 1).astype(int))
    before = exact[["indicator", "year", "value", "vintage", "part"]].add_suffix("_0")
    rows = now.merge(
        before,
        left_on=["change_of", "base_year"],
        right_on=["indicator_0", "year_0"],
        validate="m:1",
    )
    rows = rows[rows["part"].eq(rows["part_0"]) & rows["year"].ge(rows["base_year"])]
    value, base = rows["value"], rows["value_0"]
    by_ratio = (value / base.where(base.gt(0))).astype(float)
    found = np.select(
        [rows["change"].eq("percent"), rows["change"].eq("times")],
        [(by_ratio - 1) * 100, by_ratio],
        default=value - base,
    )
    guessed = rows["vintage_0"].eq("estimate")
    rows = rows.assign(
        value=found,
        vintage=rows["vintage"].mask(guessed, "estimate"),
        earlier=np.nan,
        computed=True,
    )
    rows = rows[rows["value"].notna()].reindex(columns=current.columns)
    key = ["indicator", "year"]
    return pd.concat([current, rows], ignore_index=True).drop_duplicates(key)
