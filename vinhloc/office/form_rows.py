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

    Added are, as text, `before` (last year's figure) and `asked` (the target stated).
    Raises Fault for a year outside the term and for an unknown theme or
    department.
    """
    data.programme.check_year(year)
    rows = data.assessment
    last = rows[(rows["year"] == year - 1) & (rows["period"] == "year")]
    before = {row["indicator"]: write_actual(row) for row in last.to_dict("records")}
    stated = _stated_targets(data, year)
    rows = rows[(rows["year"] == year) & (rows["period"] == "year")]
    for column, wished in (("theme", themes), ("department", departments)):
        data.check_known(column, wished)
        rows = rows[rows[column].isin([*wished])] if [*wished] else rows
    order = data.themes["theme"].tolist()
    rows = rows.assign(
        before=[before.get(name, "–") for name in rows["indicator"]],
        asked=[stated.get(name, "–") for name in rows["indicator"]],
    )
    by_theme = rows["theme"].map(order.index)
    return rows.assign(place=by_theme).sort_values(["place", "order"])


def _stated_targets(data: Data, year: int) -> dict[str, str]:
    """Return the target of each indicator for a year, else its next or last one."""
    rows = data.targets.query("reading == 'main'")
    rows = rows.assign(past=rows["year"] < year, far=(rows["year"] - year).abs())
    rows = rows.sort_values(["past", "far", "period"], ascending=[True, True, False])
    rows = rows.rename(columns={"value": "target", "upper_value": "upper_target"})
    return {
        row["indicator"]: write_target(row)
        + ("" if row["year"] == year else f" (năm {row['year']})")
        for row in rows.drop_duplicates("indicator").to_dict("records")
    }
