"""Small multiples: indicators beside each other, a panel each."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from vinhloc.figures import _, named, unit_name
from vinhloc.show import (
    INK,
    Sentence,
    Table,
    nothing_to_show,
    say_several,
    year_shown,
)
from vinhloc.show.charts.axes import (
    fit_axis,
    mark_year,
    number_axis,
    say_axis,
    wrapped,
)
from vinhloc.show.charts.chart import (
    ACTUAL,
    EXPECTED,
    MUTED,
    WIDE,
    Chart,
    finish,
)
from vinhloc.show.charts.grid import pick, spoken, years_of
from vinhloc.show.charts.points import (
    draw_points,
    draw_targets,
    labels_of,
    path_of,
    place_labels,
    says_little,
    target_alone,
)
from vinhloc.show.charts.svg import PANEL

# Inches: of a panel, of its title, of the names of its lines beside it.
PANEL_HEIGHT, TITLE_HEIGHT, ENDS = 1.85, 0.45, 0.72
TITLE_PAD = 16  # points, for a label above the highest point
LETTERS = 40  # of a line of a panel's title
LEAST_SPAN = 0.08  # of the vertical axis, as a share of the largest value
BROKEN = (0, (1, 2))  # the line of a break


def draw_multiples(
    assessment: pd.DataFrame,
    indicators: list[str],
    *,
    title: str | None = None,
    year: int | None = None,
) -> Chart | Table | Sentence:
    """Draw indicators beside each other, a panel each, two in a row.

    `assessment` is the whole one. Milestones are diamonds on a dashed line, actuals
    dots on a solid one, estimates hollow. `title` stands below what the panels say of
    `year`, the year under review.

    >>> chart = vl.draw_multiples(data.assessment, ["rice_area", "rice_yield"])
    >>> len(chart.axes)
    2
    """
    rows = pick(assessment, indicators)
    if rows.empty:
        return nothing_to_show()
    if says_little(rows):
        return target_alone(rows)
    parts = [part for _place, part in rows.groupby("place", sort=True)]

    def draw(width: float) -> Figure:
        figure, panels = _panels(width, len(parts))
        for axes, part in zip(panels, parts, strict=True):
            _panel(axes, part, year)
        return figure

    seen = year_shown(rows, year)
    title = title or _("Các chỉ tiêu qua từng năm")
    return finish(
        say_several(rows, seen),
        _("{title}; xét năm {year}", title=title, year=seen),
        draw,
        spoken(rows),
        years_of(rows),
        rows,
        panels=True,
    )


def _panels(width: float, count: int) -> tuple[Figure, list]:
    """Return a figure with panels, two in a row where it is wide."""
    across = 2 if width == WIDE else 1
    wide, height = width / across, -(-count // across) * PANEL_HEIGHT
    figure, panels = Figure(figsize=(width, height)), []
    for number in range(count):
        line, column = divmod(number, across)
        left, top = column * wide, line * PANEL_HEIGHT
        bottom = height - top - PANEL_HEIGHT + 0.28
        size = (
            (wide - 0.5 - ENDS),
            (PANEL_HEIGHT - TITLE_HEIGHT - 0.28 - TITLE_PAD / 72),
        )
        place = (left + 0.5) / width, bottom / height, size[0] / width, size[1] / height
        axes = figure.add_axes(place)
        box = (left, top, wide, PANEL_HEIGHT)
        axes.set_gid(PANEL + " ".join(f"{72 * at:g}" for at in box))
        panels.append(axes)
    return figure, panels


def _panel(axes, part: pd.DataFrame, year: int | None) -> None:
    first = part.iloc[0]
    stated = part[part["target_basis"] == "stated"]
    path = path_of(part)
    if part["expected"].notna().any():
        for _part, piece in path.groupby(part["part"]):
            axes.plot(part["year"].loc[piece.index], piece, color=EXPECTED, lw=1)
    draw_targets(axes, stated, width=1.1)
    for _part, piece in part.groupby("part"):
        axes.plot(piece["year"], piece["actual"], color=ACTUAL, lw=1.6)
    known = part[part["actual"].notna()]
    draw_points(axes, part.to_dict("records"), size=4)
    axes.set_xlim(part["year"].min() - 0.5, part["year"].max() + 0.5)
    axes.margins(y=0.45)
    values = pd.concat([path, stated["upper_target"], part["actual"]])
    _widen(axes, values)
    fit_axis(axes, values, first)
    ends = sorted({*part["year"].iloc[[0, -1]], *([year] if year else [])})
    axes.set_xticks(ends, [str(end) for end in ends])
    if year:
        mark_year(axes, year)
    number_axis(axes, first, most=2)
    axes.grid(visible=False)
    axes.tick_params(axis="y", labelcolor=MUTED, length=2, pad=1)
    name = wrapped(
        f"{named(first)} ({say_axis(axes, first, unit_name(first))})", LETTERS
    )
    left = axes.get_position().x0 * axes.figure.get_figwidth() % (WIDE / 2)
    axes.annotate(
        name,
        (0, 1),
        (4 - 72 * left, TITLE_PAD),
        xycoords="axes fraction",
        textcoords="offset points",
        va="bottom",
        color=INK,
        linespacing=1.1,
    )
    for row in part[part["part"].diff().gt(0)].to_dict("records"):
        at = row["year"] - 0.5
        axes.axvline(at, color=MUTED, lw=0.9, ls=BROKEN)
        place = {"transform": axes.get_xaxis_transform(), "ha": "center"}
        axes.text(at, 0.02, _("gián đoạn"), color=MUTED, **place)
    labels = labels_of(stated, known, last=True)
    place_labels(axes, labels, right=72 * ENDS, above=14)
    if known.empty:
        place = {"transform": axes.transAxes, "ha": "center"}
        axes.text(0.5, 0.03, _("chưa có số liệu"), color=MUTED, **place)


def _widen(axes, values: pd.Series) -> None:
    """Keep a small change small: the axis spans a share of the largest value."""
    low, high = axes.get_ylim()
    lacking = LEAST_SPAN * values.abs().max() - (high - low)
    if lacking > 0:
        axes.set_ylim(low - lacking / 2, high + lacking / 2)
