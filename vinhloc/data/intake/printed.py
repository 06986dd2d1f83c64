"""The figures that a text prints, each with its place: the section and the paragraph.

Headings of the usual kinds are known by what stands at the start of a line: Phụ lục 1,
Điều 1., A., I., 1., 1.1., (1), a). What has none of it (bullets, rows of a table, a
page's number) is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, count

import pandas as pd

BEFORE = "0"  # the section of what stands before the first heading
END = r"(?:[.:)/]\s+(?=\S)|\s?[–-]\s*(?=[^\W\d]))"  # 20 - 25 is a range
NUMBERED = r"(?:\d+|[IVX]+|[A-H])\b"
# The kinds of headings, the higher before the lower.
HEADINGS = [
    re.compile(rf"{label}{end}", flags)
    for label, end, flags in (
        (rf"((?:phần|chương) {NUMBERED}|phụ lục(?: (?:số )?{NUMBERED})?)", r"\b", re.I),
        (r"((?:điều|mục) (?:\d+|[IVX]+))", END, re.I),
        (r"([A-HĐ])", END, 0),
        (r"([IVX]+)", END, 0),
        (r"(\d{1,2}(?:\.\d{1,2})*)", END, 0),
        (r"\((\d{1,2})\)", r"[.:]?\s*(?=\S)", 0),
        (r"([a-zđ])", r"[.)]\s+(?=\S)", 0),
    )
]
ROMAN = 3
AGAIN = ["", *"bcdefghijklmnopqrstuvwxyz"]  # the second section of a number, ...


def extract_figures(text: str, sections: list[str]) -> pd.DataFrame:
    """Return the figures printed in a source's sections, in reading order.

    Columns: locator (section as printed / paragraph in it), ordinal, as_printed. A
    second section of the same number gets the letter b. Without sections it is all of
    the text; of those asked for, the first of each Roman number counts, so that a text
    which stands twice is read once.
    """
    rows = [
        (place if number == 0 else f"{place}/{number}", found)
        for place, number, line in _paragraphs(text, once=bool(sections))
        if not sections or place.split(".")[0] in sections
        for found in re.findall(r"\d+(?:[.,/]\d+)*", line)
    ]
    figures = pd.DataFrame(rows, columns=["locator", "as_printed"])
    return figures.assign(ordinal=figures.index + 1)[
        ["locator", "ordinal", "as_printed"]
    ]


def _paragraphs(text: str, *, once: bool) -> Iterator[tuple[str, int, str]]:
    """Give each line with its section and its number there; a heading has number 0.

    With `once` it ends where a section of a Roman number comes again.
    """
    place, number, seen = BEFORE, 0, set()
    above: dict[int, str] = {}  # the headings that a line stands below, by kind
    for line in filter(None, map(str.strip, text.splitlines())):
        kind, label = _heading(line)
        if label is None:
            number += 1
            yield place, number, line
            continue
        above = {rank: held for rank, held in above.items() if rank < kind}
        before = ".".join(above.values())
        again = chain(AGAIN, (f"z{time}" for time in count(len(AGAIN))))
        places = (f"{before}.{label}{letter}".lstrip(".") for letter in again)
        place = next(place for place in places if place not in seen)
        if once and kind == ROMAN and not place.endswith(label):
            return
        above[kind] = place[len(before) :].lstrip(".")
        seen.add(place)
        number = 0
        yield place, 0, line


def _heading(line: str) -> tuple[int, str | None]:
    """Return the kind of a heading and its label as printed; None for a paragraph."""
    for kind, pattern in enumerate(HEADINGS):
        if found := pattern.match(line):
            return kind, found[1]
    return len(HEADINGS), None
