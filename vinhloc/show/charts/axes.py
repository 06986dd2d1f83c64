"""The axes of charts: their numbers, names and years, in the reader's language."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import matplotlib as mpl
import matplotlib.patches
import matplotlib.ticker
import pandas as pd

from vinhloc.figures import NO_BREAK, _, decimals_of, grades_of, write_figure
from vinhloc.show.charts.chart import EDGE, MUTED, NARROW, WIDE, new_figure
from vinhloc.show.charts.svg import saying

LETTER = 0.58  # width of a letter of the font, as a share of its size
GRADE_LETTERS = 16  # of a line of a grade
BAND = "#eaf1f5"  # behind the year under review


class Lane(NamedTuple):
    """A row of a chart whose rows have names: its height, where its marks stand."""

    height: float  # inches
    centre: float  # of the marks, below the middle of the row, as a share of it
    half: float  # of the marks' height
    left: float  # inches for the names
    letters: int  # of a line of a name


# On a phone a name stands above its marks.
LANES = {
    WIDE: Lane(height=0.42, centre=0, half=0.42, left=2.3, letters=33),
    NARROW: Lane(height=0.78, centre=0.2, half=0.23, left=0.1, letters=52),
}


def named_rows(width: float, names: Sequence[str], *, top: float, bottom: float):
    """Return a figure with an axes of a row for each name, the first above.

    `top`, `bottom`: inches beside the rows.
    """
    lane = LANES[width]
    height = lane.height * len(names) + top + bottom
    figure, axes = new_figure(
        width, height, left=lane.left, right=0.1, top=top, bottom=bottom
    )
    axes.set_ylim(len(names) - 0.5, -0.5)
    lines = [wrapped(name, lane.letters) for name in names]
    if width == WIDE:
        axes.set_yticks(range(len(names)), lines)
    else:
        axes.set_yticks([])
        place = {"transform": axes.get_yaxis_transform(), "va": "bottom"}
        for y, line in enumerate(lines):
            axes.text(0, y + lane.centre - lane.half - 0.04, line, **place)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return figure, axes


def tile(axes, lane: Lane, x: int, y: int, *, fill: str, says: str) -> None:
    """Draw the tile of a row and a column."""
    place = (x - 0.47, y + lane.centre - lane.half)
    look = {"facecolor": fill, "edgecolor": EDGE, "lw": 0.8, **saying(says)}
    axes.add_patch(mpl.patches.Rectangle(place, 0.94, 2 * lane.half, **look))


def year_columns(axes, years: list, year: int | None) -> None:
    """Set the years above the columns of tiles, the one under review marked."""
    axes.set_xlim(-0.5, len(years) - 0.5)
    axes.set_xticks(range(len(years)), [str(year) for year in years])
    axes.xaxis.tick_top()
    if year in years:
        mark_year(axes, years.index(year))


def mark_year(axes, at: float) -> None:
    """Mark the year under review: a light band, and its number in bold."""
    axes.axvspan(at - 0.5, at + 0.5, color=BAND, lw=0, zorder=0)
    for place, label in zip(axes.get_xticks(), axes.get_xticklabels(), strict=True):
        if place == at:
            label.set_fontweight("semibold")


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
        words = [wrapped(grade, GRADE_LETTERS) for grade in grades]
        words = words if most >= len(grades) else [""] * len(grades)
        axes.set_yticks(range(1, len(grades) + 1), words)
        return
    axes.yaxis.set_major_locator(mpl.ticker.MaxNLocator(most, integer=decimals == 0))
    axes.yaxis.set_major_formatter(_Ticks())


def say_axis(axes, row: Mapping, *texts: str) -> str:
    """Return the texts that stand at a vertical axis, and whether it leaves out 0.

    Needs the final limits of the axes; a scale of words has no 0.
    """
    low, high = axes.get_ylim()
    if not grades_of(row) and not low <= 0 <= high:
        texts += (_("trục không bắt đầu từ 0").replace(" 0", f"{NO_BREAK}0"),)
    return "; ".join(texts)


def write_above(axes, text: str, *, up: float = 6) -> None:
    """Write what is to be known of the vertical axis above it, `up` points."""
    left = axes.get_position().x0 * axes.figure.get_figwidth() * 72
    place = {"xycoords": "axes fraction", "textcoords": "offset points"}
    axes.annotate(text, (0, 1), xytext=(6 - left, up), color=MUTED, **place)


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


def letters_in(axes, parts: int) -> int:
    """Return how many letters fit in a part of the width of axes."""
    room = axes.get_position().width * axes.figure.get_figwidth() * 72
    return max(1, int(room / parts / LETTER / mpl.rcParams["font.size"]) - 1)


def wrapped(text: str, width: int) -> str:
    """Return a text broken into lines of a width, for labels; a word stays whole."""
    return "\n".join(textwrap.wrap(text, width, break_long_words=False))
