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

# How far from the scaled target the least and the most lie that a comparator allows;
# the most of a range is its upper target.
LEAST = {">=": 0, ">": 1, "=": 0, "between": 0}
MOST = {"<=": 0, "<": -1, "=": 0}


def limits_of(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the minimum and maximum that targets allow, scaled to whole numbers.

    Needs target, upper_target, comparator, decimals. Missing where there is none.
    """
    target = pd.Series(to_scaled(rows["target"], rows["decimals"]), rows.index)
    upper = pd.Series(to_scaled(rows["upper_target"], rows["decimals"]), rows.index)
    sign = rows["comparator"]
    minimum = target + sign.map(LEAST).astype(float)
    maximum = target + sign.map(MOST).astype(float)
    return minimum, maximum.mask(sign.eq("between"), upper)


class Limits(NamedTuple):
    """What targets ask for: an array of each, scaled but for `factor` and `plan`."""

    factor: np.ndarray  # 10 ** decimals
    target: np.ndarray
    minimum: np.ndarray  # infinite where only the other side is limited
    maximum: np.ndarray
    above: np.ndarray  # what lies above it is better than the target
    below: np.ndarray  # what lies below it is better than the target
    plan: np.ndarray  # what attainment is a share of, in the unit

    @classmethod
    def of(cls, rows: pd.DataFrame) -> Limits:
        """Return the limits of targets.

        Needs target, upper_target, comparator, decimals, unit, direction. Nothing is
        better than 100 %, than none, than "exactly" or inside a range.
        """
        sign, target = rows["comparator"], rows["target"]
        minimum, maximum = (side.to_numpy() for side in limits_of(rows))
        scaled = to_scaled(target, rows["decimals"])
        full = rows["unit"].eq("%") & target.ge(100)
        rising = sign.isin([">=", ">"]) & ~full
        falling = sign.isin(["<=", "<"]) & target.ne(0)
        share = rows["direction"].eq("up") & target.ne(0)
        return cls(
            10.0 ** rows["decimals"].to_numpy(float),
            scaled,
            *opened(minimum, maximum),
            np.where(rising, scaled, np.inf),
            np.where(falling, scaled, -np.inf),
            target.where(share).to_numpy(float),
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
    is none. `ends`, scaled, are those between which each figure lies.
    """
    scaled = scaled_by(actual, limits.factor)
    lacking = np.maximum(limits.minimum - scaled, scaled - limits.maximum)
    lacking = np.maximum(lacking, 0) + 0.0  # no -0.0
    return {
        "gap": (scaled - limits.target) / limits.factor,
        "shortfall": lacking / limits.factor,
        "attainment": actual / limits.plan * 100,
        "status": _status_codes(*ends, limits),
    }
