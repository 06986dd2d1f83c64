"""The columns of the annex table, declared once: Word, PDF and Excel walk this list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vinhloc.figures import _
from vinhloc.review.view import View

YEARS_WIDTH = 80  # mm on paper, of all years of the term together
MIDDLE, RIGHT, INDENTED = {"align": "center"}, {"align": "right"}, {"indent": 1}


@dataclass(frozen=True)
class Column:
    """A column: where a row of the annex holds its cell, and how that is shown.

    `text` names the cell as written, `value` as a number (missing where it is none);
    `paper` and `excel` are widths in mm, those of Excel scaled to the page; `look` is
    that of its texts in Excel, `meaning` its note there.
    """

    head: str
    text: str
    paper: float
    excel: float
    value: str = ""
    meaning: str = ""
    look: Mapping = field(default_factory=lambda: INDENTED)

    @property
    def whole(self) -> bool:
        """Whether its figures stay in one line; those of the term's years may not."""
        return bool(self.value) and not self.value.isdigit()


def annex_columns(view: View) -> tuple[Column, ...]:
    """Return the columns of a view's annex: the term has one for each of its years."""
    term = view.term
    return (
        Column(_("TT"), "number", 8 if term else 10, 10, look=MIDDLE),
        Column(_("Chỉ tiêu"), "name", 44 if term else 68, 76),
        Column(_("Đơn vị"), "unit", 20 if term else 24, 31, look=MIDDLE),
        Column(
            _("Mục tiêu cả kỳ") if term else _("Mục tiêu"),
            "target_text",
            20 if term else 28,
            40,
            "target",
            _(
                "Nêu trong chương trình, với dấu so sánh. (hạn …): năm đến hạn, nếu "
                "chưa đến. –: chương trình không nêu mục tiêu."
            ),
            RIGHT,
        ),
        Column(
            _("Thực hiện cả kỳ") if term else _("Thực hiện"),
            "actual_text",
            23 if term else 26,
            30,
            "actual",
            _(
                "Được báo cáo: số của nguồn ghi trong [ ]. Số ước ghi rõ là ước; mức "
                "tối thiểu, tối đa có chữ đi trước (ít nhất, hơn, dưới). Khoảng và "
                "việc ghi bằng chữ. –: chưa có số liệu."
            ),
            RIGHT,
        ),
        Column(
            _("% so với kế hoạch"),
            "percent_text",
            14 if term else 20,
            21,
            "percent",
            _(
                "Được tính: thực hiện chia mục tiêu, bằng công thức ngay trong ô. Chỉ "
                "có khi mục tiêu đã đến hạn, càng cao càng tốt và hai số đều chính xác."
            ),
            RIGHT,
        ),
        *(_years(view.data.programme.years) if term else [_change()]),
        Column(
            _("Kết quả"),
            "status_text",
            22 if term else 30,
            38,
            meaning=_(
                "Được tính khi lập biểu, không xét theo tỷ lệ %. Sửa số trong biểu thì "
                "tỷ lệ tính lại, kết quả không đổi theo."
            ),
        ),
        Column(
            _("Ghi chú"),
            "note",
            26 if term else 29,
            44,
            look={**INDENTED, "font_size": 10},
        ),
    )


def _change() -> Column:
    meaning = _(
        "Được tính: số năm nay trừ số năm trước, theo đơn vị của chỉ tiêu (với "
        "% là điểm %). Không tính khi số liệu hai năm khó so sánh."
    )
    head = _("So với năm trước")
    return Column(head, "change_text", 22, 22, "change", meaning, RIGHT)


def _years(years: Sequence[int]) -> list[Column]:
    width = YEARS_WIDTH / len(years)
    return [
        Column(year, f"{year}_text", width, 19, year, look=RIGHT)
        for year in map(str, years)
    ]
