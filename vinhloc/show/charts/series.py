"""The chart of one indicator over the term: the path to its target."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from matplotlib.figure import Figure

from vinhloc.assess import parts_of
from vinhloc.figures import (
    _,
    grades_of,
    is_missing,
    named,
    unit_name,
    write_actual,
    write_figure,
    write_target,
)
from vinhloc.outlook import add_projection
from vinhloc.show import (
    Sentence,
    Table,
    each,
    figure_in,
    nothing_to_show,
    say_finding,
    write_projection,
    year_shown,
)
from vinhloc.show.charts.axes import (
    fit_axis,
    mark_year,
    number_axis,
    say_axis,
    write_above,
)
from vinhloc.show.charts.chart import (
    ACTUAL,
    AHEAD,
    EXPECTED,
    MUTED,
    NARROW,
    Chart,
    finish,
    new_figure,
    one_indicator,
)
from vinhloc.show.charts.points import (
    Label,
    draw_points,
    draw_targets,
    labels_of,
    path_of,
    place_labels,
    says_little,
    target_alone,
)
from vinhloc.show.charts.svg import saying


def draw_path(
    rows: pd.DataFrame,
    *,
    breaks: pd.DataFrame | None = None,
    context: pd.DataFrame | None = None,
    areas: Mapping[str, str] | None = None,
    year: int | None = None,
) -> Chart | Table | Sentence:
    """Draw one indicator over the term: milestones, actuals, the expected path.

    Targets are diamonds joined by a dashed line, actuals solid (estimates hollow), a
    path of our own thin and grey, breaks vertical lines, other areas thin dotted lines.
    With `year`: marked, with what the title says of it, and the projection from the
    figures up to it, as a range at its end.
    >>> rows = vl.select(data.assessment, indicator="rice_area")
    >>> vl.draw_path(rows, year=2023).title
    'Diện tích lúa đạt ..., tăng ... so với năm trước, thấp hơn lộ trình ...'
    """
    if rows.empty:
        return nothing_to_show()
    one_indicator(rows)
    if says_little(rows) and (context is None or context.empty):
        return target_alone(rows)
    ahead = _projection(rows, year)
    if context is not None:
        inside = context["year"].between(rows["year"].min(), rows["year"].max())
        around = context[inside & context["bound"].eq("exact")]
    else:
        around = None
    drawn = _Series(rows, breaks, around, areas or {}, ahead, year)
    title = say_finding(rows, year)
    return finish(
        title,
        subtitle_of(rows, year, title),
        drawn.draw,
        alt_of(rows) + _alt_of_projection(ahead),
        plotted_of(rows, around, areas, ahead),
        rows,
        context=around,
    )


@dataclass(frozen=True)
class _Series:
    """What a chart of one indicator draws, prepared for each width."""

    rows: pd.DataFrame
    breaks: pd.DataFrame | None
    context: pd.DataFrame | None
    areas: Mapping[str, str]
    ahead: pd.Series | None
    year: int | None

    @cached_property
    def prepared(self) -> tuple:
        """What does not depend on the width: path, parts, records, labels."""
        rows = self.rows
        path, unbroken = path_of(rows), 0 * rows["year"]
        if self.breaks is not None:
            unbroken = parts_of(rows, self.breaks)
        stated = rows[rows["target_basis"].eq("stated")]
        actual = rows[rows["actual"].notna()]
        words = bool(grades_of(rows.iloc[0]))  # at the axis; no label says them again
        labels = [] if words else labels_of(stated, actual, last=False)
        if rows["expected"].notna().any():
            labels.append(_label_of_path(rows, path))
        return path, unbroken, rows.to_dict("records"), labels

    def draw(self, width: float) -> Figure:
        """Return the figure of a width."""
        rows, first = self.rows, self.rows.iloc[0]
        path, unbroken, records, labels = self.prepared
        labels = [*labels]
        # On a phone labels stand above and below their points: it takes room.
        right, height, room = (0.1, 3.0, 0.3) if width == NARROW else (0.95, 2.7, 0.2)
        left = 1.45 if grades_of(first) else 0.6
        figure, axes = new_figure(
            width, height, left=left, right=right, bottom=0.3, top=0.6
        )
        stated = rows[rows["target_basis"].eq("stated")]
        if rows["expected"].notna().any():
            for _part, piece in path.groupby(unbroken):
                axes.plot(rows["year"].loc[piece.index], piece, color=EXPECTED, lw=1.1)
        draw_targets(axes, stated, width=1.4)
        gaps = rows["actual"].where(rows["bound"].ne("range"))
        for _part, piece in gaps.groupby(unbroken):
            axes.plot(rows["year"].loc[piece.index], piece, "-", color=ACTUAL)
        draw_points(axes, records, size=6)
        if self.ahead is not None:
            labels.append(_draw_projection(axes, self.ahead))
        if self.context is not None:
            labels += _context_lines(axes, self.context, self.areas)
        axes.set_xlim(rows["year"].min() - 0.4, rows["year"].max() + 0.4)
        axes.margins(y=room)
        ends = [path, stated["upper_target"], rows["actual"]]
        fit_axis(axes, pd.concat(ends), first)
        axes.set_xticks(rows["year"].tolist())
        if self.year in set(rows["year"]):
            mark_year(axes, self.year)
        number_axis(axes, first)
        up = 22 if _break_lines(axes, self.breaks, rows) else 6
        write_above(axes, say_axis(axes, first, unit_name(first)), up=up)
        place_labels(axes, labels, right=72 * right)
        if rows["actual"].isna().all():
            middle = {"transform": axes.transAxes, "ha": "center", "color": MUTED}
            axes.text(0.5, 0.04, _("chưa có số liệu thực hiện"), **middle)
        return figure


def _label_of_path(rows: pd.DataFrame, path: pd.Series) -> Label:
    """Return the label of the path that is ours, in its middle."""
    inside = rows["year"][rows["expected"].notna()]
    at = inside.index[len(inside) // 2]
    return Label(rows["year"][at], path[at], _("lộ trình"), MUTED, "below right")


def _projection(rows: pd.DataFrame, year: int | None) -> pd.Series | None:
    """Return the row with the projection made in a year; None where there is none."""
    if year is None:
        return None
    now = rows[rows["year"].eq(year)]
    if now["actual"].isna().all() or now["over_term"].ne("last").all():
        return None
    found = rows if "projection" in rows else add_projection(rows)
    found = found[found["year"].eq(year) & found["projection"].notna()]
    return None if found["outlook"].eq("reached").all() else found.iloc[0]


def _draw_projection(axes, row: pd.Series) -> Label:
    """Draw the projection as a range at its end, and return its label."""
    end, middle = row["end_year"], row["projection"]
    look = {"color": AHEAD, "lw": 1.1}
    axes.plot([row["year"], end], [row["actual"], middle], ls=(0, (1, 1.5)), **look)
    ends = [row["projection_low"], row["projection_high"]]
    text = _("dự báo tham khảo")
    says = saying(f"{int(end)}: {text} {write_projection(row)}")
    axes.plot([end - 0.12] * 2, ends, "_-", ms=7, **look)
    axes.plot(end - 0.12, middle, "s", ms=4.5, mfc="white", **look, **says)
    value = write_figure(middle, row["decimals"])
    return Label(end - 0.12, middle, f"{text}\n{value}", AHEAD, "left")


def _alt_of_projection(row: pd.Series | None) -> str:
    if row is None:
        return ""
    text = _(" Dự báo tham khảo cho năm {year}: {projection}.")
    return text.format(year=int(row["end_year"]), projection=write_projection(row))


def _context_lines(axes, context: pd.DataFrame, areas: Mapping[str, str]) -> list:
    """Draw the lines of other areas and return the labels with their names."""
    colours = ("#6f6f6f", "#a05195", "#7a7a2c")
    labels = []
    for (area, part), colour in zip(
        context.groupby("area", sort=False), itertools.cycle(colours), strict=False
    ):
        part = part.sort_values("year")
        axes.plot(
            part["year"], part["value"], ":", color=colour, lw=1.2, marker="s", ms=3.5
        )
        last = part.iloc[-1]
        name = areas.get(area, area)
        labels.append(Label(last["year"], last["value"], name, colour, "right"))
    return labels


def _break_lines(axes, breaks: pd.DataFrame | None, rows: pd.DataFrame) -> bool:
    """Draw the breaks with their reasons above the plot; tell whether there is one."""
    if breaks is None:
        return False
    inside = breaks[breaks["year"].between(rows["year"].min(), rows["year"].max())]
    for row in inside.to_dict("records"):
        month = 1 if is_missing(row["month"]) else float(row["month"])
        place = row["year"] - 0.5 + (month - 1) / 12
        axes.axvline(place, color=MUTED, lw=0.9, ls=(0, (1, 2)))
        axes.annotate(
            named(row, "label"),
            (place, 1),
            xycoords=("data", "axes fraction"),
            xytext=(2, 6.5),
            textcoords="offset points",
            ha="right",
            color=MUTED,
        )
    return bool(len(inside))


def alt_of(rows: pd.DataFrame) -> str:
    """Return the stated targets and the figures of an indicator in words."""
    records = rows.to_dict("records")
    stated = [row for row in records if row["target_basis"] == "stated"]
    actual = [row for row in records if not is_missing(row["actual"])]
    targets = "; ".join(f"{r['year']}: {write_target(r, unit=True)}" for r in stated)
    known = "; ".join(f"{r['year']}: {write_actual(r, unit=True)}" for r in actual)
    return _(
        "{name}. Mục tiêu: {targets}. Thực hiện: {actuals}.",
        name=named(records[0]),
        targets=targets or "–",
        actuals=known or _("chưa có số liệu"),
    )


def plotted_of(rows, context=None, areas=None, ahead=None) -> pd.DataFrame:
    """Return what is drawn of an indicator, a row a year."""

    def target(row: Mapping) -> str:
        return write_target(row) if row["target_basis"] == "stated" else "–"

    shown = {_("Năm"): rows["year"].tolist(), _("Mục tiêu"): each(rows, target)}
    if rows["expected"].notna().any():
        shown[_("Mức theo lộ trình")] = each(rows, figure_in("expected"))
    shown |= {
        _("Thực hiện"): each(rows, write_actual),
    }
    for area, part in () if context is None else context.groupby("area", sort=False):
        value = part.drop_duplicates("year", keep="last").set_index("year")["value"]
        name = (areas or {}).get(area, area)
        shown[name] = [
            write_figure(value.get(year), 2) if year in value else "–"
            for year in rows["year"]
        ]
    if ahead is not None:
        value = write_figure(ahead["projection"], ahead["decimals"])
        own = rows["year"].eq(ahead["end_year"])
        shown[_("Dự báo tham khảo")] = own.map({True: value, False: "–"}).tolist()
    return pd.DataFrame(shown)


def subtitle_of(rows: pd.DataFrame, year: int | None, title: str) -> str:
    """Return indicator, unless the title names it, unit and year of the title."""
    first = rows.iloc[0]
    name = "" if named(first) in title else named(first)
    unit = _("Đơn vị: {unit}", unit=unit_name(first))
    seen = _("xét năm {year}", year=year_shown(rows, year))
    return "; ".join(filter(None, [name, unit, seen]))
