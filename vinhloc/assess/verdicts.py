"""The rule by which a figure is judged, on arrays.

Figures and targets are compared as whole numbers of the target's last decimal, halves
rounded away from zero. A status is a code, its place in STATUSES: codes are computed
with, which is ten times as fast as choosing between them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from vinhloc.figures import scaled_by, to_scaled

STATUSES = ("exceeded", "met", "missed", "undecided", "no_data", "not_due")
CODES = np.arange(len(STATUSES), dtype=np.int8)
EXCEEDED, MET, MISSED, UNDECIDED, NO_DATA, NOT_DUE = CODES

# How far from the scaled target the least and the most lie that a comparator allows.
LEAST = {">=": 0, ">": 1, "=": 0}
MOST = {"<=": 0, "<": -1, "=": 0}


def spans(rows: pd.DataFrame) -> pd.Series:
    """Tell which targets are a span: "between", or a figure with a tolerance."""
    sign = rows["comparator"]
    return sign.isin(["between", "about"]) | sign.eq("=") & rows["tolerance"].notna()


def span_ends(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the lower and the upper end of the targets that are a span, in the unit.

    "about" a figure has none until the data state its tolerance. Missing for others.
    """
    between = rows["comparator"].eq("between")
    slack, span = rows["tolerance"].mask(between, 0.0), spans(rows)
    low = rows["target"] - slack
    high = rows["upper_target"].where(between, rows["target"] + slack)
    return low.where(span), high.where(span)


def ways(rows: pd.DataFrame) -> pd.Series:
    """Return which way is better than a target: none of what is to be held exactly."""
    return rows["direction"].mask(rows["comparator"].eq("="), "none")


def aims(rows: pd.DataFrame) -> pd.Series:
    """Return what must at least be reached, in the unit: of a span, its nearer end.

    The lower where more is better, the upper where less is; none of a corridor.
    """
    (low, high), way = span_ends(rows), ways(rows)
    end = low.where(way.eq("up"), high).mask(way.eq("none"))
    return rows["target"].mask(spans(rows), end)


def limits_of(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the minimum and maximum that targets allow, scaled to whole numbers.

    Needs target, upper_target, tolerance, comparator, direction, decimals. A span is
    an ambition: where more is better its lower end must be reached, where less is its
    upper end may not be passed; without a direction, and around what is to be held
    exactly, it is a corridor. Missing where there is none.
    """
    sign, better, span = rows["comparator"], ways(rows), spans(rows)
    target = pd.Series(to_scaled(rows["target"], rows["decimals"]), rows.index)
    low, high = (
        pd.Series(to_scaled(end, rows["decimals"]), rows.index)
        for end in span_ends(rows)
    )
    minimum = target + sign.map(LEAST).astype(float)
    maximum = target + sign.map(MOST).astype(float)
    return (
        minimum.mask(span, low.mask(better.eq("down"))),
        maximum.mask(span, high.mask(better.eq("up"))),
    )


class Limits(NamedTuple):
    """What targets ask for: an array of each, scaled but for `factor` and `plan`."""

    factor: np.ndarray  # 10 ** decimals
    target: np.ndarray
    aim: np.ndarray  # what a gap is counted from; missing inside a corridor
    minimum: np.ndarray  # infinite where only the other side is limited
    maximum: np.ndarray
    above: np.ndarray  # what lies above it is better than the target
    below: np.ndarray  # what lies below it is better than the target
    plan: np.ndarray  # what attainment is a share of, in the unit

    @classmethod
    def of(cls, rows: pd.DataFrame) -> Limits:
        """Return the limits of targets.

        Needs target, upper_target, tolerance, comparator, decimals, unit, direction.
        Nothing is better than 100 %, than none, than "exactly" or inside a corridor;
        beyond the far end of a span lies what is better than it.
        """
        sign, target, better = rows["comparator"], rows["target"], ways(rows)
        minimum, maximum = (side.to_numpy() for side in limits_of(rows))
        span, scaled = spans(rows), to_scaled(target, rows["decimals"])
        low, high = (end.where(span, target) for end in span_ends(rows))
        rising = sign.isin([">=", ">"]) | span & better.eq("up")
        falling = sign.isin(["<=", "<"]) | span & better.eq("down")
        rising &= ~(rows["unit"].eq("%") & high.ge(100))
        share = rows["direction"].eq("up") & target.ne(0)
        return cls(
            10.0 ** rows["decimals"].to_numpy(float),
            scaled,
            to_scaled(aims(rows), rows["decimals"]),
            *opened(minimum, maximum),
            np.where(rising, to_scaled(high, rows["decimals"]), np.inf),
            np.where(falling & low.ne(0), to_scaled(low, rows["decimals"]), -np.inf),
            aims(rows).where(share).to_numpy(float),
        )


def opened(minimum: np.ndarray, maximum: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return both bounds, infinite where one of them is missing and the other is not.

    Where both are missing they stay so: nothing is compared with them.
    """
    no_least, no_most = np.isnan(minimum), np.isnan(maximum)
    return (
        np.where(no_least & ~no_most, -np.inf, minimum),
        np.where(no_most & ~no_least, np.inf, maximum),
    )


def compare(low, high, minimum, maximum) -> np.ndarray:
    """Return MET, MISSED or UNDECIDED for what lies somewhere from low to high.

    All four in the same unit, the bounds `opened`; what is missing decides nothing.
    """
    within = (low >= minimum) & (high <= maximum)
    beyond = (high < minimum) | (low > maximum)
    return UNDECIDED - within * (UNDECIDED - MET) - beyond * (UNDECIDED - MISSED)


def _status_codes(low: np.ndarray, high: np.ndarray, limits: Limits) -> np.ndarray:
    """Return the status of figures that lie from low to high (both scaled)."""
    status = compare(low, high, limits.minimum, limits.maximum)
    better = (low > limits.above) | (high < limits.below)
    status -= (better & (status == MET)) * (MET - EXCEEDED)
    # Of two that hold, the one that stands later in STATUSES counts.
    status = np.maximum(status, np.isnan(low) * NO_DATA)
    return np.maximum(status, np.isnan(limits.target) * NOT_DUE)


def judge(
    actual: np.ndarray, ends: tuple[np.ndarray, np.ndarray], limits: Limits
) -> dict[str, np.ndarray]:
    """Return gap and shortfall (in the unit), attainment (%) and status (a code).

    `actual` holds the exact figures, in the unit of their targets, missing where there
    is none. `ends`, scaled, are those between which each figure lies. The gap to a
    corridor is how far the figure lies outside it.
    """
    scaled = scaled_by(actual, limits.factor)
    lacking = np.maximum(limits.minimum - scaled, scaled - limits.maximum)
    lacking = np.maximum(lacking, 0) + 0.0  # no -0.0
    inside = np.clip(scaled, limits.minimum, limits.maximum)
    aim = np.where(np.isnan(limits.aim), inside, limits.aim)
    return {
        "gap": (scaled - aim) / limits.factor,
        "shortfall": lacking / limits.factor,
        "attainment": actual / limits.plan * 100,
        "status": _status_codes(*ends, limits),
    }
