"""A page for each indicator: what it is, its chart, every year, every figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from vinhloc.chart import Chart
from vinhloc.chart_events import draw_events
from vinhloc.chart_grid import draw_year_grid
from vinhloc.chart_series import draw_path, draw_steps
from vinhloc.data import Data
from vinhloc.figures import EVENT_UNIT, is_missing, unit_name, write_actual, write_date
from vinhloc.forms.progress import kinds_of, origin_of, said_of
from vinhloc.identity import in_words
from vinhloc.language import _, language, named
from vinhloc.outlook import add_projection
from vinhloc.prose import Prose, prose, when_of
from vinhloc.prose_indicator import say_indicator
from vinhloc.prose_notes import say_breaks, say_remarks
from vinhloc.review.html import page_of
from vinhloc.review.view import View
from vinhloc.rows import breaks_of, context_of, seen_from, sources_of
from vinhloc.sensitivity import sensitive_verdicts
from vinhloc.table import Table, make_table
from vinhloc.tables import each, source_link
from vinhloc.tables_quality import (
    table_of_issues,
    table_of_questions,
    table_of_sensitivity,
)
from vinhloc.tables_sources import table_of_context, table_of_sources
from vinhloc.tables_years import table_of_indicator

FOLDER = "indicators"
Section = tuple[str, list]  # a heading, and what can show itself below it


@dataclass(frozen=True)
class Known:
    """What is known of every indicator, derived once for all pages."""

    view: View
    rows: Mapping[str, pd.DataFrame]  # all periods, with the projection
    figures: pd.DataFrame  # as `figures_on_record` returns them
    sensitive: pd.DataFrame
    names: Mapping[str, str]

    @classmethod
    def of(cls, view: View, assessment: pd.DataFrame) -> Known:
        """Return what is known in a view; `assessment` holds the projection."""
        seen = seen_from(assessment, view.year)
        names = {row["indicator"]: named(row) for row in seen.to_dict("records")}
        return cls(
            view=view,
            rows=dict(list(seen.groupby("indicator", sort=False))),
            figures=figures_on_record(view.data),
            sensitive=sensitive_verdicts(view.data, view.year, period=view.period),
            names=names,
        )


def indicator_links(data: Data, theme: str) -> list[dict[str, str]]:
    """Return the name and the page of each indicator of a theme, in their order."""
    rows = data.indicators[data.indicators["theme"] == theme].sort_values("order")
    return [
        {"name": named(row), "page": f"{FOLDER}/{row['indicator']}.html"}
        for row in rows.to_dict("records")
    ]


def indicator_pages(
    view: View, values: dict, assessment: pd.DataFrame | None = None
) -> Iterator[tuple[Path, str]]:
    """Give each indicator's page, with its place in the folder of the review.

    `values`: what every page needs; `assessment`: with the projection, if it is made.
    """
    if assessment is None:
        assessment = add_projection(view.data.assessment)
    known = Known.of(view, assessment)
    for indicator, rows in known.rows.items():
        page = page_of(
            "indicator.html.j2",
            {**values, "title": known.names[indicator], "root": "../"},
            facts=facts_of(rows.iloc[0], known, values["pages"]),
            said=shown(say_now(rows, view)),
            sections=[
                (heading, list(map(shown, parts)))
                for heading, parts in sections_of(indicator, rows, known)
            ],
        )
        yield Path(FOLDER, f"{indicator}.html"), page


def shown(part: Chart | Table | Prose) -> Markup:
    """Return a chart, table or sentence as HTML."""
    return part.html() if isinstance(part, Chart) else part._repr_html_()


def facts_of(
    row: pd.Series, known: Known, pages: Mapping[str, str]
) -> list[tuple[str, str | Markup]]:
    """Return what an indicator is, in words: label and text."""
    data = known.view.data
    theme = row["theme"]
    name = data.names_of("themes", "theme")[theme]
    link = Markup('<a href="../{}.html">{}</a>').format(theme, name)
    department = data.names_of("departments", "department")[row["department"]]
    if row["department_basis"] == "suggested":
        department = _("{name} (đề nghị)", name=department)
    main = _("Danh mục mục tiêu chính của chương trình")
    other = _("Các chỉ tiêu khác nêu trong chương trình")
    facts = [
        (_("Lĩnh vực"), link if theme in pages else name),
        (_("Thuộc"), main if row["main"] else other),
        (_("Mục trong chương trình"), row["locator"]),
        (_("Đơn vị"), unit_name(row)),
        (_("Chiều tốt"), "" if row["unit"] == EVENT_UNIT else say_direction(row)),
        (_("Cách xét"), say_kind(row["over_term"])),
        (_("Cách tính"), row["identity"] and in_words(row["identity"], known.names)),
        (_("Nơi báo cáo"), department),
    ]
    return [(label, text) for label, text in facts if text]


def say_direction(row: Mapping) -> str:
    """Return which way is better."""
    return {
        "up": _("càng cao càng tốt"),
        "down": _("càng thấp càng tốt"),
        "none": _("không có chiều tốt hay xấu"),
    }[row["direction"]]


def say_kind(over_term: str) -> str:
    """Return how the years and the term are judged."""
    return {
        "last": _(
            "mỗi năm theo mốc của năm đó, cả nhiệm kỳ theo số liệu của năm cuối cùng"
        ),
        "sum": _(
            "mỗi năm theo kế hoạch của năm đó, cả nhiệm kỳ theo tổng cộng các năm"
        ),
        "mean": _("cả nhiệm kỳ theo số bình quân, khi mọi năm đều có số liệu"),
        "growth": _(
            "cả nhiệm kỳ theo mức tăng bình quân nhân, khi mọi năm đều có số liệu"
        ),
        "every_year": _("năm nào cũng phải đạt; cả nhiệm kỳ theo năm kém nhất"),
        "once": _("việc làm một lần: đạt từ năm hoàn thành, kể cả trước hạn"),
    }[over_term]


def say_now(rows: pd.DataFrame, view: View) -> Prose:
    """Return what the year or the term under review has of an indicator."""
    own = rows[rows["year"].eq(view.year) & rows["period"].eq(view.period)]
    row = own.to_dict("records")[0]
    when = when_of(view.data, view.year, view.period)
    silent = is_missing(row["actual"]) and row["status"] == "not_due"
    end = view.data.programme.last_year
    said = _("chưa có số liệu và chưa đến hạn đánh giá.")
    if silent and view.term and is_missing(row["target"]):
        said = _("chương trình không nêu mục tiêu cả kỳ.")
    elif not silent:
        said = say_indicator(row, end=end)
    text = f"{when[0].upper()}{when[1:]}: {said}"
    return prose([text], made_up=bool(row["made_up"]))


def sections_of(indicator: str, rows: pd.DataFrame, known: Known) -> Iterator[Section]:
    """Give the sections of an indicator's page; what it does not have is left out."""
    data = known.view.data
    own = known.figures[known.figures["indicator"] == indicator]
    around = context_of(data, indicator=indicator)
    breaks = breaks_of(data, indicator)
    yield _("Qua các năm"), [draw(rows, breaks, known), table_of_indicator(rows)]
    yield _("Mọi số liệu đã nhận"), [table_of_figures(own, made_up=data.made_up)]
    doubts = known.sensitive[known.sensitive["indicator"] == indicator]
    issues = data.issues[data.issues["indicator"] == indicator]
    other = [(doubts, table_of_sensitivity), (issues, table_of_issues)]
    yield from _section(_("Cách đọc khác, nội dung chưa rõ"), other)
    asked = data.questions[data.questions["indicator"] == indicator]
    remarks = data.tables["remarks.csv"]
    remarks = remarks[remarks["indicator"] == indicator]
    said = [
        (remarks, lambda _rows: say_remarks(data, indicator=indicator)),
        (asked, table_of_questions),
    ]
    yield from _section(_("Giải trình và câu hỏi"), said)
    areas = data.names_of("areas", "area")
    context = [(around, lambda rows: table_of_context(rows, areas))]
    yield from _section(_("Số liệu tham khảo của nơi khác"), context)
    note = [(breaks, lambda _rows: say_breaks(data, indicator=indicator))]
    yield from _section(_("Thay đổi làm số liệu các năm khó so sánh"), note)
    used = sources_of(data, own, around, breaks)
    yield _("Nguồn"), [table_of_sources(data.sources, used)]


def _section(
    heading: str, parts: list[tuple[pd.DataFrame, Callable]]
) -> Iterator[Section]:
    """Give the section of those parts that have rows, or nothing."""
    if made := [make(rows) for rows, make in parts if len(rows)]:
        yield heading, made


def draw(rows: pd.DataFrame, breaks: pd.DataFrame, known: Known):
    """Return the chart of an indicator's kind, or a sentence if it would be empty."""
    first = rows.iloc[0]
    if first["over_term"] == "once":
        return draw_events(rows, [first["indicator"]])
    if first["unit"] == EVENT_UNIT:
        return draw_year_grid(rows, [first["indicator"]])
    yearly = rows[rows["period"] == "year"]
    if first["over_term"] == "sum":
        return draw_steps(yearly)
    return draw_path(yearly, breaks=breaks, year=known.view.year)


def figures_on_record(data: Data) -> pd.DataFrame:
    """Return every figure of the own area, the oldest first, with kind and use.

    `kind` in words; `use` is "used", "open" (sources disagree, none is chosen) or "".
    """
    rows = data.actuals[data.actuals["area"] == data.programme.area]
    order = ["indicator", "year", "as_of", "vintage"]
    rows = rows.sort_values(order, kind="stable")
    counts = data.current[[*order, "area", "source", "conflict"]]
    same = [*order, "area"]
    rows = rows.merge(
        counts.rename(columns={"source": "counts"}), on=same, how="left", validate="m:1"
    )
    use = pd.Series("", index=rows.index).mask(
        rows["source"].eq(rows["counts"]), "used"
    )
    return rows.assign(kind=kinds_of(rows), use=use.mask(rows["conflict"].eq(True), "open"))


def table_of_figures(rows: pd.DataFrame, *, made_up: bool) -> Table:
    """Return every figure on record of an indicator, estimates and corrections too.

    `rows` come from `figures_on_record`.
    """
    words = {"used": _("có"), "open": _("hai nguồn khác nhau, chưa chọn"), "": "–"}
    value = _("Số liệu")
    figures = rows.rename(columns={"value": "actual", "upper_value": "upper_actual"})
    figures = figures.assign(vintage="final")  # the kind has a column of its own
    columns = {
        _("Năm"): rows["year"].tolist(),
        value: each(figures, write_actual),
        _("Loại số liệu"): rows["kind"].tolist(),
        _("Dùng để đánh giá"): rows["use"].map(words).tolist(),
        _("Nhận ngày"): [write_date(day) for day in rows["as_of"]],
        _("Nguồn"): [source_link(source) for source in rows["source"]],
        _("Vị trí"): each(rows, origin_of),
        _("Ghi chú"): each(rows, said_of),
    }
    return make_table(
        _("Số liệu đã nhận, kể cả số ước và số đã điều chỉnh"),
        columns,
        numbers=(value,),
        made_up=made_up and bool(len(rows)),
    )
