"""Pages, lines and text of the Word file, as Decree 30/2020/NĐ-CP asks.

Styles, margins and page numbers are those of the template, which Word opens and
changes; `tools/word_template.py` made it.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run
from matplotlib.ft2font import FT2Font

from vinhloc.figures import language
from vinhloc.review.borrowed import xml_of
from vinhloc.review.paper.official import OPEN
from vinhloc.show import demo_words

HERE = Path(__file__).parents[1]
TEMPLATE, BOLD = HERE / "templates" / "report.docx", HERE / "fonts" / "Tinos-Bold.ttf"
DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
RED = RGBColor(0xA1, 0x11, 0x11)
BODY, SMALL, NOTE = 14, 11, 10  # points
MARGINS = {"top": 20, "bottom": 20, "left": 30, "right": 20}  # mm
LANDSCAPE = {"top": 20, "bottom": 20, "left": 20, "right": 20}
A4, CHART_WIDTH = (210, 297), 154  # mm
HEAD, FOOT = (57, 103), (75, 85)  # mm, the two columns above and below the text
CITE = re.compile(r"(\[[\w-]+\])")  # a source
PER_MM = 72 / 25.4  # points
INDENT = Cm(1.27)


def locale_of_text() -> str:
    """Return the language of the text as Word names it."""
    return {"vi": "vi-VN", "en": "en-GB"}[language()]


def open_template() -> WordDocument:
    """Return an empty report in the language in use, from the template."""
    document = Document(str(TEMPLATE))
    document.element.body.clear_content()  # Word leaves an empty line in each file
    spoken = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    for name in ("val", "eastAsia"):
        spoken.set(qn(f"w:{name}"), locale_of_text())
    return document


def lie_across(section: Section) -> None:
    """Turn the pages of an annex; its page numbers are those of the report."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_height, section.page_width = map(Mm, A4)
    section.left_margin = Mm(LANDSCAPE["left"])
    section.different_first_page_header_footer = False


def save(document: WordDocument, path: Path) -> None:
    """Write a document; the same text gives the same bytes whenever it is made."""
    properties = document.core_properties
    properties.created = properties.modified = datetime.datetime(*DAY_OF_ZIP)
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for member in old.infolist():
            info = zipfile.ZipInfo(member.filename, DAY_OF_ZIP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(member))


def demo_line(paragraph: WordParagraph) -> None:
    """Write the words for made-up figures into a paragraph."""
    paragraph.alignment = ALIGN.CENTER
    add_run(paragraph, demo_words(), size=SMALL, bold=True).font.color.rgb = RED


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
    run = None
    for at, part in enumerate(re.split(f"({OPEN.pattern})", text)):
        if part:
            run = _add_text(paragraph.add_run(), part)
            run.font.size = Pt(size) if size else None
            run.font.bold, run.font.italic = bold, italic
            if at % 2:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
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
