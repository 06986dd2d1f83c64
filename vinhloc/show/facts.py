"""What an indicator is, in words: how it is judged, whence it comes, who reports it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd
from markupsafe import Markup

from vinhloc.assess import PREVIOUS, in_words
from vinhloc.data import Data
from vinhloc.figures import (
    EVENT_UNIT,
    _,
    is_missing,
    later_,
    named,
    unit_name,
    write_target,
)
from vinhloc.show.table import Prose, prose

# Which way is better.
DIRECTIONS = {
    "up": later_("càng cao càng tốt"),
    "down": later_("càng thấp càng tốt"),
    "none": later_("không có chiều tốt hay xấu"),
}
# `over_term` -> how the years and the term are judged.
WAYS = {
    "last": later_(
        "mỗi năm theo mốc của năm đó, cả nhiệm kỳ theo số liệu của năm cuối cùng"
    ),
    "sum": later_(
        "mỗi năm theo kế hoạch của năm đó, cả nhiệm kỳ theo tổng cộng các năm"
    ),
    "mean": later_("cả nhiệm kỳ theo số bình quân, khi mọi năm đều có số liệu"),
    "growth": later_(
        "cả nhiệm kỳ theo mức tăng bình quân nhân, khi mọi năm đều có số liệu"
    ),
    "every_year": later_("năm nào cũng phải đạt; cả nhiệm kỳ theo năm kém nhất"),
    "once": later_("việc làm một lần: đạt từ năm hoàn thành, kể cả trước hạn"),
}


def facts_of(
    row: pd.Series, data: Data, names: Mapping[str, str], pages: Collection[str]
) -> list[tuple[str, str | Markup]]:
    """Return what an indicator is, in words: label and text.

    `names`: of the indicators; `pages`: the themes that have one.
    """
    theme = row["theme"]
    name = data.names_of("themes", "theme")[theme]
    link = Markup('<a href="../{}.html">{}</a>').format(theme, name)
    department = data.names_of("departments", "department")[row["department"]]
    if row["department_basis"] == "suggested":
        department = _("{name} (dự kiến)", name=department)
    main = _("Các chỉ tiêu chủ yếu của chương trình")
    other = _("Các chỉ tiêu khác nêu trong chương trình")
    better = _(DIRECTIONS[row["direction"]])
    facts = [
        (_("Đơn vị"), unit_name(row)),
        (_("Hướng đánh giá"), "" if row["unit"] == EVENT_UNIT else better),
        (_("Cách xét"), _(WAYS[row["over_term"]])),
        (_("Cách tính"), _computed_from(row, names)),
        (_("Mục tiêu ghi bằng đơn vị này"), _say_second(data, row["indicator"])),
        (_("Lĩnh vực"), link if theme in pages else name),
        (_("Thuộc"), main if row["main"] else other),
        (_("Mục trong chương trình"), row["locator"]),
        (_("Bộ phận phụ trách"), department),
    ]
    return [(label, text) for label, text in facts if text]


def _computed_from(row: pd.Series, names: Mapping[str, str]) -> str:
    """Return how an indicator follows from others, in words; "" where it does not."""
    if row["change_of"]:
        name, year = names[row["change_of"]], row["since"]
        if year == PREVIOUS:
            return _("thay đổi so với năm trước của: {name}", name=name)
        return _("thay đổi so với năm {year} của: {name}", year=year, name=name)
    return row["identity"] and in_words(row["identity"], names)


def _say_second(data: Data, indicator: str) -> str:
    """Return the targets of another indicator that are printed in this one's unit."""
    rows = data.targets.query("reading == 'second'")
    rows = as_written(rows[rows["indicator"].eq(indicator)])
    parts = [
        f"{write_target(row, unit=True)} ({row['year']})"
        for row in rows.to_dict("records")
    ]
    said = _("{targets}: cùng một mục tiêu ghi thêm bằng đơn vị khác, không xét riêng")
    return said.format(targets="; ".join(parts)) if parts else ""


def amended_targets(data: Data, indicator: str) -> pd.DataFrame:
    """Return an indicator's targets of another document, with `source` as its key.

    Those that it withdraws, too: without a target.
    """
    ends = data.earlier_targets.query("value.isna()")
    rows = pd.concat([data.targets, ends]) if len(ends) else data.targets
    rows = rows[rows["indicator"] == indicator]
    own = rows[rows["document"] != data.programme.document]
    own = own.assign(source=own["document"]).sort_values("year", kind="stable")
    return as_written(own)


def as_written(targets: pd.DataFrame) -> pd.DataFrame:
    """Return rows of targets.csv with the names that `write_target` reads."""
    return targets.rename(columns={"value": "target", "upper_value": "upper_target"})


def say_amendments(rows: pd.DataFrame, data: Data) -> Prose:
    """Return a sentence for each of `amended_targets`: what it was, document, note."""
    titles = data.sources.set_index("source")["title"]
    before = as_written(data.earlier_targets.query("value.notna()"))
    texts = []
    for row in rows.to_dict("records"):
        text = _("Mục tiêu năm {year}, {target}, theo {title} [{source}].")
        if is_missing(row["target"]):
            text = _("Bỏ mục tiêu năm {year}, theo {title} [{source}].")
        text = text.format(
            year=row["year"],
            target=write_target(row, unit=True),
            title=titles[row["source"]],
            source=row["source"],
        )
        same = before[before["indicator"].eq(row["indicator"])]
        same = same[same["period"].eq(row["period"]) & same["reading"].eq("main")]
        if row["over_term"] != "once":
            same = same[same["year"].eq(row["year"])]
        for old in same.tail(1).to_dict("records"):
            said = _("Trước đó là {target}, năm {year}.")
            target = write_target(old, unit=True)
            text += " " + said.format(target=target, year=old["year"])
        note = named(row, "note").rstrip(".")
        texts.append(f"{text} {note[:1].upper()}{note[1:]}." if note else text)
    return prose(texts, made_up=data.made_up)
