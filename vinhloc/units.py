"""Units as they are written beside a figure: spellings, scale words, conversion."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from vinhloc.words import plain

FILE = Path(__file__).with_name("units.csv")
SCALES = {
    "nghìn": Decimal(1000),
    "ngàn": Decimal(1000),
    "vạn": Decimal(10_000),
    "triệu": Decimal(1_000_000),
    "tỷ": Decimal(10**9),
    "tỉ": Decimal(10**9),
}
# A larger scale word without a unit speaks of money.
WITHOUT_UNIT = Decimal(10_000)
MILLION_DONG = r"\b(?:tr\.? ?đ|trđ|triệu đ)(?:ồng)?(?![^\W\d_])"
PER_YEAR = "/năm"
# What is left out beside a figure without changing what it says.
TAILS = ("", "/năm", "/vụ", "/người", "/người/năm")


@dataclass(frozen=True)
class Unit:
    """What a unit means: `factor` of its `base`; its kind.

    Kinds: measure (a length, an area, a weight, money), count (things of which the
    whole is not known), whole (things of which an area has a known number), share (a
    part of a whole), regional (a size that differs by region: never converted).
    `assumed` is what the text left out ("/vụ" of "tạ/ha").
    """

    name: str
    base: str
    factor: Decimal
    kind: str
    assumed: str = ""


class Units:
    """The known units, by every spelling."""

    def __init__(self, rows: Iterable[Mapping[str, str]]):
        self.known: dict[str, Unit] = {}
        for row in rows:
            name = plain(row["unit"])
            factor = Decimal(str(row["factor"] or 0))
            kind = row.get("kind") or "count"
            unit = Unit(name, plain(row["base"] or name), factor, kind)
            for spelling in [name, *(row.get("also") or "").split("|")]:
                self.known.setdefault(plain(spelling), unit)
        self.known.pop("", None)

    def find(self, written: str, own: str = "") -> Unit | None:
        """Return the unit that a text names; None when it names none that is known.

        `own` is the indicator's unit. A scale word alone stands for the rest of it
        ("52 triệu"), and its tail may be left out or added ("triệu/người", "tấn/năm").
        """
        scale, core = split_scale(_spelled(written))
        _own_scale, own_core = split_scale(_spelled(own))
        if core.startswith("/"):
            core = own_core.split("/")[0] + core
        if not core and scale != 1 and (scale <= WITHOUT_UNIT or "đồng" in own_core):
            core = own_core
        for tail in TAILS:
            full = core + tail
            if core and full == own_core and full not in self.known:
                kind = self.known.get(own_core.split("/")[0])
                return Unit(full, full, scale, kind.kind if kind else "count", tail)
            if full in self.known and (not tail or own_core.endswith(tail)):
                found = self.known[full]
                if tail or found.base == self._base(own_core) or not own:
                    return replace(found, factor=found.factor * scale, assumed=tail)
        if core == own_core + PER_YEAR and own_core != "%":
            found = self.find(own_core, own_core)
            return replace(found, factor=found.factor * scale) if found else None
        return self.known.get(core)

    def _base(self, core: str) -> str:
        return self.known[core].base if core in self.known else core


def split_scale(written: str) -> tuple[Decimal, str]:
    """Return the product of the scale words that a unit begins with, and the rest."""
    scale = Decimal(1)
    while match := re.match(r"([^\W\d_]+)(?= |/|$)", written):
        if match[1] not in SCALES:
            break
        scale *= SCALES[match[1]]
        written = written[match.end() :].strip()
    return scale, written


def _spelled(written: str) -> str:
    return re.sub(MILLION_DONG, "triệu đồng", plain(written)).rstrip(". ")


@cache
def standard_units() -> Units:
    """Return the units that offices write, from units.csv beside this module."""
    return Units(_rows())


def units_with(rows: Iterable[Mapping[str, str]]) -> Units:
    """Return the standard units and those that a programme's units.csv adds."""
    added = [row for row in rows if split_scale(plain(row["unit"]))[0] == 1]
    return Units([*_rows(), *added])


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
