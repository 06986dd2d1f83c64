"""Run the source notebooks through papermill, in the language asked for."""

from __future__ import annotations

import ast
import contextlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextvars import copy_context
from functools import partial
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from vinhloc.language import _, catalogue, n_
from vinhloc.review.failures import Failed, UnknownParameter
from vinhloc.review.request import Request
from vinhloc.review.runlog import RunLog
from vinhloc.review.suite import page_name

KERNEL = "python3"
CELL_SECONDS = 600  # more than ten times what a review takes as a whole


def check_parameters(notebook: Path, parameters: dict) -> None:
    """Raise UnknownParameter unless the notebook declares every parameter given.

    papermill itself only warns.
    """
    declared = papermill.inspect_notebook(notebook)
    if strange := sorted(parameters.keys() - declared.keys()):
        raise UnknownParameter(
            _(
                "{notebook}: không có tham số {names}; các tham số của sổ tay: {known}",
                notebook=notebook.name,
                names=", ".join(strange),
                known=", ".join(declared) or "–",
            )
        )


def theme_of(notebook: Path) -> str:
    """Return the theme that a notebook declares as its own; "" if it reads all."""
    declared = papermill.inspect_notebook(notebook).get("theme", {"default": "''"})
    return ast.literal_eval(declared["default"])


def translated(notebook: nbformat.NotebookNode, lang: str) -> nbformat.NotebookNode:
    """Return the notebook with its Markdown in a language."""
    texts = catalogue(lang)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = texts.get(cell.source, cell.source)
    return notebook


def run_notebooks(
    notebooks: list[Path],
    parameters: dict,
    *,
    folder: Path,
    scratch: Path,
    beside: Iterable[Callable[[], None]] = (),
    log: RunLog,
    on_done: Callable[[str, nbformat.NotebookNode], None],
) -> None:
    """Execute the notebooks in a folder, as many at once as keep all cores busy.

    `beside`: other work that takes its turn after them. `on_done` gets each page name
    with the executed and cleaned notebook, in the thread that ran it. Raises Failed.
    """
    logging.getLogger("papermill").setLevel(logging.ERROR)

    def run(notebook: Path) -> None:
        executed = _execute(notebook, parameters, scratch)
        _log_seconds(log, page_name(notebook), executed)
        on_done(page_name(notebook), cleaned(executed))

    turns = [*(partial(run, path) for path in notebooks), *beside]
    at_once = (os.cpu_count() or 1) + 1  # one waits while its kernel starts or stops
    with working_in(folder), ThreadPoolExecutor(at_once) as pool:
        # A thread of its own would not know the language in use.
        done = [pool.submit(copy_context().run, turn) for turn in turns]
        try:
            for future in as_completed(done):
                future.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def used_parameters(folder: Path, request: Request, year: int) -> dict[str, dict]:
    """Return page -> the parameters that its executed notebook in a folder used.

    Read back from the notebooks. Raises RuntimeError where they are not those given.
    """
    given, used = request.parameters(year), {}
    for path in request.notebooks:
        name = page_name(path)
        node = nbformat.read(folder / f"{name}.ipynb", as_version=4)
        tagged = [c for c in node.cells if "injected-parameters" in c.metadata.tags]
        used[name] = {
            statement.targets[0].id: ast.literal_eval(statement.value)
            for cell in tagged
            for statement in ast.parse(cell.source).body
        }
        if used[name] != given:
            raise RuntimeError(f"{name}: {used[name]} != {given}")
    return used


def titles_of(notebooks: list[Path], lang: str) -> dict[str, str]:
    """Return page name -> the heading of its first cell, in a language."""
    nodes = {page_name(path): nbformat.read(path, as_version=4) for path in notebooks}
    return {name: page_title(translated(node, lang)) for name, node in nodes.items()}


def page_title(notebook: nbformat.NotebookNode) -> str:
    """Return the heading of the first cell."""
    return notebook.cells[0].source.splitlines()[0].lstrip("# ")


def _execute(notebook: Path, parameters: dict, scratch: Path) -> nbformat.NotebookNode:
    source = scratch / f"source-{notebook.name}"
    output = scratch / notebook.name
    node = translated(nbformat.read(notebook, as_version=4), parameters["lang"])
    nbformat.write(node, source)
    try:
        executed = papermill.execute_notebook(
            source,
            output,
            parameters,
            kernel_name=KERNEL,
            progress_bar=False,
            execution_timeout=CELL_SECONDS,
            extra_arguments=["--log-level=CRITICAL", "--HistoryManager.enabled=False"],
        )
    except PapermillExecutionError as error:
        reason = f"{error.ename}: {error.evalue}"
    except CellTimeoutError:
        reason = n_("một ô chạy quá {n} giây", CELL_SECONDS)
    except DeadKernelError:
        reason = _("kernel dừng giữa chừng")
    else:
        return executed
    partly = nbformat.read(output, as_version=4)
    raise Failed(notebook.stem, reason, cleaned(partly))


def _log_seconds(log: RunLog, name: str, executed: nbformat.NotebookNode) -> None:
    """Log how long a notebook and each of its cells took, as papermill says."""
    cells = [cell.metadata.get("papermill", {}) for cell in executed.cells]
    log.write(
        "notebook",
        name=name,
        seconds=round(executed.metadata.papermill.duration, 3),
        cells=[round(cell.get("duration") or 0, 3) for cell in cells],
    )


def cleaned(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return the notebook without what differs between runs: times, ids, versions."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata.get("language_info", {}).pop("version", None)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02}"
        cell.metadata = nbformat.from_dict({"tags": cell.metadata.get("tags", [])})
    return notebook


@contextlib.contextmanager
def working_in(folder: Path) -> Iterator[None]:
    """Work in a folder; kernels that are started there share it."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
