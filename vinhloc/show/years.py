"""The years of the term: steps, figures beside targets, gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from vinhloc.data import select
from vinhloc.figures import (
    _,
    named,
    unit_name,
    write_actual,
    write_figure,
    write_target,
)
from vinhloc.outlook import split_sum
from vinhloc.show.table import (
    Number,
    Table,
    any_made_up,
    each,
    nothing_to_show,
    table_of,
)
from vinhloc.show.targets import (
    actual_cell,
    figure_in,
    gap_cell,
    gap_unit,
    running_cell,
    standing_mark,
    target_cell,
)


def table_of_steps(rows: pd.DataFrame) -> Table:
    """Return the yearly steps of a `sum` indicator: year, place, plan, done, totals.

    And what each year, in its place, lacks of its plan.

    >>> rows = vl.select(data.assessment, indicator="field_roads_upgraded")
    >>> vl.table_of_steps(rows).frame["Còn thiếu"].tolist()
    ['0', '–', '22', '–', '0', '0']
    """
    if rows.empty:
        return nothing_to_show()
    lacking = split_sum(rows)["lacking"].reindex(rows.index).clip(lower=0)
    places = rows["place"].replace("", pd.NA).fillna("–")
    columns = {
        _("Năm"): "year",
        **({_("Địa điểm"): places} if places.ne("–").any() else {}),
        _("Kế hoạch năm"): Number(write_target),
        _("Thực hiện"): Number(actual_cell),
        _("Còn thiếu"): Number(list(map(write_figure, lacking, rows["decimals"]))),
        _("Cộng dồn kế hoạch"): Number(figure_in("cumulative_target")),
        _("Cộng dồn thực hiện"): Number(figure_in("cumulative")),
        _("Kết quả"): standing_mark,
    }
    first = rows.iloc[0]
    values = {"name": named(first), "unit": unit_name(first)}
    return table_of(_("{name}, từng năm ({unit})", **values), rows, columns)


def table_of_years(assessment: pd.DataFrame, indicators: Sequence[str]) -> Table:
    """Return indicators across the term: for each year "reported / target".

    `assessment` is the whole one; indicators that the programme lacks are left out.

    >>> table = vl.table_of_years(data.assessment, ["grain_output"])
    >>> print(table.frame.loc[0, "2023"])
    1.928 / ≥ 1.871
    """
    rows = _of_years(assessment, indicators)
    caption = _("Thực hiện / mục tiêu từng năm")
    return _across(caption, rows, unit=unit_name, cell=_figure_cell)


def table_of_running(assessment: pd.DataFrame, year: int, theme: str) -> Table:
    """Return what a theme's `sum` indicators have of a year, and all up to it.

    `assessment` is the whole one.

    >>> table = vl.table_of_running(data.assessment, 2024, "agriculture")
    >>> table.frame["Cộng dồn thực hiện / kế hoạch"].tolist()
    ['15,7 / 14,0', '1.849 / 1.400', '887 / 1.000']
    """
    rows = select(assessment, year=year, theme=theme)
    columns = {
        _("Chỉ tiêu"): named,
        _("Đơn vị"): unit_name,
        _("Kế hoạch năm"): Number(target_cell),
        _("Thực hiện"): Number(actual_cell),
        _("Cộng dồn thực hiện / kế hoạch"): Number(running_cell),
    }
    caption = _("Khối lượng cộng dồn đến năm {year}", year=year)
    return table_of(caption, rows[rows["over_term"].eq("sum")], columns)


def table_of_gaps(assessment: pd.DataFrame, indicators: Sequence[str]) -> Table:
    """Return indicators across the term: for each year the gap to its milestone.

    Indicators without any gap are left out.

    >>> table = vl.table_of_gaps(data.assessment, ["grain_output"])
    >>> table.frame[["2022", "2023", "2024"]].values.tolist()
    [['−39', '+57', '+139']]
    """
    rows = _of_years(assessment, indicators)
    rows = rows[rows.groupby("indicator")["gap"].transform("count").gt(0)]
    caption = _("Chênh lệch so với mốc từng năm")
    return _across(caption, rows, unit=gap_unit, cell=gap_cell)


def _of_years(assessment: pd.DataFrame, indicators: Sequence[str]) -> pd.DataFrame:
    rows = select(assessment)
    return rows[rows["indicator"].isin(list(indicators))]


def _across(caption: str, rows: pd.DataFrame, *, unit, cell) -> Table:
    """Return a line for each indicator, a column for each year."""
    years = rows.groupby("year", sort=True)
    columns = {_("Chỉ tiêu"): named, _("Đơn vị"): unit}
    columns |= {str(year): Number(each(part, cell)) for year, part in years}
    firsts = rows.drop_duplicates("indicator")
    return table_of(caption, firsts, columns, made_up=any_made_up(rows))


def _figure_cell(row: Mapping) -> str:
    written = write_pair(row)
    return "–" if written == "– / –" else written


def write_pair(row: Mapping) -> str:
    """Return a year's figure beside the target that is stated for it."""
    stated = row["target_basis"] == "stated"
    return f"{write_actual(row)} / {write_target(row) if stated else '–'}"
