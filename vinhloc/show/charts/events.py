"""Events as planned and as done, on a line of years."""

from __future__ import annotations

import pandas as pd

from vinhloc.figures import _, is_missing, named
from vinhloc.show import Table, nothing_to_show
from vinhloc.show.charts.chart import (
    ACTUAL,
    EXPECTED,
    TARGET,
    Chart,
    finish,
    in_style,
    new_figure,
    wrapped,
)
from vinhloc.show.charts.grid import pick
from vinhloc.show.charts.key import add_key


def draw_events(assessment: pd.DataFrame, indicators: list[str]) -> Chart | Table:
    """Draw events as planned (diamond) and as done (dot) on a line of years.

    >>> vl.draw_events(data.assessment, ["house_numbering_done"]).alt
    'SỐ LIỆU MINH HỌA. Khảo sát, đánh số nhà: đến hạn 2023, đã xong –'
    """
    rows = pick(assessment, indicators)
    if rows.empty:
        return nothing_to_show()
    events = [_event(part) for _place, part in rows.groupby("place", sort=True)]
    done = {event["done"] for event in events if event["done"] is not None}
    years = sorted(done.union(rows["year"]))  # one may be done before the term
    height = 0.42 * len(events) + 0.8
    figure, axes = new_figure(height, left=2.15, right=0.15, top=0.35, bottom=0.35)
    with in_style():
        for y, event in enumerate(events):
            _event_line(axes, y, event)
        axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
        axes.set_ylim(len(events) - 0.5, -0.6)
        axes.set_xticks(years)
        axes.grid(axis="x")
        labels = [wrapped(event["name"], 30) for event in events]
        axes.set_yticks(range(len(events)), labels, fontsize=8)
        axes.spines["left"].set_visible(False)
    add_key(figure, [(_("đến hạn"), TARGET, "due"), (_("đã làm xong"), ACTUAL, "done")])
    data = pd.DataFrame(events)
    data = data.assign(due=data["due"].map(_year), done=data["done"].map(_year))
    words = {"name": _("Chỉ tiêu"), "due": _("Đến hạn"), "done": _("Đã làm xong")}
    alt = "; ".join(
        _("{name}: đến hạn {due}, đã xong {done}", **event)
        for event in data.to_dict("records")
    )
    return finish(
        _("Việc đến hạn và việc đã làm xong"),
        figure,
        alt,
        data.rename(columns=words),
        rows,
    )


def _event(part: pd.DataFrame) -> dict:
    """Return an event's name, year due and year done (NaN where there is none)."""
    first = part.iloc[0]
    if first["over_term"] == "sum":  # done when the running total reaches the whole
        whole = part["whole"].iloc[0]
        done = part.loc[part["cumulative"].ge(whole), "year"]
        due = part["year"].max()
    else:
        done = part["done_in"].fillna(part["year"])[part["actual"].ge(1)]
        due = part["due_year"].dropna().min()
    return {"name": named(first), "due": due, "done": done.min() if len(done) else None}


def _event_line(axes, y: int, event: dict) -> None:
    due, done = event["due"], event["done"]
    known = not is_missing(done)
    if known:
        axes.plot([due, done], [y, y], color=EXPECTED, lw=3, solid_capstyle="round")
    axes.plot(due, y, "D", color=TARGET, ms=7, mfc="white", mew=1.6)
    if known:
        axes.plot(done, y, "o", color=ACTUAL, ms=6)


def _year(value) -> str:
    return "–" if is_missing(value) else str(int(value))
