"""Which targets need attention first: a rule in a stated order, not a feeling.

In this order: what is wrong, how far behind, how much time is left, how sure the
figure is; then the programme's own list, how much is lacking, the programme's order.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

# What is wrong, the worst first: known to be missed, known to be late, then unknown.
CONCERNS = ("missed", "behind", "undecided", "no_data")
LATE = 1.0  # years behind the path: a whole yearly plan
FAR = 10.0  # % of the target that is lacking, where there is no path to be behind on


def urgent_targets(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that need attention, the most urgent first.

    `rows`: one per indicator, of a year or of the term, from `Data.assessment`.
    Added: concern (missed; behind: not due, and at least LATE years behind its path;
    undecided; no_data), lacking (% of the target; of what is behind, of our path), far
    (at least LATE years behind, or FAR % lacking where no path tells), years_left (to
    the last target that is due) and sure (an exact final figure).

    >>> rows = vl.urgent_targets(vl.select(data.assessment, year=2024))
    >>> rows[["indicator", "concern"]].values.tolist()[0]
    ['street_naming_done', 'missed']
    """
    schedule, note = rows["schedule"], rows["schedule_note"]
    late = schedule.le(-LATE) | note.eq("before")
    waiting = rows["status"].eq("not_due") & late
    known = rows["status"].where(rows["status"].isin(CONCERNS))
    target = rows["target"].abs().replace(0, np.nan)
    behind = _behind(rows).where(waiting)
    share = behind.fillna(rows["shortfall"] / target)
    lacking = 100 * share.fillna(rows["shortfall"].gt(0).astype(float))
    on_path = schedule.notna() | note.isin(["before", "beyond"])
    end = rows["end_year"].fillna(rows["due_year"]).fillna(rows["year"])
    sure = rows["vintage"].eq("final") & rows["bound"].eq("exact")
    found = rows.assign(
        concern=known.mask(waiting, "behind"),
        lacking=lacking.clip(upper=100).where(rows["shortfall"].notna()),
        far=np.where(on_path, late, lacking.ge(FAR)),
        years_left=(end - rows["year"]).clip(lower=0),
        sure=sure,
    )
    found = found[found["concern"].notna()]
    rank = found["concern"].map({name: at for at, name in enumerate(CONCERNS)})
    keys = ["rank", "far", "years_left", "sure", "main", "lacking", "order"]
    rising = [True, False, True, False, False, False, True]
    ordered = found.assign(rank=rank).sort_values(keys, ascending=rising, kind="stable")
    return ordered.drop(columns="rank")


def _behind(rows: pd.DataFrame) -> pd.Series:
    """Return which share of our path a figure lies behind it; missing without one."""
    path = rows["expected"]
    behind = (path - rows["actual"]) * rows["direction"].map({"down": -1}).fillna(1)
    return behind.clip(lower=0) / path.abs().replace(0, np.nan)
