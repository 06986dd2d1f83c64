"""Tables of the Word file: those of the review, and the annex."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm
from docx.table import Table as WordTable

from vinhloc.review.borrowed import cells_of, xml_of
from vinhloc.review.paper.annex import annex_cells, annex_heads, annex_widths
from vinhloc.review.paper.cells import in_lines, shares
from vinhloc.review.paper.plain import plain_cell
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
    heads = list(table.frame)
    numbers = [heads.index(name) for name in table.numbers]
    rows = [in_lines(map(plain_cell, row), numbers) for row in table.frame.to_numpy()]
    parts = shares(list(zip(heads, *rows, strict=True)))
    room = _room(document) / sum(parts)
    _grid(document, heads, rows, [part * room for part in parts], numbers=numbers)
    if table.note:
        add_run(document.add_paragraph(), table.note, size=NOTE, italic=True)


def _room(document: WordDocument) -> float:
    """Return the width between the margins of the page written on, in mm."""
    page = document.sections[-1]
    return (page.page_width - page.left_margin - page.right_margin) / Mm(1)


def _grid(
    document: WordDocument,
    heads: list[str],
    rows: Iterable[list[str]],
    widths: Sequence[float],
    *,
    numbers: Collection[int] = (),
    bold: Collection[int] = (),
) -> WordTable:
    """Write a table; rows in `bold` are headings that stay with the row below them."""
    rows = list(rows)
    grid = document.add_table(1 + len(rows), len(heads), style="Table Grid")
    grid.autofit, grid.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    cells = cells_of(grid)
    for at, line in enumerate([heads, *rows]):
        heading = at == 0 or at - 1 in bold
        for column, text in enumerate(line):
            cell = cells[at * len(heads) + column]
            cell.width = Mm(widths[column])
            paragraph = cell.paragraphs[0]
            paragraph.alignment = (
                ALIGN.CENTER
                if at == 0
                else ALIGN.RIGHT
                if column in numbers
                else ALIGN.LEFT
            )
            paragraph.paragraph_format.keep_with_next = heading or None
            add_run(paragraph, text, size=NOTE, bold=heading)
        properties = xml_of(grid.rows[at]).get_or_add_trPr()
        properties.append(element("w:cantSplit"))
        if at == 0:
            properties.append(element("w:tblHeader"))
    set_cell_sides(grid, SIDES)
    return grid


def write_annex_table(document: WordDocument, report: Report) -> None:
    """Write the annex table: a line per theme across all columns, then its rows."""
    heads = annex_heads(report.annex_years)
    lines = report.annex_table.to_dict("records")
    whole = range(3, 6 if report.annex_years else 7)  # columns of one line
    if report.made_up:
        demo_line(document.add_paragraph())
    grid = _grid(
        document,
        heads,
        (in_lines(annex_cells(line), whole) for line in lines),
        annex_widths(report.annex_years),
        numbers=range(3, len(heads) - 2),
        bold=[at for at, line in enumerate(lines) if line["is_theme"]],
    )
    for row, line in zip(grid.rows[1:], lines, strict=True):
        if line["is_theme"]:
            row.cells[1].merge(row.cells[-1])
    if report.annex_notes:
        add_run(document.add_paragraph(), report.annex_notes, size=NOTE, italic=True)
