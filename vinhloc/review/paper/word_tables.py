"""Tables of the Word file: those of the review, and the annex."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm
from docx.table import Table as WordTable

from vinhloc.review.borrowed import cells_of, xml_of
from vinhloc.review.paper.cells import Grid, grid_of, grid_of_annex
from vinhloc.review.paper.report import Report
from vinhloc.review.paper.word_layout import (
    NOTE,
    add_run,
    demo_line,
    element,
    set_cell_sides,
)
from vinhloc.show import Table, demo_words

SIDES = 57  # 1/20 point, left and right of the text in a cell


def write_table(document: WordDocument, table: Table) -> None:
    """Write a table of the review with its caption, heads repeated on each page."""
    mark = f"{demo_words()}: " if table.made_up else ""
    caption = document.add_paragraph(f"{mark}{table.caption}", style="Caption")
    caption.paragraph_format.keep_with_next = True
    if table.frame.empty:
        return
    grid = grid_of(table)
    room = _room(document) / sum(grid.widths)
    _write_grid(document, grid, [share * room for share in grid.widths])
    if table.note:
        add_run(document.add_paragraph(), table.note, size=NOTE, italic=True)


def _room(document: WordDocument) -> float:
    """Return the width between the margins of the page written on, in mm."""
    page = document.sections[-1]
    return (page.page_width - page.left_margin - page.right_margin) / Mm(1)


def _write_grid(
    document: WordDocument, grid: Grid, widths: Sequence[float]
) -> WordTable:
    """Write a table (widths in mm); its headings stay with the row below them."""
    lines, across = [grid.heads, *grid.rows], len(grid.heads)
    table = document.add_table(len(lines), across, style="Table Grid")
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    cells = cells_of(table)
    for at, line in enumerate(lines):
        heading = at == 0 or at - 1 in grid.themes
        for column, text in enumerate(line):
            cell = cells[at * across + column]
            cell.width = Mm(widths[column])
            paragraph = cell.paragraphs[0]
            side = ALIGN.RIGHT if column in grid.numbers else ALIGN.LEFT
            paragraph.alignment = ALIGN.CENTER if at == 0 else side
            paragraph.paragraph_format.keep_with_next = heading or None
            add_run(paragraph, text, size=NOTE, bold=heading)
        properties = xml_of(table.rows[at]).get_or_add_trPr()
        properties.append(element("w:cantSplit"))
        if at == 0:
            properties.append(element("w:tblHeader"))
    set_cell_sides(table, SIDES)
    return table


def write_annex_table(document: WordDocument, report: Report) -> None:
    """Write the annex table: a line per theme across all columns, then its rows."""
    if report.made_up:
        demo_line(document.add_paragraph())
    grid = grid_of_annex(report.annex_table, report.annex_columns)
    table = _write_grid(document, grid, grid.widths)
    rows = list(table.rows)
    for at in grid.themes:
        cells = rows[at + 1].cells
        cells[1].merge(cells[-1])
    if report.annex_notes:
        add_run(document.add_paragraph(), report.annex_notes, size=NOTE, italic=True)
