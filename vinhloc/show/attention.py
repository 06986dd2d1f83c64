"""The targets that need attention first: why, from which office, by when."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from vinhloc.data import Data, select
from vinhloc.figures import EVENT_UNIT, _, is_missing, n_, named
from vinhloc.outlook import FAR, urgent_targets
from vinhloc.show.outlook import ON_TIME, schedule_words
from vinhloc.show.statuses import known_late, say_lacking, write_judged
from vinhloc.show.table import Number, Table, each, table_of
from vinhloc.show.targets import say_short, standing_mark, target_cell


def table_of_attention(
    data: Data,
    year: int,
    theme: str | None = None,
    *,
    period: str = "year",
    most: int | None = None,
) -> Table:
    """Return the targets that need attention first: what is wrong, why, who, by when.

    With `most`, only the first of them are shown, and the caption says of how many.
    What no office has reported is not here: see `table_of_missing`.

    >>> table = vl.table_of_attention(data, 2024, "economy")
    >>> print(table.frame.iloc[0, 4])
    Thấp hơn kế hoạch 1,9 điểm phần trăm. Nguyên nhân: ...
    """
    rows = urgent_targets(
        select(data.assessment, year=year, theme=theme, period=period)
    )
    rows = rows[rows["concern"].ne("no_data")]
    found, rows = len(rows), rows.head(most or len(rows))
    departments = data.names_of("departments", "department")
    told = told_of(data, rows)

    def why(row: Mapping) -> str:
        concern = say_concern(row)
        texts = [f"{concern[:1].upper()}{concern[1:]}."] if concern else []
        return " ".join([*texts, *told[row["indicator"]]])

    columns = {
        _("Chỉ tiêu"): named,
        _("Đánh giá"): standing_mark,
        _("Thực hiện"): Number(lambda row: write_judged(row, unit=True)),
        _("Mục tiêu"): Number(lambda row: target_cell(row, unit=True)),
        _("Vướng mắc, nguyên nhân, giải pháp"): each(rows, why),
        _("Bộ phận phụ trách"): [departments[name] for name in rows["department"]],
        _("Hạn"): each(rows, say_deadline),
    }
    if period == "term":
        columns.pop(_("Hạn"))
    caption = _("Những chỉ tiêu cần tập trung chỉ đạo")
    if len(rows) < found:
        caption = _(
            "Những chỉ tiêu cần tập trung chỉ đạo: {shown} trong {found} chỉ tiêu",
            shown=len(rows),
            found=found,
        )
    note = _(
        "Thứ tự: chưa đạt, chậm tiến độ từ một năm, chưa đủ căn cứ đánh giá; trong mỗi "
        "nhóm xét mức chậm, thời gian còn lại, mức độ tin cậy của số liệu, rồi các chỉ "
        "tiêu chủ yếu."
    )
    return table_of(caption, rows, columns, note=note)


def told_of(data: Data, rows: pd.DataFrame) -> dict[str, list[str]]:
    """Return indicator -> what its office says of cause and measure in a row's year."""
    remarks = data.tables["remarks.csv"]
    remarks = remarks[remarks["kind"].isin(["cause", "measure"])]
    remarks = remarks.sort_values(["kind", "date"], kind="stable")
    kinds = {"cause": _("Nguyên nhân: {text}"), "measure": _("Giải pháp: {text}")}
    told = {}
    for row in rows.to_dict("records"):
        own = remarks[remarks["indicator"].eq(row["indicator"])]
        if row["period"] == "year":
            own = own[own["year"].eq(row["year"])]
        last = own.drop_duplicates("kind", keep="last").to_dict("records")
        texts = [kinds[r["kind"]].format(text=r["text_vi"].rstrip(". ")) for r in last]
        told[row["indicator"]] = [f"{text}." for text in texts]
    return told


def is_near(rows: pd.DataFrame) -> pd.Series:
    """Tell which of `urgent_targets` are missed by less than FAR % of the target."""
    measured = rows["concern"].eq("missed") & rows["unit"].ne(EVENT_UNIT)
    return measured & rows["lacking"].lt(FAR) & ~rows["far"].astype(bool)


def say_concern(row: Mapping) -> str:
    """Return why a row needs attention: what is lacking, how late, how sure."""
    parts = []
    if row["concern"] == "missed" and row["lacking"] and row["unit"] != EVENT_UNIT:
        parts.append(say_short(row))
    late = not is_missing(row["schedule"]) and row["schedule"] <= -ON_TIME
    if late or row["schedule_note"] == "before":
        parts.append(schedule_words(row))
    if row["concern"] == "undecided":
        parts.append(
            _("hai nguồn khác nhau") if row["conflict"] else _("số liệu chưa đủ rõ")
        )
    if row["vintage"] == "estimate":
        parts.append(_("mới là số ước"))
    parts += filter(None, [say_lacking(row)])
    return "; ".join(parts)


def say_deadline(row: Mapping) -> str:
    """Return by when a row of `urgent_targets` is to be made good; "" of the term."""
    if row["period"] != "year":
        return ""
    if known_late(row):
        return n_("quá hạn {n} năm", int(row["year"] - row["due_year"]))
    if row["over_term"] == "every_year":
        return _("hằng năm")
    return str(int(row["year"] + row["years_left"]))
