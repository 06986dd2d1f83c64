"""How long a review takes: python benchmarks/review.py [--json] [--rounds N].

Our review of the demonstration data (all notebooks and pages) against three others, in
rounds one after the other, each a program of its own from start to end:
- the limit: a plain script in two processes that calls the same library for the same
  figures, tables and pages, without notebooks' kernels;
- papermill's command line, one notebook after another, then nbconvert;
- nbconvert --execute, one notebook after another.
Figures and tables are counted in all of them; a difference is a failure.
"""

import ast
import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _told import options_of, tell

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "data" / "raw" / "demo"
YEAR = 2023
PROCESSES = 2
FIGURE, TABLE = '<figure class="chart"', "<table"


def notebooks_of_demo() -> list[Path]:
    """Return the notebooks that the review of the demonstration data runs."""
    from vinhloc.review.request import Request

    return [run.path for run in Request(folder=DEMO, out=ROOT / "reports").runs]


def run_cells(path: Path, parameters: dict):
    """Run a notebook's code in this process; return it with its outputs."""
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    scope = {}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        last = tree.body[-1] if isinstance(tree.body[-1], ast.Expr) else None
        exec(
            compile(ast.Module(tree.body[: -1 if last else None], []), "", "exec"),
            scope,
        )
        scope.update(
            parameters if "parameters" in cell.metadata.get("tags", ()) else {}
        )
        value = last and eval(compile(ast.Expression(last.value), "", "eval"), scope)
        if value is not None:
            bundle = getattr(value, "_repr_mimebundle_", None)
            data = bundle() if bundle else {"text/html": value._repr_html_()}
            output = nbformat.v4.new_output("execute_result", data)
            cell.outputs = [output]
    return notebook


def limit(out: Path, part: int) -> None:
    """Make one part of the pages: every second notebook, every second indicator."""
    import vinhloc as vl
    from vinhloc.outlook.projection import add_projection
    from vinhloc.review.pages import html, index_page
    from vinhloc.review.pages.indicators import FOLDER, indicator_links, indicator_pages
    from vinhloc.review.request import page_name
    from vinhloc.review.view import View

    data = vl.load(DEMO)
    view = View(data, YEAR)
    notebooks = notebooks_of_demo()
    pages = {page_name(path): page_name(path) for path in notebooks}
    parameters = {"year": YEAR, "data": str(DEMO)}
    for path in notebooks[part::PROCESSES]:
        node = run_cells(path, parameters)
        values = html.page_values(view, pages, page_name(path))
        values["indicators"] = indicator_links(data, page_name(path))
        text = html.notebook_page(node, values)
        (out / f"{page_name(path)}.html").write_text(text, "utf-8")
    names = data.indicators["indicator"][part::PROCESSES]
    rows = add_projection(data.assessment)
    own = rows[rows["indicator"].isin(names)]
    (out / FOLDER).mkdir(exist_ok=True)
    values = html.page_values(view, pages, FOLDER)
    for place, page in indicator_pages(view, values, own):
        (out / place).write_text(page, "utf-8")
    if part == 0:
        values = html.page_values(view, pages, "index")
        (out / "index.html").write_text(index_page(view, values), "utf-8")


def run_limit(out: Path, sources: Path) -> None:
    command = [sys.executable, __file__, "--part"]
    parts = [
        subprocess.Popen([*command, str(part), "--out", out])
        for part in range(PROCESSES)
    ]
    if any([part.wait() for part in parts]):
        raise SystemExit("the limit failed")


def run_review(out: Path, sources: Path) -> None:
    command = [sys.executable, "-m", "vinhloc", "review", "--demo", "--force"]
    command += ["--year", str(YEAR), "--format", "html", "--out", out]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def run_papermill(out: Path, sources: Path) -> None:
    for path in sorted(sources.glob("*.ipynb")):
        done = out / path.name
        run_module("papermill", path, done, "--no-progress-bar")
        run_module("nbconvert", "--to", "html", done)


def run_nbconvert(out: Path, sources: Path) -> None:
    for path in sorted(sources.glob("*.ipynb")):
        run_module("nbconvert", "--execute", "--to", "html", "--output-dir", out, path)


def run_module(name: str, *arguments) -> None:
    command = [sys.executable, "-m", name, *map(str, arguments)]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)


WAYS = {
    "review": run_review,
    "limit": run_limit,
    "papermill_cli": run_papermill,
    "nbconvert": run_nbconvert,
}


def count(folder: Path, names: set[str]) -> tuple[int, int]:
    """Return how many figures and tables the notebooks' pages hold."""
    pages = [path for path in folder.rglob("*.html") if path.stem in names]
    texts = [path.read_text("utf-8") for path in pages]
    assert len(texts) == len(names), (folder, len(texts))
    return tuple(sum(text.count(mark) for text in texts) for mark in (FIGURE, TABLE))


def write_sources(folder: Path) -> None:
    """Copy the notebooks, with the parameters that the review would give them."""
    import nbformat

    from vinhloc.review.request import page_name

    for path in notebooks_of_demo():
        node = nbformat.read(path, as_version=4)
        cell = next(c for c in node.cells if "parameters" in c.metadata.get("tags", ()))
        cell.source += f"\nyear = {YEAR}\ndata = {str(DEMO)!r}"
        nbformat.write(node, folder / f"{page_name(path)}.ipynb")


def measure(rounds: int) -> dict:
    seconds, counts = {way: [] for way in WAYS}, {}
    with tempfile.TemporaryDirectory() as name:
        sources = Path(name, "sources")
        sources.mkdir()
        write_sources(sources)
        names = {path.stem for path in sources.glob("*.ipynb")}
        for turn in range(rounds):
            for way, run in WAYS.items():
                if turn and way in ("papermill_cli", "nbconvert") and turn % 3:
                    continue  # slow, and far from close
                out = Path(name, f"{way}-{turn}")
                out.mkdir()
                begun = time.perf_counter()
                run(out, sources)
                seconds[way].append(time.perf_counter() - begun)
                counts[way] = count(out, names)
    if len(set(counts.values())) != 1:
        raise SystemExit(f"figures and tables differ: {counts}")
    median = {way: statistics.median(times) for way, times in seconds.items()}
    figures, tables = counts["review"]
    ours = median["review"]
    result = {
        "ratio_to_limit": round(ours / median["limit"], 2),
        "speedup_vs_papermill_cli": round(median["papermill_cli"] / ours, 2),
        "speedup_vs_nbconvert": round(median["nbconvert"] / ours, 2),
        "figures": figures,
        "tables": tables,
        "seconds": {way: round(value, 2) for way, value in median.items()},
    }
    if importlib.util.find_spec("jupyterlab"):
        result["beside_jupyterlab"] = True
    return result


def main() -> None:
    parser = options_of(__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--part", type=int)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    os.environ["VINHLOC_LANG"] = "vi"
    if options.part is not None:
        limit(options.out, options.part)
        return
    tell(measure(options.rounds), __file__, options)


if __name__ == "__main__":
    main()
