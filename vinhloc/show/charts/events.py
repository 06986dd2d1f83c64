"""Events as planned and as done, on a line of years."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from vinhloc.figures import _, is_missing, named
from vinhloc.show import Table, nothing_to_show, say_events, say_several, year_shown
from vinhloc.show.charts.axes import LANES, letters_in, mark_year, named_rows
from vinhloc.show.charts.chart import (
    ACTUAL,
    EXPECTED,
    MUTED,
    TARGET,
    Chart,
    finish,
)
from vinhloc.show.charts.grid import pick
from vinhloc.show.charts.svg import saying


def draw_events(
    assessment: pd.DataFrame, indicators: list[str], *, year: int | None = None
) -> Chart | Table:
    """Draw events as planned (diamond) and as done (dot) on a line of years.

    With `year`: marked, and the title says how many are done by then.

    >>> vl.draw_events(data.assessment, ["house_numbering_done"]).alt
    'SỐ LIỆU MINH HỌA. Khảo sát, đánh số nhà: đến hạn 2023, đã xong –'
    """
    rows = pick(assessment, indicators)
    if rows.empty:
        return nothing_to_show()
    events = [_event(part) for _place, part in rows.groupby("place", sort=True)]
    done = {event["done"] for event in events if event["done"] is not None}
    years = sorted(done.union(rows["year"]))  # one may be done before the term
    names = [event["name"] for event in events]

    def draw(width: float) -> Figure:
        figure, axes = named_rows(width, names, top=0.3, bottom=0.05)
        axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
        axes.set_xticks(years)
        axes.xaxis.tick_top()
        axes.grid(axis="x")
        if year in years:
            mark_year(axes, year)
        for y, event in enumerate(events):
            _event_line(axes, y + LANES[width].centre, event)
        return figure

    data = pd.DataFrame(events)
    data = data.assign(due=data["due"].map(_year), done=data["done"].map(_year))
    words = {"name": _("Chỉ tiêu"), "due": _("Đến hạn"), "done": _("Đã làm xong")}
    alt = "; ".join(
        _("{name}: đến hạn {due}, đã xong {done}", **event)
        for event in data.to_dict("records")
    )
    seen = year_shown(rows, year)
    return finish(
        say_several(rows, seen) if len(events) == 1 else say_events(events, seen),
        _("Việc đến hạn và việc đã làm xong, xét đến năm {year}", year=seen),
        draw,
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


def _event_line(axes, y: float, event: dict) -> None:
    """Draw when an event was due (diamond) and done (dot), and say both beside them."""
    due, done = event["due"], event["done"]
    text = _("hạn {due}, chưa xong", due=_year(due))
    if not is_missing(done):
        text = _("hạn {due}, xong {done}", due=_year(due), done=_year(done))
        axes.plot([due, done], [y, y], color=EXPECTED, lw=3, solid_capstyle="round")
    says = saying(f"{event['name']}: {text}")
    axes.plot(due, y, "D", color=TARGET, ms=7, mfc="white", mew=1.6, **says)
    if not is_missing(done):
        axes.plot(done, y, "o", color=ACTUAL, ms=6, **says)
    known = [at for at in (due, done) if not is_missing(at)]
    first, last = (min(known), max(known)) if known else axes.get_xlim()
    low, high = axes.get_xlim()
    letter = (high - low) / letters_in(axes, 1)
    fits = last + letter * (len(text) + 2) < high
    axes.annotate(
        text,
        (last if fits else first, y),
        (8 if fits else -8, 0),
        textcoords="offset points",
        ha="left" if fits else "right",
        va="center",
        color=MUTED,
    )


def _year(value) -> str:
    return "–" if is_missing(value) else str(int(value))
