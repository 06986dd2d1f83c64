"""Verdicts that would change if a figure or a target were read in another way.

Five causes: the source gives a target twice (`reading`), the figure is what the
compilers made of what they read (`inferred`) and may be none, a figure is only a bound
or a range (`bound`), two sources disagree and none is chosen (`conflict`), the figure
is an estimate (`estimate`), from which the final may differ as much as finals did.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from vinhloc.data.actuals import ONE_FIGURE
from vinhloc.data.frames import Data
from vinhloc.data.rows import seen_from, select
from vinhloc.figures import EVENT_UNIT, round_half_away

CAUSES = ("reading", "inferred", "bound", "conflict", "estimate")
KEY = ["indicator", "year", "period"]
ASKED = ["comparator", "target", "upper_target", "tolerance"]
OTHER = [*ASKED, "actual", "upper_actual", "bound", "status"]
# A final is tried against the verdict: better where the estimate is missed.
AGAINST = {"estimate, better": True, "estimate, worse": False}
Scenario = tuple[str, pd.DataFrame, pd.DataFrame]  # cause, all figures, those changed
JUDGED = ("exceeded", "met", "missed", "undecided")


def sensitive_verdicts(
    data: Data, year: int, *, theme: str | None = None, period: str = "year"
) -> pd.DataFrame:
    """Return every verdict that hangs on how something is read, under each reading.

    The rows of the assessment of a year or the term, one for each other reading, with
    cause, what stands under that reading (other_comparator, other_target,
    other_upper_target, other_actual, other_upper_actual, other_bound, other_status),
    and `changes`. The final of an estimate is taken to differ by `largest_revision`,
    against the verdict: better where it is missed, else worse. A target that the
    source gives twice stands in its own year, as seen from `year`, with or without a
    figure.

    >>> rows = vl.sensitive_verdicts(data, 2024, theme="urban_environment")
    >>> rows[["indicator", "cause", "status", "other_status"]].values.tolist()
    [['solid_waste_rate', 'reading', 'missed', 'missed']]
    """
    key = ("sensitive", year, period)
    if key not in data.kept:
        data.kept[key] = _sensitive(data, year, period)
    rows = data.kept[key]
    if theme is not None:
        rows = rows[rows["theme"] == theme]
    return rows.reset_index(drop=True)


def _sensitive(data: Data, year: int, period: str) -> pd.DataFrame:
    main = seen_from(data.assessment, year)
    rows = select(main, year=year, period=period)
    other = seen_from(data.other_reading, year)
    found = [_readings(select(main, period=period), other)]
    for cause, figures, changed in [*_readings_of_figures(data), *_finals(data)]:
        touched = _touched(rows, changed)
        if cause in AGAINST:
            touched = touched[touched["status"].eq("missed") == AGAINST[cause]]
        if len(touched):
            other = seen_from(data.assess(current=figures), year)
            named = cause.partition(",")[0]
            found.append(_merged(touched, other).assign(cause=named))
    every = pd.concat(found, ignore_index=True)
    every = every[~every["computed"] | every["actual"].ne(every["other_actual"])]
    cause = pd.Categorical(every["cause"], CAUSES)
    return (
        every.assign(changes=every["status"].ne(every["other_status"]), rank=cause)
        .drop_duplicates([*KEY, *(f"other_{name}" for name in OTHER)])
        .sort_values(["order", "year", "rank"], kind="stable", ignore_index=True)
        .drop(columns="rank")
    )


def _merged(rows: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    names = {name: f"other_{name}" for name in OTHER}
    other = other[[*KEY, *OTHER]].rename(columns=names)
    return rows.merge(other, on=KEY, how="left", validate="1:1")


def _readings(rows: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose target the source gives twice."""
    both = _merged(rows, other)
    own = both["period"].eq("term") | both["target_basis"].eq("stated")
    stated = own & both["due_year"].notna()
    other = both[[f"other_{name}" for name in ASKED]].set_axis(ASKED, axis="columns")
    twice = (both[ASKED].ne(other) & other.notna()).any(axis="columns")
    return both[stated & twice].assign(cause="reading")


def _touched(rows: pd.DataFrame, changed: pd.DataFrame) -> pd.DataFrame:
    """Return the judged rows on which one of the changed figures bears.

    The figure of an event that is done stands for the years after, too, and that of
    the last milestone for the term of a level; a change may be computed from the
    figure of another year.
    """
    places = pd.MultiIndex.from_frame(changed[["indicator", "year"]])
    inferred = rows["inferred"].notna() & rows["inferred"].ne("")
    unsure = rows["vintage"].eq("estimate") | inferred
    carried = unsure & rows["done_in"].le(rows["year"])
    whole, level = rows["period"].eq("term"), rows["over_term"].eq("last")
    year = rows["year"].mask(carried, rows["done_in"])
    year = year.mask(whole & level, rows["due_year"].fillna(year)).astype(int)
    own = pd.MultiIndex.from_arrays([rows["indicator"], year]).isin(places)
    term = whole & ~level & rows["indicator"].isin(changed["indicator"])
    made = rows["computed"] & rows["change_of"].isin(changed["indicator"])
    return rows[(own | term | made) & rows["status"].isin(JUDGED)]


def _readings_of_figures(data: Data) -> Iterator[Scenario]:
    """Give bounds taken as exact, ranges by either end, each side of a conflict.

    And what is known without what was only inferred.
    """
    own = data.own_current
    inferred = own["inferred"].ne("")
    yield "inferred", own[~inferred], own[inferred]
    bounded = own["bound"].ne("exact") & own["value"].notna()
    exact = own.assign(
        bound=own["bound"].mask(bounded, "exact"),
        upper_value=own["upper_value"].mask(bounded),
    )
    yield "bound", exact, own[bounded]
    ranged = own["bound"].eq("range")
    upper = exact.assign(value=own["value"].mask(ranged, own["upper_value"]))
    yield "bound", upper, own[ranged]
    for figures in _choices(data, own):
        yield "conflict", figures, own[own["conflict"] & ~figures["conflict"]]


def _finals(data: Data) -> Iterator[Scenario]:
    """Give estimates as finals that differ by the largest revision on record.

    An event that is expected to be done may be not done, and the other way round.
    """
    own, largest = data.own_current, data.largest_revision
    names = data.indicators.set_index("indicator")
    limits = ["direction", "plausible_low", "plausible_high"]
    facts = names[limits].reindex(own["indicator"]).set_index(own.index)
    up = facts["direction"].map({"up": 1.0, "down": -1.0, "none": 0.0}).astype(float)
    share = own["unit"].eq("%") & facts["plausible_high"].le(100)
    event = own["unit"].eq(EVENT_UNIT)
    estimated = own["vintage"].eq("estimate") & own["bound"].eq("exact")
    estimated &= own["value"].notna() & (event | (largest > 0))
    for cause, sign in (("estimate, better", 1), ("estimate, worse", -1)):
        moved = own["value"] + sign * up * largest * own["value"].abs()
        moved = moved.mask(share, moved.clip(upper=100))
        moved = moved.mask(facts["plausible_low"].ge(0), moved.clip(lower=0))
        moved = moved.mask(event, (sign * up).gt(0).astype(float))
        moved = pd.Series(round_half_away(moved, own["decimals"]), own.index)
        final = own.assign(
            value=own["value"].mask(estimated, moved),
            vintage=own["vintage"].mask(estimated, "final"),
        )
        yield cause, final, own[estimated]


def _choices(data: Data, own: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Give the figures with each side of the conflicts in turn."""
    key = [*ONE_FIGURE, "vintage", "as_of"]
    open_ones = own.loc[own["conflict"], key]
    sides = data.actuals.merge(open_ones, on=key, validate="m:1")
    sides = sides.drop_duplicates([*ONE_FIGURE, "value", "upper_value", "bound"])
    number = sides.groupby(ONE_FIGURE).cumcount()
    for turn in range(int(number.max()) + 1 if len(sides) else 0):
        side = sides[number == turn].set_index(ONE_FIGURE)
        places = pd.MultiIndex.from_frame(own[ONE_FIGURE])
        taken = places.isin(side.index)
        figures = own.assign(conflict=own["conflict"] & ~taken)
        for column in ("value", "upper_value", "bound", "source"):
            chosen = side[column].reindex(places).set_axis(own.index)
            figures[column] = own[column].mask(taken, chosen)
        yield figures
