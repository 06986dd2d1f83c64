"""The parts of a review that need no notebook, each fit for a process of its own.

Drawing is bound to one process at a time (matplotlib's settings are global), so parts
run beside the notebooks' kernels in forks of the same server; where a system cannot
fork, in ordinary processes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from vinhloc.data import Data
from vinhloc.language import use_language
from vinhloc.loading import load
from vinhloc.outlook import add_projection
from vinhloc.processed import write_csv
from vinhloc.review import html
from vinhloc.review.files import ASSESSMENT, FILES, INDEX, PAGES, write_files
from vinhloc.review.fresh import part_of_theme
from vinhloc.review.indicators import FOLDER, indicator_pages
from vinhloc.review.request import Request
from vinhloc.review.view import View


@dataclass(frozen=True)
class Work:
    """What is to be made: the request, its year, the titles of all pages, and where."""

    request: Request
    year: int
    pages: dict[str, str]  # page name -> title
    staging: Path

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
        yield write_front, (work,)
    yield write_assessment, (work,)


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


def write_front(work: Work) -> None:
    """Write the front page."""
    use_language(work.request.lang)
    view = work.view()
    page = html.index_page(view, work.values(view, "index"))
    write_text(work.staging / INDEX, page)


def write_assessment(work: Work) -> None:
    """Write the assessment with the projection."""
    use_language(work.request.lang)
    assessment = add_projection(work.view().data.assessment)
    write_csv(assessment, work.staging / ASSESSMENT)


def write_text(path: Path, text: str) -> None:
    """Write a text file; the same bytes on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")
