"""The points of a series: what their marks say, and labels that cover nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
import pandas as pd

from vinhloc.assess import aims, span_ends
from vinhloc.figures import _, is_missing, named, write_actual, write_target
from vinhloc.show import Sentence, say_ours, say_target
from vinhloc.show.charts.axes import LETTER
from vinhloc.show.charts.chart import ACTUAL, SPAN, TARGET
from vinhloc.show.charts.svg import saying

# Where a label may stand beside its point: to the right (1), above (1).
SIDES = {
    "right": (1, 0),
    "above": (0, 1),
    "below": (0, -1),
    "left": (-1, 0),
    "above right": (1, 1),
    "below right": (1, -1),
    "above left": (-1, 1),
    "below left": (-1, -1),
    "far above": (0, 2),
    "far below": (0, -2),
    "far above left": (-1, 2),
    "far below left": (-1, -2),
    "far left": (-2, 0),
    "farther above": (0, 3),
    "farther below": (0, -3),
    "farther above left": (-1, 3),
    "farther below left": (-1, -3),
}
GAP = 0.6  # between a point and its label, as a share of the letters' size
# What a label costs on another label, out of the plot, on the wrong side of its point.
COVERED, OUTSIDE, TURNED = 1000, 2000, 150


@dataclass(frozen=True)
class Label:
    """A text beside a point, and the side where it stands best."""

    x: float
    y: float
    text: str
    colour: str
    side: str


def says_little(rows: pd.DataFrame) -> bool:
    """Tell that rows hold no figure, and of each indicator one target at most."""
    stated = rows[rows["target_basis"].eq("stated")]
    return rows["actual"].isna().all() and not stated.duplicated("indicator").any()


def target_alone(rows: pd.DataFrame) -> Sentence:
    """Return in words what a chart without any figure would show: the targets."""
    parts = []
    for _name, part in rows.groupby("indicator", sort=False):
        row = part[part["target"].notna()].tail(1).to_dict("records")
        parts.append(f"{named(part.iloc[0])}: {_stated(row[0] if row else None)}")
    text = _(
        "{parts}. Chưa có số liệu thực hiện nào nên không vẽ biểu đồ.",
        parts="; ".join(parts),
    )
    return Sentence(text)


def _stated(row: Mapping | None) -> str:
    """Return a target with the year when it is due."""
    if row is None:
        return _("không có mục tiêu")
    if row["over_term"] == "once":  # the year is said already
        return say_target(row)
    return _("{target} (hạn {year})", target=say_target(row), year=int(row["due_year"]))


def path_of(rows: pd.DataFrame) -> pd.Series:
    """Return the points of a path: what the programme states, ours between them."""
    stated = aims(rows).fillna(rows["target"])
    return stated.where(rows["target_basis"].eq("stated")).fillna(rows["expected"])


def draw_targets(axes, stated: pd.DataFrame, *, width: float) -> None:
    """Draw the lines of stated targets, a band where they are a span.

    A range has both its ends, a figure with a tolerance itself within its band.
    """
    years, (low, high) = stated["year"], span_ends(stated)
    if low.notna().any():
        axes.fill_between(years, low, high, color=SPAN, lw=0, zorder=0)
        axes.vlines(years, low, high, color=SPAN, lw=8 * width, zorder=0)
    for end in ("target", "upper_target"):
        if stated[end].notna().any():
            axes.plot(years, stated[end], "--", color=TARGET, lw=width)


def draw_points(axes, records: Sequence[Mapping], *, size: float) -> None:
    """Draw reported figures: estimates hollow, bounds as arrowheads, ranges as bars.

    Each says its year, figure and source to who points at it, as a target does.
    """
    arrows = {"lower": "^", "upper": "v"}
    for row in records:
        year, value = row["year"], row["actual"]
        if row["target_basis"] == "stated":
            text = _("mục tiêu {target}", target=write_target(row, unit=True))
            says = saying(f"{year}: {text}")
            for end in ("target", "upper_target"):
                look = {"color": TARGET, "ms": size * 0.85, **says}
                if not is_missing(row[end]):
                    axes.plot(year, row[end], "D", **look)
        if is_missing(value):
            continue
        look = {
            "color": ACTUAL,
            "mfc": "white" if row["vintage"] == "estimate" else ACTUAL,
            "mew": size / 4,
            "ms": size,
            **saying(say_point(row)),
        }
        if row["bound"] == "range":
            axes.plot([year, year], [value, row["upper_actual"]], "_-", **look)
        else:
            axes.plot(year, value, arrows.get(row["bound"], "o"), **look)


def say_point(row: Mapping) -> str:
    """Return what a figure says: "2023: 297,7 ha (báo cáo)" with its source."""
    said = f"{row['year']}: {write_actual(row, unit=True)}{say_ours(row)}"
    return said if is_missing(row["source"]) else f"{said} ({row['source']})"


def labels_of(stated: pd.DataFrame, actual: pd.DataFrame, *, last: bool) -> list[Label]:
    """Return labels for the first and last target and figure, every bound and estimate.

    The last ones name their line. `last`: without the first ones.
    """
    labels = []
    for part, column, colour, write, line in (
        (actual, "actual", ACTUAL, write_actual, _("thực hiện")),
        (stated, "target", TARGET, write_target, _("mục tiêu")),
    ):
        rows = part.to_dict("records")
        shown = rows[-1:] if last else rows[-1:] + rows[:1]
        if column == "actual":
            shown = shown + [row for row in rows if _to_explain(row)]
        once = {}
        for row in shown:
            once.setdefault(row["year"], row)
        for number, row in enumerate(once.values()):
            higher = (row["actual"] > row["target"]) == (column == "actual")
            side = "above" if higher else "below"
            side = side if number else "right"
            text = write(row) if number else f"{line}\n{write(row)}"
            labels.append(Label(row["year"], row[column], text, colour, side))
    return labels


def _to_explain(row: Mapping) -> bool:
    """Tell whether a figure is drawn as no plain dot."""
    return row["bound"] != "exact" or row["vintage"] == "estimate"


def place_labels(
    axes,
    labels: Sequence[Label],
    *,
    right: float = 0,
    above: float | None = None,
) -> None:
    """Write labels where they cover least of the lines, of other texts, of each other.

    Needs the final limits of the axes. `right`, `above`: the room beside and above the
    axes, in points; above it, one line and a half unless given.
    """
    scale, size = 72 / axes.figure.dpi, mpl.rcParams["font.size"]
    lines = [
        _along(line.get_transform().transform(line.get_xydata()) * scale)
        for line in axes.lines
    ]
    busy = np.vstack([np.empty((0, 2)), *lines])
    left, bottom, end, top = axes.bbox.extents * scale
    room = 1.5 * size if above is None else above
    frame = (left, bottom, end + right, top + room)
    taken = [text.get_window_extent().extents * scale for text in axes.texts]
    for label in labels:
        at = axes.transData.transform((label.x, label.y)) * scale
        lines_of = label.text.split("\n")
        wide = max(map(len, lines_of))
        extent = size * np.array([LETTER * wide, 1.25 * len(lines_of)])
        places = [
            _beside(at, extent, SIDES[side], GAP * size)
            for side in sorted(SIDES, key=lambda side: side != label.side)
        ]
        upward, best, centre = SIDES[label.side][1], np.inf, at
        for place in places:
            cost = _cost(place, extent, busy, taken, frame)
            # The higher of two points keeps the higher label.
            cost += TURNED * (upward * (place - at)[1] < 0)
            if cost < best:
                best, centre = cost, place
            if not best:
                break
        taken.append(np.concatenate([centre - extent / 2, centre + extent / 2]))
        axes.annotate(
            label.text,
            (label.x, label.y),
            tuple(centre - at),
            textcoords="offset points",
            ha="center",
            va="center",
            linespacing=1.05,
            color=label.colour,
            bbox={"boxstyle": "square,pad=0.05", "fc": "white", "ec": "none"},
            annotation_clip=False,
        )


def _along(points: np.ndarray) -> np.ndarray:
    """Return points along a line, none where it has a gap; its marks count more."""
    steps = np.linspace(0, 1, 60)[:, None, None]
    between = points[:-1] + steps * np.diff(points, axis=0)
    every = np.vstack([np.repeat(points, 20, axis=0), between.reshape(-1, 2)])
    return every[~np.isnan(every).any(axis=1)]


def _beside(at, extent, side: tuple[int, int], gap: float) -> np.ndarray:
    """Return the centre of a box that stands beside a point."""
    return at + np.array(side) * (extent / 2 + (gap / 2 if all(side) else gap))


def _cost(centre, extent, busy, taken, frame) -> float:
    """Return what a box covers: points of lines, other boxes, what is outside."""
    low, high = centre - extent / 2, centre + extent / 2
    cost = ((busy > low) & (busy < high)).all(axis=1).sum()
    for box in taken:
        cost += COVERED * bool((low < box[2:]).all() and (high > box[:2]).all())
    outside = [low[0] < frame[0], low[1] < frame[1]]
    outside += [high[0] > frame[2], high[1] > frame[3]]
    return cost + OUTSIDE * sum(outside)
