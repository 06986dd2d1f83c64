"""Tables on how good the figures are: faults, questions, readings, vintages."""

from __future__ import annotations

import pandas as pd

from vinhloc.figures import (
    write_date,
    write_target,
    write_value,
)
from vinhloc.language import _, language, named
from vinhloc.table import Table, make_table, status_mark
from vinhloc.tables import actual_cell, each, source_link


def table_of_issues(issues: pd.DataFrame) -> Table:
    """Return the faults of the source with what is done about them."""
    lang = language()
    columns = {
        _("Mục"): issues["locators"].tolist(),
        _("Nội dung chưa rõ của chương trình"): issues[f"fault_{lang}"].tolist(),
        _("Cách xử lý"): issues[f"treatment_{lang}"].tolist(),
        _("Ảnh hưởng nếu hiểu khác"): issues[f"effect_{lang}"].tolist(),
    }
    return make_table(_("Nội dung chưa rõ, mâu thuẫn trong chương trình"), columns)


def table_of_questions(questions: pd.DataFrame) -> Table:
    """Return the questions on the figures: year, question, answer, file and row."""
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


def table_of_readings(rows: pd.DataFrame) -> Table:
    """Return the targets that the source gives twice, and the verdict under each.

    `rows` come from `second_readings`.
    """
    first, second = _("Mục tiêu chính"), _("Mục tiêu theo cách đọc khác")
    columns = {
        _("Chỉ tiêu"): each(rows, named),
        _("Năm"): rows["year"].tolist(),
        _("Thực hiện"): each(rows, actual_cell),
        first: each(rows, write_target),
        _("Kết quả"): [status_mark(status) for status in rows["status"]],
        second: each(
            rows, lambda row: write_target({**row, "target": row["target_2"]})
        ),
        _("Kết quả theo cách đọc khác"): [status_mark(s) for s in rows["status_2"]],
    }
    return make_table(
        _("Kết quả có đổi theo cách đọc khác không"),
        columns,
        numbers=(first, second),
        made_up=bool(rows["made_up"].any()),
    )


def table_of_vintages(rows: pd.DataFrame) -> Table:
    """Return final figures given more than once, as `revised_figures` finds them.

    A later final is a correction; two of the same day contradict each other.
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
