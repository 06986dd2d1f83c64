"""A programme that workbooks are brought into, and LibreOffice to open them with."""

import csv
import json
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from published import read_here

from vinhloc.commands.cli import main
from vinhloc.data.loading import load, pack, unpack
from vinhloc.office.form import write_form
from vinhloc.office.layout import COLUMN, COVER, COVER_COLUMN, COVER_SHEET, FIRST_ROW

RAW = Path(__file__).parents[2] / "data" / "raw"
FILLER = Path(__file__).with_name("fill_in_libreoffice.py")
YEAR = 2024


# Of every theme of the real programme what shows the behaviour.
KEPT = "accumulated_farmland grain_output rice_area rice_yield rice_output maize_area"
KEPT += " flower_cooperative_group income_per_capita child_vaccination_rate"
KEPT += " poor_household_rate health_insurance_rate model_neighbourhood_rate"
KEPT += " house_numbering_done street_naming_done safe_residential_area_rate"
KEPT += " conscription_quota_rate"


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """Return the folder of the real programme with the indicators KEPT alone."""
    ignored = shutil.ignore_patterns("demo", "source_figures.csv")
    folder = tmp_path_factory.mktemp("programme") / "small"
    shutil.copytree(RAW, folder, ignore=ignored)
    for path in folder.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        if "indicator" in header:
            at, kept = header.index("indicator"), {*KEPT.split(), "*", ""}
            rows = [row for row in rows if row[at] in kept]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return folder


@pytest.fixture(scope="session")
def known(small):
    """Return the folder that imports write into, and what `small` is read as there."""
    place = Path(shutil.copytree(small, small.with_name("raw")))
    data = load(place).derive()
    assert data.questions.empty  # derived, too: every import asks for them
    return place, pack(data)


@pytest.fixture
def programme(request, known, small):
    """Return the folder of a programme, copied anew: imports write into it.

    It is `small`, or the "whole" one where a test asks for that. It stands at the same
    place each time, so that it need not be read each time.
    """
    place, packed = known
    shutil.rmtree(place, ignore_errors=True)
    folder = RAW if getattr(request, "param", "") == "whole" else small
    shutil.copytree(folder, place, ignore=shutil.ignore_patterns("demo"))
    unpack(packed)
    return place


@pytest.fixture(scope="session")
def empty_form(small, tmp_path_factory):
    """Return the path of this year's empty form of all themes."""
    path = tmp_path_factory.mktemp("form") / "bieu.xlsx"
    write_form(load(small), YEAR, path)
    return path


@pytest.fixture
def form(empty_form, tmp_path):
    """Return the path of an empty form of a test's own."""
    return Path(shutil.copy(empty_form, tmp_path / "bieu.xlsx"))


@pytest.fixture
def run(programme, capfd, monkeypatch):
    """Return what runs a command on the programme: its exit code and what it said."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("VINHLOC_LANG", raising=False)

    def command(*arguments):
        with pytest.raises(SystemExit) as left:
            main([*map(str, arguments), "--data", str(programme)])
        said = capfd.readouterr()
        return left.value.code, said.out + said.err

    return command


def places_in(book) -> dict[str, tuple[str, int]]:
    """Return the sheet and row of each indicator of a form."""
    return {
        row[0].value: (sheet.title, row[0].row)
        for sheet in book
        for row in sheet.iter_rows(min_row=FIRST_ROW, max_col=1)
        if row and row[0].value and sheet.title not in (COVER_SHEET, "vinhloc")
    }


@pytest.fixture
def places():
    """Return what finds the sheet and row of each indicator of a form."""
    return lambda path: places_in(openpyxl.load_workbook(path, read_only=True))


@pytest.fixture(scope="session")
def fill():
    """Return what fills a form: entries as indicator -> {column key: typed}."""

    def filled(path, entries, target, **cover):
        book = openpyxl.load_workbook(path)
        for indicator, (sheet, row) in places_in(book).items():
            for key, typed in entries.get(indicator, {}).items():
                book[sheet].cell(row, COLUMN[key] + 1).value = typed
        for key, typed in cover.items():
            _label, row = COVER[key]
            book[COVER_SHEET].cell(row, COVER_COLUMN + 1).value = typed
        book.save(target)
        return target

    return filled


@pytest.fixture
def typed_in_libreoffice(tmp_path):
    """Return what types entries, [[sheet, cell, text], ...], into a workbook."""

    def typed(path, entries, target):
        todo = tmp_path / "entries.json"
        todo.write_text(json.dumps(entries), "utf-8")
        command = ["/usr/bin/python3", FILLER, path, todo, target]
        subprocess.run(command, check=True, timeout=120)
        return target

    return typed


@pytest.fixture(autouse=True)
def _read_here(monkeypatch):
    read_here(monkeypatch)
