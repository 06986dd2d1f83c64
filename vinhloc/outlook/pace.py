"""The change a year so far, and the one still needed for the last target."""

from __future__ import annotations

import numpy as np
import pandas as pd

from vinhloc.assess import aims, annual_status, limits_of, spans
from vinhloc.figures import to_scaled
from vinhloc.outlook.schedule import value_and_path


def add_pace(assessment: pd.DataFrame) -> pd.DataFrame:
    """Add the change per year so far, the one still needed, and their ratio.

    Added, in the row's unit a year: observed_change (since the baseline), and
    required_change (from now to the last target of the term); pace is their ratio,
    below 0 where the figure moves away from the target. progress is the share of the
    way from the baseline to that target (%). end_value and end_year are that target.
    Missing without a baseline, at the baseline, at the end, and where the target is
    reached already. A running total starts from none before the first year.

    >>> rows = vl.select(vl.add_pace(data.assess()), indicator="active_enterprises")
    >>> columns = ["year", "actual", "observed_change", "required_change"]
    >>> rows.loc[rows["year"].eq(2024), columns].values.tolist()
    [[2024.0, 76.0, 2.5, 4.0]]
    """
    rows = assessment
    value, _path = value_and_path(rows)
    end = ends_of(rows)
    summed = rows["over_term"].eq("sum")
    first = rows.groupby("indicator")["year"].transform("min")
    start = rows["baseline"].where(~summed, 0.0)
    began = rows["baseline_year"].where(~summed, first - 1)
    since = (rows["year"] - began).where(lambda years: years > 0)
    left = (end["end_year"] - rows["year"]).where(lambda years: years > 0)
    observed = (value - start) / since
    required = ((end["end_value"] - value) / left).mask(reached(rows, value, end), 0)
    whole = end["end_value"] - start
    forward = np.where(rows["direction"].eq("down"), whole < 0, whole > 0)
    whole = whole.where(forward)
    return rows.assign(
        **end[["end_value", "end_year"]],
        progress=100 * (value - start) / whole,
        observed_change=observed,
        required_change=required.where(left.notna()),
        pace=observed / required.where(required != 0),
    )


def ends_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the last target of each indicator: value, year, comparator.

    Of a span: what must at least be reached.
    """
    yearly, span = rows["period"].eq("year"), spans(rows)
    total = ~yearly & rows["over_term"].eq("sum")
    level = yearly & rows["over_term"].eq("last")
    aim, down = aims(rows), rows["direction"].eq("down")
    sign = rows["comparator"].mask(span, down.map({True: "<=", False: ">="}))
    last = rows.assign(aim=aim, sign=sign)[
        (total | level & rows["target_basis"].eq("stated")) & aim.notna()
    ]
    last = last.sort_values("year", kind="stable")
    last = last.drop_duplicates("indicator", keep="last").set_index("indicator")
    names = {"end_value": "aim", "end_year": "year", "end_sign": "sign"}
    name = rows["indicator"].where(yearly)
    return pd.DataFrame({new: name.map(last[old]) for new, old in names.items()})


def reached(rows: pd.DataFrame, value: pd.Series, end: pd.DataFrame) -> pd.Series:
    """Tell where a value satisfies the last target of the term."""
    minimum, maximum = limits_of(
        rows.assign(
            target=end["end_value"],
            upper_target=np.nan,
            tolerance=np.nan,
            comparator=end["end_sign"],
        )
    )
    actual = pd.Series(to_scaled(value, rows["decimals"]), rows.index)
    sides = {"actual": actual, "minimum": minimum, "maximum": maximum}
    return annual_status(pd.DataFrame(sides)).eq("met")
