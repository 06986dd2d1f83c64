"""The report as blocks: what Word and PDF both show, in the order of the decree.

Sentences come from the prose modules, figures from the assessment. What only the
office can write stands as a marked place (`to_fill`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from vinhloc.data import Data, select
from vinhloc.figures import _, named, write_date, write_target
from vinhloc.outlook import urgent_targets
from vinhloc.review.paper.annex import annex_notes, annex_rows
from vinhloc.review.paper.columns import Column, annex_columns
from vinhloc.review.paper.official import Official, to_fill
from vinhloc.review.view import View
from vinhloc.show import (
    Prose,
    Table,
    area_has_ended,
    say_arrears,
    say_balance,
    say_breaks,
    say_coverage,
    say_indicator,
    say_known,
    say_lacking,
    say_missing,
    say_pace,
    say_remarks,
    say_schedule,
    say_sensitivity,
    table_of_arrears,
    table_of_attention,
    table_of_sources,
)
from vinhloc.show.charts import Chart, draw_balance, draw_multiples

MOST_URGENT = 15
PANELS = 4  # of a theme's chart
MET, LACKING = ("exceeded", "met"), ("missed", "undecided")


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 is "I.", 2 is "1.", 3 is "a)"; the number stands in it."""

    text: str
    level: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body; a dash before it where it is one of a list."""

    text: str
    made_up: bool = False
    listed: bool = False

    @property
    def leads(self) -> bool:
        """Whether it leads to what follows, and must not stand apart from it."""
        return self.text.endswith(":") and not self.listed


@dataclass(frozen=True)
class Annex:
    """An annex on pages of its own, in landscape."""

    number: str
    title: str
    blocks: tuple


@dataclass(frozen=True)
class Report:
    """A report: what stands around it, its body and its annexes."""

    official: Official
    title: str
    body: tuple
    annexes: tuple[Annex, ...]
    annex_columns: tuple[Column, ...]
    annex_table: pd.DataFrame
    annex_notes: str
    made_up: bool


Block = Heading | Paragraph | Table | Chart


def build_report(view: View, official: Official) -> Report:
    """Return the report of a review, in the language in use."""
    body, table = tuple(_body(view)), annex_rows(view)
    notes = annex_notes(view)
    cited = _cited(view.data, body, [*table["note"].dropna(), notes])
    sources = table_of_sources(view.data.sources, cited, on_page=False)
    return Report(
        official=official,
        title=report_title(view),
        body=body,
        annexes=(
            Annex("I", _("Biểu chỉ tiêu kinh tế - xã hội"), ()),
            Annex("II", _("Nguồn của các số liệu"), (sources,)),
        ),
        annex_columns=annex_columns(view),
        annex_table=table,
        annex_notes=notes,
        made_up=bool(view.data.made_up),
    )


def annex_titles(number: str, title: str, report: str) -> tuple[str, str, str]:
    """Return what stands above an annex: number, title, that of the report."""
    attached = _("(Kèm theo Báo cáo: {title})", title=report)
    return _("Phụ lục {number}", number=number), title, attached


def report_title(view: View) -> str:
    """Return what the report is about, as it stands below its name."""
    programme = view.data.programme
    values = {"number": programme.number, "span": view.span}
    if view.term:
        return _("Kết quả thực hiện Chương trình số {number} nhiệm kỳ {span}", **values)
    return _("Kết quả thực hiện Chương trình số {number} năm {span}", **values)


def _body(view: View) -> Iterator[Block]:
    data, programme = view.data, view.data.programme
    yield Paragraph(
        _(
            "Căn cứ Chương trình số {number} ngày {date} ({title}), {body} báo cáo "
            "kết quả như sau:",
            number=programme.number,
            date=write_date(programme.date),
            title=programme.title,
            body=programme.issued_by,
        )
    )
    yield Heading(_("I. KẾT QUẢ CHUNG"), 1)
    yield from _said(say_coverage(data, view.year, period=view.period))
    yield from _said(say_balance(data, view.year, period=view.period))
    yield from _said(say_arrears(data, view.year, period=view.period))
    if not view.term:
        yield from _said(say_schedule(data, view.year))
    yield draw_balance(view.judged, data.themes)
    yield Paragraph(_("Chi tiết từng chỉ tiêu: Phụ lục I; nguồn số liệu: Phụ lục II."))
    yield Heading(_("II. KẾT QUẢ TỪNG LĨNH VỰC"), 1)
    for number, theme in enumerate(data.themes.to_dict("records"), 1):
        yield Heading(f"{number}. {named(theme)}", 2)
        yield from _theme(view, theme["theme"])
    yield Heading(_("III. MỤC TIÊU CẦN CHÚ Ý, MỨC ĐỘ TIN CẬY CỦA KẾT LUẬN"), 1)
    urgent = urgent_targets(view.rows)
    if len(urgent):
        departments = data.names_of("departments", "department")
        yield table_of_attention(urgent, departments, most=MOST_URGENT)
    else:
        yield Paragraph(_("Không có mục tiêu nào cần chú ý."))
    yield from _said(say_sensitivity(data, view.year, period=view.period))
    yield from _changes(data)
    yield Heading(_("IV. PHƯƠNG HƯỚNG, NHIỆM VỤ"), 1)
    yield from _tasks(view)


def _changes(data: Data) -> Iterator[Paragraph]:
    """Give what changed in the area or in the methods, each once."""
    changes = list(_said(say_breaks(data), listed=True))
    if changes:
        yield Paragraph(_("Thay đổi về địa giới, phương pháp tính:"))
        yield from changes


def _theme(view: View, theme: str) -> Iterator[Block]:
    """Give results, shortfalls, causes and measures, and what is due next."""
    data, year, period = view.data, view.year, view.period
    rows = view.rows[view.rows["theme"] == theme]
    yield Heading(_("a) Kết quả"), 3)
    yield from _said(say_balance(data, year, theme, period=period))
    yield from _known(view, theme, MET)
    yield from _theme_chart(view, theme, rows)
    yield Heading(_("b) Chưa đạt, chưa kết luận được, chưa có số liệu"), 3)
    yield from _known(view, theme, LACKING)
    yield from _missing(rows)
    if not rows["status"].isin([*LACKING, "no_data"]).any():
        yield Paragraph(_("Không có."))
    open_ones = table_of_arrears(data, year, theme, period=period)
    if len(open_ones):
        yield open_ones
    if not view.term:
        yield from _said(say_pace(data, year, theme), listed=True)
    yield Heading(_("c) Nguyên nhân, giải pháp"), 3)
    yield from _said(say_remarks(data, year, theme, period=period), listed=True)
    yield Paragraph(to_fill(_("văn phòng bổ sung nguyên nhân, giải pháp")))
    if due := _due_next(view, theme):
        yield Heading(_("d) Đến hạn năm {year}", year=year + 1), 3)
        yield from due


def _missing(rows: pd.DataFrame) -> Iterator[Paragraph]:
    """Give what has no figure: what lacks and what is known of it; else its name."""
    missing = rows[rows["status"].eq("no_data")].to_dict("records")
    made_up = bool(rows["made_up"].any())
    for row in missing:
        if say_lacking(row):
            yield Paragraph(say_indicator(row), made_up, listed=True)
    names = "; ".join(named(row) for row in missing if not say_lacking(row))
    if names:
        text = _("Chưa có số liệu: {names}.", names=names)
        yield Paragraph(text, made_up, listed=True)


def _known(view: View, theme: str, statuses: tuple[str, ...]) -> Iterator[Paragraph]:
    """Give a sentence for each indicator of a theme that has one of the statuses."""
    prose = say_known(
        view.data, view.year, theme, period=view.period, statuses=statuses
    )
    return _said(prose, listed=True)


def _theme_chart(view: View, theme: str, rows: pd.DataFrame) -> Iterator[Chart]:
    """Give a chart of the levels that have most to show, if any has a figure."""
    levels = rows[rows["over_term"].eq("last") & rows["actual"].notna()]
    levels = levels.sort_values(["main", "order"], ascending=[False, True])
    names = levels["indicator"].head(PANELS).tolist()
    title = _(
        "{theme}: các chỉ tiêu qua từng năm",
        theme=view.data.names_of("themes", "theme")[theme],
    )
    drawn = None
    if names:
        drawn = draw_multiples(view.assessment, names, title=title, year=view.year)
    if isinstance(drawn, Chart):
        yield drawn


def _due_next(view: View, theme: str) -> list[Paragraph]:
    """Return the targets that the programme states for the next year of the term."""
    rows = select(view.data.assessment, year=view.year + 1, theme=theme)
    rows = rows[rows["target_basis"].eq("stated")]
    return [
        Paragraph(f"{named(row)}: {write_target(row, unit=True)}.", listed=True)
        for row in ([] if view.term else rows.to_dict("records"))
    ]


def _tasks(view: View) -> Iterator[Paragraph]:
    if area_has_ended(view.data, view.year):
        areas = view.data.names_of("areas", "area")
        yield Paragraph(
            _(
                "Kính đề nghị Ủy ban nhân dân {successor} (nơi kế thừa) xem xét, chỉ "
                "đạo các nội dung sau:",
                successor=areas[view.data.programme.successor_area],
            )
        )
    yield from _said(say_missing(view.data, view.year, period=view.period))
    yield Paragraph(to_fill(_("văn phòng ghi phương hướng, nhiệm vụ, kiến nghị")))


def _cited(data: Data, body: tuple, texts: list[str]) -> list[str]:
    """Return the documents that a report names: the programme, the keys in texts."""
    for block in body:
        match block:
            case Paragraph():
                texts.append(block.text)
            case Chart():
                texts.append(block.source)
    words = set(re.findall(r"[\w-]+", " ".join(texts)))
    return [data.programme.document, *words.intersection(data.sources["source"])]


def _said(prose: Prose, *, listed: bool = False) -> Iterator[Paragraph]:
    """Give the paragraphs of a Prose."""
    for text in prose.paragraphs:
        yield Paragraph(text, prose.made_up, listed)
