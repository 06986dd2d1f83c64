"""The processed tables: the same figures for people and for machines."""

import pandas as pd
import pytest

from vinhloc.data.processed import FRAMES, build_processed, write_csv

FIGURES = """
    indicator,   year, value, as_of
    clean_water, 2026, 91.5,  2027-01-05
    rice_area,   2026, 310,   2027-01-06
    """


@pytest.fixture
def data(programme_folder):
    return programme_folder(actuals=FIGURES).load()


def test_each_frame_is_built_as_csv_and_parquet_and_nothing_else(data, tmp_path):
    written = build_processed(data, tmp_path / "out")
    names = {f"{name}.{kind}" for name in FRAMES for kind in ("csv", "parquet")}
    assert {path.name for path in written} == names
    assert {path.name for path in (tmp_path / "out").iterdir()} == names


def test_both_forms_hold_the_same_figures(data, tmp_path):
    build_processed(data, tmp_path)
    for name in FRAMES:
        csv = pd.read_csv(tmp_path / f"{name}.csv")
        parquet = pd.read_parquet(tmp_path / f"{name}.parquet")
        assert list(csv) == list(parquet)
        numbers = parquet.select_dtypes("number").columns
        pd.testing.assert_frame_equal(csv[numbers], parquet[numbers], check_dtype=False)


def test_a_csv_has_line_feeds_iso_dates_and_vietnamese_letters(data, tmp_path):
    write_csv(data.actuals[["name_vi", "as_of", "value"]], tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_bytes().decode("utf-8") == (
        "name_vi,as_of,value\nNước sạch,2027-01-05,91.5\n"
        "Diện tích lúa,2027-01-06,310.0\n"
    )


def test_a_build_replaces_what_an_earlier_one_left(data, tmp_path):
    (tmp_path / "targets.csv").write_text("old", "utf-8")
    build_processed(data, tmp_path)
    assert len(pd.read_csv(tmp_path / "targets.csv")) == 9


def test_what_is_built_says_what_is_ours_and_what_is_made_up(
    programme_folder, tmp_path
):
    folder = programme_folder(actuals=FIGURES)
    folder.replace("programme.toml", "made_up = false", "made_up = true")
    build_processed(folder.load(), tmp_path)
    rows = pd.read_csv(tmp_path / "assessment.csv")
    assert rows.loc[rows["actual"].notna(), "made_up"].all()
    assert rows["expected"].notna().any()
    assert rows.loc[rows["expected"].notna(), "target_basis"].eq("term").all()
