"""The programme: what programme.toml states, and what its tables may not say."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field
from pathlib import Path

import pandas as pd

from vinhloc.assess import factors_of, parse_identity
from vinhloc.data import contracts as c
from vinhloc.data.folder import (
    MOST_BYTES,
    NOTEBOOKS,
    PROGRAMME_FILE,
    base_of,
    bound_notebooks,
    parse_toml,
)
from vinhloc.data.intake import read_text, say_unseen
from vinhloc.figures import EVENT_UNIT, GRADE_UNIT, LANGUAGES, Fault, _, named, plain

OPTIONAL = {"base", "source", "area_until", "report", NOTEBOOKS}
OPTIONAL |= {"document_type", "document_type_en", "title_en", "issued_by_en"}
WORDS = re.compile(r"([^\W_]+([ -][^\W_]+)*)?")  # they stand within our sentences
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


def load_programme(folder: Path, problems: list[c.Problem]) -> Programme | None:
    """Read `programme.toml`, filled from the one of its base; collect the problems."""
    try:
        stated = read_stated(folder)
    except c.ProblemsFound as found:
        problems += found.problems
        return None
    found = list(stated_problems(stated, Programme.__dataclass_fields__))
    found += _notebook_problems(stated.get(NOTEBOOKS), bound_notebooks(folder))
    problems += found
    return None if found else Programme(**stated)


def read_stated(folder: Path) -> dict:
    """Read `programme.toml`, filled from the one of its base; raise ProblemsFound."""
    stated = _read_toml(folder)
    try:
        base = base_of(folder, stated)
    except Fault as error:
        raise c.ProblemsFound([_wrong("base", stated["base"], str(error))]) from None
    return stated if base is None else {**_read_toml(base), **stated}


def _read_toml(folder: Path) -> dict:
    path = folder / PROGRAMME_FILE
    text = read_text(path, name=PROGRAMME_FILE, most=MOST_BYTES)
    text = unicodedata.normalize("NFC", text)
    try:
        return parse_toml(text)
    except ValueError as error:
        advice = _("TOML không hợp lệ: ") + str(error)
        raise c.ProblemsFound([_wrong("", "", advice)]) from None


def _wrong(key: str, found: object, advice: str) -> c.Problem:
    return c.Problem(PROGRAMME_FILE, None, key, str(found), advice)


def stated_problems(stated: dict, fields: Mapping[str, Field]) -> Iterator[c.Problem]:
    """Give every problem of what is stated; `fields`: the keys that there are."""
    kinds = {"str": str, "int": int, "bool": bool, "dict": dict}
    kinds["datetime.date"] = datetime.date
    for name in fields.keys() - stated.keys() - OPTIONAL:
        yield _wrong(name, "", _("thiếu khóa này"))
    for name, value in stated.items():
        if name not in fields:
            yield _wrong(name, "", _("khóa không có trong quy định"))
        elif type(value) is not kinds[fields[name].type.removesuffix(" | None")]:
            yield _wrong(name, value, _("cần kiểu {kind}", kind=fields[name].type))
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
            yield _wrong(field_name, value, _("không có trong {among}", among=other))
    if "themes.csv" not in broken:
        for name in programme.notebooks.keys() - {*tables["themes.csv"]["theme"]}:
            yield _wrong(f"{NOTEBOOKS}.{name}", "", _("không có lĩnh vực này"))
    yield from _target_problems(tables["targets.csv"], programme)
    yield from _names_twice(tables["indicators.csv"])
    yield from _identity_problems(tables["indicators.csv"])
    yield from _event_problems(tables["indicators.csv"], tables["targets.csv"])
    yield from _change_problems(tables["indicators.csv"])
    yield from _scale_problems(tables)


def _names_twice(indicators: pd.DataFrame) -> Iterator[c.Problem]:
    """Give the indicators whose names read alike: nobody could tell their figures."""
    for column in ("name_vi", "name_en"):
        alike = indicators[column].map(plain)
        again = indicators[alike.duplicated(keep=False) & alike.ne("")]
        advice = _("trùng tên với chỉ tiêu khác")
        yield from c.row_problems(again, column, advice, name="indicators.csv")


def _identity_problems(indicators: pd.DataFrame) -> Iterator[c.Problem]:
    known = set(indicators["indicator"])
    for row in indicators[indicators["identity"] != ""].to_dict("records"):
        place = ("indicators.csv", row["row"], "identity", row["identity"])
        try:
            left, _parts = parse_identity(row["identity"])
        except ValueError:
            advice = _(
                "cần phép tính bằng + - * /, ví dụ a = b * c / 10 hoặc a = b + c"
            )
            yield c.Problem(*place, advice)
            continue
        if left != row["indicator"]:
            advice = _("vế trái phải là chính chỉ tiêu của dòng này")
            yield c.Problem(*place, advice)
        names = {left, *factors_of(row["identity"])}
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
    yield from c.row_problems(wrong, "unit", advice, name="indicators.csv")
    own = targets[targets["indicator"].isin(once["indicator"])]
    again = own[own.duplicated(["indicator", "reading", "from_day"])]
    advice = _("«once» chỉ có một mục tiêu: năm phải hoàn thành")
    yield from c.row_problems(again, "year", advice, name="targets.csv")


def _change_problems(indicators: pd.DataFrame) -> Iterator[c.Problem]:
    """Give the changes of which it is not said of what, or that cannot be computed."""
    told = indicators[["change_of", "change", "since"]].ne("")
    part = indicators[told.any(axis=1) & ~told.all(axis=1)]
    advice = _("cần cả change_of, change và since, hoặc để trống cả ba")
    yield from c.row_problems(part, "change", advice, name="indicators.csv")
    derived = indicators.loc[told["change_of"] | indicators["over_term"].eq("once")]
    chained = indicators[indicators["change_of"].isin(derived["indicator"])]
    advice = _("cần chỉ tiêu có số liệu của chính nó, không phải việc làm một lần")
    yield from c.row_problems(chained, "change_of", advice, name="indicators.csv")
    share = indicators[indicators["structure"].ne("") & indicators["unit"].ne("%")]
    advice = _("tỷ trọng của một cơ cấu cần đơn vị %")
    yield from c.row_problems(share, "unit", advice, name="indicators.csv")


def _scale_problems(tables: dict) -> Iterator[c.Problem]:
    """Give the grades without a scale, and the scales that are none."""
    scales, indicators = tables["scales.csv"], tables["indicators.csv"]
    highest = scales.groupby("scale")["rank"].agg(["max", "count"])
    gaps = highest.index[highest["max"].ne(highest["count"])]
    advice = _("các bậc của một thang phải là 1, 2, 3, …, bậc thấp nhất là 1")
    broken = scales[scales["scale"].isin(gaps)]
    yield from c.row_problems(broken, "rank", advice, name="scales.csv")
    for column in ("name_vi", "name_en"):
        again = scales.assign(alike=scales[column].map(plain))
        again = again[again["alike"].ne("") & again.duplicated(["scale", "alike"])]
        advice = _("trùng tên với bậc khác của thang")
        yield from c.row_problems(again, column, advice, name="scales.csv")
        advice = _("tên bậc không được có dấu |")
        barred = scales[scales[column].str.contains("|", regex=False)]
        yield from c.row_problems(barred, column, advice, name="scales.csv")
    graded = indicators["unit"].eq(GRADE_UNIT)
    advice = _(
        "đơn vị «grade» cần một thang có trong scales.csv, đơn vị khác thì không"
    )
    wrong = graded != indicators["scale"].isin(highest.index)
    wrong |= ~graded & indicators["scale"].ne("")
    yield from c.row_problems(indicators[wrong], "scale", advice, name="indicators.csv")
    targets = tables["targets.csv"].merge(
        indicators.loc[graded, ["indicator", "scale"]], on="indicator"
    )
    most = targets["scale"].map(highest["max"]).astype(float)
    ranks = targets[["value", "upper_value"]]
    beyond = (ranks.lt(1) | ranks.gt(most, axis=0) | ranks.mod(1).gt(0)).any(axis=1)
    advice = _("không phải bậc nào của thang")
    yield from c.row_problems(targets[beyond], "value", advice, name="targets.csv")


def _target_problems(targets: pd.DataFrame, programme: Programme) -> list[c.Problem]:
    years, key = programme.years, ["indicator", "year", "period"]
    year, ranged = targets["year"], targets["comparator"].eq("between")
    ends = targets["upper_value"].ge(targets["value"])
    main = targets.loc[targets["reading"].eq("main"), key]
    second = pd.MultiIndex.from_frame(targets[key]).isin(pd.MultiIndex.from_frame(main))
    span = f"{programme.first_year}-{programme.last_year}"
    outside = _("ngoài nhiệm kỳ {span}", span=span)
    early = _("mục tiêu cả kỳ ghi ở năm cuối, {year}", year=years[-1])
    range_ = _("«between» cần value <= upper_value; dấu khác để trống upper_value")
    alone = _("có cách đọc «other» mà không có «main»")
    within = year.isin(years)
    of_term = targets["period"].eq("term") & year.ne(years[-1])
    wrong = (ranged & ~ends) | (~ranged & targets["upper_value"].notna())
    slack = targets["tolerance"].notna() & ~targets["comparator"].isin(["=", "about"])
    targets = targets.assign(upper_value="")  # what is wrong with it is beside it
    return [
        problem
        for rows, column, advice in (
            (~within, "year", outside),
            (within & of_term, "year", early),
            (wrong, "upper_value", range_),
            (slack, "tolerance", _("chỉ đi cùng dấu «=» hoặc «about»")),
            (targets["reading"].eq("other") & ~second, "reading", alone),
        )
        for problem in c.row_problems(targets[rows], column, advice, name="targets.csv")
    ]
