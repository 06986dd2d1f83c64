"""A gap drawn as steps: from the target through each cause to the figure."""

from __future__ import annotations

import pandas as pd

from vinhloc.data import select
from vinhloc.figures import _, named, unit_name, write_signed, write_value
from vinhloc.outlook import split_gap
from vinhloc.show import INK, STANDINGS, Sentence, Table, nothing_to_show
from vinhloc.show.charts.chart import (
    ACTUAL,
    MUTED,
    TARGET,
    Chart,
    finish,
    in_style,
    new_figure,
    number_axis,
    programme_source,
    wrapped,
)

LESS, MORE = STANDINGS["missed"], STANDINGS["met"]  # their colours and hatches
ROOM = 0.25  # above and below what is drawn, as a share of it


def draw_split(
    assessment: pd.DataFrame, indicator: str, year: int
) -> Chart | Table | Sentence:
    """Draw how an output's factors lead from its last target to its figure.

    `assessment` is the whole one; the indicator has an identity. A sentence stands
    where a figure is missing. Target and figure are points, since the axis does not
    begin at 0.

    >>> vl.draw_split(data.assessment, "maize_output", 2024).data["tấn"].tolist()
    ['102,5', '−3,0', '−3,0', '96,5']
    """
    rows = select(assessment, year=year).set_index("indicator", drop=False)
    if indicator not in rows.index:
        return nothing_to_show()
    own, parts = rows.loc[indicator], split_gap(assessment, indicator, year)
    if parts.empty:
        return Sentence(_("{name}: chưa đủ số liệu để vẽ biểu đồ.", name=named(own)))
    parts = parts[parts["indicator"].ne("rest") | parts["part"].ne(0)]
    steps = _steps(own, parts, rows)
    figure, axes = new_figure(2.6, left=0.75, right=0.1, bottom=0.55, top=0.15)
    with in_style():
        for at, step in enumerate(steps):
            _draw_step(axes, at, step)
        levels = [step["to"] for step in steps]
        room = (max(levels) - min(levels) or abs(levels[0]) or 1) * ROOM
        axes.set_ylim(min(levels) - room, max(levels) + room)
        axes.set_xlim(-0.5, len(steps) - 0.5)
        axes.set_xticks(range(len(steps)), [wrapped(s["label"], 14) for s in steps])
        axes.set_ylabel(unit_name(own))
        number_axis(axes, own)
    labels = {"label": _("Bước"), "text": unit_name(own)}
    data = pd.DataFrame(steps)[[*labels]].rename(columns=labels)
    alt = "; ".join(f"{step['label']}: {step['text']}" for step in steps)
    title = _("{name}: từ mục tiêu cuối đến thực hiện năm {year}")
    used = rows[rows.index.isin([indicator, *parts["indicator"]])]
    return finish(
        title.format(name=named(own), year=year),
        figure,
        alt,
        data,
        rows.loc[[indicator]],
        source=programme_source(used),
    )


def _steps(own: pd.Series, parts: pd.DataFrame, rows: pd.DataFrame) -> list[dict]:
    """Return what is drawn: the target, each part in its place, the figure."""
    level = own["end_value"]
    steps = [_point(_("Mục tiêu {year}", year=int(own["end_year"])), level, own)]
    for row in parts.to_dict("records"):
        rest = row["indicator"] == "rest"
        label = _("Phần còn lại") if rest else named(rows.loc[row["indicator"]])
        text = write_signed(row["part"], own["decimals"])
        ends = {"from": level, "to": level + row["part"]}
        steps.append({"label": label, **ends, "text": text, "point": False})
        level = ends["to"]
    return [*steps, _point(_("Thực hiện {year}", year=int(own["year"])), level, own)]


def _point(label: str, level: float, own: pd.Series) -> dict:
    text = write_value(level, own)
    return {"label": label, "from": level, "to": level, "text": text, "point": True}


def _draw_step(axes, at: int, step: dict) -> None:
    """Draw a point for the target and the figure, a bar for each part between them."""
    start, end = step["from"], step["to"]
    if at:
        axes.plot([at - 1, at], [start] * 2, color=MUTED, lw=0.8, zorder=1)
    if start == end and step["point"]:
        look = {"marker": "D", "color": TARGET} if not at else {"marker": "o"}
        axes.plot(at, end, ls="", ms=8, **{"color": ACTUAL, **look})
    else:
        look = LESS if end < start else MORE
        low, size = min(start, end), abs(end - start)
        look = {"color": look.fill, "hatch": look.hatch}
        axes.bar(at, size, bottom=low, width=0.5, zorder=2, **look)
    axes.annotate(
        step["text"],
        (at, max(start, end)),
        xytext=(0, 7 if step["point"] else 3),
        textcoords="offset points",
        ha="center",
        fontsize=9,
        color=INK,
    )
