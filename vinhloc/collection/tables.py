"""The tables of a roll-up: areas, common indicators, a row per commune."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from vinhloc.assess import STATUSES
from vinhloc.collection.summary import RollUp
from vinhloc.figures import _, language, n_, named, unit_name, write_figure
from vinhloc.show import demo_mark, in_one_line, status_word

SHOWN = [status for status in STATUSES if status != "not_due"]
BAR_HEIGHT = 16  # of the highest bar of a distribution, in its own units
LEAST_BAR = 0.6  # so that a single commune among thousands is seen


class Cell(NamedTuple):
    """A cell of a table: what it shows, and its class."""

    shown: str | Markup
    kind: str = ""


@dataclass(frozen=True)
class Group:
    """Rows under a heading: an area and its parts. Without a heading: rows alone."""

    id: str
    heading: str | Markup
    rows: list[list[Cell]]


@dataclass(frozen=True)
class Grouped:
    """A table whose rows stand in groups; `heads`: the columns, with their classes."""

    id: str
    title: str
    caption: Markup  # the title, and that figures are made up
    heads: list[Cell]
    groups: list[Group]
    note: str = ""


def _grouped(
    name: str,
    title: str,
    heads: list[Cell],
    groups: list[Group],
    note: str,
    roll_up: RollUp,
) -> Grouped:
    caption = Markup("{}{}").format(demo_mark(roll_up.made_up), title)
    return Grouped(name, title, caption, heads, groups, note)


def _mark(row: Mapping, roll_up: RollUp) -> Markup:
    return demo_mark(bool(row["made_up"]) and roll_up.mixed)


def _number(value: float, decimals: int = 0, unit: str = "") -> Cell:
    if pd.isna(value):
        return Cell("–", "number none")
    return Cell(in_one_line(write_figure(value, decimals) + unit), "number")


def _counts(row: Mapping) -> list[Cell]:
    return [_number(row[status]) for status in SHOWN]


def _heads(*names: str, text: Iterable[int] = (0,)) -> list[Cell]:
    return [Cell(name, "" if at in text else "number") for at, name in enumerate(names)]


def _status_names() -> list[str]:
    return [status_word(status) for status in SHOWN]


def provinces_table(roll_up: RollUp) -> Grouped:
    """Return the table of provinces; each leads to its communes."""
    rows = []
    for row in roll_up.provinces.to_dict("records"):
        name = roll_up.name_of(row["province"])
        link = Markup('<a href="#xa-{}">{}</a>').format(row["province"], name)
        rows.append([Cell(_mark(row, roll_up) + link), *_area_cells(row)])
    note = _(
        "Đếm danh mục mục tiêu chính của mỗi chương trình. «Đủ số liệu»: tỷ lệ mục "
        "tiêu đến hạn đã có số liệu. «Đạt và vượt»: tỷ lệ trong các mục tiêu có "
        "kết luận."
    )
    heads, groups = _area_heads(_("Tỉnh, thành phố")), [Group("", "", rows)]
    return _grouped("provinces", _("Theo tỉnh"), heads, groups, note, roll_up)


def districts_table(roll_up: RollUp) -> Grouped:
    """Return the table of the districts of each province; none where none is known."""
    districts = roll_up.districts[roll_up.districts["district"].ne("")]
    groups = []
    for province, own in districts.groupby("province"):
        rows = []
        for row in own.to_dict("records"):
            name = _mark(row, roll_up) + roll_up.name_of(row["district"])
            rows.append([Cell(name), *_area_cells(row)])
        groups.append(Group(f"huyen-{province}", roll_up.name_of(province), rows))
    heads = _area_heads(_("Huyện"))
    return _grouped("districts", _("Theo huyện"), heads, groups, "", roll_up)


def _area_heads(first: str) -> list[Cell]:
    shares = _("Đủ số liệu"), _("Đạt và vượt")
    return _heads(first, _("Số xã"), *_status_names(), *shares)


def _area_cells(row: Mapping) -> list[Cell]:
    shares = [_number(row["completeness"], 0, "%"), _number(row["share"], 0, "%")]
    return [_number(row["communes"]), *_counts(row), *shares]


def indicators_table(roll_up: RollUp) -> Grouped:
    """Return the table of the indicators that several communes have."""
    rows = [
        _indicator_row(row, roll_up) for row in roll_up.indicators.to_dict("records")
    ]
    heads = _heads(
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
        text=(0, 7, 8, 9),
    )
    note = _(
        "Chỉ tiêu mà từ hai chương trình có, cùng đơn vị; chỉ tính số liệu chính "
        "xác. Tốt nhất và kém nhất xét theo chính con số và chiều của chỉ tiêu, "
        "không xét quy mô của xã. Phân bố: mỗi cột là số xã trong một khoảng, từ "
        "thấp nhất đến cao nhất."
    )
    name, groups = "indicators-in-common", [Group("", "", rows)]
    return _grouped(name, _("Các chỉ tiêu chung"), heads, groups, note, roll_up)


def _indicator_row(row: Mapping, roll_up: RollUp) -> list[Cell]:
    places = row["decimals"]
    name = Markup("{}{} <span class='unit'>({})</span>")
    unit = row["unit"] if row["unit"] == "%" else unit_name(row)
    middle = Cell("–", "number none")
    if row["figures"]:
        ends = [write_figure(row[q], places) for q in ("q1", "q3")]
        middle = Cell(in_one_line(f"{ends[0]} – {ends[1]}"), "number")
    of = f"{write_figure(row['figures'])}/{write_figure(row['communes'])}"
    return [
        Cell(name.format(_mark(row, roll_up), named(row), unit or row["unit"])),
        Cell(in_one_line(of), "number"),
        _number(row["share"], 0, "%"),
        _number(row["low"], places),
        middle,
        _number(row["median"], places),
        _number(row["high"], places),
        Cell(histogram(row["bins"]) or "–", "" if row["bins"] else "none"),
        _end(row, "best", roll_up),
        _end(row, "worst", roll_up),
    ]


def _end(row: Mapping, end: str, roll_up: RollUp) -> Cell:
    if not row[end]:
        return Cell("–", "none")
    communes = roll_up.communes
    own = communes[communes["commune"].eq(row[end])].iloc[0]
    text = named(own)
    if province := own["province"]:
        text = f"{text}, {roll_up.name_of(province)}"
    if ties := row[f"{end}_ties"]:
        text = n_("{name} và {n} xã khác", ties, name=text)
    return Cell(text)


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
    table = roll_up.communes.sort_values(
        ["province", "district", f"name_{language()}", "commune"], kind="stable"
    )
    groups = []
    for province, rows in table.groupby("province", sort=True):
        count = n_("{n} xã, phường, thị trấn", len(rows))
        heading = f"{roll_up.name_of(province)}: {count}"
        cells = [_commune_row(r, roll_up, links) for r in rows.to_dict("records")]
        groups.append(Group(f"xa-{province}", heading, cells))
    district = _("Huyện")
    heads = _heads(
        _("Xã, phường, thị trấn"),
        district,
        *_status_names(),
        _("Đủ số liệu"),
        _("Xa mục tiêu nhất"),
        text=(0, 1, 8),
    )
    note = _(
        "«Xa mục tiêu nhất»: mục tiêu không đạt còn thiếu (hoặc vượt ngưỡng) nhiều "
        "nhất, tính theo phần trăm của mục tiêu."
    )
    title = _("Từng xã, phường, thị trấn")
    return _grouped("communes", title, heads, groups, note, roll_up)


def _commune_row(row: Mapping, roll_up: RollUp, links: Mapping[str, str]) -> list[Cell]:
    name, district = named(row), row["district"]
    if address := links.get(row["commune"]):
        name = Markup('<a href="{}">{}</a>').format(address, name)
    furthest = Cell("–", "none")
    if not pd.isna(row["furthest"]):
        share = write_figure(row["lacking"], 1)
        furthest = Cell(f"{named(row, 'furthest')}: {share}%")
    return [
        Cell(Markup("{}{}").format(_mark(row, roll_up), name)),
        Cell(roll_up.name_of(district)) if district else Cell("–", "none"),
        *_counts(row),
        _number(row["completeness"], 0, "%"),
        furthest,
    ]
