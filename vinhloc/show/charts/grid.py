"""Charts that compare: small multiples, a grid of years."""

from __future__ import annotations

import matplotlib as mpl
import matplotlib.lines
import matplotlib.patches
import pandas as pd
from matplotlib.figure import Figure

from vinhloc.assess import STATUSES
from vinhloc.data import select
from vinhloc.figures import _, named, unit_name, write_actual
from vinhloc.show import (
    INK,
    STANDINGS,
    Sentence,
    Table,
    each,
    nothing_to_show,
    shown_status,
    status_word,
    write_pair,
)
from vinhloc.show.charts.chart import (
    ACTUAL,
    EXPECTED,
    MUTED,
    WIDTH,
    Chart,
    finish,
    fit_axis,
    in_style,
    new_figure,
    number_axis,
    prepare_fonts,
    tile,
    tile_axes,
    titled,
    wrapped,
)
from vinhloc.show.charts.key import add_key, add_legend, lines_of
from vinhloc.show.charts.points import (
    draw_points,
    draw_targets,
    key_of,
    labels_of,
    path_of,
    place_labels,
    says_little,
    target_alone,
)

PANEL_HEIGHT, KEY_HEIGHT = 1.6, 0.26  # inches, of a panel and a line of the key
TITLE_PAD = 14  # points, for a label above the highest point
GRID_WIDTH, TILE_LETTER = 3.15, 5.4  # inches, of all years; points, with its margin
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
    assessment: pd.DataFrame, indicators: list[str], *, title: str | None = None
) -> Chart | Table | Sentence:
    """Draw indicators beside each other, a panel each, two in a row.

    `assessment` is the whole one. Milestones are diamonds on a dashed line, actuals
    dots on a solid one, estimates hollow.

    >>> chart = vl.draw_multiples(data.assessment, ["rice_area", "rice_yield"])
    >>> len(chart.axes)
    2
    """
    rows = pick(assessment, indicators)
    if rows.empty:
        return nothing_to_show()
    if says_little(rows):
        return target_alone(rows)
    panels, key = list(rows.groupby("place", sort=True)), key_of(rows)
    if rows.groupby("place")["part"].nunique().gt(1).any():
        key.append((_("chuỗi số liệu gián đoạn"), MUTED, BROKEN))
    figure, all_axes = _panels(len(panels), above=KEY_HEIGHT * lines_of(key))
    with in_style():
        for axes, (_place, part) in zip(all_axes, panels, strict=True):
            _panel(axes, part)
    add_key(figure, key)
    return finish(
        title or _("Các chỉ tiêu qua từng năm"),
        figure,
        _spoken(rows),
        _years_of(rows),
        rows,
    )


def _panels(count: int, *, above: float) -> tuple[Figure, list]:
    """Return a figure with panels, two in a row, and room above them, in inches."""
    prepare_fonts()
    lines = (count + 1) // 2
    height = lines * PANEL_HEIGHT + above
    with in_style():
        figure = Figure(figsize=(WIDTH, height))
        panels = []
        for number in range(count):
            line, column = divmod(number, 2)
            left = 0.42 + column * WIDTH / 2
            bottom = height - above - (line + 1) * PANEL_HEIGHT + 0.28
            size = (WIDTH / 2 - 0.62, PANEL_HEIGHT - 0.77)
            panels.append(
                figure.add_axes(
                    (left / WIDTH, bottom / height, size[0] / WIDTH, size[1] / height)
                )
            )
    return figure, panels


def _panel(axes, part: pd.DataFrame) -> None:
    first = part.iloc[0]
    stated = part[part["target_basis"] == "stated"]
    if part["expected"].notna().any():
        for _part, piece in part.assign(path=path_of(part)).groupby("part"):
            axes.plot(piece["year"], piece["path"], color=EXPECTED, lw=1)
    draw_targets(axes, stated, size=3.5, width=1.1)
    for _part, piece in part.groupby("part"):
        axes.plot(piece["year"], piece["actual"], color=ACTUAL, lw=1.6)
    known = part[part["actual"].notna()]
    draw_points(axes, known, size=4)
    unit = unit_name(first)
    name = wrapped(f"{named(first)} ({unit})", 36)
    axes.set_title(
        name, fontsize=7.8, loc="left", color=INK, pad=TITLE_PAD, linespacing=1.1
    )
    axes.set_xlim(part["year"].min() - 0.5, part["year"].max() + 0.5)
    axes.margins(y=0.45)
    values = pd.concat([path_of(part), stated["upper_target"], part["actual"]])
    _widen(axes, values)
    fit_axis(axes, values, first)
    ends = part["year"].iloc[[0, -1]].tolist()
    axes.set_xticks(ends, [str(year) for year in ends], fontsize=7.5)
    number_axis(axes, first, most=2)
    axes.grid(visible=False)
    axes.tick_params(axis="y", labelsize=7.2, labelcolor=MUTED, length=2, pad=1)
    for row in part[part["part"].diff().gt(0)].to_dict("records"):
        axes.axvline(row["year"] - 0.5, color=MUTED, lw=0.9, ls=BROKEN)
    place_labels(
        axes, labels_of(stated, known, last=True), size=7.5, right=10, above=14
    )
    if known.empty:
        text = _("chưa có số liệu")
        place = {"transform": axes.transAxes, "ha": "center", "fontsize": 8}
        axes.text(0.5, 0.03, text, color=MUTED, **place)


def _widen(axes, values: pd.Series) -> None:
    """Keep a small change small: the axis spans a share of the largest value."""
    low, high = axes.get_ylim()
    lacking = LEAST_SPAN * values.abs().max() - (high - low)
    if lacking > 0:
        axes.set_ylim(low - lacking / 2, high + lacking / 2)


def draw_year_grid(
    assessment: pd.DataFrame, indicators: list[str]
) -> Chart | Table | Sentence:
    """Draw the status of indicators year by year, a tile each, with its mark.

    >>> chart = vl.draw_year_grid(data.assessment, ["grain_output", "paved_road_rate"])
    >>> chart.title, len(chart.data)
    ('Kết quả từng năm', 2)
    """
    rows = pick(assessment, indicators)
    if rows.empty:
        return nothing_to_show()
    names = each(rows.drop_duplicates("indicator"), named)
    if rows["actual"].isna().all():
        return Sentence(_("{names}: chưa có số liệu năm nào.", names="; ".join(names)))
    years = sorted(rows["year"].unique())
    letters = int(72 * GRID_WIDTH / len(years) / TILE_LETTER)
    texts = [wrapped(text, letters) for text in each(rows, _tile_text)]
    lines = max(text.count("\n") + 1 for text in texts)
    height = max(0.42, 0.15 * lines + 0.16) * len(names) + 0.95
    left = WIDTH - GRID_WIDTH - 0.1
    figure, axes = new_figure(height, left=left, right=0.1, top=0.55, bottom=0.35)
    with in_style():
        for row, text in zip(rows.to_dict("records"), texts, strict=True):
            place = years.index(row["year"]), int(row["place"])
            _status_tile(axes, *place, row["status"], text)
        named_lines = dict(zip(rows["place"].unique(), names, strict=True))
        tile_axes(axes, years, named_lines, width=30)
        axes.tick_params(axis="y", labelsize=8)
    _grid_key(figure, [s for s in STATUSES if s in set(rows["status"])])
    return finish(
        _("Kết quả từng năm"),
        figure,
        _spoken(rows),
        _years_of(rows),
        rows,
    )


def _tile_text(row: dict) -> str:
    text = write_actual(row).replace("\u00a0", " ")
    said = row["unit"] == "event" and text != "–"
    return status_word(row["status"]) if said else text


def _status_tile(axes, x: int, y: int, status: str, text: str) -> None:
    standing = STANDINGS[status]
    fill, ink = standing.fill, standing.ink
    tile(axes, x, y, width=0.94, fill=fill)
    face = fill if status == "no_data" else ink
    axes.plot(x - 0.38, y - 0.27, standing.marker, ms=3.5, mfc=face, mec=ink, mew=0.8)
    place = {"ha": "center", "va": "center", "fontsize": 8}
    axes.text(x, y + 0.06, text, color=ink, linespacing=1.05, **place)


@in_style()
def _grid_key(figure: Figure, statuses: list[str]) -> None:
    looks = [STANDINGS[status] for status in statuses]
    style = {"ls": "", "ms": 6, "mec": INK}
    handles = [
        mpl.lines.Line2D([], [], marker=look.marker, mfc=look.fill, **style)
        for look in looks
    ]
    labels = [status_word(status) for status in statuses]
    add_legend(figure, handles, labels, len(labels), "lower left")


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
