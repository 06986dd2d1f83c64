"""Every commune's review on one machine: what fails, what is kept, how it is told."""

import json
import shutil
import sys

import pytest
from nation import write_communes
from pandas.testing import assert_frame_equal
from published import ROOT, but_first_costly, snapshot, vinhloc
from traces import left_behind

from vinhloc.collection.members import NoCollection, programmes_in
from vinhloc.collection.outcome import DONE, FAILED
from vinhloc.collection.reviews import (
    requests_of,
    review_all,
    review_one,
)
from vinhloc.data.disk import code_sha
from vinhloc.data.loading import load
from vinhloc.review import publish

REPORT = "phu-luc.xlsx"


def states(outcomes) -> dict[str, str]:
    return {one.name: one.state for one in outcomes}


@pytest.mark.costly("reviews of several communes")
def test_workers_give_the_same_bytes_as_one_review_after_another(asked, tmp_path):
    requests = asked()
    assert set(states(review_all(requests, jobs=2)).values()) == {DONE}
    several = snapshot(tmp_path / "reports" / "ba-vi" / "2026")
    shutil.rmtree(tmp_path / "reports")
    alone = {"ba-vi": requests["ba-vi"]}
    assert states(review_all(alone, jobs=1)) == {"ba-vi": DONE}
    assert snapshot(tmp_path / "reports" / "ba-vi" / "2026") == several
    assert "only.html" in several


@pytest.mark.parametrize("jobs", but_first_costly([1, 2]))
def test_a_faulty_commune_stops_no_other_and_a_second_call_does_what_is_missing(
    collection, tmp_path, jobs
):
    out = tmp_path / "reports"
    command = ["review-all", collection, "--year", 2026, "--out", out, "--jobs", jobs]
    command += ["--format", "xlsx"]
    targets = collection / "co-loa" / "targets.csv"
    whole = targets.read_text("utf-8")
    targets.write_text(whole.replace("97.5", "97.5?"), "utf-8")
    first = vinhloc(*command)
    assert first.returncode == 3
    assert "Xuất bản 3, giữ nguyên 0, lỗi 1" in first.stdout
    assert "4/4" in first.stdout
    (told,) = first.stderr.splitlines()
    assert "co-loa: targets.csv, dòng 6" in told
    assert not (out / "co-loa" / "2026").exists()

    targets.write_text(whole, "utf-8")
    (out / "an-lac" / "2026" / REPORT).unlink()
    second = vinhloc(*command)
    assert second.returncode == 0, second.stderr
    assert "Xuất bản 2, giữ nguyên 2, lỗi 0" in second.stdout
    assert {path.parent.parent.name for path in out.glob(f"*/2026/{REPORT}")} == {
        *("an-lac", "ba-vi", "co-loa", "dai-an")
    }
    third = vinhloc(*command)
    assert "Xuất bản 0, giữ nguyên 4, lỗi 0" in third.stdout


@pytest.mark.costly("reviews of several communes")
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="signals of Linux")
def test_a_commune_that_kills_its_worker_is_lost_alone(asked, tmp_path):
    # A kernel is a fork of the server, which the worker has started.
    cell = (
        "import os, psutil\n"
        "server = psutil.Process().parent()\n"
        "if 'co-loa' in data: os.kill(server.ppid(), 9)"
    )
    requests = asked(cell, formats=("html",))
    outcomes = states(review_all(requests, jobs=2))
    assert outcomes == {"an-lac": DONE, "ba-vi": DONE, "dai-an": DONE, "co-loa": FAILED}
    assert left_behind(tmp_path / "reports" / "an-lac") == []


def test_a_worker_with_other_code_publishes_nothing(asked, tmp_path):
    request = asked(formats=("xlsx",))["an-lac"]
    outcome = review_one("an-lac", request, force=False, wait=0, code="other")
    assert (outcome.state, "phiên bản" in outcome.why) == (FAILED, True)
    assert not (tmp_path / "reports").exists()


def test_a_failure_of_any_kind_is_told_in_one_line(asked, monkeypatch):
    def broken(*_given, **_options):
        raise MemoryError

    monkeypatch.setattr(publish, "load", broken)
    request = asked(formats=("xlsx",))["an-lac"]
    outcome = review_one("an-lac", request, force=True, wait=0, code=code_sha())
    (log,) = (request.out / "runs").glob("*.jsonl")
    assert (outcome.state, "\n" in outcome.said) == (FAILED, False)
    assert "(MemoryError)" in outcome.said
    assert outcome.said.endswith(str(log))
    assert "in broken" in json.loads(log.read_text("utf-8"))["traceback"]


def test_each_worker_runs_one_notebook_at_a_time(collection, tmp_path):
    requests = requests_of(programmes_in(collection), tmp_path, 2026)
    assert {one.jobs for one in requests.values()} == {1}
    assert "jobs" not in requests["an-lac"].all_parameters(2026)


def test_the_communes_of_the_benchmark_have_the_demonstration_s_figures(tmp_path):
    raw = ROOT / "data" / "raw"
    communes = programmes_in(write_communes(tmp_path / "communes", 2, raw))
    made, demo = load(communes["xa-0002"]), load(raw / "demo")
    assert (made.programme.id, made.made_up) == ("xa-0002", True)
    assert_frame_equal(made.assessment, demo.assessment)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("programme.toml", "là một chương trình"),
        ("commune=an-lac/assessment.parquet", "Parquet"),
        ("notes.txt", "programme.toml"),
    ],
)
def test_what_is_no_collection_of_programmes_is_said(made, said, tmp_path):
    path = tmp_path / made
    path.parent.mkdir(exist_ok=True)
    path.touch()
    with pytest.raises(NoCollection, match=said):
        programmes_in(tmp_path)


def test_dask_without_its_package_names_the_command(asked, monkeypatch):
    from vinhloc.collection.outcome import NoDask

    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "vinhloc.collection.dask_backend", raising=False)
    with pytest.raises(NoDask, match="pip install distributed"):
        [*review_all(asked(formats=("xlsx",)), dask="tcp://127.0.0.1:1")]


def test_jobs_and_dask_exclude_each_other(collection):
    options = ["--year", 2026, "--jobs", 2, "--dask", "tcp://127.0.0.1:1"]
    done = vinhloc("review-all", collection, *options)
    assert done.returncode == 2
    assert "--dask" in done.stderr
