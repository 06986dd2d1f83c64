"""What an entry form asks for: the indicators of a year, with what is known of each."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from vinhloc.data import Data
from vinhloc.figures import write_actual, write_target


def form_rows(
    data: Data,
    year: int,
    *,
    themes: Iterable[str] = (),
    departments: Iterable[str] = (),
) -> pd.DataFrame:
    """Return the assessment rows of a year that a form asks for.

    Of a baseline year before the term these are the rows of its first year, but for
    events. Added are, as text, `before` (last year's figure) and `asked` (the target
    stated for the year, else the next or last one with its year).
    Raises Fault for a year outside the term and for an unknown theme or department.
    """
    programme = data.programme
    programme.check_year(year, baseline=True)
    rows = _of_year(data, max(year, programme.first_year))
    rows = rows[rows["change_of"].eq("")]  # what is computed is not asked for
    if year < programme.first_year:
        rows = rows[rows["over_term"].ne("once")]
    for column, wished in (("theme", themes), ("department", departments)):
        data.check_known(column, wished)
        rows = rows[rows[column].isin([*wished])] if [*wished] else rows
    order = data.themes["theme"].tolist()
    before, stated = _figures_before(data, year), _stated_targets(data, year)
    rows = rows.assign(
        before=[before.get(name, "–") for name in rows["indicator"]],
        asked=[
            write_target(row)
            if row["target_basis"] == "stated" and row["year"] == year
            else stated.get(row["indicator"], "–")
            for row in rows.to_dict("records")
        ],
    )
    by_theme = rows["theme"].map(order.index)
    return rows.assign(place=by_theme).sort_values(["place", "order"])


def _of_year(data: Data, year: int) -> pd.DataFrame:
    rows = data.assessment
    return rows[rows["year"].eq(year) & rows["period"].eq("year")]


def _figures_before(data: Data, year: int) -> dict[str, str]:
    """Return each indicator's figure of the year before, as text."""
    rows = _of_year(data, year - 1)
    if year == data.programme.first_year:  # the assessment begins with it
        rows = data.current.query("year == @year - 1 and not conflict")
        rows = rows[rows["area"].eq(data.programme.area)]
        rows = rows.rename(columns={"value": "actual", "upper_value": "upper_actual"})
    return {row["indicator"]: write_actual(row) for row in rows.to_dict("records")}


def _stated_targets(data: Data, year: int) -> dict[str, str]:
    """Return the target of each indicator for a year, else its next or last one."""
    rows = data.targets.query("reading == 'main'")
    rows = rows.assign(past=rows["year"] < year, far=(rows["year"] - year).abs())
    rows = rows.sort_values(["past", "far", "period"], ascending=[True, True, False])
    rows = rows.rename(columns={"value": "target", "upper_value": "upper_target"})
    return {
        row["indicator"]: write_target(row) + _of_when(row, year)
        for row in rows.drop_duplicates("indicator").to_dict("records")
    }


def _of_when(row: dict, year: int) -> str:
    """Return, in brackets, what a target is of that is not the year's own."""
    if row["period"] == "term" and row["over_term"] not in ("last", "once"):
        return " (cả nhiệm kỳ)" if row["over_term"] == "sum" else " (mỗi năm)"
    if row["due"]:
        return f" ({row['due']})"
    return "" if row["year"] == year else f" (năm {row['year']})"
