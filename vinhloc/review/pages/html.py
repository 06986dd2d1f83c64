"""Pages that stand alone: one stylesheet, one font, no script, no outside address."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import jinja2
import nbformat
from markupsafe import Markup, escape

from vinhloc.data import Data, Programme
from vinhloc.figures import _, language, later_, n_, named, write_date
from vinhloc.review.request import FILES, FORMATS
from vinhloc.review.view import View
from vinhloc.show import NOTHING, Table, demo_words

HERE = Path(__file__).parents[1]
TEMPLATES = HERE / "templates"
FONTS = {400: "BeVietnamPro-Regular.woff2", 600: "BeVietnamPro-SemiBold.woff2"}
FOLDER = "indicators"  # of the pages of indicators
FILE_WORDS = {
    "docx": later_("Báo cáo (Word)"),
    "pdf": later_("Báo cáo (PDF)"),
    "xlsx": later_("Biểu chỉ tiêu (Excel)"),
}
FORM_WORDS = later_("Biểu nhập số liệu (Excel)")
ROW_HEAD = re.compile(r'(<th scope="row">)([^<]+)(?=</th>)')
# A page has its banner; of what it shows only a picture is marked by itself.
MARK = re.compile(r'(?<!<figcaption>)<strong class="demo">[^<]*</strong> ?')
# A document named beside a figure, in a sentence, and in the page's list of sources.
CITED = re.compile(
    r' ?<a class="source" href="#(?P<linked>src-[^"]+)">\[?[^<]*</a>'
    r'| ?<span class="cite">\[(?P<said>[\w-]+)\]</span>'
)
HEADED = re.compile(
    r"<h2[^>]*>(?P<heading>[^<]*)</h2>|<caption>(?P<caption>[^<]*)</caption>"
)
LISTED = re.compile(r'(<span id="(src-[^"]+)">)')
EMPTY = re.compile(rf'<p class="{NOTHING}">.*?</p>', re.DOTALL)
# Where no part is marked as Vietnamese: no element may stand there, or all is.
ASIDE = re.compile(r'<(svg|style|title)\b|<\w+[^>]* lang="vi"')


@cache
def stylesheet() -> str:
    """Return the stylesheet with the font in it."""
    faces = [
        _font_face(weight, HERE / "fonts" / name) for weight, name in FONTS.items()
    ]
    return "\n".join([*faces, (HERE / "page.css").read_text("utf-8")])


def _font_face(weight: int, path: Path) -> str:
    data = base64.b64encode(path.read_bytes()).decode()
    source = f"url(data:font/woff2;base64,{data}) format('woff2')"
    return (
        f"@font-face{{font-family:'Be Vietnam Pro';font-weight:{weight};src:{source}}}"
    )


def page_values(
    view: View,
    pages: dict[str, str],
    here: str,
    *,
    formats: Sequence[str] = FORMATS,
    form: str = "",
    root: str = "",
) -> dict:
    """Return what every page needs: titles, the other pages and files, words, day.

    `form` is the file in which lacking figures are sent, if there is one. `root` leads
    from the page's folder to that of the review.
    """
    data, sent = view.data, [(FORM_WORDS, form)] if form else []
    return {
        **site_values(data.programme),
        "span": view.span,
        "review": view.title,
        "pages": pages,
        "root": root,
        "links": links_to(data, root),
        "here": here,
        "files": [(FILE_WORDS[k], FILES[k]) for k in FILES if k in formats] + sent,
        "demo": demo_words() if data.made_up else "",
        "as_of": write_date(data.as_of) if data.as_of else "",
        "vietnamese": data.without_english() if language() == "en" else set(),
    }


def links_to(data: Data, root: str) -> dict[str, str]:
    """Return the name of an indicator as a page has it -> the address of its page.

    None for a name that two indicators share.
    """
    rows = data.indicators.to_dict("records")
    names = [str(escape(named(row))) for row in rows]
    return {
        name: f"{root}{FOLDER}/{row['indicator']}.html"
        for name, row in zip(names, rows, strict=True)
        if names.count(name) == 1
    }


def site_values(programme: Programme | None = None) -> dict:
    """Return what a page needs that belongs to no review: words, style, programme."""
    words = {"_": _, "n_": n_, "lang": language(), "css": Markup(stylesheet())}
    if programme is None:
        return words
    dated = write_date(programme.date)
    return {**words, "programme": programme, "programme_date": dated}


def notebook_page(notebook: nbformat.NotebookNode, values: dict) -> str:
    """Return the page of an executed notebook: its prose, charts and tables."""
    from nbconvert.exporters import HTMLExporter

    exporter = HTMLExporter(
        template_name="vinhloc",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
    )
    notebook = nbformat.from_dict({**notebook, "cells": _shown_cells(notebook.cells)})
    title = values["pages"][values["here"]]
    resources = {"page": {**values, "title": title}}
    # Past HTMLExporter's own method, which parses the page and writes it anew.
    body, _resources = super(HTMLExporter, exporter).from_notebook_node(
        notebook, resources=resources
    )
    return _finished(EMPTY.sub("", MARK.sub("", body)), values)


def _shown_cells(cells: list) -> list:
    """Return the cells of a notebook without the sections that show nothing.

    What stands above the first section stays.
    """
    sections = [[]]
    for cell in cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            sections.append([])
        sections[-1].append(cell)
    first, *others = sections
    return [*first, *(cell for part in others if _shows(part) for cell in part)]


def _shows(section: list) -> bool:
    """Tell whether one of a section's outputs shows something, or it has no code."""
    code = [cell for cell in section if cell.cell_type == "code"]
    outputs = [output for cell in code for output in cell.outputs]
    shown = [output.get("data", {}).get("text/html", "–") for output in outputs]
    return not code or any(EMPTY.sub("", html).strip() for html in shown)


@cache
def _environment() -> jinja2.Environment:
    """Return what renders the templates."""
    loader = jinja2.FileSystemLoader(TEMPLATES / "vinhloc")
    return jinja2.Environment(loader=loader, autoescape=True, auto_reload=False)


def page_of(template: str, values: dict, **parts: object) -> str:
    """Return a page from a template: what every page needs, and its own parts."""
    page = _environment().get_template(template).render(page=values, **parts)
    return _finished(MARK.sub("", page) if values.get("pages") else page, values)


def changes_page(values: dict, table: Table, earlier: str) -> str:
    """Return the page of what changed since an earlier edition, kept as `earlier`."""
    values = {**values, "title": _("Thay đổi so với bản trước")}
    said = _("Bản trước được lưu tại {place}.", place=earlier)
    return page_of("changes.html.j2", values, table=table._repr_html_(), earlier=said)


def _finished(page: str, values: dict) -> str:
    """Return a page without blank lines, in which Vietnamese says that it is.

    `vietnamese` of the values: texts of the data that an English page shows as they
    are.
    """
    page = _without_echo(_with_notes(page))
    links = values.get("links", {})
    page = ROW_HEAD.sub(lambda found: _linked(found, links), page)
    lines = (line.rstrip() for line in page.splitlines())
    page = "\n".join(line for line in lines if line) + "\n"
    there = " ".join(page.split()).casefold()  # breaks, and spaces that do not
    texts = [str(escape(" ".join(t.split()))) for t in values.get("vietnamese", ())]
    texts = [t for t in texts if not t.isascii() and t.casefold() in there]
    return _with_lang(page, texts) if texts else page


def _with_notes(page: str) -> str:
    """Return a page whose sources are cited by the numbers they have in its list."""
    places = [place for _start, place in LISTED.findall(page)]
    numbers = {place: n for n, place in enumerate(places, 1)}

    def cite(found: re.Match) -> str:
        place = found["linked"] or f"src-{found['said']}"
        number = numbers.get(place)
        note = f'<sup><a href="#{place}">[{number}]</a></sup>'
        return note if number else found[0]

    page = CITED.sub(cite, page)
    return LISTED.sub(lambda found: f"{found[1]}[{numbers[found[2]]}] ", page)


def _without_echo(page: str) -> str:
    """Return a page whose captions that repeat the heading above are for the ear."""
    heading = ""

    def once(found: re.Match) -> str:
        nonlocal heading
        if found["heading"]:
            heading = found["heading"]
        same = found["caption"] and found["caption"] == heading
        return f'<caption class="echo">{heading}</caption>' if same else found[0]

    return HEADED.sub(once, page)


def _linked(found: re.Match, links: Mapping[str, str]) -> str:
    """Return the head of a table's row with a link to the page of its indicator."""
    address = links.get(found[2])
    return f'{found[1]}<a href="{address}">{found[2]}</a>' if address else found[0]


def _with_lang(page: str, texts: list[str]) -> str:
    """Return a page with each of some texts in an element that says its language.

    But for one that stands in such an element, or where no element may stand.
    """
    words = (r"\s+".join(map(re.escape, text.split())) for text in texts)
    words = "|".join(sorted(words, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    shown, within, depth = [], "", 0
    for part in re.split(r"(<[^>]*>)", page):
        tag = re.match(r"<(/?)(\w+)", part)
        if tag and ((not within and ASIDE.match(part)) or tag[2] == within):
            within, depth = tag[2], depth + (-1 if tag[1] else 1)
            within = within if depth else ""
        elif not tag and not within:
            part = pattern.sub(r'<span lang="vi">\g<0></span>', part)
        shown.append(part)
    return "".join(shown)
