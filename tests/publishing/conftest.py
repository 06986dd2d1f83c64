"""A copy of the programme to publish, and small notebooks."""

import shutil
from pathlib import Path

import nbformat
import pytest
from published import ROOT

from vinhloc.review.request import Request

PARAMETERS = 'year = 0\ndata = ""\nlang = "vi"\nas_of = ""'


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the programme with its demonstration."""
    copied = tmp_path / "data" / "raw"
    shutil.copytree(ROOT / "data" / "raw", copied)
    return copied


@pytest.fixture
def out(tmp_path):
    return tmp_path / "reports"


@pytest.fixture
def asked(folder, out):
    """Return a request for the smallest edition: the annex table only."""
    return Request(folder=folder, out=out, year=2022, formats=("xlsx",))


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
