"""Only what changed runs again; what is taken over is what a full run would give."""

import shutil
from pathlib import Path

import pytest
from published import ROOT, snapshot
from sao_mai import write_programme

from vinhloc.review.request import Request
from vinhloc.review.run import run_review

FIGURE = "health_insurance_rate,thi-tran-vinh-loc,2024,2024-12-15,demo-2024-12,96.1,"


def ran(request, **options):
    """Publish; return the names of the notebooks that ran, and of those kept."""
    steps = []
    run_review(request, on_step=steps.append, **options)
    names = [step.rpartition(" ") for step in steps[:-1]]
    return [
        {name for start, _space, name in names if start == said}
        for said in ("Đã chạy", "Giữ nguyên")
    ]


@pytest.fixture
def request_of_demo(tmp_path):
    folder = tmp_path / "data" / "raw"
    shutil.copytree(ROOT / "data" / "raw", folder)
    return Request(
        folder=folder / "demo", out=tmp_path / "reports", year=2025, formats=("html",)
    )


@pytest.mark.costly("three reviews of the whole programme")
def test_one_changed_insurance_figure_runs_three_notebooks_and_no_page_is_stale(
    request_of_demo, tmp_path
):
    asked = request_of_demo
    every, kept = ran(asked)
    assert (len(every), kept) == (8, set())
    path = asked.folder / "actuals" / "2024.csv"
    text = path.read_text("utf-8")
    assert FIGURE in text
    path.write_text(text.replace(FIGURE, FIGURE.replace("96.1", "96.2")), "utf-8")
    again, kept = ran(asked)
    assert again == {"overview", "social_welfare", "data_quality"}
    assert kept == every - again
    taken_over = snapshot(asked.out / "demo-2025")
    ran(asked, force=True)
    assert snapshot(asked.out / "demo-2025") == taken_over
    assert "96,2" in (asked.out / "demo-2025" / "social_welfare.html").read_text(
        "utf-8"
    )


def test_a_page_edited_by_hand_or_lost_is_made_again(tmp_path, notebook):
    folder = write_programme(tmp_path / "data" / "raw").path
    first = notebook("1")
    other = Path(shutil.copy(first, first.with_name("01_other.ipynb")))
    out, facts = tmp_path / "reports", {"year": 2026, "formats": ("html",)}
    asked = Request(folder=folder, out=out, only=[first, other], **facts)
    ran(asked)
    before = snapshot(out / "2026")
    (out / "2026" / "only.html").write_text("edited")
    (out / "2026" / "indicators" / "rice_area.html").unlink()
    assert ran(asked) == [{"only"}, {"other"}]
    assert snapshot(out / "2026") == before
