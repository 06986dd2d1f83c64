"""A small programme to publish, and small notebooks."""

from pathlib import Path

import nbformat
import pytest
from sao_mai import write_programme

from vinhloc.review.request import Request

PARAMETERS = 'year = 0\ndata = ""\nlang = "vi"\nas_of = ""'


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


@pytest.fixture
def notebook(tmp_path):
    """Return a function that writes a notebook with these cells."""

    def write(*sources: str) -> Path:
        made = nbformat.v4.new_notebook()
        spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        made.metadata["kernelspec"] = spec
        parameters = nbformat.v4.new_code_cell(PARAMETERS)
        parameters.metadata["tags"] = ["parameters"]
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        made.cells = [nbformat.v4.new_markdown_cell("# Thử"), parameters, *cells]
        path = tmp_path / "00_only.ipynb"
        nbformat.write(made, path)
        return path

    return write
