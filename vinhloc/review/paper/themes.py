"""What a report says of a theme: what is met, what is not and why, what is due next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from vinhloc.data import select
from vinhloc.figures import (
    EVENT_UNIT,
    _,
    in_steps,
    is_missing,
    named,
    unit_after,
    write_aim,
    write_figure,
    write_target,
    write_value,
)
from vinhloc.review.paper.blocks import Block, Heading, Paragraph, said
from vinhloc.review.paper.official import to_fill
from vinhloc.review.view import View
from vinhloc.show import (
    MET,
    gap_size,
    is_dark,
    say_balance,
    say_indicator,
    say_lacking,
    say_remarks,
    told_of,
    write_judged,
)
from vinhloc.show.charts import Chart, draw_multiples

PANELS = 2  # of a theme's chart, side by side: a tall one leaves a hole before it
LACKING = ("missed", "undecided")
FEW = 10  # of which a share says little
JUDGED = (*MET, "missed")


def theme_blocks(view: View, theme: str, lines: pd.DataFrame) -> Iterator[Block]:
    """Give results, shortfalls with cause and measure, and what is due next.

    `lines` are those of the annex. Each part that has something to say is under a
    heading, but for one that stands alone.
    """
    rows = view.rows[view.rows["theme"] == theme]
    own = lines[lines["indicator"].isin(rows["indicator"])]
    of = dict(zip(own["indicator"], own.to_dict("records"), strict=True))
    parts = {
        _("Kết quả đạt được"): _results(view, theme, rows, of),
        _("Tồn tại, hạn chế"): _lacking(view, rows, of),
        _("Nguyên nhân, giải pháp"): _causes(view, rows),
    }
    filled = {heading: [*blocks] for heading, blocks in parts.items()}
    shown = {heading: blocks for heading, blocks in filled.items() if blocks}
    for letter, (heading, blocks) in zip("abc", shown.items(), strict=False):
        if len(shown) > 1:
            yield Heading(f"{letter}) {heading}", 3)
        yield from blocks
    yield from _due_next(view, theme)


def _results(
    view: View, theme: str, rows: pd.DataFrame, lines: Mapping
) -> Iterator[Block]:
    """Give the counts of a theme, what is met, what is known of the rest, a chart."""
    if rows["actual"].isna().all():
        return
    balance = say_balance(view.data, view.year, theme, period=view.period)
    yield from [*said(balance)][:1]
    yield from _each(view, rows[rows["status"].isin(MET)], lines)
    waiting = rows[rows["status"].eq("not_due") & rows["actual"].notna()]
    known = [
        ", ".join(filter(None, [_value(r), _changed(r, lines[r["indicator"]])]))
        for r in waiting.to_dict("records")
        if r["unit"] != EVENT_UNIT
    ]
    if known and not view.term:
        text = _("Chưa đến hạn đánh giá: {known}.", known="; ".join(known))
        yield Paragraph(text, listed=True)
    yield from _theme_chart(view, theme, rows)


def _lacking(view: View, rows: pd.DataFrame, lines: Mapping) -> Iterator[Paragraph]:
    """Give what is missed or undecided, in the same item why and what is done.

    What has no figure stands in one line, but for what is known of it.
    """
    yield from _each(view, rows[rows["status"].isin(LACKING)], lines, told=True)
    missing = rows[rows["status"].eq("no_data")].to_dict("records")
    known = [row for row in missing if say_lacking(row)]
    for row in known:
        yield Paragraph(say_indicator(row), listed=True)
    if names := "; ".join(named(row) for row in missing if row not in known):
        yield Paragraph(_("Chưa có số liệu: {names}.", names=names), listed=True)


def _each(
    view: View, rows: pd.DataFrame, lines: Mapping, *, told: bool = False
) -> Iterator[Paragraph]:
    why, end = told_of(view.data, rows), view.data.programme.last_year
    for row in rows.to_dict("records"):
        result = say_result(row, lines[row["indicator"]], end=end)
        texts = [result, *(why[row["indicator"]] if told else [])]
        yield Paragraph(" ".join(texts), listed=True)


def _causes(view: View, rows: pd.DataFrame) -> Iterator[Paragraph]:
    """Give what the office says beside its items, or one place to say it.

    What is missed has its cause and measure beside it.
    """
    lacking = rows[rows["status"].isin(LACKING)]
    others = rows.loc[~rows["status"].isin(LACKING), "indicator"]
    for name in [] if view.term else others:
        told = say_remarks(view.data, view.year, indicator=name)
        yield from [] if told.nothing else said(told, listed=True)
    if not all(told_of(view.data, lacking).values()):
        yield Paragraph(to_fill(_("văn phòng bổ sung nguyên nhân, giải pháp")))


def _theme_chart(view: View, theme: str, rows: pd.DataFrame) -> Iterator[Chart]:
    """Give a chart of the levels that have most to show, if any has a figure."""
    levels = rows[rows["over_term"].eq("last") & rows["actual"].notna()]
    levels = levels[~levels["unit"].map(in_steps).astype(bool)]
    levels = levels.sort_values(["main", "order"], ascending=[False, True])
    names = levels["indicator"].head(PANELS).tolist()
    title = _(
        "{theme}: các chỉ tiêu qua từng năm",
        theme=view.data.names_of("themes", "theme")[theme],
    )
    drawn = draw_multiples(view.assessment, names, title=title) if names else None
    if isinstance(drawn, Chart):
        yield drawn


def _due_next(view: View, theme: str) -> Iterator[Paragraph]:
    """Give the targets that the programme states for the next year of the term.

    None where this one is not yet known: its report stays short.
    """
    if view.term or is_dark(view.rows):
        return
    rows = select(view.data.assessment, year=view.year + 1, theme=theme)
    rows = rows[rows["target_basis"].isin(["stated", "term"])]
    rows = rows[rows["due_year"].eq(view.year + 1)]
    names = "; ".join(
        f"{named(row)}: {write_target(row, unit=True)}"
        for row in rows.to_dict("records")
    )
    if names:
        text = _("Đến hạn năm {year}: {names}.", year=view.year + 1, names=names)
        yield Paragraph(text, listed=True)


def say_result(row: Mapping, line: Mapping, *, end: int) -> str:
    """Return the sentence of a report on a row; `line` is its line in the annex.

    Of a year, in the order that such reports have. An event, what has no verdict and
    the whole of the term (until `end`) are told as on the pages.
    """
    plain = row["status"] in JUDGED and row["unit"] != EVENT_UNIT
    if row["period"] == "term" or not plain:
        return say_indicator(row, end=end)
    parts = [_value(row), _changed(row, line), _against_plan(row, line)]
    if not is_missing(row["earlier"]):
        value = write_value(row["earlier"], row) + unit_after(row)
        parts.append(_("số liệu điều chỉnh, trước là {value}", value=value))
    cite = f" [{row['source']}]" if isinstance(row["source"], str) else ""
    return ", ".join(filter(None, parts)) + f"{cite}."


def _value(row: Mapping) -> str:
    """Return an indicator with its figure: "Diện tích lúa đạt 315 ha"."""
    name = named(row)
    says = row["direction"] != "up" or _("đạt") in name.lower() or ":" in name
    text = _("{name}: {actual}") if says else _("{name} đạt {actual}")
    return text.format(name=name, actual=write_judged(row, unit=True))


def _changed(row: Mapping, line: Mapping) -> str:
    """Return a change on last year in words; "" where the annex has none."""
    if is_missing(change := line["change"]):
        return ""
    size = f"{write_figure(abs(change), 1)}%"
    few = not row["decimals"] and line["before"] < FEW
    if line["is_rate"] or few:
        size = gap_size(row, abs(row["change"]))
    if not any(digit in size for digit in "123456789"):
        return _("bằng cùng kỳ")
    if change > 0:
        return _("tăng {value} so với cùng kỳ", value=size)
    return _("giảm {value} so với cùng kỳ", value=size)


def _against_plan(row: Mapping, line: Mapping) -> str:
    """Return how a figure stands to its plan: a share of it, or above and below it."""
    target = write_aim(row, bare=True)
    texts = {
        "exceeded": _("vượt kế hoạch {target}"),
        "met": _("đạt kế hoạch {target}"),
        "missed": _("chưa đạt kế hoạch {target}"),
    }
    if row["direction"] != "up":
        texts["exceeded"] = _("tốt hơn kế hoạch {target}")
    said = texts[row["status"]].format(target=target)
    if not is_missing(line["percent"]) and not line["is_rate"]:
        share = write_figure(line["percent"], 1)
        text = _("đạt {share}% KH năm ({target})")
        said = text.format(share=share, target=target)
    if row["vintage"] == "estimate":
        said = _("dự kiến {verdict}", verdict=said)
    short = row["shortfall"]
    if row["status"] != "missed" or is_missing(short) or not short:
        return said
    lacking = _("cao hơn {value}") if row["gap"] > 0 else _("thấp hơn {value}")
    return f"{said}, {lacking.format(value=gap_size(row, short))}"
