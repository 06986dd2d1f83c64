"""A grid of years: the status of indicators, a tile each."""

from __future__ import annotations

import matplotlib as mpl
import matplotlib.lines
import matplotlib.patches
import pandas as pd
from matplotlib.figure import Figure

from vinhloc.assess import STATUSES
from vinhloc.data import select
from vinhloc.figures import EVENT_UNIT, _, named, write_actual
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
    letters_in,
    named_rows,
    tile,
    wrapped,
    year_columns,
)
from vinhloc.show.charts.chart import (
    EDGE,
    WIDE,
    Chart,
    finish,
    titled,
)


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
            _status_tile(axes, LANES[width], place, row, letters_in(axes, len(years)))
        add_legend(figure, statuses, words)
        return figure

    seen = year_shown(rows, year)
    return finish(
        say_several(rows, seen),
        _("Kết quả từng năm; xét năm {year}", year=seen),
        draw,
        spoken(rows),
        years_of(rows),
        rows,
    )


def _status_tile(
    axes, lane: Lane, place: tuple[int, int], row: dict, letters: int
) -> None:
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
    text = wrapped(text.replace("\u00a0", " "), letters)
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
        # Also where the picture is higher than the figure.
        bbox_to_anchor=(0, 0, 1, 1),
        bbox_transform=figure.transFigure,
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


def years_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the plotted rows: an indicator a row, "reported / target" a year."""
    frame = rows.assign(cell=each(rows, write_pair), name=each(rows, named))
    wide = frame.pivot(index=["place", "name"], columns="year", values="cell")
    wide = wide.reset_index("place", drop=True).rename(columns=str)
    return titled(wide, _("Chỉ tiêu"))


def _word(row: dict) -> str:
    return status_word(shown_status(row)).lower()


def spoken(rows: pd.DataFrame) -> str:
    """Return the figures and statuses of some indicators in words."""
    parts = []
    for _place, part in rows.groupby("place", sort=True):
        said = [
            f"{row['year']}: {write_actual(row)}, {_word(row)}"
            for row in part.to_dict("records")
            if row["status"] != "not_due" or row["actual"] == row["actual"]
        ]
        parts.append(f"{named(part.iloc[0])} – {'; '.join(said)}")
    return ". ".join(parts)
