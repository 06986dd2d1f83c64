"""What was read is kept by its content, and can be handed to another process."""

import unicodedata

import pytest
from pandas.testing import assert_frame_equal
from sao_mai import write_programme

from vinhloc.data import loading
from vinhloc.data.contracts import ProblemsFound
from vinhloc.data.folder import data_shas
from vinhloc.data.loading import MOST_KEPT, load, pack, unpack

ACTUALS = """\
    indicator, year, value
    rice_area, 2026, 301.5
    """
OTHER = ACTUALS.replace("301.5", "305.5")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the small programme's folder, in a process that has read nothing."""
    monkeypatch.setattr(loading, "_KEPT", {})
    return write_programme(tmp_path / "raw", actuals=ACTUALS).path


@pytest.fixture
def readings(monkeypatch):
    """Return the list of folders that were read."""
    found, read = [], loading._read
    monkeypatch.setattr(
        loading, "_read", lambda *given: found.append(given[0]) or read(*given)
    )
    return found


def rice(data) -> list[float]:
    return data.actuals["value"].tolist()


def test_the_same_files_are_read_once(folder, readings):
    assert rice(load(folder)) == rice(load(folder)) == [301.5]
    assert readings == [folder]


def test_a_changed_file_is_read_anew(folder, readings):
    load(folder)
    write_programme(folder, actuals=OTHER)
    assert rice(load(folder)) == [305.5]
    assert len(readings) == 2


STRAYS = {
    # name: the right one, "" where import is advised
    "Actuals/more.csv": "actuals/more.csv",
    "Remarks.csv": "remarks.csv",
    "targets.CSV": "",  # beside targets.csv
    "Programme.TOML": "programme.toml",
    "context/figures.csv.txt": "",
    "actuals/figures.xlsx": "",
    "remarks/figures": "",
    "target.csv": "",
    "targets.csv.txt": "",
    "figures.xlsx": "",
}


def test_a_file_that_no_reader_takes_is_a_problem_with_its_right_name(folder):
    for name in STRAYS:
        before = data_shas(folder)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("indicator\n")
        # A review with nothing to do would not see it otherwise.
        assert data_shas(folder) != before, name
    with pytest.raises(ProblemsFound) as found:
        load(folder)
    problems = {problem.file: problem for problem in found.value.problems}
    assert problems.keys() == STRAYS.keys()
    assert len(found.value.problems) == len(STRAYS)
    for name, right in STRAYS.items():
        assert right in problems[name].expected
        assert ("vinhloc import" in problems[name].expected) == (not right)


BESIDE = [
    "README.md",
    "actuals/Readme.MD",
    "actuals/.gitkeep",
    "actuals/Thumbs.db",
    "context/.~lock.a.csv#",
    "received/so-lieu-0123abcd.CSV",
    "programme.pdf",
    "documents/Table.xlsx",
]


def test_what_is_no_table_may_lie_beside_the_tables(folder):
    for name in BESIDE:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    assert rice(load(folder)) == [301.5]


def test_a_csv_is_read_whatever_its_name_and_however_deep(folder):
    path = folder / "actuals" / "figures.csv"
    (folder / "actuals" / "a" / "b").mkdir(parents=True)
    path.rename(folder / "actuals" / "a" / "b" / "Số liệu.csv.csv")
    assert rice(load(folder)) == [301.5]


def test_what_a_reader_does_to_a_frame_no_other_sees(folder):
    mine = load(folder)
    mine.actuals["value"] = 0
    mine.assessment["actual"] = 0
    assert rice(load(folder)) == [301.5]
    assert 301.5 in load(folder).assessment["actual"].tolist()


def test_another_process_is_handed_what_was_read(folder, readings):
    packed = pack(load(folder).derive())
    here = load(folder).assessment
    loading._KEPT.clear()
    unpack(packed)
    assert_frame_equal(load(folder).assessment, here)
    assert readings == [folder]


def test_what_was_handed_on_is_no_answer_once_a_file_has_changed(folder, readings):
    packed = pack(load(folder))
    write_programme(folder, actuals=OTHER)
    loading._KEPT.clear()
    unpack(packed)
    assert rice(load(folder)) == [305.5]
    assert len(readings) == 2


def test_only_the_programme_that_is_meant_is_handed_on(folder, tmp_path, readings):
    other = write_programme(tmp_path / "other").path
    load(other)
    packed = pack(load(folder))
    loading._KEPT.clear()
    unpack(packed)
    load(other)
    assert readings == [other, folder, other]


def test_the_programmes_used_last_are_kept(folder, tmp_path, readings):
    load(folder)
    for number in range(MOST_KEPT - 1):
        load(write_programme(tmp_path / f"other{number}").path)
        load(folder)
    load(write_programme(tmp_path / "last").path)
    assert len(readings) == MOST_KEPT + 1
    load(folder)
    assert len(readings) == MOST_KEPT + 1


def test_letters_that_are_typed_in_two_parts_are_those_that_are_one(folder):
    path = folder / "units.csv"
    text = path.read_text("utf-8")
    path.write_text(unicodedata.normalize("NFD", text), "utf-8")
    assert path.read_text("utf-8") != text
    names = load(folder).tables["units.csv"]["name_vi"].tolist()
    assert names == [unicodedata.normalize("NFC", name) for name in names]
