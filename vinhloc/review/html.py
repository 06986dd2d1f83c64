"""Pages that stand alone: one stylesheet, one font, no script, no outside address."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import jinja2
import nbformat
import pandas as pd
from markupsafe import Markup, escape

from vinhloc.assess import STATUSES, is_due
from vinhloc.data import Data, Programme
from vinhloc.figures import _, is_missing, language, n_, named, write_date, write_figure
from vinhloc.outlook import urgent_targets
from vinhloc.review.request import FILES, FORMATS
from vinhloc.review.view import View
from vinhloc.show import (
    NOTHING,
    Table,
    demo_words,
    ended,
    headline,
    kind_of_all,
    rest_of_balance,
    say_arrears,
    say_baseline,
    say_concern,
    say_early,
    say_target,
    standing_mark,
    status_mark,
    status_word,
    target_cell,
    write_judged,
)

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = {400: "BeVietnamPro-Regular.woff2", 600: "BeVietnamPro-SemiBold.woff2"}
EMPTY = re.compile(rf'<p class="{NOTHING}">.*?</p>', re.DOTALL)
# Where no part is marked as Vietnamese: no element may stand there, or all is.
ASIDE = re.compile(r'<(svg|style|title)\b|<\w+[^>]* lang="vi"')
ATTENTION_ROWS = 7  # what fits beside the rest on one printed page


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
    view: View, pages: dict[str, str], here: str, *, formats: Sequence[str] = FORMATS
) -> dict:
    """Return what every page needs: titles, the other pages and files, words, day."""
    data = view.data
    return {
        **site_values(data.programme),
        "span": view.span,
        "review": view.title,
        "pages": pages,
        "root": "",  # from a page's folder to that of the review
        "here": here,
        "files": [name for kind, name in FILES.items() if kind in formats],
        "demo": demo_words() if data.made_up else "",
        "as_of": write_date(data.as_of) if data.as_of else "",
        "vietnamese": data.without_english() if language() == "en" else set(),
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
    return _finished(body, values)


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
    return _finished(page, values)


def index_page(view: View, values: dict) -> str:
    """Return the front page: balance, attention list, a line per theme, links."""
    data, rows = view.data, view.rows
    main, other = rows[rows["main"]], rows[~rows["main"]]
    attention = urgent_targets(rows).to_dict("records")
    return page_of(
        "front.html.j2",
        {**values, "title": _("Tóm tắt cho lãnh đạo")},
        boxes=balance_boxes(main),
        main_sentence=say_balance(main),
        other_sentence=say_balance(other),
        main_count=len(main),
        other_count=len(other),
        no_figure=_first_message(view),
        attention=[_attention_entry(row, data) for row in attention[:ATTENTION_ROWS]],
        attention_rest=max(0, len(attention) - ATTENTION_ROWS),
        themes=_theme_entries(data, view.judged, values["pages"]),
    )


def changes_page(values: dict, table: Table, earlier: str) -> str:
    """Return the page of what changed since an earlier edition, kept as `earlier`."""
    values = {**values, "title": _("Thay đổi so với bản trước")}
    said = _("Bản trước được lưu tại {place}.", place=earlier)
    return page_of("changes.html.j2", values, table=table._repr_html_(), earlier=said)


def say_balance(rows: pd.DataFrame) -> str:
    """Return the balance of some targets in sentences."""
    return f"{headline(rows)} {rest_of_balance(rows)}"


def balance_boxes(rows: pd.DataFrame) -> list[dict]:
    """Return the counts of each status, in words and numbers."""
    counts = rows["status"].value_counts()
    return [
        {
            "mark": status_mark(kind_of_all(rows, status)),
            "count": write_figure(counts.get(status, 0)),
            "class": status.replace("_", "-"),
        }
        for status in STATUSES
    ]


def say_missing(rows: pd.DataFrame) -> str:
    """Return how many due targets have no figure, or that none lacks one."""
    missing = rows["status"].eq("no_data").sum()
    if not missing:
        return _("Mọi mục tiêu đến hạn đều đã có số liệu.")
    return _(
        "{missing} trong {due} mục tiêu đến hạn chưa được báo cáo số liệu.",
        missing=write_figure(missing),
        due=write_figure(is_due(rows).sum()),
    )


def _first_message(view: View) -> str:
    """Return how many due targets have no figure, and why, or that none lacks one."""
    rows, said = view.rows, [say_missing(view.rows)]
    if rows["status"].eq("no_data").any():
        said += [say_early(rows), ended(view.data, view.year)]
    said += say_arrears(view.data, view.year, period=view.period).paragraphs[:1]
    said.append(say_baseline(view.data))
    return " ".join(filter(None, said))


def _attention_entry(row: dict, data: Data) -> dict:
    """Return an entry of the attention list: name, what is said, mark, who is asked."""
    departments = data.names_of("departments", "department")
    actual = "" if is_missing(row["actual"]) else write_judged(row, unit=True)
    if row["over_term"] == "once":
        facts = actual or say_target(row)
    else:
        target = _("mục tiêu {target}", target=target_cell(row, unit=True))
        facts = ", ".join(filter(None, [actual, target]))
    return {
        "name": named(row),
        "said": "; ".join(filter(None, [facts, say_concern(row)])),
        "mark": standing_mark(row),
        "department": departments[row["department"]],
        "suggested": row["department_basis"] == "suggested",
    }


def _theme_entries(data: Data, rows: pd.DataFrame, pages: dict[str, str]) -> list[dict]:
    """Return a line per theme: its name, page, counts and a small bar."""
    entries = []
    for theme in data.themes.to_dict("records"):
        own = rows[rows["theme"] == theme["theme"]]
        counts = own["status"].value_counts().reindex(STATUSES, fill_value=0)
        said = [
            f"{status_word(kind_of_all(own, status)).lower()} {counts[status]}"
            for status in STATUSES
            if counts[status]
        ]
        entries.append(
            {
                "name": named(theme),
                "page": f"{theme['theme']}.html" if theme["theme"] in pages else "",
                "counts": ", ".join(said),
                "bar": _small_bar(counts),
            }
        )
    return entries


def _small_bar(counts: pd.Series) -> list[tuple[str, float, float]]:
    """Return class, left end and width of each status in a bar of 100."""
    widths = 100 * counts / (counts.sum() or 1)
    lefts = widths.cumsum().shift(fill_value=0.0)
    kinds = counts.index.str.replace("_", "-")
    return [*zip(kinds, lefts.round(2), widths.round(2), strict=True)]


def _finished(page: str, values: dict) -> str:
    """Return a page without blank lines, in which Vietnamese says that it is.

    `vietnamese` of the values: texts of the data that an English page shows as they
    are.
    """
    lines = (line.rstrip() for line in page.splitlines())
    page = "\n".join(line for line in lines if line) + "\n"
    there = " ".join(page.split()).casefold()  # breaks, and spaces that do not
    texts = [str(escape(" ".join(t.split()))) for t in values.get("vietnamese", ())]
    texts = [t for t in texts if not t.isascii() and t.casefold() in there]
    return _with_lang(page, texts) if texts else page


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
