"""A national frame: the figures of all communes, read, checked and judged at once.

Its file has a row per commune, indicator and year: commune, indicator, year, value (an
exact figure in the unit of its indicator; empty where there is none). Each year stands
by itself: what a whole term is judged by, bounds and events are matters of `assess`.

What is good is read and checked a whole column at a time; only where something is wrong
are the cells read one by one, like those of any other file, and every problem named.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import compute, csv, parquet

from vinhloc import contracts as c
from vinhloc.language import _
from vinhloc.verdicts import CODES, STATUSES, Limits, judge

KEY = ("commune", "indicator", "year")
CONTRACT = c.Contract(
    {
        "commune": c.KEY,
        "indicator": c.KEY,
        "year": c.YEARS,
        "value": c.maybe(c.NUM),
    },
    KEY,
)
LARGEST = 1e15  # as in `contracts.NUMBER`
NUMBERS = ("target", "gap", "shortfall", "attainment")
CODED = pa.dictionary(pa.int32(), pa.string())
STATUS = pd.CategoricalDtype(STATUSES)
BLOCK = 32_768  # rows judged at a time: their arrays fit into a processor's cache


def assess_national(figures: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Judge each commune's figure by the target of its indicator and year.

    `figures` needs commune, indicator, year, value, as `read_national` gives them.
    `targets` needs indicator, year, comparator, value, upper_value, unit, decimals and
    direction; with a column commune, each commune has targets of its own. Added:
    target, gap and shortfall in the unit, attainment (%) and status (a category).
    Without a target the status is not_due, without a value no_data. Raises ValueError
    where two targets have the same key.

    >>> targets = data.targets.query("period == 'year' and reading == 'main'")
    >>> figures = pd.DataFrame(
    ...     {
    ...         "commune": ["an-lac", "ba-vi"],
    ...         "indicator": "health_insurance_rate",
    ...         "year": 2022,
    ...         "value": [96.04, 94.9],
    ...     }
    ... )
    >>> judged = vl.assess_national(figures, targets)
    >>> judged[["commune", "target", "gap", "status"]].values.tolist()
    [['an-lac', 96.0, 0.0, 'met'], ['ba-vi', 96.0, -1.1, 'missed']]
    """
    names = {"value": "target", "upper_value": "upper_target"}
    limits = Limits.of(targets.rename(columns=names))
    stated = targets["value"].to_numpy(float)
    value, places = figures["value"].to_numpy(float), _places(figures, targets)
    judged = _judge_in_blocks(value, places, stated, limits)
    judged["status"] = pd.Categorical.from_codes(judged["status"], dtype=STATUS)
    columns = {
        name: pd.Series(column, figures.index, copy=False)
        for name, column in judged.items()
    }
    return figures.assign(**columns)


def _judge_in_blocks(
    value: np.ndarray, places: np.ndarray, stated: np.ndarray, limits: Limits
) -> dict[str, np.ndarray]:
    """Return the target of each value, and what `judge` says of it."""
    stated = np.append(stated, np.nan)
    whole = {name: np.empty(len(value)) for name in NUMBERS}
    whole["status"] = np.empty(len(value), CODES.dtype)
    for start in range(0, len(value), BLOCK):
        block = slice(start, start + BLOCK)
        whole["target"][block] = stated[places[block]]
        for name, part in judge(value[block], limits.at(places[block])).items():
            whole[name][block] = part
    return whole


def _places(figures: pd.DataFrame, targets: pd.DataFrame) -> np.ndarray:
    """Return the position of each figure's target; -1 where it has none."""
    key = [column for column in KEY if column in targets]
    if targets.duplicated(key).any():
        raise ValueError(_("hai mục tiêu có cùng khóa {key}", key=", ".join(key)))
    known = {column: pd.Index(targets[column].unique()) for column in key}

    def codes(frame: pd.DataFrame) -> tuple[np.ndarray, ...]:
        return tuple(_codes(frame[column], values) for column, values in known.items())

    table = np.full([len(values) + 1 for values in known.values()], -1)
    table[codes(targets)] = np.arange(len(targets))
    return table[codes(figures)]


def _codes(column: pd.Series, known: pd.Index) -> np.ndarray:
    """Return the place of each value among those known; -1 for any other."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return known.get_indexer(column)
    places = known.get_indexer(column.cat.categories)
    return np.append(places, -1)[column.cat.codes]


def read_national(
    path: str | Path, *, indicators: Iterable[str], years: range
) -> pd.DataFrame:
    r"""Read a national frame from a CSV or Parquet file and check it.

    Returns commune and indicator (categories), year, value. Raises ProblemsFound with
    every wrong cell: an indicator that is not among `indicators`, a year outside
    `years`, no number, a key (commune, indicator, year) that stands twice.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> rows = "commune,indicator,year,value\nba-vi,rice_area,2022,320.5\n"
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "figures.csv")
    ...     _written = path.write_text(rows)
    ...     vl.read_national(path, indicators=["rice_area"], years=range(2020, 2026))
      commune  indicator  year  value
    0   ba-vi  rice_area  2022  320.5
    """
    path, indicators = Path(path), [*indicators]
    columns = read_columns(path)
    if columns is not None and is_sound(columns, indicators, years):
        return typed(columns)
    return _read_cell_by_cell(path, indicators, years)


def read_columns(path: Path) -> pd.DataFrame | None:
    """Return the columns of a file as they stand in it; None where it lacks them.

    commune, indicator and year are categories, value is text or (Parquet) a number.
    """
    try:
        table = parquet.read_table(path) if is_parquet(path) else _read_csv(path)
    except (pa.ArrowException, OSError):
        return None
    if sorted(table.column_names) != sorted(CONTRACT.columns) or not len(table):
        return None
    for at, kind in enumerate(table.schema):
        if kind.name in KEY and not pa.types.is_dictionary(kind.type):
            table = table.set_column(at, kind.name, table[at].dictionary_encode())
    return table.select([*CONTRACT.columns]).to_pandas(ignore_metadata=True)


def is_parquet(path: Path) -> bool:
    """Tell whether a file is named as Parquet; any other is read as CSV."""
    return path.suffix == ".parquet"


def _read_csv(path: Path) -> pa.Table:
    kinds = dict.fromkeys(KEY, CODED) | {"value": pa.string()}
    options = csv.ConvertOptions(
        column_types=kinds, null_values=[""], strings_can_be_null=True
    )
    return csv.read_csv(path, convert_options=options)


def is_sound(columns: pd.DataFrame, indicators: Iterable[str], years: range) -> bool:
    """Tell whether `read_columns` gave what the contract of the file allows."""
    commune, indicator, year = (
        columns[name].cat.categories.astype("str") for name in KEY
    )
    return bool(
        not columns[[*KEY]].isna().any(axis=None)
        and commune.str.fullmatch(c.SLUG).all()
        and indicator.isin([*indicators]).all()
        and year.isin([str(one) for one in years]).all()
        and _are_numbers(columns["value"])
        and not _has_repeated_keys(columns)
    )


def _are_numbers(values: pd.Series) -> bool:
    """Tell whether all are numbers as the contract wants them, or missing."""
    kinds = pd.api.types
    if kinds.is_numeric_dtype(values) and not kinds.is_bool_dtype(values):
        return not (values.abs() >= LARGEST).any()
    return values.dtype == "str" and values.str.fullmatch(c.NUMBER, na=True).all()


def _has_repeated_keys(columns: pd.DataFrame) -> bool:
    key = np.zeros(len(columns), np.int64)  # each key as one number
    for name in KEY:
        key *= len(columns[name].cat.categories)
        key += columns[name].cat.codes.to_numpy()
    key.sort()
    return bool((key[1:] == key[:-1]).any())


def typed(columns: pd.DataFrame) -> pd.DataFrame:
    """Return sound columns as commune and indicator (categories), year, value."""
    codes, values = columns["year"].cat.codes, columns["value"]
    years = columns["year"].cat.categories.astype("int64").to_numpy()
    if values.dtype == "str":  # many times as fast as pandas' own conversion
        values = compute.cast(pa.array(values), pa.float64()).to_pandas()
    return columns.assign(
        commune=_in_order(columns["commune"]),
        indicator=_in_order(columns["indicator"]),
        year=years[codes],
        value=np.asarray(values, float),
    )


def _in_order(column: pd.Series) -> pd.Series:
    return column.cat.reorder_categories(column.cat.categories.sort_values())


def _read_cell_by_cell(
    path: Path, indicators: Iterable[str], years: range
) -> pd.DataFrame:
    """Read a file as every other is read; raise ProblemsFound with all problems."""
    name = path.name
    cells = _parquet_cells(path) if is_parquet(path) else c.read_cells(path, name=name)
    problems = c.table_problems(cells, CONTRACT, name=name)
    named = {(problem.row, problem.column) for problem in problems}
    for column, known, among in (
        ("indicator", indicators, _("danh sách chỉ tiêu")),
        ("year", map(str, years), f"{years.start}-{years.stop - 1}"),
    ):
        if column in cells:
            strange = c.check_known(cells, column, known, name=name, among=among)
            problems += [p for p in strange if (p.row, p.column) not in named]
    if problems:
        raise c.ProblemsFound(problems)
    figures = c.convert(cells, CONTRACT).drop(columns=c.ROW)
    return figures.astype({"commune": "category", "indicator": "category"})


def _parquet_cells(path: Path) -> pd.DataFrame:
    """Return the texts of a Parquet file, with the number of each row, from 1."""
    try:
        table = parquet.read_table(path).to_pandas().reset_index(drop=True)
    except (pa.ArrowException, OSError) as error:
        advice = _("không đọc được tệp: {why}", why=error)
        raise c.ProblemsFound([c.Problem(path.name, None, "", "", advice)]) from None
    texts = {name: table[name].astype(object).map(_as_text) for name in table}
    return pd.DataFrame(texts, dtype="str").assign(**{c.ROW: range(1, len(table) + 1)})


def _as_text(value: object) -> str | None:
    if pd.isna(value):
        return None
    if isinstance(value, float):  # without an exponent
        value = np.format_float_positional(value, trim="-")
    return str(value)
