"""Charts that count: statuses by theme, figures by year."""

from __future__ import annotations

import pandas as pd

from vinhloc.assess import STATUSES, balance, is_due
from vinhloc.figures import _, named, write_figure
from vinhloc.show import INK, STANDINGS, each, kind_of_all, status_word
from vinhloc.show.charts.chart import (
    EDGE,
    Chart,
    finish,
    in_style,
    new_figure,
    tile,
    tile_axes,
    titled,
    wrapped,
)
from vinhloc.show.charts.key import add_legend


def draw_balance(rows: pd.DataFrame, themes: pd.DataFrame) -> Chart:
    """Draw how many indicators have which status, a bar per theme.

    `rows`: one row per indicator of the assessment (one year or the term).

    >>> vl.draw_balance(vl.select(data.assessment, year=2024), data.themes).alt
    'SỐ LIỆU MINH HỌA. Nông nghiệp: vượt 3, đạt 1, chưa đến hạn hoặc không có ...'
    """
    counts = balance(rows, by="theme").reindex(themes["theme"], fill_value=0)
    shown = [status for status in STATUSES if counts[status].sum()]
    top = 0.35 if len(shown) <= 3 else 0.55
    height = 0.34 * len(counts) + top + 0.1
    figure, axes = new_figure(height, left=1.55, top=top, bottom=0.1)
    names = each(themes, named)
    start = pd.Series(0, index=counts.index)
    words = {status: status_word(kind_of_all(rows, status)) for status in shown}
    with in_style():
        for status in shown:
            _bar(axes, counts[status], start, status, words[status])
            start = start + counts[status]
        axes.set_yticks(range(len(names)), [wrapped(name, 22) for name in names])
        axes.invert_yaxis()
        axes.set_xlim(0, max(start.max(), 1) * 1.01)
        axes.xaxis.set_visible(False)
        axes.spines[["left", "bottom"]].set_visible(False)
        add_legend(figure, *axes.get_legend_handles_labels(), 3)
    data = counts[shown].rename(columns=words).set_axis(names)
    alt = "; ".join(
        "{}: {}".format(
            name,
            ", ".join(f"{words[s].lower()} {row[s]}" for s in shown if row[s]),
        )
        for name, row in zip(names, counts.to_dict("records"), strict=True)
    )
    return finish(
        _("Kết quả theo lĩnh vực (số chỉ tiêu)"),
        figure,
        alt,
        titled(data, _("Lĩnh vực")),
        rows,
        source=_("Đếm từ bảng đánh giá của báo cáo này."),
    )


def _bar(axes, widths: pd.Series, start: pd.Series, status: str, word: str) -> None:
    look = STANDINGS[status]
    bars = axes.barh(
        range(len(widths)),
        widths,
        left=start,
        height=0.72,
        color=look.fill,
        edgecolor=EDGE if status in ("no_data", "not_due") else "white",
        hatch=look.hatch,
        linewidth=0.8,
        label=word,
    )
    for bar, width in zip(bars, widths, strict=True):
        if width:
            axes.text(
                bar.get_x() + bar.get_width() / 2,
                bar.get_y() + bar.get_height() / 2,
                write_figure(width),
                ha="center",
                va="center",
                fontsize=9,
                color=look.ink,
                bbox={"boxstyle": "round,pad=0.15", "fc": look.fill, "ec": "none"},
            )


def draw_coverage(rows: pd.DataFrame, themes: pd.DataFrame) -> Chart:
    """Draw how many of the due targets have a figure, a tile per theme and year.

    `rows`: the yearly rows of the assessment.

    >>> chart = vl.draw_coverage(vl.select(data.assessment), data.themes)
    >>> chart.data.columns.tolist()
    ['Lĩnh vực', '2020', '2021', '2022', '2023', '2024', '2025']
    """
    known = ~rows["status"].isin(["no_data", "not_due"])
    due = rows.assign(known=known)[is_due(rows)]
    table = due.groupby(["theme", "year"])["known"].agg(["sum", "count"])
    years = sorted(rows["year"].unique())
    every = pd.MultiIndex.from_product([themes["theme"], years])
    table = table.reindex(every, fill_value=0)
    names = each(themes, named)
    figure, axes = new_figure(0.36 * len(names) + 0.75, left=1.55, top=0.35, bottom=0.1)
    cells = []
    with in_style():
        for y, theme in enumerate(themes["theme"]):
            for x, year in enumerate(years):
                known, count = table.loc[(theme, year)]
                cells.append((names[y], year, f"{known}/{count}"))
                _tile(axes, x, y, known, count)
        tile_axes(axes, years, dict(enumerate(names)), width=22)
    frame = pd.DataFrame(cells, columns=["theme", "year", "known"])
    wide = frame.pivot(index="theme", columns="year", values="known").reindex(names)
    alt = _(
        "Số chỉ tiêu đến hạn đã có số liệu: {parts}",
        parts="; ".join(
            _("{year}: {known} trên {count}", year=year, known=k, count=c)
            for year, k, c in due.groupby("year")["known"]
            .agg(["sum", "count"])
            .itertuples(name=None)
        ),
    )
    return finish(
        _("Chỉ tiêu đến hạn đã có số liệu / tổng số đến hạn"),
        figure,
        alt,
        titled(wide, _("Lĩnh vực")).rename(columns=str),
        rows,
        source=_("Đếm từ bảng đánh giá của báo cáo này."),
    )


def _tile(axes, x: int, y: int, known: int, count: int) -> None:
    shades = ("#ffffff", "#d8e8f1", "#9cc4db", "#2f7ba6", "#0a5c8c")
    shade = shades[round(known / count * 4) if known else 0]
    tile(axes, x, y, width=0.92, fill=shade)
    axes.text(
        x,
        y,
        f"{known}/{count}" if count else "–",
        ha="center",
        va="center",
        fontsize=9,
        color="white" if shade in shades[3:] else INK,
    )
