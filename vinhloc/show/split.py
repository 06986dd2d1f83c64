"""What a gap is made of: an output's factors, a rate's numerator and denominator."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from vinhloc.data import select
from vinhloc.figures import (
    _,
    is_missing,
    named,
    unit_name,
    write_actual,
    write_figure,
    write_signed,
)
from vinhloc.outlook import aim_of_split, split_gap, split_rate
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
from vinhloc.show.targets import actual_cell, gap_size


def table_of_split(assessment: pd.DataFrame, indicator: str, year: int) -> Table:
    """Return what an output lacks to its target, and gained on last year.

    The target is the plan of the year, or the last one where the year has none.

    A row per factor of its identity (area, yield) and one for what they do not
    explain; the parts are in the unit of the output and add up to the last row.

    >>> table = vl.table_of_split(data.assessment, "maize_output", 2024)
    >>> table.frame["So với mục tiêu 2025"].tolist()
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
    _aims, aim = aim_of_split(rows, indicator)
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
        _("So với mục tiêu {year}", year=_year(aim)): parts(gap),
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
    """Return an output's figure, how far it is from its target, by which factors.

    >>> from vinhloc.show import say_split
    >>> say_split(data.assessment, "maize_output", 2024)
    SỐ LIỆU MINH HỌA: Sản lượng ngô đạt 96,5 tấn, thấp hơn mục tiêu 2025 là 6,0 tấn: ...
    """
    rows = select(assessment, year=year).set_index("indicator", drop=False)
    found = split_gap(assessment, indicator, year) if indicator in rows.index else ()
    if not len(found):
        return prose([])
    own, total = rows.loc[indicator], found["part"].sum()
    _aims, aim = aim_of_split(rows, indicator)
    values = {
        "name": named(own),
        "actual": write_actual(own, unit=True),
        "gap": gap_size(own, abs(total)),
        "year": _year(aim),
        "parts": ", ".join(_say_part(own, row, rows, total) for row in _parts(found)),
    }
    text = _("{name} đạt {actual}, bằng mục tiêu {year}: {parts}.")
    if total < 0:
        text = _("{name} đạt {actual}, thấp hơn mục tiêu {year} là {gap}: {parts}.")
    if total > 0:
        text = _("{name} đạt {actual}, cao hơn mục tiêu {year} là {gap}: {parts}.")
    return prose([text.format(**values)], made_up=any_made_up(rows))


def _parts(found: pd.DataFrame) -> list[dict]:
    """Return the factors' parts; where none of them is any, all."""
    factors = found[found["indicator"].ne("rest")]
    return factors[factors["part"].ne(0) | factors["part"].eq(0).all()].to_dict(
        "records"
    )


def _say_part(own: pd.Series, part: dict, rows: pd.DataFrame, total: float) -> str:
    """Return a factor's part, which may go against the whole."""
    size = gap_size(own, abs(part["part"]))
    name = _in_sentence(named(rows.loc[part["indicator"]]))
    if part["part"] * total >= 0:
        return _("do {name} {size}", name=name, size=size)
    if total < 0:
        return _("được {name} bù lại {size}", name=name, size=size)
    return _("bị {name} kéo giảm {size}", name=name, size=size)


def _year(year: float) -> str:
    return "–" if is_missing(year) else str(int(year))


def _in_sentence(name: str) -> str:
    """Return a name as it stands within a sentence; an abbreviation stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
