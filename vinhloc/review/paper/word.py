"""The report as a Word file in the official layout (Decree 30/2020/NĐ-CP, annex I)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from vinhloc.figures import _
from vinhloc.review.borrowed import cells_of, xml_of
from vinhloc.review.paper.blocks import Annex, Block, Heading, Paragraph, Report
from vinhloc.review.paper.cells import Grid, grid_of, grid_of_annex
from vinhloc.review.paper.official import Official
from vinhloc.review.paper.report import annex_titles
from vinhloc.review.paper.word_layout import (
    CHART_WIDTH,
    FOOT,
    HEAD,
    NOTE,
    add_rule,
    add_run,
    demo_line,
    element,
    lie_across,
    locale_of_text,
    open_template,
    save,
    set_cell_sides,
    width_of,
)
from vinhloc.show import Table, demo_words
from vinhloc.show.charts import Chart

SIDES = 57  # 1/20 point, left and right of the text in a cell
PROPERTY = 255  # letters that a property of a file holds
BOLD, ITALIC, PLAIN = {"bold": True}, {"italic": True}, {}

Line = tuple[str, float, dict]  # its text, its size in points, how it is set


def write_word(report: Report, path: Path) -> None:
    """Write the report as .docx: editable, with real styles, headings and tables."""
    document = open_template()
    if report.made_up:
        first = document.sections[0]
        for part in (first.footer, first.first_page_footer):
            demo_line(part.paragraphs[0])
    _write_head(document, report.official)
    _write_title(document, report)
    for block in report.body:
        _write_block(document, block)
    for paragraph in document.paragraphs[-2:]:  # who signs is not left alone
        paragraph.paragraph_format.keep_with_next = True
    _write_signature(document, report.official)
    for annex in report.annexes:
        _write_annex(document, annex, report)
    properties = document.core_properties
    properties.title = report.title[:PROPERTY]
    properties.author = report.official.author[:PROPERTY]
    properties.language = locale_of_text()
    save(document, path)


def _write_head(document: WordDocument, official: Official) -> None:
    """Write body and number on the left, the nation's name and motto on the right."""
    table = _borderless(document, 2, HEAD)
    left, right = table.rows[0].cells
    _fill(left, [(line, 13, BOLD) for line in official.heading], rule=22)
    lines = [(official.nation, 13, BOLD), (official.motto, 14, BOLD)]
    _fill(right, lines, rule=width_of(official.motto, 14))
    left, right = table.rows[1].cells
    _fill(left, [(official.number, 13, PLAIN)])
    _fill(right, [(official.place_and_date, 14, ITALIC)])


def _borderless(document: WordDocument, rows: int, widths: Sequence[float]):
    table = document.add_table(rows, len(widths))
    _lay_out(table, widths, sides=0)
    for row in table.rows:  # who signs is not torn from the office that signs
        xml_of(row).get_or_add_trPr().append(element("w:cantSplit"))
    return table


def _lay_out(table: WordTable, widths: Sequence[float], *, sides: int) -> None:
    """Set the widths of the columns (mm) and the room beside the text in a cell."""
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for at, cell in enumerate(cells_of(table)):
        cell.width = Mm(widths[at % len(widths)])
    set_cell_sides(table, sides)


def _fill(cell, lines: Sequence[Line], *, rule: float = 0) -> None:
    """Write centred lines into a cell; `rule`: mm of a line below them."""
    for at, line in enumerate(lines):
        _centre(cell.paragraphs[0] if at == 0 else cell.add_paragraph(), line)
    if rule:
        add_rule(cell.add_paragraph(), rule, cell.width)


def _centre(paragraph: WordParagraph, line: Line) -> None:
    text, size, look = line
    paragraph.alignment = ALIGN.CENTER
    add_run(paragraph, text, size=size, **look)


def _write_title(document: WordDocument, report: Report) -> None:
    first = document.add_paragraph(report.official.name, style="Title")
    first.paragraph_format.space_before = Pt(18)
    document.add_paragraph(report.title, style="Title")
    add_rule(document.add_paragraph(), 50, Mm(_room(document)))
    if report.made_up:
        demo_line(document.add_paragraph())


def _room(document: WordDocument) -> float:
    """Return the width between the margins of the page written on, in mm."""
    page = document.sections[-1]
    return (page.page_width - page.left_margin - page.right_margin) / Mm(1)


def _write_block(document: WordDocument, block: Block) -> None:
    match block:
        case Heading():
            document.add_heading(block.text, block.level)
        case Paragraph():
            _write_paragraph(document, block)
        case Table():
            _write_table(document, block)
        case Chart():
            _write_chart(document, block)


def _write_paragraph(document: WordDocument, block: Paragraph) -> None:
    paragraph = document.add_paragraph(style="Body Text")
    paragraph.paragraph_format.keep_with_next = block.leads or None
    if block.listed:
        paragraph.add_run("- ")
    add_run(paragraph, block.text)


def _mark(block: Table) -> str:
    """Return what stands before made-up figures."""
    return f"{demo_words()}: " if block.made_up else ""


def _write_chart(document: WordDocument, chart: Chart) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    paragraph.paragraph_format.keep_with_next = True
    picture = paragraph.add_run().add_picture(
        io.BytesIO(chart.png()), width=Mm(CHART_WIDTH)
    )
    about = xml_of(picture).docPr
    about.set("descr", chart.alt)
    about.set("title", chart.title)
    caption = document.add_paragraph(style="Caption")
    caption.alignment = ALIGN.CENTER
    caption.add_run(f"{chart.title}. ")  # the picture says that it is made up
    caption.add_run(f"{chart.subtitle}. {chart.source}").bold = False


def _write_table(document: WordDocument, table: Table) -> None:
    """Write a table of the review with its caption, heads repeated on each page."""
    caption = document.add_paragraph(_mark(table) + table.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    if table.frame.empty:
        return
    grid = grid_of(table)
    room = _room(document) / sum(grid.widths)
    _write_grid(document, grid, [share * room for share in grid.widths])
    _write_note(document, table.note)


def _write_note(document: WordDocument, note: str) -> None:
    if note:
        add_run(document.add_paragraph(), note, size=NOTE, **ITALIC)


def _write_grid(
    document: WordDocument, grid: Grid, widths: Sequence[float]
) -> WordTable:
    """Write a table (widths in mm); its headings stay with the row below them."""
    lines, across = [grid.heads, *grid.rows], len(grid.heads)
    table = document.add_table(len(lines), across, style="Table Grid")
    _lay_out(table, widths, sides=SIDES)
    cells = iter(cells_of(table))
    for at, line in enumerate(lines):
        heading = at == 0 or at - 1 in grid.themes
        for column, text in enumerate(line):
            paragraph = next(cells).paragraphs[0]
            side = ALIGN.RIGHT if column in grid.numbers else ALIGN.LEFT
            paragraph.alignment = ALIGN.CENTER if at == 0 else side
            paragraph.paragraph_format.keep_with_next = heading or None
            add_run(paragraph, text, size=NOTE, bold=heading)
        properties = xml_of(table.rows[at]).get_or_add_trPr()
        properties.append(element("w:cantSplit"))
        if at == 0:
            properties.append(element("w:tblHeader"))
    return table


def _write_signature(document: WordDocument, official: Official) -> None:
    left, right = _borderless(document, 1, FOOT).rows[0].cells
    add_run(left.paragraphs[0], _("Nơi nhận:"), size=12, **BOLD, **ITALIC)
    for name in official.recipients:
        add_run(left.add_paragraph(), f"- {name}", size=11)
    lines = [official.authority, official.office, *[""] * 4, official.signatory]
    _fill(right, [(line, 14, BOLD) for line in lines])


def _write_annex(document: WordDocument, annex: Annex, report: Report) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    # The break stands in a line of its own, which a full page has no room for.
    line = document.paragraphs[-1].paragraph_format
    line.line_spacing, line.space_before, line.space_after = Pt(1), Pt(0), Pt(0)
    lie_across(section)
    number, title, about = annex_titles(annex.number, annex.title, report.title)
    lines = [(number, 14, BOLD), (title.upper(), 14, BOLD), (about, 13, ITALIC)]
    for line in lines:
        _centre(document.add_paragraph(), line)
    if annex.number == "I":
        _write_annex_table(document, report)
    for block in annex.blocks:
        _write_block(document, block)


def _write_annex_table(document: WordDocument, report: Report) -> None:
    """Write the annex table: a theme stands in a line across all columns."""
    if report.made_up:
        demo_line(document.add_paragraph())
    grid = grid_of_annex(report.annex_table, report.annex_columns)
    rows = list(_write_grid(document, grid, grid.widths).rows)
    for at in grid.themes:
        row = rows[at + 1]
        row.cells[1].merge(row.cells[-1])
    _write_note(document, report.annex_notes)
