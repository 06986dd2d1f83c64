"""Styles, pages, lines and text of the Word file, as Decree 30/2020/NĐ-CP asks."""

from __future__ import annotations

import re
from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run
from matplotlib.ft2font import FT2Font

from vinhloc.figures import language
from vinhloc.review.borrowed import xml_of
from vinhloc.review.paper.official import OPEN
from vinhloc.show import demo_words

FONT = "Times New Roman"
BODY, SMALL, NOTE = 14, 11, 10  # points
MARGINS = {"top": 20, "bottom": 20, "left": 30, "right": 20}  # mm
LANDSCAPE = {"top": 20, "bottom": 20, "left": 20, "right": 20}
A4 = (210, 297)  # mm
CITE = re.compile(r"(\[[\w-]+\])")  # a source
PER_MM = 72 / 25.4  # points
BOLD = Path(__file__).parents[1] / "fonts" / "Tinos-Bold.ttf"
INDENT = Cm(1.27)


def locale_of_text() -> str:
    """Return the language of the text as Word names it."""
    return {"vi": "vi-VN", "en": "en-GB"}[language()]


def set_styles(document: WordDocument) -> None:
    """Set font, sizes and spacing of the styles that the report uses."""
    styles = document.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("w:lang", val=locale_of_text(), eastAsia=locale_of_text()))
    normal = styles["Normal"]
    _set_font(normal, BODY)
    normal.paragraph_format.space_after = Pt(0)
    for name, size in (("Heading 1", BODY), ("Heading 2", BODY), ("Heading 3", BODY)):
        style = styles[name]
        _set_font(style, size, bold=True, italic=name == "Heading 3")
        style.paragraph_format.space_before = Pt(6)
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.first_line_indent = INDENT
        style.paragraph_format.keep_with_next = True
    _set_font(styles["Title"], BODY, bold=True)
    borders = styles["Title"].element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        styles["Title"].element.pPr.remove(borders)
    styles["Title"].paragraph_format.alignment = ALIGN.CENTER
    styles["Title"].paragraph_format.space_after = Pt(0)
    _set_font(styles["Caption"], SMALL, bold=True)
    styles["Caption"].paragraph_format.space_before = Pt(6)
    styles["Caption"].paragraph_format.space_after = Pt(3)
    _set_font(styles["Body Text"], BODY)
    body = styles["Body Text"].paragraph_format
    body.alignment, body.first_line_indent = ALIGN.JUSTIFY, INDENT
    body.space_before, body.space_after, body.line_spacing = Pt(0), Pt(6), 1.15


def _set_font(style, size: float, *, bold=False, italic=False) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, italic
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), FONT)


def set_page(section, *, landscape: bool = False, made_up: bool = False) -> None:
    """Set size and margins, and the page number in the top margin but on page one.

    `made_up`: the words for made-up figures stand at the foot of every page.
    """
    width, height = A4[::-1] if landscape else A4
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    for side, size in (LANDSCAPE if landscape else MARGINS).items():
        setattr(section, f"{side}_margin", Mm(size))
    section.header_distance = section.footer_distance = Mm(10)
    first = not landscape
    section.different_first_page_header_footer = first
    header = section.header
    header.is_linked_to_previous = False
    _page_number(header.paragraphs[0])
    if made_up:
        parts = (
            [section.footer, section.first_page_footer] if first else [section.footer]
        )
        for part in parts:
            part.is_linked_to_previous = False
            demo_line(part.paragraphs[0])


def _page_number(paragraph: WordParagraph) -> None:
    paragraph.alignment = ALIGN.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            xml_of(run).append(element("w:fldChar", fldCharType=kind))
        else:
            field = element("w:instrText")
            field.text = text
            xml_of(run).append(field)


def demo_line(paragraph: WordParagraph) -> None:
    """Write the words for made-up figures into a paragraph."""
    paragraph.alignment = ALIGN.CENTER
    run = paragraph.add_run(demo_words())
    run.font.bold, run.font.size = True, Pt(SMALL)
    run.font.color.rgb = RGBColor(0xA1, 0x11, 0x11)


def set_cell_sides(table: Table, dxa: int) -> None:
    """Set the room left and right of the text in a table's cells (1/20 point)."""
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=str(dxa), type="dxa"))
    xml_of(table).tblPr.append(margins)


def add_rule(paragraph: WordParagraph, length: float, width: int) -> None:
    """Draw a solid line of a length (mm) in the middle, as the border of a line."""
    side = max(0, int((width - Mm(length)) / 2))
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = side
    shape.space_before = Pt(3)  # below the longest letters of the line above
    shape.line_spacing, shape.space_after = Pt(4), Pt(4)
    border = element("w:pBdr")
    border.append(element("w:top", val="single", sz="6", space="1", color="000000"))
    xml_of(paragraph).get_or_add_pPr().append(border)


def add_run(paragraph: WordParagraph, text: str, *, size=None, bold=None, italic=None):
    """Add text; the places that the office fills in are marked yellow."""
    run, done = None, 0
    for found in [*OPEN.finditer(text), None]:
        end = found.start() if found else len(text)
        for part, marked in ((text[done:end], False), (found and found[0], True)):
            if not part:
                continue
            run = _add_text(paragraph.add_run(), part)
            run.font.size = Pt(size) if size else None
            run.font.bold, run.font.italic = bold, italic
            if marked:
                xml_of(run).get_or_add_rPr().append(
                    element("w:highlight", val="yellow")
                )
        done = found.end() if found else end
    return run


def _add_text(run: Run, text: str) -> Run:
    """Write a text into a run; the hyphens of a source in brackets break no line."""
    for at, part in enumerate(CITE.split(text)):
        pieces = part.split("-") if at % 2 else [part]
        for number, piece in enumerate(pieces):
            if number:
                xml_of(run).append(element("w:noBreakHyphen"))
            run.add_text(piece)
    return run


def width_of(text: str, size: float) -> float:
    """Return the width of a bold line in mm, from the font that is as wide."""
    font = FT2Font(str(BOLD))
    font.set_size(size, 72)  # a point of the paper is a pixel
    font.set_text(text)
    return font.get_width_height()[0] / 64 / PER_MM


def element(name: str, **attributes: str):
    """Return an XML element of WordprocessingML with attributes of its namespace."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
