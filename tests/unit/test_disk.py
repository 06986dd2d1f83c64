"""The checksum of the code: what makes a review run once the library has changed."""

import importlib.util
import shutil
from pathlib import Path

import pytest
from sao_mai import write_programme

from vinhloc.data import disk
from vinhloc.review import manifest

PACKAGE = Path(manifest.__file__).parents[1]


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """Return a copy of the library whose checksum a review takes for the code's."""
    copy = tmp_path / "vinhloc"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    path = copy / Path(disk.__file__).relative_to(PACKAGE)
    spec = importlib.util.spec_from_file_location("disk_of_the_copy", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(manifest, "code_sha", module.code_sha)
    return copy


@pytest.mark.parametrize(
    "name",
    ["show/table.py", "review/paper/annex.py", "assess/verdicts.py", "locale/en.po"],
)
def test_a_changed_file_of_another_room_is_another_code(copy, tmp_path, name):
    folder = write_programme(tmp_path / "raw").path
    before = manifest.inputs_of(folder, [])
    assert before["code"] == {"vinhloc": disk.code_sha()}
    with (copy / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    after = manifest.inputs_of(folder, [])
    assert {key for key in before if before[key] != after[key]} == {"code"}
