"""How good the figures are: faults, questions, readings, vintages, remarks, breaks."""

from __future__ import annotations

import pandas as pd

from vinhloc.data import (
    JUDGED,
    OTHER,
    Data,
    breaks_of,
    issues_of,
    merge_alike,
    sensitive_verdicts,
)
from vinhloc.figures import (
    _,
    n_,
    named,
    write_actual,
    write_date,
    write_target,
    write_value,
)
from vinhloc.show.balance import when_of
from vinhloc.show.sources import source_link
from vinhloc.show.statuses import status_mark
from vinhloc.show.table import (
    MOST,
    Number,
    Prose,
    Table,
    any_made_up,
    prose,
    table_of,
)


def table_of_issues(issues: pd.DataFrame) -> Table:
    """Return the faults of the source with what is done about them.

    Equal ones are told once, with all their places.

    >>> table = vl.table_of_issues(vl.issues_of(data, "economy"))
    >>> table.frame["Mục"].tolist()
    ['II.1/10; III.1.4/4', 'II.1/10; III.1.4/4']
    """

    def fault(row: dict) -> str:
        said = named(row, "fault")
        if row["count"] == 1:
            return said
        return n_("{fault} ({n} chỗ)", row["count"], fault=said)

    columns = {
        _("Mục"): "locators",
        _("Nội dung chưa rõ của chương trình"): fault,
        _("Cách xử lý"): lambda row: named(row, "treatment"),
        _("Ảnh hưởng nếu hiểu khác"): lambda row: named(row, "effect"),
    }
    caption = _("Nội dung chưa rõ, mâu thuẫn trong chương trình")
    return table_of(caption, merge_alike(issues), columns)


def table_of_questions(questions: pd.DataFrame) -> Table:
    """Return the questions on the figures: year, question, answer, file and row.

    >>> list(vl.table_of_questions(data.questions).frame)
    ['Năm', 'Câu hỏi', 'Xác nhận của văn phòng', 'Vị trí']
    """
    columns = {
        _("Năm"): "year",
        _("Câu hỏi"): "text",
        _("Xác nhận của văn phòng"): questions["answer"].replace("", "–"),
        _("Vị trí"): lambda q: _("{file}, dòng {row}", file=q["file"], row=q["row"]),
    }
    return table_of(_("Câu hỏi về số liệu"), questions, columns)


def table_of_sensitivity(rows: pd.DataFrame) -> Table:
    """Return the verdicts that hang on how something is read, under each reading.

    `rows` come from `sensitive_verdicts`.

    >>> rows = vl.sensitive_verdicts(data, 2024, theme="urban_environment")
    >>> vl.table_of_sensitivity(rows).frame[["Vì sao", "Có đổi không"]].values.tolist()
    [['chương trình ghi hai mức', 'không']]
    """

    def other(row: dict) -> dict:
        return {**row, **{name: row[f"other_{name}"] for name in OTHER}}

    def reading(row: dict) -> str:
        if row["cause"] == "reading":
            return _("mục tiêu {target}", target=write_target(other(row)))
        return write_actual({**other(row), "vintage": "final"})

    causes = {
        "reading": _("chương trình ghi hai mức"),
        "inferred": _("theo cách hiểu của nhóm biên soạn"),
        "bound": _("số liệu mới là mức tối thiểu hoặc tối đa"),
        "conflict": _("hai nguồn khác nhau"),
        "estimate": _("số ước, số chính thức có thể lệch"),
    }
    columns = {
        _("Chỉ tiêu"): named,
        _("Năm"): "year",
        _("Vì sao"): rows["cause"].map(causes),
        _("Thực hiện / mục tiêu"): Number(
            lambda row: f"{write_actual(row)} / {write_target(row)}"
        ),
        _("Kết quả"): lambda row: status_mark(row["status"]),
        _("Nếu hiểu khác"): Number(reading),
        _("Kết quả khi đó"): lambda row: status_mark(row["other_status"]),
        _("Có đổi không"): lambda row: _("đổi") if row["changes"] else _("không"),
    }
    return table_of(_("Đánh giá có đổi theo cách đọc khác không"), rows, columns)


def table_of_vintages(rows: pd.DataFrame) -> Table:
    """Return final figures given more than once, as `revised_figures` finds them.

    A later final is a correction; two of the same day contradict each other.

    >>> table = vl.table_of_vintages(vl.revised_figures(data))
    >>> table.frame[["Số liệu", "Loại số liệu"]].values.tolist()[-2:]
    [['88,0', 'số liệu đầu tiên'], ['87,6', 'số liệu điều chỉnh']]
    """
    key = ["indicator", "area", "year"]
    later = rows["as_of"] > rows.groupby(key)["as_of"].transform("min")
    same_day = rows.duplicated([*key, "as_of"], keep=False)
    words = pd.Series(_("số liệu đầu tiên"), index=rows.index)
    words = words.mask(later, _("số liệu điều chỉnh"))
    words = words.mask(same_day, _("hai nguồn khác nhau"))
    columns = {
        _("Chỉ tiêu"): named,
        _("Năm"): "year",
        _("Số liệu"): Number(lambda row: write_value(row["value"], row)),
        _("Loại số liệu"): words,
        _("Nhận ngày"): lambda row: write_date(row["as_of"]),
        _("Nguồn"): lambda row: source_link(row["source"]),
    }
    return table_of(_("Số chính thức được báo cáo hơn một lần"), rows, columns)


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
    if not texts:
        return prose([empty], nothing=True)
    return prose(texts, made_up=data.made_up)


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
    """Return how many unclear points of the source are on record, equal ones as one.

    >>> vl.say_issues(data, "economy")
    Chương trình có 2 nội dung chưa rõ hoặc mâu thuẫn liên quan, ...
    """
    count = len(merge_alike(issues_of(data, theme)))
    if not count:
        return prose([])
    return prose(
        [
            n_(
                "Chương trình có {n} nội dung chưa rõ hoặc mâu thuẫn liên quan, "
                "xem trang chất lượng số liệu; giữ nguyên như văn bản, không tự ý sửa.",
                count,
            )
        ]
    )


def say_sensitivity(
    data: Data, year: int, theme: str | None = None, *, period: str = "year"
) -> Prose:
    """Return how many verdicts hang on a reading, and which would change.

    >>> vl.say_sensitivity(data, 2024, "economy")
    Không đánh giá nào của năm 2024 phụ thuộc cách đọc số liệu.
    """
    rows = sensitive_verdicts(data, year, theme=theme, period=period)
    rows = rows[rows["status"].isin(JUDGED)]
    changed = rows[rows["changes"]].drop_duplicates("indicator")
    touched = rows["indicator"].nunique()
    when = when_of(data, year, period)
    if not touched:
        text = _("Không đánh giá nào của {when} phụ thuộc cách đọc số liệu.", when=when)
        return prose([text], nothing=True)
    text = n_(
        "{n} đánh giá của {when} phụ thuộc cách đọc số liệu (số ước, mức tối thiểu, "
        "nguồn hoặc mục tiêu ghi hai mức).",
        touched,
        when=when,
    )
    names = "; ".join(named(row) for row in changed.head(MOST).to_dict("records"))
    if len(changed) > MOST:
        names += n_(" và {n} chỉ tiêu khác", len(changed) - MOST)
    more = (
        n_(
            "Trong đó {n} đánh giá sẽ đổi nếu đọc khác: {names}.",
            len(changed),
            names=names,
        )
        if names
        else _("Đọc khác thì không đánh giá nào đổi.")
    )
    return prose([f"{text} {more}"], made_up=any_made_up(rows))


def say_bound(bound: str) -> str:
    """Return what a figure is that is no exact one."""
    return {
        "lower": _("mới là mức tối thiểu"),
        "upper": _("mới là mức tối đa"),
        "range": _("mới là một khoảng"),
    }[bound]
