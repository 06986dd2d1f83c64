"""The parts of a review that need no notebook, each fit for a process of its own.

Drawing is bound to one process at a time (matplotlib's settings are global), so parts
run beside the notebooks' kernels in forks of the same server; where a system cannot
fork, in ordinary processes.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vinhloc.data import Data, load
from vinhloc.language import use_language
from vinhloc.outlook import add_projection
from vinhloc.processed import write_csv
from vinhloc.review import html
from vinhloc.review.files import FILES, PAGES, Signing, write_files
from vinhloc.review.indicators import FOLDER, indicator_pages
from vinhloc.review.view import View

ASSESSMENT, INDEX = "assessment.csv", "index.html"


@dataclass(frozen=True)
class Work:
    """What is to be made: of which data, seen how, in which language, and where."""

    folder: Path
    as_of: datetime.date | None
    year: int
    term: bool
    lang: str
    staging: Path
    pages: dict[str, str]  # page name -> title
    formats: tuple[str, ...]
    signing: Signing

    @property
    def view(self) -> View:
        """The view of the data; a process reads them once."""
        return View(_data(self.folder, self.as_of), self.year, term=self.term)


@cache
def _data(folder: Path, as_of: datetime.date | None) -> Data:
    return load(folder, as_of=as_of)


def parts_of(work: Work, halves: int) -> Iterator[tuple[Callable, tuple]]:
    """Give each part as a function and its arguments, what takes longest first."""
    documents = tuple(f for f in work.formats if f in FILES)
    if documents:
        yield write_documents, (work, documents)
    if PAGES in work.formats:
        for half in range(halves):
            yield write_indicators, (work, half, halves)
        yield write_front, (work,)
    yield write_assessment, (work,)


def write_documents(work: Work, documents: tuple[str, ...]) -> None:
    """Write Word, PDF and Excel."""
    use_language(work.lang)
    write_files(work.staging, work.view, documents, work.signing)


def write_indicators(work: Work, half: int, halves: int) -> None:
    """Write the pages of every second indicator, or every third, ..."""
    use_language(work.lang)
    view = work.view
    assessment = add_projection(view.data.assessment)
    names = assessment["indicator"].unique()[half::halves]
    own = assessment[assessment["indicator"].isin(names)]
    values = html.page_values(view, work.pages, FOLDER, formats=work.formats)
    (work.staging / FOLDER).mkdir(exist_ok=True)
    for place, page in indicator_pages(view, values, own):
        write_text(work.staging / place, page)


def write_front(work: Work) -> None:
    """Write the front page."""
    use_language(work.lang)
    view, formats = work.view, work.formats
    values = html.page_values(view, work.pages, "index", formats=formats)
    write_text(work.staging / INDEX, html.index_page(view, values))


def write_assessment(work: Work) -> None:
    """Write the assessment with the projection."""
    use_language(work.lang)
    assessment = add_projection(work.view.data.assessment)
    write_csv(assessment, work.staging / ASSESSMENT)


def write_text(path: Path, text: str) -> None:
    """Write a text file; the same bytes on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")
