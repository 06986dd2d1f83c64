"""The front page: how the year stands, what to act on, with whom, by when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd
from markupsafe import Markup

from vinhloc.assess import is_due
from vinhloc.data import Data
from vinhloc.figures import EVENT_UNIT, _, is_missing, named, write_date
from vinhloc.outlook import FAR, urgent_targets
from vinhloc.review.pages.html import FORM_WORDS, page_of
from vinhloc.review.view import View
from vinhloc.show import (
    MET,
    area_has_ended,
    ended,
    is_dark,
    is_near,
    legend_of,
    say_arrears,
    say_baseline,
    say_beside,
    say_change,
    say_concern,
    say_deadline,
    say_results,
    say_target,
    small_bar,
    standing_mark,
    table_of_offices,
    told_of,
    when_of,
    write_judged,
)

MOST = 4  # entries of a list, so that all fits on one printed page


def index_page(view: View, values: dict) -> str:
    """Return the front page: results, what needs action, offices, themes, files."""
    data, rows, year = view.data, view.rows, view.year
    dark, entries = is_dark(rows), list(_entries(view))
    far, near = ([e for e in entries if e["near"] == is_near] for is_near in (0, 1))
    nearly = _("Gần đạt (còn thiếu dưới {far:g}%)", far=FAR)
    offices = table_of_offices(data, year, period=view.period)
    return page_of(
        "front.html.j2",
        {**values, "title": _("Tóm tắt cho lãnh đạo")},
        results=say_results(rows, when_of(data, year, view.period)),
        change="" if view.term else say_change(data, year),
        beside=_beside(view),
        known=_say_day(data),
        bar=[] if dark else legend_of(rows),
        lists=[
            (_("Những chỉ tiêu cần tập trung chỉ đạo"), far[:MOST], len(far) - MOST),
            (nearly, near[:MOST], len(near) - MOST),
        ],
        offices=offices,
        asked=_asked(view, dict(values["files"]).get(FORM_WORDS, "")),
        themes=[] if dark else _themes(view, values["pages"]),
    )


def _beside(view: View) -> list[str]:
    """Return what else has to be known: inferred, early, open from before, ended."""
    data, year = view.data, view.year
    open_ones = say_arrears(data, year, period=view.period).paragraphs[:1]
    texts = [*say_beside(view.rows, rest=False), *open_ones]
    texts += [ended(data, year)] if area_has_ended(data, year) else []
    return [text for text in texts if text]


def _say_day(data: Data) -> str:
    """Return up to which day figures came in."""
    days = data.actuals.loc[data.actuals["area"].eq(data.programme.area), "as_of"]
    day = data.as_of or days.max()
    return "" if pd.isna(day) else _("Số liệu đến ngày {day}", day=write_date(day))


def _asked(view: View, form: str) -> list[str]:
    """Return how to send the figures that the table by office counts as lacking.

    `form`: the file to fill in, where it is published.
    """
    data, year = view.data, view.year
    if not view.rows["status"].eq("no_data").any():
        return []
    if area_has_ended(data, year):
        areas = data.names_of("areas", "area")
        text = _("Số liệu còn thiếu cần xác nhận với Ủy ban nhân dân {successor}.")
        how = text.format(successor=areas[data.programme.successor_area])
    else:
        link = Markup('<a href="{}">{}</a>').format(form, form) if form else ""
        text = Markup(_("Điền biểu nhập số liệu rồi gửi lại: {form}."))
        how = text.format(form=link or f"vinhloc form --year {year}")
    return [how, say_baseline(data)]


def _entries(view: View) -> Iterator[dict]:
    """Give what is missed, late or undecided: name, what is said, who, by when."""
    data = view.data
    rows = urgent_targets(view.rows)
    rows = rows[rows["concern"].ne("no_data")]
    departments = data.names_of("departments", "department")
    near, told = is_near(rows), told_of(data, rows)
    for row, close in zip(rows.to_dict("records"), near, strict=True):
        yield {
            "name": named(row),
            "page": f"indicators/{row['indicator']}.html",
            "said": _said(row, close),
            "near": close,
            "mark": standing_mark(row),
            "told": told[row["indicator"]],
            "office": departments[row["department"]],
            "deadline": say_deadline(row),
        }


def _said(row: Mapping, close: bool) -> str:
    """Return a row's figure, why it needs attention and, but for a near one, target."""
    event = row["unit"] == EVENT_UNIT
    figure = "" if event or is_missing(row["actual"]) else write_judged(row, unit=True)
    concern = say_concern(row)
    target = "" if close or event else say_target(row)
    return "; ".join(filter(None, [figure, concern, target]))


def _themes(view: View, pages: Mapping[str, str]) -> list[dict]:
    """Return a line per theme: its name, page, results and a small bar."""
    entries = []
    for theme in view.data.themes.to_dict("records"):
        own = view.rows[view.rows["theme"] == theme["theme"]]
        due = own[is_due(own)]
        met = int(due["status"].isin(MET).sum())
        said = f"{met}/{len(due)}"
        entries.append(
            {
                "name": named(theme),
                "page": f"{theme['theme']}.html" if theme["theme"] in pages else "",
                "said": said if len(due) else _("chưa có chỉ tiêu đến hạn"),
                "bar": small_bar(due),
            }
        )
    return entries
