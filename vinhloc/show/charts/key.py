"""The key of a chart: what its lines and marks stand for, above the plot."""

from __future__ import annotations

import matplotlib as mpl
import matplotlib.lines
from matplotlib.figure import Figure

from vinhloc.show.charts.chart import WIDTH, in_style

# Marks in the key of a chart: their shape, and whether it is filled.
MARKERS = {
    "due": ("D", False),
    "done": ("o", True),
    "estimate": ("o", False),
    "estimated bar": ("s", False),
    "ahead": ("s", False),
    "band": ("s", True),
}
KEY_MARK, KEY_LETTER = 31, 4.9  # points: a mark in the key with its gaps, a letter


@in_style()
def add_key(figure: Figure, entries: list) -> None:
    """Write the key above the plot: each word in the look of its line.

    In two lines where one would be wider than the figure.
    """
    handles = [
        mpl.lines.Line2D([], [], color=colour, lw=1.8, **_look(style))
        for _name, colour, style in entries
    ]
    names = [name for name, *_look in entries]
    add_legend(figure, handles, names, -(-len(names) // lines_of(entries)))


def lines_of(entries: list) -> int:
    """Return how many lines the key takes: two where one would be too wide."""
    wide = sum(KEY_MARK + KEY_LETTER * len(name) for name, *_look in entries)
    return 1 if wide < 72 * WIDTH else 2


def _look(style: str) -> dict:
    """Return a line style, or the marker that a name stands for."""
    marker, filled = MARKERS.get(style, (None, True))
    if marker is None:
        return {"ls": style}
    return {"ls": "", "marker": marker, "mfc": None if filled else "white"}


@in_style()
def add_legend(
    figure: Figure, handles: list, labels: list, columns: int, place="upper left"
) -> None:
    """Put words in the look of what they name above the plot."""
    figure.legend(
        handles,
        labels,
        loc=place,
        ncols=columns,
        fontsize=8.5,
        borderaxespad=0.1,
        columnspacing=1.2,
        handlelength=1.6,
    )
