"""Where targets are heading: schedule, pace, projection, in a table and in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from vinhloc.data import Data, seen_from, select
from vinhloc.figures import (
    _,
    is_missing,
    n_,
    named,
    unit_after,
    unit_name,
    write_figure,
    write_signed,
)
from vinhloc.outlook import add_projection, open_sdg_progress
from vinhloc.show.table import (
    MOST,
    Number,
    Prose,
    Table,
    any_made_up,
    prose,
    table_of,
)
from vinhloc.show.targets import change_unit, ends_in_full

ON_TIME = 0.5  # years: what is less is about on time
IN_MONTHS = 2  # years: what is less is told in months


def table_of_outlook(assessment: pd.DataFrame, year: int, theme: str) -> Table:
    """Return, for a theme's targets at the end of the term, schedule, pace, projection.

    `assessment` is the whole one. Indicators without a figure of the year, without
    a last target that figures could lead to, or with nothing to say are left out.

    >>> table = vl.table_of_outlook(data.assessment, 2024, "economy")
    >>> table.frame["So với lộ trình"].tolist()
    ['xấp xỉ tiến độ', 'xấp xỉ tiến độ']
    """
    rows = select(add_projection(assessment[assessment["theme"] == theme]), year=year)
    known = rows["actual"].notna() & rows["bound"].eq("exact")
    told = rows[["progress", "schedule", "projection"]].notna().any(axis=1)
    rows = rows[rows["end_value"].notna() & known & told]
    ends = ends_in_full(assessment)
    columns = {
        _("Chỉ tiêu"): lambda row: f"{named(row)} ({unit_name(row)})",
        _("Mục tiêu cuối"): Number(lambda row: _end_cell(row, ends)),
        _("Tỷ lệ hoàn thành"): Number(_progress),
        _("So với lộ trình"): schedule_words,
        _("Mỗi năm đã thay đổi"): Number(change_in("observed_change")),
        _("Mỗi năm cần thay đổi"): Number(change_in("required_change")),
        _("Dự báo tham khảo"): Number(_projection),
        _("Dự báo"): _outlook_word,
    }
    note = _(
        "Lộ trình đi thẳng giữa các mốc chương trình nêu, bắt đầu từ số liệu năm "
        "gốc; dự báo kéo dài xu hướng từ bốn số liệu trở lên, khoảng trong ngoặc "
        "đúng khoảng bốn trên năm lần khi thử trên chuỗi số liệu có thật. Đều do "
        "bộ công cụ tính để tham khảo."
    )
    caption = _("Tiến độ đến mục tiêu cuối, tính từ số liệu năm {year}", year=year)
    return table_of(caption, rows, columns, note=note)


def _end_cell(row: Mapping, ends: Mapping[str, str]) -> str:
    value = write_figure(row["end_value"], row["decimals"])
    value = ends.get(row["indicator"], value)
    return f"{value} ({int(row['end_year'])})"


def _progress(row: Mapping) -> str:
    written = write_figure(row["progress"])
    return written if is_missing(row["progress"]) else f"{written}%"


def schedule_words(row: Mapping) -> str:
    """Return how far ahead of or behind its path a row is, or why that is unknown."""
    years = row["schedule"]
    if not is_missing(years):
        size, ahead = abs(years), years > 0
        if size < ON_TIME:
            return _("xấp xỉ tiến độ")
        if size < IN_MONTHS:
            months = round(12 * size)
            ahead_of = n_("vượt tiến độ khoảng {n} tháng", months)
            return ahead_of if ahead else n_("chậm tiến độ khoảng {n} tháng", months)
        told = write_figure(size, 1)
        if ahead:
            return _("vượt tiến độ khoảng {years} năm", years=told)
        return _("chậm tiến độ khoảng {years} năm", years=told)
    return {
        "before": _("kém hơn cả mức đầu lộ trình"),
        "beyond": _("đã hơn mức cuối lộ trình"),
        "flat": _("lộ trình giữ nguyên một mức"),
        "no_path": _("chưa có lộ trình"),
        "no_figure": _("chưa đủ số liệu"),
    }[row["schedule_note"]]


def change_in(column: str) -> Callable[[Mapping], str]:
    """Return what writes a yearly change with its sign, a digit finer than figures."""
    return lambda row: write_signed(row[column], row["decimals"] + 1)


def _projection(row: Mapping) -> str:
    reached = is_missing(row["projection"]) or row["outlook"] == "reached"
    return "–" if reached else write_projection(row)


def write_projection(row: Mapping) -> str:
    """Return the projection with its range."""
    columns = ("projection", "projection_low", "projection_high")
    middle, low, high = (write_figure(row[name], row["decimals"]) for name in columns)
    return _("{value} (từ {low} đến {high})", value=middle, low=low, high=high)


def _outlook_word(row: Mapping) -> str:
    """Return what the projection says of the target, in words."""
    return {
        "reached": _("đã đạt mức cuối"),
        "likely": _("có khả năng đạt"),
        "open": _("chưa đủ căn cứ"),
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
    rows = select(assessment[assessment["year"].le(year)])
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
    columns = {
        _("Chỉ tiêu"): named,
        _("Số liệu năm"): "latest_year",
        _("Tốc độ thực tế / cần có"): Number(lambda row: write_figure(row["ratio"], 2)),
        _("Xếp loại Open SDG"): rows["category"].map(words),
        _("So với lộ trình"): schedule_words,
    }
    note = _(
        "Xếp loại này so tốc độ tăng trưởng kép, không so với mốc từng năm; nó "
        "khắt khe với tỷ lệ giảm về gần không và dễ dãi với chỉ tiêu phải tăng "
        "nhiều lần. Báo cáo không dùng nó để đánh giá đạt hay không đạt."
    )
    caption = _("Ý kiến thứ hai: xếp loại tiến độ theo Open SDG 2.4")
    return table_of(caption, rows, columns, note=note)


def say_baseline(
    data: Data, theme: str | None = None, *, indicator: str | None = None
) -> str:
    """Return which levels have no figure of the baseline year, and what that costs.

    "" where none lacks it. Each page says it once, where it begins.
    """
    rows = select(data.assessment, theme=theme, indicator=indicator)
    level = rows["over_term"].eq("last") & rows["direction"].ne("none")
    rows = rows[level & rows["end_value"].notna()]
    lacking = int((rows.groupby("indicator")["baseline"].count() == 0).sum())
    base = data.programme.baseline_year
    if indicator and lacking:
        return _(
            "Chưa có số liệu năm gốc {base}, nên lộ trình, tốc độ và khả năng đạt chưa "
            "tính được đầy đủ.",
            base=base,
        )
    text = n_(
        "{n} chỉ tiêu chưa có số liệu năm gốc {base}, nên lộ trình, tốc độ và khả năng "
        "đạt của các chỉ tiêu đó chưa tính được đầy đủ.",
        lacking,
        base=base,
    )
    return text if lacking else ""


def say_schedule(data: Data, year: int, theme: str | None = None) -> Prose:
    """Return how many indicators are ahead of, on and behind their path, and which.

    >>> vl.say_schedule(data, 2024, "economy").paragraphs[0]
    'So với lộ trình, tính trên 2 chỉ tiêu: ...'
    """
    rows = select(seen_from(data.assessment, year), year=year, theme=theme)
    on_path = rows[rows["schedule"].notna()]
    worse = rows[rows["schedule_note"].eq("before")]
    late = on_path[on_path["schedule"].le(-ON_TIME)].sort_values("schedule")
    ahead = on_path[on_path["schedule"].ge(ON_TIME)]
    if on_path.empty and worse.empty:
        return prose([])  # the page says what lacks, where it begins
    same, slower = len(on_path) - len(ahead) - len(late), len(late) + len(worse)
    parts = {
        n_("{n} vượt tiến độ", len(ahead)): len(ahead),
        n_("{n} xấp xỉ tiến độ", same): same,
        n_("{n} chậm tiến độ", slower): slower,
    }
    text = n_(
        "So với lộ trình, tính trên {n} chỉ tiêu: {parts}.",
        len(on_path) + len(worse),
        parts=", ".join(part for part, count in parts.items() if count),
    )
    slow = pd.concat([worse, late]).head(MOST).to_dict("records")
    named_rows = "; ".join(f"{named(row)} ({schedule_words(row)})" for row in slow)
    which = _("Chậm nhất: {rows}.", rows=named_rows) if slow else ""
    return prose([f"{text} {which}".strip()], made_up=any_made_up(rows))


def say_pace(data: Data, year: int, theme: str | None = None) -> Prose:
    """Return what has to change each year, where the change so far is not enough.

    >>> vl.say_pace(data, 2024, "economy").paragraphs[0]
    'Số doanh nghiệp trên địa bàn: ... mỗi năm phải tăng 4,0 doanh nghiệp; ...'
    """
    rows = select(seen_from(data.assessment, year), year=year, theme=theme)
    slow = rows[rows["pace"] < 1].sort_values("pace").head(MOST)
    texts = [_pace(row) for row in slow.to_dict("records")]
    return prose(texts, made_up=any_made_up(rows))


def _pace(row: Mapping) -> str:
    values = {
        "name": named(row),
        "end": f"{write_figure(row['end_value'], row['decimals'])}{unit_after(row)}",
        "year": int(row["end_year"]),
        "unit": change_unit(row),
        "needed": change_in("required_change")(row).lstrip("+−"),
        "so_far": change_in("observed_change")(row).lstrip("+−"),
    }
    falls, away = row["required_change"] < 0, row["pace"] < 0
    if away and falls:
        return _(
            "{name}: muốn còn {end} vào năm {year}, mỗi năm phải giảm {needed} {unit}; "
            "đến nay lại tăng {so_far} {unit} mỗi năm."
        ).format(**values)
    if away:
        return _(
            "{name}: muốn đạt {end} vào năm {year}, mỗi năm phải tăng {needed} {unit}; "
            "đến nay lại giảm {so_far} {unit} mỗi năm."
        ).format(**values)
    if falls:
        return _(
            "{name}: muốn còn {end} vào năm {year}, mỗi năm phải giảm {needed} {unit}; "
            "đến nay mới giảm {so_far} {unit} mỗi năm."
        ).format(**values)
    return _(
        "{name}: muốn đạt {end} vào năm {year}, mỗi năm phải tăng {needed} {unit}; "
        "đến nay mới tăng {so_far} {unit} mỗi năm."
    ).format(**values)
