"""A page for each indicator: what it is, its chart, every year, every figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from markupsafe import Markup

from vinhloc.data import (
    Data,
    breaks_of,
    context_of,
    seen_from,
    select,
    sensitive_verdicts,
    sources_of,
)
from vinhloc.figures import (
    EVENT_UNIT,
    _,
    is_missing,
    named,
    write_actual,
    write_date,
    write_trimmed,
)
from vinhloc.office import kinds_of, origin_of, said_of
from vinhloc.review.pages.html import FOLDER, page_of
from vinhloc.review.view import View
from vinhloc.show import (
    Prose,
    Table,
    amended_targets,
    each,
    facts_of,
    make_table,
    prose,
    say_amendments,
    say_baseline,
    say_breaks,
    say_indicator,
    say_remarks,
    source_link,
    table_of_context,
    table_of_indicator,
    table_of_issues,
    table_of_questions,
    table_of_sensitivity,
    table_of_sources,
    told_of,
    when_of,
)
from vinhloc.show.charts import (
    Chart,
    draw_events,
    draw_path,
    draw_steps,
    draw_year_grid,
)

# Of the assessment, what no page shows: narrow frames are read faster. So are texts
# as Python's own.
UNSHOWN = [
    *("plausible_low", "plausible_high", "baseline", "baseline_year", "complete"),
    *("attainment", "schedule", "schedule_note", "end_value", "progress", "pace"),
    *("observed_change", "required_change", "trend"),
]
# Of it, what the file beside a page holds.
SHARED = [
    *("indicator", "name_vi", "unit", "year", "period", "target", "upper_target"),
    *("comparator", "target_basis", "due_year", "expected", "actual", "upper_actual"),
    *("bound", "vintage", "as_of", "source", "gap", "status", "made_up"),
]
Frames = dict[str, pd.DataFrame]  # indicator -> its rows
Section = tuple[str, list]  # a heading, and what can show itself below it


@dataclass(frozen=True)
class Known:
    """What is known of every indicator, derived once for all pages."""

    view: View
    names: Mapping[str, str]
    rows: Frames  # all periods, with the projection
    figures: Frames  # as `_figures_on_record` returns them
    sensitive: Frames
    issues: Frames
    questions: Frames
    remarks: Frames

    @classmethod
    def of(cls, view: View, assessment: pd.DataFrame) -> Known:
        """Return what is known in a view; `assessment` holds the projection."""
        data = view.data
        names = each(data.indicators, named)
        seen = seen_from(assessment, view.year).drop(columns=UNSHOWN)
        doubts = sensitive_verdicts(data, view.year, period=view.period)
        texts = [name for name in seen if seen[name].dtype == "str"]
        return cls(
            view=view,
            names=dict(zip(data.indicators["indicator"], names, strict=True)),
            rows=_by_indicator(seen.astype(dict.fromkeys(texts, object))),
            figures=_by_indicator(_figures_on_record(data)),
            sensitive=_by_indicator(doubts),
            issues=_by_indicator(data.issues),
            questions=_by_indicator(data.questions),
            remarks=_by_indicator(data.tables["remarks.csv"]),
        )


def _by_indicator(rows: pd.DataFrame) -> Frames:
    """Return the rows of each indicator; none for one that has none."""
    parts = dict(list(rows.groupby("indicator", sort=False)))
    return defaultdict(lambda: rows.iloc[:0], parts)


def indicator_links(data: Data, theme: str) -> list[dict[str, str]]:
    """Return the name and the page of each indicator of a theme, in their order."""
    rows = data.indicators[data.indicators["theme"] == theme].sort_values("order")
    return [
        {"name": named(row), "page": f"{FOLDER}/{row['indicator']}.html"}
        for row in rows.to_dict("records")
    ]


def indicator_pages(
    view: View, values: dict, assessment: pd.DataFrame
) -> Iterator[tuple[Path, str]]:
    """Give each indicator's page, with its place in the folder of the review.

    `values`: what every page needs; `assessment`: the whole one, with the projection.
    """
    known = Known.of(view, assessment)
    order = [*known.rows]
    for at, (indicator, rows) in enumerate(known.rows.items()):
        page = page_of(
            "indicator.html.j2",
            {**values, "title": known.names[indicator]},
            facts=facts_of(rows.iloc[0], view.data, known.names, values["pages"]),
            said=_shown(_say_now(rows, view)),
            csv=f"{indicator}.csv",
            before=_near(known, order[:at][-1:]),
            after=_near(known, order[at + 1 :][:1]),
            sections=[
                (heading, list(map(_shown, parts)))
                for heading, parts in _sections_of(indicator, rows, known)
            ],
        )
        yield Path(FOLDER, f"{indicator}.html"), page


def indicator_rows(assessment: pd.DataFrame) -> Iterator[tuple[Path, pd.DataFrame]]:
    """Give each indicator's rows of an assessment, for a file beside its page."""
    for indicator, rows in assessment.groupby("indicator", sort=False):
        yield Path(FOLDER, f"{indicator}.csv"), rows[SHARED]


def _near(known: Known, found: list[str]) -> list[tuple[str, str]]:
    """Return name and page of the indicators next to one; none at the ends."""
    return [(known.names[name], f"{name}.html") for name in found]


def _shown(part: Chart | Table | Prose) -> Markup:
    """Return a chart, table or sentence as HTML."""
    return part.html() if isinstance(part, Chart) else part._repr_html_()


def _say_now(rows: pd.DataFrame, view: View) -> Prose:
    """Return what the year or the term under review has of an indicator."""
    (row,) = select(rows, year=view.year, period=view.period).to_dict("records")
    when = when_of(view.data, view.year, view.period)
    silent = is_missing(row["actual"]) and row["status"] == "not_due"
    silent = silent and not row["conflict"]
    said = _("chưa có số liệu và chưa đến hạn đánh giá.")
    if silent and is_missing(row["target"]):
        said = _("chương trình không nêu mục tiêu năm nay.")
        said = _("chương trình không nêu mục tiêu cả kỳ.") if view.term else said
    elif not silent:
        said = say_indicator(row, end=view.data.programme.last_year)
    text = f"{when[0].upper()}{when[1:]}: {said}"
    told = told_of(view.data, rows[rows["year"].eq(view.year)])[row["indicator"]]
    text = " ".join([text, *told])
    lacking = say_baseline(view.data, indicator=row["indicator"])
    return prose([text, lacking], made_up=bool(row["made_up"]))


def _sections_of(indicator: str, rows: pd.DataFrame, known: Known) -> Iterator[Section]:
    """Give the sections of an indicator's page; what it does not have is left out."""
    data, year, of = known.view.data, known.view.year, {"indicator": indicator}
    figures, breaks = known.figures[indicator], breaks_of(data, **of)
    around, areas = context_of(data, **of), data.names_of("areas", "area")
    yield _("Qua các năm"), [_draw(rows, breaks, known), table_of_indicator(rows)]
    if len(amended := amended_targets(data, indicator)):
        yield _("Mục tiêu được điều chỉnh"), [say_amendments(amended, data)]
    yield _("Mọi số liệu đã nhận"), [_table_of_figures(figures)]
    doubts = [(table_of_sensitivity, known.sensitive), (table_of_issues, known.issues)]
    parts = [(show, found[indicator]) for show, found in doubts]
    if unclear := [show(found) for show, found in parts if len(found)]:
        yield _("Cách đọc khác, nội dung chưa rõ"), unclear
    remarks, asked = known.remarks[indicator], known.questions[indicator]
    said = [say_remarks(data, year, **of, period="term")] if len(remarks) else []
    if said := said + ([table_of_questions(asked)] if len(asked) else []):
        yield _("Giải trình và câu hỏi"), said
    if len(around):
        yield _("Số liệu tham khảo của nơi khác"), [table_of_context(around, areas)]
    if len(breaks):
        yield _("Thay đổi làm số liệu các năm khó so sánh"), [say_breaks(data, **of)]
    used = sources_of(data, figures, around, breaks, amended, rows)
    yield _("Nguồn số liệu"), [table_of_sources(data.sources, used)]


def _draw(rows: pd.DataFrame, breaks: pd.DataFrame, known: Known):
    """Return the chart of an indicator's kind, or a sentence if it would be empty."""
    first = rows.iloc[0]
    yearly, year = rows[rows["period"] == "year"], known.view.year
    summed = first["over_term"] == "sum"
    if first["over_term"] == "once" or (summed and yearly["target"].isna().all()):
        return draw_events(rows, [first["indicator"]], year=year)
    if first["unit"] == EVENT_UNIT:
        return draw_year_grid(rows, [first["indicator"]], year=year)
    if summed:
        return draw_steps(yearly, year=year)
    return draw_path(yearly, breaks=breaks, year=year)


def _figures_on_record(data: Data) -> pd.DataFrame:
    """Return every figure of the own area, the oldest first, with kind and use.

    `kind` in words; `use` is "used", "open" (sources disagree, none is chosen) or "".
    """
    rows = data.actuals[data.actuals["area"] == data.programme.area]
    order = ["indicator", "year", "as_of", "vintage"]
    rows = rows.sort_values(order, kind="stable")
    same = [*order, "area"]
    counts = data.current[[*same, "source", "conflict"]].rename(
        columns={"source": "counts"}
    )
    rows = rows.merge(counts, on=same, how="left", validate="m:1")
    counted = rows["source"].eq(rows["counts"])
    use = np.select([rows["conflict"].eq(True), counted], ["open", "used"], "")
    over_term = data.indicators.set_index("indicator")["over_term"]
    return rows.assign(
        kind=kinds_of(rows), use=use, over_term=rows["indicator"].map(over_term)
    )


def _with_share(row: Mapping) -> str:
    """Return a figure, with the share that the office wrote: 91,7 (11/12)."""
    if is_missing(row["denominator"]):
        return write_actual(row)
    share = (write_trimmed(row[side]) for side in ("numerator", "denominator"))
    return f"{write_actual(row)} ({'/'.join(share)})"


def _table_of_figures(rows: pd.DataFrame) -> Table:
    """Return the table of an indicator's rows of `_figures_on_record`."""
    words = {"used": _("có"), "open": _("hai nguồn khác nhau, chưa chọn"), "": "–"}
    value = _("Số liệu")
    figures = rows.rename(columns={"value": "actual", "upper_value": "upper_actual"})
    # The kind has a column of its own.
    records = figures.assign(vintage="final").to_dict("records")
    columns = {
        _("Năm"): rows["year"].tolist(),
        value: list(map(_with_share, records)),
        _("Loại số liệu"): rows["kind"].tolist(),
        _("Dùng để đánh giá"): rows["use"].map(words).tolist(),
        _("Nhận ngày"): [write_date(day) for day in rows["as_of"]],
        _("Nguồn"): [source_link(source) for source in rows["source"]],
        _("Vị trí"): list(map(origin_of, records)),
        _("Ghi chú"): list(map(said_of, records)),
    }
    return make_table(
        _("Số liệu đã nhận, kể cả số ước và số đã điều chỉnh"),
        columns,
        numbers=(value,),
        made_up=bool(rows["made_up"].any()),
    )
