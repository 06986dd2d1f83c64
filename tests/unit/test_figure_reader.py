"""The figure of an entry is read by its indicator's facts and its programme's units."""

import dataclasses
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from vinhloc.data.loading import load
from vinhloc.office import figure_reader
from vinhloc.office.figure_reader import FigureReader, Refused
from vinhloc.office.files import files
from vinhloc.office.files.files import Cell
from vinhloc.office.names import Names
from vinhloc.office.submission import Entry

RAW = Path(__file__).parents[2] / "data" / "raw"


@pytest.fixture(scope="module")
def data():
    return load(RAW)


def reading(data, value, *, row: dict, percent=False, **unit):
    """Read an actual of the poverty rate, its row of indicators.csv changed."""
    facts = data.tables["indicators.csv"]
    facts = facts[facts["indicator"] == "poor_household_rate"].assign(**row)
    units = data.tables["units.csv"]
    units = pd.concat([units, units[units["unit"] == "%"].assign(**unit)])
    tables = {"indicators.csv": facts, "units.csv": units.drop_duplicates("unit")}
    data = dataclasses.replace(data, tables=data.tables | tables)
    reader = FigureReader(data, Names(data))
    cell = Cell(9, 6, value, percent=percent)
    entry = Entry("", 9, "poor_household_rate", "", {"actual": cell})
    return reader.read(cell, entry, reader.fact(entry), confirmed=False)


def test_a_unit_of_the_programme_is_a_percentage_in_text_and_number(data):
    facts = {"row": {"unit": "% hộ"}, "unit": "% hộ", "name_vi": "% hộ"}
    assert reading(data, 0.025, percent=True, **facts).value == Decimal("2.5")
    for typed in ("0,025", 0.025):
        with pytest.raises(Refused) as caught:
            reading(data, typed, **facts)
        assert caught.value.kind == "mangled"


def test_one_end_of_a_range_is_enough_to_find_what_lost_its_mark(data):
    row = {"plausible_low": float("nan"), "plausible_high": 30}
    with pytest.raises(Refused) as caught:
        reading(data, "975", row=row)
    assert caught.value.kind == "mangled"
    assert reading(data, "97,5", row={**row, "plausible_high": float("nan")}).value


def test_each_doubt_about_a_cell_is_said_in_words_or_asked():
    assert {*figure_reader.DOUBTS, "hidden"} == {*files.DOUBTS}
