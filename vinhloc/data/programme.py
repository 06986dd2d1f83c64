"""The programme: what programme.toml states, and what its tables may not say."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field
from pathlib import Path

from vinhloc.data import contracts as c
from vinhloc.data.folder import NOTEBOOKS, PROGRAMME_FILE, base_of, bound_notebooks
from vinhloc.data.intake import read_toml, say_unseen
from vinhloc.figures import LANGUAGES, Fault, _, later_, named

OPTIONAL = {"base", "source", "area_until", "report", NOTEBOOKS}
OPTIONAL |= {"document_type", "document_type_en", "title_en", "issued_by_en"}
WORDS = re.compile(r"([^\W_]+([ -][^\W_]+)*)?")  # they stand within our sentences
# The kinds of keys: as Python has them, and in words.
KINDS = {
    "str": (str, later_('cần chữ trong dấu nháy kép: "…"')),
    "int": (int, later_("cần số nguyên, không có dấu nháy")),
    "bool": (bool, later_("cần true hoặc false, không có dấu nháy")),
    "dict": (dict, later_("cần một phần riêng: [tên], rồi các dòng khóa = giá trị")),
    "datetime.date": (
        datetime.date,
        later_("cần ngày kiểu 2026-01-15, không có dấu nháy"),
    ),
}
YEARS = range(1900, 2100)  # those that the tables, too, may name
TIMES = ("first_year", "last_year", "baseline_year", "date", "area_until")
MOST_YEARS = 30  # of a term: each adds a row per indicator, a term has five
MOST_LETTERS = 500  # of a text: the longest title has a third of them
SOURCE = {"sections": list, "figures": int, "sha256": str}  # what [source] may hold
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


@dataclass(frozen=True, kw_only=True)
class Programme:
    """What `programme.toml` states; `base` is the folder that fills what is missing."""

    id: str
    title_vi: str
    title_en: str = ""
    number: str
    date: datetime.date
    issued_by_vi: str
    issued_by_en: str = ""
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
    notebooks: dict = field(default_factory=dict)  # theme -> the notebook for it
    document_type: str = ""  # "Nghị quyết": what texts call it; else "Chương trình"
    document_type_en: str = ""

    @property
    def years(self) -> range:
        """The years of the term, first to last."""
        return range(self.first_year, self.last_year + 1)

    def check_year(self, year: int, *, baseline: bool = False) -> None:
        """Raise Fault for a year outside the term; `baseline`: but for that year."""
        if year not in self.years and not (baseline and year == self.baseline_year):
            first, last = self.first_year, self.last_year
            text = _("năm {year} nằm ngoài nhiệm kỳ {first}-{last}")
            raise Fault(text.format(year=year, first=first, last=last))

    @property
    def title(self) -> str:
        """The title in the language in use."""
        return named(vars(self), "title")

    @property
    def issued_by(self) -> str:
        """The issuing body in the language in use."""
        return named(vars(self), "issued_by")


def load_programme(
    folder: Path, base: Path | None, problems: list[c.Problem]
) -> tuple[dict, Programme | None]:
    """Read `programme.toml`, filled from the one of its base; collect the problems.

    Returns what it states soundly, and the programme, None where that is not all.
    A file with a problem already (a link) is not read.
    """
    if any(problem.file == PROGRAMME_FILE for problem in problems):
        return {}, None
    try:
        stated = read_stated(folder, base)
    except c.ProblemsFound as found:
        problems += found.problems
        return {}, None
    found = list(stated_problems(stated, Programme.__dataclass_fields__))
    found += _notebook_problems(stated.get(NOTEBOOKS), bound_notebooks(folder))
    problems += found
    faulty = {problem.column for problem in found}
    sound = {name: value for name, value in stated.items() if name not in faulty}
    return sound, None if found else Programme(**stated)


def read_stated(folder: Path, base: Path | None = None) -> dict:
    """Read `programme.toml`, filled from the one of its base; raise ProblemsFound."""
    stated = read_toml(folder)
    try:
        base_of(folder, stated)
    except Fault as error:
        raise c.ProblemsFound([_wrong("base", stated["base"], str(error))]) from None
    return stated if base is None else {**read_toml(base), **stated}


def _wrong(key: str, found: object, advice: str) -> c.Problem:
    said = str(found).lower() if isinstance(found, bool) else str(found)
    return c.Problem(PROGRAMME_FILE, None, key, said, advice)


def stated_problems(stated: dict, fields: Mapping[str, Field]) -> Iterator[c.Problem]:
    """Give every problem of what is stated; `fields`: the keys that there are."""
    for name in fields.keys() - stated.keys() - OPTIONAL:
        yield _wrong(name, "", _("thiếu khóa này"))
    for name, value in stated.items():
        if name not in fields:
            yield _wrong(name, "", _("khóa không có trong quy định"))
        else:
            kind, wanted = KINDS[fields[name].type.removesuffix(" | None")]
            if type(value) is not kind:
                yield _wrong(name, value, _(wanted))
    yield from _table_problems(stated, "report", REPORT)
    yield from _table_problems(stated, "source", SOURCE)
    for name, text in _texts_of(stated):
        if advice := say_unseen(text):
            yield _wrong(name, text, advice)
        elif len(text) > MOST_LETTERS:
            yield _wrong(name, text, _("dài quá {most} ký tự", most=MOST_LETTERS))
        elif name.startswith("document_type") and not WORDS.fullmatch(text):
            yield _wrong(name, text, _("chỉ gồm chữ, số, dấu cách và gạch nối"))
    yield from _time_problems(stated)


def _table_problems(stated: dict, table: str, kinds: dict) -> Iterator[c.Problem]:
    """Give what is wrong with the keys of a table within programme.toml."""
    held = stated.get(table)
    for name, value in held.items() if isinstance(held, dict) else ():
        texts = value if isinstance(value, list) else []
        if name not in kinds:
            advice = _("khóa không có trong quy định")
        elif type(value) is kinds[name] and all(isinstance(t, str) for t in texts):
            continue
        elif kinds[name] is int:
            advice = _("cần số nguyên")
        else:
            advice = _("cần chữ, hoặc danh sách các dòng chữ")
        yield _wrong(f"{table}.{name}", value, advice)


def _notebook_problems(named: object, there: Mapping) -> Iterator[c.Problem]:
    """Give each notebook that is named and not `there`, in the folder or the suite."""
    for theme, name in named.items() if isinstance(named, dict) else ():
        if theme not in there:
            advice = _("không có sổ tay tên này trong thư mục notebooks")
            yield _wrong(f"{NOTEBOOKS}.{theme}", name, advice)


def _texts_of(stated: dict) -> Iterator[tuple[str, str]]:
    """Give every text of programme.toml with the name of its key."""
    tables = (("", stated), ("report.", stated.get("report")))
    for prefix, table in tables:
        for name, value in table.items() if isinstance(table, dict) else ():
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    yield prefix + name, text


def _time_problems(stated: dict) -> Iterator[c.Problem]:
    """Give what is wrong with the years and days of a term."""
    span = _("cần từ {first} đến {last}", first=YEARS[0], last=YEARS[-1])
    for name, value in stated.items():
        year = getattr(value, "year", value)
        if name in TIMES and type(year) is int and year not in YEARS:
            yield _wrong(name, value, span)
    first, last = stated.get("first_year"), stated.get("last_year")
    if not (type(first) is type(last) is int):
        return
    if first > last:
        yield _wrong("first_year", first, _("năm đầu phải không sau năm cuối"))
    if last - first >= MOST_YEARS:
        yield _wrong(
            "last_year", last, _("nhiệm kỳ dài quá {most} năm", most=MOST_YEARS)
        )
