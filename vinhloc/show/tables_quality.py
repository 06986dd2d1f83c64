"""Tables on how good the figures are: faults, questions, readings, vintages."""

from __future__ import annotations

import pandas as pd

from vinhloc.data import OTHER
from vinhloc.figures import (
    _,
    language,
    named,
    write_actual,
    write_date,
    write_target,
    write_value,
)
from vinhloc.show.table import Table, make_table, status_mark
from vinhloc.show.tables import each, source_link


def table_of_issues(issues: pd.DataFrame) -> Table:
    """Return the faults of the source with what is done about them.

    >>> table = vl.table_of_issues(vl.issues_of(data, "economy"))
    >>> table.frame["Mục"].tolist()
    ['II.1/10; III.1.4/4', 'II.1/10; III.1.4/4']
    """
    lang = language()
    columns = {
        _("Mục"): issues["locators"].tolist(),
        _("Nội dung chưa rõ của chương trình"): issues[f"fault_{lang}"].tolist(),
        _("Cách xử lý"): issues[f"treatment_{lang}"].tolist(),
        _("Ảnh hưởng nếu hiểu khác"): issues[f"effect_{lang}"].tolist(),
    }
    return make_table(_("Nội dung chưa rõ, mâu thuẫn trong chương trình"), columns)


def table_of_questions(questions: pd.DataFrame) -> Table:
    """Return the questions on the figures: year, question, answer, file and row.

    >>> list(vl.table_of_questions(data.questions).frame)
    ['Năm', 'Câu hỏi', 'Xác nhận của văn phòng', 'Vị trí']
    """
    places = [
        _("{file}, dòng {row}", file=row["file"], row=row["row"])
        for row in questions.to_dict("records")
    ]
    columns = {
        _("Năm"): questions["year"].tolist(),
        _("Câu hỏi"): questions["text"].tolist(),
        _("Xác nhận của văn phòng"): questions["answer"].replace("", "–").tolist(),
        _("Vị trí"): places,
    }
    made_up = bool(questions["made_up"].any())
    return make_table(_("Câu hỏi về số liệu"), columns, made_up=made_up)


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
        "bound": _("số liệu mới là mức tối thiểu hoặc tối đa"),
        "conflict": _("hai nguồn khác nhau"),
        "estimate": _("số ước, số chính thức có thể lệch"),
    }
    columns = {
        _("Chỉ tiêu"): each(rows, named),
        _("Năm"): rows["year"].tolist(),
        _("Vì sao"): rows["cause"].map(causes).tolist(),
        _("Thực hiện / mục tiêu"): each(
            rows, lambda row: f"{write_actual(row)} / {write_target(row)}"
        ),
        _("Kết quả"): [status_mark(status) for status in rows["status"]],
        _("Nếu hiểu khác"): each(rows, reading),
        _("Kết quả khi đó"): [status_mark(status) for status in rows["other_status"]],
        _("Có đổi không"): [_("đổi") if c else _("không") for c in rows["changes"]],
    }
    return make_table(
        _("Kết luận có đổi theo cách đọc khác không"),
        columns,
        numbers=(_("Thực hiện / mục tiêu"), _("Nếu hiểu khác")),
        made_up=bool(rows["made_up"].any()),
    )


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
    value = _("Số liệu")
    columns = {
        _("Chỉ tiêu"): each(rows, named),
        _("Năm"): rows["year"].tolist(),
        value: each(rows, lambda row: write_value(row["value"], row)),
        _("Loại số liệu"): words.tolist(),
        _("Nhận ngày"): [write_date(day) for day in rows["as_of"]],
        _("Nguồn"): [source_link(source) for source in rows["source"]],
    }
    return make_table(
        _("Số chính thức được báo cáo hơn một lần"),
        columns,
        numbers=(value,),
        made_up=bool(rows["made_up"].any()),
    )
