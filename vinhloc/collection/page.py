"""The page of a roll-up: balance, areas, common indicators, a row per commune.

It stands alone, as the pages of a review do: no script, no outside address.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from markupsafe import Markup

from vinhloc.assess import is_due
from vinhloc.collection.frames import RollUp
from vinhloc.collection.tables import (
    communes_table,
    districts_table,
    indicators_table,
    provinces_table,
)
from vinhloc.figures import _, language, n_, write_figure
from vinhloc.review import balance_boxes, page_of, stylesheet
from vinhloc.show import demo_words, headline, rest_of_balance

TEMPLATE = "roll-up.html.j2"


def roll_up_page(roll_up: RollUp, links: Mapping[str, str]) -> str:
    """Return the page; `links`: commune -> the address of its review."""
    gathered, main = roll_up.gathered, roll_up.gathered.rows.query("main")
    demo = demo_words() if roll_up.made_up else ""
    title = _("Tổng hợp các xã, năm {year}", year=gathered.year)
    values = {"_": _, "n_": n_, "lang": language(), "css": Markup(stylesheet())}
    values |= {"title": title, "demo": demo, "span": "", "here": "", "root": ""}
    return page_of(
        TEMPLATE,
        values,
        extent=_extent(roll_up),
        missing=_missing(main),
        sentence=f"{headline(main)} {rest_of_balance(main)}".strip(),
        boxes=balance_boxes(main),
        unread=gathered.unread,
        tables=[
            provinces_table(roll_up),
            indicators_table(roll_up),
            districts_table(roll_up),
            communes_table(roll_up, links),
        ],
    )


def _extent(roll_up: RollUp) -> str:
    known = roll_up.provinces["province"].ne("").sum()
    communes = n_("{n} xã, phường, thị trấn", len(roll_up.communes))
    if not known:
        return communes
    return f"{communes} – " + n_("{n} tỉnh, thành phố", int(known))


def _missing(main: pd.DataFrame) -> str:
    due, missing = int(is_due(main).sum()), int(main["status"].eq("no_data").sum())
    if not due:
        return _("Không có mục tiêu nào đến hạn.")
    if not missing:
        return _("Mọi mục tiêu đến hạn đều đã có số liệu.")
    return _(
        "{missing} trong {due} mục tiêu đến hạn chưa được báo cáo số liệu.",
        missing=write_figure(missing),
        due=write_figure(due),
    )
