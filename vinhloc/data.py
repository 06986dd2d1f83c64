"""Programme, figures and contracts brought together: what `vl.load()` returns."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from vinhloc import contracts as c
from vinhloc.actuals import (
    ACTUALS,
    CONTEXT,
    current_figures,
    figure_problems,
    figures_of,
    known_by,
    read_figures,
    unit_problems,
)
from vinhloc.assess import assess
from vinhloc.files import CONTRACTS
from vinhloc.language import _, language
from vinhloc.outlook import add_pace, add_schedule
from vinhloc.programme import (
    PROGRAMME_FILE,
    Programme,
    load_programme,
    load_tables,
    programme_problems,
    reference_problems,
)
from vinhloc.questions import find_questions

DEFAULT_FOLDER = Path("data") / "raw"
DESCRIBED = [
    "indicator",
    "theme",
    "name_vi",
    "name_en",
    "unit",
    "unit_en",
    "decimals",
]


class NoProgramme(FileNotFoundError):
    """Raised where no folder with a `programme.toml` is found."""


@dataclass(frozen=True)
class Data:
    """Everything known of a programme by a day, as tidy frames."""

    folder: Path
    programme: Programme
    tables: dict[str, pd.DataFrame]
    actuals: pd.DataFrame
    context: pd.DataFrame
    as_of: datetime.date | None = None

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

    @cached_property
    def current(self) -> pd.DataFrame:
        """One actual per indicator, area and year; `conflict` where none can count."""
        return current_figures(self.actuals, self.tables["choices.csv"])

    @cached_property
    def assessment(self) -> pd.DataFrame:
        """A row per indicator, year and period, with schedule and pace.

        See `vinhloc.assess.assess`, `vinhloc.outlook.add_schedule` and `add_pace`.
        """
        return add_pace(add_schedule(self.assess()))

    @cached_property
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

    @property
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
        return dict(zip(frame[key], frame[f"name_{language()}"], strict=True))


def find_folder(path: str | Path | None = None) -> Path:
    """Return the folder of a programme.

    Without a path: `data/raw` in the working folder or one of its parents. A relative
    path is looked for in the same places. Raises NoProgramme.
    """
    wished = Path(path) if path else DEFAULT_FOLDER
    here = Path.cwd()
    for parent in (here, *here.parents):
        if (parent / wished / PROGRAMME_FILE).is_file():
            return parent / wished
    raise NoProgramme(
        _(
            "không thấy {file} trong thư mục «{folder}»",
            file=PROGRAMME_FILE,
            folder=wished,
        )
    )


def as_day(value: str | datetime.date | None) -> datetime.date | None:
    """Return a date from its ISO text; None for None or "". Raises ValueError."""
    if isinstance(value, datetime.date) or not value:
        return value or None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError(
            _("«{value}» không phải ngày kiểu 2023-12-31", value=value)
        ) from None


def load(
    path: str | Path | None = None, *, as_of: str | datetime.date | None = None
) -> Data:
    """Load a programme with its figures as of a day.

    Returns Data (frames: indicators, targets, actuals, current, assessment, context).
    Raises NoProgramme, ProblemsFound with every problem at once, or ValueError for a
    day that is none.

    >>> data = vl.load("data/raw/demo")
    >>> data.made_up, data.latest_year
    (True, 2025)
    >>> vl.load("data/raw/demo", as_of="2023-12-31").latest_year
    2023
    """
    day = as_day(as_of)
    folder = find_folder(path)
    problems: list[c.Problem] = []
    programme = load_programme(folder, problems)
    base = folder / programme.base if programme and programme.base else None
    tables = load_tables(folder, base, problems)
    if programme:
        problems += programme_problems(programme, tables, problems)
    for name in ("sources.csv", "remarks.csv"):
        tables[name] = with_received(tables, name, folder, problems)
    own = read_figures(folder / "actuals", ACTUALS, problems)
    around = read_figures((base or folder) / "context", CONTEXT, problems)
    for name, text in own.items():
        problems += reference_problems(text, name, tables, problems)
    for name, text in around.items():  # context may be of no indicator
        text = text.drop(columns="indicator", errors="ignore")
        problems += reference_problems(text, name, tables, problems)
    broken = {problem.file for problem in problems}
    actuals = figures_of(own, ACTUALS, broken)
    context = figures_of(around, CONTEXT, broken)
    problems += [*figure_problems(actuals), *figure_problems(context)]
    if not any(problem.file == "indicators.csv" for problem in problems):
        problems += unit_problems(context, tables["indicators.csv"])
    if problems:
        raise c.ProblemsFound(problems)
    for name in ("choices.csv", "remarks.csv"):
        tables[name] = known_by(tables[name], day, column="date")
    return Data(
        folder=folder,
        programme=programme,
        tables=tables,
        actuals=described(known_by(actuals, day), tables, programme),
        context=with_unit_names(known_by(context, day), tables).assign(made_up=False),
        as_of=day,
    )


def with_received(
    tables: dict, name: str, folder: Path, problems: list[c.Problem]
) -> pd.DataFrame:
    """Return a table and the rows that came in with workbooks, from its own folder."""
    contract = CONTRACTS[name]
    parts = read_figures(
        folder / Path(name).stem, contract, problems, beside=folder / "actuals"
    )
    broken = {problem.file for problem in problems}
    for part, text in parts.items():
        text = text.drop(columns=[*contract.key], errors="ignore")
        problems += reference_problems(text, part, tables, problems)
    received = figures_of(parts, contract, broken).drop(columns="file")
    frames = [tables[name], received]
    whole = [part for part in frames if len(part)] or frames[:1]
    return pd.concat(whole, ignore_index=True)


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
