"""The rows of a year of every commune in a collection, as one frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import compute, dataset

from vinhloc.collection.members import PARTITION, partitions_in, programmes_in
from vinhloc.data import contracts as c
from vinhloc.data import load, review_year, select
from vinhloc.figures import Bug, _, language, told, use_language, why_refused

TEXT, NUMBER, FLAG = pa.string(), pa.float64(), pa.bool_()
# What a roll-up needs of the assessment, and how a dataset may hold it.
COLUMNS = {
    "indicator": TEXT,
    "order": pa.int64(),
    "main": FLAG,
    "name_vi": TEXT,
    "name_en": TEXT,
    "unit": TEXT,
    "unit_en": TEXT,
    "decimals": pa.int64(),
    "direction": TEXT,
    "year": pa.int64(),
    "due_year": NUMBER,
    "target": NUMBER,
    "actual": NUMBER,
    "bound": TEXT,
    "conflict": FLAG,
    "inferred": TEXT,
    "shortfall": NUMBER,
    "status": TEXT,
    "made_up": FLAG,
}
AREAS = ["area", "level", "name_vi", "name_en", "parent"]
AREAS_FILE = "areas.csv"
LEVELS = ("district", "province")


@dataclass(frozen=True)
class Gathered:
    """A year of a collection.

    `rows`: one per commune and indicator, COLUMNS and `commune`. `communes`: commune
    (the name of its folder), name_vi, name_en, district, province ("" where unknown)
    and made_up. `areas`: area, level, name_vi, name_en, parent. `unread`: commune ->
    why its programme could not be read.
    """

    year: int
    rows: pd.DataFrame
    communes: pd.DataFrame
    areas: pd.DataFrame
    unread: dict[str, str]


def gather(collection: Path, year: int, *, jobs: int | None = None) -> Gathered:
    """Read a year of every commune, from a folder of programmes or a dataset.

    `jobs` processes read programmes (without it all cores, or one for a few). A
    programme with problems is left out and named in `unread`. Raises NoCollection;
    ProblemsFound for a dataset that cannot be read, or one without the year.
    """
    if files := partitions_in(collection):
        return _of_dataset(collection, files, year)
    programmes = programmes_in(collection)
    all_read = dict(zip(programmes, _read_all(programmes, year, jobs), strict=True))
    unread = {name: why for name, (found, why) in all_read.items() if not found}
    read = [(name, *found) for name, (found, _why) in all_read.items() if found]
    none = pd.DataFrame(columns=[*COLUMNS, "commune"])
    named = [rows.assign(commune=name) for name, rows, *_rest in read]
    rows = pd.concat(named, ignore_index=True) if named else none
    areas = pd.concat([areas for *_rest, areas in read] or [_no_areas()])
    # Names of districts and provinces; each commune's place is what its own table says.
    areas = areas.drop_duplicates("area").reset_index(drop=True)
    places = [_place(name, area, _known(own)) for name, _rows, area, own in read]
    return Gathered(year, rows, _communes(places, rows), areas, unread)


def _read_all(programmes: dict[str, Path], year: int, jobs: int | None) -> list:
    from joblib import Parallel, delayed

    one = delayed(partial(_read_one, year=year, lang=language()))
    few = len(programmes) < 8  # processes take longer to start than these to read
    return Parallel(jobs or (1 if few else -1))(map(one, programmes.values()))


def _read_one(folder: Path, *, year: int, lang: str) -> tuple:
    """Return the rows, area and areas of a programme, or None and why not."""
    use_language(lang)
    try:
        data = load(folder)
        review_year(data, year)
    except Exception as error:
        if isinstance(end := told(error), Bug):
            error.add_note(str(folder))
            raise
        return None, end.brief
    rows = select(data.assessment, year=year)[[*COLUMNS]]
    return (rows, data.programme.area, data.tables[AREAS_FILE][AREAS]), ""


def _of_dataset(collection: Path, files: list[Path], year: int) -> Gathered:
    names = sorted({path.parent.name.removeprefix(PARTITION) for path in files})
    columns = {"commune": pa.dictionary(pa.int32(), TEXT), "period": TEXT} | COLUMNS
    try:
        whole = dataset.dataset(
            [str(path) for path in files],
            schema=pa.schema([*columns.items()]),
            format="parquet",
            partitioning=dataset.HivePartitioning(
                pa.schema([("commune", columns["commune"])]),
                dictionaries={"commune": pa.array(names)},
            ),
            partition_base_dir=str(collection),
        )
        wanted = (compute.field("year") == year) & (compute.field("period") == "year")
        table = whole.to_table(["commune", *COLUMNS], filter=wanted)
    except (pa.ArrowException, OSError) as error:
        broken = _("không phải bảng Parquet, hoặc các tệp có cột khác kiểu")
        why = why_refused(error) if getattr(error, "errno", None) else broken
        advice = _("không đọc được tệp: {why}", why=why)
        raise _problem(collection.name, "", advice) from None
    rows = table.to_pandas().astype({"commune": "str"})
    lacking = [name for name in COLUMNS if name != "unit_en" and _is_lost(rows, name)]
    if lacking:
        raise _problem(collection.name, ", ".join(lacking), _("thiếu cột"))
    areas = _areas_beside(collection)
    rows = rows.sort_values(["commune", "order"], kind="stable", ignore_index=True)
    there = set(rows["commune"])
    without = _("năm {year} không có trong bảng của xã này", year=year)
    unread = {name: without for name in names if name not in there}
    known = _known(areas)
    places = [_place(name, name, known) for name in names if name in there]
    return Gathered(year, rows, _communes(places, rows), areas, unread)


def _problem(file: str, found: str, advice: str) -> c.ProblemsFound:
    return c.ProblemsFound([c.Problem(file, None, "", found, advice)])


def _is_lost(rows: pd.DataFrame, name: str) -> bool:
    """Tell whether a column that always has a value has none: no file holds it."""
    may_lack = ("due_year", "target", "actual", "shortfall", "bound", "name_en")
    may_lack += ("inferred",)
    return name not in may_lack and len(rows) > 0 and rows[name].isna().all()


def _areas_beside(collection: Path) -> pd.DataFrame:
    path = collection / AREAS_FILE
    if not path.exists():
        return _no_areas()
    cells = c.read_cells(path, name=AREAS_FILE)
    if lacking := [name for name in AREAS if name not in cells]:
        raise _problem(AREAS_FILE, ", ".join(lacking), _("thiếu cột"))
    return cells[AREAS].fillna("").drop_duplicates("area").reset_index(drop=True)


def _no_areas() -> pd.DataFrame:
    return pd.DataFrame(columns=AREAS, dtype="str")


def _communes(places: list[dict], rows: pd.DataFrame) -> pd.DataFrame:
    """Return a row per commune: its place, and whether any figure of it is made up."""
    columns = ["commune", "name_vi", "name_en", *LEVELS]
    communes = pd.DataFrame(places, columns=columns)
    made_up = rows.groupby("commune")["made_up"].any().to_dict()
    marks = [bool(made_up.get(name, False)) for name in communes["commune"]]
    return communes.assign(made_up=marks)


def _known(areas: pd.DataFrame) -> dict[str, dict]:
    return {row["area"]: row for row in areas.to_dict("records")}


def _place(name: str, area: str, known: dict[str, dict]) -> dict[str, str]:
    """Return the names of a commune, its district and its province."""
    row = known.get(area, {})
    name_vi = row.get("name_vi") or name
    names = {"name_vi": name_vi, "name_en": row.get("name_en") or name_vi}
    above = dict.fromkeys(LEVELS, "") | _above(area, known)
    return {"commune": name, **names, **above}


def _above(area: str, known: dict[str, dict]) -> dict[str, str]:
    """Return the district and the province that an area belongs to, as far as known."""
    found, seen = {}, set()
    while area in known and area not in seen:
        seen.add(area)
        level = known[area]["level"]
        if level in LEVELS:
            found[level] = area
        area = known[area]["parent"]
    return found
