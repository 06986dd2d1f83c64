"""Round as the offices do: halves away from zero, by the decimal text of a figure."""

from __future__ import annotations

import numpy as np

# A product such as 2.675 * 100 misses its decimal value by a few units in the last
# place; within this relative distance of a half it is taken for the half.
HALF_TOLERANCE = 8 * np.finfo(float).eps


def to_scaled(values, decimals) -> np.ndarray:
    """Return values * 10**decimals as whole numbers, halves rounded away from zero.

    `values` and `decimals` broadcast; missing stays missing, infinite stays infinite.
    The result equals decimal.ROUND_HALF_UP on the shortest decimal text of a float.

    >>> from vinhloc.figures import to_scaled
    >>> to_scaled([97.45, 2.675], [1, 2]).tolist()
    [975.0, 268.0]
    """
    factor = 10.0 ** np.asarray(decimals, float)
    return scaled_by(np.asarray(values, float), factor)


def scaled_by(values: np.ndarray, factor: np.ndarray) -> np.ndarray:
    """Return values * factor as `to_scaled` does, for powers of ten at hand.

    >>> from vinhloc.figures import scaled_by
    >>> scaled_by(np.array([97.45, 2.675]), np.array([10, 100])).tolist()
    [975.0, 268.0]
    """
    scaled = values * factor
    size = np.abs(scaled)
    whole = np.floor(size)
    with np.errstate(invalid="ignore"):  # infinite less infinite
        past_half = size - whole >= 0.5 - np.minimum(size * HALF_TOLERANCE, 1e-3)
    return np.copysign(whole + past_half, scaled)


def from_scaled(scaled, decimals) -> np.ndarray:
    """Return scaled / 10**decimals: the inverse of `to_scaled`.

    >>> from vinhloc.figures import from_scaled
    >>> from_scaled([975, 96], [1, 0]).tolist()
    [97.5, 96.0]
    """
    return np.asarray(scaled, float) / 10.0 ** np.asarray(decimals, float)


def round_half_away(values, decimals) -> np.ndarray:
    """Round to decimals, halves away from zero, as the offices do.

    >>> from vinhloc.figures import round_half_away
    >>> round_half_away([2.5, -2.5, 2.675], [0, 0, 2]).tolist()
    [3.0, -3.0, 2.68]
    """
    return from_scaled(to_scaled(values, decimals), decimals)
