"""What was due in an earlier year and is still open: missed, or never reported."""

from __future__ import annotations

import pandas as pd

from vinhloc.assess.assessment import annual_status
from vinhloc.assess.verdicts import limits_of
from vinhloc.figures import to_scaled


def arrears(assessment: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the rows of years before `year` whose stated target is still open.

    Those with the status missed or no_data, the earliest first. A level is no longer
    open once a later exact figure, up to `year`, satisfies the same target; the step
    of a sum once the running total is the planned one; an event once it is done. What
    holds for each year by itself stays.

    >>> rows = vl.arrears(data.assessment, 2023)
    >>> rows[["indicator", "year", "status"]].to_numpy().tolist()[:1]
    [['canals_upgraded', 2020, 'missed']]
    """
    years = assessment[assessment["period"].eq("year")]
    known = years[years["year"].le(year)]
    past = known[known["year"].lt(year) & known["target_basis"].eq("stated")]
    past = past[past["status"].isin(["missed", "no_data"])]
    now = known[known["year"].eq(year)].set_index("indicator")
    made_up_for = now["direction"].eq("up") & now["cumulative"].ge(
        now["cumulative_target"]
    )
    done = now.index[made_up_for | now["done_in"].le(year)]
    open_ones = past[~(past["indicator"].isin(done) | _reached_later(past, known))]
    return open_ones.sort_values(["year", "order"], kind="stable")


def _reached_later(past: pd.DataFrame, known: pd.DataFrame) -> pd.Series:
    """Tell which targets of a level a later exact figure satisfies."""
    levels = past[past["over_term"].eq("last")].reset_index(names="at")
    figures = known[known["bound"].eq("exact")][["indicator", "year", "actual"]]
    pairs = levels.merge(
        figures, on="indicator", suffixes=("", "_later"), validate="m:m"
    )
    pairs = pairs[pairs["year_later"].gt(pairs["year"])]
    minimum, maximum = limits_of(pairs)
    actual = to_scaled(pairs["actual_later"], pairs["decimals"])
    sides = {"actual": actual, "minimum": minimum, "maximum": maximum}
    met = annual_status(pd.DataFrame(sides, index=pairs.index)).eq("met")
    return past.index.to_series().isin(pairs.loc[met, "at"])
