"""A roll-up published: one page and its tables, in one step."""

from __future__ import annotations

from pathlib import Path

from vinhloc.collection.frames import RollUp
from vinhloc.collection.gather import gather
from vinhloc.collection.page import roll_up_page
from vinhloc.data import check_outside, write_csv
from vinhloc.figures import Told, _, language
from vinhloc.review import INDEX, edition_name, locked, put_in_place, staged

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
