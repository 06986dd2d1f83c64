"""The tables of a roll-up: areas, common indicators, a row per commune."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from vinhloc.assess import STATUSES
from vinhloc.collection.summary import RollUp
from vinhloc.figures import _, n_, named, unit_name, write_figure
from vinhloc.show import demo_mark, in_one_line, status_word

SHOWN = [status for status in STATUSES if status != "not_due"]
NONE = "–"  # in a cell that has nothing to show
BAR_HEIGHT = 16  # of the highest bar of a distribution, in its own units
LEAST_BAR = 0.6  # so that a single commune among thousands is seen


class Group(NamedTuple):
    """Rows under a heading: an area and its parts. Without a heading: rows alone."""

    id: str
    heading: str
    rows: list[list[str]]


class Grouped(NamedTuple):
    """A table whose rows stand in groups; `text`: which columns hold no numbers."""

    id: str
    title: str
    heads: list[str]
    groups: list[Group]
    note: str = ""
    text: tuple[int, ...] = (0,)


def _mark(row: Mapping, roll_up: RollUp) -> Markup:
    return demo_mark(bool(row["made_up"]) and roll_up.mixed)


def _number(value: float, decimals: int = 0, unit: str = "") -> str:
    if pd.isna(value):
        return NONE
    return in_one_line(write_figure(value, decimals) + unit)


def _counts(row: Mapping) -> list[str]:
    return [_number(row[status]) for status in SHOWN]


def provinces_table(roll_up: RollUp) -> Grouped:
    """Return the table of provinces; each leads to its communes."""
    rows = []
    for row in roll_up.provinces.to_dict("records"):
        name = roll_up.name_of(row["province"])
        link = Markup('<a href="#xa-{}">{}</a>').format(row["province"], name)
        rows.append([_mark(row, roll_up) + link, *_area_cells(row)])
    note = _(
        "Đếm các chỉ tiêu chủ yếu của mỗi chương trình. «Đủ số liệu»: tỷ lệ chỉ "
        "tiêu đến hạn đã có số liệu. «Đạt và vượt»: tỷ lệ trong các chỉ tiêu đã được "
        "đánh giá."
    )
    heads, groups = _area_heads(_("Tỉnh, thành phố")), [Group("", "", rows)]
    return Grouped("provinces", _("Theo tỉnh"), heads, groups, note)


def districts_table(roll_up: RollUp) -> Grouped:
    """Return the table of the districts of each province; none where none is known."""
    districts = roll_up.districts[roll_up.districts["district"].ne("")]
    groups = []
    for province, own in districts.groupby("province"):
        rows = [
            [_mark(row, roll_up) + roll_up.name_of(row["district"]), *_area_cells(row)]
            for row in own.to_dict("records")
        ]
        groups.append(Group(f"huyen-{province}", roll_up.name_of(province), rows))
    return Grouped("districts", _("Theo huyện"), _area_heads(_("Huyện")), groups)


def _area_heads(first: str) -> list[str]:
    statuses = map(status_word, SHOWN)
    return [first, _("Số xã"), *statuses, _("Đủ số liệu"), _("Đạt và vượt")]


def _area_cells(row: Mapping) -> list[str]:
    shares = [_number(row[name], unit="%") for name in ("completeness", "share")]
    return [_number(row["communes"]), *_counts(row), *shares]


def indicators_table(roll_up: RollUp) -> Grouped:
    """Return the table of the indicators that several communes have."""
    rows = [
        _indicator_row(row, roll_up) for row in roll_up.indicators.to_dict("records")
    ]
    heads = [
        _("Chỉ tiêu"),
        _("Số xã có số liệu"),
        _("Đạt và vượt"),
        _("Thấp nhất"),
        _("Nửa ở giữa"),
        _("Trung vị"),
        _("Cao nhất"),
        _("Phân bố"),
        _("Tốt nhất"),
        _("Kém nhất"),
    ]
    note = _(
        "Chỉ tiêu mà từ hai chương trình có, cùng đơn vị; chỉ tính số liệu chính "
        "xác. Tốt nhất và kém nhất xét theo chính con số và chiều của chỉ tiêu, "
        "không xét quy mô của xã. Phân bố: mỗi cột là số xã trong một khoảng, từ "
        "thấp nhất đến cao nhất."
    )
    name, groups = "indicators-in-common", [Group("", "", rows)]
    title = _("Các chỉ tiêu chung")
    return Grouped(name, title, heads, groups, note, text=(0, 7, 8, 9))


def _indicator_row(row: Mapping, roll_up: RollUp) -> list[str]:
    places = row["decimals"]
    name = Markup("{}{} <span class='unit'>({})</span>")
    unit = row["unit"] if row["unit"] == "%" else unit_name(row)
    middle = [write_figure(row[q], places) for q in ("q1", "q3") if row["figures"]]
    of = f"{write_figure(row['figures'])}/{write_figure(row['communes'])}"
    return [
        name.format(_mark(row, roll_up), named(row), unit or row["unit"]),
        in_one_line(of),
        _number(row["share"], unit="%"),
        _number(row["low"], places),
        in_one_line(" – ".join(middle)) if middle else NONE,
        _number(row["median"], places),
        _number(row["high"], places),
        histogram(row["bins"]) or NONE,
        _end(row, "best", roll_up),
        _end(row, "worst", roll_up),
    ]


def _end(row: Mapping, end: str, roll_up: RollUp) -> str:
    if not row[end]:
        return NONE
    communes = roll_up.communes
    own = communes[communes["commune"].eq(row[end])].iloc[0]
    text = named(own)
    if province := own["province"]:
        text = f"{text}, {roll_up.name_of(province)}"
    if ties := row[f"{end}_ties"]:
        text = n_("{name} và {n} xã khác", ties, name=text)
    return text


def histogram(bins: Iterable[int]) -> Markup:
    """Return the bars of a distribution; the figures stand in the cells beside it."""
    bins = [*bins]
    if not bins:
        return Markup("")
    unit, bars = BAR_HEIGHT / max(bins), Markup()
    for at, count in enumerate(bins):
        height = max(round(unit * count, 1), LEAST_BAR)
        bar = Markup('<rect x="{}" y="{}" width="3" height="{}"/>')
        if count:
            bars += bar.format(4 * at, round(BAR_HEIGHT - height, 1), height)
    return Markup(
        '<svg class="spread" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>'
    ).format(4 * len(bins), BAR_HEIGHT, bars)


def communes_table(roll_up: RollUp, links: Mapping[str, str]) -> Grouped:
    """Return the table with a row per commune, the communes of a province together."""
    communes = roll_up.communes
    names = [named(row) for row in communes.to_dict("records")]
    order = ["province", "district", "shown", "commune"]
    table = communes.assign(shown=names).sort_values(order, kind="stable")
    groups = []
    for province, rows in table.groupby("province", sort=True):
        count = n_("{n} xã, phường, thị trấn", len(rows))
        heading = f"{roll_up.name_of(province)}: {count}"
        cells = [_commune_row(r, roll_up, links) for r in rows.to_dict("records")]
        groups.append(Group(f"xa-{province}", heading, cells))
    heads = [_("Xã, phường, thị trấn"), _("Huyện"), *map(status_word, SHOWN)]
    heads += [_("Đủ số liệu"), _("Xa mục tiêu nhất")]
    note = _(
        "«Xa mục tiêu nhất»: mục tiêu không đạt còn thiếu (hoặc vượt ngưỡng) nhiều "
        "nhất, tính theo phần trăm của mục tiêu."
    )
    title = _("Từng xã, phường, thị trấn")
    return Grouped("communes", title, heads, groups, note, text=(0, 1, len(heads) - 1))


def _commune_row(row: Mapping, roll_up: RollUp, links: Mapping[str, str]) -> list[str]:
    name, district, furthest = named(row), row["district"], NONE
    if address := links.get(row["commune"]):
        name = Markup('<a href="{}">{}</a>').format(address, name)
    if not pd.isna(row["furthest"]):
        share = write_figure(row["lacking"], 1)
        furthest = f"{named(row, 'furthest')}: {share}%"
    return [
        Markup("{}{}").format(_mark(row, roll_up), name),
        roll_up.name_of(district) if district else NONE,
        *_counts(row),
        _number(row["completeness"], unit="%"),
        furthest,
    ]
