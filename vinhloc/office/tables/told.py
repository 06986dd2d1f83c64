"""What is told of figures above them, and what a column holds by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from vinhloc.figures import plain
from vinhloc.office.files import Cell
from vinhloc.office.tables.answers import DROPPED
from vinhloc.office.tables.grammar import ELSEWHERE, Said

UNSEEN = ("hidden", "struck")  # a heading that is so is asked about
RESULT = {"actual", "estimate"}
ROLES = {role: role for role in ("actual", "plan", "name", "unit", "number")}
ROLES["wish"] = "plan"
# Roles of a column that speaks of results, and is understood to be none of the year's.
ASIDE = ("part", "elsewhere")


@dataclass(frozen=True)
class Told:
    """A text that describes figures: where it stands, what it says, its answer.

    `place`: heading, title, sheet (its name, in a cell of row 0) or group.
    """

    cell: Cell
    place: str
    said: Said
    answer: str = ""

    @property
    def left(self) -> list[str]:
        """Return the words that are not understood."""
        if self.answer:
            return []
        unseen = self.place == "heading" and self.cell.doubt in UNSEEN
        return [str(self.cell.value)] if unseen else self.said.left(self.place)

    def parts(self, year: int = 9999) -> str:
        """Return what it says of less than that year; "" where the office answered."""
        return "" if self.answer else self.said.parts(year)


@dataclass(frozen=True)
class Heading:
    """What a column holds: its role, the year; `texts` stand above it, from above."""

    role: str
    year: int | None
    texts: tuple[Told, ...]

    @property
    def cell(self) -> Cell:
        """Return its lowest cell."""
        return self.texts[-1].cell

    @property
    def tags(self) -> set[str]:
        """Return all that its texts say."""
        answered = {"whole"} if self.texts[-1].answer == "whole_year" else set()
        return answered.union(*(told.said.tags for told in self.texts))

    @property
    def units(self) -> list[Cell]:
        """Return the units that it names, each in its cell."""
        texts = self.texts
        return [t.cell._replace(value=unit) for t in texts for unit in t.said.units]

    def is_beside(self, texts: set[str]) -> bool:
        """Tell whether all that is said here, and not in these texts, is understood."""
        return not any(
            told.cell.doubt in UNSEEN
            or (
                str(told.cell.value) not in texts
                and (told.said.left("beside") or told.parts())
            )
            for told in self.texts
        )

    def asked(self) -> Iterator[tuple[Told, str]]:
        """Yield each text that is not understood, with the words that are not."""
        years: set[int] = set()
        for told in reversed(self.texts):
            words = [*told.left, told.parts()]
            if len(years | told.said.years) > 1 and not told.answer:
                words += map(str, told.said.years)
            years |= told.said.years
            if said := ", ".join(filter(None, words)):
                yield told, said


def role_of(texts: list[list[str]]) -> str:
    """Return what a column holds whose heading says this, from above."""
    every = {tag for tags in texts for tag in tags}
    for role in ("percent", "before", "note"):
        if role in every:
            return role
    for tags in reversed(texts):
        found = [ROLES[tag] for tag in tags if tag in ROLES]
        if found or "estimate" in tags:
            return found[0] if found else "actual"
    return ""


def heading_of(texts: list[Told]) -> Heading:
    """Return what a column holds that has these texts above it."""
    years = [told.said.years for told in reversed(texts)]
    year = next((min(found) for found in years if len(found) == 1), None)
    answers = {told.answer for told in texts} - {""}
    role = role_of([told.said.tags for told in texts])
    if role != "name" and answers:
        role = "actual" if texts[-1].answer == "whole_year" else role
        role = "dropped" if answers & DROPPED else role
        role = "plan" if answers & DROPPED == {"plan"} else role
    heading = Heading(role, year, tuple(texts))
    left = [words for told in texts for words in told.left]
    term = year is None and "term" in heading.tags
    if role == "actual" and (term or [*heading.asked()]):
        elsewhere = left and all(ELSEWHERE.match(plain(words)) for words in left)
        role = "asked" if left else "part"
        return replace(heading, role="elsewhere" if elsewhere else role)
    return heading
