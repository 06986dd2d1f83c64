"""Last year's report still comes out of today's code, output by output.

Where it does not, and that is meant, the changelog's Methodology says why, and
`keep.py` keeps the new one.
"""

import json
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from published import ROOT, nbval

import vinhloc as vl
from vinhloc.data.processed import write_csv
from vinhloc.outlook import add_projection

KEPT = sorted(path for path in Path(__file__).parent.iterdir() if path.name.isdigit())
every_kept = pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)


def stated(kept: Path) -> dict:
    return json.loads((kept / "manifest.json").read_text("utf-8"))["parameters"]


def test_a_real_review_is_kept_as_of_a_day():
    assert KEPT
    for kept in KEPT:
        assert stated(kept)["as_of"]
        assert stated(kept)["data"] == "data/raw"


@every_kept
def test_its_assessment_comes_out_figure_for_figure(kept, tmp_path):
    asked = stated(kept)
    data = vl.load(ROOT / "data" / "raw", as_of=asked["as_of"], year=asked["year"])
    write_csv(add_projection(data.assessment), tmp_path / "now.csv")
    now = pd.read_csv(tmp_path / "now.csv", dtype=str)
    before = pd.read_csv(kept / "assessment.csv", dtype=str)
    assert len(before) > 400
    assert_frame_equal(now, before)


@pytest.mark.costly("runs the notebooks of a whole review")
@every_kept
def test_its_notebooks_give_the_same_outputs(kept):
    notebooks = sorted(kept.glob("*.ipynb"))
    done = nbval("--nbval", notebooks)
    assert notebooks
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout
