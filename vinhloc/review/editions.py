"""The editions: all published ones listed, earlier ones kept, and what changed.

`<out>/editions/<edition>/<n>/` holds them, the oldest as 1.
"""

from __future__ import annotations

import datetime
import os
import shutil
from contextvars import copy_context
from pathlib import Path

import pandas as pd
from babel import Locale
from markupsafe import Markup

from vinhloc.data import Programme
from vinhloc.figures import (
    LANGUAGES,
    _,
    is_missing,
    named,
    use_language,
    write_actual,
    write_date,
)
from vinhloc.review.manifest import MANIFEST, read_manifest
from vinhloc.review.pages import page_of, site_values
from vinhloc.review.request import ASSESSMENT, INDEX, names_edition
from vinhloc.show import Table, demo_mark, make_table, status_mark, target_cell

FOLDER = "editions"
KEY = ["indicator", "year", "period"]
FIGURE = ["actual", "upper_actual", "bound", "vintage"]
TARGET = ["comparator", "target", "upper_target"]
STATED = ("stated", "total")  # what only we interpolate is no change of a target


def has_other_figures(target: Path, assessment: Path) -> bool:
    """Tell whether the published edition has another assessment than a new file."""
    published = target / ASSESSMENT
    return published.is_file() and published.read_bytes() != assessment.read_bytes()


def earlier_edition(target: Path, assessment: Path) -> tuple[Path, str] | None:
    """Return the edition that a new one is compared with, and its name once kept.

    The published one, where its assessment differs from the new file; else the one
    that it had itself replaced. None for the first.
    """
    kept = kept_editions(target)
    if has_other_figures(target, assessment):
        is_kept = kept and _same_manifest(kept[-1], target)
        name = kept[-1].name if is_kept else _next_name(kept)
        return target, f"{FOLDER}/{target.name}/{name}"
    return (kept[-1], f"{FOLDER}/{target.name}/{kept[-1].name}") if kept else None


def _same_manifest(one: Path, other: Path) -> bool:
    return (one / MANIFEST).read_bytes() == (other / MANIFEST).read_bytes()


def kept_editions(target: Path) -> list[Path]:
    """Return the kept earlier editions of a review, the oldest first."""
    folder = target.parent / FOLDER / target.name
    found = [path for path in folder.glob("*") if path.name.isdigit()]
    return sorted(found, key=lambda path: int(path.name))


def _next_name(kept: list[Path]) -> str:
    """Return the number after the last, also where someone removed an earlier one."""
    return str(int(kept[-1].name) + 1 if kept else 1)


def keep_edition(target: Path) -> None:
    """Copy the published edition to the kept ones, unless it is there already."""
    kept = kept_editions(target)
    if kept and _same_manifest(kept[-1], target):
        return  # by a run that ended before it could publish
    folder = target.parent / FOLDER / target.name
    folder.mkdir(parents=True, exist_ok=True)
    scratch = folder / ".new"
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(target, scratch)
    scratch.rename(folder / _next_name(kept))


def changes_since(edition: Path, assessment: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose figure, stated target or status is another than before.

    The new row's columns, the earlier ones with the prefix `old_`, and new_figure,
    new_target, new_status (whether each changed). Rows that are gone stand at the end,
    with what they were called; their figure, target and status are missing.
    """
    before = pd.read_csv(edition / ASSESSMENT, parse_dates=["as_of"])
    compared = [*FIGURE, *TARGET, "target_basis", "status", "as_of", "source"]
    renamed = {name: f"old_{name}" for name in compared}
    old = before.reindex(columns=[*KEY, *compared]).rename(columns=renamed)
    both = assessment.merge(old, on=KEY, how="left", validate="1:1")
    there = pd.MultiIndex.from_frame(assessment[KEY])
    gone = before[~pd.MultiIndex.from_frame(before[KEY]).isin(there)]
    if not gone.empty:
        both = pd.concat([both, gone.rename(columns=renamed)], ignore_index=True)
        both = both[[*assessment.columns, *renamed.values()]]
    stated = both["target_basis"].isin(STATED) | both["old_target_basis"].isin(STATED)
    both = both.assign(
        new_figure=_differs(both, FIGURE),
        new_target=_differs(both, TARGET) & stated,
        new_status=_differs(both, ["status"]),
    )
    return both[both[["new_figure", "new_target", "new_status"]].any(axis=1)]


def _differs(both: pd.DataFrame, columns: list[str]) -> pd.Series:
    differs = pd.Series(False, both.index)
    for name in columns:
        now, old = both[name], both[f"old_{name}"]
        differs |= now.ne(old) & ~(now.isna() & old.isna())
    return differs


def table_of_changes(changes: pd.DataFrame, *, made_up: bool) -> Table:
    """Return what changed since the earlier edition, before and now, and why."""
    rows = changes.to_dict("records")
    olds = [_earlier(row) for row in rows]
    elsewhere = set(changes.loc[changes["new_figure"], "indicator"])
    whole = _("cả nhiệm kỳ")
    columns = {
        _("Chỉ tiêu"): [named(row) for row in rows],
        _("Năm"): [row["year"] if row["period"] == "year" else whole for row in rows],
        _("Số liệu trước"): [write_actual(row, unit=True) for row in olds],
        _("Số liệu nay"): [write_actual(row, unit=True) for row in rows],
        _("Mục tiêu trước"): [_target(row) for row in olds],
        _("Mục tiêu nay"): [_target(row) for row in rows],
        _("Kết quả trước"): [_status(row) for row in olds],
        _("Kết quả nay"): [_status(row) for row in rows],
        _("Vì sao"): [why_changed(row, elsewhere) for row in rows],
    }
    return make_table(_("Thay đổi so với bản trước"), columns, made_up=made_up)


def _earlier(row: dict) -> dict:
    return row | {k[4:]: value for k, value in row.items() if k.startswith("old_")}


def _target(row: dict) -> str:
    return "–" if is_missing(row["target"]) else target_cell(row, unit=True)


def _status(row: dict) -> str:
    return "–" if is_missing(row["status"]) else status_mark(row["status"])


def why_changed(row: dict, elsewhere: set[str]) -> str:
    """Return why a row changed; `elsewhere`: indicators with another figure."""
    if is_missing(row["status"]):
        return _("chỉ tiêu hoặc năm này không còn trong dữ liệu")
    if row["new_figure"]:
        return _why_figure(row)
    if row["new_target"]:
        return _("mục tiêu trong dữ liệu thay đổi")
    if row["indicator"] in elsewhere:
        return _("theo số liệu năm khác của chỉ tiêu")
    return _("cách tính của bộ công cụ thay đổi")


def _why_figure(row: dict) -> str:
    if row["period"] == "term":
        return _("theo số liệu các năm")
    if is_missing(row["actual"]):
        return _("số liệu đã rút, hoặc các nguồn khác nhau và chưa chọn")
    place = {"source": row["source"], "day": write_date(row["as_of"])}
    if is_missing(row["old_actual"]):
        return _("số liệu mới: {source}, nhận ngày {day}", **place)
    if (row["source"], row["as_of"]) == (row["old_source"], row["old_as_of"]):
        return _("sửa số liệu của {source}, nhận ngày {day}", **place)
    if (row["old_vintage"], row["vintage"]) == ("estimate", "final"):
        return _("số chính thức thay số ước: {source}, nhận ngày {day}", **place)
    return _("số liệu thay thế: {source}, nhận ngày {day}", **place)


def write_editions(out: Path, programme: Programme) -> None:
    """Write `<out>/index.html`, which lists the reviews published there.

    It is Vietnamese where one of them is. The same reviews give the same bytes.
    """
    editions = published_editions(out)
    if not editions:
        return
    lang = "vi" if any(e["lang"] == "vi" for e in editions) else "en"
    text = copy_context().run(_page_in, lang, editions, programme)
    staged = out / f".{INDEX}-{os.getpid()}"
    staged.write_text(text, encoding="utf-8", newline="\n")
    staged.replace(out / INDEX)


def published_editions(out: Path) -> list[dict]:
    """Return the reviews in a folder, real ones first, the latest year first.

    Of each: folder, made_up, term, year, lang, whether it has pages, and the day on
    which its data end (or None).
    """
    found = []
    for path in out.glob(f"*/{MANIFEST}"):
        try:
            found.append(_edition(path.parent, read_manifest(path.parent)))
        except (ValueError, KeyError, TypeError):  # not a manifest of a review
            continue
    return sorted(
        found,
        key=lambda e: (e["made_up"], e["term"], -e["year"], e["lang"] != "vi"),
    )


def _edition(folder: Path, manifest: dict) -> dict:
    parameters = manifest["parameters"]
    lang, year, made_up = parameters["lang"], parameters["year"], manifest["made_up"]
    known = type(year) is int and type(made_up) is bool and lang in LANGUAGES
    if not (known and names_edition(folder.name)):  # it stands in a link
        raise ValueError(folder.name)
    day = manifest["data_cut_off"] or manifest["latest_figure"]
    return {
        "folder": folder.name,
        "made_up": made_up,
        "term": parameters.get("period") == "term",
        "year": year,
        "lang": lang,
        "pages": INDEX in manifest["outputs"],
        "day": datetime.date.fromisoformat(day) if day else None,
    }


def _page_in(lang: str, editions: list[dict], programme: Programme) -> str:
    """Return the page in a language; run in a context of its own."""
    use_language(lang)
    columns = {
        _("Báo cáo"): [_link(edition, programme) for edition in editions],
        _("Ngôn ngữ"): [
            Markup('<span lang="{}">{}</span>').format(
                e["lang"], Locale(e["lang"]).display_name
            )
            for e in editions
        ],
        _("Số liệu nhận được đến ngày"): [write_date(e["day"]) for e in editions],
    }
    table = make_table(_("Các năm và cả nhiệm kỳ"), columns)
    values = site_values(programme) | {"title": _("Các báo cáo đã xuất bản")}
    return page_of("editions.html.j2", values, table=table._repr_html_())


def _link(edition: dict, programme: Programme) -> Markup:
    """Return the link to a review; a made-up one is called so."""
    span = f"{programme.first_year}-{programme.last_year}"
    text = _("Năm {year}", year=edition["year"])
    if edition["term"]:
        text = _("Cả nhiệm kỳ {span}", span=span)
    if edition["pages"]:
        text = Markup('<a href="{}/{}">{}</a>').format(edition["folder"], INDEX, text)
    return Markup("<span>{}{}</span>").format(demo_mark(edition["made_up"]), text)
