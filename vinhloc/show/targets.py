"""Targets: each beside its figure, over the term, recomputed, amended in mid-term."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
from markupsafe import Markup

from vinhloc.assess import computed, in_words, spans
from vinhloc.data import select
from vinhloc.figures import (
    EVENT_UNIT,
    GRADE_UNIT,
    NO_BREAK,
    _,
    is_missing,
    language,
    named,
    unit_name,
    write_figure,
    write_signed,
    write_target,
)
from vinhloc.show.sources import source_anchor
from vinhloc.show.statuses import (
    rule_of_every_year,
    say_due,
    say_latest,
    shown_status,
    status_mark,
    write_judged,
)
from vinhloc.show.table import Number, Table, any_made_up, each, table_of


def table_of_targets(rows: pd.DataFrame) -> Table:
    """Return indicator, unit, target, actual, gap, status and place in the programme.

    `rows` are rows of the assessment of a year; those of the term get the table of
    the term. A target that only we interpolated is marked.

    >>> rows = vl.select(data.assessment, year=2023, theme="economy")
    >>> table = vl.table_of_targets(rows)
    >>> table.caption, len(table)
    ('Mục tiêu và kết quả năm 2023', 4)
    """
    if rows["period"].eq("term").any():
        return table_of_term(rows)
    caption = _("Mục tiêu và kết quả")
    if len(rows):
        caption = _("Mục tiêu và kết quả năm {year}", year=rows["year"].max())
    columns = {
        _("Chỉ tiêu"): named,
        _("Đơn vị"): unit_name,
        _("Mục tiêu"): Number(target_cell),
        **path_column(rows),
        _("Thực hiện"): Number(actual_cell),
        _("Chênh lệch"): Number(gap_cell),
        _("Kết quả"): standing_mark,
        _("Mục trong chương trình"): rows["target_locator"].fillna(rows["locator"]),
    }
    return table_of(caption, rows, columns, note=notes_of(rows))


def has_path(rows: pd.DataFrame) -> pd.Series:
    """Tell for which rows of a year a path that we interpolated is shown."""
    return rows["expected"].notna() & rows["period"].eq("year")


def path_column(rows: pd.DataFrame) -> dict[str, Number]:
    """Return the column of our path, where any of the rows has one."""
    if not has_path(rows).any():
        return {}
    return {_("Mức theo lộ trình"): Number(figure_in("expected"))}


def notes_of(rows: pd.DataFrame) -> str:
    """Return what has to be known to read a table of targets."""
    full = rows["unit"].eq("%") & rows["target"].ge(100) & rows["gap"].gt(0)
    texts = {
        _(
            "Mức theo lộ trình: do nhóm biên soạn báo cáo nội suy, "
            "không phải mục tiêu của chương trình."
        ): has_path(rows),
        _("Mục tiêu từ 100% trở lên: cao hơn vẫn là đạt, không tính vượt."): full,
        _("Số có năm trong ngoặc: số của mốc cuối cùng."): _by_milestone(rows),
        rule_of_every_year(): rows["over_term"].eq("every_year")
        & rows["period"].eq("term"),
    }
    return " ".join(text for text, has in texts.items() if has.any())


def _by_milestone(rows: pd.DataFrame) -> pd.Series:
    level = rows["period"].eq("term") & rows["over_term"].eq("last")
    return level & rows["due_year"].lt(rows["year"])


def standing_mark(row: Mapping) -> Markup:
    """Return the status of a row as its shape and its word."""
    return status_mark(shown_status(row))


def target_cell(row: Mapping, *, unit: bool = False) -> str:
    """Return a target and, where it is not the year's own, what it is."""
    written = write_target(row, unit=unit)
    match row["target_basis"]:
        case "term" if row["period"] == "year":
            return _("{target} (hạn {due})", target=written, due=say_due(row))
        case "total":
            return _("tổng cả kỳ, xét ở cuối kỳ")
    due = row.get("due")
    return (
        written
        if is_missing(due)
        else _("{target} (hạn {due})", target=written, due=due)
    )


def actual_cell(row: Mapping) -> str | Markup:
    """Return a reported figure with a link to its source."""
    written = write_judged(row)
    source = row["source"]
    if is_missing(row["actual"]) and row["conflict"]:
        return _("hai nguồn khác nhau")
    if is_missing(row["actual"]):
        latest = say_latest(row) if row["period"] == "term" else ""
        return _("– gần nhất: {latest}", latest=latest) if latest else written
    if not isinstance(source, str):
        return written
    return Markup('{} <a class="source" href="#{}">[{}]</a>').format(
        written, source_anchor(source), source
    )


def gap_cell(row: Mapping) -> str:
    """Return the gap of a year's figure to the target stated for it, with its sign."""
    if row["unit"] == EVENT_UNIT or row["target_basis"] != "stated":
        return "–"
    return write_signed(row["gap"], row["decimals"])


def table_of_identities(assessment: pd.DataFrame, year: int) -> Table:
    """Return each identity recomputed: of the targets and of the reported figures.

    The targets are those of the end of the term.

    >>> vl.table_of_identities(data.assessment, 2024).frame["Cách tính"].tolist()
    ['Diện tích lúa × Năng suất lúa ÷ 10', 'Diện tích ngô × Năng suất ngô ÷ 10']
    """
    ends = select(assessment, period="term").set_index("indicator")["target"]
    rows = select(assessment, year=year).set_index("indicator", drop=False)
    names = {row["indicator"]: named(row) for row in rows.to_dict("records")}
    sides = {
        _("Mục tiêu cuối kỳ"): ends,
        _("Thực hiện"): rows["actual"].where(rows["bound"].eq("exact")),
    }
    own = rows[rows["identity"].ne("")]
    columns = {
        _("Chỉ tiêu"): named,
        _("Cách tính"): [in_words(text, names) for text in own["identity"]],
    }
    for label, values in sides.items():
        wide = pd.DataFrame([values.to_dict()])
        found = [computed(wide, identity)[0] for identity in own["identity"]]
        figures = {
            _("{label}, đã ghi", label=label): [values[name] for name in own.index],
            _("{label}, tính lại", label=label): found,
        }
        for head, made in figures.items():
            columns[head] = Number(list(map(write_figure, made, own["decimals"])))
    caption = _("Kiểm lại các phép tính, năm {year}", year=year)
    return table_of(caption, own, columns, made_up=any_made_up(rows))


def term_verdict(row: Mapping) -> str | Markup:
    """Return the verdict of the term, or that the programme states no target for it."""
    if is_missing(row["target"]):
        return _("chương trình không nêu mục tiêu cả kỳ")
    return standing_mark(row)


def running_cell(row: Mapping) -> str:
    """Return the total so far, done / planned; "–" for what is not added up."""
    if row["over_term"] != "sum":
        return "–"
    whole = row["period"] == "term" and not is_missing(row["target"])
    plan = "target" if whole else "cumulative_target"
    done, planned = map(figure_in, ("cumulative", plan))
    return f"{done(row)} / {planned(row)}"


def figure_in(column: str) -> Callable[[Mapping], str]:
    """Return what writes the figure in a column with the decimals of its row."""
    return lambda row: write_figure(row[column], row["decimals"])


def table_of_term(rows: pd.DataFrame) -> Table:
    """Return the term's verdicts: the whole, the running total against its target.

    >>> rows = vl.select(data.assessment, period="term", indicator="canals_upgraded")
    >>> vl.table_of_term(rows).frame["Cộng dồn thực hiện / kế hoạch"].tolist()
    ['887 / 1.000']
    """
    columns = {
        _("Chỉ tiêu"): named,
        _("Đơn vị"): unit_name,
        _("Mục tiêu cả kỳ"): Number(write_target),
        _("Thực hiện cả kỳ"): Number(actual_cell),
        _("Cộng dồn thực hiện / kế hoạch"): Number(running_cell),
        _("Kết quả"): term_verdict,
    }
    return table_of(_("Đánh giá cả nhiệm kỳ"), rows, columns, note=notes_of(rows))


def ends_in_full(assessment: pd.DataFrame) -> dict[str, str]:
    """Return the last targets of which one number is not all: spans and grades."""
    level = assessment["over_term"].eq("last") & assessment["period"].eq("year")
    rows = assessment[level & assessment["target_basis"].eq("stated")]
    rows = rows.sort_values("year").drop_duplicates("indicator", keep="last")
    rows = rows[spans(rows) | rows["unit"].eq(GRADE_UNIT)]
    return dict(zip(rows["indicator"], each(rows, write_target), strict=True))


def gap_unit(row: Mapping) -> str:
    """Return the unit of a gap: of a rate, percentage points, of a grade, ranks."""
    if row["unit"] == GRADE_UNIT:
        return _("bậc")
    points = _("điểm phần trăm").replace(" ", NO_BREAK)
    return points if row["unit"] == "%" else unit_name(row)


def gap_size(row: Mapping, value: float) -> str:
    """Return a gap or a change with its unit, on one line; in English one is singular.

    `value` is in the unit of the row, and not below 0.
    """
    size, unit = write_figure(value, row["decimals"]), gap_unit(row)
    if language() == "en" and size == "1" and unit.endswith("s"):
        unit = unit.removesuffix("s")
    return f"{size}{NO_BREAK}{unit}"


def say_short(row: Mapping) -> str:
    """Return by how much a figure misses its target: below it, above it, or upon it."""
    value = gap_size(row, row["shortfall"])
    if row["gap"] > 0:
        return _("cao hơn kế hoạch {value}", value=value)
    if row["comparator"] == "<":  # just what was to be stayed below
        return _("thừa {value}", value=value)
    return _("thấp hơn kế hoạch {value}", value=value)


def change_unit(row: Mapping) -> str:
    """Return the unit of a change in one year: without the year that it may end in."""
    return gap_unit(row).removesuffix(_("/năm"))
