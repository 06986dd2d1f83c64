"""Find the tables of a sheet: which columns hold indicator, unit, plan and actual."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from vinhloc.figures import Units, plain
from vinhloc.office.files import Cell, Sheet
from vinhloc.office.names import BEFORE_UNIT

MOST_ROWS = 3  # of a heading
MOST_TABLES = 50  # of a sheet
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
YEARS = range(2000, 2051)  # that a number alone in a heading may be
WHOLE_TERM = r"20\d\d ?(?:[-–—]|đến) ?20\d\d"
# Not the year of a figure: of a date, of a document's number, of a whole term.
OTHER_YEARS = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]20\d\d|ngày \S+ tháng \S+ năm 20\d\d|\d+/20\d\d/|"
    + WHOLE_TERM
)
TERM = re.compile(rf"giai đoạn|nhiệm kỳ|{WHOLE_TERM}")
CORNER = re.compile(r"(?:đơn vị tính|đvt|biểu|mẫu|phụ lục) ?(?:số|:|\d)")
UNIT_ABOVE = re.compile(r"(đơn vị tính|đvt|đv tính|đơn vị) ?: ?([^:()]+)")
# What may be the unit in a heading: in brackets, behind a comma, a text of its own.
UNIT_WITHIN = re.compile(rf"\({BEFORE_UNIT}([^()]+)\)|(?:^|,)([^,()]+)$")
# Less than a year, or more: of a title only where it is not the day of its document.
PART = (
    r"\b(?!12\b)\d+ tháng|\b(?:hai|ba|bốn|sáu|bảy|tám|chín|mười|một) tháng|tháng \d"
    r"|\bquý\b(?! (?:vị|cơ|đại|ông|bà|đơn|đồng))|(?:đầu|giữa|nửa) năm"
    r"|(?<!nhiệm )(?<!dịch )(?<!phục )\bvụ (?:đông|chiêm|xuân|hè|mùa)\b"
    r"|đến (?:hết )?(?:ngày )?\d+/(?!12)"
)
BEFORE = r"cùng kỳ|năm trước|năm ngoái"
PLAN = r"kế hoạch|\bkh\b"
RUNNING = r"lũy kế|cộng dồn"
WHOLE = r"cả năm|12 tháng|ước (?:thực hiện |th |đạt )?năm"
DATED = r"(?<!đến )(?:ngày(?: \S+)?|,) tháng \S+ năm 20\d\d|31 tháng 12"
# In order: the first that fits tells what a column is. What holds of a whole heading:
OVERALL = (
    ("part", rf"{PART}|^(?!.*(?:{WHOLE})).*(?:{RUNNING})"),
    ("percent", r"%|so sánh|\bso\b|tỷ lệ|th ?/ ?\w|chênh lệch|tăng|giảm|hoàn thành"),
    ("before", BEFORE),
    ("note", r"ghi chú|đánh giá|nguyên nhân|giải pháp|thời gian|phụ trách|chủ trì"),
    ("note", r"(?:đơn vị|cơ quan|bộ phận|người|địa điểm) (?:\S+ )?thực hiện"),
    ("note", r"\b(?:chưa|không) |còn lại|kinh phí|vốn|giải ngân|nhu cầu|khả năng"),
    ("note", r"tiến độ|biện pháp|văn bản|căn cứ"),
)
ACTUAL = r"thực hiện|kết quả|đạt được|ước|\b[uư]?th\b"
ESTIMATE = r"ước|\b[uư]th\b|dự kiến|sơ bộ|tạm tính"
NEAR = ("part", "note", "plan", "percent", "before")  # roles that are no result
# What its lowest text that says so makes of it:
ROLES = (
    ("unit", r"^(?:đơn vị(?: tính)?|đvt|đv tính|đv)$"),
    (
        "name",
        r"^(?:tên|các|danh mục|hệ thống|nội dung)\b.*chỉ tiêu|^nội dung|^danh mục",
    ),
    (
        "plan",
        r"^(?:kế hoạch|kh|chỉ tiêu|mục tiêu|nhiệm vụ|lộ trình) .*(?:thực hiện|đạt)",
    ),
    ("plan", r"đăng ký|phấn đấu|lộ trình|\b(?:cần|phải|sẽ) (?:đạt|thực hiện)"),
    ("note", r"^số (?!(?:liệu|lượng|thực|ước|sơ|th|kết|đạt|đã|chính)\b)[^\W\d]"),
    ("actual", ACTUAL),
    ("plan", rf"{PLAN}|mục tiêu|nghị quyết|chỉ tiêu (?:được )?giao|phấn đấu"),
    ("number", r"^(?:stt|tt|số tt)$"),
    ("name", r"^chỉ tiêu"),
)


@dataclass(frozen=True)
class Heading:
    """What a column holds: its role, the year, whether it says "ước", its unit."""

    cell: Cell  # its lowest
    role: str
    text: str
    year: int | None
    estimate: bool
    units: tuple[Cell, ...]


@dataclass(frozen=True)
class TableHead:
    """What a sheet's columns hold, and the rows between which the table's own stand.

    `period`: the sheet's name and its title, or the one further up, that names years
    or a part of one; `units`: what stands above it as the unit of its figures.
    """

    sheet: Sheet
    columns: dict[int, Heading]
    first_row: int
    last_row: int
    title: str
    period: str
    units: tuple[Cell, ...]

    def of(self, role: str) -> dict[int, Heading]:
        """Return the columns of a role."""
        return {at: head for at, head in self.columns.items() if head.role == role}


def find_tables(sheet: Sheet, units: Units) -> list[TableHead]:
    """Return the tables of a sheet, from above, that have a name and an actual."""
    lines = _lines(sheet)
    found: list[TableHead] = []
    for row, rows, columns in _with_names(sheet, lines, units):
        if len(found) == MOST_TABLES or (found and row < found[-1].first_row):
            continue
        if {"name", "actual"} <= {heading.role for heading in columns.values()}:
            first = found[-1].first_row if found else 0
            title = _title(lines, first, rows[0])
            named = re.search(rf"20\d\d|{PART}|{RUNNING}|{TERM.pattern}", title)
            above = _units_above(lines, first, rows[-1], units)
            period = f"{plain(sheet.name)} {title}"
            place = (rows[-1] + 1, max(lines))
            head = TableHead(sheet, columns, *place, title, period, above)
            if found:
                last = found[-1]
                found[-1] = replace(last, last_row=rows[0] - 1)
                period = period if named else last.period
                head = replace(head, period=period, units=above or last.units)
            found.append(head)
    return found


def no_actual(sheet: Sheet, units: Units) -> Cell | None:
    """Return the first heading that speaks of results, and yet heads none."""
    headings = (
        heading
        for _row, _rows, columns in _with_names(sheet, _lines(sheet), units)
        for heading in columns.values()
    )
    near = (h.cell for h in headings if h.role in NEAR and re.search(ACTUAL, h.text))
    return next((sheet.cells[cell[:2]] for cell in near), None)


def _lines(sheet: Sheet) -> dict[int, dict[int, str]]:
    lines: dict[int, dict[int, str]] = {}
    for (row, at), cell in sheet.cells.items():
        lines.setdefault(row, {})[at] = _heading_text(cell.value)
    return lines


def _with_names(sheet: Sheet, lines: dict, units: Units):
    """Yield each row with a name's heading, its heading's rows and columns."""
    for row, line in sorted(lines.items()):
        names = [at for at, text in sorted(line.items()) if _role([text]) == "name"]
        if names:
            rows = _heading_rows(sheet, lines, row, names[0])
            yield row, rows, _headings(_filled(sheet, lines, rows), rows, units)


def _heading_text(value) -> str:
    """Return what a cell says in a heading: text or a year, "" for another number."""
    if isinstance(value, str):
        return plain(value)
    year = isinstance(value, int | float) and value in YEARS
    return str(int(value)) if year else ""


def years_of(text: str) -> set[int]:
    """Return the years that a title or heading names as those of its figures."""
    return {int(year) for year in YEAR.findall(OTHER_YEARS.sub(" ", text))}


def other_period(head: TableHead, heading: Heading, year: int) -> str:
    """Return what a title says of another period than a column's year, or "".

    A column that is the whole year's, or stands beside one of a part of it, names its
    own.
    """
    title = re.sub(rf"{DATED}|\d+/\d+/(?!{year})20\d\d", " ", head.period)
    own = re.search(WHOLE, heading.text) or any(
        re.search(PART, other.text) and not re.search(rf"{BEFORE}|{PLAN}", other.text)
        for other in head.of("part").values()
        if other.year in (year, None)
    )
    own = own or (re.search(WHOLE, title) and "năm" in heading.text)
    years = {other.year for other in head.columns.values()} | years_of(title)
    part = re.search(f"{PART}|{RUNNING}", title)
    term = None if year in years else TERM.search(title)
    found = not own and (part or term)
    return found[0] if found else ""


def _role(texts: list[str]) -> str:
    """Return what a column holds whose heading has these texts, from above."""
    whole = " ".join(texts)
    for role, pattern in OVERALL:
        if re.search(pattern, whole):
            return role
    for text in [*reversed(texts), whole]:
        for role, pattern in ROLES:
            if re.search(pattern, text):
                return role
    return ""


def _heading_rows(sheet: Sheet, lines: dict, row: int, column: int) -> list[int]:
    """Return the rows of a heading that begins at the cell of the name column."""
    merged = [m for m in sheet.merged if m[0] == row and m[1] <= column <= m[3]]
    last = min(merged[0][2], row + MOST_ROWS) if merged else row
    while last - row + 1 < MOST_ROWS and column not in lines.get(last + 1, {}):
        below = lines.get(last + 1, {}).values()
        if not below or not all(below):
            break
        last += 1
    above = lines.get(row - 1, {})
    group = [text for at, text in above.items() if text and not CORNER.match(text)]
    first = row - 1 if group and min(above) > column else row
    return list(range(first, last + 1))


def _filled(sheet: Sheet, lines: dict, rows: list[int]) -> dict[tuple[int, int], Cell]:
    """Return the heading's texts, each merged cell's in all of its columns."""
    filled = {
        (row, at): Cell(row, at, text)
        for row in rows
        for at, text in lines.get(row, {}).items()
        if text and not CORNER.match(text)
    }
    wide = [m for m in sheet.merged if m[0] in rows and m[3] > m[1]]
    for top, left, _bottom, right in wide:
        if (top, left) in filled:
            filled |= {(top, at): filled[top, left] for at in range(left, right + 1)}
    if not wide:  # a CSV: what stands below belongs to the last text above
        width = max(at for _row, at in filled)
        for row in rows[:-1]:
            for at in range(2, width + 1):
                below = (rows[-1], at) in filled
                if below and (row, at) not in filled and (row, at - 1) in filled:
                    filled[row, at] = filled[row, at - 1]
    return filled


def _headings(filled: dict, rows: list[int], units: Units) -> dict[int, Heading]:
    columns = {}
    for at in sorted({column for _row, column in filled}):
        cells = dict.fromkeys(filled[row, at] for row in rows if (row, at) in filled)
        texts = list(dict.fromkeys(cell.value for cell in cells))
        years = [years_of(text) for text in reversed(texts)]
        year = next((min(found) for found in years if len(found) == 1), None)
        text = " ".join(texts)
        role = "part" if year is None and TERM.search(text) else _role(texts)
        estimate = re.search(ESTIMATE, text) is not None
        within = [
            cell._replace(value=(match[1] or match[2]).strip())
            for cell in cells
            for match in UNIT_WITHIN.finditer(cell.value)
        ]
        within = tuple(cell for cell in within if units.knows(cell.value))
        cell = [*cells][-1]
        columns[at] = Heading(cell, role, text, year, estimate, within)
    return columns


def _units_above(lines: dict, first: int, end: int, units: Units) -> tuple[Cell, ...]:
    """Return what stands above a table as the unit; "đơn vị" may also be an office."""
    found = (
        (match[1], Cell(row, at, match[2].strip()))
        for row, line in sorted(lines.items())
        if first <= row <= end
        for at, text in line.items()
        for match in UNIT_ABOVE.finditer(text)
    )
    return tuple(
        cell for word, cell in found if word != "đơn vị" or units.knows(cell.value)
    )


def _title(lines: dict, first: int, end: int) -> str:
    """Return what stands above a table; below another one, each text alone in a row."""
    rows = (line for row, line in sorted(lines.items()) if first <= row < end)
    return " ".join(
        text for line in rows if not first or len(line) == 1 for text in line.values()
    )


def is_numbering(cells: list) -> bool:
    """Tell whether a row only numbers the columns: A, B, (1), (2), 3=2/1."""
    texts = [plain(str(cell.value)) for cell in cells]
    pattern = r"\(?[a-zđ]\)?|\(?\d{1,2}(?:\.0)?\)?(?: ?= ?[\d()/:x*+ %-]+)?"
    return bool(texts) and all(re.fullmatch(pattern, text) for text in texts)
