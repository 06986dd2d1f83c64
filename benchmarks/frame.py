"""How fast a national frame is judged: python benchmarks/frame.py [--json] [--save].

Made-up figures of 3,321 communes, 6 years and 60 indicators (a seed; 1.2 million rows
of CSV) are read, checked and judged. Beside it stands bare numpy that computes the same
columns from the same arrays, rounding included, a whole column at a time; a difference
is a failure. Also: the peak of memory of a process that does it once (Unix), the time
to name one wrong cell, and the growth with the number of rows. With --full up to 12
million rows, in about a minute. --save keeps the figures in benchmarks/frame.json.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from _told import options_of, tell
from pyarrow import csv

from vinhloc import national
from vinhloc.contracts import ProblemsFound

SEED = 20260101
COMMUNES, INDICATORS, YEARS = 3_321, 60, range(2026, 2032)
SHARES = {"0.12": 0.1, "1.2": 1, "12": 10}  # million rows: share of the communes
NAMES = [f"chi_tieu_phat_trien_{n:02}" for n in range(1, INDICATORS + 1)]


def targets() -> pd.DataFrame:
    """Return a target for each indicator and year: all comparators, 0 to 2 decimals."""
    random = np.random.default_rng(SEED)
    kinds = pd.DataFrame(
        {
            "indicator": NAMES,
            "comparator": np.resize(
                [">=", ">=", "<=", ">", "<", "between"], INDICATORS
            ),
            "decimals": np.resize([0, 1, 2, 1], INDICATORS),
            "unit": np.resize(["%", "ha", "%"], INDICATORS),
            "direction": np.resize(["up", "up", "down", "up", "down"], INDICATORS),
        }
    )
    rows = kinds.merge(pd.DataFrame({"year": YEARS}), how="cross")
    value = random.uniform(20, 100, len(rows)).round(1)
    upper = np.where(rows["comparator"] == "between", value + 10, np.nan)
    return rows.assign(value=value, upper_value=upper)


def write(path: Path, communes: int) -> None:
    """Write a figure for each commune, indicator and year; every fiftieth is empty."""
    random = np.random.default_rng(SEED)
    each = INDICATORS * len(YEARS)
    codes = np.arange(communes, dtype=np.int32)
    names = pa.array([f"xa-phuong-{code:05}" for code in codes])
    value = random.uniform(0, 120, communes * each).round(2)
    indicator = np.tile(np.arange(INDICATORS, dtype=np.int32).repeat(6), communes)
    columns = {
        "commune": pa.DictionaryArray.from_arrays(codes.repeat(each), names),
        "indicator": pa.DictionaryArray.from_arrays(indicator, pa.array(NAMES)),
        "year": np.tile(np.array(YEARS), communes * INDICATORS),
        "value": pa.array(value, mask=random.random(len(value)) < 0.02),
    }
    whole = pa.table({name: pa.array(column) for name, column in columns.items()})
    texts = whole.set_column(0, "commune", whole["commune"].cast(pa.string()))
    texts = texts.set_column(1, "indicator", whole["indicator"].cast(pa.string()))
    csv.write_csv(texts, path, csv.WriteOptions(quoting_style="needed"))


def bare(code, year, value, asked) -> tuple:
    """Compute target, gap, shortfall, attainment and status by numpy alone."""
    sign, decimals, full, upward, target, upper = asked
    factor = 10.0**decimals
    scaled, top = rounded(target, factor), rounded(upper, factor)
    low, high = np.full(len(sign), -np.inf), np.full(len(sign), np.inf)
    low = np.where((sign == ">=") | (sign == "between"), scaled, low)
    low = np.where(sign == ">", scaled + 1, low)
    high = np.where(sign == "<=", scaled, high)
    high = np.where(sign == "<", scaled - 1, high)
    high = np.where(sign == "between", top, high)
    above = np.where(((sign == ">=") | (sign == ">")) & ~full, scaled, np.inf)
    below = np.where((sign == "<=") | (sign == "<"), scaled, -np.inf)

    at = code * len(YEARS) + (year - YEARS.start)
    factor, goal, low, high = factor[at], scaled[at], low[at], high[at]
    figure = rounded(value, factor)
    gap = (figure - goal) / factor
    shortfall = np.maximum(np.maximum(low - figure, figure - high), 0) / factor
    attainment = value / np.where(upward, target, np.nan)[at] * 100
    missed = (figure < low) | (figure > high)
    better = (figure > above[at]) | (figure < below[at])
    status = np.where(missed, np.int8(2), np.where(better, np.int8(0), np.int8(1)))
    status = np.where(np.isnan(value), np.int8(4), status)
    return target[at], gap, shortfall, attainment, status


def rounded(value, factor):
    size = np.abs(value * factor)
    return np.copysign(np.floor(size + (0.5 + 1e-9)), value)


def arrays(figures: pd.DataFrame, asked: pd.DataFrame) -> tuple:
    """Return what `bare` takes: arrays alone."""
    full = asked["unit"].eq("%") & asked["value"].ge(100)
    upward = asked["direction"].eq("up")
    columns = [asked["comparator"], asked["decimals"], full, upward]
    columns += [asked["value"], asked["upper_value"]]
    own = [figures["indicator"].cat.codes.astype("int64"), figures["year"]]
    own.append(figures["value"])
    of_targets = tuple(np.array(c, dtype=c.to_numpy().dtype) for c in columns)
    return *(column.to_numpy() for column in own), of_targets


def same(judged: pd.DataFrame, columns: tuple) -> bool:
    *numbers, status = columns
    names = ["target", "gap", "shortfall", "attainment"]
    return np.array_equal(judged["status"].cat.codes, status) and all(
        np.array_equal(judged[name], column, equal_nan=True)
        for name, column in zip(names, numbers, strict=True)
    )


def timed(work, *given) -> tuple[float, object]:
    begun = time.perf_counter()
    result = work(*given)
    return time.perf_counter() - begun, result


def once(path: Path, asked: pd.DataFrame) -> tuple[dict, pd.DataFrame]:
    """Read, check and judge; return the seconds of each and the figures."""
    read, columns = timed(national.read_columns, path)
    contracts, sound = timed(national.is_sound, columns, NAMES, YEARS)
    assert sound
    typed, figures = timed(national.typed, columns)
    assess, _judged = timed(national.assess_national, figures, asked)
    seconds = {"read": read + typed, "contracts": contracts, "assess": assess}
    return seconds | {"total": sum(seconds.values())}, figures


def peak() -> float:
    """Return the peak of this process's memory so far, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def measure(path: Path, rounds: int) -> dict:
    """Return medians of seconds, the ratio to bare numpy, and the peak of one pass."""
    asked = targets()
    _first, figures = once(path, asked)
    result = {"peak_mb": peak(), "rows": len(figures)}
    passes = [once(path, asked)[0] for _round in range(rounds)]
    given = arrays(figures, asked)
    assert same(national.assess_national(figures, asked), bare(*given))
    assess, limit = [], []
    for _round in range(3 * rounds):
        assess.append(timed(national.assess_national, figures, asked)[0])
        limit.append(timed(bare, *given)[0])
    median = {
        name: statistics.median(one[name] for one in passes) for name in passes[0]
    }
    return result | {
        **median,
        "assess": statistics.median(assess),
        "bare": statistics.median(limit),
        "ratio": statistics.median(assess) / statistics.median(limit),
    }


def name_fault(path: Path, _rounds: int) -> dict:
    """Return how long it takes until a wrong cell in the last row is named."""

    def read():
        try:
            national.read_national(path, indicators=NAMES, years=YEARS)
        except ProblemsFound as found:
            return found.problems

    seconds, problems = timed(read)
    assert len(problems) == 1, problems
    return {"fault": seconds, "fault_peak_mb": peak()}


def apart(part: str, path: Path, rounds: int) -> dict:
    """Run a part in a process of its own, so that its peak of memory is its own."""
    command = [sys.executable, __file__, "--part", part, "--file", str(path)]
    command += ["--rounds", str(rounds)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def everything(rounds: int, *, full: bool) -> dict:
    growth = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "figures.csv")
        for name, share in SHARES.items():
            if share > 1 and not full:
                continue
            write(path, round(COMMUNES * share))
            found = apart("measure", path, rounds if share <= 1 else 3)
            growth[name] = found
            if share == 1:
                with path.open("a") as file:
                    file.write(f"xa-cuoi,{NAMES[0]},{YEARS.start},95 phan tram\n")
                fault = apart("fault", path, rounds)
    per_million = {
        f"per_million_rows_at_{name}": found["total"] / found["rows"] * 1e6
        for name, found in growth.items()
    }
    result = {**growth["1.2"], **fault, **per_million}
    if full:
        result["peak_mb_at_12"] = growth["12"]["peak_mb"]
    return {key: round(value, 3) for key, value in result.items()}


def main() -> None:
    parser = options_of(__doc__)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--part", choices=["measure", "fault"])
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    if options.part:
        part = {"measure": measure, "fault": name_fault}[options.part]
        print(json.dumps(part(options.file, options.rounds)))
        return
    tell(everything(options.rounds, full=options.full), __file__, options)


if __name__ == "__main__":
    main()
