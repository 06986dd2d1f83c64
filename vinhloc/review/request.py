"""What was asked for: which review, of which data, in which files, for which place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from vinhloc.data import PROGRAMME_FILE, check_outside
from vinhloc.figures import LANGUAGES, Fault, _, as_day
from vinhloc.review.files import FILES, FORMATS, INDEX, PAGES, UNSIGNED, Signing
from vinhloc.review.suite import Run, published_notebooks, runs_of, themes_of

# What a review writes or deletes in the folder of all reviews.
OWN = re.compile(r"index\.html|editions|failed|runs|(demo-)?\d+(-\d+)?(-en)?")


@dataclass(frozen=True)
class Request:
    """A review as asked for; without a year: of the latest one that has a figure.

    `folder` is that of the programme, found already; `as_of` an ISO day or "". With
    `only`, these notebooks run in place of the review's own. `jobs`: how many of them
    at once; as many as keep all cores busy without it. Raises Fault for what is
    of another type, no such day or language, and for a place `out` that is part of
    the data or holds links where the review writes and deletes.
    """

    folder: Path
    out: Path
    lang: str = "vi"
    year: int | None = None
    term: bool = False
    as_of: str = ""
    formats: Sequence[str] = FORMATS
    signing: Signing = UNSIGNED
    only: Sequence[Path] | None = None
    jobs: int | None = None

    def __post_init__(self):
        for fault in _faults(self):
            raise Fault(fault)

    @cached_property
    def runs(self) -> list[Run]:
        """The notebooks to run; none where no pages are wanted."""
        if PAGES not in self.formats:
            return []
        paths = self.only or published_notebooks(term=self.term)
        return runs_of(paths, themes_of(self.folder))

    @property
    def notebooks(self) -> list[Path]:
        """The files of the notebooks to run."""
        return sorted({run.path for run in self.runs})

    @property
    def entry(self) -> str:
        """The file of the edition that a reader opens first."""
        return INDEX if self.runs else FILES[self.formats[0]]

    @property
    def root(self) -> Path:
        """The folder that kernels work in.

        The data's path from there is relative, so that the published copy holds no
        machine's folder and can be run again from any place below that folder.
        """
        folder = self.folder.resolve()
        root = folder.parents[1] if folder.parts[-2:] == ("data", "raw") else None
        if root is None and folder.parts[-3:-1] == ("data", "raw"):
            root = folder.parents[2]
        return root or folder.parent

    def parameters(self, year: int | None) -> dict:
        """Return the notebooks' parameters, for a year."""
        path = self.folder.resolve().relative_to(self.root).as_posix()
        given = {"year": year, "data": path, "lang": self.lang, "as_of": self.as_of}
        return given | ({"period": "term"} if self.term else {})

    def all_parameters(self, year: int | None) -> dict:
        """Return all that what is published depends on, as the manifest states it."""
        asked = {"formats": list(self.formats), **self.signing.parameters()}
        return {**self.parameters(year), **asked}


def _faults(asked: Request) -> Iterator[str]:
    """Give what is wrong with a request; nothing has been read or started yet."""
    if asked.year is not None and type(asked.year) is not int:
        yield _("«{value}» không phải năm", value=asked.year)
    if asked.lang not in LANGUAGES:
        yield _("cần một trong: {options}", options=", ".join(LANGUAGES))
    day = as_day(asked.as_of)  # raises what is to be said
    if not isinstance(asked.as_of, str) or (day and day.isoformat() != asked.as_of):
        yield _("«{value}» không phải ngày kiểu 2023-12-31", value=asked.as_of)
    if not (asked.folder / PROGRAMME_FILE).is_file():
        values = {"file": PROGRAMME_FILE, "folder": asked.folder}
        yield _("không thấy {file} trong thư mục «{folder}»", **values)
    check_outside(asked.out)  # this, too
    places = asked.out.iterdir() if asked.out.is_dir() else ()
    for name in sorted(p.name for p in places if p.is_symlink()):
        if OWN.fullmatch(name):
            text = _("«{name}» trong nơi xuất bản là liên kết; hãy bỏ liên kết đó")
            yield text.format(name=name)
