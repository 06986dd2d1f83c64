"""A roll-up published: one page and its tables, in one step.

The page stands alone, as those of a review do: no script, no outside address.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from vinhloc.collection.gather import gather
from vinhloc.collection.summary import RollUp
from vinhloc.collection.tables import (
    communes_table,
    districts_table,
    indicators_table,
    provinces_table,
)
from vinhloc.data import check_outside, write_csv
from vinhloc.figures import Told, _, language, n_, use_document
from vinhloc.review import (
    INDEX,
    edition_name,
    locked,
    page_of,
    put_in_place,
    site_values,
    staged,
)
from vinhloc.show import demo_words, legend_of, say_beside, say_results

TEMPLATE = "roll-up.html.j2"
NAMES = ["name_vi", "unit"]  # what may stand in Vietnamese on an English page
PREFIX = "roll-up-"  # of its folder, which stands beside those of the communes


def publish_roll_up(
    collection: Path,
    out: Path,
    year: int,
    *,
    jobs: int | None = None,
    wait: float = 0,
) -> tuple[Path, dict[str, str]]:
    """Publish the roll-up of a year; return its page, and what is left out.

    What is left out is told as commune -> why.

    `<out>/roll-up-<year>/` holds index.html, communes.csv (a row per commune),
    provinces.csv, districts.csv and indicators.csv. The same data give the same bytes.
    Raises what `gather` raises, Told where no programme can be read, Busy, and Fault
    for a place `out` that is part of a programme's data.
    """
    check_outside(out)
    gathered = gather(collection, year, jobs=jobs)
    use_document()  # of none of them alone
    if gathered.communes.empty:
        why = [f"{name}: {said}" for name, said in gathered.unread.items()]
        text = _("không đọc được chương trình nào; chưa lập bảng tổng hợp")
        raise Told("\n".join([*why, text]))
    roll_up = RollUp.of(gathered)
    lang = language()
    folder = edition_name(year, made_up=roll_up.made_up, lang=lang)
    target = out.resolve() / f"{PREFIX}{folder}"
    with locked(target, wait=wait), staged(target) as staging:
        page = roll_up_page(roll_up, _links(roll_up, target.parent, lang))
        (staging / INDEX).write_text(page, encoding="utf-8", newline="\n")
        for name in ("communes", "provinces", "districts", "indicators"):
            write_csv(getattr(roll_up, name), staging / f"{name}.csv")
        put_in_place(staging, target)
    return target / INDEX, gathered.unread


def _links(roll_up: RollUp, out: Path, lang: str) -> dict[str, str]:
    """Return commune -> the address of its published review, where there is one."""
    found = {}
    for row in roll_up.communes.to_dict("records"):
        year, made_up = roll_up.gathered.year, row["made_up"]
        folder = edition_name(year, made_up=made_up, lang=lang)
        if (out / row["commune"] / folder / INDEX).is_file():
            found[row["commune"]] = f"../{row['commune']}/{folder}/{INDEX}"
    return found


def roll_up_page(roll_up: RollUp, links: Mapping[str, str]) -> str:
    """Return the page; `links`: commune -> the address of its review."""
    gathered, main = roll_up.gathered, roll_up.gathered.rows.query("main")
    when = _("năm {year}", year=gathered.year)
    demo = demo_words() if roll_up.made_up else ""
    title = _("Tổng hợp các xã, năm {year}", year=gathered.year)
    more = {"title": title, "demo": demo, "span": "", "here": "", "root": ""}
    named = (gathered.communes, gathered.areas, roll_up.indicators)
    texts = pd.concat([frame[c] for frame in named for c in NAMES if c in frame])
    more["vietnamese"] = {*texts.dropna()} if language() == "en" else set()
    return page_of(
        TEMPLATE,
        site_values() | more,
        extent=_extent(roll_up),
        results=say_results(main, when, of=_("chỉ tiêu chủ yếu đến hạn")),
        beside=say_beside(main),
        bar=legend_of(main),
        unread=gathered.unread,
        tables=[
            provinces_table(roll_up),
            indicators_table(roll_up),
            districts_table(roll_up),
            communes_table(roll_up, links),
        ],
    )


def _extent(roll_up: RollUp) -> str:
    known = roll_up.provinces["province"].ne("").sum()
    communes = n_("{n} xã, phường, thị trấn", len(roll_up.communes))
    if not known:
        return communes
    return f"{communes} – " + n_("{n} tỉnh, thành phố", int(known))
