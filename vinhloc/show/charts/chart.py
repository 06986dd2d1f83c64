"""Charts: a figure with its alternative text, its plotted rows and its source.

A chart draws itself once, as an HTML figure that needs nothing else: inline SVG with
the text as text, the caption, the source, and the plotted rows in a table that opens.
On a narrow screen a form of its own takes the place of the wide one.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache, cached_property

import matplotlib as mpl
import matplotlib.style
import matplotlib.transforms
import pandas as pd
from markupsafe import Markup
from matplotlib.figure import Figure

from vinhloc.data import STYLE
from vinhloc.figures import _
from vinhloc.show import any_made_up, demo_mark, demo_words, table_of_rows
from vinhloc.show.charts.svg import clean_svg, panels_of

# Inches: as wide as a picture on paper, and as a phone of 360 pixels. The least letters
# have 8 points on paper, and 11 pixels on a phone (style.mplstyle).
WIDE, NARROW = 6.3, 3.75
STRIP = 0.2  # inches, for the words that mark made-up figures, above a picture

MUTED, EDGE = "#5b6872", "#8a96a0"
TARGET, ACTUAL, EXPECTED, AHEAD = "#8a4b08", "#0a5c8c", "#7d8891", "#6a4c93"
SPAN = "#efe1d1"  # between the ends of a target


@cache
def _style() -> dict:
    return mpl.rc_params_from_file(STYLE, use_default_template=False)


def in_style() -> AbstractContextManager[None]:
    """Draw in the house style, whatever a matplotlibrc or an analyst has set."""
    return mpl.style.context(["default", _style()])


@cache
def prepare_fonts() -> None:
    """Make the package's font known to matplotlib (once a process)."""
    import fontpkg_be_vietnam_pro as font
    from matplotlib import font_manager

    # The text of a chart stays text: a page finds another font for a rare letter.
    warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
    for weight in ("Regular", "SemiBold"):
        path = font.ROOT / "files" / f"BeVietnamPro-{weight}.ttf"
        font_manager.fontManager.addfont(path)


@dataclass
class Chart:
    """A chart: its finding, what is shown, alternative text, plotted rows, source.

    `draw` returns the figure of a width, WIDE or NARROW. One of panels is drawn WIDE
    only: a page puts its panels side by side or one below the other.
    """

    title: str
    subtitle: str
    draw: Callable[[float], Figure]
    alt: str
    data: pd.DataFrame
    source: str
    made_up: bool = False
    panels: bool = False
    _html: str = field(default="", repr=False)

    @cached_property
    def figure(self) -> Figure:
        """The wide figure."""
        return self._drawn(WIDE)

    @property
    def axes(self) -> list:
        """The axes of the figure, for an analyst who wants to change them."""
        return self.figure.axes

    def _drawn(self, width: float) -> Figure:
        prepare_fonts()
        with in_style():
            return self.draw(width)

    def svg(self) -> str:
        """Return the figure as an SVG element that can stand in any page."""
        svg = self._leaving("svg", metadata={"Date": None}).decode()
        return clean_svg(svg, self.alt, spoken=True)

    def png(self) -> bytes:
        """Return the figure as PNG, for files that cannot hold SVG."""
        return self._leaving("png", dpi=200, metadata={"Software": None})

    def _leaving(self, form: str, **how) -> bytes:
        """Return the figure as a picture that says by itself if it is made up."""
        if not self.made_up:
            return _saved(self.figure, form, **how)
        width, height = self.figure.get_size_inches()
        look = {"va": "bottom", "color": "#a11"}
        with in_style():
            mark = self.figure.text(0.01, 1, demo_words(), **look)
        box = mpl.transforms.Bbox.from_bounds(0, 0, width, height + STRIP)
        try:
            return _saved(self.figure, form, bbox_inches=box, **how)
        finally:
            mark.remove()

    def _drawings(self) -> Markup:
        """Return the drawings of a page, which says once beside them what they are."""
        wide, *narrow = (
            clean_svg(_on_page(figure), self.alt, spoken=False)
            for figure in (
                [self.figure] if self.panels else [self.figure, self._drawn(NARROW)]
            )
        )
        if self.panels:
            return Markup("\n".join(panels_of(wide)))
        # Where there is no style sheet, as in JupyterLab, the wide one shows.
        return Markup(
            '<div class="wide">{}</div><div class="narrow" hidden>{}</div>'
        ).format(Markup(wide), Markup(narrow[0]))

    def html(self) -> str:
        """Return the whole chart as an HTML figure; drawn once."""
        if not self._html:
            rows = table_of_rows(self.data, made_up=self.made_up)
            self._html = Markup(
                '<figure class="chart"><figcaption>{}{} <small>{}</small>'
                "</figcaption>\n"
                '<div class="drawing{}" role="img" aria-label="{}">{}</div>\n'
                '<p class="note">{}</p><details><summary>{}</summary>{}</details>'
                "</figure>"
            ).format(
                demo_mark(self.made_up),
                self.title,
                self.subtitle,
                " panels" if self.panels else "",
                self.alt,
                self._drawings(),
                self.source,
                _("Số liệu của biểu đồ"),
                Markup(rows._repr_html_()),
            )
        return self._html

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {
            "text/html": str(self.html()),
            "text/plain": f"{self.title}. {self.alt}",
        }


def _on_page(figure: Figure) -> str:
    return _saved(figure, "svg", metadata={"Date": None}).decode()


def _saved(figure: Figure, form: str, **how) -> bytes:
    out = io.BytesIO()
    with in_style():
        figure.savefig(out, format=form, **how)
    return out.getvalue()


def new_figure(width, height, *, left=0.6, right=0.2, top=0.3, bottom=0.45):
    """Return a figure with one axes; all in inches. To be called in style."""
    figure = Figure(figsize=(width, height))
    axes = figure.add_axes(
        (
            left / width,
            bottom / height,
            (width - left - right) / width,
            (height - top - bottom) / height,
        )
    )
    return figure, axes


def finish(
    title, subtitle, draw, alt, data, rows, *, source="", context=None, panels=False
) -> Chart:
    """Return the Chart of rows, with the words for made-up figures where they belong.

    Without a source: that of the rows and of the context.
    """
    made_up, source = any_made_up(rows), source or programme_source(rows, context)
    if made_up:
        alt = f"{demo_words()}. {alt}"
    return Chart(title, subtitle, draw, alt, data, source, made_up, panels)


def programme_source(rows: pd.DataFrame, context: pd.DataFrame | None = None) -> str:
    """Return the source line of assessment rows: where targets and actuals stand."""
    cells = "; ".join(rows["target_locator"].dropna())
    places = ", ".join(sorted(set(cells.split("; ")))) if cells else ""
    parts = (
        [_("Mục tiêu: chương trình, mục {places}.", places=places)] if places else []
    )
    reported = ", ".join(sorted(rows["source"].dropna().unique()))
    parts.append(
        _("Thực hiện: {sources}.", sources=reported)
        if reported
        else _("Thực hiện: chưa có nguồn nào.")
    )
    if context is not None and len(context):
        sources = ", ".join(sorted(context["source"].unique()))
        parts.append(_("Nơi khác: {sources}.", sources=sources))
    return " ".join(parts)


def titled(wide: pd.DataFrame, title: str) -> pd.DataFrame:
    """Return a wide frame with its index as the first column, under a title."""
    return wide.rename_axis(title).rename_axis(None, axis=1).reset_index()


def one_indicator(rows: pd.DataFrame) -> pd.Series:
    """Return the first row of one indicator's rows; raise ValueError for several."""
    if rows["indicator"].nunique() != 1:
        raise ValueError(_("biểu đồ này vẽ một chỉ tiêu; hãy chọn một chỉ tiêu"))
    return rows.iloc[0]
