"""The page that lists every published review, so that a reader finds a year."""

from __future__ import annotations

import datetime
import os
import re
from contextvars import copy_context
from pathlib import Path

from babel import Locale
from markupsafe import Markup

from vinhloc.data import Programme
from vinhloc.figures import LANGUAGES, _, use_language, write_date
from vinhloc.review.files import INDEX
from vinhloc.review.html import page_of, site_values
from vinhloc.review.manifest import MANIFEST, read_manifest
from vinhloc.show import demo_mark, make_table

EDITION = re.compile(r"(demo-)?\d+(-\d+)?(-en)?")  # as `publish.edition_name` names it


def edition_folder(when: object, *, made_up: bool, lang: str) -> str:
    """Return the folder of a review: 2023, 2023-en, demo-2023, 2020-2025, ..."""
    return f"{'demo-' if made_up else ''}{when}" + ("" if lang == "vi" else f"-{lang}")


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
    if not (known and EDITION.fullmatch(folder.name)):  # it stands in a link
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
