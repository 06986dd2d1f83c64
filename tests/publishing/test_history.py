"""Once published, a report is a record: earlier editions are kept, changes are said."""

import shutil
from dataclasses import replace
from itertools import pairwise

import pandas as pd

from vinhloc.review.editions import changes_since, kept_editions, why_changed
from vinhloc.review.manifest import verify
from vinhloc.review.run import run_review


def correct(programme):
    programme.replace("actuals/figures.csv", "91.5", "90.0")


def test_an_edition_is_kept_when_its_figures_change_and_else_is_not(
    asked, published, programme
):
    target = published
    first = (target / "assessment.csv").read_bytes()
    run_review(replace(asked, formats=("xlsx", "docx")))
    assert kept_editions(target) == []
    correct(programme)
    run_review(asked)
    (kept,) = kept_editions(target)
    assert (kept / "assessment.csv").read_bytes() == first
    assert (kept / "bao-cao.docx").exists()
    assert (target / "assessment.csv").read_bytes() != first
    run_review(asked, force=True)
    assert kept_editions(target) == [kept]


def test_the_new_edition_lists_what_changed_and_why(asked, programme, notebook):
    programme.replace("programme.toml", "made_up = false", "made_up = true")
    pages = replace(asked, formats=("html",), only=[notebook("1")])
    target = run_review(pages).parent
    assert not (target / "changes.html").exists()
    correct(programme)
    run_review(pages)
    page = (target / "changes.html").read_text("utf-8")
    assert "91,5" in page
    assert "90,0" in page
    assert "sửa số liệu của bao-cao" in page
    assert "editions/demo-2026/1" in page
    assert "SỐ LIỆU MINH HỌA" in page
    assert 'href="changes.html"' in (target / "index.html").read_text("utf-8")


def rows(**columns):
    usual = {
        "indicator": "x",
        "year": [2023, 2024],
        "period": "year",
        "actual": [90.0, None],
        "upper_actual": None,
        "bound": "exact",
        "vintage": ["estimate", None],
        "comparator": ">=",
        "target": [95.0, 97.5],
        "upper_target": None,
        "target_basis": ["stated", "expected"],
        "status": ["missed", "not_due"],
        "as_of": pd.Timestamp("2024-01-05"),
        "source": "s",
    }
    return pd.DataFrame(usual | columns)


def changed(tmp_path, before, after):
    before.to_csv(tmp_path / "assessment.csv", index=False)
    return changes_since(tmp_path, after)


def test_the_same_rows_are_no_change(tmp_path):
    assert changed(tmp_path, rows(), rows()).empty


def test_a_path_that_we_interpolate_anew_is_no_change_of_a_target(tmp_path):
    assert changed(tmp_path, rows(), rows(target=[95.0, 98.0])).empty
    stated = changed(tmp_path, rows(), rows(target=[96.0, 97.5]))
    assert stated[["year", "new_figure", "new_target"]].values.tolist() == [
        [2023, False, True]
    ]


def test_a_figure_that_came_or_went_is_a_change(tmp_path):
    came = changed(tmp_path, rows(), rows(actual=[90.0, 97.0]))
    went = changed(tmp_path, rows(), rows(actual=[None, None]))
    assert came["year"].tolist() == [2024]
    assert went["year"].tolist() == [2023]


def test_an_indicator_that_was_removed_is_a_change_with_its_name(tmp_path):
    before = pd.concat([rows(name_vi="Lúa"), rows(indicator="y", name_vi="Ngô")])
    gone = changed(tmp_path, before, rows(name_vi="Lúa"))
    assert gone[["name_vi", "year", "old_actual"]].iloc[0].tolist() == ["Ngô", 2023, 90]
    assert gone[["actual", "target", "status"]].isna().all(axis=None)
    assert why_changed(gone.iloc[0].to_dict(), set()).startswith("chỉ tiêu hoặc năm")


def test_an_edition_after_a_removed_one_takes_the_number_after_the_last(
    asked, published, programme
):
    figures = ["91.5", "90.0", "89.0", "88.0"]
    target = published
    for old, new in pairwise(figures):
        if new == figures[-1]:
            shutil.rmtree(kept_editions(target)[0])
        programme.replace("actuals/figures.csv", old, new)
        run_review(asked)
    assert [path.name for path in kept_editions(target)] == ["2", "3"]


def test_verify_says_what_was_done_to_an_edition_and_to_its_inputs(published, folder):
    target = published
    assert verify(target, folder) == []
    (target / "phu-luc.xlsx").write_bytes(b"edited")
    (target / "assessment.csv").unlink()
    (target / "notes.txt").write_text("added")
    with (folder / "units.csv").open("a") as file:
        file.write("\n")
    assert sorted(verify(target, folder)) == [
        "báo cáo: có thêm notes.txt",
        "báo cáo: phu-luc.xlsx đã thay đổi",
        "báo cáo: thiếu assessment.csv",
        "dữ liệu: units.csv đã thay đổi",
    ]
