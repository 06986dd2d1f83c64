"""Where figures come from: other areas, documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from markupsafe import Markup

from vinhloc.figures import (
    _,
    decimals_of,
    is_missing,
    language,
    named,
    write_actual,
    write_date,
    write_figure,
)
from vinhloc.show.table import Number, Table, table_of


def table_of_context(rows: pd.DataFrame, areas: Mapping[str, str]) -> Table:
    """Return figures for reference: area, name, year, value, note, source.

    >>> rows = vl.context_of(data, indicator="poor_household_rate", level="province")
    >>> table = vl.table_of_context(rows, data.names_of("areas", "area"))
    >>> table.frame["Số liệu"].tolist()
    ['6,77%', '0,52%']
    """
    rows = rows.sort_values(["indicator", "area", "year", "as_of"], kind="stable")
    columns = {
        _("Nơi có số liệu"): lambda row: areas[row["area"]],
        _("Nội dung"): named,
        _("Năm"): "year",
        _("Số liệu"): Number(_write_context),
        _("Lưu ý"): lambda row: named(row, "note"),
        _("Nguồn"): lambda row: source_link(row["source"]),
    }
    return table_of(_("Số liệu tham khảo, không dùng để đánh giá"), rows, columns)


def _write_context(row: Mapping) -> str:
    """Return a context figure, with as many decimals as its source gives.

    A count that is the numerator of a share stands with its whole: 23/27.
    """
    if row["value"] == row["numerator"] and not is_missing(row["denominator"]):
        return f"{write_figure(row['value'])}/{write_figure(row['denominator'])}"
    figure = {
        **row,
        "actual": row["value"],
        "upper_actual": row["upper_value"],
        "decimals": decimals_of(row["value"]),
    }
    return write_actual(figure, unit=True)


def table_of_sources(
    sources: pd.DataFrame, used: Sequence[str], *, on_page: bool = True
) -> Table:
    """Return the documents named in `used`: title, publisher, date, address.

    `on_page`: for a page of the review. On paper they stand in the order of `used`, as
    [1], [2], ...

    >>> table = vl.table_of_sources(data.sources, ["ctr-76-2020"])
    >>> table.frame["Văn bản, bài viết"].tolist()
    ['Chương trình hành động 76/CTr-UBND']
    """
    rows = sources[sources["source"].isin(list(used))].sort_values("source")
    if not on_page:
        rows = rows.sort_values("source", key=lambda keys: keys.map([*used].index))

    def title(row: Mapping) -> Markup:
        return Markup('<span id="{}">{}</span>').format(
            source_anchor(row["source"]), row["source"]
        )

    numbers = [f"[{number}]" for number in range(1, len(rows) + 1)]
    columns = {
        **({_("Ký hiệu"): title} if on_page else {_("Số"): numbers}),
        _("Văn bản, bài viết"): lambda row: _as_it_is(row["title"]),
        _("Nơi công bố"): _publisher,
        _("Ngày"): lambda row: _published(row["published"]),
        _("Địa chỉ"): _address,
    }
    caption = _("Nguồn của các số liệu trong báo cáo này")
    if on_page:
        caption = _("Nguồn của các số liệu trên trang này")
    return table_of(caption, rows, columns)


def _as_it_is(text: str) -> str | Markup:
    """Return what stays as it is in any language, marked if it is Vietnamese."""
    if language() == "vi" or text.isascii():
        return text
    return Markup('<span lang="vi">{}</span>').format(text)


def _publisher(row: Mapping) -> str | Markup:
    """Return who published a document, in English where a description is given."""
    return _as_it_is(named(row, "publisher"))


def _address(row: Mapping) -> Markup:
    return Markup('<span class="address">{}</span>').format(row["address"])


def _published(day: str) -> str:
    if not day:
        return _("không ghi ngày")
    parts = day.split("-")
    if len(parts) == 3:
        return write_date(pd.Timestamp(day))
    return "/".join(reversed(parts))


def source_anchor(source: str) -> str:
    """Return the anchor of a source on a page."""
    return f"src-{source}"


def source_link(source: str) -> Markup:
    """Return a link to a source in the page's list."""
    return Markup('<a class="source" href="#{}">{}</a>').format(
        source_anchor(source), source
    )
