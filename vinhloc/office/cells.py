"""One cell of an office's sheet: can it be read, which day is it, is its text safe."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from vinhloc.figures import (
    UNSEEN,
    FigureProblem,
    Units,
    _,
    parse_figure,
    without_formula,
)
from vinhloc.office.files import Cell
from vinhloc.office.submission import text_of

LONGEST = 2000


class Refused(Exception):
    """A cell that stops its row: what it is (`kind`), why, and what to write."""

    def __init__(self, cell: Cell, kind: str, why: str, write: str):
        super().__init__(why)
        self.cell, self.kind, self.why, self.write = cell, kind, why, write


def check_readable(cell: Cell) -> None:
    """Raise for a cell that holds no figure: a date, an error, an unsaved formula."""
    if cell.missing:
        why = _("công thức chưa có giá trị đã lưu")
        write = _("hãy mở và lưu lại tệp bằng Excel, hoặc ghi chính con số")
        raise Refused(cell, "formula", why, write)
    if cell.error:
        why = _("công thức báo lỗi {error}", error=cell.value)
        raise Refused(cell, "spreadsheet_error", why, _("hãy ghi chính con số"))
    if isinstance(cell.value, datetime.date | datetime.time | datetime.timedelta):
        why = _("bảng tính đã đổi chữ gõ vào thành ngày giờ")
        write = _("hãy định dạng ô kiểu văn bản (Text) rồi ghi lại, ví dụ 10/10 thôn")
        raise Refused(cell, "date", why, write)
    if isinstance(cell.value, bool):
        why = _("ô ghi đúng/sai, không phải con số")
        raise Refused(cell, "words", why, _("hãy ghi con số"))


def number_beside(
    cell: Cell | None, unit: str, decimals: int, units: Units, *, written: str = ""
) -> Decimal | None:
    """Return the number in a cell beside the figure: its plan, its percentage.

    None where it cannot be read: it only serves to check the figure. Text is taken
    from the `written` unit to the indicator's own.
    """
    if cell is None or cell.missing or cell.error or isinstance(cell.value, bool):
        return None
    if isinstance(cell.value, str):
        text = re.sub(r"^(?:>=|<=|≥|≤|>|<)\s*", "", text_of(cell))
        try:
            facts = {"unit": unit, "decimals": decimals, "written_unit": written}
            figure = parse_figure(text, units=units, **facts)
        except FigureProblem:
            return None
        return figure and figure.value
    if isinstance(cell.value, int | float):
        number = Decimal(f"{cell.value:.15g}")
        return number * 100 if cell.percent else number
    return None


def as_date(cell: Cell) -> datetime.date | None:
    """Return the day that a cell states: a date, or text such as 15/12/2024."""
    if isinstance(cell.value, datetime.datetime):
        return cell.value.date()
    if isinstance(cell.value, datetime.date):
        return cell.value
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text_of(cell))
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text_of(cell))
    parts = match.groups()[::-1] if match else iso.groups() if iso else None
    try:
        return datetime.date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def safe_text(text: str) -> str:
    """Return a text on one line that no spreadsheet takes for a formula.

    Bullets and signs before it are dropped, as are characters that show nothing.
    """
    text = re.sub(r"\s+", " ", UNSEEN.sub(" ", text)).lstrip("=+-@＝＋－＠|%–— •'\"")
    return without_formula(text)[:LONGEST].strip()
