"""Write the entry workbook: the indicators of a year, to be filled by an office.

XlsxWriter writes it: the same input gives the same bytes, and it knows drop-downs,
input messages, protection and print areas, which a plain table writer does not.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping
from contextvars import copy_context
from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from vinhloc.data import Data, write_whole
from vinhloc.figures import EVENT_UNIT, GRADE_UNIT, unit_name, use_language, worded
from vinhloc.office.form_rows import form_rows
from vinhloc.office.formulas import HELPERS, read_back
from vinhloc.office.layout import (
    BOOK,
    COLUMN,
    COLUMNS,
    COMMENT,
    COVER,
    COVER_COLUMN,
    COVER_SHEET,
    ESTIMATE,
    FINAL,
    FIRST_ROW,
    HEADER_ROW,
    IDENTITY_SHEET,
    LETTERS,
    VERSION,
    WRONG,
    sheet_name,
)
from vinhloc.show import DEMO_WORDS

A4, TEXT = 9, "@"
LONGEST_COMPARED = 100  # a text in a formula may have 255 signs
# Of a quota both sides are asked for, in the one cell of its figure.
SIDES = "ghi số thực hiện/số được giao"
SIDES_PROMPT = (
    "Ghi số thực hiện trên số được giao, ví dụ 12/10; có thể kèm tỷ lệ: 12/10, đạt "
    "120%. Chưa có số thì để trống."
)
STEPS = (
    "1. Mỗi lĩnh vực một trang tính. Chỉ ghi vào các ô màu vàng; các ô khác đã khóa.",
    "2. Ghi số như trong báo cáo: 97,5 hoặc 97,5% hoặc 2.080 tấn. Chưa có số thì để "
    "trống, đừng ghi 0.",
    "3. Cột «Máy hiểu là» cho biết máy đọc số thế nào. Nếu khác ý mình, hãy ghi lại.",
    "4. Số ước ghi «ước», số chính thức ghi «chính thức». Số chính thức gửi sau sẽ "
    "được lưu cạnh số ước.",
    "5. Lưu lại và gửi về văn phòng. Nếu có ô chưa đọc được, văn phòng gửi lại tệp "
    "có đánh dấu đúng ô đó.",
)


def write_form(
    data: Data,
    year: int,
    path: Path,
    *,
    themes: Iterable[str] = (),
    departments: Iterable[str] = (),
    only: Iterable[str] = (),
    entries: Mapping[tuple[str, str], str] | None = None,
    marks: Mapping[tuple[str, str], str] | None = None,
) -> None:
    """Write the entry workbook of a year, in Vietnamese.

    `only` names the indicators to ask for. `entries` are texts to fill in and `marks`
    comments on cells, both by (indicator or "" for the cover, column key).
    Raises Fault as `form_rows`, OSError where the file cannot be written.
    """

    def write() -> None:
        use_language("vi")
        rows = form_rows(data, year, themes=themes, departments=departments)
        rows = rows[rows["indicator"].isin([*only])] if [*only] else rows
        written = io.BytesIO()
        _Form(data, year, written, entries or {}, marks or {}).write(rows)
        write_whole(path, written.getvalue())

    copy_context().run(write)


class _Form:
    """One workbook while it is written."""

    def __init__(self, data: Data, year: int, file: io.BytesIO, entries, marks):
        self.data, self.year = data, year
        self.entries, self.marks = entries, marks
        self.book = xlsxwriter.Workbook(file, BOOK)
        day = datetime.datetime(year, 1, 1)  # the same form has the same bytes
        self.book.set_properties({"created": day, "title": self.title})
        base = {**LETTERS, "valign": "top"}
        wrap = {**base, "text_wrap": True, "border": 1, "border_color": "#B8C2CA"}
        entry = {**wrap, "num_format": TEXT, "locked": False}
        entry |= {"align": "left", "indent": 1}
        self.styles = {
            name: self.book.add_format(style)
            for name, style in {
                "title": {**base, "bold": True, "font_size": 14},
                "plain": {**base, "text_wrap": True},
                "demo": {**base, "bold": True, "font_color": "#8C1515"},
                "heading": {**wrap, "bold": True, "bg_color": "#DCE8F0"},
                "fixed": wrap,
                "figure": {**wrap, "align": "right", "indent": 1},
                "understood": {**wrap, "italic": True, "font_color": "#4D5A64"},
                "entry": {**entry, "bg_color": "#FFF8D6"},
                "wrong": WRONG,
            }.items()
        }

    @property
    def title(self) -> str:
        return f"Biểu nhập số liệu năm {self.year}"

    def write(self, rows: pd.DataFrame) -> None:
        self._cover()
        names = self.data.names_of("themes", "theme")
        for theme, part in rows.groupby("theme", sort=False):
            self._theme(names[theme], part.to_dict("records"))
        self._identity()
        self.book.close()

    def _cover(self) -> None:
        sheet = self.book.add_worksheet(COVER_SHEET)
        sheet.set_column(0, 0, 34, self.styles["plain"])
        sheet.set_column(1, 1, 62, self.styles["plain"])
        sheet.write_string(0, 0, self.title, self.styles["title"])
        programme = self.data.programme
        sheet.write_string(1, 0, f"{programme.issued_by_vi} – {programme.number}")
        if self.data.made_up:
            sheet.write_string(1, 1, DEMO_WORDS, self.styles["demo"])
        for number, step in enumerate(STEPS, 2):
            sheet.merge_range(number, 0, number, 1, step, self.styles["plain"])
            sheet.set_row(number, 28)
        sheet.write_string(7, 0, "Điền chung cho cả tệp:", self.styles["heading"])
        for key, (label, row) in COVER.items():
            sheet.write_string(row - 1, 0, label, self.styles["fixed"])
            place = (row - 1, COVER_COLUMN)
            self._entry(sheet, place, ("", key), label, _choices(key, {}))
        self._finish(sheet, landscape=False)

    def _theme(self, name: str, rows: list[dict]) -> None:
        sheet = self.book.add_worksheet(sheet_name(name, self.book.sheetnames))
        sheet.write_string(0, 1, f"{self.title} – {name}", self.styles["title"])
        if self.data.made_up:
            sheet.write_string(1, 1, DEMO_WORDS, self.styles["demo"])
        sheet.write_string(2, 1, "Chỉ ghi vào ô màu vàng.", self.styles["plain"])
        for at, column in enumerate(COLUMNS):
            hidden = {"hidden": True} if column.hidden else {}
            sheet.set_column(at, at, column.width, None, hidden)
            heading = column.heading
            if column.key == "actual":
                heading += f" năm {self.year}"
            if column.key == "target":
                heading += " " + worded("chương trình", "vi")
            sheet.write_string(HEADER_ROW - 1, at, heading, self.styles["heading"])
        for number, row in enumerate(rows, FIRST_ROW - 1):
            self._row(sheet, number, row)
        sheet.set_row(0, 22)
        sheet.set_row(HEADER_ROW - 1, 42)
        sheet.freeze_panes(HEADER_ROW, COLUMN["unit"])
        sheet.repeat_rows(HEADER_ROW - 1)
        sheet.print_area(0, 0, FIRST_ROW + len(rows) - 2, len(COLUMNS) - 1)
        helpers = len(COLUMNS)
        sheet.set_column(helpers, helpers + HELPERS, 8, None, {"hidden": True})
        self._finish(sheet, landscape=True)

    def _row(self, sheet, number: int, row: dict) -> None:
        fixed = {
            "indicator": row["indicator"],
            "name": row["name_vi"],
            "unit": unit_name(row) + (f"; {SIDES}" if row["quota"] else ""),
            "target": row["asked"],
            "before": row["before"],
        }
        for key, text in fixed.items():
            style = "figure" if key in ("target", "before") else "fixed"
            sheet.write_string(number, COLUMN[key], text, self.styles[style])
        for column in COLUMNS:
            if column.open:
                place, key = (number, COLUMN[column.key]), column.key
                words, prompt = _choices(key, row), column.prompt
                if key == "actual" and row["quota"]:
                    prompt = SIDES_PROMPT
                self._entry(sheet, place, (row["indicator"], key), prompt, words)
        entry = xl_rowcol_to_cell(number, COLUMN["actual"])
        formula, *helpers = read_back(entry, number, len(COLUMNS), row)
        style = self.styles["understood"]
        sheet.write_formula(number, COLUMN["understood"], formula, style, "")
        for offset, helper in enumerate(helpers):
            sheet.write_formula(number, len(COLUMNS) + offset, helper, None, "")
        lines = max(len(row["name_vi"]) // 26, len(fixed["unit"]) // 10, 1) + 1
        sheet.set_row(number, 15 * lines)

    def _entry(self, sheet, place: tuple[int, int], key, text: str, words: list[str]):
        """Write an entry cell; a marked one is red until something else is typed."""
        typed, mark = self.entries.get(key), self.marks.get(key)
        sheet.write(*place, typed or None, self.styles["entry"])
        options = {"validate": "any", "input_message": text}
        if words:
            options |= {
                "validate": "list",
                "source": words,
                "error_title": "Chưa đúng",
                "error_message": "Hãy chọn: " + ", ".join(words),
            }
        sheet.data_validation(*place, *place, options)
        if mark:
            self._mark(sheet, place, typed or "", mark)

    def _mark(self, sheet, place: tuple[int, int], typed: str, mark: str) -> None:
        sheet.write_comment(*place, mark, COMMENT)
        text = typed[:LONGEST_COMPARED].replace('"', '""')
        cell = xl_rowcol_to_cell(*place)
        rule = {
            "type": "formula",
            "criteria": f'=LEFT({cell}&"",{LONGEST_COMPARED})="{text}"',
            "format": self.styles["wrong"],
        }
        sheet.conditional_format(*place, *place, rule)

    def _finish(self, sheet, *, landscape: bool) -> None:
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.set_paper(A4)
        sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{self.title}&R&P/&N")
        if landscape:
            sheet.set_landscape()

    def _identity(self) -> None:
        sheet = self.book.add_worksheet(IDENTITY_SHEET)
        identity = {
            "form": VERSION,
            "programme": self.data.programme.id,
            "year": str(self.year),
        }
        for row, item in enumerate(identity.items()):
            sheet.write_row(row, 0, item)
        sheet.protect("")
        sheet.very_hidden()


def _choices(key: str, row: Mapping) -> list[str]:
    """Return the words to choose from in a column; none where anything may stand."""
    if key == "vintage":
        return [ESTIMATE, FINAL]
    if key == "actual" and row["unit"] == GRADE_UNIT:
        return row["grades"].split("|")
    if key != "actual" or row["unit"] != EVENT_UNIT:
        return []
    if row["over_term"] == "every_year":
        return ["đạt", "không đạt"]
    return ["hoàn thành", "chưa hoàn thành"]
