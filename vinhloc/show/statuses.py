"""Where a row stands: its status as shape and word, what it lacks, its figure."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from markupsafe import Markup

from vinhloc.figures import EVENT_UNIT, _, is_missing, write_actual, write_target

# A shape for each status beside its word; drawn in a box of 10 by 10.
SHAPES = {
    "exceeded": "M5 0 10 5H7V10H3V5H0Z",
    "met": "M5 0A5 5 0 1 0 5 10 5 5 0 1 0 5 0Z",
    "missed": "M0 1H10L5 10Z",
    "undecided": "M5 0A5 5 0 1 0 5 10V0Z",
    "no_data": "M5 0A5 5 0 1 0 5 10 5 5 0 1 0 5 0ZM5 1.8A3.2 3.2 0 1 1 5 8.2 "
    "3.2 3.2 0 1 1 5 1.8Z",
    "not_due": "M0 4H10V6H0Z",
}
# What is shown of some rows instead of their status, and that status.
KINDS = {
    "no_target": "not_due",
    "no_target_term": "not_due",
    "waiting": "not_due",
    "incomplete": "no_data",
    "overdue": "no_data",
}
# What `shown_status` asks of a row.
DECIDING = ["status", "period", "target", "over_term"]
DECIDING += ["latest", "latest_year", "due_year"]


def status_word(status: str) -> str:
    """Return the word for a status, or for a kind of one, in the language in use."""
    return {
        "exceeded": _("Vượt"),
        "met": _("Đạt"),
        "missed": _("Không đạt"),
        "undecided": _("Chưa kết luận được"),
        "no_data": _("Chưa có số liệu"),
        "not_due": _("Chưa đến hạn"),
        "no_target": _("Không có mục tiêu trong năm"),
        "no_target_term": _("Không có mục tiêu cả kỳ"),
        "waiting": _("Chưa đến hạn hoặc không có mục tiêu"),
        "incomplete": _("Thiếu số liệu"),
        "overdue": _("Không đạt đúng hạn (chưa rõ đến nay)"),
    }[status]


def status_mark(status: str) -> Markup:
    """Return a status, or a kind of one, as its shape and its word."""
    base = KINDS.get(status, status)
    shape = Markup(
        '<svg class="mark" width="10" height="10" viewBox="0 0 10 10" '
        'aria-hidden="true"><path fill-rule="evenodd" d="{}"/></svg>'
    ).format(SHAPES[base])
    return Markup('<span class="status {}">{} {}</span>').format(
        base.replace("_", "-"), shape, status_word(status)
    )


def shown_status(row: Mapping) -> str:
    """Return the status of a row as it is shown: the kind of "not due", of "no figure".

    One of the six statuses, or of `vinhloc.show.table.KINDS`.
    """
    status, term = row["status"], row.get("period") == "term"
    if status == "not_due" and is_missing(row.get("target")):
        return "no_target_term" if term else "no_target"
    if status == "no_data" and known_late(row):
        return "overdue"
    if status == "no_data" and term and not is_missing(row.get("latest_year")):
        return "incomplete"
    return status


def shown_statuses(rows: pd.DataFrame) -> pd.Series:
    """Return each row's status as it is shown; of a nation as well."""
    found = rows["status"].astype(object)
    several = rows["status"].isin([*KINDS.values()])
    columns = rows.columns.intersection(DECIDING)
    kinds = map(shown_status, rows.loc[several, columns].to_dict("records"))
    found[several] = [*kinds]
    return found


def kind_of_all(rows: pd.DataFrame, status: str) -> str:
    """Return what stands for a status where all of its rows are counted together."""
    kinds = {*shown_statuses(rows[rows["status"].eq(status)])}
    if len(kinds) < 2:
        return next(iter(kinds), status)
    if status == "not_due":
        return "waiting"
    return "incomplete" if "incomplete" in kinds else status


def known_late(row: Mapping) -> bool:
    """Tell whether an event is known not to have been done when it was due."""
    silent = row.get("over_term") == "once" and row["status"] == "no_data"
    if not silent or is_missing(row["latest_year"]):
        return False
    return row["latest"] < 1 and row["latest_year"] >= row["due_year"]


def say_target(row: Mapping) -> str:
    """Return what the programme wants: "mục tiêu ≥ 97,5%", "phải hoàn thành năm 2023".

    `row` has a target.
    """
    if row["over_term"] == "once":
        return _("phải hoàn thành năm {year}", year=int(row["due_year"]))
    return _("mục tiêu {target}", target=write_target(row, unit=True))


def say_latest(row: Mapping) -> str:
    """Return the latest figure that is known where a row has none of its own; or ""."""
    if is_missing(row.get("latest_year")):
        return ""
    names = {"actual": "latest", "upper_actual": "latest_upper"}
    names |= {"bound": "latest_bound", "vintage": "latest_vintage"}
    figure = {**row, "period": "year"}
    figure |= {name: row[column] for name, column in names.items()}
    year = int(row["latest_year"])
    return _("{value} (năm {year})", value=write_actual(figure, unit=True), year=year)


def say_lacking(row: Mapping, *, latest: bool = True) -> str:
    """Return what a row lacks and what is known instead; "" where nothing lacks.

    Of the term: the years without a figure, and with `latest` the latest figure. Of an
    event that was not done in time: that it was not.
    """
    if known_late(row):
        due = int(row["due_year"])
        return _("không đạt đúng hạn ({year}); chưa rõ đến nay", year=due)
    if not row.get("lacking_years"):
        return ""
    known = say_latest(row)
    if is_missing(row["actual"]) and not known:
        return ""  # it lacks all
    text = _("thiếu số liệu năm {years}", years=row["lacking_years"])
    if not (known and latest):
        return text
    return f"{text}; " + _("gần nhất: {latest}", latest=known)


def write_judged(row: Mapping, *, unit: bool = False) -> str:
    """Return a figure; over the term, with the year that decides where one does.

    "97,5 (2023)" of the last milestone, "thấp nhất: 98,5 (2023)" of the worst year.
    """
    written = write_actual(row, unit=unit)
    each_year = row["over_term"] == "every_year"
    if row["period"] != "term" or is_missing(row["actual"]):
        return written
    if (row["over_term"] != "last" and not each_year) or is_missing(row["due_year"]):
        return written
    year = int(row["due_year"])
    if each_year and row["unit"] != EVENT_UNIT:
        text = _("thấp nhất: {actual} ({year})")
        if row["comparator"] in ("<", "<=") or row["direction"] == "down":
            text = _("cao nhất: {actual} ({year})")
        if row["comparator"] == "between":
            text = _("kém nhất: {actual} ({year})")
        return text.format(actual=written, year=year)
    return f"{written} ({year})" if year < row["year"] else written


def say_bound(bound: str) -> str:
    """Return what a figure is that is no exact one."""
    return {
        "lower": _("mới là mức tối thiểu"),
        "upper": _("mới là mức tối đa"),
        "range": _("mới là một khoảng"),
    }[bound]


def rule_of_every_year() -> str:
    """Return how the term is judged of what must hold every year."""
    return _(
        "Chỉ tiêu phải đạt hằng năm: cả kỳ xét theo năm kém nhất; vượt ở từng năm, xét "
        "cả kỳ là đạt."
    )
