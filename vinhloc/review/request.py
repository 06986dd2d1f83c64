"""What was asked for: which review, of which data, in which files, for which place.

Nothing heavy is imported here: a run that has nothing to do should end at once.
"""

from __future__ import annotations

import ast
import csv
import datetime
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from vinhloc.data import (
    PROGRAMME_FILE,
    SUITE,
    bound_notebooks,
    check_outside,
    known_base,
    say_unseen,
)
from vinhloc.figures import LANGUAGES, Fault, _, as_day

PAGES = "html"
# Format -> the file that an edition has of it.
FILES = {"docx": "bao-cao.docx", "pdf": "bao-cao.pdf", "xlsx": "phu-luc.xlsx"}
FORMATS = (PAGES, *FILES)
FORM = "bieu-nhap-{year}.xlsx"  # where figures lack
MOST_LETTERS = 100  # of a number or a name on the report
# What an edition holds beside them: the front page, the assessment as a table.
INDEX, ASSESSMENT = "index.html", "assessment.csv"
ANNEX, CHANGES = "annex", "changes"  # pages: of all indicators, of what changed
# By number: 00 opens the yearly review, 60 is for themes that the programme names no
# notebook for, 80-89 belong to the end-of-term review alone, 90 and above are for the
# analyst and never published.
OVERVIEW, GENERAL, TERM, EXPLORE = 0, 60, 80, 90
OF_TERM = range(TERM, EXPLORE)
THEMES = "themes.csv"
OF_EVERY_REVIEW = ("index", ANNEX, CHANGES)  # its pages without a notebook
# What a review writes or deletes in the folder of all reviews, beside its edition.
OWN = {INDEX, "editions", "failed", "runs"}
EDITION = re.compile(r"(demo-)?\d+(-\d+)?(-en)?")


def edition_name(when: object, *, made_up: bool, lang: str) -> str:
    """Return the folder of a review: 2023, 2023-en, demo-2023, 2020-2025, ..."""
    return f"{'demo-' if made_up else ''}{when}" + ("" if lang == "vi" else f"-{lang}")


def names_edition(name: str) -> bool:
    """Tell whether a name is one that `edition_name` gives."""
    return bool(EDITION.fullmatch(name))


@dataclass(frozen=True)
class Signing:
    """What is known of one report only: its number, its day, who signs.

    Raises Fault for a text that is too long or holds letters that nobody sees.
    """

    number: str = ""
    signed_on: datetime.date | None = None
    signatory: str = ""

    def __post_init__(self):
        for text in (self.number, self.signatory):
            if len(text) > MOST_LETTERS:
                raise Fault(_("dài quá {most} ký tự", most=MOST_LETTERS))
            if advice := say_unseen(text):
                raise Fault(advice)

    def parameters(self) -> dict[str, str]:
        """Return what is given, as text for the manifest."""
        return {name: str(value) for name, value in asdict(self).items() if value}


UNSIGNED = Signing()


def parse_formats(text: str) -> tuple[str, ...]:
    """Return the formats that a list such as "html,pdf" names, in their own order.

    Raises Fault for one that there is not, and for none.
    """
    wished = {part.strip().lower() for part in text.split(",")} - {""}
    if strange := sorted(wished - {*FORMATS}):
        names = ", ".join(strange)
        text = _("không có định dạng {names}; các định dạng: {known}")
        raise Fault(text.format(names=names, known=", ".join(FORMATS)))
    if not wished:
        raise Fault(_("chưa chọn định dạng nào"))
    return tuple(name for name in FORMATS if name in wished)


@dataclass(frozen=True)
class Request:
    """A review as asked for; without a year: of the latest one that has a figure.

    `folder` is that of the programme, found already; `as_of` an ISO day or "". Figures
    of years after the one under review are shown only with `later`. With
    `only`, these notebooks run in place of the review's own. `jobs`: how many of them
    at once; as many as keep all cores busy without it. Without `own`, a notebook that
    the programme's folder brings is not run: it is code. Raises Fault for what is of
    another type, no such day or language, and for a place `out` that is part of the
    data or holds links where the review writes and deletes.
    """

    folder: Path
    out: Path
    lang: str = "vi"
    year: int | None = None
    term: bool = False
    later: bool = False
    as_of: str = ""
    formats: Sequence[str] = FORMATS
    signing: Signing = UNSIGNED
    only: Sequence[Path] | None = None
    jobs: int | None = None
    own: bool = True

    def __post_init__(self):
        for fault in _faults(self):
            raise Fault(fault)

    @cached_property
    def runs(self) -> list[Run]:
        """The notebooks to run; none where no pages are wanted."""
        if PAGES not in self.formats:
            return []
        bound = bound_notebooks(self.folder, own=self.own)
        paths = published_notebooks(term=self.term)
        if self.only:
            paths = [path.resolve() for path in self.only]
            bound = {theme: path.resolve() for theme, path in bound.items()}
            bound = {theme: path for theme, path in bound.items() if path in paths}
        return runs_of(paths, themes_of(self.folder), bound)

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
        given |= {"period": "term"} if self.term else {}
        return given | ({"later": True} if self.later else {})

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
        if name in OWN or names_edition(name):
            text = _("«{name}» trong nơi xuất bản là liên kết; hãy bỏ liên kết đó")
            yield text.format(name=name)


@dataclass(frozen=True)
class Run:
    """A notebook to run, the page that it gives, and the theme that it reads ("")."""

    path: Path
    page: str
    theme: str = ""


def runs_of(
    paths: Sequence[Path], themes: Sequence[str], bound: Mapping[str, Path]
) -> list[Run]:
    """Return the runs of notebooks for a programme with these themes, in their order.

    The themes stand together, in the programme's order; one without a notebook bound
    to it gets the general one. What was written for a theme runs nowhere else.
    """
    free = [path for path in paths if path not in bound.values()]
    general = next((path for path in free if _number(path) == GENERAL), None)
    themed = [Run(bound.get(theme, general), theme, theme) for theme in themes]
    rest = [path for path in free if path != general and not theme_of(path)]
    runs = [Run(path, page_name(path)) for path in rest]
    before = [run for run in runs if _number(run.path) in (OVERVIEW, *OF_TERM)]
    after = [run for run in runs if run not in before]
    return [*before, *(run for run in themed if run.path), *after]


def check_pages(runs: Sequence[Run]) -> None:
    """Raise Fault for a theme whose page would take the place of another."""
    pages = [*OF_EVERY_REVIEW, *(run.page for run in runs)]
    for run in runs:
        if run.theme and pages.count(run.page) > 1:
            text = _("mã lĩnh vực «{theme}» là tên của một trang khác; hãy đổi mã đó")
            raise Fault(text.format(theme=run.theme))


def published_notebooks(*, term: bool = False) -> list[Path]:
    """Return the notebooks of the yearly or the end-of-term review in their order."""
    places = [place for place in SUITE if place.is_dir()]
    found = sorted(places[0].glob("[0-9][0-9]_*.ipynb")) if places else []
    if not term:
        return [path for path in found if _number(path) < TERM]
    of_term = [path for path in found if _number(path) in OF_TERM]
    return of_term + [path for path in found if OVERVIEW < _number(path) < TERM]


def _number(notebook: Path) -> int:
    return int(notebook.name[:2])


def page_name(notebook: Path) -> str:
    """Return a notebook's name without its number: 00_overview -> overview."""
    return notebook.stem[3:]


def label_of(notebook: Path) -> str:
    """Return what a manifest calls a notebook: one of the suite's is its name alone."""
    place = notebook.resolve().parent
    return notebook.name if place in SUITE else f"{place.name}/{notebook.name}"


def theme_of(notebook: Path) -> str:
    """Return the theme that a notebook's parameters name; "" if it reads all."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    tagged = [c for c in cells if "parameters" in c["metadata"].get("tags", ())]
    for cell in tagged:
        for statement in ast.parse("".join(cell["source"])).body:
            match statement:
                case ast.Assign([ast.Name("theme")], ast.Constant(str(theme))):
                    return theme
    return ""


def themes_of(folder: Path) -> list[str]:
    """Return the themes of a programme's folder in their order.

    None where they cannot be read: who loads the programme will say why.
    """
    places = [place / THEMES for place in (folder, known_base(folder)) if place]
    try:
        text = next(place for place in places if place.exists()).read_text("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        return [row["theme"] for row in sorted(rows, key=lambda r: int(r["order"]))]
    except (OSError, ValueError, KeyError, TypeError, csv.Error, StopIteration):
        return []
