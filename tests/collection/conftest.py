"""A few communes that do not exist, to roll up and to review."""

from dataclasses import replace
from pathlib import Path

import pytest
from sao_mai import SAO_MAI, write_programme

from vinhloc.collection.members import programmes_in
from vinhloc.collection.reviews import requests_of

CELLS = ["import vinhloc as vl", "vl.load(data).programme.id"]
FIGURES = """\
    indicator,   year, value
    clean_water, 2026, {water}
    roads_built, 2026, {roads}
    """
COMMUNES = {
    "an-lac": (95.5, 410),
    "ba-vi": (88.5, 350),
    "co-loa": (90.0, 400),
    "dai-an": (70.0, ""),
}
AREAS = """\
    area,level,name_vi,name_en,parent
    sao-mai,commune,xã {name},{name} commune,{district}
    ban-mai,commune,xã Ban Mai,Ban Mai commune,{district}
    {district},district,huyện {district},{district} district,ngan-ha
    ngan-ha,province,tỉnh Ngân Hà,Ngân Hà province,
    """


def write_commune(folder: Path, water, roads, *, district="dong", **files):
    areas = AREAS.format(name=folder.name, district=district)
    figures = FIGURES.format(water=water, roads=roads)
    figures = "\n".join(x for x in figures.splitlines() if not x.endswith(", "))
    return write_programme(folder, actuals=figures, areas=areas, **files)


@pytest.fixture
def collection(tmp_path):
    """Return the folder of four communes in two districts."""
    folder = tmp_path / "communes"
    for number, (name, figures) in enumerate(COMMUNES.items()):
        write_commune(folder / name, *figures, district="dong" if number < 3 else "tay")
    return folder


@pytest.fixture
def made_up():
    """Return a programme.toml that says its figures are made up."""
    return SAO_MAI["programme.toml"].replace("made_up = false", "made_up = true")


@pytest.fixture
def asked(collection, notebook, tmp_path):
    """Return a function that gives the requests for each commune's review."""

    def of(*cells: str, formats=("html", "xlsx")) -> dict:
        found = requests_of(
            programmes_in(collection), tmp_path / "reports", 2026, formats=formats
        )
        only = [notebook(*(cells or CELLS))]
        return {name: replace(one, only=only) for name, one in found.items()}

    return of
