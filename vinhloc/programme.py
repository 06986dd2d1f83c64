"""A folder of data -> the programme: indicators, targets, faults of the source."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from vinhloc import contracts as c
from vinhloc.files import CONTRACTS, FREE_COLUMNS, KEYS_OF, NEEDED, REFERENCES
from vinhloc.folder import PROGRAMME_FILE
from vinhloc.identity import is_number, parse_identity
from vinhloc.language import LANGUAGES, _, language

OPTIONAL = {"base", "source", "area_until", "report"}
# What [report] may hold, for the report in the official layout.
REPORT = {"symbol": str}
REPORT |= {
    f"{key}_{lang}": str
    for key in ("place", "authority", "office")
    for lang in LANGUAGES
}
REPORT |= {
    f"{key}_{lang}": list for key in ("heading", "recipients") for lang in LANGUAGES
}


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
        stated = _read_toml(folder)
        if base := stated.get("base"):
            stated = {**_read_toml(folder / base), **stated}
    except c.ProblemsFound as found:
        problems += found.problems
        return None
    found = list(_programme_problems(stated))
    problems += found
    return None if found else Programme(**stated)


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
    for name, value in dict(stated.get("report") or {}).items():
        wanted = REPORT.get(name)
        texts = value if isinstance(value, list) else [value]
        if wanted is None:
            advice = _("khóa không có trong quy định")
        elif type(value) is not wanted or not all(isinstance(t, str) for t in texts):
            advice = _("cần chữ, hoặc danh sách các dòng chữ")
        else:
            continue
        yield c.Problem(PROGRAMME_FILE, None, f"report.{name}", str(value), advice)
    first, last = stated.get("first_year"), stated.get("last_year")
    if isinstance(first, int) and isinstance(last, int) and first > last:
        order = _("năm đầu phải không sau năm cuối")
        yield c.Problem(PROGRAMME_FILE, None, "first_year", str(first), order)


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
        table = c.convert(texts[name], contract) if whole else c.empty_table(contract)
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
    yield from _identity_problems(tables["indicators.csv"])


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
        names = {left, *(p.removeprefix("/") for p in parts if not is_number(p))}
        if names - known:
            among = _("không có trong {among}", among="indicators.csv")
            yield c.Problem(*place[:3], ", ".join(sorted(names - known)), among)


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
