"""The report as PDF: the blocks of the Word file, set by Typst in the same layout.

What is shown goes to the template as data, never as Typst markup. The file is tagged
(PDF/UA-1), and the same on every machine: no font of the system, no day of making.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path

import typst

from vinhloc.figures import _, printable
from vinhloc.review.paper.annex import annex_cells, annex_heads, annex_widths
from vinhloc.review.paper.cells import in_lines, shares
from vinhloc.review.paper.official import OPEN
from vinhloc.review.paper.plain import plain_cell
from vinhloc.review.paper.report import Annex, Block, Heading, Paragraph, Report
from vinhloc.review.paper.word import FOOT, HEAD
from vinhloc.review.paper.word_layout import (
    A4,
    BODY,
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
CHART_WIDTH = 135  # mm
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
        },
        "lang": lang,
        "region": region,
        "author": official.author,
        "made_up": report.made_up,
        "demo_words": demo_words(),
        "heading": [_runs(line) for line in official.heading],
        "nation": _runs(_("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
        "motto": _runs(_("Độc lập - Tự do - Hạnh phúc")),
        "number": _runs(official.number),
        "place_and_date": _runs(official.place_and_date),
        "name": _("BÁO CÁO"),
        "title": report.title,
        "body": [_block(block) for block in report.body],
        "recipients_word": _("Nơi nhận:"),
        "recipients": [_runs(name) for name in _listed(official.recipients)],
        "authority": _runs(official.authority),
        "office": _runs(official.office),
        "signatory": _runs(official.signatory),
        "annexes": [_annex(annex, report) for annex in report.annexes],
    }


def _listed(names: tuple[str, ...]) -> list[str]:
    """Return names as a list ends them: with semicolons, the last with a full stop."""
    return [*(f"{name};" for name in names[:-1]), f"{names[-1]}."]


def _runs(text: str) -> list[tuple[str, bool]]:
    """Return the parts of a text, each with whether the office has to fill it in."""
    parts = re.split(f"({OPEN.pattern})", text)
    return [(part, at % 2 == 1) for at, part in enumerate(parts) if part]


def _block(block: Block) -> dict:
    """Return a block as the template knows it."""
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text, "level": block.level}
        case Paragraph():
            return {
                "kind": "paragraph",
                "text": _runs(block.text),
                "made_up": block.made_up,
                "listed": block.listed,
                "leads": block.leads,
            }
        case Chart():
            return {
                "kind": "chart",
                "title": block.title,
                "svg": _svg(block),
                "alt": block.alt,
                "source": block.source,
                "made_up": block.made_up,
            }
        case Table():
            return _table(block)
    raise TypeError(block)


def _svg(chart: Chart) -> str:
    """Return a chart as an SVG file; its text stays text."""
    return chart.svg().replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _table(table: Table) -> dict:
    heads = list(table.frame)
    numbers = [heads.index(name) for name in table.numbers]
    rows = [in_lines(map(plain_cell, row), numbers) for row in table.frame.to_numpy()]
    return {
        "kind": "table",
        "caption": table.caption,
        "heads": heads,
        "numbers": numbers,
        "links": [heads.index(name) for name in heads if name == _("Địa chỉ")],
        "rows": [_row(row) for row in rows],
        "shares": shares(list(zip(heads, *rows, strict=True))),
        "note": _runs(table.note) if table.note else None,
        "made_up": table.made_up,
    }


def _row(cells: Iterable[str], *, theme: bool = False) -> dict:
    return {"cells": [_runs(cell) for cell in cells], "theme": theme}


def _annex(annex: Annex, report: Report) -> dict:
    table = [_annex_table(report)] if annex.number == "I" else []
    return {
        "number": _("Phụ lục {number}", number=annex.number),
        "title": annex.title,
        "about": _("(Kèm theo Báo cáo: {title})", title=report.title),
        "blocks": [*table, *(_block(block) for block in annex.blocks)],
    }


def _annex_table(report: Report) -> dict:
    lines, heads = (
        report.annex_table.to_dict("records"),
        annex_heads(report.annex_years),
    )
    numbers = range(3, len(heads) - 2)  # its columns of figures
    whole = range(3, 6) if report.annex_years else numbers  # that stay in one line
    return {
        "kind": "annex",
        "heads": heads,
        "numbers": list(numbers),
        "rows": [_annex_row(line, whole) for line in lines],
        "widths": annex_widths(report.annex_years),
        "note": _runs(report.annex_notes),
        "made_up": report.made_up,
    }


def _annex_row(line: Mapping, numbers: Collection[int]) -> dict:
    if line["is_theme"]:
        return _row(annex_cells(line)[:2], theme=True)
    return _row(in_lines(annex_cells(line), numbers))


def _seen(value: object) -> object:
    """Return data without the marks that nobody can see, in all of its texts."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", printable(value))
    if isinstance(value, dict):
        return {key: _seen(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_seen(item) for item in value]
    return value
