"""What programme.toml states: its keys, their kinds, and their limits."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import Field
from pathlib import Path

from vinhloc.data.folder import MOST_BYTES, PROGRAMME_FILE, base_of, parse_toml
from vinhloc.data.intake import read_text
from vinhloc.data.problems import Problem, ProblemsFound, say_unseen
from vinhloc.figures import LANGUAGES, Fault, _

OPTIONAL = {"base", "source", "area_until", "report"}
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


def read_stated(folder: Path) -> dict:
    """Read `programme.toml`, filled from the one of its base; raise ProblemsFound."""
    stated = _read_toml(folder)
    try:
        base = base_of(folder, stated)
    except Fault as error:
        place = (PROGRAMME_FILE, None, "base", str(stated["base"]))
        raise ProblemsFound([Problem(*place, str(error))]) from None
    return stated if base is None else {**_read_toml(base), **stated}


def _read_toml(folder: Path) -> dict:
    path = folder / PROGRAMME_FILE
    text = read_text(path, name=PROGRAMME_FILE, most=MOST_BYTES)
    try:
        return parse_toml(text)
    except ValueError as error:
        advice = _("TOML không hợp lệ: ") + str(error)
        raise ProblemsFound([Problem(PROGRAMME_FILE, None, "", "", advice)]) from None


def stated_problems(stated: dict, fields: Mapping[str, Field]) -> Iterator[Problem]:
    """Give every problem of what is stated; `fields`: the keys that there are."""
    kinds = {"str": str, "int": int, "bool": bool, "dict": dict}
    kinds["datetime.date"] = datetime.date
    for name in fields.keys() - stated.keys() - OPTIONAL:
        yield Problem(PROGRAMME_FILE, None, name, "", _("thiếu khóa này"))
    for name, value in stated.items():
        if name not in fields:
            yield Problem(
                PROGRAMME_FILE, None, name, "", _("khóa không có trong quy định")
            )
        elif type(value) is not kinds[fields[name].type.removesuffix(" | None")]:
            wanted = _("cần kiểu {kind}", kind=fields[name].type)
            yield Problem(PROGRAMME_FILE, None, name, str(value), wanted)
    yield from _table_problems(stated, "report", REPORT)
    yield from _table_problems(stated, "source", SOURCE)
    for name, text in _texts_of(stated):
        if advice := say_unseen(text):
            yield Problem(PROGRAMME_FILE, None, name, text, advice)
        elif len(text) > MOST_LETTERS:
            advice = _("dài quá {most} ký tự", most=MOST_LETTERS)
            yield Problem(PROGRAMME_FILE, None, name, text, advice)
    yield from _time_problems(stated)


def _table_problems(stated: dict, table: str, kinds: dict) -> Iterator[Problem]:
    """Give what is wrong with the keys of a table within programme.toml."""
    held = stated.get(table)
    for name, value in held.items() if isinstance(held, dict) else ():
        wanted = kinds.get(name)
        texts = value if isinstance(value, list) else []
        if wanted is None:
            advice = _("khóa không có trong quy định")
        elif type(value) is not wanted or not all(isinstance(t, str) for t in texts):
            advice = _("cần chữ, hoặc danh sách các dòng chữ")
            if wanted is int:
                advice = _("cần số nguyên")
        else:
            continue
        yield Problem(PROGRAMME_FILE, None, f"{table}.{name}", str(value), advice)


def _texts_of(stated: dict) -> Iterator[tuple[str, str]]:
    """Give every text of programme.toml with the name of its key."""
    tables = (("", stated), ("report.", stated.get("report")))
    for prefix, table in tables:
        for name, value in table.items() if isinstance(table, dict) else ():
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    yield prefix + name, text


def _time_problems(stated: dict) -> Iterator[Problem]:
    """Give what is wrong with the years and days of a term."""
    span = _("cần từ {first} đến {last}", first=YEARS[0], last=YEARS[-1])
    for name, value in stated.items():
        year = getattr(value, "year", value)
        if name in TIMES and type(year) is int and year not in YEARS:
            yield Problem(PROGRAMME_FILE, None, name, str(value), span)
    first, last = stated.get("first_year"), stated.get("last_year")
    if not (type(first) is type(last) is int):
        return
    if first > last:
        order = _("năm đầu phải không sau năm cuối")
        yield Problem(PROGRAMME_FILE, None, "first_year", str(first), order)
    if last - first >= MOST_YEARS:
        advice = _("nhiệm kỳ dài quá {most} năm", most=MOST_YEARS)
        yield Problem(PROGRAMME_FILE, None, "last_year", str(last), advice)
