"""data/processed is what `vinhloc build` makes of data/raw now."""

from pathlib import Path

import pandas as pd
import pytest

from vinhloc.data.processed import FRAMES, build_processed

PROCESSED = Path(__file__).parents[2] / "data" / "processed"


@pytest.fixture(scope="module")
def built(data, tmp_path_factory):
    out = tmp_path_factory.mktemp("processed")
    build_processed(data, out)
    return out


@pytest.mark.parametrize("name", FRAMES)
def test_the_committed_table_is_the_one_that_is_built(built, name):
    committed = (PROCESSED / f"{name}.csv").read_bytes()
    assert committed == (built / f"{name}.csv").read_bytes(), "run: vinhloc build"


def test_every_committed_table_is_one_that_is_built():
    assert {path.stem for path in PROCESSED.glob("*.csv")} == set(FRAMES)


def test_no_path_of_this_computer_stands_in_a_table(built):
    for path in built.glob("*.csv"):
        assert str(Path.home()) not in path.read_text("utf-8")
        assert str(PROCESSED.parents[1]) not in path.read_text("utf-8")


def test_the_codebook_explains_every_column_of_the_assessment(built):
    codebook = (PROCESSED / "README.md").read_text("utf-8")
    own = pd.read_csv(built / "assessment.csv", nrows=0).columns
    copied = pd.read_csv(built / "indicators.csv", nrows=0).columns
    unknown = [name for name in own.difference(copied) if f"`{name}`" not in codebook]
    assert unknown == []
