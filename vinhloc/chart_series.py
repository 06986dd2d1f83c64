"""Charts of one indicator over the term: yearly steps, the path to its target."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import matplotlib as mpl
import matplotlib.patches
import matplotlib.style
import pandas as pd

from vinhloc.chart import (
    ACTUAL,
    EXPECTED,
    INK,
    MUTED,
    STYLE,
    TARGET,
    Chart,
    add_key,
    finish,
    label_lift,
    new_figure,
    number_axis,
    one_indicator,
    programme_source,
)
from vinhloc.figures import (
    is_missing,
    unit_name,
    write_actual,
    write_figure,
    write_target,
)
from vinhloc.language import _, named
from vinhloc.table import Table, nothing_to_show


def draw_steps(rows: pd.DataFrame) -> Chart | Table:
    """Draw what was planned and done each year for a `sum` indicator.

    `rows`: the yearly rows of one indicator. Planned: dashed outline; done: solid.
    """
    if rows.empty:
        return nothing_to_show()
    first = one_indicator(rows)
    years = rows["year"].tolist()
    top = pd.concat([rows["target"], rows["actual"]]).max()
    figure, axes = new_figure(2.5, left=0.75, bottom=0.4, top=0.45)
    with mpl.style.context(STYLE):
        planned = rows[rows["target"].notna()]
        axes.bar(
            planned["year"],
            planned["target"],
            width=0.72,
            fill=False,
            edgecolor=TARGET,
            linestyle="--",
            linewidth=1.4,
        )
        estimate = rows["vintage"].eq("estimate")
        for done, colour in ((rows[~estimate], ACTUAL), (rows[estimate], "white")):
            axes.bar(
                done["year"],
                done["actual"],
                width=0.46,
                color=colour,
                edgecolor=ACTUAL,
            )
        for row in rows.to_dict("records"):
            _step_label(axes, row, top)
        axes.set_ylim(0, top * 1.3 if top > 0 else 1)
        axes.set_xticks(years)
        axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
        axes.set_ylabel(unit_name(first))
        number_axis(axes, first["decimals"])
    add_key(figure, [(_("kế hoạch"), TARGET, "--"), (_("thực hiện"), ACTUAL, "-")])
    return finish(
        _("{name}, từng năm", name=named(first)),
        figure,
        _alt_of_path(rows),
        _plotted(rows),
        programme_source(rows),
        made_up=bool(rows["made_up"].any()),
    )


def _step_label(axes, row: Mapping, top: float) -> None:
    planned = row["target"] == row["target"]
    done = row["actual"] == row["actual"]
    if not planned and not done:
        return
    height = max(row["target"] if planned else 0, row["actual"] if done else 0)
    plan = write_figure(row["target"], row["decimals"]) if planned else "–"
    text = f"{write_actual(row)} / {plan}"
    axes.text(
        row["year"], height + top * 0.03, text, ha="center", color=INK, fontsize=9
    )
    if planned and not done and row["target"] > top * 0.25:
        axes.text(
            row["year"],
            top * 0.04,
            _("chưa có\nsố liệu"),
            ha="center",
            fontsize=7.5,
            color=MUTED,
        )


def draw_path(
    rows: pd.DataFrame,
    *,
    breaks: pd.DataFrame | None = None,
    context: pd.DataFrame | None = None,
    areas: Mapping[str, str] | None = None,
) -> Chart | Table:
    """Draw one indicator over the term: milestones, actuals, the expected path.

    Targets are diamonds joined by a dashed line, actuals solid (estimates hollow), a
    path of our own faint, breaks vertical lines, other areas thin dotted lines.
    """
    if rows.empty:
        return nothing_to_show()
    first = one_indicator(rows)
    figure, axes = new_figure(2.9, left=0.75, right=0.95, bottom=0.4, top=0.5)
    stated = rows[rows["target_basis"].eq("stated")]
    expected = rows[rows["target_basis"].isin(["expected", "stated"])]
    actual = rows[rows["actual"].notna()]
    key = [(_("mục tiêu"), TARGET, "--"), (_("thực hiện"), ACTUAL, "-")]
    with mpl.style.context(STYLE):
        if rows["target_basis"].eq("expected").any():
            axes.plot(expected["year"], expected["target"], color=EXPECTED, lw=1.2)
            key.append((_("lộ trình do báo cáo nội suy"), EXPECTED, "-"))
        axes.plot(stated["year"], stated["target"], "--D", color=TARGET, ms=5, lw=1.4)
        gaps = rows["actual"].where(rows["bound"].ne("range"))
        axes.plot(rows["year"], gaps, "-", color=ACTUAL)
        for hollow, part in actual.groupby(actual["vintage"].eq("estimate")):
            face = "white" if hollow else ACTUAL
            axes.plot(
                part["year"], part["actual"], "o", color=ACTUAL, mfc=face, mew=1.6
            )
        if context is not None:
            context = context[context["bound"] == "exact"]
            _context_lines(axes, context, areas or {})
        axes.set_xlim(rows["year"].min() - 0.4, rows["year"].max() + 0.4)
        axes.margins(y=0.18)
        axes.set_xticks(rows["year"].tolist())
        axes.set_ylabel(unit_name(first))
        number_axis(axes, first["decimals"])
        _break_lines(axes, breaks, rows)
        _end_labels(axes, stated, actual)
        if actual.empty:
            middle = {"transform": axes.transAxes, "ha": "center", "color": MUTED}
            axes.text(0.5, 0.04, _("chưa có số liệu thực hiện"), fontsize=9, **middle)
    add_key(figure, key)
    return finish(
        named(first),
        figure,
        _alt_of_path(rows),
        _plotted(rows, context, areas),
        programme_source(rows, context),
        made_up=bool(rows["made_up"].any()),
    )


def _end_labels(axes, stated: pd.DataFrame, actual: pd.DataFrame) -> None:
    for part, column, colour, write in (
        (stated, "target", TARGET, write_target),
        (actual, "actual", ACTUAL, write_actual),
    ):
        ends = pd.concat([part.head(1), part.tail(1)]).drop_duplicates("year")
        for row in ends.to_dict("records"):
            axes.annotate(
                write(row),
                (row["year"], row[column]),
                (0, 7 if label_lift(row, column) > 0 else -13),
                textcoords="offset points",
                ha="center",
                fontsize=8.5,
                color=colour,
            )


def _context_lines(axes, context: pd.DataFrame, areas: Mapping[str, str]) -> None:
    colours = ("#6f6f6f", "#a05195", "#7a7a2c")
    for (area, part), colour in zip(
        context.groupby("area", sort=False), itertools.cycle(colours), strict=False
    ):
        part = part.sort_values("year")
        axes.plot(
            part["year"], part["value"], ":", color=colour, lw=1.2, marker="s", ms=3.5
        )
        last = part.iloc[-1]
        axes.annotate(
            areas.get(area, area),
            (last["year"], last["value"]),
            (5, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=colour,
            annotation_clip=False,
        )


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
            (place, 0),
            xycoords=("data", "axes fraction"),
            xytext=(2, 4),
            textcoords="offset points",
            rotation=90,
            fontsize=7.5,
            color=MUTED,
        )


def _alt_of_path(rows: pd.DataFrame) -> str:
    stated = rows[rows["target_basis"].eq("stated")].to_dict("records")
    actual = rows[rows["actual"].notna()].to_dict("records")
    targets = "; ".join(
        f"{row['year']}: {write_target(row, unit=True)}" for row in stated
    )
    known = "; ".join(
        f"{row['year']}: {write_actual(row, unit=True)}" for row in actual
    )
    return _(
        "{name}. Mục tiêu: {targets}. Thực hiện: {actuals}.",
        name=named(rows.iloc[0]),
        targets=targets or "–",
        actuals=known or _("chưa có số liệu"),
    )


def _plotted(rows, context=None, areas=None) -> pd.DataFrame:
    records = rows.to_dict("records")
    basis = {"stated": _("chương trình"), "expected": _("nội suy"), "term": "–"}
    shown = {
        _("Năm"): rows["year"].tolist(),
        _("Mục tiêu"): [
            "–" if row["target_basis"] == "term" else write_target(row)
            for row in records
        ],
        _("Căn cứ mục tiêu"): [basis.get(row["target_basis"], "–") for row in records],
        _("Thực hiện"): [write_actual(row) for row in records],
    }
    for area, part in () if context is None else context.groupby("area", sort=False):
        value = part.drop_duplicates("year", keep="last").set_index("year")["value"]
        name = (areas or {}).get(area, area)
        shown[name] = [
            write_figure(value.get(year), 2) if year in value else "–"
            for year in rows["year"]
        ]
    return pd.DataFrame(shown)
