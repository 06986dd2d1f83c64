"""A folder of data -> the programme: indicators, targets, faults of the source."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from vinhloc import contracts as c
from vinhloc.files import CONTRACTS, KEYS_OF, NEEDED, REFERENCES
from vinhloc.language import _, language

PROGRAMME_FILE = "programme.toml"
OPTIONAL = {"base", "source", "area_until"}


@dataclass(frozen=True)
class Programme:
    """What `programme.toml` states; `base` is the folder that fills what is missing."""

    id: str
    title_vi: str
    title_en: str
    number: str
    date: datetime.date
    issued_by_vi: str
    issued_by_en: str
    document: str
    first_year: int
    last_year: int
    baseline_year: int
    area: str
    successor_area: str
    collating_department: str
    made_up: bool
    base: str = ""
    area_until: datetime.date | None = None
    source: dict = field(default_factory=dict)

    @property
    def years(self) -> range:
        """The years of the term, first to last."""
        return range(self.first_year, self.last_year + 1)

    @property
    def title(self) -> str:
        """The title in the language in use."""
        return self.title_en if language() == "en" else self.title_vi

    @property
    def issued_by(self) -> str:
        """The issuing body in the language in use."""
        return self.issued_by_en if language() == "en" else self.issued_by_vi


def load_programme(folder: Path) -> Programme:
    """Read `programme.toml`, filled from the one of its base; raise ProblemsFound."""
    stated = _read_toml(folder)
    if base := stated.get("base"):
        stated = {**_read_toml(folder / base), **stated}
    problems = list(_programme_problems(stated))
    if problems:
        raise c.ProblemsFound(problems)
    return Programme(**stated)


def _read_toml(folder: Path) -> dict:
    path = folder / PROGRAMME_FILE
    text = c.read_text(path, name=PROGRAMME_FILE)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = c.Problem(
            PROGRAMME_FILE, None, "", "", _("TOML không hợp lệ: ") + str(error)
        )
        raise c.ProblemsFound([problem]) from None


def _programme_problems(stated: dict) -> Iterator[c.Problem]:
    fields = Programme.__dataclass_fields__
    kinds = {"str": str, "int": int, "bool": bool, "dict": dict}
    kinds["datetime.date"] = datetime.date
    for name in fields.keys() - stated.keys() - OPTIONAL:
        yield c.Problem(PROGRAMME_FILE, None, name, "", _("thiếu khóa này"))
    for name, value in stated.items():
        if name not in fields:
            yield c.Problem(
                PROGRAMME_FILE, None, name, "", _("khóa không có trong quy định")
            )
        elif type(value) is not kinds[fields[name].type.removesuffix(" | None")]:
            wanted = _("cần kiểu {kind}", kind=fields[name].type)
            yield c.Problem(PROGRAMME_FILE, None, name, str(value), wanted)
    first, last = stated.get("first_year"), stated.get("last_year")
    if isinstance(first, int) and isinstance(last, int) and first > last:
        order = _("năm đầu phải không sau năm cuối")
        yield c.Problem(PROGRAMME_FILE, None, "first_year", str(first), order)


def load_tables(
    folder: Path, programme: Programme, problems: list[c.Problem]
) -> dict[str, pd.DataFrame]:
    """Read every table of a programme, keyed by file name; collect the problems.

    A file that the folder lacks comes from the base. Sources are those of both. A
    table with a problem of its own is empty.
    """
    folders = [folder, *([folder / programme.base] if programme.base else [])]
    tables = {}
    for name, contract in CONTRACTS.items():
        places = [place / name for place in folders if (place / name).exists()]
        if name in NEEDED and not places:
            problems.append(c.Problem(name, None, "", "", _("thiếu tệp này")))
        if name != "sources.csv":
            places = places[:1]
        try:
            read = [c.read_table(place, contract, name=name) for place in places]
        except c.ProblemsFound as found:
            problems += found.problems
            read = []
        table = pd.concat(read or [c.empty_table(contract)], ignore_index=True)
        # A row of the base gives way to the folder's own.
        tables[name] = table.drop_duplicates([*contract.key] or None)
    problems += reference_problems(tables, {problem.file for problem in problems})
    problems += _target_problems(tables["targets.csv"], programme)
    return tables


def reference_problems(
    tables: dict[str, pd.DataFrame], broken: set[str], *, known: dict | None = None
) -> list[c.Problem]:
    """Return a problem for every cell that names a row which its table lacks.

    Tables named in `broken` are trusted neither way. `known` holds the tables that
    are referred to (default: the same).
    """
    problems = []
    for name, table in tables.items():
        for column, other in REFERENCES.items():
            key = KEYS_OF.get(column, column)
            own_key = CONTRACTS.get(name, c.Contract({})).key == (column,)
            if column not in table or name in broken or other in broken or own_key:
                continue
            if (name, column) in (
                ("units.csv", "source"),
                ("source_figures.csv", "unit"),
            ):
                continue
            rows = (known or tables)[other][key]
            problems += c.check_known(table, column, rows, name=name, among=other)
    return problems


def _target_problems(targets: pd.DataFrame, programme: Programme) -> list[c.Problem]:
    name = "targets.csv"
    years = programme.years
    outside = targets[~targets["year"].isin(years)]
    span = f"{programme.first_year}-{programme.last_year}"
    problems = [
        c.Problem(name, row, "year", str(year), _("ngoài nhiệm kỳ {span}", span=span))
        for row, year in zip(outside["row"], outside["year"], strict=True)
    ]
    ranged = targets["comparator"] == "between"
    wrong = targets[
        (ranged & ~(targets["upper_value"] >= targets["value"]))
        | (~ranged & targets["upper_value"].notna())
    ]
    advice = _("«between» cần value <= upper_value; dấu khác để trống upper_value")
    problems += [
        c.Problem(name, row, "upper_value", "", advice) for row in wrong["row"]
    ]
    alone = targets["reading"].eq("other") & ~targets.set_index(
        ["indicator", "year", "period"]
    ).index.isin(
        targets[targets["reading"] == "main"]
        .set_index(["indicator", "year", "period"])
        .index
    )
    advice = _("có cách đọc «other» mà không có «main»")
    return problems + [
        c.Problem(name, row, "reading", "other", advice)
        for row in targets["row"][alone]
    ]
