"""Which notebooks a review runs, and in which order."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
# In a clone the notebooks stand beside the package, in a wheel within it.
PLACES = (PACKAGE.parent / "notebooks", PACKAGE / "notebooks")
# By number: 00 opens the yearly review, 80-89 belong to the end-of-term review alone,
# 90 and above are for the analyst and never published.
OVERVIEW, TERM, EXPLORE = 0, 80, 90


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
