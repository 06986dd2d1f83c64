"""By office: what is due, missed, not reported or open, and what is to be done."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from vinhloc.assess import is_due
from vinhloc.data import Data, select
from vinhloc.figures import _, n_, named, write_target
from vinhloc.outlook import urgent_targets
from vinhloc.show.arrears import arrears_of
from vinhloc.show.attention import say_deadline
from vinhloc.show.balance import MET, area_has_ended, when_of
from vinhloc.show.table import Number, Prose, Table, any_made_up, prose, table_of

TOLD = 4  # names in a task


def table_of_offices(
    data: Data, year: int, theme: str | None = None, *, period: str = "year"
) -> Table:
    """Return a line for each office: due, met, missed, unknown; open from before.

    The counts of what is due add up to it. Offices with most to do come first.

    >>> vl.table_of_offices(data, 2024).frame.iloc[0].tolist()[1:3]
    [7, 4]
    """
    rows = select(data.assessment, year=year, theme=theme, period=period)
    due = rows[is_due(rows)]
    counts = counts_of(due, due["department"])
    past = arrears_of(data, year, theme, period=period)["department"].value_counts()
    if len(past):
        offices = counts.index.union(past.index, sort=False)
        counts = counts.reindex(offices, fill_value=0)
        counts[_("Tồn đọng")] = past.reindex(offices, fill_value=0)
    if due.empty and past.empty:
        return table_of(_("Theo bộ phận"), due, {})
    to_do = counts.drop(columns=[_("Đến hạn"), _("Đạt và vượt")]).sum(axis=1)
    order = to_do.sort_values(ascending=False, kind="stable").index
    counts = counts.loc[order, counts.any()]
    names = data.names_of("departments", "department")
    columns = {_("Bộ phận phụ trách (dự kiến)"): [names[name] for name in order]}
    if rows["department_basis"].ne("suggested").all():
        columns = {_("Bộ phận phụ trách"): [names[name] for name in order]}
    columns |= {head: Number(head) for head in counts}
    made_up = any_made_up(rows)
    return table_of(_("Theo bộ phận"), counts, columns, made_up=made_up)


def counts_of(due: pd.DataFrame, by: pd.Series) -> pd.DataFrame:
    """Return how many of what is due are met, missed, unknown: a row per value of `by`.

    The columns carry the words of the language in use; the others add up to the first.
    """
    status = due["status"]
    kinds = {
        _("Đến hạn"): status.notna(),
        _("Đạt và vượt"): status.isin(MET),
        _("Chưa đạt"): status.eq("missed"),
        _("Chưa đủ căn cứ"): status.eq("undecided"),
        _("Chưa có số liệu"): status.eq("no_data"),
    }
    return pd.DataFrame(kinds).groupby(by, sort=False).sum().astype(int)


def table_of_results(data: Data, year: int) -> Table:
    """Return the results of each year of the term up to one, counted as `counts_of`.

    >>> vl.table_of_results(data, 2022).frame["Năm"].tolist()
    [2020, 2021, 2022]
    """
    rows = select(data.assessment, period="year")
    due = rows[is_due(rows) & rows["year"].le(year)]
    counts = counts_of(due, due["year"]).sort_index()
    columns = {_("Năm"): counts.index.tolist()}
    columns |= {head: Number(head) for head in counts}
    caption = _("Kết quả từ đầu nhiệm kỳ")
    return table_of(caption, counts, columns, made_up=any_made_up(rows))


def say_tasks(data: Data, year: int, *, period: str = "year") -> Prose:
    """Return for each office what it is to do: overcome, report, clear up.

    >>> vl.say_tasks(data, 2024).paragraphs[0]
    'Công chức ...: khắc phục 1 chỉ tiêu chưa đạt (...); ...'
    """
    rows = select(data.assessment, year=year, period=period)
    past = arrears_of(data, year, period=period)
    names = data.names_of("departments", "department")
    texts = []
    for office, name in names.items():
        own = rows[rows["department"].eq(office) & is_due(rows)]
        parts = {
            _("khắc phục {n} chỉ tiêu chưa đạt"): own[own["status"].eq("missed")],
            _("bổ sung căn cứ của {n} chỉ tiêu"): own[own["status"].eq("undecided")],
            _("báo cáo {n} số liệu còn thiếu"): own[own["status"].eq("no_data")],
            _("xử lý {n} tồn đọng"): past[past["department"].eq(office)],
        }
        said = [
            f"{text.format(n=len(found))} ({_names(found, year)})"
            for text, found in parts.items()
            if len(found)
        ]
        texts += [f"{name}: {'; '.join(said)}."] if said else []
    return prose(texts, made_up=any_made_up(rows))


def _names(rows: pd.DataFrame, year: int) -> str:
    """Return some rows by name, each once: by when, or since when it is open."""
    shown = {}
    for row in urgent_targets(rows).to_dict("records"):
        deadline = say_deadline(row)
        past = row["period"] == "year" and row["year"] < year
        text = _("{name}, hạn {when}") if deadline.isdigit() else "{name}, {when}"
        text = _("{name}, từ năm {when}") if past else text
        when = row["year"] if past else deadline
        said = text.format(name=named(row), when=when) if when else named(row)
        shown.setdefault(named(row), said)
    names = [*shown.values()]
    more = [_("…")] if len(names) > TOLD else []
    return "; ".join(names[:TOLD] + more)


def say_missing(
    data: Data, year: int, theme: str | None = None, *, period: str = "year"
) -> Prose:
    """Return who is asked for how many missing figures; the successor, once it has one.

    >>> vl.say_missing(data, 2023)
    SỐ LIỆU MINH HỌA: Mọi chỉ tiêu đến hạn đều đã có số liệu.
    """
    rows = select(data.assessment, year=year, theme=theme, period=period)
    made_up = any_made_up(rows)
    missing = rows[rows["status"].eq("no_data")]
    if missing.empty:
        none = _("Mọi chỉ tiêu đến hạn đều đã có số liệu.")
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
        return _("{name} (dự kiến)", name=name) if suggested else name

    columns = {
        _("Chỉ tiêu"): named,
        _("Mục tiêu"): Number(lambda row: write_target(row, unit=True)),
        _("Bộ phận phụ trách"): department,
    }
    caption = _("Đến hạn nhưng chưa có số liệu")
    return table_of(caption, missing, columns, made_up=any_made_up(rows))
