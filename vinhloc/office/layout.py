"""The entry workbook's layout: what the writer sets down and the reader looks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

VERSION = "1"
IDENTITY_SHEET = "vinhloc"
COVER_SHEET = "Hướng dẫn"
HEADER_ROW, FIRST_ROW = 4, 5
ESTIMATE, FINAL = "ước", "chính thức"
VINTAGES = {ESTIMATE: "estimate", FINAL: "final"}


@dataclass(frozen=True)
class Column:
    """A column of a theme's sheet; a clerk writes in those that have a `prompt`."""

    key: str
    heading: str
    width: float
    prompt: str = ""
    hidden: bool = False

    @property
    def open(self) -> bool:
        """Whether a clerk writes in it."""
        return bool(self.prompt)


COLUMNS = (
    Column("indicator", "Mã", 12, hidden=True),
    Column("name", "Chỉ tiêu", 30),
    Column("unit", "Đơn vị tính", 13),
    Column("target", "Mục tiêu năm theo", 14),  # and the word for the document
    Column("before", "Thực hiện năm trước", 12),
    Column(
        "actual",
        "Thực hiện",
        14,
        "Ghi như trong báo cáo, ví dụ 97,5 hoặc 2.080. Dấu chấm ngăn hàng nghìn, dấu "
        "phẩy ngăn phần thập phân. Chưa có số thì để trống.",
    ),
    Column("understood", "Máy hiểu là", 17),
    Column(
        "vintage",
        "Loại số",
        10,
        "Chọn «ước» hoặc «chính thức». Để trống: theo trang Hướng dẫn.",
    ),
    Column(
        "as_of",
        "Ngày số liệu",
        12,
        "Ngày có số này, viết kiểu 15/12/2024. Để trống: theo trang Hướng dẫn.",
    ),
    Column(
        "source",
        "Văn bản nguồn",
        17,
        "Số, ký hiệu, ngày của báo cáo có số này, ví dụ 215/BC-UBND ngày 10/12/2024. "
        "Để trống: theo trang Hướng dẫn.",
    ),
    Column(
        "cause",
        "Nguyên nhân (nếu chưa đạt)",
        20,
        "Vì sao chưa đạt; sẽ in trong báo cáo.",
    ),
    Column("measure", "Giải pháp", 20, "Sẽ làm gì; sẽ in trong báo cáo."),
    Column(
        "confirmed",
        "Xác nhận (lý do)",
        17,
        "Khi máy hỏi lại mà số vẫn đúng: ghi lý do vào đây.",
    ),
)
ASKED = tuple(column.key for column in COLUMNS if column.open)
COLUMN = {column.key: number for number, column in enumerate(COLUMNS)}
# Cells of the cover that hold for every row which leaves its own empty.
COVER = {
    "entered_by": ("Người nhập", 9),
    "as_of": ("Ngày số liệu (kiểu 15/12/2024)", 10),
    "vintage": ("Loại số (ước / chính thức)", 11),
    "source": ("Văn bản nguồn", 12),
}
COVER_COLUMN = 1
# How form and marked copy look. A text of an office is never a formula or a link.
BOOK = {"strings_to_formulas": False, "strings_to_urls": False}
LETTERS = {"font_name": "Arial", "font_size": 10}
WRONG = {"bg_color": "#F8C9B8"}
COMMENT = {"author": "vinhloc", "x_scale": 2.2, "y_scale": 1.4}
LONGEST_SHEET = 31  # letters of a sheet's name, as UTF-16 counts them


def sheet_name(name: str, used: Iterable[str] = ()) -> str:
    """Return a name as Excel takes it for a sheet, numbered where it is in use."""
    taken = {"history", IDENTITY_SHEET, *(other.lower() for other in used)}
    stem = " ".join(re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", name).split()) or "1"
    for end in ("", *(f" {number}" for number in range(2, len(taken) + 3))):
        room = 2 * (LONGEST_SHEET - len(end))
        cut = stem.encode("utf-16-le")[:room].decode("utf-16-le", "ignore")
        if (found := cut.rstrip() + end).lower() not in taken:
            break
    return found
