"""A programme folder in which every free text, of every table, is an attack."""

import csv
import json
import shutil
import tomllib
from itertools import count, cycle, islice
from pathlib import Path

from corpus import HOST, RUN, SHOWN

from vinhloc.data import contracts as c
from vinhloc.data.actuals import ACTUALS, CONTEXT
from vinhloc.data.files import CONTRACTS
from vinhloc.figures.words import plain

RAW = Path(__file__).parents[2] / "data" / "raw"
YEAR = 2023
FREE = {c.TEXT.pattern, c.FREE.pattern}
# Texts that name something: their attacks are refused, see test_inputs.py.
NAMING = {"unit", "base", "identity", "address", "used_by"}
REPORT_LINES = {"heading", "recipients"}  # of [report]: lists of lines
MARKED = ["tấn", "thôn"]  # units that bear an attack as their name, in every table
CHOICE = {
    **{"indicator": "accumulated_farmland", "area": "thi-tran-vinh-loc", "year": 2020},
    **{"source": "demo-2021-03", "reason": "", "author": "", "date": "2021-03-21"},
}
STEP = 101  # beside a payload stands another group's in the next column


def fields_of(contract: c.Contract) -> list[str]:
    """Return the columns of a table that hold free text."""
    columns = contract.columns.items()
    return [n for n, kind in columns if kind.pattern in FREE and n not in NAMING]


def spoil(folder: Path) -> dict[str, set[str]]:
    """Make the folder, with its demonstration; return attack -> fields it stands in."""
    raw = shutil.copytree(RAW, folder / "data" / "raw")
    stands: dict[str, set[str]] = {attack: set() for attack in SHOWN}
    offsets = count(0, STEP)
    add_remarks(raw / "demo" / "remarks.csv")
    write(raw / "choices.csv", [CHOICE])
    for path in sorted(raw.rglob("*.csv")):
        kind = {"actuals": ACTUALS, "context": CONTEXT}
        contract = kind.get(path.parent.name) or CONTRACTS[path.name]
        rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
        if not rows:  # actuals of the demonstration's base, for one
            continue
        for field in fields_of(contract):
            fill(rows, field, next(offsets), stands, f"{path.name}.{field}")
        if path.parent.name == "demo" and path.name == "sources.csv":
            for row in rows:
                row["address"] = f"https://{HOST}/'\"><script>{RUN}</script>"
        rename_units(rows)
        write(path, rows)
    spoil_programme(raw / "programme.toml", stands)
    return stands


def fill(rows: list[dict], field: str, offset: int, stands, place: str) -> None:
    """Give each row another attack; no two that read alike, as names may not."""
    texts, used = islice(cycle(SHOWN), offset % len(SHOWN), None), set()
    for number, row in enumerate(rows):
        if number % len(SHOWN) == 0:
            used = set()
        text = next(text for text in texts if plain(text) not in used)
        used.add(plain(text) if field.startswith("name_") else "")
        if field in row:
            row[field] = text
            stands[text].add(place)


def add_remarks(path: Path) -> None:
    """Give each attack a remark of its own: Word, PDF and the pages show them all."""
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    named = [row["indicator"] for row in indicators()]
    kinds = ("cause", "measure", "note")
    write(
        path,
        [
            rows[0]
            | {"indicator": named[at % len(named)], "kind": kinds[at % 3]}
            | {"year": YEAR, "date": "2024-01-10"}
            for at in range(len(SHOWN))
        ],
    )


def indicators() -> list[dict]:
    path = RAW / "indicators.csv"
    return list(csv.DictReader(path.open(encoding="utf-8", newline="")))


def rename_units(rows: list[dict]) -> None:
    names = {unit: f"=cmd|'/C {at}'!A0<b>" for at, unit in enumerate(MARKED)}
    for row in rows:
        row |= {n: names.get(row[n], row[n]) for n in ("unit", "base") if n in row}


def write(path: Path, rows: list[dict]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def spoil_programme(path: Path, stands) -> None:
    """Put attacks into every text of programme.toml; JSON's texts are TOML's too."""
    stated = tomllib.loads(path.read_text("utf-8"))
    report = stated.pop("report")
    texts = count()

    def attack(place: str) -> str:
        text = SHOWN[next(texts) * 17 % len(SHOWN)]
        stands[text].add(f"programme.toml.{place}")
        return text

    for key in ("id", "title_vi", "title_en", "number", "issued_by_vi", "issued_by_en"):
        stated[key] = attack(key)
    for key in [*report, "recipients_vi", "recipients_en"]:
        many = key.rpartition("_")[0] in REPORT_LINES
        report[key] = [attack(key) for _ in range(20)] if many else attack(key)
    source, notebooks = stated.pop("source"), stated.pop("notebooks")
    lines = [f"{key} = {said(value)}" for key, value in stated.items()]
    for name, table in (
        ("source", source),
        ("report", report),
        ("notebooks", notebooks),
    ):
        lines += ["", f"[{name}]", *(f"{k} = {said(v)}" for k, v in table.items())]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def said(value) -> str:
    if isinstance(value, str | bool | int | list):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat()
