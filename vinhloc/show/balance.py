"""The balance: how many targets are met, what lacks a figure, what has ended."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pandas as pd

from vinhloc.assess import VERDICTS, is_due
from vinhloc.data import Data, select
from vinhloc.figures import _, n_, named, write_date, write_figure, write_target
from vinhloc.show.outlook import say_baseline
from vinhloc.show.statuses import shown_statuses
from vinhloc.show.table import (
    Number,
    Prose,
    Table,
    any_made_up,
    prose,
    table_of,
)


def headline(rows: pd.DataFrame) -> str:
    """Return the balance of rows of one period in one sentence.

    "x/y chỉ tiêu đạt và vượt, trong đó v vượt": y counts those with a verdict.
    """
    counts = rows["status"].value_counts()
    judged = sum(counts.get(status, 0) for status in VERDICTS)
    exceeded = counts.get("exceeded", 0)
    if not judged:
        return _("Chưa có chỉ tiêu nào đủ số liệu để kết luận đạt hay không đạt.")
    met = exceeded + counts.get("met", 0)
    values = {"met": write_figure(met), "judged": write_figure(judged)}
    if not exceeded:
        return _("Đạt và vượt {met}/{judged} chỉ tiêu có kết luận.", **values)
    return _(
        "Đạt và vượt {met}/{judged} chỉ tiêu có kết luận, "
        "trong đó {exceeded} chỉ tiêu vượt.",
        exceeded=write_figure(exceeded),
        **values,
    )


def rest_of_balance(rows: pd.DataFrame) -> str:
    """Return what stands beside the headline: no figure, undecided, no target yet.

    And which of the verdicts are of overdue tasks, or rest on what was inferred.
    """
    counts = shown_statuses(rows).value_counts()
    no_data, overdue = counts.get("no_data", 0), counts.get("overdue", 0)
    inferred = rows["inferred"].notna() & rows["inferred"].ne("")
    inferred &= rows["status"].isin(VERDICTS)
    incomplete, open_ = counts.get("incomplete", 0), counts.get("undecided", 0)
    later, none = counts.get("not_due", 0), counts.get("no_target", 0)
    never = counts.get("no_target_term", 0)
    parts = {
        n_("{n} chỉ tiêu đến hạn nhưng chưa có số liệu", no_data): no_data,
        n_("{n} chỉ tiêu đến hạn nhưng thiếu số liệu", incomplete): incomplete,
        n_("{n} chỉ tiêu chưa kết luận được", open_): open_,
        n_("{n} chỉ tiêu chưa đến hạn trong năm", later): later,
        n_("{n} chỉ tiêu không có mục tiêu trong năm", none): none,
        n_("{n} chỉ tiêu không có mục tiêu cả kỳ trong chương trình", never): never,
    }
    said = "; ".join(text for text, count in parts.items() if count)
    texts = {
        _("Ngoài ra: {parts}.", parts=said): said,
        n_("Không đạt gồm {n} nhiệm vụ quá hạn, chưa báo cáo hoàn thành.", overdue): (
            overdue
        ),
        n_(
            "{n} kết luận theo cách hiểu của nhóm biên soạn, chưa được xác nhận.",
            inferred.sum(),
        ): inferred.any(),
    }
    return " ".join(text for text, has in texts.items() if has)


def say_balance(
    data: Data, year: int, theme: str | None = None, *, period: str = "year"
) -> Prose:
    """Return the balance: the programme's own list first, the others apart.

    >>> vl.say_balance(data, 2024, "economy").paragraphs[1]
    'Các chỉ tiêu khác ... năm 2024: Đạt và vượt 1/1 chỉ tiêu có kết luận, ...'
    """
    rows = select(data.assessment, year=year, theme=theme, period=period)
    when = when_of(data, year, period)
    main, other = rows[rows["main"]], rows[~rows["main"]]
    texts = []
    for part, label in (
        (main, _("Danh mục mục tiêu chính của chương trình")),
        (other, _("Các chỉ tiêu khác nêu trong chương trình")),
    ):
        if len(part):
            count = n_("{n} chỉ tiêu", len(part))
            texts.append(
                f"{label} ({count}), {when}: {headline(part)} {rest_of_balance(part)}"
            )
    return prose(texts, made_up=any_made_up(rows))


def when_of(data: Data, year: int, period: str) -> str:
    """Return the year or the term under review, in words."""
    span = f"{data.programme.first_year}-{data.programme.last_year}"
    if period == "term":
        return _("nhiệm kỳ {span}", span=span)
    return _("năm {year}", year=year)


def say_coverage(
    data: Data, year: int, theme: str | None = None, *, period: str = "year"
) -> Prose:
    """Return what the data hold and lack for a year or the term, before any claim.

    >>> vl.say_coverage(data, 2024).paragraphs[0]
    'Xét năm 2024, có 27 mục tiêu đến hạn đánh giá; tất cả đều có số liệu ...'
    """
    rows = select(data.assessment, year=year, theme=theme, period=period)
    missing = int(rows["status"].eq("no_data").sum())
    area = data.names_of("areas", "area")[data.programme.area]
    when = when_of(data, year, period)
    coverage = _coverage(int(is_due(rows).sum()), missing, when=when, area=area)
    texts = [coverage, say_early(rows)]
    if missing:
        texts.append(
            _(
                "Số liệu còn thiếu được để trống, không ước lượng và không lấy số của "
                "nơi khác thay vào."
            )
        )
    texts.append(say_baseline(data, theme))
    if data.as_of:
        day = write_date(data.as_of)
        texts.append(_("Chỉ tính số liệu nhận được đến ngày {day}.", day=day))
    return prose(texts, made_up=data.made_up)


def say_early(rows: pd.DataFrame) -> str:
    """Return how many tasks were done before they were due; "" if there is none."""
    early = int((rows["status"].isin(VERDICTS) & ~is_due(rows)).sum())
    if not early:
        return ""
    return n_("{n} việc chưa đến hạn đã hoàn thành và được tính là đạt.", early)


def _coverage(due: int, missing: int, **values: str) -> str:
    """Return how many of the due targets have a figure; none is said in words."""
    if missing == due:
        return n_(
            "Xét {when}, có {n} mục tiêu đến hạn đánh giá; chưa mục tiêu nào có đủ "
            "số liệu của {area}.",
            due,
            **values,
        )
    if not missing:
        return n_(
            "Xét {when}, có {n} mục tiêu đến hạn đánh giá; tất cả đều có số liệu của "
            "{area}.",
            due,
            **values,
        )
    return _(
        "Xét {when}, có {due} mục tiêu đến hạn đánh giá; {known} mục tiêu có số "
        "liệu của {area}, {missing} mục tiêu chưa có hoặc còn thiếu.",
        due=due,
        known=due - missing,
        missing=missing,
        **values,
    )


def say_missing(
    data: Data, year: int, theme: str | None = None, *, period: str = "year"
) -> Prose:
    """Return who is asked for how many missing figures; the successor, once it has one.

    >>> vl.say_missing(data, 2023)
    SỐ LIỆU MINH HỌA: Mọi mục tiêu đến hạn đều đã có số liệu.
    """
    rows = select(data.assessment, year=year, theme=theme, period=period)
    made_up = any_made_up(rows)
    missing = rows[rows["status"].eq("no_data")]
    if missing.empty:
        none = _("Mọi mục tiêu đến hạn đều đã có số liệu.")
        return prose([none], made_up=made_up)
    names = data.names_of("departments", "department")
    counts = (
        missing.groupby("department", sort=False).size().sort_values(ascending=False)
    )
    parts = [f"{names[department]}: {count}" for department, count in counts.items()]
    if area_has_ended(data, year):
        areas = data.names_of("areas", "area")
        text = n_(
            "{n} số liệu còn thiếu của {when} cần xác nhận với Ủy ban nhân dân "
            "{successor}; {area} không còn. Trước đó thuộc: {parts}.",
            len(missing),
            when=when_of(data, year, period),
            successor=areas[data.programme.successor_area],
            area=areas[data.programme.area],
            parts="; ".join(parts),
        )
        return prose([text], made_up=made_up)
    collating = names[data.programme.collating_department]
    text = _(
        "Đề nghị {collating} đôn đốc các nơi báo cáo số liệu còn thiếu của {when} - "
        "{parts}.",
        collating=collating,
        when=when_of(data, year, period),
        parts="; ".join(parts),
    )
    return prose([text], made_up=made_up)


def area_has_ended(data: Data, year: int) -> bool:
    """Tell whether the area is no longer reported on by the end of a year."""
    until = data.programme.area_until
    return until is not None and year >= until.year


def ended(data: Data, year: int) -> str:
    """Return that the area is no longer reported on, once it has ended; else ""."""
    until = data.programme.area_until
    if not area_has_ended(data, year):
        return ""
    areas = data.names_of("areas", "area")
    return _(
        "Từ ngày {day}, {area} nhập vào {successor}: "
        "không còn báo cáo cho địa bàn này.",
        day=write_date(until + datetime.timedelta(days=1)),
        area=areas[data.programme.area],
        successor=areas[data.programme.successor_area],
    )


def say_ended(data: Data) -> Prose:
    """Return whether and since when the area is no longer reported on.

    >>> vl.say_ended(data)
    Từ ngày 01/07/2025, thị trấn Vĩnh Lộc nhập vào xã Vĩnh Lộc: ...
    """
    return prose([ended(data, data.programme.last_year)])


def table_of_missing(rows: pd.DataFrame, departments: Mapping[str, str]) -> Table:
    """Return what is due without a figure: department, indicator, target.

    >>> names = data.names_of("departments", "department")
    >>> table = vl.table_of_missing(vl.select(data.assessment, year=2025), names)
    >>> table.frame["Chỉ tiêu"].tolist()[:1]
    ['Diện tích đất nông nghiệp được tích tụ, tập trung']
    """
    missing = rows[rows["status"].eq("no_data")]
    missing = missing.sort_values(["department", "order"], kind="stable")

    def department(row: Mapping) -> str:
        name = departments.get(row["department"], row["department"])
        suggested = row["department_basis"] == "suggested"
        return _("{name} (đề nghị)", name=name) if suggested else name

    columns = {
        _("Chỉ tiêu"): named,
        _("Mục tiêu"): Number(lambda row: write_target(row, unit=True)),
        _("Nơi báo cáo"): department,
    }
    caption = _("Đến hạn nhưng chưa có số liệu")
    return table_of(caption, missing, columns, made_up=any_made_up(rows))


def table_of_departments(rows: pd.DataFrame, departments: Mapping[str, str]) -> Table:
    """Return how many due targets of each department lack a figure.

    >>> names = data.names_of("departments", "department")
    >>> table = vl.table_of_departments(vl.select(data.assessment, year=2024), names)
    >>> list(table.frame)
    ['Nơi báo cáo (đề nghị)', 'Đến hạn', 'Chưa có số liệu']
    """
    due = rows[is_due(rows)]
    lacking = due["status"].eq("no_data").groupby(due["department"])
    counts = lacking.agg(["size", "sum"])
    counts = counts.sort_values(["sum", "size"], ascending=False, kind="stable")
    columns = {
        _("Nơi báo cáo (đề nghị)"): [departments[name] for name in counts.index],
        _("Đến hạn"): Number("size"),
        _("Chưa có số liệu"): Number("sum"),
    }
    caption = _("Số mục tiêu đến hạn theo nơi báo cáo")
    return table_of(caption, counts, columns, made_up=any_made_up(rows))
