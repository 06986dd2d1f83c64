"""How to read the annex in Excel: what its columns hold, what its statuses mean."""

from __future__ import annotations

from vinhloc.figures import write_date
from vinhloc.language import _
from vinhloc.review.annex import annex_heads
from vinhloc.review.view import View


def notes_on(view: View) -> list[tuple[str, str]]:
    """Return what the columns hold, each with its meaning."""
    target, actual, percent, change, status = annex_heads()[3:8]
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
                "Được báo cáo: số của nguồn ghi trong [ ]. Số ước ghi rõ là ước. Cận, "
                "khoảng và việc ghi bằng chữ, không dùng để tính. –: chưa có số liệu."
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
            _(
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
        notes.insert(2, (_("Thực hiện cả kỳ"), total))
    if view.data.as_of:
        day = write_date(view.data.as_of)
        text = _("Số liệu nhận được đến ngày {day}.", day=day)
        notes.append((_("Thời điểm"), text))
    return notes


def meanings() -> dict[str, str]:
    """Return what each status means."""
    return {
        "exceeded": _("Đạt, và tốt hơn mức đặt ra."),
        "met": _("Đạt mức đặt ra."),
        "missed": _("Không đạt mức đặt ra."),
        "undecided": _(
            "Có số liệu nhưng chưa đủ để kết luận: chỉ là cận, hoặc các nguồn khác "
            "nhau."
        ),
        "no_data": _("Đã đến hạn mà chưa có số liệu."),
        "not_due": _("Chưa đến hạn, hoặc chương trình không đặt mục tiêu."),
    }
