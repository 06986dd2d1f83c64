"""Charts that compare: small multiples, a grid of years."""

from __future__ import annotations

import matplotlib as mpl
import matplotlib.lines
import matplotlib.patches
import pandas as pd
from matplotlib.figure import Figure

from vinhloc.assess import STATUSES
from vinhloc.data import select
from vinhloc.figures import EVENT_UNIT, _, named, unit_name, write_actual
from vinhloc.show import (
    INK,
    STANDINGS,
    Sentence,
    Table,
    each,
    nothing_to_show,
    say_several,
    shown_status,
    status_word,
    write_pair,
    year_shown,
)
from vinhloc.show.charts.axes import (
    LANES,
    Lane,
    fit_axis,
    mark_year,
    named_rows,
    number_axis,
    say_axis,
    tile,
    wrapped,
    year_columns,
)
from vinhloc.show.charts.chart import (
    ACTUAL,
    EDGE,
    EXPECTED,
    MUTED,
    TARGET,
    WIDE,
    Chart,
    finish,
    titled,
)
from vinhloc.show.charts.points import (
    draw_points,
    labels_of,
    path_of,
    place_labels,
    says_little,
    target_alone,
)
from vinhloc.show.charts.svg import PANEL

PANEL_HEIGHT, TITLE_HEIGHT = 1.85, 0.45  # inches, of a panel and of its title
TITLE_PAD = 16  # points, for a label above the highest point
LETTERS = 40  # of a line of a panel's title
LEAST_SPAN = 0.08  # of the vertical axis, as a share of the largest value
BROKEN = (0, (1, 2))  # the line of a break


def pick(assessment: pd.DataFrame, indicators: list[str]) -> pd.DataFrame:
    """Return the yearly rows of some indicators in that order.

    Adds `place`, the position in the list, and `whole`, the target of the term.
    """
    rows = assessment[assessment["indicator"].isin(indicators)]
    whole = select(rows, period="term").set_index("indicator")["target"]
    place = {name: number for number, name in enumerate(indicators)}
    rows = select(rows)
    own = rows["indicator"]
    return rows.assign(whole=own.map(whole), place=own.map(place)).sort_values(
        ["place", "year"]
    )


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
        _spoken(rows),
        _years_of(rows),
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
        size = (wide - 0.75), (PANEL_HEIGHT - TITLE_HEIGHT - 0.28 - TITLE_PAD / 72)
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
    axes.plot(stated["year"], stated["target"], "--", color=TARGET, lw=1.1)
    for _part, piece in part.groupby("part"):
        axes.plot(piece["year"], piece["actual"], color=ACTUAL, lw=1.6)
    known = part[part["actual"].notna()]
    draw_points(axes, part, size=4)
    axes.set_xlim(part["year"].min() - 0.5, part["year"].max() + 0.5)
    axes.margins(y=0.45)
    values = pd.concat([path, stated["upper_target"], part["actual"]])
    _widen(axes, values)
    fit_axis(axes, values, first)
    ends = sorted({*part["year"].iloc[[0, -1]], *([year] if year else [])})
    axes.set_xticks(ends, [str(end) for end in ends])
    if year:
        mark_year(axes, year)
    number_axis(axes, first["decimals"], most=2)
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
    place_labels(axes, labels, right=14, above=14)
    if known.empty:
        place = {"transform": axes.transAxes, "ha": "center"}
        axes.text(0.5, 0.03, _("chưa có số liệu"), color=MUTED, **place)


def _widen(axes, values: pd.Series) -> None:
    """Keep a small change small: the axis spans a share of the largest value."""
    low, high = axes.get_ylim()
    lacking = LEAST_SPAN * values.abs().max() - (high - low)
    if lacking > 0:
        axes.set_ylim(low - lacking / 2, high + lacking / 2)


def draw_year_grid(
    assessment: pd.DataFrame, indicators: list[str], *, year: int | None = None
) -> Chart | Table | Sentence:
    """Draw the status of indicators year by year, a tile each, with its mark.

    With `year`: marked, and the title is about it.

    >>> chart = vl.draw_year_grid(data.assessment, ["grain_output", "paved_road_rate"])
    >>> chart.subtitle, len(chart.data)
    ('Kết quả từng năm; xét năm 2025', 2)
    """
    rows = pick(assessment, indicators)
    if rows.empty:
        return nothing_to_show()
    names = each(rows.drop_duplicates("indicator"), named)
    if rows["actual"].isna().all():
        return Sentence(_("{names}: chưa có số liệu năm nào.", names="; ".join(names)))
    years = sorted(rows["year"].unique())
    places, records = [*rows["place"].unique()], rows.to_dict("records")
    statuses = [status for status in STATUSES if status in set(rows["status"])]
    words = {status: status_word(status) for status in statuses}

    def draw(width: float) -> Figure:
        top = legend_height(width, statuses) + 0.28
        figure, axes = named_rows(width, names, top=top, bottom=0.05)
        year_columns(axes, years, year)
        for row in records:
            place = years.index(row["year"]), places.index(row["place"])
            _status_tile(axes, LANES[width], place, row)
        add_legend(figure, statuses, words)
        return figure

    seen = year_shown(rows, year)
    return finish(
        say_several(rows, seen),
        _("Kết quả từng năm; xét năm {year}", year=seen),
        draw,
        _spoken(rows),
        _years_of(rows),
        rows,
    )


def _status_tile(axes, lane: Lane, place: tuple[int, int], row: dict) -> None:
    standing, (x, y) = STANDINGS[row["status"]], place
    fill, ink = standing.fill, standing.ink
    says = f"{row['year']}: {write_actual(row, unit=True)}, {_word(row)}"
    tile(axes, lane, x, y, fill=fill, says=says)
    face = fill if row["status"] == "no_data" else ink
    at = x - 0.38, y + lane.centre - 0.64 * lane.half
    axes.plot(*at, standing.marker, ms=3.5, mfc=face, mec=ink, mew=0.8)
    text = write_actual(row)
    if row["unit"] == EVENT_UNIT and text != "–":
        text = status_word(row["status"])
    text = wrapped(text.replace("\u00a0", " "), 8)
    look = {"ha": "center", "va": "center", "linespacing": 1.05}
    axes.text(x, y + lane.centre + 0.14 * lane.half, text, color=ink, **look)


def add_legend(
    figure: Figure, statuses: list[str], words: dict[str, str], *, bars: bool = False
) -> None:
    """Put the words of statuses beside their marks, or their bars, above the plot."""
    handles = []
    for status in statuses:
        look = STANDINGS[status]
        if bars:
            box = {"fc": look.fill, "ec": EDGE, "hatch": look.hatch}
            handles.append(mpl.patches.Patch(label=words[status], **box))
        else:
            mark = {"ls": "", "ms": 6, "marker": look.marker, "mfc": look.fill}
            line = mpl.lines.Line2D([], [], mec=INK, label=words[status], **mark)
            handles.append(line)
    figure.legend(
        handles=handles,
        loc="upper left",
        ncols=_columns(figure.get_figwidth()),
        borderaxespad=0.1,
        columnspacing=1.2,
        handlelength=1.2,
    )


def _columns(width: float) -> int:
    return 3 if width == WIDE else 2


def legend_height(width: float, statuses: list[str]) -> float:
    """Return the inches that the words of statuses take above the plot."""
    return 0.08 + 0.17 * -(-len(statuses) // _columns(width))


def _years_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the plotted rows: an indicator a row, "reported / target" a year."""
    frame = rows.assign(cell=each(rows, write_pair), name=each(rows, named))
    wide = frame.pivot(index=["place", "name"], columns="year", values="cell")
    wide = wide.reset_index("place", drop=True).rename(columns=str)
    return titled(wide, _("Chỉ tiêu"))


def _word(row: dict) -> str:
    return status_word(shown_status(row)).lower()


def _spoken(rows: pd.DataFrame) -> str:
    parts = []
    for _place, part in rows.groupby("place", sort=True):
        said = [
            f"{row['year']}: {write_actual(row)}, {_word(row)}"
            for row in part.to_dict("records")
            if row["status"] != "not_due" or row["actual"] == row["actual"]
        ]
        parts.append(f"{named(part.iloc[0])} – {'; '.join(said)}")
    return ". ".join(parts)
