"""Whatever is read, nothing is raised but our own: seeded, 15 times as long in a soak.

The same inputs each time. `SOAK=1` (make soak) tries fifteen times as many.
"""

import csv
import datetime
import io
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from corpus import ATTACKS, SHOWN
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from live import formulas_of, live_in_office, strange_in
from published import read_here
from spoiled import RAW

import vinhloc as vl
from vinhloc.data import contracts as c
from vinhloc.data.actuals import ACTUALS
from vinhloc.data.files import CONTRACTS
from vinhloc.data.programme import Programme, read_stated, stated_problems
from vinhloc.office.files.child import answer
from vinhloc.office.files.files import LIMITS, Unreadable, read_office_file
from vinhloc.office.form import write_form
from vinhloc.office.receipt import receive

EVERY_KIND = Path(__file__).parents[1] / "every_kind"
MORE = 15 if os.environ.get("SOAK") else 1
TODAY = datetime.date(2028, 4, 1)
TABLES = {name: (RAW / name, contract) for name, contract in CONTRACTS.items()}
TABLES["actuals"] = (RAW / "actuals" / "public.csv", ACTUALS)
LINES = {
    name: path.read_text("utf-8").splitlines()[:4]
    for name, (path, _contract) in TABLES.items()
}
TEXTS = st.sampled_from(ATTACKS) | st.text(max_size=40)
NUMBERS = st.from_regex(r"[-+]?[0-9.,/ %]{1,30}", fullmatch=True)


def seeded(examples: int):
    """Return the settings of a test that tries so many inputs."""
    return settings(
        max_examples=examples * MORE,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def rewritten(data: bytes):
    """Return a strategy of bytes with pieces cut out, doubled or written over."""
    places = st.integers(0, len(data))
    change = st.tuples(places, places, st.binary(max_size=12) | st.just(None))

    def changed(changes):
        new = data
        for start, end, piece in changes:
            start, end = sorted((start, min(end, start + 40)))
            kept = new[start:end] * 2 if piece is None else piece
            new = new[:start] + kept + new[end:]
        return new

    return st.lists(change, min_size=1, max_size=4).map(changed)


def outcome(kind, read, *arguments, **facts):
    """Return what reading gives, and what of our own it raises instead."""
    try:
        return read(*arguments, **facts), None
    except kind as raised:
        return None, raised


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


def checked(path: Path, contract: c.Contract) -> None:
    """Read a table as the loader does; a problem is a text with a place."""
    cells, refused = outcome(c.ProblemsFound, c.read_cells, path, name="table.csv")
    if refused:
        assert all(map(str, refused.problems))
        return
    problems = c.table_problems(cells, contract, name="table.csv")
    assert all(problem.file == "table.csv" for problem in problems)
    if not problems:
        c.convert(cells, contract)


@seeded(250)
@given(data=st.data(), name=st.sampled_from(sorted(TABLES)))
def test_a_table_of_any_bytes_is_read_or_refused(scratch, data, name):
    path, contract = scratch / "table.csv", TABLES[name][1]
    whole = "\n".join(LINES[name]).encode()
    path.write_bytes(data.draw(rewritten(whole) | st.binary(max_size=200)))
    checked(path, contract)


@seeded(80)
@given(data=st.data(), name=st.sampled_from(sorted(TABLES)))
def test_a_table_of_any_cells_is_read_or_refused(scratch, data, name):
    path, contract = scratch / "table.csv", TABLES[name][1]
    header = LINES[name][0].split(",")
    cells = st.lists(TEXTS | NUMBERS, min_size=len(header), max_size=len(header))
    rows = [header, *data.draw(st.lists(cells, min_size=1, max_size=3))]
    with path.open("w", encoding="utf-8", newline="", errors="replace") as file:
        csv.writer(file).writerows(rows)
    checked(path, contract)


@pytest.fixture(scope="module")
def programme(scratch):
    folder = Path(shutil.copytree(EVERY_KIND, scratch / "data" / "raw"))
    for name in CONTRACTS:
        if not (folder / name).exists():
            (folder / name).write_text("\n".join(LINES[name]) + "\n", "utf-8")
    return folder


TOML = (EVERY_KIND / "programme.toml").read_bytes()


@seeded(400)
@given(content=rewritten(TOML) | st.binary(max_size=300))
def test_a_programme_file_of_any_bytes_is_read_or_refused(scratch, content):
    (scratch / "programme.toml").write_bytes(content)
    said, refused = outcome(c.ProblemsFound, read_stated, scratch)
    found = refused.problems if refused else []
    found = found or stated_problems(said, Programme.__dataclass_fields__)
    assert all(map(str, found))


@seeded(4)
@given(content=rewritten(TOML))
def test_a_programme_with_any_file_is_judged_or_refused(programme, content):
    path = programme / "programme.toml"
    path.write_bytes(content)
    try:
        assert (found := loaded(programme)) is None or len(found.assessment)
    finally:
        path.write_bytes(TOML)


@seeded(6)
@given(data=st.data(), name=st.sampled_from(sorted(CONTRACTS)))
def test_a_programme_with_any_cell_is_judged_or_refused(programme, data, name):
    path = programme / name
    kept = path.read_bytes()
    rows = kept.decode().splitlines()
    cells = rows[at := data.draw(st.integers(0, len(rows) - 1))].split(",")
    cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(NUMBERS | TEXTS)
    rows[at] = ",".join(cells)
    path.write_text("\n".join(rows) + "\n", "utf-8", errors="replace")
    try:
        if (found := loaded(programme)) is not None:
            assert len(found.assessment)
            assert len(found.questions) >= 0
    finally:
        path.write_bytes(kept)


def loaded(folder: Path):
    """Return the data of a programme, or None where it is refused with its places."""
    data, refused = outcome(c.ProblemsFound, vl.load, folder)
    for problem in refused.problems if refused else ():
        assert problem.file
        assert str(problem)
    return data


# --- workbooks


@pytest.fixture(scope="module")
def known(scratch):
    """Return a small programme, copied: what is good of a workbook is kept."""
    return vl.load(shutil.copytree(EVERY_KIND, scratch / "known" / "raw"))


@pytest.fixture(scope="module")
def form(scratch, known):
    """Return the bytes of an entry workbook that is filled in."""
    names = known.indicators["indicator"].tolist()
    entries = {(name, "actual"): "12,5" for name in names}
    entries |= {("", "as_of"): "15/12/2027", ("", "vintage"): "ước"}
    write_form(known, 2027, scratch / "form.xlsx", entries=entries)
    return (scratch / "form.xlsx").read_bytes()


def received(known, path: Path) -> None:
    """Bring a file in: it is read, or refused, and marked.

    It is read in this process, but in a soak: a start costs more than the reading,
    and what would end the child would end the test.
    """
    with pytest.MonkeyPatch.context() as patch:
        if MORE == 1:
            read_here(patch)
        receipt, refused = outcome(Unreadable, receive, known, path, today=TODAY)
    if refused:
        assert str(refused)
        return
    for problem in receipt.taken.problems:
        assert problem.why
    if receipt.marked:
        receipt.marked.unlink()


@seeded(25)
@given(data=st.data())
def test_a_workbook_of_any_bytes_is_read_or_refused(scratch, known, form, data):
    path = scratch / "any.xlsx"
    path.write_bytes(data.draw(rewritten(form) | st.binary(max_size=300)))
    received(known, path)


@seeded(25)
@given(data=st.data())
def test_a_workbook_with_any_part_is_read_or_refused(scratch, known, form, data):
    """The archive is whole; what stands in one of its parts is not."""
    path, made = scratch / "part.xlsx", io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(made, "w") as new:
        spoilt = data.draw(st.sampled_from(old.namelist()))
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, data.draw(rewritten(part)) if name == spoilt else part)
    path.write_bytes(made.getvalue())
    received(known, path)


@seeded(600)
@given(data=st.data())
def test_the_reader_of_files_always_answers(data):
    """In this process: what would end the child would end the test."""
    starts = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", b"\xff\xfe"]
    start = data.draw(st.sampled_from(starts))
    found = answer(start + data.draw(st.binary(max_size=400)), LIMITS)
    assert found.startswith(b"{")


@seeded(40)
@given(st.lists(st.lists(TEXTS | NUMBERS, min_size=1, max_size=6), max_size=6))
def test_a_table_of_an_office_with_any_cells_is_read_or_refused(scratch, known, rows):
    path = scratch / "table.csv"
    head = ["TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm 2027", "Thực hiện năm 2027"]
    with path.open("w", encoding="utf-8", newline="", errors="replace") as file:
        csv.writer(file).writerows([head, *rows])
    received(known, path)


def test_every_attack_in_every_cell_of_the_form_is_taken_safely_or_refused(
    scratch,
):
    known = vl.load(RAW)
    names = known.indicators["indicator"].tolist()
    path = scratch / "attacked.xlsx"
    columns = ["actual", "vintage", "as_of", "source", "cause", "measure", "confirmed"]
    for start in range(0, len(SHOWN), len(names)):
        part = SHOWN[start : start + len(names)]
        entries = {
            (name, column): attack
            for name, attack in zip(names, part, strict=False)
            for column in columns
        }
        write_form(known, 2024, path, entries=entries | {("", "entered_by"): part[0]})
        receipt = receive(known, path, today=TODAY)
        refused = {problem.found for problem in receipt.taken.problems}
        assert refused
        assert not receipt.saved
        assert receipt.marked
        assert live_in_office(receipt.marked) == []
        assert [f for f in formulas_of(receipt.marked) if strange_in(f)] == []
        receipt.marked.unlink()


def test_no_file_is_opened_beyond_those_given(scratch, known):
    """A part whose name leads out of the archive leads nowhere."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("../../attacked", "/tmp/attacked", "xl/../../attacked.xml"):
            archive.writestr(name, "attacked")
    path = scratch / "zip.xlsx"
    path.write_bytes(made.getvalue())
    with pytest.raises(Unreadable):
        read_office_file(path)
    assert not [*scratch.rglob("attacked")]
    assert not Path("/tmp/attacked").exists()
