"""What is still open from earlier years: how much, since when, with whom."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from vinhloc.assess import arrears
from vinhloc.data import Data
from vinhloc.figures import EVENT_UNIT, _, is_missing, n_, named
from vinhloc.show.statuses import write_judged
from vinhloc.show.table import (
    Number,
    Prose,
    Table,
    any_made_up,
    each,
    prose,
    table_of,
)
from vinhloc.show.targets import gap_size, standing_mark, target_cell


def say_arrears(
    data: Data, year: int, theme: str | None = None, *, period: str = "year"
) -> Prose:
    """Return how much is still open from earlier years.

    Counted by itself, not among what is due in the year; nothing of a term as a whole,
    of which all years are due.

    >>> vl.say_arrears(data, 2023, "agriculture").paragraphs[0]
    'Tồn đọng từ các năm trước: ...'
    """
    rows = arrears_of(data, year, theme, period=period)
    if rows.empty:
        return prose([])
    missed = int(rows["status"].eq("missed").sum())
    silent = len(rows) - missed
    parts = {
        n_("{n} chỉ tiêu chưa đạt", missed): missed,
        n_("{n} chỉ tiêu chưa có số liệu", silent): silent,
    }
    said = "; ".join(text for text, count in parts.items() if count)
    text = _("Tồn đọng từ các năm trước: {parts}.", parts=said)
    return prose([text], made_up=any_made_up(rows))


def table_of_arrears(
    data: Data, year: int, theme: str | None = None, *, period: str = "year"
) -> Table:
    """Return what is still open from earlier years: since when, how much, with whom.

    >>> table = vl.table_of_arrears(data, 2023, "agriculture")
    >>> list(table.frame)[:2]
    ['Chỉ tiêu', 'Năm đến hạn']
    """
    rows = arrears_of(data, year, theme, period=period)
    names = data.names_of("departments", "department")
    columns = {
        _("Chỉ tiêu"): named,
        _("Năm đến hạn"): "year",
        _("Mục tiêu"): Number(lambda row: target_cell(row, unit=True)),
        _("Thực hiện"): Number(lambda row: write_judged(row, unit=True)),
        _("Còn thiếu"): Number(each(rows, _lacking)),
        _("Kết quả"): standing_mark,
        _("Bộ phận"): rows["department"].map(names),
    }
    return table_of(_("Tồn đọng từ các năm trước"), rows, columns)


def arrears_of(
    data: Data, year: int, theme: str | None = None, *, period: str = "year"
) -> pd.DataFrame:
    """Return `vinhloc.assess.arrears` of a theme, or of all; none of a whole term."""
    rows = arrears(data.assessment, year)
    rows = rows[rows["theme"].eq(theme)] if theme else rows
    return rows if period == "year" else rows.iloc[:0]


def _lacking(row: Mapping) -> str:
    """Return how much of a target is lacking; "–" where that is not known."""
    short = row["shortfall"]
    if row["unit"] == EVENT_UNIT or is_missing(short) or not short:
        return "–"
    return gap_size(row, short)
