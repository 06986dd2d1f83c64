"""docs/new-programme.md, followed step by step: its commune is checked and reviewed."""

import json
import re
import shlex
import shutil

import pytest
from published import ROOT, vinhloc

from vinhloc.data import compare_source, load, write_source_list

SKELETON = ROOT / "vinhloc" / "commands" / "skeleton"

PAGE = (ROOT / "docs" / "new-programme.md").read_text("utf-8")
VIETNAMESE = (ROOT / "docs" / "vi" / "new-programme.md").read_text("utf-8")
FILES = re.findall(r"`sao-mai/([\w/.]+)`[^`]*?\n```\w+\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """Return the folder in which the page was followed, and what each command said."""
    folder = tmp_path_factory.mktemp("page")
    said = []
    for number, command in enumerate(COMMANDS):
        if number == 2:
            for name, text in FILES:
                (folder / "sao-mai" / name).write_text(text, "utf-8")
        program, *arguments = shlex.split(command)
        assert program == "vinhloc"
        done = vinhloc(*arguments, cwd=folder)
        assert done.returncode == 0, (command, done.stderr)
        said.append(done.stdout)
    return folder, said


def test_the_page_gives_every_file_that_a_programme_has():
    named = {name for name, _text in FILES}
    skeleton = {p.relative_to(SKELETON).as_posix() for p in SKELETON.rglob("*.[ct]*")}
    assert skeleton - named == {"breaks.csv", "choices.csv"}
    assert named - skeleton == {"scales.csv", "actuals/2025.csv"}


def test_both_languages_give_the_same_files_and_commands_in_the_same_steps():
    def steps(page: str) -> list[str]:
        return re.findall(
            r"^## \d|`sao-mai/[\w/.]+`(?=\n\n```)|^```.*?^```", page, re.M | re.S
        )

    assert steps(PAGE) == steps(VIETNAMESE)
    assert len(steps(PAGE)) > 30


def test_the_list_of_figures_is_that_of_the_text_on_the_page(tmp_path):
    folder = shutil.copytree(SKELETON, tmp_path / "sao-mai")
    for name, text in FILES:
        (folder / name).write_text(text, "utf-8")
    text = re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)[1]
    (tmp_path / "text.txt").write_text(text, "utf-8")
    assert compare_source(load(folder), tmp_path / "text.txt") == []
    kept = (folder / "source_figures.csv").read_text("utf-8")
    write_source_list(folder, tmp_path / "text.txt")
    assert (folder / "source_figures.csv").read_text("utf-8") == kept


@pytest.mark.costly("follows the page, with two reviews")
def test_its_commands_do_what_it_says(followed):
    folder, said = followed
    assert "1 chỉ tiêu; 1 mục tiêu" in said[1]
    assert "8 chỉ tiêu; 10 mục tiêu; 15 số liệu thực hiện" in said[2]
    assert (folder / "sao-mai-reports" / "demo-2028" / "index.html").exists()
    assert (folder / "sao-mai-reports" / "demo-2026-2030" / "bao-cao.docx").exists()


@pytest.mark.costly("follows the page, with two reviews")
def test_a_theme_without_a_notebook_of_its_own_gets_the_general_one(followed):
    review = followed[0] / "sao-mai-reports" / "demo-2028"
    pages = {path.stem for path in review.glob("*.html")}
    assert pages == {
        "annex",
        *("index", "overview", "data_quality"),
        *("nuoc-va-rac", "chuyen-doi-so", "kinh-te"),
    }
    page = (review / "chuyen-doi-so.html").read_text("utf-8")
    assert "<h1" in page
    assert "Chuyển đổi số" in page
    assert "57,5" in page
    assert "Chưa đạt" in page
    used = json.loads((review / "manifest.json").read_text("utf-8"))["used"]
    assert used["chuyen-doi-so"]["theme"] == "chuyen-doi-so"


@pytest.mark.costly("follows the page, with two reviews")
def test_each_kind_of_the_page_is_shown_as_the_page_says(followed):
    review = followed[0] / "sao-mai-reports" / "demo-2026-2030"
    text = (review / "nuoc-va-rac.html").read_text("utf-8").replace("\u00a0", " ")
    assert re.search(r"80,0\s*[-–]\s*82,0", text)
    page = (review / "indicators" / "clean_water.html").read_text("utf-8")
    assert "99,0" in page
    assert "Quyết định số 45" in page
    assert "Trước đó là ≥ 97,0%" in page.replace("\u00a0", " ")
    text = (review / "kinh-te.html").read_text("utf-8").replace("\u00a0", " ")
    assert "40,0 (±1)" in text
    assert "≥ Hoàn thành tốt nhiệm vụ" in text
    assert "10" in (review / "indicators" / "loudspeakers.html").read_text("utf-8")


def test_new_writes_over_nothing(tmp_path):
    (tmp_path / "there").mkdir()
    done = vinhloc("new", tmp_path / "there")
    assert done.returncode == 2
    assert "đã có" in done.stderr
    assert list((tmp_path / "there").iterdir()) == []
