"""Where targets are heading: schedule, pace, projection, in a table and in words."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from vinhloc.figures import _, is_missing, named, write_figure
from vinhloc.outlook import add_projection, open_sdg_progress
from vinhloc.show.table import Table, make_table
from vinhloc.show.tables import each
from vinhloc.show.tables_years import gap_unit

ON_TIME = 0.05  # years that are written as 0,0


def table_of_outlook(assessment: pd.DataFrame, year: int, theme: str) -> Table:
    """Return, for a theme's targets at the end of the term, schedule, pace, projection.

    `assessment` is the whole one. Indicators without a figure of the year, or without
    a last target that figures could lead to, are left out.

    >>> table = vl.table_of_outlook(data.assessment, 2024, "economy")
    >>> table.frame["So với lộ trình"].tolist()
    ['chậm 0,1 năm', 'chậm 0,4 năm']
    """
    rows = add_projection(assessment[assessment["theme"] == theme])
    rows = rows[rows["period"].eq("year") & rows["year"].eq(year)]
    known = rows["actual"].notna() & rows["bound"].eq("exact")
    rows = rows[rows["end_value"].notna() & known]
    so_far, needed = _("Mỗi năm đã thay đổi"), _("Mỗi năm cần thay đổi")
    target, way = _("Mục tiêu cuối"), _("Chặng đường đã đi")
    ahead = _("Dự báo tham khảo")
    columns = {
        _("Chỉ tiêu"): each(rows, lambda row: f"{named(row)} ({gap_unit(row)})"),
        target: each(rows, _end_cell),
        way: each(rows, _progress),
        _("So với lộ trình"): each(rows, schedule_words),
        so_far: each(rows, lambda row: write_change(row, "observed_change")),
        needed: each(rows, lambda row: write_change(row, "required_change")),
        ahead: each(rows, _projection),
        _("Khả năng đạt"): each(rows, _outlook_word),
    }
    return make_table(
        _("Tiến độ đến mục tiêu cuối, tính từ số liệu năm {year}", year=year),
        columns,
        numbers=(target, way, so_far, needed, ahead),
        note=_(
            "Lộ trình đi thẳng giữa các mốc chương trình nêu, bắt đầu từ số liệu năm "
            "gốc; dự báo kéo dài xu hướng từ bốn số liệu trở lên, khoảng trong ngoặc "
            "đúng khoảng bốn trên năm lần khi thử trên chuỗi số liệu có thật. Đều do "
            "bộ công cụ tính để tham khảo."
        ),
        made_up=bool(rows["made_up"].any()),
    )


def _end_cell(row: Mapping) -> str:
    value = write_figure(row["end_value"], row["decimals"])
    return f"{value} ({int(row['end_year'])})"


def _progress(row: Mapping) -> str:
    written = write_figure(row["progress"])
    return written if is_missing(row["progress"]) else f"{written}%"


def schedule_words(row: Mapping) -> str:
    """Return how far ahead of or behind its path a row is, or why that is unknown."""
    years = row["schedule"]
    if not is_missing(years):
        if abs(years) < ON_TIME:
            return _("đúng lộ trình")
        size = write_figure(abs(years), 1)
        return (
            _("nhanh {years} năm", years=size)
            if years > 0
            else _("chậm {years} năm", years=size)
        )
    return {
        "before": _("kém hơn cả mức đầu lộ trình"),
        "beyond": _("đã hơn mức cuối lộ trình"),
        "flat": _("lộ trình giữ nguyên một mức"),
        "no_path": _("chưa có lộ trình (thiếu số liệu năm gốc)"),
        "no_figure": _("chưa đủ số liệu"),
    }[row["schedule_note"]]


def write_change(row: Mapping, column: str) -> str:
    """Return a change a year with its sign, one digit finer than the figure."""
    value = row[column]
    written = write_figure(value, row["decimals"] + 1)
    return f"+{written}" if not is_missing(value) and value > 0 else written


def _projection(row: Mapping) -> str:
    if is_missing(row["projection"]) or row["outlook"] == "reached":
        return "–"
    columns = ("projection", "projection_low", "projection_high")
    middle, low, high = (write_figure(row[name], row["decimals"]) for name in columns)
    return _("{value} (từ {low} đến {high})", value=middle, low=low, high=high)


def _outlook_word(row: Mapping) -> str:
    """Return what the projection says of the target, in words."""
    return {
        "reached": _("đã đạt mức cuối"),
        "likely": _("có khả năng đạt"),
        "open": _("chưa rõ"),
        "unlikely": _("khó đạt"),
    }.get(row["outlook"], "–")


def second_opinion(assessment: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the Open SDG classification of the levels that have a baseline.

    The rows of a year with the inputs and results of `open_sdg_progress`: latest_year
    and latest_value are those of the latest exact figure up to the year.

    >>> rows = vl.second_opinion(data.assessment, 2024).set_index("indicator")
    >>> rows.loc["rice_area", "category"]
    'substantial_progress'
    """
    rows = assessment[assessment["period"].eq("year") & assessment["year"].le(year)]
    rows = rows[rows["bound"].eq("exact") & rows["over_term"].eq("last")]
    rows = rows[rows["actual"].notna() & rows["end_value"].notna()]
    rows = rows[rows["direction"].ne("none")]
    last = rows.drop_duplicates("indicator", keep="last")
    last = last[last["baseline"].notna() & last["year"].gt(last["baseline_year"])]
    limit = last["unit"].eq("%").map({True: 100.0, False: None}).astype(float)
    inputs = pd.DataFrame(
        {
            "baseline_year": last["baseline_year"],
            "baseline_value": last["baseline"],
            "latest_year": last["year"],
            "latest_value": last["actual"],
            "target_year": last["end_year"],
            "target_value": last["end_value"],
            "direction": last["direction"].map({"up": "increase", "down": "decrease"}),
            "limit": limit,
        }
    )
    return last.assign(**inputs, **open_sdg_progress(inputs))


def table_of_second_opinion(assessment: pd.DataFrame, year: int) -> Table:
    """Return the international classification beside our own schedule.

    By growth rates, as Open SDG and Statistics Canada do; never the review's verdict.

    >>> table = vl.table_of_second_opinion(data.assessment, 2024)
    >>> table.frame["Xếp loại Open SDG"].iloc[0]
    'tiến bộ rõ rệt'
    """
    rows = second_opinion(assessment, year)
    words = {
        "target_achieved": _("đã đạt mục tiêu"),
        "substantial_progress": _("tiến bộ rõ rệt"),
        "moderate_progress": _("tiến bộ vừa"),
        "limited_progress": _("tiến bộ ít"),
        "deterioration": _("đi lùi"),
        "not_available": _("không tính được"),
    }
    ratio = _("Tốc độ thực tế / cần có")
    columns = {
        _("Chỉ tiêu"): each(rows, named),
        _("Số liệu năm"): rows["latest_year"].tolist(),
        ratio: [write_figure(value, 2) for value in rows["ratio"]],
        _("Xếp loại Open SDG"): rows["category"].map(words).tolist(),
        _("So với lộ trình"): each(rows, schedule_words),
    }
    return make_table(
        _("Ý kiến thứ hai: xếp loại tiến độ theo Open SDG 2.4"),
        columns,
        numbers=(ratio,),
        note=_(
            "Xếp loại này so tốc độ tăng trưởng kép, không so với mốc từng năm; nó "
            "khắt khe với tỷ lệ giảm về gần không và dễ dãi với chỉ tiêu phải tăng "
            "nhiều lần. Báo cáo không dùng nó để kết luận đạt hay không đạt."
        ),
        made_up=bool(rows["made_up"].any()),
    )
