"""What the rows of a chart say, as its title: value, last year, plan."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from vinhloc.assess import is_due
from vinhloc.figures import (
    EVENT_UNIT,
    GRADE_UNIT,
    NO_BREAK,
    _,
    is_missing,
    named,
    unit_after,
    unit_name,
    write_actual,
    write_aim,
    write_figure,
)
from vinhloc.show.balance import say_results
from vinhloc.show.statuses import known_late, say_ours
from vinhloc.show.targets import gap_size


def say_finding(rows: pd.DataFrame, year: int | None = None) -> str:
    """Return what the yearly rows of one indicator say of a year, the latest without.

    Value, change on last year, distance from plan, or from our path where there is no
    plan of that year; and what is wanted where there is no figure.

    >>> from vinhloc.show import say_finding
    >>> rows = vl.select(data.assessment, indicator="rice_area")
    >>> print(say_finding(rows, 2023))
    Diện tích lúa đạt 297,7 ha, tăng 10,5 ha so với năm trước, thấp hơn lộ trình 1,1 ha
    """
    records = rows.to_dict("records")
    year = year_shown(rows, year)
    known = [
        row for row in records if not is_missing(row["actual"]) and row["year"] <= year
    ]
    (row,) = [row for row in records if row["year"] == year][:1] or records[-1:]
    if row["over_term"] == "once":
        return _say_event(row)
    if row["conflict"]:
        return _("{name}: hai nguồn khác nhau, chưa chọn", name=named(row))
    if not is_missing(row["actual"]):
        return _say_value(row)
    parts = [_("Chưa có số liệu năm {year}", year=year) if known else lacking()]
    if row["over_term"] == "sum" and not is_missing(row["cumulative"]):
        if is_missing(row["target"]):  # nothing was planned for the year
            return f"{named(row)}: {_say_total(row)}"
        parts.append(_say_total(row))
    elif known:
        last = known[-1]
        values = {"year": last["year"], "actual": write_actual(last, unit=True)}
        parts.append(_("năm {year}: {actual}", **values))
    stated = [row for row in records if row["target_basis"] == "stated"]
    later = [row for row in stated if row["year"] >= year] or stated[-1:]
    if later:
        values = {"year": later[0]["year"], "target": write_aim(later[0], bare=True)}
        parts.append(_("mục tiêu {year}: {target}", **values))
    return "; ".join(parts)


def lacking() -> str:
    """Return the title of what has no figure at all."""
    return _("Chưa có số liệu")


def year_shown(rows: pd.DataFrame, year: int | None) -> int:
    """Return the year of which rows are read: that under review, or the latest known.

    Of rows without any figure, the last.
    """
    if year is not None:
        return year
    known = rows["year"][rows["actual"].notna()]
    return int((known if len(known) else rows["year"]).max())


def _say_event(row: Mapping) -> str:
    """Return whether an event is done, in which year, and when it was due."""
    due = _year(row["due_year"])
    if not is_missing(row["actual"]) and row["actual"] >= 1:
        done = row["year"] if is_missing(row["done_in"]) else int(row["done_in"])
        values = {"name": named(row), "done": done, "due": due, "ours": say_ours(row)}
        return _("{name}: hoàn thành năm {done} (hạn {due}){ours}", **values)
    if known_late(row):
        text = _("{name}: quá hạn từ năm {due}, chưa báo cáo hoàn thành")
    elif is_missing(row["actual"]):
        text = _("{name}: chưa có số liệu, phải hoàn thành năm {due}")
    else:
        text = _("{name}: chưa hoàn thành (hạn {due})")
    return text.format(name=named(row), due=due)


def _say_value(row: Mapping) -> str:
    """Return the figure of a year, how it changed, how far it is from the plan."""
    actual = write_actual({**row, "vintage": "final"}, unit=True)
    if row["unit"] in (EVENT_UNIT, GRADE_UNIT):
        text = _("{name}: {actual}")
    elif row["vintage"] == "estimate":
        text = _("{name} ước đạt {actual}")
    elif row["direction"] == "down":
        text = _("{name} là {actual}")
    else:
        text = _("{name} đạt {actual}")
    values = {"name": named(row), "actual": actual + say_ours(row)}
    parts = [text.format(**values), _say_change(row), _say_plan(row)]
    said = ", ".join(filter(None, parts))
    if row["over_term"] == "sum" and not is_missing(row["cumulative"]):
        return f"{said}; {_say_total(row)}"
    return said


def _say_change(row: Mapping) -> str:
    """Return how a figure changed on the year before; steps have plans of their own."""
    change = row.get("change")
    if is_missing(change) or row["over_term"] == "sum" or row["unit"] == EVENT_UNIT:
        return ""
    value = say_size(row, abs(change))
    if value == say_size(row, 0):
        return _("bằng năm trước")
    if change > 0:
        return _("tăng {value} so với năm trước", value=value)
    return _("giảm {value} so với năm trước", value=value)


def _say_plan(row: Mapping) -> str:
    """Return how far a figure is from the year's plan, without one from our path."""
    stated = row["target_basis"] == "stated"
    if row["status"] == "undecided":
        return _("chưa đủ căn cứ đánh giá")
    within = row["comparator"] in ("between", "about") and row["status"] != "missed"
    if within or row["unit"] == EVENT_UNIT or row["bound"] != "exact":
        return _compared(row["status"]) if stated else ""
    if stated and not is_missing(row["gap"]):
        return _distance(row, row["gap"], plan=True)
    if not is_missing(row["expected"]):
        return _distance(row, row["actual"] - row["expected"], plan=False)
    return ""


def _compared(status: str) -> str:
    """Return a verdict on a figure whose distance from the plan is not known."""
    met = {"exceeded": _("vượt kế hoạch"), "met": _("đạt kế hoạch")}
    return {**met, "missed": _("chưa đạt kế hoạch")}.get(status, "")


def _distance(row: Mapping, gap: float, *, plan: bool) -> str:
    value = say_size(row, abs(gap))
    if value == say_size(row, 0):
        return _("bằng kế hoạch") if plan else _("đúng lộ trình")
    if gap > 0:
        text = _("cao hơn kế hoạch {value}") if plan else _("cao hơn lộ trình {value}")
    else:
        text = (
            _("thấp hơn kế hoạch {value}") if plan else _("thấp hơn lộ trình {value}")
        )
    return text.format(value=value)


def _say_total(row: Mapping) -> str:
    """Return the running total of what is added up, and its distance from its plan."""
    done, planned = row["cumulative"], row["cumulative_target"]
    unit = unit_after(row) or f"{NO_BREAK}{unit_name(row)}"
    said = _("lũy kế {value}", value=write_figure(done, row["decimals"]) + unit)
    if is_missing(planned):
        return said
    return f"{said}, {_distance(row, done - planned, plan=True)}"


def say_size(row: Mapping, value: float) -> str:
    """Return a difference in words: of a rate, in percentage points.

    Of a sum per head and year, the sum.
    """
    size = gap_size(row, value)
    return size[: size.index("/")] if size.count("/") > 1 else size


def say_events(events: list[Mapping], year: int) -> str:
    """Return how many of some events are done, and how many are late.

    An event: its year `due` and its year `done`, missing where it has none.
    """
    done = [
        event
        for event in events
        if not is_missing(event["done"]) and event["done"] <= year
    ]
    late = [
        event
        for event in events
        if event not in done and not is_missing(event["due"]) and event["due"] <= year
    ]
    values = {"done": len(done), "count": len(events), "late": len(late)}
    text = _("Đã hoàn thành {done}/{count} nhiệm vụ")
    if late:
        text = _(
            "Đã hoàn thành {done}/{count} nhiệm vụ, {late} đến hạn chưa hoàn thành"
        )
    return text.format(**values)


def say_several(rows: pd.DataFrame, year: int | None = None) -> str:
    """Return what the yearly rows of indicators say of a year: how many are met."""
    if rows["indicator"].nunique() == 1:
        return say_finding(rows, year)
    if rows["actual"].isna().all():
        return lacking()
    year = year_shown(rows, year)
    now = rows[rows["year"].eq(year)]
    if is_due(now).any():
        return say_results(now, _("năm {year}", year=year)).removesuffix(".")
    ours = now[now["expected"].notna() & now["bound"].eq("exact")]
    if ours.empty:
        return _("Năm {year} không có chỉ tiêu nào đến hạn", year=year)
    ahead = ours["actual"] - ours["expected"]
    kept = ahead.where(ours["direction"].ne("down"), -ahead).ge(0)
    return _(
        "Năm {year} chưa có chỉ tiêu nào đến hạn; {kept}/{count} chỉ tiêu theo kịp "
        "lộ trình",
        year=year,
        kept=int(kept.sum()),
        count=len(ours),
    )


def say_known_of_due(rows: pd.DataFrame, year: int | None = None) -> str:
    """Return for how many of the due targets a figure is known, in a year or in all."""
    due = rows[is_due(rows)]
    if year is not None:
        due = due[due["year"].eq(year)]
    values = {"known": int(due["status"].ne("no_data").sum()), "count": len(due)}
    if year is not None:
        text = _("Năm {year}: {known}/{count} chỉ tiêu đến hạn đã có số liệu")
        return text.format(year=year, **values)
    return _("{known}/{count} lượt chỉ tiêu đến hạn đã có số liệu", **values)


def _year(year: float) -> str:
    return "–" if is_missing(year) else str(int(year))
