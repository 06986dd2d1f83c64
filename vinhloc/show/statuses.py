"""Where a row stands: its status as shape and word, what it lacks, its figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd
from markupsafe import Markup

from vinhloc.figures import (
    EVENT_UNIT,
    _,
    is_missing,
    later_,
    write_actual,
    write_aim,
)

INK = "#1d2b36"


@dataclass(frozen=True)
class Standing:
    """How a status is shown on pages, in charts, in Word and Excel; or a kind of one.

    Colours stay apart for colour-blind readers and in grey; words and shapes carry
    the meaning.
    """

    base: str  # the status itself, or that of which it is a kind
    word: str
    meaning: str
    shape: str  # a path in a box of 10 by 10
    marker: str  # in a chart
    sign: str  # beside its word on paper: what Times New Roman has
    fill: str
    ink: str  # of a text upon the fill
    hatch: str = ""


STANDINGS = {
    "exceeded": Standing(
        base="exceeded",
        word=later_("Vượt"),
        meaning=later_("Đạt, và tốt hơn mức đặt ra."),
        shape="M5 0 10 5H7V10H3V5H0Z",
        marker="^",
        sign="▲",
        fill="#0b4f3c",
        ink="white",
    ),
    "met": Standing(
        base="met",
        word=later_("Đạt"),
        meaning=later_("Đạt mức đặt ra."),
        shape="M5 0A5 5 0 1 0 5 10 5 5 0 1 0 5 0Z",
        marker="o",
        sign="●",
        fill="#3f9b7c",
        ink="black",
    ),
    "missed": Standing(
        base="missed",
        word=later_("Chưa đạt"),
        meaning=later_("Chưa đạt mức đặt ra."),
        shape="M0 1H10L5 10Z",
        marker="v",
        sign="▼",
        fill="#d5622b",
        ink="black",
        hatch="//",
    ),
    "undecided": Standing(
        base="undecided",
        word=later_("Chưa đủ căn cứ đánh giá"),
        meaning=later_(
            "Có số liệu nhưng chưa đủ để đánh giá: mới là mức tối thiểu hoặc tối đa, "
            "hoặc các nguồn khác nhau."
        ),
        shape="M5 0A5 5 0 1 0 5 10V0Z",
        marker="D",
        sign="◊",
        fill="#b9a3d6",
        ink="black",
        hatch="..",
    ),
    "no_data": Standing(
        base="no_data",
        word=later_("Chưa có số liệu"),
        meaning=later_("Đã đến hạn mà chưa có số liệu."),
        shape="M5 0A5 5 0 1 0 5 10 5 5 0 1 0 5 0ZM5 1.8A3.2 3.2 0 1 1 5 8.2 "
        "3.2 3.2 0 1 1 5 1.8Z",
        marker="o",
        sign="○",
        fill="#ffffff",
        ink=INK,
        hatch="xx",
    ),
    "not_due": Standing(
        base="not_due",
        word=later_("Chưa đến hạn"),
        meaning=later_("Mục tiêu đến hạn ở năm sau."),
        shape="M0 4H10V6H0Z",
        marker="_",
        sign="–",
        fill="#e3e8ec",
        ink=INK,
    ),
}


def _kind(base: str, word: str, meaning: str = "") -> Standing:
    """Return what is shown of some rows instead of their status, in its look."""
    return replace(STANDINGS[base], word=word, meaning=meaning)


STANDINGS |= {
    "no_target": _kind(
        "not_due",
        later_("Không có mục tiêu trong năm"),
        later_("Chương trình không đặt mục tiêu cho năm này."),
    ),
    "no_target_term": _kind(
        "not_due",
        later_("Không có mục tiêu cả kỳ"),
        later_("Chương trình không đặt mục tiêu cho cả kỳ."),
    ),
    "waiting": _kind("not_due", later_("Chưa đến hạn hoặc không có mục tiêu")),
    "incomplete": _kind(
        "no_data",
        later_("Thiếu số liệu"),
        later_("Có số liệu của một số năm; thiếu số liệu của năm được xét."),
    ),
    "overdue": _kind(
        "missed",
        later_("Quá hạn"),
        later_("Đến hạn được báo cáo là chưa xong; chưa có báo cáo là đã xong."),
    ),
}
# What `shown_status` asks of a row.
DECIDING = ["status", "period", "target", "over_term"]
DECIDING += ["latest_year", "due_year", "year"]


def status_word(status: str) -> str:
    """Return the word for a status, or for a kind of one, in the language in use."""
    return _(STANDINGS[status].word)


def status_text(status: str) -> str:
    """Return a status, or a kind of one, as its sign and its word."""
    return f"{STANDINGS[status].sign} {status_word(status)}"


def status_mark(status: str) -> Markup:
    """Return a status, or a kind of one, as its shape and its word."""
    standing = STANDINGS[status]
    shape = Markup(
        '<svg class="mark" width="10" height="10" viewBox="0 0 10 10" '
        'aria-hidden="true"><path fill-rule="evenodd" d="{}"/></svg>'
    ).format(standing.shape)
    return Markup('<span class="status {}">{} {}</span>').format(
        standing.base.replace("_", "-"), shape, status_word(status)
    )


def shown_status(row: Mapping) -> str:
    """Return the status of a row as it is shown: the kind of "not due", of "no figure".

    A key of STANDINGS.
    """
    status, term = row["status"], row.get("period") == "term"
    if status == "not_due" and is_missing(row.get("target")):
        return "no_target_term" if term else "no_target"
    if known_late(row):
        return "overdue"
    if status == "no_data" and term and not is_missing(row.get("latest_year")):
        return "incomplete"
    return status


def shown_statuses(rows: pd.DataFrame) -> pd.Series:
    """Return each row's status as it is shown; of a nation as well."""
    found = rows["status"].astype(object)
    several = rows["status"].isin(["missed", "not_due", "no_data"])
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
    """Tell whether an event was due in an earlier year and is not known to be done."""
    missed = row.get("over_term") == "once" and row["status"] == "missed"
    return missed and row["due_year"] < row["year"]


def say_target(row: Mapping) -> str:
    """Return what is wanted: "mục tiêu từ 97,5% trở lên", "phải hoàn thành năm 2023".

    `row` has a target.
    """
    if row["over_term"] == "once" and not is_missing(row.get("due")):
        return _("phải hoàn thành, hạn {due}", due=row["due"])
    if row["over_term"] == "once":
        return _("phải hoàn thành năm {year}", year=int(row["due_year"]))
    return _("mục tiêu {target}", target=write_aim(row))


def say_due(row: Mapping) -> str:
    """Return when a row's target is due: as printed where that is finer than a year."""
    if not is_missing(due := row.get("due")):
        return due
    return "–" if is_missing(row["due_year"]) else str(int(row["due_year"]))


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
        return _("quá hạn từ năm {year}, chưa báo cáo hoàn thành", year=due)
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
    What we inferred or computed says so.
    """
    written = write_actual(row, unit=unit) + say_ours(row)
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
        if row["direction"] == "none":
            text = _("kém nhất: {actual} ({year})")
        return text.format(actual=written, year=year).replace(") (", "; ")
    return f"{written} ({year})" if year < row["year"] else written


def say_ours(row: Mapping) -> str:
    """Return what tells a figure from a reported one; "" for those that are."""
    if is_missing(row["actual"]):
        return ""
    if not is_missing(row.get("inferred")):
        return _(" (theo cách hiểu của nhóm biên soạn)")
    return _(" (tính từ số liệu hai năm)") if row.get("computed") else ""


def rule_of_every_year() -> str:
    """Return how the term is judged of what must hold every year."""
    return _(
        "Chỉ tiêu phải đạt hằng năm: cả kỳ xét theo năm kém nhất; vượt ở từng năm, xét "
        "cả kỳ là đạt."
    )
