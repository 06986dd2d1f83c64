"""The tables of the review: targets, missing figures, steps, context, faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from markupsafe import Markup

from vinhloc.figures import (
    is_missing,
    unit_after,
    unit_name,
    write_actual,
    write_figure,
    write_target,
)
from vinhloc.identity import in_words, parse_identity, product
from vinhloc.language import _, named
from vinhloc.table import Table, make_table, nothing_to_show, status_mark


def each(rows: pd.DataFrame, write) -> list:
    """Return what `write` makes of each row."""
    return [write(row) for row in rows.to_dict("records")]


def table_of_targets(rows: pd.DataFrame, *, caption: str | None = None) -> Table:
    """Return the year's table: indicator, unit, target, actual, gap, status, source.

    `rows` are rows of the assessment. A target that only we interpolated is marked.
    """
    target, actual, gap = _("Mục tiêu"), _("Thực hiện"), _("Chênh lệch")
    columns = {
        _("Chỉ tiêu"): each(rows, named),
        _("Đơn vị"): each(rows, unit_name),
        target: each(rows, target_cell),
        actual: each(rows, actual_cell),
        gap: each(rows, _gap_cell),
        _("Kết quả"): [status_mark(status) for status in rows["status"]],
        _("Mục trong chương trình"): rows["target_locator"]
        .fillna(rows["locator"])
        .tolist(),
    }
    ours = rows["target_basis"].eq("expected").any()
    note = _(
        "Nội suy: do nhóm biên soạn báo cáo tính, không phải mục tiêu của chương trình."
    )
    return make_table(
        caption or _("Mục tiêu và kết quả"),
        columns,
        numbers=(target, actual, gap),
        note=note if ours else "",
        made_up=bool(rows["made_up"].any()),
    )


def target_cell(row: Mapping, *, unit: bool = False) -> str:
    """Return a target and, where it is not the year's own, what it is."""
    written = write_target(row, unit=unit)
    match row["target_basis"]:
        case "expected":
            path = write_figure(row["target"], row["decimals"] + 1)
            path += unit_after(row) if unit else ""
            return _("{target} (nội suy)", target=path)
        case "term" if row["period"] == "year":
            year = int(row["due_year"])
            return _("{target} (hạn {year})", target=written, year=year)
    return written


def actual_cell(row: Mapping) -> str | Markup:
    """Return a reported figure with a link to its source."""
    written = write_actual(row)
    source = row["source"]
    if written == "–" or not isinstance(source, str):
        return written
    return Markup('{} <a class="source" href="#{}">[{}]</a>').format(
        written, source_anchor(source), source
    )


def source_anchor(source: str) -> str:
    """Return the anchor of a source on a page."""
    return f"src-{source}"


def _gap_cell(row: Mapping) -> str:
    if row["unit"] == "event" or row["target_basis"] != "stated":
        return "–" if row["period"] == "year" else _signed(row)
    return _signed(row)


def _signed(row: Mapping) -> str:
    written = write_figure(row["gap"], row["decimals"])
    return f"+{written}" if row["gap"] > 0 else written


def table_of_missing(rows: pd.DataFrame, departments: Mapping[str, str]) -> Table:
    """Return what is due without a figure: department, indicator, target."""
    missing = rows[rows["status"].eq("no_data")].sort_values(
        ["department", "order"], kind="stable"
    )

    def department(row: Mapping) -> str:
        name = departments.get(row["department"], row["department"])
        suggested = row["department_basis"] == "suggested"
        return _("{name} (đề nghị)", name=name) if suggested else name

    target = _("Mục tiêu")
    columns = {
        _("Chỉ tiêu"): each(missing, named),
        target: each(missing, lambda row: write_target(row, unit=True)),
        _("Nơi báo cáo"): each(missing, department),
    }
    return make_table(_("Đến hạn nhưng chưa có số liệu"), columns, numbers=(target,))


def table_of_steps(rows: pd.DataFrame) -> Table:
    """Return the yearly steps of a `sum` indicator: year, place, plan, done, totals."""
    if rows.empty:
        return nothing_to_show()
    planned, done = _("Kế hoạch năm"), _("Thực hiện")
    total, total_done = _("Cộng dồn kế hoạch"), _("Cộng dồn thực hiện")
    unit = unit_name(rows.iloc[0])
    columns = {
        _("Năm"): rows["year"].tolist(),
        _("Địa điểm"): rows["place"].replace("", pd.NA).fillna("–").tolist(),
        planned: each(rows, write_target),
        done: each(rows, actual_cell),
        total: each(
            rows, lambda row: write_figure(row["cumulative_target"], row["decimals"])
        ),
        total_done: each(
            rows, lambda row: write_figure(row["cumulative"], row["decimals"])
        ),
        _("Kết quả"): [status_mark(status) for status in rows["status"]],
    }
    caption = _("{name} theo từng năm ({unit})", name=named(rows.iloc[0]), unit=unit)
    return make_table(
        caption,
        columns,
        numbers=(planned, done, total, total_done),
        made_up=bool(rows["made_up"].any()),
    )


def table_of_years(assessment: pd.DataFrame, indicators: Sequence[str]) -> Table:
    """Return indicators across the term: for each year "reported / target".

    `assessment` is the whole one; indicators that the programme lacks are left out.
    """
    wanted = assessment["indicator"].isin(list(indicators))
    rows = assessment[wanted & assessment["period"].eq("year")]
    firsts = rows.drop_duplicates("indicator")

    def cell(row: Mapping) -> str:
        stated = row["target_basis"] == "stated"
        target = write_target(row) if stated else "–"
        actual = write_actual(row)
        return f"{actual} / {target}" if (actual, target) != ("–", "–") else "–"

    columns = {
        _("Chỉ tiêu"): each(firsts, named),
        _("Đơn vị"): each(firsts, unit_name),
    }
    years = {
        str(year): each(part, cell) for year, part in rows.groupby("year", sort=True)
    }
    return make_table(
        _("Thực hiện / mục tiêu từng năm"),
        {**columns, **years},
        numbers=tuple(years),
        made_up=bool(rows["made_up"].any()),
    )


def table_of_gaps(assessment: pd.DataFrame, indicators: Sequence[str]) -> Table:
    """Return indicators across the term: for each year the gap to its milestone."""
    wanted = assessment["indicator"].isin(list(indicators))
    rows = assessment[wanted & assessment["period"].eq("year")]
    firsts = rows.drop_duplicates("indicator")
    columns = {
        _("Chỉ tiêu"): each(firsts, named),
        _("Đơn vị"): each(firsts, gap_unit),
    }
    years = {str(year): each(part, _gap_cell) for year, part in rows.groupby("year")}
    return make_table(
        _("Chênh lệch so với mốc từng năm"),
        {**columns, **years},
        numbers=tuple(years),
        made_up=bool(rows["made_up"].any()),
    )


def gap_unit(row: Mapping) -> str:
    """Return the unit of a gap: of a rate, percentage points."""
    return _("điểm %") if row["unit"] == "%" else unit_name(row)


def table_of_departments(rows: pd.DataFrame, departments: Mapping[str, str]) -> Table:
    """Return how many due targets of each department lack a figure."""
    due = rows[rows["status"].ne("not_due")]
    missing = (
        due["status"].eq("no_data").groupby(due["department"]).agg(["size", "sum"])
    )
    missing = missing.sort_values(["sum", "size"], ascending=False, kind="stable")
    count, lacking = _("Đến hạn"), _("Chưa có số liệu")
    columns = {
        _("Nơi báo cáo (đề nghị)"): [departments[name] for name in missing.index],
        count: missing["size"].tolist(),
        lacking: missing["sum"].tolist(),
    }
    return make_table(
        _("Số mục tiêu đến hạn theo nơi báo cáo"), columns, numbers=(count, lacking)
    )


def table_of_identities(assessment: pd.DataFrame, year: int) -> Table:
    """Return each identity recomputed: of the targets and of the reported figures.

    The targets are those of the end of the term.
    """
    ends = assessment[assessment["period"] == "term"].set_index("indicator")["target"]
    rows = assessment[assessment["period"].eq("year") & assessment["year"].eq(year)]
    rows = rows.set_index("indicator", drop=False)
    names = {row["indicator"]: named(row) for row in rows.to_dict("records")}
    sides = {
        _("Mục tiêu cuối kỳ"): ends,
        _("Thực hiện"): rows["actual"].where(rows["bound"].eq("exact")),
    }
    own = rows[rows["identity"].ne("")]
    columns = {_("Chỉ tiêu"): each(own, named)}
    columns[_("Cách tính")] = [in_words(text, names) for text in own["identity"]]
    for label, values in sides.items():
        wide = pd.DataFrame([values.to_dict()])
        computed = [product(wide, parse_identity(i)[1])[0] for i in own["identity"]]
        stated = [values[indicator] for indicator in own["indicator"]]
        decimals = own["decimals"].tolist()
        columns[_("{label}, đã ghi", label=label)] = list(
            map(write_figure, stated, decimals)
        )
        columns[_("{label}, tính lại", label=label)] = list(
            map(write_figure, computed, decimals)
        )
    return make_table(
        _("Kiểm lại các phép tính"),
        columns,
        numbers=list(columns)[2:],
        made_up=bool(rows["made_up"].any()),
    )


def source_link(source: str) -> Markup:
    """Return a link to a source in the page's list."""
    return Markup('<a class="source" href="#{}">{}</a>').format(
        source_anchor(source), source
    )


def _term_verdict(row: Mapping) -> str | Markup:
    if is_missing(row["target"]):
        return _("chương trình không nêu mục tiêu cả kỳ")
    return status_mark(row["status"])


def table_of_term(assessment: pd.DataFrame, *, theme: str | None = None) -> Table:
    """Return the term's verdicts: the whole, the running total against its target."""
    rows = assessment[assessment["period"] == "term"]
    rows = rows if theme is None else rows[rows["theme"] == theme]

    def running(row: Mapping) -> str:
        if row["over_term"] != "sum":
            return "–"
        done = write_figure(row["cumulative"], row["decimals"])
        return f"{done} / {write_figure(row['cumulative_target'], row['decimals'])}"

    target, total = _("Mục tiêu cả kỳ"), _("Cộng dồn thực hiện / kế hoạch")
    actual = _("Thực hiện cả kỳ")
    columns = {
        _("Chỉ tiêu"): each(rows, named),
        _("Đơn vị"): each(rows, unit_name),
        target: each(rows, write_target),
        actual: each(rows, actual_cell),
        total: each(rows, running),
        _("Kết quả"): each(rows, _term_verdict),
    }
    return make_table(
        _("Kết luận cả nhiệm kỳ"),
        columns,
        numbers=(target, actual, total),
        made_up=bool(rows["made_up"].any()),
    )
