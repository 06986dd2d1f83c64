"""How to read the annex in Excel: what its columns hold, what its statuses mean."""

from __future__ import annotations

from vinhloc.assess import STATUSES
from vinhloc.figures import _, write_date
from vinhloc.review.paper.annex import annex_heads, annex_years
from vinhloc.review.view import View
from vinhloc.show import STANDINGS, rule_of_every_year, shown_status


def notes_on(view: View) -> list[tuple[str, str]]:
    """Return what the columns hold, each with its meaning."""
    years = annex_years(view)
    heads = annex_heads(years)
    target, actual, percent = heads[3:6]
    change, status = f"{heads[6]}-{heads[-3]}" if years else heads[6], heads[-2]
    notes = [
        (
            target,
            _(
                "Nêu trong chương trình, với dấu so sánh. (hạn …): năm đến hạn, nếu "
                "chưa đến. –: chương trình không nêu mục tiêu."
            ),
        ),
        (
            actual,
            _(
                "Được báo cáo: số của nguồn ghi trong [ ]. Số ước ghi rõ là ước; mức "
                "tối thiểu, tối đa có chữ đi trước (ít nhất, hơn, dưới). Khoảng và "
                "việc ghi bằng chữ. –: chưa có số liệu."
            ),
        ),
        (
            percent,
            _(
                "Được tính: thực hiện chia mục tiêu, bằng công thức ngay trong ô. Chỉ "
                "có khi mục tiêu đã đến hạn, càng cao càng tốt và hai số đều chính xác."
            ),
        ),
        (
            change,
            _("Số liệu của từng năm. –: chưa có số liệu của năm đó.")
            if years
            else _(
                "Được tính: số năm nay trừ số năm trước, theo đơn vị của chỉ tiêu (với "
                "% là điểm %). Không tính khi số liệu hai năm khó so sánh."
            ),
        ),
        (
            status,
            _(
                "Được tính khi lập biểu, không xét theo tỷ lệ %. Sửa số trong biểu thì "
                "tỷ lệ tính lại, kết quả không đổi theo."
            ),
        ),
        (
            _("Dấu phẩy, dấu chấm"),
            _("Theo cài đặt vùng của Excel trên máy đang mở tệp."),
        ),
    ]
    if view.term:
        total = _("Tổng và bình quân được tính từ số của từng năm.")
        notes.insert(2, (_("Tổng, bình quân"), total))
        notes.insert(3, (_("Năm nào cũng phải đạt"), rule_of_every_year()))
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
