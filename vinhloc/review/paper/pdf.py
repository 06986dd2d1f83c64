"""The report as PDF: the blocks of the Word file, set by Typst in the same layout.

What is shown goes to the template as data, never as Typst markup. The file is tagged
(PDF/UA-1), and the same on every machine: no font of the system, no day of making.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path

import typst

from vinhloc.figures import _, printable
from vinhloc.review.paper.blocks import Annex, Block, Heading, Paragraph, Report
from vinhloc.review.paper.cells import grid_of, grid_of_annex
from vinhloc.review.paper.official import OPEN
from vinhloc.review.paper.report import annex_titles
from vinhloc.review.paper.word_layout import (
    A4,
    BODY,
    CHART_WIDTH,
    FOOT,
    HEAD,
    INDENT,
    LANDSCAPE,
    MARGINS,
    NOTE,
    SMALL,
    locale_of_text,
)
from vinhloc.show import Table, demo_words
from vinhloc.show.charts import Chart

HERE = Path(__file__).parents[1]
TEMPLATE = HERE / "templates" / "report.typ"
TAGGED = "ua-1"


def write_pdf(report: Report, path: Path) -> None:
    """Write the report as a tagged PDF with bookmarks, the same bytes every time."""
    text = json.dumps(_seen(_report(report)), ensure_ascii=False)
    path.write_bytes(_compile({"report": text}))


def _compile(inputs: dict[str, str]) -> bytes:
    """Return the PDF; a letter that no font has costs it the mark of PDF/UA only."""
    options = {
        "root": TEMPLATE.parent,
        "font_paths": _fonts(),
        "ignore_system_fonts": True,
        "sys_inputs": inputs,
    }
    try:
        return typst.compile(TEMPLATE, pdf_standards=TAGGED, **options)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return typst.compile(TEMPLATE, **options)


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts that are the same everywhere: the package's and Typst's."""
    import fontpkg_be_vietnam_pro as of_charts

    folders = [HERE / "fonts", of_charts.ROOT / "files"]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def _report(report: Report) -> dict:
    """Return what the template shows, in its order."""
    official = report.official
    lang, region = locale_of_text().split("-")
    return {
        "look": {
            "paper": A4,
            "margins": MARGINS,
            "landscape": LANDSCAPE,
            "body": BODY,
            "small": SMALL,
            "note": NOTE,
            "indent": INDENT.mm,
            "head": HEAD,
            "foot": FOOT,
            "chart": CHART_WIDTH,
            "open": OPEN.pattern,
        },
        "lang": lang,
        "region": region,
        "author": official.author,
        "made_up": report.made_up,
        "demo_words": demo_words(),
        "title": report.title,
        "recipients_word": _("Nơi nhận:"),
        "official": vars(official),
        "body": [_block(block) for block in report.body],
        "annexes": [_annex(annex, report) for annex in report.annexes],
    }


def _block(block: Block) -> dict:
    """Return a block as the template knows it."""
    match block:
        case Heading():
            return {"kind": "heading", **vars(block)}
        case Paragraph():
            return {"kind": "paragraph", "leads": block.leads, **vars(block)}
        case Chart():
            return {
                "kind": "chart",
                "title": block.title,
                "subtitle": block.subtitle,
                "svg": _svg(block),
                "alt": block.alt,
                "source": block.source,
            }
        case Table():
            grid = grid_of(block)
            return {
                "kind": "table",
                "caption": block.caption,
                **vars(grid),
                "links": [at for at, h in enumerate(grid.heads) if h == _("Địa chỉ")],
                "note": block.note,
                "made_up": block.made_up,
            }
    raise TypeError(block)


def _svg(chart: Chart) -> str:
    """Return a chart as an SVG file; its text stays text."""
    return chart.svg().replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _annex(annex: Annex, report: Report) -> dict:
    blocks = [_block(block) for block in annex.blocks]
    if annex.number == "I":
        grid = grid_of_annex(report.annex_table, report.annex_columns)
        about = {"note": report.annex_notes, "made_up": report.made_up, "links": []}
        blocks.insert(0, {"kind": "annex", **vars(grid), **about})
    number, title, about = annex_titles(annex.number, annex.title, report.title)
    return {"number": number, "title": title, "about": about, "blocks": blocks}


def _seen(value: object) -> object:
    """Return data without the marks that nobody can see, in all of its texts."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", printable(value))
    if isinstance(value, dict):
        return {key: _seen(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_seen(item) for item in value]
    return value
