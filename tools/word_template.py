"""Make the template of the Word report anew: python tools/word_template.py.

Run it where the template is to be as the decree asks again. Word opens and changes the
file too: what is in it counts, not what stands here. The same bytes every time.
"""

from __future__ import annotations

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from vinhloc.review.paper.word_layout import (
    A4,
    BODY,
    INDENT,
    MARGINS,
    SMALL,
    TEMPLATE,
    element,
    save,
)

FONT = "Times New Roman"


def main() -> None:
    """Write the template."""
    document = Document()
    set_styles(document)
    set_page(document.sections[0])
    save(document, TEMPLATE)


def set_styles(document: WordDocument) -> None:
    """Set font, sizes and spacing of the styles that the report uses."""
    styles = document.styles
    defaults = styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("w:lang", val="vi-VN", eastAsia="vi-VN"))
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


def set_page(section) -> None:
    """Set size and margins, and the page number in the top margin but on page one."""
    section.page_width, section.page_height = map(Mm, A4)
    for side, size in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(size))
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    add_page_number(section.header.paragraphs[0])


def add_page_number(paragraph: Paragraph) -> None:
    """Write the number of the page into a paragraph."""
    paragraph.alignment = ALIGN.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(13)
    field = element("w:instrText")
    field.text = "PAGE"
    begin, end = (element("w:fldChar", fldCharType=kind) for kind in ("begin", "end"))
    for part in (begin, field, end):
        run._element.append(part)


if __name__ == "__main__":
    main()
