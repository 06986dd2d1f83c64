"""Which notebooks a review runs for a programme, and in which order."""

from __future__ import annotations

import ast
import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vinhloc.data import known_base
from vinhloc.figures import Fault, _

PACKAGE = Path(__file__).resolve().parents[1]
# In a clone the notebooks stand beside the package, in a wheel within it.
PLACES = (PACKAGE.parent / "notebooks", PACKAGE / "notebooks")
# By number: 00 opens the yearly review, 60 is for themes without a notebook of their
# own, 80-89 belong to the end-of-term review alone, 90 and above are for the analyst
# and never published.
OVERVIEW, GENERAL, TERM, EXPLORE = 0, 60, 80, 90
THEMES = "themes.csv"
OF_EVERY_REVIEW = ("index", "changes")  # its pages without a notebook


@dataclass(frozen=True)
class Run:
    """A notebook to run, the page that it gives, and the theme that it reads ("")."""

    path: Path
    page: str
    theme: str = ""

    @property
    def general(self) -> bool:
        """Whether it is the notebook for any theme, run for this one."""
        return bool(self.theme) and page_name(self.path) != self.theme


def runs_of(paths: Sequence[Path], themes: Sequence[str]) -> list[Run]:
    """Return the runs of notebooks for a programme with these themes, in their order.

    The themes stand together, in the programme's order; one without a notebook of its
    own gets the general one. Notebooks of other themes are left out.
    """
    own = {theme: path for path in paths if (theme := theme_of(path))}
    general = next((path for path in paths if _number(path) == GENERAL), None)
    themed = [Run(own.get(theme, general), theme, theme) for theme in themes]
    rest = [path for path in paths if path != general and path not in own.values()]
    first = min(map(paths.index, own.values()), default=len(paths))
    runs = [Run(path, page_name(path)) for path in rest]
    before = [run for run in runs if paths.index(run.path) < first]
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
    places = [place for place in PLACES if place.is_dir()]
    found = sorted(places[0].glob("[0-9][0-9]_*.ipynb")) if places else []
    if not term:
        return [path for path in found if _number(path) < TERM]
    of_term = [path for path in found if TERM <= _number(path) < EXPLORE]
    return of_term + [path for path in found if OVERVIEW < _number(path) < TERM]


def _number(notebook: Path) -> int:
    return int(notebook.name[:2])


def page_name(notebook: Path) -> str:
    """Return a notebook's name without its number: 01_agriculture -> agriculture."""
    return notebook.stem[3:]


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
