"""Charts of one indicator over the term: yearly steps, the path to its target."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import pandas as pd

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
    INK,
    Sentence,
    Table,
    each,
    figure_in,
    nothing_to_show,
    write_projection,
)
from vinhloc.show.charts.chart import (
    ACTUAL,
    AHEAD,
    EXPECTED,
    MUTED,
    TARGET,
    Chart,
    finish,
    fit_axis,
    in_style,
    new_figure,
    number_axis,
    one_indicator,
)
from vinhloc.show.charts.key import add_key
from vinhloc.show.charts.points import (
    Label,
    draw_points,
    draw_targets,
    key_of,
    labels_of,
    path_of,
    place_labels,
    says_little,
    target_alone,
)


def draw_steps(rows: pd.DataFrame) -> Chart | Table:
    """Draw what was planned and done each year for a `sum` indicator.

    `rows`: the yearly rows of one indicator. Planned: dashed outline; done: solid.
    >>> vl.draw_steps(vl.select(data.assessment, indicator="canals_upgraded")).title
    'Kênh mương được nâng cấp, sửa chữa, làm mới, từng năm'
    """
    if rows.empty:
        return nothing_to_show()
    first = one_indicator(rows)
    years = rows["year"].tolist()
    top = pd.concat([rows["target"], rows["actual"]]).max()
    figure, axes = new_figure(2.5, left=0.75, bottom=0.4, top=0.45)
    with in_style():
        planned = rows[rows["target"].notna()]
        look = {"fill": False, "edgecolor": TARGET, "linestyle": "--", "linewidth": 1.4}
        axes.bar(planned["year"], planned["target"], width=0.72, **look)
        estimate = rows["vintage"].eq("estimate")
        for done, colour in ((rows[~estimate], ACTUAL), (rows[estimate], "white")):
            look = {"color": colour, "edgecolor": ACTUAL}
            axes.bar(done["year"], done["actual"], width=0.46, **look)
        for row in rows.to_dict("records"):
            _step_label(axes, row, top)
        axes.set_ylim(0, top * 1.2 if top > 0 else 1)
        axes.set_xticks(years)
        axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
        axes.set_ylabel(unit_name(first))
        number_axis(axes, first)
    key = [(_("kế hoạch"), TARGET, "--"), (_("thực hiện"), ACTUAL, "-")]
    if estimate.any():
        key.append((_("số ước"), ACTUAL, "estimated bar"))
    add_key(figure, key)
    return finish(
        _("{name}, từng năm", name=named(first)),
        figure,
        _alt_of_path(rows),
        _plotted(rows),
        rows,
    )


def _step_label(axes, row: Mapping, top: float) -> None:
    drawn = [row[side] for side in ("target", "actual") if not is_missing(row[side])]
    if not drawn:
        return
    height = max(0, *drawn)
    text = f"{write_actual(row)} / {write_figure(row['target'], row['decimals'])}"
    look = {"ha": "center", "color": INK, "fontsize": 9}
    axes.text(row["year"], height + top * 0.03, text, **look)
    if row["status"] == "no_data":
        inside = row["target"] > top * 0.25
        place = {"ha": "center", "fontsize": 8, "color": MUTED}
        where = top * 0.04 if inside else height + top * 0.14
        axes.text(row["year"], where, _("chưa có\nsố liệu"), **place)


def draw_path(
    rows: pd.DataFrame,
    *,
    breaks: pd.DataFrame | None = None,
    context: pd.DataFrame | None = None,
    areas: Mapping[str, str] | None = None,
    year: int | None = None,
) -> Chart | Table | Sentence:
    """Draw one indicator over the term: milestones, actuals, the expected path.

    Targets are diamonds joined by a dashed line, a band where they have two ends,
    actuals solid (estimates hollow), a path of our own faint, breaks vertical lines,
    other areas thin dotted lines. With `year`: the projection from the figures up to
    that year, as a range at its end.
    >>> vl.draw_path(vl.select(data.assessment, indicator="rice_area")).title
    'Diện tích lúa'
    """
    if rows.empty:
        return nothing_to_show()
    first = one_indicator(rows)
    if says_little(rows) and (context is None or context.empty):
        return target_alone(rows)
    words = bool(grades_of(first))  # beside the axis; no label says them again
    left = 1.6 if words else 0.75
    figure, axes = new_figure(2.6, left=left, right=0.95, bottom=0.4, top=0.5)
    stated = rows[rows["target_basis"].eq("stated")]
    unbroken = 0 * rows["year"] if breaks is None else parts_of(rows, breaks)
    actual = rows[rows["actual"].notna()]
    key = key_of(rows)
    with in_style():
        if rows["expected"].notna().any():
            for _part, piece in rows.assign(path=path_of(rows)).groupby(unbroken):
                axes.plot(piece["year"], piece["path"], color=EXPECTED, lw=1.2)
        draw_targets(axes, stated, size=5, width=1.4)
        gaps = rows["actual"].where(rows["bound"].ne("range"))
        for _part, piece in gaps.groupby(unbroken):
            axes.plot(rows["year"].loc[piece.index], piece, "-", color=ACTUAL)
        draw_points(axes, actual, size=6)
        ahead = _projection(rows, year)
        if ahead is not None:
            _draw_projection(axes, ahead)
            key.append((_("dự báo tham khảo"), AHEAD, "ahead"))
        labels = [] if words else labels_of(stated, actual, last=False)
        if context is not None:
            inside = context["year"].between(rows["year"].min(), rows["year"].max())
            context = context[inside & context["bound"].eq("exact")]
            labels += _context_lines(axes, context, areas or {})
        axes.set_xlim(rows["year"].min() - 0.4, rows["year"].max() + 0.4)
        axes.margins(y=0.18)
        ends = [path_of(rows), stated["upper_target"], rows["actual"]]
        fit_axis(axes, pd.concat(ends), first)
        axes.set_xticks(rows["year"].tolist())
        axes.set_ylabel("" if words else unit_name(first))
        number_axis(axes, first)
        _break_lines(axes, breaks, rows)
        place_labels(axes, labels, size=8.5, right=60)
        if actual.empty:
            middle = {"transform": axes.transAxes, "ha": "center", "color": MUTED}
            axes.text(0.5, 0.04, _("chưa có số liệu thực hiện"), fontsize=9, **middle)
    add_key(figure, key)
    return finish(
        named(first),
        figure,
        _alt_of_path(rows) + _alt_of_projection(ahead),
        _plotted(rows, context, areas, ahead),
        rows,
        context=context,
    )


def _projection(rows: pd.DataFrame, year: int | None) -> pd.Series | None:
    """Return the row with the projection made in a year; None where there is none."""
    if year is None:
        return None
    found = rows if "projection" in rows else add_projection(rows)
    found = found[found["year"].eq(year) & found["projection"].notna()]
    return None if found["outlook"].eq("reached").all() else found.iloc[0]


def _draw_projection(axes, row: pd.Series) -> None:
    end, middle = row["end_year"], row["projection"]
    look = {"color": AHEAD, "lw": 1.1}
    axes.plot([row["year"], end], [row["actual"], middle], ls=(0, (1, 1.5)), **look)
    ends = [row["projection_low"], row["projection_high"]]
    axes.plot([end - 0.12] * 2, ends, "_-", ms=7, **look)
    axes.plot(end - 0.12, middle, "s", ms=4.5, mfc="white", **look)


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


def _break_lines(axes, breaks: pd.DataFrame | None, rows: pd.DataFrame) -> None:
    if breaks is None:
        return
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
            fontsize=8,
            color=MUTED,
        )


def _alt_of_path(rows: pd.DataFrame) -> str:
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


def _plotted(rows, context=None, areas=None, ahead=None) -> pd.DataFrame:
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
