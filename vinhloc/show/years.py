"""The years of the term: steps, figures beside targets, gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from vinhloc.figures import (
    _,
    named,
    unit_name,
    write_actual,
    write_figure,
    write_target,
)
from vinhloc.outlook import split_sum
from vinhloc.show.table import Table, each, make_table, nothing_to_show
from vinhloc.show.targets import actual_cell, gap_cell, gap_unit, standing_mark


def table_of_steps(rows: pd.DataFrame) -> Table:
    """Return the yearly steps of a `sum` indicator: year, place, plan, done, totals.

    And what each year, in its place, lacks of its plan.

    >>> rows = vl.select(data.assessment, indicator="field_roads_upgraded")
    >>> vl.table_of_steps(rows).frame["Còn thiếu"].tolist()
    ['0', '–', '22', '–', '0', '0']
    """
    if rows.empty:
        return nothing_to_show()
    planned, done = _("Kế hoạch năm"), _("Thực hiện")
    total, total_done = _("Cộng dồn kế hoạch"), _("Cộng dồn thực hiện")
    lacking, unit = _("Còn thiếu"), unit_name(rows.iloc[0])
    short = split_sum(rows)["lacking"].reindex(rows.index)
    places = rows["place"].replace("", pd.NA).fillna("–")
    columns = {
        _("Năm"): rows["year"].tolist(),
        **({_("Địa điểm"): places.tolist()} if places.ne("–").any() else {}),
        planned: each(rows, write_target),
        done: each(rows, actual_cell),
        lacking: [
            write_figure(max(value, 0), decimals) if value == value else "–"
            for value, decimals in zip(short, rows["decimals"], strict=True)
        ],
        total: each(
            rows, lambda row: write_figure(row["cumulative_target"], row["decimals"])
        ),
        total_done: each(
            rows, lambda row: write_figure(row["cumulative"], row["decimals"])
        ),
        _("Kết quả"): each(rows, standing_mark),
    }
    caption = _("{name}, từng năm ({unit})", name=named(rows.iloc[0]), unit=unit)
    return make_table(
        caption,
        columns,
        numbers=(planned, done, lacking, total, total_done),
        made_up=bool(rows["made_up"].any()),
    )


def table_of_years(assessment: pd.DataFrame, indicators: Sequence[str]) -> Table:
    """Return indicators across the term: for each year "reported / target".

    `assessment` is the whole one; indicators that the programme lacks are left out.

    >>> table = vl.table_of_years(data.assessment, ["grain_output"])
    >>> print(table.frame.loc[0, "2023"])
    1.928 / ≥ 1.871
    """
    wanted = assessment["indicator"].isin(list(indicators))
    rows = assessment[wanted & assessment["period"].eq("year")]
    firsts = rows.drop_duplicates("indicator")

    def cell(row: Mapping) -> str:
        stated = row["target_basis"] == "stated"
        target = write_target(row) if stated else "–"
        actual = write_actual(row)
        return f"{actual} / {target}" if (actual, target) != ("–", "–") else "–"

    columns = {
        _("Chỉ tiêu"): each(firsts, named),
        _("Đơn vị"): each(firsts, unit_name),
    }
    years = {
        str(year): each(part, cell) for year, part in rows.groupby("year", sort=True)
    }
    return make_table(
        _("Thực hiện / mục tiêu từng năm"),
        {**columns, **years},
        numbers=tuple(years),
        made_up=bool(rows["made_up"].any()),
    )


def table_of_gaps(assessment: pd.DataFrame, indicators: Sequence[str]) -> Table:
    """Return indicators across the term: for each year the gap to its milestone.

    Indicators without any gap are left out.

    >>> table = vl.table_of_gaps(data.assessment, ["grain_output"])
    >>> table.frame[["2022", "2023", "2024"]].values.tolist()
    [['−39', '+57', '+139']]
    """
    wanted = assessment["indicator"].isin(list(indicators))
    rows = assessment[wanted & assessment["period"].eq("year")]
    rows = rows[rows.groupby("indicator")["gap"].transform("count").gt(0)]
    firsts = rows.drop_duplicates("indicator")
    columns = {
        _("Chỉ tiêu"): each(firsts, named),
        _("Đơn vị"): each(firsts, gap_unit),
    }
    years = {str(year): each(part, gap_cell) for year, part in rows.groupby("year")}
    return make_table(
        _("Chênh lệch so với mốc từng năm"),
        {**columns, **years},
        numbers=tuple(years),
        made_up=bool(rows["made_up"].any()),
    )
