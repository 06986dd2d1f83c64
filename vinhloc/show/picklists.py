"""Pick-lists for JupyterLab: from a theme to an indicator, a year and its source."""

from __future__ import annotations

from vinhloc.data import Data, breaks_of, select
from vinhloc.figures import _, named
from vinhloc.show.charts import draw_path, draw_steps
from vinhloc.show.sources import table_of_sources
from vinhloc.show.table import each
from vinhloc.show.targets import table_of_targets


def show_indicator(data: Data, indicator: str, year: int) -> None:
    """Display an indicator's chart, its row of a year and the documents behind it."""
    from IPython.display import display

    rows = select(data.assessment, indicator=indicator)
    if rows["over_term"].eq("sum").all():
        display(draw_steps(rows))
    else:
        display(draw_path(rows, breaks=breaks_of(data, indicator)))
    of_year = select(data.assessment, indicator=indicator, year=year)
    display(table_of_targets(of_year))
    used = [data.programme.document, *rows["source"].dropna()]
    display(table_of_sources(data.sources, used))


def explore(data: Data):
    """Return pick-lists (ipywidgets) for theme, indicator and year, and their view.

    Raises ImportError where ipywidgets is not installed; `make lab` installs it.

    >>> lists, view = vl.explore(data).children
    >>> [each.description for each in lists.children]
    ['Lĩnh vực', 'Chỉ tiêu', 'Năm']
    """
    import ipywidgets as widgets

    themes = list(zip(each(data.themes, named), data.themes["theme"], strict=True))
    theme = widgets.Dropdown(options=themes, description=_("Lĩnh vực"))
    indicator = widgets.Dropdown(description=_("Chỉ tiêu"))
    years = widgets.Dropdown(
        options=list(data.programme.years),
        value=data.latest_year or data.programme.first_year,
        description=_("Năm"),
    )

    def offer(chosen: str) -> None:
        rows = data.indicators[data.indicators["theme"] == chosen]
        options = list(zip(each(rows, named), rows["indicator"], strict=True))
        indicator.options = options
        indicator.value = options[0][1] if options else None

    offer(theme.value)
    theme.observe(lambda change: offer(change["new"]), "value")

    def show(indicator: str | None, year: int) -> None:
        if indicator:
            show_indicator(data, indicator, year)

    view = widgets.interactive_output(show, {"indicator": indicator, "year": years})
    return widgets.VBox([widgets.HBox([theme, indicator, years]), view])
