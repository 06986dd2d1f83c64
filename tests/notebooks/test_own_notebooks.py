"""A programme's own notebooks are run for it, and for nobody else."""

import json
import re
from html import unescape

import nbformat
import pytest
from published import ROOT
from sao_mai import SAO_MAI, write_programme

from vinhloc.collection import requests_of
from vinhloc.review.manifest import verify
from vinhloc.review.request import Request
from vinhloc.review.run import run_review

PARAMETERS = 'year = 0\ndata = ""\nlang = "vi"\nas_of = ""\nperiod = "year"\ntheme = ""'
RECORD = SAO_MAI["programme.toml"]
NAMED = f'{RECORD}\n        [notebooks]\n        farming = "lua.ipynb"\n'


def write_notebook(folder, name="lua.ipynb", *, says="mùa vụ"):
    cell = nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
    cells = [nbformat.v4.new_markdown_cell("# Lúa\n\nLúa của xã."), cell]
    cells += [nbformat.v4.new_code_cell(f"print('{says}', theme, year)")]
    node = nbformat.v4.new_notebook(cells=cells)
    node.metadata.kernelspec = {
        "name": "python3",
        "display_name": "",
        "language": "python",
    }
    (folder / "notebooks").mkdir(exist_ok=True)
    nbformat.write(node, folder / "notebooks" / name)


@pytest.fixture
def own(tmp_path):
    """Return the folder of a programme that brings a notebook for one of its themes."""
    folder = write_programme(tmp_path / "data" / "raw", programme=NAMED).path
    write_notebook(folder)
    return folder


def themed(folder, **options) -> dict[str, str]:
    """Return theme -> the notebook that runs for it."""
    runs = Request(folder=folder, out=ROOT / "reports", **options).runs
    return {run.theme: run.path.name for run in runs if run.theme}


def test_vinh_loc_and_its_demonstration_get_the_notebooks_that_were_written_for_it():
    raw = ROOT / "data" / "raw"
    for folder in (raw, raw / "demo"):
        found = themed(folder)
        assert found["agriculture"] == "01_agriculture.ipynb"
        assert "60_theme.ipynb" not in found.values()
        assert len(found) == 6


@pytest.mark.parametrize("term", [False, True])
def test_a_theme_of_the_same_key_elsewhere_gets_the_general_one(tmp_path, term):
    themes = "theme,order,name_vi,name_en\nfarming,1,A,A\nliving,2,B,B\nculture,3,C,C\n"
    folder = write_programme(tmp_path / "data", themes=themes).path
    found = themed(folder, term=term)
    assert found == dict.fromkeys(["farming", "living", "culture"], "60_theme.ipynb")
    runs = Request(folder=folder, out=tmp_path / "out", term=term).runs
    others = ["80_end_of_term"] if term else ["00_overview"]
    assert [run.path.stem for run in runs if not run.theme] == [
        *others,
        "07_data_quality",
    ]


def test_a_programme_that_names_one_of_the_suite_gets_it(tmp_path):
    named = NAMED.replace("lua.ipynb", "02_economy.ipynb")
    folder = write_programme(tmp_path / "data", programme=named).path
    assert themed(folder) == {"farming": "02_economy.ipynb", "living": "60_theme.ipynb"}


def test_its_own_go_before_those_of_the_suite_of_the_same_name(tmp_path):
    named = NAMED.replace("lua.ipynb", "60_theme.ipynb")
    folder = write_programme(tmp_path / "data", programme=named).path
    write_notebook(folder, "60_theme.ipynb")
    runs = Request(folder=folder, out=tmp_path / "out").runs
    paths = {run.theme: run.path.parent for run in runs}
    assert paths["farming"] == folder / "notebooks"
    assert paths["living"] == ROOT / "notebooks"


def test_a_programme_with_a_base_gets_the_notebooks_of_its_base(own):
    demo = own / "demo"
    demo.mkdir()
    (demo / "programme.toml").write_text('base = ".."\nmade_up = true\n')
    assert themed(demo) == {"farming": "lua.ipynb", "living": "60_theme.ipynb"}
    assert themed(own) == themed(demo)


def test_review_all_runs_no_notebook_of_a_commune_unless_it_is_told_to(own, tmp_path):
    for wished, name in ((False, "60_theme.ipynb"), (True, "lua.ipynb")):
        found = requests_of({"xa": own}, tmp_path / "out", 2026, own=wished)
        run = next(run for run in found["xa"].runs if run.theme == "farming")
        assert run.path.name == name


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("khong-co.ipynb", "không có sổ tay tên này"),
        ("../programme.toml", "không có sổ tay tên này"),
        ("../notebooks/lua.ipynb", "không có sổ tay tên này"),
        ("/etc/passwd", "không có sổ tay tên này"),
    ],
)
def test_what_is_named_and_no_notebook_there_is_a_problem(tmp_path, name, advice):
    named = NAMED.replace("lua.ipynb", name)
    made = write_programme(tmp_path / "data", programme=named)
    write_notebook(made.path)
    (problem,) = made.problems()
    assert (problem.file, problem.column) == ("programme.toml", "notebooks.farming")
    assert advice in problem.expected
    assert themed(made.path)["farming"] == "60_theme.ipynb"


def test_a_theme_that_there_is_not_is_a_problem(tmp_path):
    named = NAMED.replace("farming =", "fishing =")
    made = write_programme(tmp_path / "data", programme=named)
    write_notebook(made.path)
    (problem,) = made.problems()
    assert problem.column == "notebooks.fishing"
    assert "không có lĩnh vực này" in problem.expected


def test_it_is_run_with_its_theme_and_again_when_it_changed(own, tmp_path):
    asked = Request(folder=own, out=tmp_path / "out", year=2026, formats=("html",))
    asked = Request(**{**vars(asked), "only": [own / "notebooks" / "lua.ipynb"]})
    run_review(asked)
    review = tmp_path / "out" / "2026"
    page = (review / "farming.html").read_text("utf-8")
    assert "mùa vụ farming 2026" in page
    assert "<h1>Nông nghiệp</h1>" in page.replace(' id="Nông-nghiệp"', "")
    manifest = json.loads((review / "manifest.json").read_text("utf-8"))
    assert [*manifest["inputs"]["notebooks"]] == ["notebooks/lua.ipynb"]
    assert manifest["used"]["farming"]["theme"] == "farming"
    assert verify(review, own) == []
    write_notebook(own, says="vụ đông")
    assert verify(review, own) == ["sổ tay: notebooks/lua.ipynb đã thay đổi"]
    steps = []
    run_review(asked, on_step=steps.append)
    assert "Đã chạy farming" in steps
    assert "vụ đông farming 2026" in (review / "farming.html").read_text("utf-8")


def test_the_name_of_a_theme_is_text_in_the_heading(own, tmp_path):
    themes = own / "themes.csv"
    name = "Lúa <img src=x onerror=alert(1)> & *rau* [a](b)"
    text = themes.read_text("utf-8").replace("Nông nghiệp", name)
    themes.write_text(text, "utf-8")
    asked = Request(
        folder=own,
        out=tmp_path / "out",
        year=2026,
        formats=("html",),
        only=[own / "notebooks" / "lua.ipynb"],
    )
    run_review(asked)
    page = (tmp_path / "out" / "2026" / "farming.html").read_text("utf-8")
    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page)
    assert unescape(heading) == name
    assert "<" not in heading
