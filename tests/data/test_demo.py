"""The demonstration data: made by its script, with an office's real habits."""

import shutil
from pathlib import Path

from demo import write_demo
from published import snapshot

import vinhloc as vl
from vinhloc.assess import STATUSES

RAW = Path(__file__).parents[2] / "data" / "raw"


def test_the_committed_demonstration_is_what_its_script_writes(tmp_path):
    base = Path(shutil.copytree(RAW, tmp_path / "raw"))
    shutil.rmtree(base / "demo")
    write_demo(base, base / "demo")
    assert snapshot(base / "demo") == snapshot(RAW / "demo")


def test_every_made_up_figure_says_so_and_no_other_does(demo, data):
    assert demo.made_up
    assert demo.actuals["made_up"].all()
    assert demo.actuals["note"].str.contains("minh họa").all()
    assert demo.assessment.loc[demo.assessment["actual"].notna(), "made_up"].all()
    assert not data.made_up
    assert not data.actuals["made_up"].any()


def test_no_made_up_figure_cites_a_real_document(demo, raw):
    made_up = raw("demo/sources.csv")
    assert made_up["title"].str.contains("SỐ LIỆU MINH HỌA").all()
    assert made_up["title"].str.contains("DEMONSTRATION DATA").all()
    assert set(demo.actuals["source"]) <= set(made_up["source"])
    assert not set(made_up["source"]) & set(raw("sources.csv")["source"])


def test_every_status_is_there(demo):
    assert set(demo.assessment["status"]) == {*STATUSES}


def test_it_has_what_an_offices_figures_bring(demo):
    actuals, key = demo.actuals, ["indicator", "year"]
    finals = actuals[actuals["vintage"] == "final"]
    assert {"estimate", "final"} == set(actuals["vintage"])
    assert (finals.groupby(key)["as_of"].nunique() > 1).sum() == 1  # a correction
    assert demo.current["conflict"].sum() == 1
    assert set(actuals["bound"]) == {"exact", "lower"}
    asked = set(demo.questions["kind"])
    assert {"identity", "conflict", "plan"} <= asked
    late = finals["as_of"].dt.year.eq(finals["year"] + 1) & finals["as_of"].dt.month.gt(
        9
    )
    assert late.sum() == 1


def test_the_last_year_is_there_in_part(demo):
    counts = demo.current.groupby("year").size()
    assert 0 < counts[2025] < 0.6 * counts[2024]


def test_remarks_are_printed_escaped_with_author_and_date(demo):
    row = demo.tables["remarks.csv"].iloc[[0]].assign(text_vi="<b>mưa</b> & gió")
    tables = {**demo.tables, "remarks.csv": row}
    year = int(row["year"].iloc[0])
    changed = type(demo)(
        demo.folder, demo.programme, tables, demo.actuals, demo.context
    )
    shown = vl.say_remarks(changed, year)._repr_html_()
    assert "&lt;b&gt;mưa&lt;/b&gt; &amp; gió" in shown
    assert row["author"].iloc[0] in shown
    assert f"10/01/{year + 1}" in shown
