"""Records and what is derived from them: what `vl.load()` returns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from vinhloc.assess import assess, with_changes
from vinhloc.data.questions import find_questions
from vinhloc.data.records import Records, kept_property
from vinhloc.outlook import add_pace, add_schedule

DERIVED = (
    *("assessment", "current", "other_reading"),
    *("latest_year", "largest_revision"),
)


@dataclass(frozen=True)
class Data(Records):
    """Everything known of a programme by a day, as tidy frames."""

    @kept_property
    def assessment(self) -> pd.DataFrame:
        """A row per indicator, year and period, with schedule and pace.

        See `vinhloc.assess.assess`, `vinhloc.outlook.add_schedule` and `add_pace`.
        """
        return add_pace(add_schedule(self.assess()))

    @kept_property
    def other_reading(self) -> pd.DataFrame:
        """The assessment under the second figures of the source, where it has them."""
        return self.assess(reading="other")

    def assess(
        self, *, reading: str = "main", current: pd.DataFrame | None = None
    ) -> pd.DataFrame:
        """Return the assessment under a reading of the source ("main" or "other").

        With `current`: with these figures in the place of `Data.current`.
        """
        figures = self.current if current is None else current
        figures = figures[figures["area"] == self.programme.area]
        return assess(
            self.indicators,
            self.tables["targets.csv"],
            with_changes(figures, self.indicators, self.own_breaks),
            years=self.programme.years,
            baseline_year=self.programme.baseline_year,
            breaks=self.own_breaks,
            reading=reading,
        )

    @cached_property
    def questions(self) -> pd.DataFrame:
        """What an office should look at: see `find_questions` of questions.py."""
        return find_questions(self)

    def derive(self) -> Data:
        """Derive what takes time now; return the data."""
        for name in DERIVED:
            getattr(self, name)
        return self
