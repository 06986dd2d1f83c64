"""The page of all indicators: the table of the annex, with a link to each."""

from __future__ import annotations

from collections.abc import Mapping

from vinhloc.figures import _
from vinhloc.review.pages.html import page_of
from vinhloc.review.paper import Column, annex_columns, annex_notes, annex_rows
from vinhloc.review.view import View
from vinhloc.show import in_one_line, status_mark, table_of_sources, with_cites


def annex_page(view: View, values: dict) -> str:
    """Return the page of the annex table; each theme is a heading with an id."""
    lines = annex_rows(view)
    columns = annex_columns(view, lines)
    themes = []
    for line in lines.to_dict("records"):
        if line["is_theme"]:
            themes.append((line, []))
        else:
            themes[-1][1].append([_cell(line, column) for column in columns])
    return page_of(
        "annex.html.j2",
        {**values, "title": _("Biểu chỉ tiêu")},
        columns=columns,
        themes=themes,
        notes=with_cites(annex_notes(view)),
        sources=table_of_sources(view.data.sources, view.sources)._repr_html_(),
    )


def _cell(line: Mapping, column: Column) -> dict:
    """Return a cell: its head, what stands in it, its class, whether it is the name."""
    text = line[column.text]
    shown = in_one_line(text) if column.value else text
    if column.text == "status_text":
        shown = status_mark(line["standing"])
    if column.text == "note":
        shown = with_cites(text)
    kinds = ["number"] if column.value else []
    kinds += ["none"] if text in ("", "–") or column.text == "number" else []
    kind = " ".join(kinds)
    is_name = column.text == "name"
    return {"head": column.head, "shown": shown, "kind": kind, "is_name": is_name}
