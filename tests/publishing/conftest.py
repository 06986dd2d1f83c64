"""A small programme to publish, and small notebooks."""

import pytest
from sao_mai import write_programme

from vinhloc.review.request import Request

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
