"""Charts that count: statuses by theme, figures by year."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from vinhloc.assess import STATUSES, balance, is_due
from vinhloc.figures import _, named, write_figure
from vinhloc.show import (
    INK,
    MET,
    STANDINGS,
    each,
    is_dark,
    kind_of_all,
    say_known_of_due,
    status_word,
)
from vinhloc.show.charts.axes import LANES, Lane, named_rows, tile, year_columns
from vinhloc.show.charts.chart import EDGE, Chart, finish, titled
from vinhloc.show.charts.grid import add_legend, legend_height
from vinhloc.show.charts.svg import saying


def draw_balance(rows: pd.DataFrame, themes: pd.DataFrame) -> Chart:
    """Draw how many indicators have which status, a bar per theme.

    `rows`: one row per indicator of the assessment (one year or the term).

    >>> vl.draw_balance(vl.select(data.assessment, year=2024), data.themes).alt
    'SỐ LIỆU MINH HỌA. Nông nghiệp: vượt 3, đạt 1, chưa đến hạn hoặc không có ...'
    """
    counts = balance(rows, by="theme").reindex(themes["theme"], fill_value=0)
    shown = [status for status in STATUSES if counts[status].sum()]
    names = each(themes, named)
    words = {status: status_word(kind_of_all(rows, status)) for status in shown}

    def draw(width: float) -> Figure:
        top = legend_height(width, shown)
        figure, axes = named_rows(width, names, top=top, bottom=0.05)
        start = pd.Series(0, index=counts.index)
        for status in shown:
            says = [
                f"{name}: {words[status].lower()} {count}"
                for name, count in zip(names, counts[status], strict=True)
            ]
            _bar(axes, LANES[width], counts[status], start, status, says)
            start = start + counts[status]
        axes.set_xlim(0, max(start.max(), 1) * 1.01)
        axes.xaxis.set_visible(False)
        add_legend(figure, shown, words, bars=True)
        return figure

    data = counts[shown].rename(columns=words).set_axis(names)
    alt = "; ".join(
        "{}: {}".format(
            name,
            ", ".join(f"{words[s].lower()} {row[s]}" for s in shown if row[s]),
        )
        for name, row in zip(names, counts.to_dict("records"), strict=True)
    )
    return finish(
        _least(rows, themes),
        _("Kết quả theo lĩnh vực (số chỉ tiêu)"),
        draw,
        alt,
        titled(data, _("Lĩnh vực")),
        rows,
        source=_("Đếm từ bảng đánh giá của báo cáo này."),
    )


def _bar(
    axes, lane: Lane, widths: pd.Series, start: pd.Series, status: str, says: list[str]
) -> None:
    look = STANDINGS[status]
    bars = axes.barh(
        [at + lane.centre for at in range(len(widths))],
        widths,
        left=start,
        height=1.75 * lane.half,
        color=look.fill,
        edgecolor=EDGE if status in ("no_data", "not_due") else "white",
        hatch=look.hatch,
        linewidth=0.8,
    )
    for bar, width, text in zip(bars, widths, says, strict=True):
        if not width:
            bar.remove()
            continue
        bar.set(**saying(text))
        axes.text(
            bar.get_x() + bar.get_width() / 2,
            bar.get_y() + bar.get_height() / 2,
            write_figure(width),
            ha="center",
            va="center",
            color=look.ink,
            bbox={"boxstyle": "round,pad=0.15", "fc": look.fill, "ec": "none"},
        )


def _least(rows: pd.DataFrame, themes: pd.DataFrame) -> str:
    """Return the theme of which the least share of what is due is met."""
    due = rows[is_due(rows)]
    if is_dark(rows):
        return _("Phần lớn chỉ tiêu đến hạn chưa đánh giá được")
    counts = due["status"].isin(MET).groupby(due["theme"])
    counts = counts.agg(["sum", "size"])
    share = counts["sum"] / counts["size"]
    if share.eq(1).all():
        return _("Mọi chỉ tiêu đến hạn đều đạt hoặc vượt")
    names = dict(zip(themes["theme"], each(themes, named), strict=True))
    values = counts.loc[share.idxmin()].to_dict()
    text = _("Đạt thấp nhất: {theme}, {sum}/{size} chỉ tiêu đến hạn")
    return text.format(theme=names[share.idxmin()], **values)


def draw_coverage(
    rows: pd.DataFrame, themes: pd.DataFrame, *, year: int | None = None
) -> Chart:
    """Draw how many of the due targets have a figure, a tile per theme and year.

    `rows`: the yearly rows of the assessment. With `year`: marked, and the title is
    about it.

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
    cells = [
        (name, at, *table.loc[(theme, at)])
        for name, theme in zip(names, themes["theme"], strict=True)
        for at in years
    ]

    def draw(width: float) -> Figure:
        figure, axes = named_rows(width, names, top=0.3, bottom=0.05)
        year_columns(axes, years, year)
        for name, at, *counts in cells:
            place = years.index(at), names.index(name)
            _tile(axes, LANES[width], place, counts, f"{name}, {at}")
        return figure

    frame = pd.DataFrame(cells, columns=["theme", "year", "known", "count"])
    frame["known"] = frame["known"].astype(str) + "/" + frame["count"].astype(str)
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
        say_known_of_due(rows, year),
        _("Chỉ tiêu đến hạn đã có số liệu / tổng số đến hạn"),
        draw,
        alt,
        titled(wide, _("Lĩnh vực")).rename(columns=str),
        rows,
        source=_("Đếm từ bảng đánh giá của báo cáo này."),
    )


def _tile(axes, lane: Lane, place: tuple[int, int], counts: list, name: str) -> None:
    known, count = counts
    shades = ("#ffffff", "#d8e8f1", "#9cc4db", "#2f7ba6", "#0a5c8c")
    shade = shades[round(known / count * 4) if known else 0]
    text = f"{known}/{count}" if count else "–"
    tile(axes, lane, *place, fill=shade, says=f"{name}: {text}")
    axes.text(
        place[0],
        place[1] + lane.centre,
        text,
        ha="center",
        va="center",
        color="white" if shade in shades[3:] else INK,
    )
