"""What a difference is made of: factors, parts of a total, years, a rate's sides.

The parts are its Shapley values: each factor's effect, averaged over all
orders in which the factors can change, so that interactions are shared equally
(Shorrocks 2013, "Decomposition procedures for distributional analysis").
"""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd

from vinhloc.assess import computed, factors_of, is_additive
from vinhloc.figures import from_scaled, to_scaled

RATE = "rate = 100 * numerator / denominator"


def split_product(
    start: pd.DataFrame, end: pd.DataFrame, identity: str, *, decimals: int
) -> pd.DataFrame:
    """Split a change from `start` to `end` into the parts of what it is made of.

    Both frames have the columns that the right side of `identity` names (`output =
    area * yield / 10`, `total = rice + maize`), aligned by index. Returns a column per
    factor and `total`, in the unit of the whole, rounded to `decimals`: the parts add
    up to the total to the last digit. Missing where a factor is. Raises ValueError for
    another identity.

    >>> target = pd.DataFrame({"area": [320.0], "yield_": [65.0]})
    >>> actual = pd.DataFrame({"area": [310.0], "yield_": [60.0]})
    >>> vl.split_product(target, actual, "output = area * yield_ / 10", decimals=0)
       area  yield_  total
    0 -62.0  -158.0 -220.0
    """
    factors, end = factors_of(identity), end.loc[start.index]
    shares = {
        factor: _shapley(factor, factors, start, end, identity) for factor in factors
    }
    total = computed(end, identity) - computed(start, identity)
    exact = pd.DataFrame(shares, index=start.index)
    known = np.isfinite(exact).all(axis=1) & np.isfinite(total)  # not divided by 0
    return rounded_parts(exact.where(known, axis=0), total.where(known), decimals)


def _shapley(
    factor: str,
    factors: list[str],
    start: pd.DataFrame,
    end: pd.DataFrame,
    identity: str,
) -> pd.Series:
    """Return a factor's effect on the whole, averaged over all orders of change.

    Of what is only added up, each order gives the same.
    """
    others = [name for name in factors if name != factor]
    if is_additive(identity):
        others = []
    share = pd.Series(0.0, index=start.index)
    for count in range(len(others) + 1):
        weight = factorial(count) * factorial(len(others) - count)
        for changed in combinations(others, count):
            before = start.assign(**{name: end[name] for name in changed})
            after = before.assign(**{factor: end[factor]})
            effect = computed(after, identity) - computed(before, identity)
            share += weight / factorial(len(others) + 1) * effect
    return share


def rounded_parts(parts: pd.DataFrame, total: pd.Series, decimals: int) -> pd.DataFrame:
    """Return parts and `total` rounded so that the parts still add up to the total.

    Each part is rounded down; the units of the last digit that are then lacking go to
    the parts with the largest remainders, the first of equal ones first.
    """
    scaled = np.asarray(parts, float) * 10.0**decimals
    whole = to_scaled(total, decimals)
    base = np.floor(scaled)
    remainder = np.round(scaled - base, 6)  # without the noise of binary floats
    order = np.argsort(-remainder, axis=1, kind="stable")
    rank = np.argsort(order, axis=1, kind="stable")
    lacking = whole - base.sum(axis=1)
    given = base + (rank < lacking[:, None])
    columns = from_scaled(np.column_stack([given, whole]), decimals)
    return pd.DataFrame(columns, parts.index, [*parts.columns, "total"])


def split_gap(
    assessment: pd.DataFrame, indicator: str, year: int, *, since: int | None = None
) -> pd.DataFrame:
    """Split how far an output is from its target into its factors' parts.

    The target is that of `aim_of_split`; with `since`, the output's own figure of that
    year takes its place. `assessment` is the
    whole one; the indicator has an identity. Returns a row per factor and a last one,
    `rest`, for what the factors leave unexplained: columns indicator,
    start, end, part (in the output's unit). Empty where a figure is missing.
    Raises ValueError for an indicator without an identity.

    >>> vl.split_gap(data.assessment, "rice_output", 2024)
        indicator  start    end  part
    0   rice_area  320.0  311.7 -53.0
    1  rice_yield   65.0   62.6 -76.0
    2        rest    NaN    NaN   0.0
    """
    rows = assessment[assessment["period"].eq("year") & assessment["year"].eq(year)]
    rows = rows.set_index("indicator")
    own = rows.loc[indicator]
    if not own["identity"]:
        raise ValueError(f"{indicator}: identity")
    actual = rows["actual"].where(rows["bound"].eq("exact"))
    if since is None:
        start, _aim = aim_of_split(rows, indicator)
    else:
        earlier = assessment["period"].eq("year") & assessment["year"].eq(since)
        before = assessment[earlier].set_index("indicator")
        start = before["actual"].where(before["bound"].eq("exact"))
        start = start.where(before["part"].eq(rows["part"]))  # never across a break
    wide = [pd.DataFrame([side]).reset_index(drop=True) for side in (start, actual)]
    parts = split_product(*wide, own["identity"], decimals=own["decimals"]).iloc[0]
    gap = _difference(actual[indicator], start[indicator], own["decimals"])
    factors = parts.drop("total")
    found = pd.DataFrame(
        {
            "indicator": [*factors.index, "rest"],
            "start": [*start[factors.index], np.nan],
            "end": [*actual[factors.index], np.nan],
            "part": [*factors, round(float(gap - parts["total"]), own["decimals"])],
        }
    )
    return found if found["part"].notna().all() else found.iloc[:0]


def aim_of_split(rows: pd.DataFrame, indicator: str) -> tuple[pd.Series, float]:
    """Return the targets from which a gap is split, and their year.

    The plan of the year, where the output and all of its factors have one; else the
    last target of each. `rows` are those of one year, by indicator.
    """
    own = rows.loc[indicator]
    planned = rows["target"].where(rows["target_basis"].eq("stated"))
    if planned[[indicator, *factors_of(own["identity"])]].notna().all():
        return planned, own["year"]
    return rows["end_value"], own["end_year"]


def _difference(value, other, decimals) -> np.ndarray:
    return from_scaled(
        to_scaled(value, decimals) - to_scaled(other, decimals), decimals
    )


def split_sum(rows: pd.DataFrame) -> pd.DataFrame:
    """Split what a running total lacks into years and places.

    `rows` are the yearly rows of a `sum` indicator. Returns year, place, planned,
    done, lacking (planned less done, where both are known) and share (% of all that
    was planned and is lacking); in the row's unit.

    >>> rows = vl.select(data.assessment, indicator="field_roads_upgraded")
    >>> vl.split_sum(rows).set_index("year")["lacking"].to_dict()
    {2020: -136.0, 2022: 22.0, 2024: -335.0, 2025: -158.0}
    """
    planned, done = rows["target"], rows["actual"].where(rows["bound"].eq("exact"))
    lacking = pd.Series(_difference(planned, done, rows["decimals"]), rows.index)
    short = lacking.clip(lower=0)
    found = rows[["year", "place"]].assign(
        planned=planned,
        done=done,
        lacking=lacking,
        share=100 * short / (short.sum() or np.nan),
    )
    return found[planned.notna()]


def split_rate(
    start: pd.DataFrame, end: pd.DataFrame, *, decimals: int
) -> pd.DataFrame:
    """Split the change of a rate (%) into its numerator's and denominator's parts.

    Columns of both: numerator, denominator. Returns numerator, denominator, total, in
    percentage points: a village more among those that count, two more in the whole.

    >>> last_year = pd.DataFrame({"numerator": [9], "denominator": [10]})
    >>> this_year = pd.DataFrame({"numerator": [10], "denominator": [12]})
    >>> vl.split_rate(last_year, this_year, decimals=1)
       numerator  denominator  total
    0        9.2        -15.9   -6.7
    """
    return split_product(start, end, RATE, decimals=decimals)
