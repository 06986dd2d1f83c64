"""A notebook's page without a kernel: its cells run in this process."""

import ast
from pathlib import Path

import nbformat
from published import ROOT

import vinhloc as vl
from vinhloc.review.pages import html
from vinhloc.review.view import View

GENERAL = "60_theme.ipynb"


def outputs_of(value: object) -> list:
    if value is None:
        return []
    bundle = getattr(value, "_repr_mimebundle_", None)
    data = bundle() if bundle else {"text/html": str(value._repr_html_())}
    return [nbformat.v4.new_output("display_data", data)]


def page_of(folder: Path, year: int, theme: str = "", *, name: str = GENERAL) -> str:
    """Return the page of one of the suite's notebooks, run in this process."""
    node, space = nbformat.read(ROOT / "notebooks" / name, as_version=4), {}
    for cell in node.cells:
        if cell.cell_type == "code":
            *lines, last = ast.parse(cell.source).body
            shows = isinstance(last, ast.Expr)
            body = ast.Module(lines if shows else [*lines, last], [])
            exec(compile(body, name, "exec"), space)
            if "parameters" in cell.metadata.get("tags", ()):
                space |= {"data": str(folder), "theme": theme, "year": year}
            if shows:
                shown = eval(compile(ast.Expression(last.value), "", "eval"), space)
                cell.outputs = outputs_of(shown)
    view = View(vl.load(folder), year)
    return html.notebook_page(node, html.page_values(view, {name: "–"}, name))
