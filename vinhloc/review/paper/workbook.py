"""The annex as an Excel file: the table of targets, its sources, how to read it."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from vinhloc.figures import _, is_missing, write_date
from vinhloc.review.paper.annex import annex_rows
from vinhloc.review.paper.blocks import Documents
from vinhloc.review.paper.cells import plain_cell
from vinhloc.review.paper.columns import annex_columns, sheet_columns
from vinhloc.review.paper.report import annex_titles, report_title
from vinhloc.review.paper.workbook_layout import (
    FONT,
    LINE,
    RED,
    change_after,
    fit_height,
    number_format,
    pixels,
    set_up_printing,
    signed_format,
    width_of_numbers,
)
from vinhloc.review.paper.workbook_notes import meanings, notes_on
from vinhloc.review.paper.workbook_summary import (
    count_heads,
    groups_of,
    sentences_of,
)
from vinhloc.review.view import View
from vinhloc.show import (
    STANDINGS,
    demo_words,
    status_text,
    table_of_sources,
    when_of,
)

SHADE, RULE = "#E8EEF2", "#8A96A0"
# Without "none" Excel would take the font of its theme.
LETTERS = {"font_name": FONT, "font_size": 11, "font_scheme": "none"}
# Widths in mm, scaled together to the width of the page.
NAMES_WIDTH, COUNT_WIDTH = 100, 30
SOURCE_WIDTHS = (14, 100, 46, 28, 84)
NOTE_WIDTHS = (52, 180)
# Figures as they are; the others are formulas of these.
SINGLE = ("before", "target", "actual", "end")


def write_workbook(view: View, path: Path) -> None:
    """Write the annex as .xlsx: the same view gives the same bytes.

    Figures are numbers, a bound with its word in the format; percentages of the plan
    and on last year are formulas; what is no single figure (a range, an event) is
    text. Raises OSError where the file cannot be written.
    """
    written = io.BytesIO()
    book = _Book(view, written)
    book.write_summary()
    book.write_targets()
    book.write_sources()
    book.write_notes()
    book.book.close()
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
        lines = annex_rows(view)
        self.columns = sheet_columns(annex_columns(view, lines))
        self.documents = Documents(view.data)
        lines["note"] = lines["note"].fillna("").map(self.documents.numbered)
        self.lines = lines[~lines["is_theme"].astype(bool)].to_dict("records")
        self.at = {column.text: at for at, column in enumerate(self.columns)}

    def write_summary(self) -> None:
        """Write the results: in words, then in counts that add up to what is due."""
        groups, heads = list(groups_of(self.view)), count_heads(self.view)
        titles = [self.title.upper(), report_title(self.view)]
        said = list(filter(None, sentences_of(self.view)))
        rows = sum(1 + len(counted) for _h, counted in groups)
        widths = pixels([NAMES_WIDTH, *[COUNT_WIDTH] * (len(heads) - 1)])
        shape = {"rows": rows, "said": said}
        sheet, row = self._sheet(_("Tóm tắt"), widths, titles, heads, **shape)
        sheet.freeze_panes(row + 1, 1)
        for heading, counted in groups:
            row += 1
            cells = [heading, *[""] * (len(heads) - 1)]
            sheet.write_row(row, 0, cells, self._style(bold=True, bg_color=SHADE))
            for text, counts in counted:
                row += 1
                sheet.write_string(row, 0, text, self._style(indent=1))
                sheet.write_row(row, 1, counts, self._number("0"))

    def write_targets(self) -> None:
        """Write the table of targets: a row per indicator, which says its theme.

        So it can be filtered and sorted; by its first column it comes back.
        """
        lines = self.lines
        widths = pixels(column.excel for column in self.columns)
        for at, column in enumerate(self.columns):
            # Text takes a second line; a number too wide for its cell is "####".
            if column.value in SINGLE:
                numbers = [n for n in lines if not is_missing(n[column.value])]
                needed = width_of_numbers(line[column.text] for line in numbers)
                widths[at] = max(widths[at], needed)
        programme = self.view.data.programme
        stated = _(
            "Chương trình số {number}, ngày {date}",
            number=programme.number,
            date=write_date(programme.date),
        )
        units = _("Đơn vị tính ghi ở từng chỉ tiêu.")
        titles = annex_titles("I", self.title.upper(), report_title(self.view))
        titles, heads = (*titles, f"{stated}. {units}"), [c.head for c in self.columns]
        sheet, top = self._sheet(
            _("Biểu chỉ tiêu"), widths, titles, heads, rows=len(lines)
        )
        for row, line in enumerate(lines, top + 1):
            self._indicator(sheet, row, line)
            texts = [line[column.text] for column in self.columns]
            fit_height(sheet, row, texts[1:], widths[1:])
        if "status_text" in self.at:
            at = self.at["status_text"]
            self._show_statuses(sheet, top + 1, top + len(lines), at)
        sheet.autofilter(top, 0, top + len(lines), len(widths) - 1)
        sheet.freeze_panes(top + 1, self.at["unit"])

    def _indicator(self, sheet: Worksheet, row: int, line: Mapping) -> None:
        for at, column in enumerate(self.columns):
            text, style = line[column.text], self._style(**column.look)
            if column.text == "number":
                sheet.write_number(row, at, int(text), style)
            elif column.value and not is_missing(line[column.value]):
                self._figure(sheet, row, at, line)
            else:
                sheet.write_string(row, at, text, style)

    def _figure(self, sheet: Worksheet, row: int, at: int, line: Mapping) -> None:
        """Write a figure as a number that reads as its text; a share as a formula."""
        column, decimals = self.columns[at], int(line["decimals"])
        cell = {
            name: xl_rowcol_to_cell(row, self.at[f"{name}_text"])
            for name in SINGLE
            if f"{name}_text" in self.at
        }
        actual, value = cell.get("actual", ""), line[column.value]
        if column.value == "percent":
            formula = f'=IF({cell["target"]}=0,"",{actual}/{cell["target"]})'
            known, form = line["actual"] / line["target"], "0.0%"
        elif column.value == "change" and line["is_rate"]:
            formula = f"=ROUND({actual}-{cell['before']},{decimals})"
            known = round(value, decimals)
            form = signed_format(decimals, change_after(line["change_text"]))
        elif column.value == "change":
            past = cell["before"]
            formula = f'=IF({past}=0,"",ROUND({actual}/{past}-1,3))'
            known, form = round(value / 100, 3), signed_format(1, "%")
        else:
            form = number_format(line[column.text], value, decimals)
            sheet.write_number(row, at, value, self._number(form))
            return
        sheet.write_formula(row, at, formula, self._number(form), known)

    def write_sources(self) -> None:
        """Write the documents behind the table, each as text only."""
        data = self.view.data
        cited = self.documents.with_others(self.view.sources)
        table = table_of_sources(data.sources, cited, on_page=False)
        rows = [list(map(plain_cell, cells)) for cells in table.frame.to_numpy()]
        title = _("Nguồn của các số liệu").upper()
        titles = annex_titles("II", title, report_title(self.view))
        sheet, top = self._texts(
            _("Nguồn số liệu"), SOURCE_WIDTHS, titles, list(table.frame), rows
        )
        sheet.autofilter(top, 0, top + len(rows), len(SOURCE_WIDTHS) - 1)
        sheet.freeze_panes(top + 1, 1)

    def write_notes(self) -> None:
        """Write what is stated, reported and computed, and what the statuses mean."""
        statuses = meanings(self.view)
        words = [(status_text(s), meaning) for s, meaning in statuses.items()]
        notes = [*notes_on(self.view, self.columns), *words]
        titles = [_("Cách đọc biểu chỉ tiêu").upper()]
        heads = [_("Nội dung"), _("Ý nghĩa")]
        sheet, top = self._texts(
            _("Ghi chú chung"), NOTE_WIDTHS, titles, heads, notes, bold=True
        )
        last = top + len(notes)
        self._show_statuses(sheet, last - len(statuses) + 1, last, 0)

    def _texts(
        self,
        name: str,
        widths: Sequence[int],
        titles: Sequence[str],
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        bold: bool = False,
    ) -> tuple[Worksheet, int]:
        """Add a sheet of texts, those of the first column bold if asked for."""
        widths = pixels(widths)
        sheet, top = self._sheet(name, widths, titles, heads, rows=len(rows))
        for row, texts in enumerate(rows, top + 1):
            for at, text in enumerate(texts):
                look = {"bold": True} if bold and at == 0 else {}
                sheet.write_string(row, at, text, self._style(**look, indent=1))
            fit_height(sheet, row, texts, widths)
        return sheet, top

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
        self,
        name: str,
        widths: Sequence[int],
        titles: Sequence[str],
        heads: Sequence[str],
        *,
        rows: int,
        said: Sequence[str] = (),
    ) -> tuple[Worksheet, int]:
        """Add a sheet of as many rows below its titles, what is said first, and heads.

        Return it and the row of its heads.
        """
        sheet = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column_pixels(column, column, width)
        lines = [(text, {"bold": True}) for text in titles[:2]]
        lines += [(text, {"italic": True}) for text in titles[2:]]
        if self.made_up:
            lines.append((demo_words(), {"bold": True, "font_color": RED}))
        for row, (text, look) in enumerate(lines):
            style = self._style(**look, font_size=12, align="center", border=0)
            sheet.merge_range(row, 0, row, len(widths) - 1, "", style)
            sheet.write_string(row, 0, text, style)
            sheet.set_row(row, 18)
        for row, text in enumerate(said, len(lines)):
            style = self._style(bold=True, border=0)
            sheet.merge_range(row, 0, row, len(widths) - 1, "", style)
            sheet.write_string(row, 0, text, style)
            fit_height(sheet, row, [text], [sum(widths)])
        top = len(lines) + len(said)
        style = self._style(bold=True, align="center", bg_color=SHADE)
        for column, head in enumerate(heads):
            sheet.write_string(top, column, head, style)
        sheet.set_row(top, LINE * 2 + 3)
        sheet.repeat_rows(top)
        sheet.print_area(0, 0, top + rows, len(widths) - 1)
        demo = demo_words() if self.made_up else ""
        number = self.view.data.programme.number
        set_up_printing(sheet, self.title, number, demo)
        return sheet, top

    def _show_statuses(self, sheet: Worksheet, first: int, last: int, column: int):
        """Colour the cells that begin with a status; its sign and word say it too."""
        for status, shown in STANDINGS.items():
            colours = {"bg_color": shown.fill, "font_color": shown.ink}
            look = self.book.add_format(colours)
            rule = {"type": "text", "criteria": "begins with"}
            rule |= {"value": status_text(status), "format": look}
            sheet.conditional_format(first, column, last, column, rule)
