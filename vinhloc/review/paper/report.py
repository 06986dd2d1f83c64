"""The report as blocks: what Word and PDF both show, in the order of the decree.

Sentences come from the prose modules, figures from the assessment. What only the
office can write stands as a marked place (`to_fill`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from vinhloc.figures import NO_BREAK, _, named, write_date
from vinhloc.review.paper.annex import annex_notes, annex_rows, roman
from vinhloc.review.paper.blocks import (
    Annex,
    Block,
    Documents,
    Heading,
    Paragraph,
    Report,
    said,
)
from vinhloc.review.paper.columns import annex_columns
from vinhloc.review.paper.official import Official, to_fill
from vinhloc.review.paper.themes import theme_blocks
from vinhloc.review.view import View
from vinhloc.show import (
    area_has_ended,
    is_dark,
    say_arrears,
    say_balance,
    say_breaks,
    say_missing,
    say_schedule,
    say_sensitivity,
    say_tasks,
    table_of_arrears,
    table_of_attention,
    table_of_offices,
    table_of_sources,
)
from vinhloc.show.charts import Chart, draw_balance

MOST_URGENT = 15
# "1,5 điểm phần trăm" in one piece would tear a justified line.
WITHIN_UNIT = re.compile(rf"(?<=[^\W\d]){NO_BREAK}(?=[^\W\d])")


def build_report(view: View, official: Official) -> Report:
    """Return the report of a review, in the language in use."""
    table, documents = annex_rows(view), Documents(view.data)
    body = tuple(_numbered(block, documents) for block in _body(view, table))
    table["note"] = table["note"].fillna("").map(documents.numbered)
    notes = documents.numbered(annex_notes(view))
    cited = documents.with_others([view.data.programme.document])
    sources = table_of_sources(view.data.sources, cited, on_page=False)
    return Report(
        official=official,
        title=report_title(view),
        body=body,
        annexes=(
            Annex("I", _("Biểu chỉ tiêu kinh tế - xã hội"), ()),
            Annex("II", _("Nguồn của các số liệu"), (sources,)),
        ),
        annex_columns=annex_columns(view, table),
        annex_table=table,
        annex_notes=notes,
        made_up=bool(view.data.made_up),
    )


def _numbered(block: Block, documents: Documents) -> Block:
    """Return a block in which documents stand as the numbers that Annex II gives."""
    match block:
        case Paragraph():
            text = WITHIN_UNIT.sub(" ", block.text)
            return replace(block, text=documents.numbered(text))
        case Chart():
            return replace(block, source=documents.numbered(block.source))
    return block


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


def _body(view: View, lines: pd.DataFrame) -> Iterator[Block]:
    """Give the parts of the body; one that has nothing to say is left out."""
    programme = view.data.programme
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
    parts = {
        _("KẾT QUẢ CHUNG"): _overall(view),
        _("KẾT QUẢ TỪNG LĨNH VỰC"): _themes(view, lines),
        _("NHỮNG CHỈ TIÊU CẦN TẬP TRUNG CHỈ ĐẠO"): _urgent(view),
        _("PHƯƠNG HƯỚNG, NHIỆM VỤ"): _tasks(view),
    }
    filled = {heading: [*blocks] for heading, blocks in parts.items()}
    shown = {heading: blocks for heading, blocks in filled.items() if blocks}
    for number, (heading, blocks) in enumerate(shown.items(), 1):
        yield Heading(f"{roman(number)}. {heading}", 1)
        yield from blocks


def _overall(view: View) -> Iterator[Block]:
    data, of = view.data, {"period": view.period}
    dark = is_dark(view.rows)
    yield from said(say_balance(data, view.year, **of))
    if not dark:
        yield from said(say_arrears(data, view.year, **of))
        if not view.term:
            yield from said(say_schedule(data, view.year))
    sensitive = say_sensitivity(data, view.year, **of)
    yield from [] if sensitive.nothing else said(sensitive)
    if len(offices := table_of_offices(data, view.year, **of)):
        yield offices
    if not dark:
        yield draw_balance(view.judged, data.themes)
    yield Paragraph(
        _(
            "Chi tiết từng chỉ tiêu ở Phụ lục I; mục tiêu theo [{document}]; số trong "
            "ngoặc vuông là nguồn ghi ở Phụ lục II.",
            document=data.programme.document,
        )
    )
    if changes := list(said(say_breaks(data), listed=True)):
        yield Paragraph(_("Thay đổi về địa giới, phương pháp tính:"))
        yield from changes


def _themes(view: View, lines: pd.DataFrame) -> Iterator[Block]:
    number = 0
    for theme in view.data.themes.to_dict("records"):
        if blocks := list(theme_blocks(view, theme["theme"], lines)):
            number += 1
            yield Heading(f"{number}. {named(theme)}", 2)
            yield from blocks


def _urgent(view: View) -> Iterator[Block]:
    data, of = view.data, {"period": view.period}
    urgent = table_of_attention(data, view.year, **of, most=MOST_URGENT)
    yield from [urgent] if len(urgent) else []
    open_ones = table_of_arrears(data, view.year, **of)
    if len(open_ones) and not is_dark(view.rows):
        yield open_ones


def _tasks(view: View) -> Iterator[Paragraph]:
    """Give what each office has to do, by when; of an ended area, whom to ask."""
    data, of = view.data, {"period": view.period}
    ended = area_has_ended(data, view.year)
    if ended:
        areas = data.names_of("areas", "area")
        yield Paragraph(
            _(
                "Kính đề nghị Ủy ban nhân dân {successor} (nơi kế thừa) xem xét, chỉ "
                "đạo các nội dung sau:",
                successor=areas[data.programme.successor_area],
            )
        )
    if view.rows["status"].eq("no_data").any() and (ended or is_dark(view.rows)):
        yield from said(say_missing(data, view.year, **of))
    elif not ended:
        yield from said(say_tasks(data, view.year, **of), listed=True)
    yield Paragraph(to_fill(_("văn phòng ghi phương hướng, nhiệm vụ, kiến nghị")))
