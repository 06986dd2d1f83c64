"""One indicator: its figure, how it changed and its verdict, year by year."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd
from markupsafe import Markup

from vinhloc.data import Data, select
from vinhloc.figures import (
    EVENT_UNIT,
    _,
    is_missing,
    named,
    unit_after,
    unit_name,
    write_aim,
    write_signed,
    write_value,
)
from vinhloc.show.balance import when_of
from vinhloc.show.statuses import (
    known_late,
    say_due,
    say_lacking,
    say_ours,
    say_target,
    write_judged,
)
from vinhloc.show.table import (
    Number,
    Prose,
    Table,
    any_made_up,
    prose,
    table_of,
)
from vinhloc.show.targets import (
    actual_cell,
    gap_cell,
    gap_size,
    notes_of,
    path_column,
    running_cell,
    say_short,
    standing_mark,
    target_cell,
    term_verdict,
)


def say_known(
    data: Data,
    year: int,
    theme: str | None = None,
    *,
    period: str = "year",
    statuses: Collection[str] = (),
) -> Prose:
    """Return a sentence for each figure that is judged; if none is, for all.

    With `statuses`: only for indicators that have one of them.

    >>> vl.say_known(data, 2024, "economy", statuses=["missed"])
    SỐ LIỆU MINH HỌA: Tỷ lệ tăng thu ngân sách bình quân hàng năm: 13,1% ...
    """
    rows = select(data.assessment, year=year, theme=theme, period=period)
    known = rows[rows["actual"].notna() | rows["conflict"]]
    judged = known[known["status"].ne("not_due")]
    known = judged if len(judged) else known
    if statuses:
        known = known[known["status"].isin(statuses)]
    end = data.programme.last_year
    texts = [say_indicator(row, end=end) for row in known.to_dict("records")]
    when = when_of(data, year, period)
    empty = _("Chưa có số liệu nào của {when}.", when=when)
    texts = texts or ([] if statuses else [empty])
    return prose(texts, made_up=any_made_up(known))


def say_indicator(row: Mapping, *, end: int | None = None) -> str:
    """Return one sentence on a row of the assessment; `end` is the term's last year."""
    source = row["source"]
    values = {
        "name": named(row),
        "actual": (write_judged(row, unit=True) + _notes(row)).replace(") (", "; "),
        "target": write_aim(row),
        "wanted": "" if is_missing(row["target"]) else say_target(row),
        "lacking": say_lacking(row) or _("chưa có số liệu"),
        "done": _write_year(row["done_in"]),
        "due": say_due(row),
        "ours": say_ours(row),
        "cite": f" [{source}]" if isinstance(source, str) else "",
    }
    if _is_plain(row):
        verdict = _verdict(row, at_end=row["period"] == "term" or row["year"] == end)
        return f"{values['name']}: {values['actual']}, {verdict}{values['cite']}."
    return _sentence(row).format(**values)


def _is_plain(row: Mapping) -> bool:
    """Tell whether a row says figure and verdict, and nothing else."""
    event = row["unit"] == EVENT_UNIT
    return row["status"] in ("exceeded", "met", "missed") and not event


def _sentence(row: Mapping) -> str:
    """Return the sentence of a row that has no verdict, or is of an event."""
    match row["status"]:
        case "undecided" if row["conflict"]:
            return _("{name}: hai nguồn khác nhau, chưa chọn; chưa đủ căn cứ đánh giá.")
        case "missed" if known_late(row):
            return _("{name}: {lacking}{cite}.")
        case "missed" if row["over_term"] == "once":
            return _("{name}: {actual}, không đạt (hạn {due}){cite}.")
        case "no_data":
            return _("{name}: {lacking} ({wanted}).")
        case "not_due" if row["conflict"]:
            return _("{name}: hai nguồn khác nhau, chưa chọn; chưa đến hạn đánh giá.")
        case "not_due" if row["period"] == "term":
            return _("{name}: {actual}; chương trình không nêu mục tiêu cả kỳ{cite}.")
        case "not_due" if row["target_basis"] == "total":
            return _("{name}: {actual}; mục tiêu là tổng cả kỳ, xét ở cuối kỳ{cite}.")
        case "not_due" if is_missing(row["target"]):
            return _("{name}: {actual}; chương trình không nêu mục tiêu năm nay{cite}.")
        case "not_due":
            return _("{name}: {actual}; chưa đến hạn đánh giá (hạn {due}){cite}.")
        case "undecided":
            return _(
                "{name}: {actual}, mục tiêu {target}; chưa đủ căn cứ đánh giá{cite}."
            )
        case "met" if row["over_term"] == "once":
            return _("{name}: hoàn thành năm {done} (hạn {due}){ours}{cite}.")
    return _("{name}: {actual}{cite}.")


def _notes(row: Mapping) -> str:
    """Return in brackets how a figure changed on last year, and what it corrects."""
    parts = []
    change = row.get("change")
    if not is_missing(change) and row["over_term"] != "sum":  # steps have own plans
        value = gap_size(row, abs(change))
        if value == gap_size(row, 0):
            parts.append(_("bằng năm trước"))
        elif change > 0:
            parts.append(_("tăng {value} so với năm trước", value=value))
        else:
            parts.append(_("giảm {value} so với năm trước", value=value))
    if not is_missing(row.get("earlier")):
        value = write_value(row["earlier"], row) + unit_after(row)
        parts.append(_("số liệu điều chỉnh, trước là {value}", value=value))
    if not is_missing(row["actual"]) and (lacking := say_lacking(row)):
        parts.append(lacking)
    return f" ({'; '.join(parts)})" if parts else ""


def _verdict(row: Mapping, *, at_end: bool) -> str:
    """Return the verdict: sure or expected, by how much missed, still open or final."""
    down = row["direction"] == "down"
    match row["status"]:
        case "exceeded" if down:
            said = _("tốt hơn mục tiêu {target}")
        case "exceeded":
            said = _("vượt mục tiêu {target}")
        case "met":
            said = _("đạt mục tiêu {target}")
        case _ if at_end:
            said = _("không đạt mục tiêu {target}")
        case _:
            said = _("chưa đạt mục tiêu {target}")
    said = said.format(target=write_aim(row, bare=True))
    if row["vintage"] == "estimate":
        said = _("dự kiến {verdict}", verdict=said)
    short = row["shortfall"]
    if row["status"] != "missed" or is_missing(short) or not short:
        return said
    return f"{said}, {say_short(row)}"


def _write_year(year: float) -> str:
    """Return a year that may be missing."""
    return "–" if is_missing(year) else str(int(year))


def table_of_indicator(rows: pd.DataFrame) -> Table:
    """Return one indicator over the years and the term: target, figure, verdict.

    `rows` are all rows of the indicator; those of the term come last. What is counted
    up has its totals; what is not, its change on the year before.
    """
    first = rows.iloc[0]
    cells = {_("Mục tiêu"): target_cell, _("Thực hiện"): actual_cell}
    if first["over_term"] == "sum":
        cells |= {_("Cộng dồn thực hiện / kế hoạch"): running_cell}
    elif first["unit"] != EVENT_UNIT:
        cells |= {_("Thay đổi"): _change_cell}
    if len(cells) > 2:
        cells |= {_("Chênh lệch"): gap_cell}
    target, *others = ((head, Number(cell)) for head, cell in cells.items())
    columns = {
        _("Năm"): _period,
        **dict([target]),
        **path_column(rows),
        **dict(others),
        _("Kết quả"): _standing,
        _("Mục trong chương trình"): rows["target_locator"].fillna("–"),
    }
    values = {"name": named(first), "unit": unit_name(first)}
    caption = _("{name}: mục tiêu và kết quả từng năm ({unit})", **values)
    return table_of(caption, rows, columns, note=notes_of(rows))


def _period(row: Mapping) -> str:
    return _("Cả nhiệm kỳ") if row["period"] == "term" else str(row["year"])


def _standing(row: Mapping) -> str | Markup:
    return term_verdict(row) if row["period"] == "term" else standing_mark(row)


def _change_cell(row: Mapping) -> str:
    """Return the change on the figure of the year before, with its sign."""
    if row["period"] == "term":
        return "–"
    return write_signed(row["change"], row["decimals"])
