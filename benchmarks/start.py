"""How long it takes until something happens: python benchmarks/start.py [--json].

`vinhloc --help`, `import vinhloc` beside `import pandas`, and a review with nothing
changed, each as a process of its own from start to end; medians of rounds by turns.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _told import options_of, tell

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 9


def run(*command) -> float:
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, *map(str, command)],
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun


def main() -> None:
    options = options_of(__doc__).parse_args()
    with tempfile.TemporaryDirectory() as out:
        review = ["-m", "vinhloc", "review", "--demo", "--out", out]
        ways = {
            "python": ["-c", ""],
            "help": ["-m", "vinhloc", "--help"],
            "import_pandas": ["-c", "import pandas"],
            "import_vinhloc": ["-c", "import vinhloc"],
            "load": ["-c", "import vinhloc; vinhloc.load"],
            "unchanged": review,
        }
        run(*review)
        times = {name: [] for name in ways}
        for _round in range(ROUNDS):
            for name, command in ways.items():
                times[name].append(run(*command))
    figures = {f"{k}_seconds": statistics.median(v) for k, v in times.items()}
    ratio = figures["load_seconds"] / figures["import_pandas_seconds"]
    figures = {k: round(v, 3) for k, v in figures.items()}
    tell(figures | {"ratio_to_pandas": round(ratio, 3)}, __file__, options)


if __name__ == "__main__":
    main()
