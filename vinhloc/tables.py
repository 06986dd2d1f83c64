"""The tables of the review: targets, missing figures, steps, context, faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from markupsafe import Markup

from vinhloc.figures import (
    decimals_of,
    unit_name,
    write_actual,
    write_date,
    write_figure,
    write_target,
    write_value,
)
from vinhloc.identity import parse_identity, product
from vinhloc.language import _, language, named
from vinhloc.table import Table, make_table, nothing_to_show, status_mark


def _each(rows: pd.DataFrame, write) -> list:
    return [write(row) for row in rows.to_dict("records")]


def table_of_targets(rows: pd.DataFrame, *, caption: str | None = None) -> Table:
    """Return the year's table: indicator, unit, target, actual, gap, status, source.

    `rows` are rows of the assessment. A target that only we interpolated is marked.
    """
    target, actual, gap = _("Mục tiêu"), _("Thực hiện"), _("Chênh lệch")
    columns = {
        _("Chỉ tiêu"): _each(rows, named),
        _("Đơn vị"): _each(rows, unit_name),
        target: _each(rows, _target_cell),
        actual: _each(rows, _actual_cell),
        gap: _each(rows, _gap_cell),
        _("Kết quả"): [status_mark(status) for status in rows["status"]],
        _("Mục trong chương trình"): rows["target_locator"]
        .fillna(rows["locator"])
        .tolist(),
    }
    ours = rows["target_basis"].eq("expected").any()
    note = _("Nội suy: do nhóm làm báo cáo tính, không phải mục tiêu của chương trình.")
    return make_table(
        caption or _("Mục tiêu và kết quả"),
        columns,
        numbers=(target, actual, gap),
        note=note if ours else "",
        made_up=bool(rows["made_up"].any()),
    )


def _target_cell(row: Mapping) -> str:
    written = write_target(row)
    match row["target_basis"]:
        case "expected":
            path = write_figure(row["target"], row["decimals"] + 1)
            return _("{target} (nội suy)", target=path)
        case "term" if row["period"] == "year":
            year = int(row["due_year"])
            return _("{target} (hạn {year})", target=written, year=year)
    return written


def _actual_cell(row: Mapping) -> str | Markup:
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
        _("Chỉ tiêu"): _each(missing, named),
        target: _each(missing, lambda row: write_target(row, unit=True)),
        _("Nơi báo cáo"): _each(missing, department),
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
        _("Nơi làm"): rows["place"].fillna("–").tolist(),
        planned: _each(rows, write_target),
        done: _each(rows, _actual_cell),
        total: _each(
            rows, lambda row: write_figure(row["cumulative_target"], row["decimals"])
        ),
        total_done: _each(
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
        _("Chỉ tiêu"): _each(firsts, named),
        _("Đơn vị"): _each(firsts, unit_name),
    }
    years = {
        str(year): _each(part, cell) for year, part in rows.groupby("year", sort=True)
    }
    return make_table(
        _("Thực hiện / mục tiêu từng năm"),
        {**columns, **years},
        numbers=tuple(years),
        made_up=bool(rows["made_up"].any()),
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
    columns = {_("Chỉ tiêu"): _each(own, named)}
    columns[_("Cách tính")] = [_in_words(text, names) for text in own["identity"]]
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


def _in_words(identity: str, names: Mapping[str, str]) -> str:
    parts = parse_identity(identity)[1]
    words = [("÷ " if p[0] == "/" else "× ") + _part(p, names) for p in parts]
    return " ".join(words).removeprefix("× ")


def _part(part: str, names: Mapping[str, str]) -> str:
    name = part.removeprefix("/")
    return names.get(name, name)


def table_of_context(
    rows: pd.DataFrame, areas: Mapping[str, str], *, caption: str | None = None
) -> Table:
    """Return figures of other areas: area, indicator, year, value, note, source."""
    value = _("Số liệu")
    rows = rows.sort_values(["indicator", "area", "year", "as_of"], kind="stable")
    columns = {
        _("Nơi có số liệu"): [areas[area] for area in rows["area"]],
        _("Nội dung"): _each(rows, named),
        _("Năm"): rows["year"].tolist(),
        value: _each(rows, lambda row: write_context(row, unit=True)),
        _("Lưu ý"): rows["note_en" if language() == "en" else "note"].tolist(),
        _("Nguồn"): [_source_link(source) for source in rows["source"]],
    }
    return make_table(
        caption or _("Số liệu của nơi khác, chỉ để tham khảo"),
        columns,
        numbers=(value,),
    )


def write_context(row: Mapping, *, unit: bool = False) -> str:
    """Return a context figure, with as many decimals as its source gives.

    With a plan beside it, the figure counts parts of that whole: 23/27.
    """
    if row["plan"] == row["plan"]:
        return f"{write_figure(row['value'])}/{write_figure(row['plan'])}"
    figure = {
        **row,
        "actual": row["value"],
        "upper_actual": row["upper_value"],
        "decimals": decimals_of(row["value"]),
    }
    return write_actual(figure, unit=unit)


def _source_link(source: str) -> Markup:
    return Markup('<a class="source" href="#{}">{}</a>').format(
        source_anchor(source), source
    )


def table_of_issues(issues: pd.DataFrame) -> Table:
    """Return the faults of the source with what is done about them."""
    lang = language()
    columns = {
        _("Mục"): issues["locators"].tolist(),
        _("Chỗ chưa rõ của chương trình"): issues[f"fault_{lang}"].tolist(),
        _("Cách làm ở đây"): issues[f"treatment_{lang}"].tolist(),
        _("Nếu quyết định khác"): issues[f"effect_{lang}"].tolist(),
    }
    return make_table(_("Chỗ chưa rõ, mâu thuẫn trong chương trình"), columns)


def table_of_questions(questions: pd.DataFrame) -> Table:
    """Return the questions on the figures: year, what is asked, file and row."""
    places = [
        _("{file}, dòng {row}", file=row["file"], row=row["row"])
        for row in questions.to_dict("records")
    ]
    columns = {
        _("Năm"): questions["year"].tolist(),
        _("Câu hỏi"): questions["text"].tolist(),
        _("Chỗ ghi"): places,
    }
    made_up = bool(questions["made_up"].any())
    return make_table(_("Câu hỏi về số liệu"), columns, made_up=made_up)


def table_of_readings(main: pd.DataFrame, other: pd.DataFrame) -> Table:
    """Return the targets that the source gives twice, and the verdict under each.

    `main` and `other`: the assessment under each reading; the years where both have
    a target and it differs.
    """
    key = ["indicator", "year", "period"]
    both = main.merge(other[[*key, "target", "status"]], on=key, suffixes=("", "_2"))
    rows = both[both["target"].ne(both["target_2"]) & both["target"].notna()]
    rows = rows[rows["period"].eq("year") & rows["target_basis"].eq("stated")]
    first, second = _("Mục tiêu chính"), _("Mục tiêu theo cách đọc khác")
    columns = {
        _("Chỉ tiêu"): _each(rows, named),
        _("Năm"): rows["year"].tolist(),
        _("Thực hiện"): _each(rows, _actual_cell),
        first: _each(rows, write_target),
        _("Kết quả"): [status_mark(status) for status in rows["status"]],
        second: _each(
            rows, lambda row: write_target({**row, "target": row["target_2"]})
        ),
        _("Kết quả theo cách đọc khác"): [status_mark(s) for s in rows["status_2"]],
    }
    return make_table(
        _("Kết quả có đổi theo cách đọc khác không"),
        columns,
        numbers=(first, second),
        made_up=bool(rows["made_up"].any()),
    )


def table_of_vintages(actuals: pd.DataFrame) -> Table:
    """Return figures reported more than once: estimates, finals, corrections.

    A final that follows another final of the same year is a correction.
    """
    key = ["indicator", "area", "year"]
    rows = actuals.sort_values([*key, "vintage", "as_of"], kind="stable")
    rows = rows[rows.duplicated(key, keep=False)]
    final = rows["vintage"].eq("final")
    later = final & rows[final].duplicated(key).reindex(rows.index, fill_value=False)
    kinds = final.map({True: _("chính thức"), False: _("ước")})
    value = _("Số liệu")
    columns = {
        _("Chỉ tiêu"): _each(rows, named),
        _("Năm"): rows["year"].tolist(),
        value: _each(rows, lambda row: write_value(row["value"], row)),
        _("Loại số liệu"): kinds.mask(later, _("số liệu điều chỉnh")).tolist(),
        _("Nhận ngày"): [write_date(day) for day in rows["as_of"]],
        _("Nguồn"): [_source_link(source) for source in rows["source"]],
    }
    return make_table(
        _("Chỉ tiêu được báo cáo hơn một lần"),
        columns,
        numbers=(value,),
        made_up=bool(rows["made_up"].any()),
    )


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
    actual = _("Kết quả cả kỳ")
    columns = {
        _("Chỉ tiêu"): _each(rows, named),
        _("Đơn vị"): _each(rows, unit_name),
        target: _each(rows, write_target),
        actual: _each(rows, _actual_cell),
        total: _each(rows, running),
        _("Kết luận"): [status_mark(status) for status in rows["status"]],
    }
    return make_table(
        _("Kết luận cả nhiệm kỳ"),
        columns,
        numbers=(target, actual, total),
        made_up=bool(rows["made_up"].any()),
    )


def table_of_sources(sources: pd.DataFrame, used: Sequence[str]) -> Table:
    """Return the documents named in `used`: title, publisher, date, address."""
    rows = sources[sources["source"].isin(list(used))].sort_values("source")

    def title(row: Mapping) -> Markup:
        return Markup('<span id="{}">{}</span>').format(
            source_anchor(row["source"]), row["source"]
        )

    columns = {
        _("Ký hiệu"): _each(rows, title),
        _("Văn bản, bài viết"): rows["title"].tolist(),
        _("Nơi công bố"): rows["publisher"].fillna("").tolist(),
        _("Ngày"): [_published(day) for day in rows["published"]],
        _("Địa chỉ"): _each(rows, _address),
    }
    return make_table(_("Nguồn của các số liệu trên trang này"), columns)


def _address(row: Mapping) -> Markup:
    return Markup('<span class="address">{}</span>').format(row["address"])


def _published(day: str) -> str:
    if not day:
        return _("không ghi ngày")
    parts = day.split("-")
    if len(parts) == 3:
        return write_date(pd.Timestamp(day))
    return "/".join(reversed(parts))
