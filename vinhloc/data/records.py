"""What was read of a programme by a day, and what is asked of it at once."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from pathlib import Path
from typing import Any

import pandas as pd

from vinhloc.data.actuals import current_figures, known_by, largest_revision
from vinhloc.data.programme import YEARS, Programme
from vinhloc.figures import Fault, _, named

DESCRIBED = [
    "indicator",
    "theme",
    "name_vi",
    "name_en",
    "unit",
    "unit_en",
    "decimals",
    "grades",
    "grades_en",
]


def kept_property(derive: Callable) -> property:
    """Return a property that is derived once, and stands in `kept`."""

    @wraps(derive)
    def get(records: Records):
        if derive.__name__ not in records.kept:
            records.kept[derive.__name__] = derive(records)
        return records.kept[derive.__name__]

    return property(get)


@dataclass(frozen=True)
class Records:
    """What was read of a programme by a day, as tidy frames."""

    folder: Path
    programme: Programme
    tables: dict[str, pd.DataFrame]
    actuals: pd.DataFrame
    context: pd.DataFrame
    as_of: datetime.date | None = None
    until: int | None = None  # no figure of a later year is here
    sha: str = ""  # one hash of the files that were read
    # What takes time to derive: a theme's part takes it over, other data derive their
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
        """A row per indicator, as in indicators.csv, with `unit_en` and `grades`."""
        named = with_unit_names(self.tables["indicators.csv"], self.tables)
        return with_grades(named, self.tables)

    @cached_property
    def targets(self) -> pd.DataFrame:
        """A row per target, with theme, names, unit and decimals of its indicator.

        Those in force on the day of the data: see `earlier_targets`.
        """
        return self._with_names(self.tables["targets.csv"])

    @property
    def earlier_targets(self) -> pd.DataFrame:
        """The targets that a later document has amended or withdrawn, as `targets`.

        What withdraws one stands among them, without a value.
        """
        return self._with_names(self.tables["earlier_targets.csv"])

    def _with_names(self, targets: pd.DataFrame) -> pd.DataFrame:
        names = self.indicators[[*DESCRIBED, "direction", "over_term", "main"]]
        return targets.merge(names, on="indicator", validate="m:1")

    @property
    def targets_together(self) -> list[pd.DataFrame]:
        """The targets of years, and of the term, that must fit: but for known faults.

        With `file`, as figures have it.
        """
        rows = self.targets[self.targets["reading"].ne("other")]
        rows = rows[~rows["comparator"].isin(["between", "about"])]
        rows = rows.drop_duplicates(["indicator", "year", "period"])
        issues = self.issues[["indicator", "year"]].astype({"year": "float64"})
        told = set(issues.itertuples(index=False, name=None))
        whole = set(issues.loc[issues["year"].isna(), "indicator"])
        places = zip(rows["indicator"], rows["year"].astype(float), strict=True)
        open_ones = [place not in told and place[0] not in whole for place in places]
        rows = rows[pd.Series(open_ones, rows.index, dtype=bool)]
        rows = rows.assign(file="targets.csv")
        return [part for _period, part in rows.groupby("period")]

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

    @property
    def own_current(self) -> pd.DataFrame:
        """The figures of `current` of the programme's own area."""
        return self.current[self.current["area"] == self.programme.area]

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

    def names_of(self, table: str, key: str) -> dict[str, str]:
        """Return key -> name in the language in use, for a table such as areas."""
        frame = self.tables[f"{table}.csv"]
        return {row[key]: named(row) for row in frame.to_dict("records")}

    def without_english(self) -> set[str]:
        """Return the texts that stand in Vietnamese in an English edition, too.

        Those without English, and those that have no column for it.
        """
        found = {self.programme.title_vi: self.programme.title_en}
        found |= {self.programme.issued_by_vi: self.programme.issued_by_en}
        texts = {text for text, english in found.items() if not english}
        for frame in (*self.tables.values(), self.actuals, self.context):
            for column in frame.select_dtypes("str"):
                cells, english = frame[column], f"{column.removesuffix('_vi')}_en"
                lacking = cells[frame[english].eq("")] if english in frame else cells
                texts.update([] if column.endswith("_en") else lacking.dropna())
        return texts

    def check_known(self, key: str, wished: Iterable[str]) -> None:
        """Raise Fault for a theme or a department that the programme does not have."""
        known = [*self.names_of(f"{key}s", key)]
        if unknown := [name for name in wished if name not in known]:
            text = _("không có lĩnh vực «{name}»; các lĩnh vực: {known}")
            if key == "department":
                text = _("không có bộ phận «{name}»; các bộ phận: {known}")
            raise Fault(text.format(name=", ".join(unknown), known=", ".join(known)))


def with_unit_names(frame: pd.DataFrame, tables: dict) -> pd.DataFrame:
    """Add `unit_en`, the English name of each row's unit."""
    units = tables["units.csv"].rename(columns={"name_en": "unit_en"})
    return frame.merge(
        units[["unit", "unit_en"]], on="unit", how="left", validate="m:1"
    )


def with_grades(indicators: pd.DataFrame, tables: dict) -> pd.DataFrame:
    """Add `grades` and `grades_en`: the words of a scale, the lowest first.

    Parted by "|"; "" for what has no scale.
    """
    ranks = tables["scales.csv"].sort_values("rank")
    english = ranks["name_en"].where(ranks["name_en"].ne(""), ranks["name_vi"])
    ranks = ranks.assign(name_en=english).groupby("scale")
    words = {"grades": ranks["name_vi"], "grades_en": ranks["name_en"]}
    scales = {column: names.agg("|".join).to_dict() for column, names in words.items()}
    return indicators.assign(
        **{
            column: [known.get(scale, "") for scale in indicators["scale"]]
            for column, known in scales.items()
        }
    ).astype(dict.fromkeys(words, "str"))


def in_force(
    targets: pd.DataFrame, indicators: pd.DataFrame, day: datetime.date | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the targets that hold on a day (None: the last), and those before them.

    Of several of one indicator, year, period and reading, the one that holds from the
    latest day; of an event, whose year itself may be amended, of one reading. Without
    a value it ends the target of that year, whatever its reading.
    """
    since = pd.to_datetime(targets["from_day"]).fillna(pd.Timestamp(YEARS[0], 1, 1))
    rows = known_by(targets.assign(from_day=since), day, column="from_day")
    once = indicators.loc[indicators["over_term"].eq("once"), "indicator"]
    year = rows["year"].mask(rows["indicator"].isin(once), 0)
    rows = rows.assign(place=year).sort_values("from_day", kind="stable")
    one = ["indicator", "place", "period"]
    last = ~rows.duplicated([*one, "reading"], keep="last")
    ends = last & rows["value"].isna()
    held = last & ~ends.groupby([rows[key] for key in one]).transform("any")
    before = ~held & (rows["value"].notna() | ends)
    parts = (targets.loc[rows.index[part]] for part in (held, before))
    return tuple(part.sort_index() for part in parts)


def described(
    actuals: pd.DataFrame, tables: dict, programme: Programme
) -> pd.DataFrame:
    """Return actuals with what is known of their indicators, and `made_up`."""
    names = with_unit_names(tables["indicators.csv"], tables)
    names = with_grades(names, tables)[DESCRIBED]
    return actuals.merge(names, on="indicator", how="left", validate="m:1").assign(
        made_up=programme.made_up
    )
