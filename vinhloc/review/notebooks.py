"""Run the source notebooks through papermill, in the language asked for."""

from __future__ import annotations

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
from papermill.exceptions import PapermillExecutionError

from vinhloc.language import _, catalogue

PACKAGE = Path(__file__).resolve().parents[1]
# In a clone the notebooks stand beside the package, in a wheel within it.
PLACES = (PACKAGE.parent / "notebooks", PACKAGE / "notebooks")
# By number: 00 opens the yearly review, 80-89 belong to the end-of-term review alone,
# 90 and above are for the analyst and never published.
OVERVIEW, TERM, EXPLORE = 0, 80, 90
KERNEL = "python3"


class UnknownParameter(ValueError):
    """Raised where a notebook does not have the parameters that it is given."""


class Failed(RuntimeError):
    """Raised where a notebook fails; `notebook` is the partly executed copy.

    `copy` is where that copy is kept, once it is.
    """

    def __init__(self, name: str, reason: str, notebook: nbformat.NotebookNode):
        self.name, self.notebook, self.copy = name, notebook, None
        super().__init__(
            _("sổ tay {name} dừng vì lỗi: {reason}", name=name, reason=reason)
        )


def published_notebooks(*, term: bool = False) -> list[Path]:
    """Return the notebooks of the yearly or the end-of-term review in their order."""
    places = [place for place in PLACES if place.is_dir()]
    found = sorted(places[0].glob("[0-9][0-9]_*.ipynb")) if places else []
    numbers = {path: int(path.name[:2]) for path in found}
    if not term:
        return [path for path in found if numbers[path] < TERM]
    of_term = [path for path in found if TERM <= numbers[path] < EXPLORE]
    return of_term + [path for path in found if OVERVIEW < numbers[path] < TERM]


def page_name(notebook: Path) -> str:
    """Return a notebook's name without its number: 01_agriculture -> agriculture."""
    return notebook.stem[3:]


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
    on_done: Callable[[str, nbformat.NotebookNode], None],
) -> None:
    """Execute the notebooks in a folder, as many at once as there are cores.

    `beside`: other work that takes its turn among them. `on_done` gets each page name
    with the executed and cleaned notebook, in the thread that ran it. Raises
    UnknownParameter before anything runs, or Failed.
    """
    for notebook in notebooks:
        check_parameters(notebook, parameters)
    logging.getLogger("papermill").setLevel(logging.ERROR)

    def run(notebook: Path) -> None:
        on_done(page_name(notebook), _execute(notebook, parameters, scratch))

    turns = [*beside, *(partial(run, path) for path in notebooks)]
    with working_in(folder), ThreadPoolExecutor(os.cpu_count()) as pool:
        # A thread of its own would not know the language in use.
        done = [pool.submit(copy_context().run, turn) for turn in turns]
        try:
            for future in as_completed(done):
                future.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


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
            extra_arguments=["--log-level=CRITICAL"],
        )
    except PapermillExecutionError as error:
        partly = nbformat.read(output, as_version=4)
        reason = f"{error.ename}: {error.evalue}"
        raise Failed(notebook.stem, reason, cleaned(partly)) from None
    return cleaned(executed)


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
