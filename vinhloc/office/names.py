"""Match the indicator names of a sheet with those of the programme.

A name is taken only when it is the same but for case, tone placement, punctuation, a
leading number or a unit in brackets. Other words in brackets make it another name,
unless the programme itself has them there and one indicator only is named so without.
What is near is proposed, never taken.
"""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz, process

from vinhloc.data import Data
from vinhloc.figures import Fault, _, plain, units_with

NUMBERING = re.compile(
    r"^(?:(?:\d+(?:\.\d+)*|[ivx]+|[a-hđ])[.)/:] ?|\d+(?:\.\d+)* |[-–+*•·] ?)+"
)
BEFORE_UNIT = r"(?:(?:đvt|đơn vị(?: tính)?) ?: ?)?"
BRACKET_BEHIND = re.compile(rf"(.*)\({BEFORE_UNIT}([^()]+)\)")
A_YEAR = re.compile(r"(?<=%) ?/ ?(?:1 )?năm(?=\)?$)")  # behind a percentage
NEAR = 72  # out of 100: below it a proposal would mislead
PROPOSALS = 3


def bare(name: str) -> str:
    """Return a name as it is compared: without number, punctuation and case."""
    return re.sub(r"[\W_]+", " ", NUMBERING.sub("", plain(name))).strip()


def unmarked(text: str) -> str:
    """Return a text in small letters without its marks, as it is typed in a hurry."""
    letters = unicodedata.normalize("NFD", plain(text).replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _folded(name: str) -> str:
    return unmarked(bare(name))


class Names:
    """The indicators of a programme by every name that is certain."""

    def __init__(self, data: Data):
        rows = data.indicators.to_dict("records")
        self.units = units_with(data.tables["units.csv"].to_dict("records"))
        self.shown = {row["indicator"]: row["name_vi"] for row in rows}
        spelled = [
            (row[key], row["indicator"])
            for key in ("name_en", "name_vi", "indicator")
            for row in rows
        ]
        shorter: dict[str, set[str]] = {}
        for name, indicator in spelled:
            if match := _bracket_behind(name):
                shorter.setdefault(bare(match[1]), set()).add(indicator)
        self.known = {name: min(of) for name, of in shorter.items() if len(of) == 1}
        self.known |= {bare(name): indicator for name, indicator in spelled}
        bags: dict[str, set[str]] = {}
        for row in rows:
            bags.setdefault(_bag(row["name_vi"]), set()).add(row["indicator"])
        self.bags = {bag: min(of) for bag, of in bags.items() if len(of) == 1}
        self.choices = {_folded(row["name_vi"]): row["indicator"] for row in rows}

    def find(self, name: str) -> str:
        """Return the indicator of a name, or "" when it is not certain."""
        return self.known.get(bare(self.parted(name)[0]), "")

    def composed(self, name: str, parent: str) -> str:
        """Return the indicator whose words are those of a row and of its parent.

        "" where there is none, or more than one: "Diện tích" below "1.3. Ngô".
        """
        return self.bags.get(_bag(self.parted(name)[0], self.parted(parent)[0]), "")

    def known_as(self, name: str) -> str:
        """Return the indicator of a name; raise Fault with those that come near."""
        if found := self.find(name):
            return found
        near = "; ".join(self.near(name)) or "–"
        text = _("không có chỉ tiêu «{name}»; gần nhất: {near}")
        raise Fault(text.format(name=name, near=near))

    def parted(self, name: str) -> tuple[str, str]:
        """Return a name and the unit that stands in brackets behind it, else ""."""
        match = _bracket_behind(name)
        if not match or not self.units.knows(match[2]):
            return name, ""
        own = bare(name) in self.known and bare(name) != bare(match[1])
        return (name, "") if own else (match[1].strip(), match[2].strip())

    def near(self, name: str) -> list[str]:
        """Return the names of the indicators that come nearest, nearest first."""
        found = process.extract(
            _folded(name),
            [*self.choices],
            scorer=fuzz.token_sort_ratio,
            score_cutoff=NEAR,
            limit=PROPOSALS,
        )
        return [self.shown[self.choices[choice]] for choice, _score, _at in found]


def _bag(*names: str) -> str:
    return " ".join(sorted(" ".join(map(bare, names)).split()))


def _bracket_behind(name: str) -> re.Match | None:
    return BRACKET_BEHIND.fullmatch(plain(name).rstrip(" :;."))
