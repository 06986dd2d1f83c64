"""Every workbook is read right, or its clerk is told which cell is wrong and why."""

import datetime
import shutil
from pathlib import Path

import build
import openpyxl
import pytest
from cases import CASES

from vinhloc.data.loading import load
from vinhloc.office.form import write_form
from vinhloc.office.receipt import receive

RAW = Path(__file__).parents[2] / "data" / "raw"
TODAY = datetime.date(2025, 4, 1)
DECEMBER = datetime.date(2024, 12, 15)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Return the real programme, copied: what is good of a workbook is kept."""
    folder = tmp_path_factory.mktemp("programme") / "raw"
    return load(shutil.copytree(RAW, folder, ignore=shutil.ignore_patterns("demo")))


@pytest.fixture
def received(data, tmp_path):
    """Return what builds a case's workbook and reads it."""

    def receipt(case):
        path = tmp_path / f"{case.name}.{case.kind}"
        if case.is_form:
            entries = {
                (indicator, key): text
                for indicator, typed in case.entries.items()
                for key, text in typed.items()
            }
            cover = {("", key): text for key, text in case.cover.items()}
            write_form(data, 2024, path, entries=entries | cover)
        elif case.kind == "csv":
            build.csv(path, case.rows, **case.options)
        else:
            write = getattr(build, case.kind)
            write(path, {"Biểu": case.rows}, **case.options)
        options = {"as_of": None if case.is_form else DECEMBER}
        if case.late:
            options["as_of"] = TODAY
        if case.arguments:
            options["year"] = int(case.arguments[1])
        found = receive(data, path, today=TODAY, **options)
        if found.saved:  # another case may have the same bytes
            found.saved.unlink()
        return found

    return receipt


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_workbook_is_read_right_or_its_cells_are_named(case, received):
    receipt = received(case)
    taken = receipt.taken
    assert sorted((p.cell, p.kind) for p in taken.problems) == sorted(case.problems)
    assert sorted((q.cell, q.kind) for q in taken.questions) == sorted(case.questions)
    assert {row["indicator"]: said_of(row) for row in taken.figures} == {
        indicator: normal(said) for indicator, said in case.taken.items()
    }
    assert len(taken.remarks) == case.remarks
    rows = taken.rows_said
    assert rows.pop("rows") == sum(rows.values())
    assert rows["taken"] == len(taken.seen) == len(taken.figures)
    for problem in taken.problems:
        assert problem.why, problem
        assert problem.write or problem.kind == "empty", problem
    waiting = [question for question in taken.questions if not question.answer]
    wanted = {item.cell for item in [*taken.problems, *waiting]}
    assert bool(wanted) == bool(receipt.marked)
    assert marked_cells(receipt.marked) >= wanted - {""}


def said_of(row: dict) -> tuple:
    return float(row["value"]), row["bound"], row["vintage"]


def normal(said: str) -> tuple:
    value, *rest = said.split()
    return float(value), *rest


def marked_cells(path) -> set[str]:
    """Return the cells of a marked copy that carry a comment."""
    if path is None:
        return set()
    cells = (
        cell
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
    )
    return {cell.coordinate for cell in cells if cell.comment}


def test_there_are_sixty_workbooks_and_no_two_of_a_name():
    assert len({case.name for case in CASES}) == len(CASES) >= 60
