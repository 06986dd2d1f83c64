"""The builder of the workbooks stands beside the tests."""

import sys
from pathlib import Path

import pytest
from published import read_here

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def _read_here(monkeypatch):
    read_here(monkeypatch)
