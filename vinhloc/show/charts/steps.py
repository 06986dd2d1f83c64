"""What was planned and done each year, as bars."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from vinhloc.figures import (
    _,
    is_missing,
    unit_name,
    write_actual,
    write_figure,
    write_target,
)
from vinhloc.show import INK, Table, nothing_to_show, say_finding
from vinhloc.show.charts.axes import (
    letters_in,
    mark_year,
    number_axis,
    wrapped,
    write_above,
)
from vinhloc.show.charts.chart import (
    ACTUAL,
    MUTED,
    TARGET,
    Chart,
    finish,
    new_figure,
    one_indicator,
)
from vinhloc.show.charts.points import say_point
from vinhloc.show.charts.series import alt_of, plotted_of, subtitle_of
from vinhloc.show.charts.svg import saying


def draw_steps(rows: pd.DataFrame, *, year: int | None = None) -> Chart | Table:
    """Draw what was planned and done each year for a `sum` indicator.

    `rows`: the yearly rows of one indicator. Planned: dashed outline; done: solid.
    With `year`: marked, and the title is about it.
    >>> rows = vl.select(data.assessment, indicator="canals_upgraded")
    >>> vl.draw_steps(rows, year=2021).title
    'Kênh mương được nâng cấp, sửa chữa, làm mới đạt ..., thấp hơn kế hoạch ...; ...'
    """
    if rows.empty:
        return nothing_to_show()
    first, records = one_indicator(rows), rows.to_dict("records")
    years = rows["year"].tolist()
    top = pd.concat([rows["target"], rows["actual"]]).max()

    def draw(width: float) -> Figure:
        figure, axes = new_figure(width, 2.5, left=0.6, right=0.05, bottom=0.3, top=0.5)
        axes.set_ylim(0, top * 1.25 if top > 0 else 1)
        axes.set_xticks(years)
        axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
        if year in years:
            mark_year(axes, year)
        for row in records:
            _step(axes, row, top, letters_in(axes, len(years)))
        number_axis(axes, first)
        text = _("{unit}; cột đặc: thực hiện, nét đứt: kế hoạch")
        write_above(axes, text.format(unit=unit_name(first)), up=14)
        return figure

    title = say_finding(rows, year)
    return finish(
        title,
        subtitle_of(rows, year, title),
        draw,
        alt_of(rows),
        plotted_of(rows),
        rows,
    )


def _step(axes, row: Mapping, top: float, letters: int) -> None:
    """Draw a year's plan and figure and write them above, in lines of some letters."""
    planned, done = row["target"], row["actual"]
    if not is_missing(planned):
        text = _("kế hoạch {target}", target=write_target(row, unit=True))
        look = {"fill": False, "edgecolor": TARGET, "linestyle": "--", "linewidth": 1.4}
        says = saying(f"{row['year']}: {text}")
        axes.bar(row["year"], planned, width=0.72, **look, **says)
    if not is_missing(done):
        colour = "white" if row["vintage"] == "estimate" else ACTUAL
        look = {"color": colour, "edgecolor": ACTUAL, **saying(say_point(row))}
        axes.bar(row["year"], done, width=0.46, **look)
    drawn = [value for value in (planned, done) if not is_missing(value)]
    if not drawn:
        return
    height = max(0, *drawn)
    text = f"{write_actual(row)} / {write_figure(planned, row['decimals'])}"
    look = {"ha": "center", "color": INK, "linespacing": 1.05}
    axes.text(row["year"], height + top * 0.03, wrapped(text, letters), **look)
    if row["status"] == "no_data":
        inside = planned > top * 0.25
        place = {"ha": "center", "color": MUTED}
        where = top * 0.04 if inside else height + top * 0.14
        axes.text(row["year"], where, _("chưa có\nsố liệu"), **place)
