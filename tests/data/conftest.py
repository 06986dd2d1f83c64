"""The programme's own files, as text and as loaded."""

from pathlib import Path

import pandas as pd
import pytest

from vinhloc.data.loading import load

RAW = Path(__file__).parents[2] / "data" / "raw"


@pytest.fixture(scope="session")
def folder() -> Path:
    """Return the folder of the raw data."""
    return RAW


@pytest.fixture(scope="session")
def raw():
    """Return a function from a file's name to its cells as typed, with `row`."""

    def read(name: str) -> pd.DataFrame:
        rows = pd.read_csv(RAW / name, dtype=str, keep_default_na=False)
        return rows.assign(row=rows.index + 2)

    return read


@pytest.fixture(scope="session")
def data():
    """Return the programme as loaded."""
    return load(RAW)


@pytest.fixture(scope="session")
def demo():
    """Return the demonstration data as loaded."""
    return load(RAW / "demo")
