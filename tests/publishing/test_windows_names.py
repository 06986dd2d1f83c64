"""Every name that is published or kept is one that Windows takes."""

import re
from pathlib import PurePosixPath

import pytest
from published import KINDS, but_first_costly, vinhloc
from sao_mai import write_programme

from vinhloc.data.contracts import SLUG
from vinhloc.office.files.files import OfficeFile
from vinhloc.office.keeping import LONGEST_NAME, stem_of

RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?")
DEMO = ("--demo", "--year", "2023")
LONGEST_PATH = 200  # below the folder of all reviews; Windows takes 260 in all
LONGEST_KEY = "a" * 80
# The longest that a run makes on its way: a review of the term as it is swapped.
SWAPPED = ".staging-demo-2020-2025-en-abcdefgh.earlier"


def faults(paths: list[str]) -> list[str]:
    """Return the paths that Windows would not take, or take for another."""
    found = [path for path in paths if len(path) >= LONGEST_PATH]
    for path in paths:
        for name in PurePosixPath(path).parts:
            wrong = re.search(r'[\x00-\x1f<>:"\\|?*]|[. ]$', name)
            if wrong or RESERVED.fullmatch(name.lower()):
                found.append(path)
    folded = [path.lower() for path in paths]
    return found + [path for path in paths if folded.count(path.lower()) > 1]


@pytest.mark.parametrize(
    "path",
    ["a:b.html", "x/NUL", "con.html", "COM1.txt", "end. ", "dot.", "a" * 200, "a?b"],
)
def test_a_name_that_windows_refuses_is_seen(path):
    assert faults([path])


def test_two_names_that_differ_in_case_only_are_seen():
    assert faults(["indicators/a.html", "indicators/A.html"])


@pytest.mark.parametrize(
    "asked", but_first_costly([KINDS, ("--demo", "--year", "2023")])
)
def test_all_that_a_review_leaves_has_names_that_windows_takes(asked, reviews):
    out = reviews.published(*asked).parent
    paths = [path.relative_to(out).as_posix() for path in out.rglob("*")]
    assert any(path.startswith("runs/") for path in paths)
    assert len(paths) > 30
    assert faults(paths) == []


@pytest.mark.parametrize("key", ["con", "nul", "com1", "lpt9", "a:b", "A", "a.", "ấ"])
def test_a_key_that_windows_would_refuse_as_a_name_is_no_key(key):
    assert re.fullmatch(SLUG, LONGEST_KEY)
    assert not re.fullmatch(SLUG, key)
    assert not re.fullmatch(SLUG, LONGEST_KEY + "a")
    assert faults([f"{SWAPPED}/indicators/{LONGEST_KEY}.html"]) == []


@pytest.mark.parametrize(
    "name",
    ["CON.xlsx", "a:b.xlsx", "Số liệu? .xlsx", "..xlsx", "nul", "x" * 240 + ".xlsx"],
)
def test_a_workbook_is_kept_under_a_name_that_windows_takes(name):
    stem = stem_of(OfficeFile(name, b"", "0123456789abcdef", "xlsx", (), ()))
    assert faults([f"received/{stem}.xlsx", f"actuals/2026/{stem}.csv"]) == []
    assert len(stem) <= LONGEST_NAME + 9


@pytest.mark.parametrize(
    "theme", but_first_costly(["index", "changes", "overview", "data_quality"])
)
def test_a_theme_that_would_take_the_place_of_another_page_is_refused(theme, tmp_path):
    folder = write_programme(tmp_path / "data" / "raw")
    folder.replace("themes.csv", "farming", theme)
    indicators = folder.path / "indicators.csv"
    text = indicators.read_text("utf-8").replace("farming", theme)
    indicators.write_text(text, "utf-8")
    out = tmp_path / "out"
    done = vinhloc("review", "--data", folder.path, "--year", 2026, "--out", out)
    assert done.returncode == 2
    assert f"«{theme}»" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not list(out.glob("2026*"))
