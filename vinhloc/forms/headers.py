"""Find the table of a sheet: which columns hold indicator, unit, plan and actual."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vinhloc.forms.files import Sheet
from vinhloc.words import plain

SEARCHED = 40  # rows in which a table must begin
MOST_ROWS = 3  # of a heading
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
# In order: the first that fits tells what a column is.
ROLES = (
    ("part", r"\b\d+ tháng|tháng \d|quý|đầu năm"),
    ("percent", r"%|so sánh|so với|tỷ lệ|th ?/ ?kh"),
    ("note", r"ghi chú|đánh giá"),
    ("unit", r"^(?:đơn vị(?: tính)?|đvt|đv tính|đv)$"),
    ("actual", r"thực hiện|kết quả|ước|\bth\b"),
    ("plan", r"kế hoạch|\bkh\b|mục tiêu|nghị quyết|chỉ tiêu (?:được )?giao|phấn đấu"),
    ("number", r"^(?:stt|tt|số tt)$"),
    ("name", r"^(?:tên )?(?:các )?chỉ tiêu|^nội dung|^danh mục|^tên chỉ tiêu"),
)


@dataclass(frozen=True)
class Heading:
    """What a column holds: its role, the year and whether it says "ước"."""

    role: str
    text: str
    year: int | None
    estimate: bool


@dataclass(frozen=True)
class TableHead:
    """Where a table's rows begin and what its columns hold."""

    columns: dict[int, Heading]
    first_row: int
    title: str

    def of(self, role: str) -> dict[int, Heading]:
        """Return the columns of a role."""
        return {at: head for at, head in self.columns.items() if head.role == role}


def find_table(sheet: Sheet) -> TableHead | None:
    """Return the first table of a sheet that has a name column and an actual."""
    texts = {
        place: plain(str(cell.value))
        for place, cell in sheet.cells.items()
        if place[0] <= SEARCHED and isinstance(cell.value, str)
    }
    for (row, column), text in sorted(texts.items()):
        if _role(text) != "name":
            continue
        rows = _heading_rows(sheet, texts, row, column)
        columns = _headings(_filled(sheet, texts, rows), rows)
        head = TableHead(columns, rows[-1] + 1, _title(texts, rows[0]))
        if head.of("name") and head.of("actual"):
            return head
    return None


def _role(text: str) -> str:
    return next((role for role, pattern in ROLES if re.search(pattern, text)), "")


def _heading_rows(sheet: Sheet, texts, row: int, column: int) -> list[int]:
    """Return the rows of a heading that begins at the cell of the name column."""
    merged = [m for m in sheet.merged if m[0] == row and m[1] <= column <= m[3]]
    last = merged[0][2] if merged else row
    while last - row + 1 < MOST_ROWS and (last + 1, column) not in sheet.cells:
        below = [at for (r, at) in sheet.cells if r == last + 1]
        if not below or any((last + 1, at) not in texts for at in below):
            break
        last += 1
    above = [at for (r, at) in texts if r == row - 1 and at > column]
    alone = not any(r == row - 1 and at <= column for (r, at) in sheet.cells)
    first = row - 1 if above and alone else row
    return list(range(first, last + 1))


def _filled(sheet: Sheet, texts, rows: list[int]) -> dict[tuple[int, int], str]:
    """Return the heading's texts, each merged cell's in all of its columns."""
    filled = {place: text for place, text in texts.items() if place[0] in rows}
    for top, left, _bottom, right in sheet.merged:
        if top in rows and (top, left) in filled:
            filled |= {(top, at): filled[top, left] for at in range(left, right + 1)}
    if not sheet.merged:  # a CSV: what stands below belongs to the last text above
        width = max(at for _row, at in filled)
        for row in rows[:-1]:
            for at in range(2, width + 1):
                below = (rows[-1], at) in filled
                if below and (row, at) not in filled and (row, at - 1) in filled:
                    filled[row, at] = filled[row, at - 1]
    return filled


def _headings(filled: dict, rows: list[int]) -> dict[int, Heading]:
    columns = {}
    for at in sorted({column for _row, column in filled}):
        parts = [filled[row, at] for row in rows if (row, at) in filled]
        text = " ".join(dict.fromkeys(parts))
        years = {int(year) for year in YEAR.findall(text)}
        year = years.pop() if len(years) == 1 else None
        columns[at] = Heading(_role(text), text, year, "ước" in text)
    return columns


def _title(texts: dict, first_row: int) -> str:
    return " ".join(
        text for (row, _at), text in sorted(texts.items()) if row < first_row
    )


def is_numbering(cells: list) -> bool:
    """Tell whether a row only numbers the columns: A, B, (1), (2), 3=2/1."""
    texts = [plain(str(cell.value)) for cell in cells]
    pattern = r"[a-z]|\(?\d{1,2}(?:\.0)?\)?(?: ?= ?[\d()/:x*+ %-]+)?"
    return bool(texts) and all(re.fullmatch(pattern, text) for text in texts)
