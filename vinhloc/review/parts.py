"""The parts of a review that need no notebook, each fit for a process of its own.

Drawing is bound to one process at a time (matplotlib's settings are global), so parts
run beside the notebooks' kernels in forks of the same server; where a system cannot
fork, in ordinary processes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from vinhloc.data import Data, load, write_csv
from vinhloc.figures import use_language
from vinhloc.outlook import add_projection
from vinhloc.review import html
from vinhloc.review.files import ASSESSMENT, FILES, INDEX, PAGES, write_files
from vinhloc.review.fresh import part_of_theme
from vinhloc.review.history import changes_since, earlier_edition, table_of_changes
from vinhloc.review.indicators import FOLDER, indicator_pages
from vinhloc.review.request import Request
from vinhloc.review.view import View

CHANGES = "changes"


@dataclass(frozen=True)
class Work:
    """What is to be made: the request, its year, the titles of all pages, and where."""

    request: Request
    year: int
    pages: dict[str, str]  # page name -> title
    staging: Path
    target: Path  # where the edition is published; an earlier one may stand there

    def view(self, theme: str | None = None) -> View:
        """Return the view of the data, or of what concerns a theme."""
        asked = self.request
        data = load(asked.folder, as_of=asked.as_of, theme=theme)
        return View(data, self.year, term=asked.term)

    def values(self, view: View, here: str) -> dict:
        """Return what every page needs."""
        return html.page_values(view, self.pages, here, formats=self.request.formats)


def parts_of(
    work: Work, data: Data, fresh: Collection[str]
) -> Iterator[tuple[Callable, tuple]]:
    """Give each part to make as a function and its arguments, the longest first."""
    if documents := tuple(f for f in work.request.formats if f in FILES):
        yield write_documents, (work, documents)
    if PAGES in work.request.formats:
        for theme in data.themes["theme"]:
            if part_of_theme(theme) not in fresh:
                yield write_indicators, (work, theme)
    yield write_summary, (work,)


def write_documents(work: Work, documents: tuple[str, ...]) -> None:
    """Write Word, PDF and Excel."""
    use_language(work.request.lang)
    write_files(work.staging, work.view(), documents, work.request.signing)


def write_indicators(work: Work, theme: str) -> None:
    """Write the pages of a theme's indicators."""
    use_language(work.request.lang)
    view = work.view(theme)
    rows = add_projection(view.data.assessment)
    (work.staging / FOLDER).mkdir(exist_ok=True)
    own = rows[rows["theme"] == theme]
    for place, page in indicator_pages(view, work.values(view, FOLDER), own):
        write_text(work.staging / place, page)


def write_summary(work: Work) -> None:
    """Write the assessment; of pages, the front page and that of the changes."""
    use_language(work.request.lang)
    view, path = work.view(), work.staging / ASSESSMENT
    assessment = add_projection(view.data.assessment)
    write_csv(assessment, path)
    if PAGES not in work.request.formats:
        return
    values, count = work.values(view, "index"), 0
    if earlier := earlier_edition(work.target, path):
        edition, name = earlier
        changes = changes_since(edition, assessment)
        count = len(changes)
        table = table_of_changes(changes, made_up=view.data.made_up)
        page = html.changes_page(values | {"here": CHANGES}, table, name)
        write_text(work.staging / f"{CHANGES}.html", page)
    page = html.index_page(view, values | {"changes": count})
    write_text(work.staging / INDEX, page)


def write_text(path: Path, text: str) -> None:
    """Write a text file; the same bytes on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")
