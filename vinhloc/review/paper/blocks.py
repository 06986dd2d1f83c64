"""What a report is made of: its blocks, its annexes, the documents that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from vinhloc.data import Data
from vinhloc.review.paper.columns import Column
from vinhloc.review.paper.official import Official
from vinhloc.show import Prose, Table
from vinhloc.show.charts import Chart


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 is "I.", 2 is "1.", 3 is "a)"; the number stands in it."""

    text: str
    level: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body; a dash before it where it is one of a list."""

    text: str
    listed: bool = False

    @property
    def leads(self) -> bool:
        """Whether it leads to what follows, and must not stand apart from it."""
        return self.text.endswith(":") and not self.listed


@dataclass(frozen=True)
class Annex:
    """An annex on pages of its own, in landscape."""

    number: str
    title: str
    blocks: tuple


@dataclass(frozen=True)
class Report:
    """A report: what stands around it, its body and its annexes."""

    official: Official
    title: str
    body: tuple
    annexes: tuple[Annex, ...]
    annex_columns: tuple[Column, ...]
    annex_table: pd.DataFrame
    annex_notes: str
    made_up: bool


Block = Heading | Paragraph | Table | Chart


def said(prose: Prose, *, listed: bool = False) -> Iterator[Paragraph]:
    """Give the paragraphs of a Prose."""
    for text in prose.paragraphs:
        yield Paragraph(text, listed)


class Documents:
    """The documents that a text names by their keys, numbered as they come."""

    def __init__(self, data: Data):
        self.keys: list[str] = []
        known = sorted(data.sources["source"], key=len, reverse=True)
        keys = "|".join(map(re.escape, known)) or r"(?!)"
        self._named = re.compile(rf"(?<![\w-])(\[)?({keys})(?(1)\]|(?![\w-]))")

    def numbered(self, text: str) -> str:
        """Return a text with numbers for the keys in it: "[report-2023]" is "[2]"."""
        return self._named.sub(lambda found: f"[{self._number(found[2])}]", text)

    def with_others(self, keys: Iterable[str]) -> list[str]:
        """Return the documents named so far, then the others of `keys`."""
        return [*self.keys, *(key for key in keys if key not in self.keys)]

    def _number(self, key: str) -> int:
        if key not in self.keys:
            self.keys.append(key)
        return self.keys.index(key) + 1
