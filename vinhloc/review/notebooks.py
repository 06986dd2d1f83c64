"""Run the source notebooks through papermill, in the language asked for."""

from __future__ import annotations

import ast
import logging
import os
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from vinhloc.data import Data
from vinhloc.figures import (
    Fault,
    Told,
    _,
    catalogue,
    n_,
    use_words,
    worded,
    words_in_use,
)
from vinhloc.review.kernels import own_kernel
from vinhloc.review.request import Request, Run
from vinhloc.review.runlog import RunLog

MARKUP = re.compile(r"[\\`*_\[\]<>&$!|~#]")  # what Markdown takes for more than text
VIETNAMESE = "vi"  # marks a cell of a programme's own notebook on an English page
KERNEL = "python3"  # as Jupyter calls it
CELL_SECONDS = 600  # more than ten times what a review takes as a whole
# Between the choice of a kernel's port and its use, another program may take it.
STARTS = 3


class UnknownParameter(Fault):
    """Raised where a notebook does not have the parameters that it is given."""


class Failed(Told):
    """Raised where a notebook fails; `notebook` is the partly executed copy.

    `copy` is where that copy is kept, once it is.
    """

    def __init__(self, name: str, reason: str, notebook: nbformat.NotebookNode):
        self.name, self.notebook, self.copy = name, notebook, None
        super().__init__(
            _("sổ tay {name} dừng vì lỗi: {reason}", name=name, reason=reason)
        )

    def __str__(self) -> str:
        """Return what failed and why, and where the copy is."""
        said = super().__str__()
        if not self.copy:
            return said
        return said + "; " + _("bản đang chạy dở dang: {path}", path=self.copy)


def check_parameters(run: Run, parameters: dict) -> None:
    """Raise UnknownParameter unless the notebook declares every parameter given.

    papermill itself only warns.
    """
    notebook = run.path
    declared = papermill.inspect_notebook(notebook)
    if strange := sorted(_given_to(run, parameters).keys() - declared.keys()):
        raise UnknownParameter(
            _(
                "{notebook}: không có tham số {names}; các tham số của sổ tay: {known}",
                notebook=notebook.name,
                names=", ".join(strange),
                known=", ".join(declared) or "–",
            )
        )


def _given_to(run: Run, parameters: dict) -> dict:
    """Return the parameters that a run gets; that of a theme also the theme."""
    return parameters | ({"theme": run.theme} if run.theme else {})


def _translated(path: Path, lang: str) -> nbformat.NotebookNode:
    """Return a source notebook with the suite's Markdown in a language."""
    notebook = nbformat.read(path, as_version=4)
    _lang, document = words_in_use()
    ours = catalogue("en") if lang == "en" or any(document) else {}
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source in ours:
            text = ours[cell.source] if lang == "en" else cell.source
            cell.source = worded(text, lang)
        elif cell.cell_type == "markdown" and lang == "en":
            cell.metadata["tags"] = [VIETNAMESE]
    return notebook


def run_notebooks(
    runs: list[Run],
    parameters: dict,
    *,
    titles: dict[str, str],
    folder: Path,
    scratch: Path,
    beside: Iterable[Callable[[], None]] = (),
    log: RunLog,
    on_done: Callable[[str, nbformat.NotebookNode], None],
    jobs: int | None = None,
) -> None:
    """Execute the notebooks in a folder, as many at once as keep all cores busy.

    `jobs`: how many at once instead, where others share the cores.
    `beside`: other work that takes its turn after them. `on_done` gets each page name
    with the executed and cleaned notebook, in the thread that ran it. Raises Failed.
    """
    logging.getLogger("papermill").setLevel(logging.ERROR)

    def make(run: Run) -> None:
        executed = _execute(run, titles[run.page], parameters, folder, scratch)
        _log_seconds(log, run.page, executed)
        on_done(run.page, _cleaned(executed))

    turns = [*(partial(make, run) for run in runs), *beside]
    # One waits while its kernel starts or stops.
    at_once = jobs or (os.cpu_count() or 1) + 1
    # A thread knows the words in use and nothing else of the caller's context, in
    # which jupyter_core keeps a loop of events that two threads could not share.
    with ThreadPoolExecutor(
        at_once, initializer=use_words, initargs=words_in_use()
    ) as pool:
        done = [pool.submit(turn) for turn in turns]
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
    used = {}
    for run in request.runs:
        node = nbformat.read(folder / f"{run.page}.ipynb", as_version=4)
        tagged = [c for c in node.cells if "injected-parameters" in c.metadata.tags]
        used[run.page] = {
            statement.targets[0].id: ast.literal_eval(statement.value)
            for cell in tagged
            for statement in ast.parse(cell.source).body
        }
        given = _given_to(run, request.parameters(year))
        if used[run.page] != given:
            raise RuntimeError(f"{run.page}: {used[run.page]} != {given}")
    return used


def titles_of(runs: list[Run], data: Data, lang: str) -> dict[str, str]:
    """Return page name -> its title in a language: the heading of its first cell.

    Of a theme it is the theme's name.
    """
    names = data.names_of("themes", "theme")
    return {
        run.page: names[run.theme]
        if run.theme
        else _translated(run.path, lang).cells[0].source.splitlines()[0].lstrip("# ")
        for run in runs
    }


def _execute(
    run: Run, title: str, parameters: dict, folder: Path, scratch: Path
) -> nbformat.NotebookNode:
    profile = scratch / f"ipython-{run.page}"
    profile.mkdir()
    source = scratch / f"source-{run.page}.ipynb"
    output = scratch / f"{run.page}.ipynb"
    node = _translated(run.path, parameters["lang"])
    if run.theme:
        _put_heading(node, title)
    nbformat.write(node, source)
    try:
        executed = _started(
            source,
            output,
            _given_to(run, parameters),
            kernel_name=KERNEL,
            kernel_manager_class=own_kernel(profile),
            progress_bar=False,
            execution_timeout=CELL_SECONDS,
            resources={"metadata": {"path": str(folder)}},  # where the kernel works
            extra_arguments=["--log-level=CRITICAL", "--HistoryManager.enabled=False"],
        )
    except PapermillExecutionError as error:
        reason = f"{error.ename}: {error.evalue}"
    except CellTimeoutError:
        reason = n_("một ô chạy quá {n} giây", CELL_SECONDS)
    except DeadKernelError:
        reason = _("kernel dừng giữa chừng")
    except RuntimeError:
        reason = _("kernel không khởi động được")
    else:
        return executed
    partly = nbformat.read(output, as_version=4)
    raise Failed(output.stem, reason, _cleaned(partly))


def _put_heading(notebook: nbformat.NotebookNode, title: str) -> None:
    """Put a title in the place of a notebook's own; it has a cell of its own."""
    first = notebook.cells[0]
    heading, _end, rest = first.source.partition("\n")
    if first.cell_type == "markdown" and heading.startswith("# "):
        first.source = rest.strip()
    shown = MARKUP.sub(r"\\\g<0>", " ".join(title.split()))
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell(f"# {shown}"))


def _started(*arguments, **options) -> nbformat.NotebookNode:
    """Execute a notebook; again, where its kernel died before the first cell."""
    for _start in range(STARTS - 1):
        try:
            return papermill.execute_notebook(*arguments, **options)
        except DeadKernelError:
            raise
        except RuntimeError:
            continue
    return papermill.execute_notebook(*arguments, **options)


def _log_seconds(log: RunLog, name: str, executed: nbformat.NotebookNode) -> None:
    """Log how long a notebook and each of its cells took, as papermill says."""
    cells = [cell.metadata.get("papermill", {}) for cell in executed.cells]
    log.write(
        "notebook",
        name=name,
        seconds=round(executed.metadata.papermill.duration, 3),
        cells=[round(cell.get("duration") or 0, 3) for cell in cells],
    )


def _cleaned(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return the notebook without what differs between runs: times, ids, versions."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata.get("language_info", {}).pop("version", None)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02}"
        cell.metadata = nbformat.from_dict({"tags": cell.metadata.get("tags", [])})
    return notebook
