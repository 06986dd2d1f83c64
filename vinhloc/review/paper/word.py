"""The report as a Word file in the official layout (Decree 30/2020/NĐ-CP, annex I)."""

from __future__ import annotations

import io
from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm, Mm, Pt

from vinhloc.figures import _
from vinhloc.review.borrowed import xml_of
from vinhloc.review.paper.official import Official
from vinhloc.review.paper.report import Annex, Heading, Paragraph, Report
from vinhloc.review.paper.word_layout import (
    RED,
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
from vinhloc.review.paper.word_tables import write_annex_table, write_table
from vinhloc.show import Table, demo_words
from vinhloc.show.charts import Chart

HEAD, FOOT = (57, 103), (75, 85)  # mm, the two columns above and below the text
PROPERTY = 255  # letters that a property of a file holds


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
    _fill(left, [(line, 13, True, False) for line in official.heading], rule=22)
    nation = _("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = _("Độc lập - Tự do - Hạnh phúc")
    lines = [(nation, 13, True, False), (motto, 14, True, False)]
    _fill(right, lines, rule=width_of(motto, 14))
    left, right = table.rows[1].cells
    _fill(left, [(official.number, 13, False, False)])
    _fill(right, [(official.place_and_date, 14, False, True)])


def _borderless(document: WordDocument, rows: int, widths: tuple[int, int]):
    table = document.add_table(rows, len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    set_cell_sides(table, 0)
    for row in table.rows:  # who signs is not torn from the office that signs
        xml_of(row).get_or_add_trPr().append(element("w:cantSplit"))
    return table


def _fill(cell, lines: list[tuple[str, float, bool, bool]], *, rule: float = 0) -> None:
    """Write centred lines (text, size, bold, italic); `rule`: mm of a line below."""
    for at, (text, size, bold, italic) in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.alignment = ALIGN.CENTER
        add_run(paragraph, text, size=size, bold=bold, italic=italic)
    if rule:
        add_rule(cell.add_paragraph(), rule, cell.width)


def _write_title(document: WordDocument, report: Report) -> None:
    first = document.add_paragraph(style="Title")
    first.paragraph_format.space_before = Pt(18)
    first.add_run(_("BÁO CÁO"))
    document.add_paragraph(report.title, style="Title")
    section = document.sections[0]
    width = section.page_width - section.left_margin - section.right_margin
    add_rule(document.add_paragraph(), 50, width)


def _write_block(document: WordDocument, block) -> None:
    match block:
        case Heading():
            document.add_heading(block.text, block.level)
        case Paragraph():
            _write_paragraph(document, block)
        case Table():
            write_table(document, block)
        case Chart():
            _write_chart(document, block)


def _write_paragraph(document: WordDocument, block: Paragraph) -> None:
    paragraph = document.add_paragraph(style="Body Text")
    paragraph.paragraph_format.keep_with_next = block.leads or None
    if block.listed:
        paragraph.add_run("- ")
    if block.made_up:
        run = add_run(paragraph, f"{demo_words()}: ", bold=True)
        run.font.color.rgb = RED
    add_run(paragraph, block.text)


def _write_chart(document: WordDocument, chart: Chart) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    paragraph.paragraph_format.keep_with_next = True
    picture = paragraph.add_run().add_picture(io.BytesIO(chart.png()), width=Cm(13.5))
    about = xml_of(picture).docPr
    about.set("descr", chart.alt)
    about.set("title", chart.title)
    mark = f"{demo_words()}: " if chart.made_up else ""
    caption = document.add_paragraph(style="Caption")
    caption.alignment = ALIGN.CENTER
    caption.add_run(f"{mark}{chart.title}. ")
    caption.add_run(chart.source).bold = False


def _write_signature(document: WordDocument, official: Official) -> None:
    table = _borderless(document, 1, FOOT)
    left, right = table.rows[0].cells
    first = left.paragraphs[0]
    add_run(first, _("Nơi nhận:"), size=12, bold=True, italic=True)
    for at, name in enumerate(official.recipients, 1):
        end = "." if at == len(official.recipients) else ";"
        add_run(left.add_paragraph(), f"- {name}{end}", size=11)
    lines = [(official.authority, 14, True, False), (official.office, 14, True, False)]
    blank = [("", 14, False, False)] * 4
    _fill(right, [*lines, *blank, (official.signatory, 14, True, False)])


def _write_annex(document: WordDocument, annex: Annex, report: Report) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    # The break stands in a line of its own, which a full page has no room for.
    line = document.paragraphs[-1].paragraph_format
    line.line_spacing, line.space_before, line.space_after = Pt(1), Pt(0), Pt(0)
    lie_across(section)
    for text, size in (
        (_("Phụ lục {number}", number=annex.number), 14),
        (annex.title.upper(), 14),
    ):
        paragraph = document.add_paragraph()
        paragraph.alignment = ALIGN.CENTER
        add_run(paragraph, text, size=size, bold=True)
    about = document.add_paragraph()
    about.alignment = ALIGN.CENTER
    text = _("(Kèm theo Báo cáo: {title})", title=report.title)
    add_run(about, text, size=13, italic=True)
    if annex.number == "I":
        write_annex_table(document, report)
    for block in annex.blocks:
        _write_block(document, block)
