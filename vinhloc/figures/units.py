"""Units as they are written beside a figure: spellings, scale words, conversion."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from vinhloc.figures.words import plain
from vinhloc.figures.writing import EVENT_UNIT, GRADE_UNIT

FILE = Path(__file__).with_name("units.csv")
SCALES = {
    "nghìn": Decimal(1000),
    "ngàn": Decimal(1000),
    "thousand": Decimal(1000),
    "vạn": Decimal(10_000),
    "triệu": Decimal(1_000_000),
    "tr": Decimal(1_000_000),
    "million": Decimal(1_000_000),
    "tỷ": Decimal(10**9),
    "billion": Decimal(10**9),
}
# A larger scale word without a unit speaks of money.
WITHOUT_UNIT = Decimal(10_000)
MONEY = "đồng"
# "tr.đ", "trđ", "tỷđ", "tr/người"
SHORT = re.compile(r"(?<![^\W\d_])(nghìn|ngàn|triệu|tr|tỷ)\.? ?(?=đ|/|$)")
THOUSAND = re.compile(r"^1[.,]?000 ?(?=[^\W\d_])")  # a heading's "1.000 con"
# "% dân số" says of whom; "% so với kế hoạch" measures something else.
OF_WHOM = re.compile(r"% (?!.*\b(?:so|kh|kế hoạch|nq|nghị quyết|năm|ck)\b).+")
PER = {"year": "năm", "crop": "vụ"}
# What may be left out without changing what is measured.
LEFT_OUT = {"năm", "vụ", "người"}


@dataclass(frozen=True)
class Unit:
    """What a unit means: `factor` of its `base`; its kind.

    Kinds: measure (a length, an area, a weight, money), count (things of which the
    whole is not known), whole (things of which an area has a known number), rank (a
    level on a scale), share (a part of a whole), regional (a size that differs by
    region: never converted). `assumed`: the text left out or added a part ("/vụ").
    """

    name: str
    base: str
    factor: Decimal
    kind: str
    assumed: bool = False


class Units:
    """The known units, by every spelling, and those made of them with strokes."""

    def __init__(self, rows: Iterable[Mapping[str, str]]):
        self.known: dict[str | tuple[str, str], Unit] = {}
        for row in rows:
            name, base = plain(row["unit"]), plain(row["base"] or row["unit"])
            if "/" in name and name == base:
                continue  # is understood by its parts
            factor = Decimal(str(row["factor"] or 1))
            kind = row.get("kind") or self._kind_of(name)
            unit = Unit(name, base, factor, kind)
            also = (row.get("also") or "").split("|")
            names = [row.get("name_vi") or "", row.get("name_en") or ""]
            for spelling in filter(None, map(plain, [name, *also, *names])):
                self.known.setdefault(spelling, unit)
                self.known.setdefault((name, spelling), unit)

    def _kind_of(self, name: str) -> str:
        """Return the kind of a programme's own unit: "thôn, làng" are wholes."""
        parts = [self.known.get(part) for part in re.split(r", |/| và ", name)]
        wholes = all(part is not None and part.kind == "whole" for part in parts)
        return "whole" if wholes else "count"

    def find(self, written: str, own: str = "") -> Unit | None:
        """Return the unit that a text names; None when it names none that is known.

        `own` is the indicator's unit. A scale word alone stands for the rest of it
        ("52 triệu"); person, crop and year may be left out ("triệu/người").
        """
        own = _spelled(own)
        found, mine = self._unit(_spelled(written), own), self._unit(own, own)
        if found is None or mine is None or found.base == mine.base:
            return found
        if (
            _differ_in(found.base, mine.base) <= LEFT_OUT
            or (found.base == mine.base + "/năm" and "%" not in mine.base)
            or _same_per_head(found.base, mine.base)
        ):
            return replace(found, base=mine.base, kind=mine.kind, assumed=True)
        return found

    def knows(self, written: str) -> bool:
        """Tell whether a text is a unit, a scale word alone or a share of whom."""
        text = _spelled(written)
        scaled = split_scale(text)[1] == "" != text
        return scaled or self.find(text) is not None or bool(OF_WHOM.fullmatch(text))

    def _unit(self, text: str, own: str) -> Unit | None:
        """Return the unit of a spelled text, made of its parts where it has some."""
        head, *parts = (part.strip() for part in text.split("/"))
        scale, core = split_scale(head)
        own_core = split_scale(own.split("/")[0].strip())[1]
        if not core and scale != 1 and (scale <= WITHOUT_UNIT or own_core == MONEY):
            core = own_core
        full = "/".join([core, *parts])
        unit = self._named(full, own)
        if unit is None and core and all(parts):
            unit = self._named(core, own_core)
            if unit is None and core == own_core:
                unit = Unit(core, core, Decimal(1), "count")
            unit = unit and self._divided(unit, parts)
        return unit and replace(unit, factor=unit.factor * scale)

    def _named(self, spelling: str, own: str) -> Unit | None:
        return self.known.get((own, spelling)) or self.known.get(spelling)

    def _divided(self, unit: Unit, parts: list[str]) -> Unit:
        """Return a unit per other units: "tạ" per "ha" and "vụ"."""
        base, kind = [unit.base], unit.kind
        for part in parts:
            found = self.known.get(part)
            if found and part not in LEFT_OUT and found.name == found.base:
                part = found.name
            base.append(PER.get(part, part))
            if found and found.kind == "regional":
                kind = "regional"
        name = "/".join([unit.name, *base[1:]])
        return replace(unit, name=name, base="/".join(base), kind=kind)


def _same_per_head(one: str, other: str) -> bool:
    """Tell whether two units are of the same, per head, per year or both."""
    (of, *per), (own, *mine) = one.split("/"), other.split("/")
    return of == own and bool(per and mine) and {*per, *mine} <= {"người", "năm"}


def _differ_in(short: str, full: str) -> set[str]:
    """Return the parts of a full unit that a shorter one leaves out, else all."""
    parts, whole = short.split("/"), full.split("/")
    kept = [part for part in whole if part in parts]
    return set(whole) - set(parts) if kept == parts else set(whole)


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
    text = THOUSAND.sub("nghìn ", plain(written).rstrip(". "))
    return SHORT.sub(lambda match: f"{match[1]} ", text).strip()


@cache
def standard_units() -> Units:
    """Return the units that offices write, from units.csv beside this module."""
    return Units(_rows())


def units_with(rows: Iterable[Mapping[str, str]]) -> Units:
    """Return the standard units and those that a programme's units.csv adds."""
    added = [row for row in rows if split_scale(plain(row["unit"]))[0] == 1]
    return Units([*_rows(), *added])


@cache
def in_steps(unit: str) -> bool:
    """Tell whether a unit has nothing between two of its values: stars, grades, events.

    >>> from vinhloc.figures import in_steps
    >>> in_steps("sao"), in_steps("ha")
    (True, False)
    """
    found = standard_units().find(unit)
    return unit in (EVENT_UNIT, GRADE_UNIT) or (found and found.kind) == "rank"


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
