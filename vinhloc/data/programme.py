"""A folder of data -> the programme: indicators, targets, faults of the source."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from vinhloc.assess import is_number, parse_identity
from vinhloc.data import contracts as c
from vinhloc.data.files import CONTRACTS, FREE_COLUMNS, KEYS_OF, NEEDED, REFERENCES
from vinhloc.data.folder import PROGRAMME_FILE
from vinhloc.data.stated import read_stated, stated_problems
from vinhloc.figures import EVENT_UNIT, Fault, _, language, plain


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
    report: dict = field(default_factory=dict)

    @property
    def years(self) -> range:
        """The years of the term, first to last."""
        return range(self.first_year, self.last_year + 1)

    def check_year(self, year: int) -> None:
        """Raise Fault for a year outside the term."""
        if year not in self.years:
            first, last = self.first_year, self.last_year
            text = _("năm {year} nằm ngoài nhiệm kỳ {first}-{last}")
            raise Fault(text.format(year=year, first=first, last=last))

    @property
    def title(self) -> str:
        """The title in the language in use."""
        return self.title_en if language() == "en" else self.title_vi

    @property
    def issued_by(self) -> str:
        """The issuing body in the language in use."""
        return self.issued_by_en if language() == "en" else self.issued_by_vi


def load_programme(folder: Path, problems: list[c.Problem]) -> Programme | None:
    """Read `programme.toml`, filled from the one of its base; collect the problems."""
    try:
        stated = read_stated(folder)
    except c.ProblemsFound as found:
        problems += found.problems
        return None
    found = list(stated_problems(stated, Programme.__dataclass_fields__))
    problems += found
    return None if found else Programme(**stated)


def load_tables(
    folder: Path, base: Path | None, problems: list[c.Problem]
) -> dict[str, pd.DataFrame]:
    """Read every table of a programme, keyed by file name; collect the problems.

    A file that the folder lacks comes from the base. Sources are those of both. A
    table with a problem of its own is empty.
    """
    texts = {name: _read_texts(name, folder, base, problems) for name in CONTRACTS}
    broken = {problem.file for problem in problems}
    tables = {}
    for name, contract in CONTRACTS.items():
        whole = texts[name] is not None and name not in broken
        table = c.convert(texts[name], contract) if whole else contract.empty.copy()
        # A row of the base gives way to the folder's own.
        table = table.drop_duplicates([*contract.key] or None)
        tables[name] = table.reset_index(drop=True)
    for name, text in texts.items():
        if text is not None:
            problems += reference_problems(text, name, tables, problems)
    return tables


def _read_texts(
    name: str, folder: Path, base: Path | None, problems: list[c.Problem]
) -> pd.DataFrame | None:
    """Return a file's cells as text (None where it cannot be read or is not there)."""
    places = [place / name for place in (folder, base) if place]
    places = [place for place in places if place.exists()]
    if name in NEEDED and not places:
        problems.append(c.Problem(name, None, "", "", _("thiếu tệp này")))
    texts = []
    for place in places if name == "sources.csv" else places[:1]:
        try:
            text = c.read_cells(place, name=name)
        except c.ProblemsFound as found:
            problems += found.problems
            continue
        problems += c.table_problems(text, CONTRACTS[name], name=name)
        texts.append(text)
    return pd.concat(texts, ignore_index=True) if texts else None


def reference_problems(
    text: pd.DataFrame, name: str, tables: dict, problems: list[c.Problem]
) -> list[c.Problem]:
    """Return a problem for every cell that names a row which its table lacks.

    Tables with a problem are not trusted as lists, and a cell that is a problem
    already is not named twice.
    """
    broken = {problem.file for problem in problems}
    named = {(problem.file, problem.row, problem.column) for problem in problems}
    found = []
    for column, other in REFERENCES.items():
        own_key = CONTRACTS.get(name, c.Contract({})).key == (column,)
        free = (name, column) in FREE_COLUMNS
        if column not in text or other in broken or own_key or free:
            continue
        known = tables[other][KEYS_OF.get(column, column)]
        found += c.check_known(text, column, known, name=name, among=other)
    return [p for p in found if (p.file, p.row, p.column) not in named]


def programme_problems(programme: Programme, tables: dict, problems: list[c.Problem]):
    """Yield what `programme.toml` names that a table lacks, and faults across rows."""
    broken = {problem.file for problem in problems}
    for field_name, other, key in (
        ("area", "areas.csv", "area"),
        ("successor_area", "areas.csv", "area"),
        ("document", "sources.csv", "source"),
        ("collating_department", "departments.csv", "department"),
    ):
        value = getattr(programme, field_name)
        if value and other not in broken and value not in set(tables[other][key]):
            among = _("không có trong {among}", among=other)
            yield c.Problem(PROGRAMME_FILE, None, field_name, value, among)
    yield from _target_problems(tables["targets.csv"], programme)
    yield from _names_twice(tables["indicators.csv"])
    yield from _identity_problems(tables["indicators.csv"])
    yield from _event_problems(tables["indicators.csv"], tables["targets.csv"])


def _names_twice(indicators: pd.DataFrame) -> Iterator[c.Problem]:
    """Give the indicators whose names read alike: nobody could tell their figures."""
    for column in ("name_vi", "name_en"):
        alike = indicators[column].map(plain)
        again = indicators[alike.duplicated(keep=False)]
        for row, name in zip(again["row"], again[column], strict=True):
            advice = _("trùng tên với chỉ tiêu khác")
            yield c.Problem("indicators.csv", int(row), column, name, advice)


def _identity_problems(indicators: pd.DataFrame) -> Iterator[c.Problem]:
    known = set(indicators["indicator"])
    for row in indicators[indicators["identity"] != ""].to_dict("records"):
        place = ("indicators.csv", row["row"], "identity", row["identity"])
        try:
            left, parts = parse_identity(row["identity"])
        except ValueError:
            advice = _("cần tích hoặc thương, ví dụ a = b * c / 10")
            yield c.Problem(*place, advice)
            continue
        if left != row["indicator"]:
            advice = _("vế trái phải là chính chỉ tiêu của dòng này")
            yield c.Problem(*place, advice)
        names = {left, *(p.removeprefix("/") for p in parts if not is_number(p))}
        if names - known:
            among = _("không có trong {among}", among="indicators.csv")
            yield c.Problem(*place[:3], ", ".join(sorted(names - known)), among)


def _event_problems(
    indicators: pd.DataFrame, targets: pd.DataFrame
) -> Iterator[c.Problem]:
    """Give what is to be done once and is no event, or has several years to do it by.

    A share of 10 % is not "done"; and of two deadlines none could be overdue.
    """
    once = indicators[indicators["over_term"].eq("once")]
    advice = _("«once» cần đơn vị «event»: 1 là đã xong, 0 là chưa xong")
    wrong = once[once["unit"].ne(EVENT_UNIT)]
    for row, unit in zip(wrong["row"], wrong["unit"], strict=True):
        yield c.Problem("indicators.csv", int(row), "unit", unit, advice)
    own = targets[targets["indicator"].isin(once["indicator"])]
    again = own[own.duplicated(["indicator", "reading"])]
    advice = _("«once» chỉ có một mục tiêu: năm phải hoàn thành")
    for row, year in zip(again["row"], again["year"], strict=True):
        yield c.Problem("targets.csv", int(row), "year", str(year), advice)


def _target_problems(targets: pd.DataFrame, programme: Programme) -> list[c.Problem]:
    name = "targets.csv"
    years = programme.years
    outside = targets[~targets["year"].isin(years)]
    span = f"{programme.first_year}-{programme.last_year}"
    problems = [
        c.Problem(name, row, "year", str(year), _("ngoài nhiệm kỳ {span}", span=span))
        for row, year in zip(outside["row"], outside["year"], strict=True)
    ]
    early = targets[targets["period"].eq("term") & targets["year"].ne(years[-1])]
    advice = _("mục tiêu cả kỳ ghi ở năm cuối, {year}", year=years[-1])
    problems += [
        c.Problem(name, row, "year", str(year), advice)
        for row, year in zip(early["row"], early["year"], strict=True)
        if year in years
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
