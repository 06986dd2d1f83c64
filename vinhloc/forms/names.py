"""Match the indicator names of a sheet with those of the programme.

A name is taken only when it is the same but for case, tone placement, punctuation, a
leading number or a unit in brackets. What is near is proposed, never taken.
"""

from __future__ import annotations

import re
import unicodedata

import pandas as pd
from rapidfuzz import fuzz, process

from vinhloc.words import plain

NUMBERING = re.compile(
    r"^(?:(?:\d+(?:\.\d+)*|[ivx]+|[a-hđ])[.)/:] ?|\d+(?:\.\d+)* |[-–+*•·] ?)+"
)
UNIT_BEHIND = re.compile(r"\([^()]{1,25}\)$")
NEAR = 72  # out of 100: below it a proposal would mislead
PROPOSALS = 3


def bare(name: str) -> str:
    """Return a name as it is compared: without number, unit, punctuation and case."""
    text = NUMBERING.sub("", plain(name))
    text = UNIT_BEHIND.sub("", text.rstrip(" :;.")).rstrip()
    return re.sub(r"[\W_]+", " ", text).strip()


def folded(name: str) -> str:
    """Return a bare name without its marks, as it is typed in a hurry."""
    letters = unicodedata.normalize("NFD", bare(name).replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class Names:
    """The indicators of a programme by every name that is certain."""

    def __init__(self, indicators: pd.DataFrame):
        rows = indicators.to_dict("records")
        self.shown = {row["indicator"]: row["name_vi"] for row in rows}
        self.known = {
            bare(row[key]): row["indicator"]
            for key in ("name_en", "name_vi", "indicator")
            for row in rows
        }
        self.choices = {folded(row["name_vi"]): row["indicator"] for row in rows}

    def find(self, name: str) -> str:
        """Return the indicator of a name, or "" when it is not certain."""
        return self.known.get(bare(name), "")

    def near(self, name: str) -> list[str]:
        """Return the names of the indicators that come nearest, nearest first."""
        found = process.extract(
            folded(name),
            [*self.choices],
            scorer=fuzz.token_sort_ratio,
            score_cutoff=NEAR,
            limit=PROPOSALS,
        )
        return [self.shown[self.choices[choice]] for choice, _score, _at in found]
