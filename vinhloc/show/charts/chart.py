"""Charts: a figure with its alternative text, its plotted rows and its source.

A chart draws itself once, as an HTML figure that needs nothing else: inline SVG with
the text as text, the caption, the source, and the plotted rows in a table that opens.
"""

from __future__ import annotations

import hashlib
import io
import re
import textwrap
import warnings
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache

import matplotlib as mpl
import matplotlib.lines
import matplotlib.patches
import matplotlib.style
import matplotlib.ticker
import pandas as pd
from markupsafe import Markup
from matplotlib.figure import Figure

from vinhloc.data import STYLE
from vinhloc.figures import _, decimals_of, grades_of, write_figure
from vinhloc.show import any_made_up, demo_mark, demo_words, table_of_rows

# Where a page does not bring the font, as in JupyterLab, others take its place.
FAMILIES = "'Be Vietnam Pro', 'Segoe UI', 'DejaVu Sans', sans-serif"
WIDTH = 5.4  # inches
GRADE_WIDTH = 17  # letters of a line of a grade
DEMO_STRIP = 0.2  # inches, above all else

MUTED, EDGE = "#5b6872", "#8a96a0"
TARGET, ACTUAL, EXPECTED, AHEAD = "#8a4b08", "#0a5c8c", "#6196b5", "#6a4c93"
BAND = "#efe1d1"  # between the ends of a target


def in_style() -> AbstractContextManager[None]:
    """Draw in the house style, whatever a matplotlibrc or an analyst has set."""
    return mpl.style.context(["default", STYLE])


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
    """A drawn chart: title, figure, alternative text, plotted rows, source line."""

    title: str
    figure: Figure
    alt: str
    data: pd.DataFrame
    source: str
    made_up: bool = False
    _html: str = field(default="", repr=False)

    @property
    def axes(self) -> list:
        """The axes of the figure, for an analyst who wants to change them."""
        return self.figure.axes

    def svg(self) -> str:
        """Return the figure as an SVG element that can stand in any page."""
        out = io.StringIO()
        with in_style():
            self.figure.savefig(out, format="svg", metadata={"Date": None})
        return _clean_svg(out.getvalue(), self.alt)

    def png(self) -> bytes:
        """Return the figure as PNG, for files that cannot hold SVG."""
        out = io.BytesIO()
        with in_style():
            self.figure.savefig(out, format="png", dpi=200, metadata={"Software": None})
        return out.getvalue()

    def html(self) -> str:
        """Return the whole chart as an HTML figure; drawn once."""
        if not self._html:
            rows = table_of_rows(self.data, made_up=self.made_up)
            self._html = Markup(
                '<figure class="chart"><figcaption>{}{}</figcaption>\n'
                '<div class="drawing">{}</div>\n'
                '<p class="note">{}</p><details><summary>{}</summary>{}</details>'
                "</figure>"
            ).format(
                demo_mark(self.made_up),
                self.title,
                Markup(self.svg()),
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


def _clean_svg(svg: str, alt: str) -> str:
    """Return matplotlib's SVG fit for a page: no id that could clash, no style sheet.

    The element carries its alternative text; in a page, its style sheet scales it.
    """
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(
        r"<defs>\s*<style[^>]*>.*?</style>\s*</defs>", "", svg, flags=re.DOTALL
    )
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    used = set(re.findall(r"#([\w-]+)", svg))
    # An id may not begin with a digit.
    prefix = "c" + hashlib.sha256((alt + svg).encode()).hexdigest()[:8]
    svg = re.sub(
        r' id="([\w.-]+)"',
        lambda m: f' id="{prefix}-{m[1]}"' if m[1] in used else "",
        svg,
    )
    svg = re.sub(r'(xlink:href="#|url\(#)([\w-]+)', rf"\g<1>{prefix}-\2", svg)
    svg = svg.replace("xlink:href=", "href=")
    svg = svg.replace("'Be Vietnam Pro'", FAMILIES)
    size = re.search(r'viewBox="0 0 ([\d.]+) [^"]+"', svg)
    width = round(float(size[1]) * 96 / 72)  # where no style sheet says more: pixels
    label = Markup('role="img" aria-label="{}"').format(alt)
    head = f'<svg width="{width}" {size[0]} {label} '
    head += 'stroke-linejoin="round" stroke-linecap="butt">'
    body = svg[svg.index(">") + 1 :]
    return re.sub(r"\n\s*", "\n", head + body).strip()


def new_figure(height: float, *, left=0.6, right=0.2, top=0.3, bottom=0.45):
    """Return a figure in the house style with one axes; margins in inches."""
    prepare_fonts()
    with in_style():
        figure = Figure(figsize=(WIDTH, height))
        axes = figure.add_axes(
            (
                left / WIDTH,
                bottom / height,
                (WIDTH - left - right) / WIDTH,
                (height - top - bottom) / height,
            )
        )
    return figure, axes


def finish(title, figure, alt, data, rows, *, source="", context=None) -> Chart:
    """Return the Chart of rows, with the words for made-up figures where they belong.

    Without a source: that of the rows and of the context.
    """
    made_up, source = any_made_up(rows), source or programme_source(rows, context)
    if made_up:
        _write_demo_words(figure)
        alt = f"{demo_words()}. {alt}"
    return Chart(title, figure, alt, data, source, made_up)


def _write_demo_words(figure: Figure) -> None:
    """Write the words for made-up figures into a strip of their own at the top."""
    width, height = figure.get_size_inches()
    share = height / (height + DEMO_STRIP)
    figure.set_size_inches(width, height + DEMO_STRIP)
    for axes in figure.axes:
        left, bottom, wide, high = axes.get_position().bounds
        axes.set_position((left, bottom * share, wide, high * share))
    for legend in figure.legends:
        legend.set_bbox_to_anchor((0, 0, 1, share), transform=figure.transFigure)
    with in_style():
        figure.text(0.01, 0.99, demo_words(), va="top", color="#a11", fontsize=8.5)


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


def tile(axes, x: int, y: int, *, width: float, fill: str) -> None:
    """Draw the tile of a row and a column."""
    place = (x - width / 2, y - 0.42)
    look = {"facecolor": fill, "edgecolor": EDGE, "lw": 0.8}
    axes.add_patch(mpl.patches.Rectangle(place, width, 0.84, **look))


def tile_axes(axes, years: list, lines: dict[int, str], *, width: int) -> None:
    """Set the axes of tiles: years above, names of a width beside their places."""
    axes.set_xlim(-0.5, len(years) - 0.5)
    axes.set_ylim(max(lines) + 0.5, -0.5)
    axes.set_xticks(range(len(years)), [str(year) for year in years])
    axes.set_yticks([*lines], [wrapped(name, width) for name in lines.values()])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


class _Ticks(mpl.ticker.Formatter):
    """Numbers in the language in use, all of an axis with as many decimals."""

    def __call__(self, value: float, _position: int | None = None) -> str:
        return self.format_ticks([value])[0]

    def format_ticks(self, values) -> list[str]:
        decimals = max((decimals_of(round(at, 6)) for at in values), default=0)
        return [write_figure(value, decimals) for value in values]


def number_axis(axes, row: Mapping, *, most: int = 5) -> None:
    """Write the numbers of the vertical axis in the language in use; of grades, words.

    What is counted in whole numbers gets room for those beside it. `most`: steps;
    where they are few, there is no room for words. `row` is one of those drawn.
    """
    decimals = row["decimals"]
    low, high = axes.get_ylim()
    if decimals == 0 and high - low < 2:
        low = 0 if low == 0 else (low + high) / 2 - 1
        axes.set_ylim(low, low + 2)
    axes.grid(axis="y")
    if grades := grades_of(row):
        words = [wrapped(grade, GRADE_WIDTH) for grade in grades]
        words = words if most >= len(grades) else [""] * len(grades)
        axes.set_yticks(range(1, len(grades) + 1), words)
        return
    axes.yaxis.set_major_locator(mpl.ticker.MaxNLocator(most, integer=decimals == 0))
    axes.yaxis.set_major_formatter(_Ticks())


def fit_axis(axes, values: pd.Series, row: Mapping) -> None:
    """Keep the vertical axis out of where no value can be: below 0, above 100%.

    What is drawn at its very ends stays whole. `row` is one of those that are drawn.
    """
    low, high = axes.get_ylim()
    if grades := grades_of(row):
        low, high = min(low, 0.6), len(grades) + 0.4
    if values.min() >= 0:
        low = max(low, 0)
    if row["unit"] == "%" and values.max() <= 100:
        high = min(high, 100)
    axes.set_ylim(low, high)
    for line in axes.lines:
        line.set_clip_on(False)


def one_indicator(rows: pd.DataFrame) -> pd.Series:
    """Return the first row of one indicator's rows; raise ValueError for several."""
    if rows["indicator"].nunique() != 1:
        raise ValueError(_("biểu đồ này vẽ một chỉ tiêu; hãy chọn một chỉ tiêu"))
    return rows.iloc[0]


def wrapped(text: str, width: int) -> str:
    """Return a text broken into lines of a width, for labels; a word stays whole."""
    return "\n".join(textwrap.wrap(text, width, break_long_words=False))
