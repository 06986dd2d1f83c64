"""How long a workbook takes to come in: python benchmarks/import.py [--json].

A form of 100 indicators, beyond the start-up of the command, the reading of its cells
alone, and that of a table of 10,000 rows; each with the start of the process that
reads.
"""

import datetime
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import xlsxwriter
from _told import options_of, tell

from vinhloc.data.loading import load
from vinhloc.office.files.files import read_office_file
from vinhloc.office.form import write_form
from vinhloc.office.receipt import receive

RAW = Path(__file__).parents[1] / "data" / "raw"
INDICATORS, ROWS, ROUNDS = 100, 10_000, 5
COLUMNS = ("TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch", "Thực hiện năm 2024")


def programme_of(count: int, folder: Path) -> Path:
    """Copy the programme and add indicators until there are `count`."""
    target = Path(shutil.copytree(RAW, folder, ignore=shutil.ignore_patterns("demo")))
    path = target / "indicators.csv"
    head, *rows = path.read_text("utf-8").splitlines()
    source = next(row for row in rows if row.startswith("rice_area,"))
    added = [
        source.replace("rice_area", f"added_{n}")
        .replace("Diện tích lúa", f"Diện tích {n}")
        .replace("Rice area", f"Area {n}")
        for n in range(count - len(rows))
    ]
    path.write_text("\n".join([head, *rows, *added]) + "\n", "utf-8")
    return target


def seconds(work, rounds: int = ROUNDS) -> float:
    """Return the median time of a piece of work."""
    times = []
    for _round in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def table(path: Path) -> None:
    """Write a sheet of many rows, five columns each."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Biểu")
        page.write_row(0, 0, COLUMNS)
        for row in range(1, ROWS + 1):
            page.write_row(row, 0, [row, f"Chỉ tiêu số {row}", "ha", 300, 297.5 + row])


def main() -> None:
    options = options_of(__doc__).parse_args()
    """Measure, print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = load(programme_of(INDICATORS, folder / "raw"))
        events = set(data.indicators.query("unit == 'event'")["indicator"])
        low = data.indicators.set_index("indicator")["plausible_low"]
        entries = {
            (indicator, "actual"): "hoàn thành"
            if indicator in events
            else f"{low[indicator] + 2:.0f}"
            for indicator in data.indicators["indicator"]
        } | {("", "as_of"): "15/12/2024"}
        form, many = folder / "form.xlsx", folder / "many.xlsx"
        write_form(data, 2024, form, entries=entries)
        table(many)
        today = datetime.date(2025, 1, 1)

        def bring_in():
            receipt = receive(data, form, today=today, dry_run=True)
            assert len(receipt.taken.figures) == INDICATORS, receipt.taken.problems

        figures = {
            "form_seconds": seconds(bring_in),
            "form_read_seconds": seconds(lambda: read_office_file(form)),
            "rows_seconds": seconds(lambda: read_office_file(many)),
        }
    tell({key: round(value, 3) for key, value in figures.items()}, __file__, options)


if __name__ == "__main__":
    main()
