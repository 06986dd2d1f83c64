"""Programme, figures and contracts brought together: what `vl.load()` returns."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from pathlib import Path
from typing import Any

import pandas as pd

from vinhloc.actuals import current_figures, largest_revision
from vinhloc.assess import assess
from vinhloc.language import language
from vinhloc.outlook import add_pace, add_schedule
from vinhloc.programme import Programme
from vinhloc.questions import find_questions
from vinhloc.theme import DERIVED

DESCRIBED = [
    "indicator",
    "theme",
    "name_vi",
    "name_en",
    "unit",
    "unit_en",
    "decimals",
]


def kept_property(derive: Callable) -> property:
    """Return a property of Data that is derived once, and stands in `Data.kept`."""

    @wraps(derive)
    def get(data: Data):
        if derive.__name__ not in data.kept:
            data.kept[derive.__name__] = derive(data)
        return data.kept[derive.__name__]

    return property(get)


@dataclass(frozen=True)
class Data:
    """Everything known of a programme by a day, as tidy frames."""

    folder: Path
    programme: Programme
    tables: dict[str, pd.DataFrame]
    actuals: pd.DataFrame
    context: pd.DataFrame
    as_of: datetime.date | None = None
    # What takes time to derive: copies and parts take it over, other data derive their
    # own. Under the name of its property, or under what it was derived for.
    kept: dict[str | tuple, Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def made_up(self) -> bool:
        """Whether the programme's figures are made up (demonstration data)."""
        return self.programme.made_up

    @property
    def themes(self) -> pd.DataFrame:
        """The themes in their order: theme, order, name_vi, name_en."""
        return self.tables["themes.csv"].sort_values("order")

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """A row per indicator, as in indicators.csv, with `unit_en`."""
        return with_unit_names(self.tables["indicators.csv"], self.tables)

    @cached_property
    def targets(self) -> pd.DataFrame:
        """A row per target, with theme, names, unit and decimals of its indicator."""
        names = self.indicators[[*DESCRIBED, "direction", "over_term", "main"]]
        return self.tables["targets.csv"].merge(names, on="indicator", validate="m:1")

    @property
    def issues(self) -> pd.DataFrame:
        """The faults of the source, as in source_issues.csv."""
        return self.tables["source_issues.csv"]

    @property
    def sources(self) -> pd.DataFrame:
        """The documents that figures come from."""
        return self.tables["sources.csv"]

    @property
    def breaks(self) -> pd.DataFrame:
        """Breaks in the series: indicator (or *), area (or *), year, reason."""
        return self.tables["breaks.csv"]

    @property
    def own_breaks(self) -> pd.DataFrame:
        """The breaks in the series of the programme's own area."""
        return self.breaks[self.breaks["area"].isin(["*", self.programme.area])]

    @kept_property
    def current(self) -> pd.DataFrame:
        """One actual per indicator, area and year; `conflict` where none can count."""
        return current_figures(self.actuals, self.tables["choices.csv"])

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
        return assess(
            self.indicators,
            self.tables["targets.csv"],
            figures[figures["area"] == self.programme.area],
            years=self.programme.years,
            baseline_year=self.programme.baseline_year,
            breaks=self.own_breaks,
            reading=reading,
        )

    @cached_property
    def questions(self) -> pd.DataFrame:
        """What an office should look at: see `vinhloc.questions.find_questions`."""
        return find_questions(self)

    @kept_property
    def largest_revision(self) -> float:
        """By which share of an estimate its final at most differed from it."""
        return largest_revision(self.actuals)

    @kept_property
    def latest_year(self) -> int | None:
        """The last year of the term with an actual of the programme's own area."""
        years = self.actuals["year"][
            self.actuals["area"].eq(self.programme.area)
            & self.actuals["indicator"].isin(self.indicators["indicator"])
            & self.actuals["year"].isin(self.programme.years)
        ]
        return int(years.max()) if len(years) else None

    def derive(self) -> Data:
        """Derive what takes time now; return the data."""
        for name in DERIVED:
            getattr(self, name)
        return self

    def own_copy(self) -> Data:
        """Return the data with frames of its own; pandas copies them when written."""
        copied = replace(
            self,
            tables={
                name: table.copy(deep=False) for name, table in self.tables.items()
            },
            actuals=self.actuals.copy(deep=False),
            context=self.context.copy(deep=False),
        )
        for key, found in self.kept.items():
            is_frame = isinstance(found, pd.DataFrame)
            copied.kept[key] = found.copy(deep=False) if is_frame else found
        return copied

    def names_of(self, table: str, key: str) -> dict[str, str]:
        """Return key -> name in the language in use, for a table such as areas."""
        frame = self.tables[f"{table}.csv"]
        return dict(zip(frame[key], frame[f"name_{language()}"], strict=True))


def with_unit_names(frame: pd.DataFrame, tables: dict) -> pd.DataFrame:
    """Add `unit_en`, the English name of each row's unit."""
    units = tables["units.csv"].rename(columns={"name_en": "unit_en"})
    return frame.merge(
        units[["unit", "unit_en"]], on="unit", how="left", validate="m:1"
    )


def described(
    actuals: pd.DataFrame, tables: dict, programme: Programme
) -> pd.DataFrame:
    """Return actuals with what is known of their indicators, and `made_up`."""
    names = with_unit_names(tables["indicators.csv"], tables)[DESCRIBED]
    return actuals.merge(names, on="indicator", how="left", validate="m:1").assign(
        made_up=programme.made_up
    )
