"""What many communes cost: python benchmarks/scale.py [--full] [--json] [--save].

Reviews of 1, 4 and 16 communes (with --full also 64), each with the demonstration's
figures, on one worker and on two, each worker one notebook at a time; every run is a
process of its own that begins with nothing published. Told of each: seconds, the peak
of memory of all processes, the load of the machine, and the overhead: the share of the
workers' time that was not spent on a review. Then the same again with nothing to do,
and the roll-up of a made-up nation of 3,321 communes and 60 indicators.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _told import options_of, tell

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # what makes communes up
YEAR = 2023
SIZES, FULL, WORKERS = (1, 4, 16), (1, 4, 16, 64), (1, 2)
GOAL_SPEEDUP, GOAL_OVERHEAD = 1.6, 5.0


def measure(folder: Path, size: int, workers: int) -> dict:
    """Review so many communes; return seconds, memory and overhead."""
    from nation import write_communes

    from vinhloc.collection.members import programmes_in
    from vinhloc.collection.reviews import DONE, requests_of, review_all
    from vinhloc.review.runlog import _watched_memory

    collection = write_communes(folder / "communes", size, ROOT / "data" / "raw")
    programmes = programmes_in(collection)
    requests = requests_of(programmes, folder / "out", YEAR, formats=("html",))
    with _watched_memory() as memory:
        begun = time.perf_counter()
        outcomes = [*review_all(requests, jobs=workers)]
        seconds = time.perf_counter() - begun
    assert all(one.state == DONE for one in outcomes), outcomes
    spent = sum(one.seconds for one in outcomes)
    at_work = min(workers, size) * seconds
    begun = time.perf_counter()
    list(review_all(requests, jobs=workers))
    return {
        "seconds": seconds,
        "per_commune": seconds / size,
        "review": spent / size,
        "overhead_percent": 100 * (at_work - spent) / at_work,
        "peak_mb": memory["peak_mb"],
        "unchanged_seconds": time.perf_counter() - begun,
        "load": os.getloadavg()[0],  # above the workers: others use the machine too
    }


def roll_up(folder: Path) -> dict:
    """Return the seconds of a national roll-up, from a dataset with a file each."""
    from nation import nation, write_dataset

    from vinhloc.collection.roll_up import publish_roll_up

    write_dataset(folder / "nation", *nation())
    begun = time.perf_counter()
    page, _unread = publish_roll_up(folder / "nation", folder / "out", 2026)
    seconds = time.perf_counter() - begun
    return {"roll_up_seconds": seconds, "roll_up_mb": page.stat().st_size / 1e6}


def apart(*options: object) -> dict:
    command = [sys.executable, __file__, *map(str, options)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def everything(sizes: list[int], rounds: int) -> dict:
    """Return the medians of rounds, in which one and two workers take turns."""
    figures, ratios = {}, []
    for size in sizes:
        found = {workers: [] for workers in WORKERS}
        for _round in range(rounds):
            for workers, runs in found.items():
                part = ("--part", "reviews", "--size", size, "--workers", workers)
                runs.append(apart(*part))
        for workers, runs in found.items():
            for name in runs[0]:
                median = statistics.median(run[name] for run in runs)
                figures[f"{name}_{size}_on_{workers}"] = median
        pairs = zip(*found.values(), strict=True)
        ratios = [one["seconds"] / two["seconds"] for one, two in pairs]
    figures["speedup"] = statistics.median(ratios)
    figures["speedup_lowest"], figures["speedup_highest"] = min(ratios), max(ratios)
    figures |= apart("--part", "roll-up")
    return {name: round(value, 2) for name, value in figures.items()}


def main() -> None:
    parser = options_of(__doc__)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--sizes", type=int, nargs="+")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--part", choices=["reviews", "roll-up"])
    parser.add_argument("--size", type=int)
    parser.add_argument("--workers", type=int)
    options = parser.parse_args()
    if options.part:
        with tempfile.TemporaryDirectory() as folder:
            part = [Path(folder)]
            if options.part == "reviews":
                print(json.dumps(measure(*part, options.size, options.workers)))
            else:
                print(json.dumps(roll_up(*part)))
        return
    sizes = options.sizes or [*(FULL if options.full else SIZES)]
    figures = everything(sizes, options.rounds)
    tell(figures, __file__, options)
    overhead = figures[f"overhead_percent_{max(sizes)}_on_2"]
    if figures["speedup"] < GOAL_SPEEDUP or overhead > GOAL_OVERHEAD:
        print(f"wanted: {GOAL_SPEEDUP} times as fast, {GOAL_OVERHEAD} % at most")


if __name__ == "__main__":
    main()
