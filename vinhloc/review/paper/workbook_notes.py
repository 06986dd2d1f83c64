"""How to read the annex in Excel: what its columns hold, what its statuses mean."""

from __future__ import annotations

from collections.abc import Sequence

from vinhloc.assess import STATUSES
from vinhloc.figures import _, write_date
from vinhloc.review.paper.columns import Column
from vinhloc.review.view import View
from vinhloc.show import STANDINGS, rule_of_every_year, shown_status


def notes_on(view: View, columns: Sequence[Column]) -> list[tuple[str, str]]:
    """Return what the columns hold, each with its meaning."""
    notes = [(column.head, column.meaning) for column in columns if column.meaning]
    if view.term:
        years = view.data.programme.years
        figures = _("Số liệu của từng năm. –: chưa có số liệu của năm đó.")
        notes.insert(3, (f"{years[0]}-{years[-1]}", figures))
        total = _("Tổng và bình quân được tính từ số của từng năm.")
        notes.insert(2, (_("Tổng, bình quân"), total))
        notes.insert(3, (_("Năm nào cũng phải đạt"), rule_of_every_year()))
    separators = _("Theo cài đặt vùng của Excel trên máy đang mở tệp.")
    notes.append((_("Dấu phẩy, dấu chấm"), separators))
    if view.data.as_of:
        day = write_date(view.data.as_of)
        text = _("Số liệu nhận được đến ngày {day}.", day=day)
        notes.append((_("Thời điểm"), text))
    return notes


def meanings(view: View) -> dict[str, str]:
    """Return what each status means, and each kind of one that the view shows."""
    shown = set(map(shown_status, view.rows.to_dict("records")))
    return {
        status: _(standing.meaning)
        for status, standing in sorted(
            STANDINGS.items(), key=lambda item: STATUSES.index(item[1].base)
        )
        if status in shown or status in STATUSES
    }
