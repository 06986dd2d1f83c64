"""The targets that need attention first, and why."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from vinhloc.figures import EVENT_UNIT, _, is_missing, n_, named
from vinhloc.show.outlook import ON_TIME, schedule_words
from vinhloc.show.statuses import say_lacking, write_judged
from vinhloc.show.table import Number, Table, each, table_of
from vinhloc.show.targets import say_short, standing_mark, target_cell


def table_of_attention(
    rows: pd.DataFrame, departments: Mapping[str, str], *, most: int | None = None
) -> Table:
    """Return the targets that need attention first, with what is wrong and how much.

    `rows` come from `urgent_targets`; with `most`, only the first of them are shown,
    and the caption says of how many.

    >>> names = data.names_of("departments", "department")
    >>> rows = vl.urgent_targets(vl.select(data.assessment, year=2024, theme="economy"))
    >>> print(vl.table_of_attention(rows, names).frame["Vì sao cần chú ý"].iloc[0])
    thiếu 1,9 điểm %; hạn trong năm nay
    """
    found, rows = len(rows), rows.head(most or len(rows))
    concerns = each(rows, say_concern)
    columns = {
        _("Chỉ tiêu"): named,
        _("Kết quả"): standing_mark,
        _("Thực hiện"): Number(lambda row: write_judged(row, unit=True)),
        _("Mục tiêu"): Number(lambda row: target_cell(row, unit=True)),
        **({_("Vì sao cần chú ý"): concerns} if any(concerns) else {}),
        _("Nơi báo cáo"): [departments[name] for name in rows["department"]],
    }
    caption = _("Cần chú ý trước")
    if len(rows) < found:
        values = {"shown": len(rows), "found": found}
        caption = _("Cần chú ý trước: {shown} trong {found} mục tiêu", **values)
    note = _(
        "Thứ tự: không đạt, chậm lộ trình từ một năm, chưa kết luận được, chưa có "
        "số liệu; trong mỗi nhóm xét mức chậm, thời gian còn lại, mức độ tin cậy "
        "của số liệu, rồi danh mục mục tiêu chính."
    )
    return table_of(caption, rows, columns, note=note)


def say_concern(row: Mapping) -> str:
    """Return why a row needs attention: what is lacking, how late, how sure."""
    parts = []
    if row["concern"] == "missed" and row["lacking"] and row["unit"] != EVENT_UNIT:
        parts.append(say_short(row))
    if not is_missing(row["schedule"]) and row["schedule"] <= -ON_TIME:
        parts.append(schedule_words(row))
    if row["schedule_note"] == "before":
        parts.append(schedule_words(row))
    if row["concern"] == "undecided":
        parts.append(
            _("hai nguồn khác nhau") if row["conflict"] else _("số liệu chưa đủ rõ")
        )
    if row["vintage"] == "estimate":
        parts.append(_("mới là số ước"))
    parts += filter(None, [say_lacking(row)])
    if row["period"] == "year":
        parts.append(_time_left(row))
    return "; ".join(parts)


def _time_left(row: Mapping) -> str:
    """Return how long until the last target, or since an event was due."""
    left = int(row["years_left"])
    over = row["year"] - row["due_year"] if row["over_term"] == "once" else 0
    if over > 0:
        return n_("quá hạn {n} năm", int(over))
    return n_("còn {n} năm", left) if left else _("hạn trong năm nay")
