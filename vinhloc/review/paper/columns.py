"""The columns of the annex table, declared once for its page, Word, PDF and Excel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from vinhloc.figures import _
from vinhloc.review.view import View

PAPER = 257  # mm between the margins of a page that lies across
YEARS_WIDTH = 80  # mm on paper, of all years of the term together
MIDDLE, RIGHT, INDENTED = {"align": "center"}, {"align": "right"}, {"indent": 1}
# Of what is left empty in all rows, these columns are not shown.
OPTIONAL = ("before_text", "actual_text", "percent_text", "change_text", "note")


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


def annex_columns(view: View, lines: pd.DataFrame) -> tuple[Column, ...]:
    """Return the columns of a view's annex, of which `annex_rows` gave the lines.

    The term has one for each of its years. One of OPTIONAL that no line fills is left
    out, and so are the verdicts where no line has a figure; its room goes to names.
    """
    rows = lines[~lines["is_theme"].astype(bool)]
    filled = {column: _is_filled(rows, column) for column in OPTIONAL}
    filled["status_text"] = filled["actual_text"] or view.term
    columns = _of_term(view) if view.term else _of_year(view)
    kept = [column for column in columns if filled.get(column.text, True)]
    free = PAPER - sum(column.paper for column in kept)
    wide = [column for column in kept if column.text in ("name", "office")]
    return tuple(
        replace(c, paper=c.paper + free / len(wide)) if c in wide else c for c in kept
    )


def sheet_columns(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the columns of the sheet, where a row says its theme and can be sorted."""
    number, *others = columns
    return (number, Column(_("Lĩnh vực"), "theme_name", 0, 24), *others)


def _is_filled(rows: pd.DataFrame, column: str) -> bool:
    return not rows[column].isin(["", "–"]).all()


def _of_year(view: View) -> Iterator[Column]:
    year, end = view.year, view.data.programme.last_year
    yield Column(_("TT"), "number", 9, 10, look=MIDDLE)
    yield Column(_("Chỉ tiêu"), "name", 45, 58)
    yield Column(_("ĐVT"), "unit", 18, 20, look=MIDDLE)
    yield Column(
        _("TH năm {year}", year=year - 1),
        "before_text",
        17,
        18,
        "before",
        _("Thực hiện của năm trước, hoặc số gốc mà chương trình nêu của năm đó."),
        RIGHT,
    )
    yield Column(
        _("KH năm {year}", year=year),
        "target_text",
        18,
        20,
        "target",
        _(
            "Mức mà chương trình nêu cho năm này, với dấu so sánh. –: chương trình "
            "không nêu mức của năm này; xem mục tiêu cuối kỳ."
        ),
        RIGHT,
    )
    yield Column(
        _("TH năm {year}", year=year), "actual_text", 19, 20, "actual", _said(), RIGHT
    )
    yield Column(
        _("TH/KH (%)"), "percent_text", 13, 16, "percent", _said_percent(), RIGHT
    )
    yield Column(
        _("So cùng kỳ (%)"),
        "change_text",
        18,
        18,
        "change",
        _(
            "Được tính: mức tăng, giảm so với năm trước, bằng công thức ngay trong ô; "
            "của tỷ lệ (%) là số điểm phần trăm. –: không tính được, khó so sánh, "
            "hoặc là việc, cấp, hạng."
        ),
        RIGHT,
    )
    yield Column(
        _("Mục tiêu cuối kỳ ({year})", year=end),
        "end_text",
        20,
        24,
        "end",
        _("Mức mà chương trình nêu cho cả kỳ. (hạn …): năm đến hạn, nếu sớm hơn."),
        RIGHT,
    )
    yield _status(29)
    rows = view.rows
    suggested = rows["department_basis"].eq("suggested").any()
    words = _("Bộ phận phụ trách (dự kiến)") if suggested else _("Bộ phận phụ trách")
    yield Column(words, "office", 31, 38)
    yield _note(18)


def _of_term(view: View) -> Iterator[Column]:
    years = view.data.programme.years
    yield Column(_("TT"), "number", 8, 10, look=MIDDLE)
    yield Column(_("Chỉ tiêu"), "name", 44, 76)
    yield Column(_("ĐVT"), "unit", 20, 31, look=MIDDLE)
    stated = _("Nêu trong chương trình, với dấu so sánh. –: chương trình không nêu.")
    yield Column(_("Mục tiêu cả kỳ"), "target_text", 20, 40, "target", stated, RIGHT)
    head = _("Thực hiện cả kỳ")
    yield Column(head, "actual_text", 23, 30, "actual", _said(), RIGHT)
    head = _("TH/KH (%)")
    yield Column(head, "percent_text", 14, 21, "percent", _said_percent(), RIGHT)
    for year in map(str, years):
        width = YEARS_WIDTH / len(years)
        yield Column(year, f"{year}_text", width, 19, year, look=RIGHT)
    yield _status(22)
    yield _note(26)


def _said() -> str:
    return _(
        "Được báo cáo: số của nguồn ghi trong [ ]. Số ước ghi rõ là ước; mức tối "
        "thiểu, tối đa có chữ đi trước (ít nhất, hơn, dưới). Khoảng và việc ghi bằng "
        "chữ. –: chưa có số liệu."
    )


def _said_percent() -> str:
    return _(
        "Được tính: thực hiện chia kế hoạch, bằng công thức ngay trong ô. Chỉ có khi "
        "đã đến hạn, càng cao càng tốt, hai số đều chính xác và tỷ lệ có nghĩa: không "
        "tính cho việc, cấp, hạng, tốc độ tăng."
    )


def _status(width: float) -> Column:
    meaning = _(
        "Được tính khi lập biểu, không xét theo tỷ lệ %. Sửa số trong biểu thì tỷ lệ "
        "tính lại, đánh giá không đổi theo."
    )
    return Column(_("Đánh giá"), "status_text", width, 31, meaning=meaning)


def _note(width: float) -> Column:
    look = {**INDENTED, "font_size": 10}
    return Column(_("Ghi chú"), "note", width, 24, look=look)
