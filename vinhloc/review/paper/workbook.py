"""The annex as an Excel file: the table of targets, its sources, how to read it."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from vinhloc.figures import _, is_missing, write_date
from vinhloc.review.paper.annex import (
    annex_cells,
    annex_heads,
    annex_rows,
    annex_years,
)
from vinhloc.review.paper.plain import plain_cell
from vinhloc.review.paper.report import report_title
from vinhloc.review.paper.workbook_layout import (
    LINE,
    MM_PER_INCH,
    change_format,
    fit_height,
    number_format,
    pixels,
    width_of_numbers,
)
from vinhloc.review.paper.workbook_notes import meanings, notes_on
from vinhloc.review.view import View
from vinhloc.show import (
    STANDINGS,
    demo_words,
    status_text,
    table_of_sources,
    when_of,
)

FONT, RED, SHADE, RULE = "Times New Roman", "#A11111", "#E8EEF2", "#8A96A0"
# Without "none" Excel would take the font of its theme.
LETTERS = {"font_name": FONT, "font_size": 11, "font_scheme": "none"}
A4, MARGIN = 9, 20  # size of the paper as Excel names it, mm
# Widths in mm, scaled together to the width of the page.
TARGET_WIDTHS = (10, 76, 31, 40, 30, 21, 22, 38, 44)
EACH_YEAR = 19  # of the term, in the place of the change
SOURCE_WIDTHS = (46, 80, 46, 28, 84)
NOTE_WIDTHS = (52, 180)
NUMBER, NAME, UNIT, TARGET, ACTUAL, PERCENT, MORE = range(7)
# What is none of these is rounding noise of binary numbers: 2.8000000000000043.
CHANGE_DECIMALS = 9


def write_workbook(view: View, path: Path) -> None:
    """Write the annex as .xlsx: the same view gives the same bytes.

    Figures are numbers, a bound with its word in the format, and a percentage of the
    plan is a formula; what is no single figure (a range, an event) is text. Raises
    OSError where the file cannot be written.
    """
    written = io.BytesIO()
    book = _Book(view, written)
    book.write_targets()
    book.write_sources()
    book.write_notes()
    book.close()
    path.write_bytes(written.getvalue())


class _Book:
    """The workbook while it is written."""

    def __init__(self, view: View, file: io.BytesIO):
        self.view, self.made_up = view, bool(view.data.made_up)
        options = {"strings_to_formulas": False, "strings_to_urls": False}
        options |= {"in_memory": True, "default_format_properties": {**LETTERS}}
        self.book = xlsxwriter.Workbook(file, options)
        when = when_of(view.data, view.year, view.period)
        self.title = _("Biểu chỉ tiêu kinh tế - xã hội {when}", when=when)
        self.book.set_properties(
            {
                "title": self.title,
                "author": view.data.programme.issued_by,
                "created": datetime.datetime(view.year, 1, 1),  # never the time of day
            }
        )
        self.styles: dict[tuple, Format] = {}
        self.years = annex_years(view)
        self.status = MORE + (len(self.years) or 1)  # its column

    def close(self) -> None:
        self.book.close()

    def write_targets(self) -> None:
        """Write the table of targets: a row per theme, then one per indicator."""
        lines = annex_rows(self.view).to_dict("records")
        middle = [EACH_YEAR] * len(self.years) or [TARGET_WIDTHS[MORE]]
        widths = pixels([*TARGET_WIDTHS[:MORE], *middle, *TARGET_WIDTHS[MORE + 1 :]])
        for at, key in ((TARGET, "target"), (ACTUAL, "actual")):
            # Text takes a second line; a number too wide for its cell is "####".
            numbers = [line for line in lines if not is_missing(line[key])]
            texts = [line[f"{key}_text"] for line in numbers]
            widths[at] = max(widths[at], width_of_numbers(texts))
        programme = self.view.data.programme
        stated = _(
            "Chương trình số {number}, ngày {date}",
            number=programme.number,
            date=write_date(programme.date),
        )
        units = _("Đơn vị tính ghi ở từng chỉ tiêu.")
        words = f"{stated}. {units}"
        heads = [
            (_("Phụ lục {number}", number="I"), {"bold": True}),
            (self.title.upper(), {"bold": True}),
            (self._attached_to, {"italic": True}),
            (words, {"italic": True}),
        ]
        sheet, top = self._sheet(_("Biểu chỉ tiêu"), widths, heads)
        self._heads(sheet, top, annex_heads(self.years))
        for row, line in enumerate(lines, top + 1):
            if line["is_theme"]:
                self._theme(sheet, row, line)
            else:
                self._indicator(sheet, row, line)
            fit_height(sheet, row, annex_cells(line)[NAME:], widths[NAME:])
        last = top + len(lines)
        self._show_statuses(sheet, top + 1, last, self.status)
        sheet.freeze_panes(top + 1, UNIT)
        self._finish(sheet, top, last, len(widths))

    def _theme(self, sheet: Worksheet, row: int, line: Mapping) -> None:
        shaded = {"bold": True, "bg_color": SHADE}
        number = self._style(**shaded, align="center")
        sheet.write_string(row, NUMBER, line["number"], number)
        sheet.write_string(
            row, NAME, line["name"].upper(), self._style(**shaded, indent=1)
        )
        for column in range(UNIT, self.status + 2):
            sheet.write_blank(row, column, None, self._style(**shaded))

    def _indicator(self, sheet: Worksheet, row: int, line: Mapping) -> None:
        decimals = int(line["decimals"])
        middle = self._style(align="center")
        sheet.write_number(row, NUMBER, int(line["number"]), middle)
        sheet.write_string(row, NAME, line["name"], self._style(indent=1))
        sheet.write_string(row, UNIT, line["unit"], middle)
        for column, key in ((TARGET, "target"), (ACTUAL, "actual")):
            self._figure(sheet, row, column, line[f"{key}_text"], line[key], decimals)
        self._percent(sheet, row, line)
        for column, (text, value) in enumerate(line["years"], MORE):
            self._figure(sheet, row, column, text, value, decimals)
        if not line["years"]:
            self._change(sheet, row, line["change"], decimals)
        status, note = line["status_text"], line["note"]
        sheet.write_string(row, self.status, status, self._style(indent=1))
        small = self._style(font_size=10, indent=1)
        sheet.write_string(row, self.status + 1, note, small)

    def _figure(
        self, sheet: Worksheet, row: int, column: int, text: str, value, decimals: int
    ) -> None:
        """Write a figure as a number that reads as its text, or else as text."""
        if is_missing(value):
            sheet.write_string(row, column, text, self._style(align="right"))
            return
        form = number_format(text, value, decimals)
        sheet.write_number(row, column, value, self._number(form))

    def _change(self, sheet: Worksheet, row: int, change: float, decimals: int) -> None:
        if is_missing(change):
            sheet.write_string(row, MORE, "–", self._style(align="right"))
            return
        style = self._number(change_format(decimals))
        sheet.write_number(row, MORE, round(change, CHANGE_DECIMALS), style)

    def _percent(self, sheet: Worksheet, row: int, line: Mapping) -> None:
        """Write a percentage of the plan as a formula, where the annex has one."""
        if is_missing(line["percent"]):
            sheet.write_string(row, PERCENT, "–", self._style(align="right"))
            return
        target, actual = (xl_rowcol_to_cell(row, at) for at in (TARGET, ACTUAL))
        formula = f'=IF({target}=0,"",{actual}/{target})'
        known = line["actual"] / line["target"]
        sheet.write_formula(row, PERCENT, formula, self._number("0.0%"), known)

    def write_sources(self) -> None:
        """Write the documents behind the table, each as text only."""
        data = self.view.data
        table = table_of_sources(data.sources, self.view.sources)
        heads = [
            (_("Phụ lục {number}", number="II"), {"bold": True}),
            (_("Nguồn của các số liệu").upper(), {"bold": True}),
            (self._attached_to, {"italic": True}),
        ]
        widths = pixels(SOURCE_WIDTHS)
        sheet, top = self._sheet(_("Nguồn số liệu"), widths, heads)
        self._heads(sheet, top, list(table.frame))
        rows = table.frame.to_numpy()
        for row, cells in enumerate(rows, top + 1):
            texts = list(map(plain_cell, cells))
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text, self._style(indent=1))
            fit_height(sheet, row, texts, widths)
        sheet.freeze_panes(top + 1, 1)
        self._finish(sheet, top, top + len(rows), len(widths))

    def write_notes(self) -> None:
        """Write what is stated, reported and computed, and what the statuses mean."""
        heads = [(_("Cách đọc biểu chỉ tiêu").upper(), {"bold": True})]
        widths = pixels(NOTE_WIDTHS)
        sheet, top = self._sheet(_("Ghi chú chung"), widths, heads)
        self._heads(sheet, top, [_("Nội dung"), _("Ý nghĩa")])
        statuses = meanings(self.view)
        notes = [
            *notes_on(self.view),
            *((status_text(s), meaning) for s, meaning in statuses.items()),
        ]
        for row, (name, meaning) in enumerate(notes, top + 1):
            sheet.write_string(row, 0, name, self._style(bold=True, indent=1))
            sheet.write_string(row, 1, meaning, self._style(indent=1))
            fit_height(sheet, row, (name, meaning), widths)
        last = top + len(notes)
        self._show_statuses(sheet, last - len(statuses) + 1, last, 0)
        self._finish(sheet, top, last, len(NOTE_WIDTHS), filtered=False)

    @property
    def _attached_to(self) -> str:
        return _("(Kèm theo Báo cáo: {title})", title=report_title(self.view))

    def _style(self, **asked) -> Format:
        """Return the format of a cell in the table, made once."""
        key = tuple(sorted(asked.items()))
        if key not in self.styles:
            base = {**LETTERS, "valign": "vcenter", "text_wrap": True}
            base |= {"border": 1, "border_color": RULE}
            self.styles[key] = self.book.add_format({**base, **asked})
        return self.styles[key]

    def _number(self, form: str) -> Format:
        return self._style(num_format=form, align="right", text_wrap=False)

    def _sheet(
        self, name: str, widths: Sequence[int], heads: Iterable[tuple[str, Mapping]]
    ) -> tuple[Worksheet, int]:
        """Add a sheet with its title lines; return it and the row below them."""
        sheet = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column_pixels(column, column, width)
        demo = [(demo_words(), {"bold": True, "font_color": RED})]
        lines = [*heads, *(demo if self.made_up else [])]
        for row, (text, look) in enumerate(lines):
            style = self._style(**look, font_size=12, align="center", border=0)
            sheet.merge_range(row, 0, row, len(widths) - 1, "", style)
            sheet.write_string(row, 0, text, style)
            sheet.set_row(row, 18)
        return sheet, len(lines)

    def _heads(self, sheet: Worksheet, row: int, heads: Sequence[str]) -> None:
        style = self._style(bold=True, align="center", bg_color=SHADE)
        for column, head in enumerate(heads):
            sheet.write_string(row, column, head, style)
        sheet.set_row(row, LINE * 2 + 3)

    def _show_statuses(self, sheet: Worksheet, first: int, last: int, column: int):
        """Colour the cells that begin with a status; its sign and word say it too."""
        for status, shown in STANDINGS.items():
            colours = {"bg_color": shown.fill, "font_color": shown.ink}
            look = self.book.add_format(colours)
            rule = {"type": "text", "criteria": "begins with"}
            rule |= {"value": status_text(status), "format": look}
            sheet.conditional_format(first, column, last, column, rule)

    def _finish(
        self, sheet: Worksheet, top: int, last: int, columns: int, *, filtered=True
    ) -> None:
        """Set how a sheet is printed, and the filter below its head."""
        if filtered:
            sheet.autofilter(top, 0, last, columns - 1)
        sheet.repeat_rows(top)
        sheet.print_area(0, 0, last, columns - 1)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(*[MARGIN / MM_PER_INCH] * 4)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        # The size stands first: the digits of a text after it would belong to it.
        face = f'&10&"{FONT},Regular"'
        number = self.view.data.programme.number.replace("&", "&&")
        header, footer = f"&C{face}&P/&N", f"&L{face}{self.title}&R{face}{number}"
        if self.made_up:
            demo = f'&11&"{FONT},Bold"&K{RED[1:]}{demo_words()}'
            header, footer = f"&L{demo}{header}", f"{footer}&C{demo}"
        sheet.set_header(header)
        sheet.set_footer(footer)
