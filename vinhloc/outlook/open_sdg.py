"""A second opinion on progress: the Open SDG 2.4 classification.

The formulas are those that Statistics Canada and Open SDG publish for their progress
measure (version 2.4); tests/peers holds its published outcomes.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

OPEN_SDG_INPUTS = (
    "baseline_year",
    "baseline_value",
    "latest_year",
    "latest_value",
    "target_year",
    "target_value",
    "direction",
)
CATEGORIES = (
    "target_achieved",
    "substantial_progress",
    "moderate_progress",
    "limited_progress",
    "deterioration",
    "not_available",
)
ZERO = 0.001  # stands for a baseline or target of 0, of which no rate can be taken
LIMIT_POWER = 4.44  # how fast progress becomes harder near a natural limit
WITH_TARGET = (0.95, 0.60, 0.0)  # of the required growth rate
WITHOUT_TARGET = (0.015, 0.005, 0.0)  # growth a year
BEST = 5.0


def open_sdg_progress(frame: pd.DataFrame) -> pd.DataFrame:
    """Classify progress as Open SDG 2.4 and Statistics Canada do.

    `frame` has baseline_year, baseline_value, latest_year, latest_value, target_year,
    target_value (may be missing), direction ("increase" or "decrease") and may have
    limit. Returns, with the frame's index, ratio (of the observed to the required
    growth rate; without a target the growth a year), score (-5 to 5) and category.
    Raises ValueError for a missing column or another direction.

    >>> years = {"baseline_year": 2020, "latest_year": 2023, "target_year": 2025}
    >>> values = {"baseline_value": 60, "latest_value": [61, 70], "target_value": 75}
    >>> frame = pd.DataFrame({**years, **values, "direction": "increase"})
    >>> vl.open_sdg_progress(frame)["category"].tolist()
    ['limited_progress', 'substantial_progress']
    """
    if lacking := [name for name in OPEN_SDG_INPUTS if name not in frame]:
        raise ValueError(f"columns: {', '.join(lacking)}")
    if strange := sorted({*frame["direction"]} - {"increase", "decrease"}, key=str):
        raise ValueError(f"direction: {strange[0]!r}; increase | decrease")
    values = {name: _numbers(frame, name) for name in (*OPEN_SDG_INPUTS[:-1], "limit")}
    start, latest, target = _same_side(values)
    sign = np.where(frame["direction"] == "increase", 1.0, -1.0)
    negative = values["baseline_value"] < 0
    sign = np.where(negative, -sign, sign)
    years = values["latest_year"] - values["baseline_year"]
    observed = sign * _growth(start, latest, years)
    has_target = ~np.isnan(values["target_value"])
    ahead = values["target_year"] - values["baseline_year"]
    required = np.abs(_growth(start, target, ahead))
    achieved = has_target & (sign * latest >= sign * target)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(has_target, observed / required, observed)
    ratio = np.where(has_target & (observed == 0), 0.0, ratio)
    eased = _eased(ratio, _ease(values, sign))
    # A fall from a baseline that was the target itself: below any ratio.
    known = (years >= 1) & ~np.isnan(start + latest) & ~np.isnan(ratio)
    known = known | (achieved & (years >= 1) & ~np.isnan(start + latest))
    category = _categories(np.where(has_target, ratio, eased), has_target)
    score = np.where(has_target, _target_score(ratio), _growth_score(eased))
    category = np.where(achieved, CATEGORIES[0], category)
    score = np.where(achieved, BEST, score)
    return pd.DataFrame(
        {
            "ratio": np.where(known & np.isfinite(ratio), ratio, np.nan),
            "score": np.where(known, score, np.nan),
            "category": np.where(known, category, CATEGORIES[-1]),
        },
        index=frame.index,
    )


def _numbers(frame: pd.DataFrame, name: str) -> np.ndarray:
    if name not in frame:
        return np.full(len(frame), np.nan)
    return pd.to_numeric(frame[name]).to_numpy(float, na_value=np.nan)


def _same_side(values: dict) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return baseline, latest and target as sizes; missing where the sign changes."""
    start, latest, target = (
        values[name] for name in ("baseline_value", "latest_value", "target_value")
    )
    start = np.where(start == 0, ZERO, start)
    target = np.where(target == 0, ZERO, target)
    low = np.fmin(np.fmin(start, latest), target)
    high = np.fmax(np.fmax(start, latest), target)
    crossed = (low < 0) & (high > 0)
    return tuple(np.where(crossed, np.nan, np.abs(v)) for v in (start, latest, target))


def _growth(start: np.ndarray, end: np.ndarray, years: np.ndarray) -> np.ndarray:
    """Return the compound annual growth rate."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return (end / start) ** (1 / np.where(years > 0, years, np.nan)) - 1


def _ease(values: dict, sign: np.ndarray) -> np.ndarray:
    """Return what positive thresholds are multiplied by near a natural limit."""
    start, limit = values["baseline_value"], values["limit"]
    with np.errstate(divide="ignore", invalid="ignore"):
        below = np.where(sign > 0, start, 2 * limit - start) / limit
    applies = (below >= 0) & (below <= 1)
    return np.where(applies, 1 - np.where(applies, below, 0) ** LIMIT_POWER, 1.0)


def _eased(growth: np.ndarray, ease: np.ndarray) -> np.ndarray:
    """Return growth as it is judged; at the limit itself, holding on is enough."""
    with np.errstate(divide="ignore", invalid="ignore"):
        easier = np.where(ease == 0, np.inf, growth / ease)
    return np.where(growth >= 0, np.where(ease == 1, growth, easier), growth)


def _categories(ratio: np.ndarray, has_target: np.ndarray) -> np.ndarray:
    limits = [
        np.where(has_target, a, b)
        for a, b in zip(WITH_TARGET, WITHOUT_TARGET, strict=True)
    ]
    return np.select(
        [ratio >= limit for limit in limits], CATEGORIES[1:4], CATEGORIES[4]
    )


def _target_score(ratio: np.ndarray) -> np.ndarray:
    near = np.minimum(7.1429 * ratio - 4.2857, BEST)
    return np.where(ratio >= 0.6, near, np.maximum(4.1667 * ratio - 2.5, -BEST))


def _growth_score(growth: np.ndarray) -> np.ndarray:
    fast, slow, none = WITHOUT_TARGET
    return np.select(
        [growth >= fast, growth >= slow, growth >= none],
        [np.minimum(500 * growth - 5, BEST), 250 * growth - 1.25, 500 * growth - 2.5],
        np.maximum(125 * growth - 2.5, -BEST),
    )
