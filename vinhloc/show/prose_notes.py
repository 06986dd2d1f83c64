"""Sentences to bear in mind: remarks, questions, breaks, faults of the source."""

from __future__ import annotations

from vinhloc.data import Data, breaks_of, issues_of
from vinhloc.figures import _, n_, named, write_date
from vinhloc.show.balance import Prose, prose, when_of


def say_remarks(
    data: Data,
    year: int,
    theme: str | None = None,
    *,
    indicator: str | None = None,
    period: str = "year",
) -> Prose:
    """Return the office's causes and measures, with author and date.

    Those of a year, or of all years of the term.

    >>> vl.say_remarks(data, 2024, "economy").paragraphs[0]
    'Nguyên nhân (Tỷ lệ tăng thu ngân sách bình quân hàng năm, 2024): ...'
    """
    names = data.indicators.set_index("indicator")
    rows = data.tables["remarks.csv"]
    if period == "year":
        rows = rows[rows["year"].eq(year)]
    if indicator:
        rows = rows[rows["indicator"].eq(indicator)]
    if theme:
        rows = rows[rows["indicator"].map(names["theme"]).eq(theme)]
    kinds = {
        "cause": _("Nguyên nhân"),
        "measure": _("Giải pháp"),
        "note": _("Ghi chú"),
    }
    texts = [
        _(
            "{kind} ({name}, {year}): {text} – {author}, {day}",
            year=row["year"],
            kind=kinds[row["kind"]],
            name=named(names.loc[row["indicator"]]),
            text=row["text_vi"],
            author=row["author"],
            day=write_date(row["date"]),
        )
        for row in rows.to_dict("records")
    ]
    when = when_of(data, year, period)
    empty = _("Chưa có nguyên nhân, giải pháp nào được ghi cho {when}.", when=when)
    return prose(texts or [empty], made_up=data.made_up and bool(texts))


def say_questions(data: Data) -> Prose:
    """Return how many questions on the figures the office has not answered.

    >>> vl.say_questions(data)
    SỐ LIỆU MINH HỌA: Có 4 câu hỏi về số liệu cần người nhập xem lại.
    """
    count = int(data.questions["answer"].eq("").sum())
    text = n_("Có {n} câu hỏi về số liệu cần người nhập xem lại.", count)
    empty = _("Không có câu hỏi nào về số liệu đã nhập.")
    return prose([text if count else empty], made_up=data.made_up and count > 0)


def say_breaks(
    data: Data, theme: str | None = None, *, indicator: str | None = None
) -> Prose:
    """Return the breaks in the series of an indicator, a theme, or all, by year.

    >>> vl.say_breaks(data, "social_welfare").paragraphs[1]
    '2022: Chuẩn nghèo đa chiều mới giai đoạn 2022-2025 ...'
    """
    rows = breaks_of(data, indicator, theme=theme).sort_values("year")
    rows = rows.drop_duplicates(["year", "reason_vi"])
    return prose(
        f"{row['year']}: {named(row, 'reason')}" for row in rows.to_dict("records")
    )


def say_issues(data: Data, theme: str | None = None) -> Prose:
    """Return how many unclear places of the source are on record.

    >>> vl.say_issues(data, "economy")
    Chương trình có 2 nội dung chưa rõ hoặc mâu thuẫn liên quan, ...
    """
    count = len(issues_of(data, theme))
    return prose(
        [
            n_(
                "Chương trình có {n} nội dung chưa rõ hoặc mâu thuẫn liên quan, "
                "xem bảng dưới; giữ nguyên như văn bản, không tự ý sửa.",
                count,
            )
        ]
    )
