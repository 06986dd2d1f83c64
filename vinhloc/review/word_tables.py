"""Tables of the Word file: those of the review, and the annex."""

from __future__ import annotations

from collections.abc import Iterable

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm
from docx.table import Table as WordTable

from vinhloc.review.annex import annex_cells, annex_heads, annex_widths
from vinhloc.review.plain import plain_cell
from vinhloc.review.report import Report
from vinhloc.review.word_layout import (
    NOTE,
    add_run,
    demo_line,
    element,
    set_cell_sides,
)
from vinhloc.table import Table, demo_words


ANNEX_SIDES = 45  # 1/20 point, left and right of the text in a cell


def write_table(document: WordDocument, table: Table) -> None:
    """Write a table of the review with its caption, heads repeated on each page."""
    mark = f"{demo_words()}: " if table.made_up else ""
    caption = document.add_paragraph(f"{mark}{table.caption}", style="Caption")
    caption.paragraph_format.keep_with_next = True
    if table.frame.empty:
        return
    rows = [[plain_cell(cell) for cell in row] for row in table.frame.to_numpy()]
    _grid(document, list(table.frame), rows, numbers=table.numbers)
    if table.note:
        add_run(document.add_paragraph(), table.note, size=NOTE, italic=True)


def _grid(
    document: WordDocument,
    heads: list[str],
    rows: Iterable[list[str]],
    *,
    numbers: Iterable[str] = (),
    widths: list[float] | None = None,
    bold: Iterable[int] = (),
) -> WordTable:
    rows = list(rows)
    grid = document.add_table(1 + len(rows), len(heads), style="Table Grid")
    grid.autofit = widths is None
    for column, width in zip(grid.columns, widths or (), strict=False):
        column.width = Mm(width)
    bold, cells = set(bold), grid._cells  # .cells of each row would search anew
    for at, line in enumerate([heads, *rows]):
        for column, text in enumerate(line):
            cell = cells[at * len(heads) + column]
            if widths:
                cell.width = Mm(widths[column])
            paragraph = cell.paragraphs[0]
            number = heads[column] in numbers
            paragraph.alignment = (
                ALIGN.CENTER if at == 0 else ALIGN.RIGHT if number else ALIGN.LEFT
            )
            add_run(paragraph, text, size=NOTE, bold=at == 0 or at - 1 in bold)
        properties = grid.rows[at]._tr.get_or_add_trPr()
        properties.append(element("w:cantSplit"))
        if at == 0:
            properties.append(element("w:tblHeader"))
    return grid


def write_annex_table(document: WordDocument, report: Report) -> None:
    """Write the annex table: a line per theme across all columns, then its rows."""
    heads = annex_heads(report.annex_years)
    lines = report.annex_table.to_dict("records")
    if report.made_up:
        demo_line(document.add_paragraph())
    grid = _grid(
        document,
        heads,
        map(annex_cells, lines),
        numbers=heads[3:-2],
        widths=annex_widths(report.annex_years),
        bold=[at for at, line in enumerate(lines) if line["is_theme"]],
    )
    for row, line in zip(grid.rows[1:], lines, strict=True):
        if line["is_theme"]:
            row.cells[1].merge(row.cells[-1])
    set_cell_sides(grid, ANNEX_SIDES)
    if report.annex_notes:
        add_run(document.add_paragraph(), report.annex_notes, size=NOTE, italic=True)
