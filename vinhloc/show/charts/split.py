"""A gap drawn as steps: from the target through each cause to the figure."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from vinhloc.data import select
from vinhloc.figures import _, named, unit_name, write_signed, write_value
from vinhloc.outlook import aim_of_split, split_gap
from vinhloc.show import (
    INK,
    STANDINGS,
    Sentence,
    Table,
    nothing_to_show,
    say_split,
)
from vinhloc.show.charts.axes import (
    letters_in,
    number_axis,
    say_axis,
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
    programme_source,
)
from vinhloc.show.charts.svg import saying

LESS, MORE = STANDINGS["missed"], STANDINGS["met"]  # their colours and hatches
ROOM = 0.3  # above and below what is drawn, as a share of it


def draw_split(
    assessment: pd.DataFrame, indicator: str, year: int
) -> Chart | Table | Sentence:
    """Draw how an output's factors lead from its target to its figure.

    From the plan of the year, or the last target where the year has none.
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

    def draw(width: float) -> Figure:
        figure, axes = new_figure(
            width, 2.7, left=0.6, right=0.1, bottom=0.55, top=0.35
        )
        for at, step in enumerate(steps):
            _draw_step(axes, at, step)
        levels = [step["to"] for step in steps]
        room = (max(levels) - min(levels) or abs(levels[0]) or 1) * ROOM
        axes.set_ylim(min(levels) - room, max(levels) + room)
        axes.set_xlim(-0.5, len(steps) - 0.5)
        letters = letters_in(axes, len(steps))
        labels = [wrapped(step["label"], letters) for step in steps]
        axes.set_xticks(range(len(steps)), labels)
        number_axis(axes, own)
        write_above(axes, say_axis(axes, own, unit_name(own)))
        return figure

    labels = {"label": _("Bước"), "text": unit_name(own)}
    data = pd.DataFrame(steps)[[*labels]].rename(columns=labels)
    alt = "; ".join(f"{step['label']}: {step['text']}" for step in steps)
    used = rows[rows.index.isin([indicator, *parts["indicator"]])]
    (said,) = say_split(assessment, indicator, year).paragraphs
    values = {"unit": unit_name(own), "year": year}
    return finish(
        said.removesuffix("."),
        _("Đơn vị: {unit}; từ mục tiêu đến thực hiện năm {year}", **values),
        draw,
        alt,
        data,
        rows.loc[[indicator]],
        source=programme_source(used),
    )


def _steps(own: pd.Series, parts: pd.DataFrame, rows: pd.DataFrame) -> list[dict]:
    """Return what is drawn: the target, each part in its place, the figure."""
    aims, aim = aim_of_split(rows, own["indicator"])
    level = aims[own["indicator"]]
    steps = [_point(_("Mục tiêu {year}", year=int(aim)), level, own)]
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
        says = saying(f"{step['label']}: {step['text']}")
        axes.plot(at, end, ls="", ms=8, **{"color": ACTUAL, **look, **says})
    else:
        look = LESS if end < start else MORE
        low, size = min(start, end), abs(end - start)
        look = {"color": look.fill, "hatch": look.hatch}
        look |= saying(f"{step['label']}: {step['text']}")
        axes.bar(at, size, bottom=low, width=0.5, zorder=2, **look)
    axes.annotate(
        step["text"],
        (at, max(start, end)),
        xytext=(0, 7 if step["point"] else 3),
        textcoords="offset points",
        ha="center",
        color=INK,
    )
