"""What a review looks at: a year of the data, or the term as a whole."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from vinhloc.assess import is_due
from vinhloc.data import Data, seen_from, select, sources_of
from vinhloc.figures import _


@dataclass(frozen=True)
class View:
    """What a review looks at: a year of the data, or the term as a whole."""

    data: Data
    year: int
    term: bool = False

    @property
    def period(self) -> str:
        """The period of its rows: year or term."""
        return "term" if self.term else "year"

    @property
    def assessment(self) -> pd.DataFrame:
        """The whole assessment as seen from the year."""
        return seen_from(self.data.assessment, self.year)

    @property
    def rows(self) -> pd.DataFrame:
        """The rows of the assessment, one per indicator."""
        return select(self.data.assessment, year=self.year, period=self.period)

    @property
    def judged(self) -> pd.DataFrame:
        """The rows that are due: those that are counted."""
        return self.rows[is_due(self.rows)]

    @property
    def sources(self) -> list[str]:
        """The documents behind its rows; behind those of the term, every year's."""
        return sources_of(self.data, self.data.assessment if self.term else self.rows)

    @property
    def span(self) -> str:
        """The year or the years of the term, as they stand in titles."""
        years = self.data.programme.years
        return f"{years[0]}-{years[-1]}" if self.term else str(self.year)

    @property
    def title(self) -> str:
        """The title of the review."""
        if self.term:
            return _(
                "Báo cáo thực hiện chương trình, cả nhiệm kỳ {span}", span=self.span
            )
        return _("Báo cáo thực hiện chương trình, năm {year}", year=self.year)
