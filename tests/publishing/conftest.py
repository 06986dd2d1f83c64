"""A small programme to publish, and small notebooks."""

import shutil

import pytest
from sao_mai import write_programme

from vinhloc.review.request import Request
from vinhloc.review.run import run_review

ACTUALS = """\
    indicator, year, value, vintage, as_of
    clean_water, 2026, 88.5, estimate, 2026-12-20
    clean_water, 2026, 91.5, final, 2027-01-05
    rice_area, 2026, 301.5, final, 2027-01-05
    roads_built, 2026, 410, final, 2027-01-05
    """


@pytest.fixture
def programme(tmp_path):
    """Return the small made-up programme, with a few figures of 2026."""
    return write_programme(tmp_path / "data" / "raw", actuals=ACTUALS)


@pytest.fixture
def folder(programme):
    """Return its folder."""
    return programme.path


@pytest.fixture
def out(tmp_path):
    return tmp_path / "reports"


@pytest.fixture
def asked(folder, out):
    """Return a request for the smallest edition: the annex table only."""
    return Request(folder=folder, out=out, year=2026, formats=("xlsx",))


@pytest.fixture(scope="session")
def first_edition(tmp_path_factory):
    """Return a folder of reports in which the smallest edition is published."""
    place = tmp_path_factory.mktemp("first")
    folder = write_programme(place / "data" / "raw", actuals=ACTUALS).path
    out = place / "reports"
    run_review(Request(folder=folder, out=out, year=2026, formats=("xlsx",)))
    return out


@pytest.fixture
def published(asked, first_edition):
    """Publish what is asked for, as a copy; return the folder of the edition."""
    shutil.copytree(first_edition, asked.out)
    return asked.out / str(asked.year)
