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
        _("Chỗ chưa rõ của chương trình"): issues[f"fault_{lang}"].tolist(),
        _("Cách làm ở đây"): issues[f"treatment_{lang}"].tolist(),
        _("Nếu quyết định khác"): issues[f"effect_{lang}"].tolist(),
    }
    return make_table(_("Chỗ chưa rõ, mâu thuẫn trong chương trình"), columns)


def table_of_questions(questions: pd.DataFrame) -> Table:
    """Return the questions on the figures: year, what is asked, file and row."""
    places = [
        _("{file}, dòng {row}", file=row["file"], row=row["row"])
        for row in questions.to_dict("records")
    ]
    columns = {
        _("Năm"): questions["year"].tolist(),
        _("Câu hỏi"): questions["text"].tolist(),
        _("Chỗ ghi"): places,
    }
    made_up = bool(questions["made_up"].any())
    return make_table(_("Câu hỏi về số liệu"), columns, made_up=made_up)


def table_of_readings(main: pd.DataFrame, other: pd.DataFrame) -> Table:
    """Return the targets that the source gives twice, and the verdict under each.

    `main` and `other`: the assessment under each reading; the years where both have
    a target and it differs.
    """
    key = ["indicator", "year", "period"]
    both = main.merge(other[[*key, "target", "status"]], on=key, suffixes=("", "_2"))
    rows = both[both["target"].ne(both["target_2"]) & both["target"].notna()]
    rows = rows[rows["period"].eq("year") & rows["target_basis"].eq("stated")]
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


def table_of_vintages(actuals: pd.DataFrame) -> Table:
    """Return figures reported more than once: estimates, finals, corrections.

    A final that follows another final of the same year is a correction.
    """
    key = ["indicator", "area", "year"]
    rows = actuals.sort_values([*key, "vintage", "as_of"], kind="stable")
    rows = rows[rows.duplicated(key, keep=False)]
    final = rows["vintage"].eq("final")
    later = final & rows[final].duplicated(key).reindex(rows.index, fill_value=False)
    kinds = final.map({True: _("chính thức"), False: _("ước")})
    value = _("Số liệu")
    columns = {
        _("Chỉ tiêu"): each(rows, named),
        _("Năm"): rows["year"].tolist(),
        value: each(rows, lambda row: write_value(row["value"], row)),
        _("Loại số liệu"): kinds.mask(later, _("số liệu điều chỉnh")).tolist(),
        _("Nhận ngày"): [write_date(day) for day in rows["as_of"]],
        _("Nguồn"): [source_link(source) for source in rows["source"]],
    }
    return make_table(
        _("Chỉ tiêu được báo cáo hơn một lần"),
        columns,
        numbers=(value,),
        made_up=bool(rows["made_up"].any()),
    )
