"""A programme that workbooks are brought into, and LibreOffice to open them with."""

import json
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from vinhloc.commands.cli import main
from vinhloc.data.loading import load
from vinhloc.office.form import write_form
from vinhloc.office.layout import COLUMN, COVER, COVER_COLUMN, COVER_SHEET, FIRST_ROW

RAW = Path(__file__).parents[2] / "data" / "raw"
FILLER = Path(__file__).with_name("fill_in_libreoffice.py")
YEAR = 2024


@pytest.fixture
def programme(tmp_path):
    """Return the folder of the real programme, copied: imports write into it."""
    ignored = shutil.ignore_patterns("demo")
    return Path(shutil.copytree(RAW, tmp_path / "raw", ignore=ignored))


@pytest.fixture(scope="session")
def empty_form(tmp_path_factory):
    """Return the path of this year's empty form of all themes."""
    path = tmp_path_factory.mktemp("form") / "bieu.xlsx"
    write_form(load(RAW), YEAR, path)
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


def places_in(path) -> dict[str, tuple[str, int]]:
    """Return the sheet and row of each indicator of a form."""
    book = openpyxl.load_workbook(path, read_only=True)
    return {
        row[0].value: (sheet.title, row[0].row)
        for sheet in book
        for row in sheet.iter_rows(min_row=FIRST_ROW, max_col=1)
        if row and row[0].value and sheet.title not in (COVER_SHEET, "vinhloc")
    }


@pytest.fixture
def places():
    """Return what finds the sheet and row of each indicator of a form."""
    return places_in


@pytest.fixture
def fill():
    """Return what fills a form: entries as indicator -> {column key: typed}."""

    def filled(path, entries, target, **cover):
        book = openpyxl.load_workbook(path)
        for indicator, (sheet, row) in places_in(path).items():
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
