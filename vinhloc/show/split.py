"""What a gap is made of: an output's factors, a rate's numerator and denominator."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from vinhloc.data import select
from vinhloc.figures import _, named, unit_after, unit_name, write_figure, write_signed
from vinhloc.outlook import split_gap, split_rate
from vinhloc.show.table import (
    Number,
    Prose,
    Table,
    any_made_up,
    each,
    make_table,
    nothing_to_show,
    prose,
    table_of,
)
from vinhloc.show.targets import actual_cell


def table_of_split(assessment: pd.DataFrame, indicator: str, year: int) -> Table:
    """Return what an output lacks to its last target, and gained on last year.

    A row per factor of its identity (area, yield) and one for what they do not
    explain; the parts are in the unit of the output and add up to the last row.

    >>> table = vl.table_of_split(data.assessment, "maize_output", 2024)
    >>> table.frame["So với mục tiêu cuối"].tolist()
    ['−3,0', '−3,0', '0,0', '−6,0']
    """
    rows = select(assessment, year=year).set_index("indicator", drop=False)
    if indicator not in rows.index:
        return nothing_to_show()
    own = rows.loc[indicator]
    since = year - 1 if year > assessment["year"].min() else None
    gap = split_gap(assessment, indicator, year)
    gain = split_gap(assessment, indicator, year, since=since) if since else gap[:0]
    if gap.empty and gain.empty:
        text = _("{name}: chưa đủ số liệu để tách", name=named(own))
        return make_table(text, {})
    causes = (gap if len(gap) else gain)["indicator"]
    factors = rows.loc[causes[causes.ne("rest")]]

    def parts(found: pd.DataFrame) -> list[str]:
        if found.empty:
            return ["–"] * (len(factors) + 2)
        values = [*found["part"], found["part"].sum()]
        return [write_signed(value, own["decimals"]) for value in values]

    labels = each(factors, lambda row: f"{named(row)} ({unit_name(row)})")
    numbers = {
        _("Thực hiện"): [*each(factors, actual_cell), "", actual_cell(own)],
        _("So với mục tiêu cuối"): parts(gap),
        _("So với năm trước"): parts(gain),
    }
    labels += [_("phần còn lại (làm tròn, số không khớp)"), _("Cộng")]
    values = {"name": named(own), "year": year, "unit": unit_name(own)}
    return make_table(
        _("{name}, năm {year}: tách theo nguyên nhân ({unit})", **values),
        {_("Do"): labels, **numbers},
        numbers=tuple(numbers),
        note=_("Phần tác động chung của các yếu tố được chia đều cho mỗi yếu tố."),
        made_up=any_made_up(rows),
    )


def table_of_rates(figures: pd.DataFrame, indicator: str) -> Table:
    """Return a rate's two sides by year, and what each did to its change.

    `figures` has one actual per indicator and year (`Data.current`), with numerator
    and denominator. Years without them are left out.

    >>> table = vl.table_of_rates(data.current, "safe_residential_area_rate")
    >>> table.frame["Tử số / mẫu số"].tolist()
    ['12 / 15', '13 / 15', '14 / 16', '15 / 16', '16 / 16', '16 / 16']
    """
    rows = figures[figures["indicator"] == indicator]
    rows = rows[rows["numerator"].notna() & rows["denominator"].notna()]
    rows = rows.sort_values("year").reset_index(drop=True)
    if rows.empty:
        return make_table(_("Tử số và mẫu số: chưa có số liệu"), {})
    sides = rows[["numerator", "denominator"]]
    decimals = int(rows["decimals"].iloc[0])
    parts = split_rate(sides.shift(), sides, decimals=decimals)
    follows = rows["year"].diff().eq(1)
    parts = parts.where(follows, axis=0)
    rows = rows.assign(top=parts["numerator"], bottom=parts["denominator"])

    def share(row: Mapping) -> str:
        return " / ".join(write_figure(row[side]) for side in sides)

    columns = {_("Năm"): "year", _("Tử số / mẫu số"): Number(share)}
    for head, column in {
        _("Tỷ lệ (%)"): "value",
        _("Do tử số (điểm %)"): "top",
        _("Do mẫu số (điểm %)"): "bottom",
    }.items():
        columns[head] = Number([write_figure(at, decimals) for at in rows[column]])
    name = named(rows.iloc[0])
    return table_of(_("{name}: tử số và mẫu số", name=name), rows, columns)


def say_split(assessment: pd.DataFrame, indicator: str, year: int) -> Prose:
    """Return how far an output is from its last target, and by which factors.

    >>> vl.say_split(data.assessment, "maize_output", 2024)
    SỐ LIỆU MINH HỌA: Sản lượng ngô còn thấp hơn mục tiêu năm 2025 là 6,0 tấn: ...
    """
    rows = select(assessment, year=year).set_index("indicator", drop=False)
    found = split_gap(assessment, indicator, year) if indicator in rows.index else ()
    if not len(found):
        return prose([])
    own, total = rows.loc[indicator], found["part"].sum()
    factors = found[found["indicator"].ne("rest")]
    names = each(rows.loc[factors["indicator"]], lambda row: _in_sentence(named(row)))
    sizes = [write_signed(part, own["decimals"]) for part in factors["part"]]
    parts = "; ".join(map(" ".join, zip(names, sizes, strict=True)))
    values = {
        "name": named(own),
        "gap": write_figure(abs(total), own["decimals"]) + unit_after(own),
        "year": int(own["end_year"]),
        "parts": parts,
    }
    text = _("{name} bằng đúng mục tiêu năm {year}: {parts}.")
    if total < 0:
        text = _("{name} còn thấp hơn mục tiêu năm {year} là {gap}: {parts}.")
    if total > 0:
        text = _("{name} đã cao hơn mục tiêu năm {year} là {gap}: {parts}.")
    made_up = any_made_up(rows)
    return prose([text.format(**values)], made_up=made_up)


def _in_sentence(name: str) -> str:
    """Return a name as it stands within a sentence; an abbreviation stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
