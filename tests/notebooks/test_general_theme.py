"""The general notebook shows every kind of indicator, and no section of nothing."""

import re
import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from cells import GENERAL, page_of
from published import ROOT, but_first_costly

import vinhloc as vl

OF_A_KIND = {
    "last": "Các mức qua từng năm",
    "sum": "Khối lượng từng năm và cộng dồn",
    "mean": "Số bình quân và tốc độ tăng bình quân",
    "growth": "Số bình quân và tốc độ tăng bình quân",
    "every_year": "Yêu cầu phải đạt hằng năm",
    "once": "Việc làm một lần",
}


def sections_of(page: str) -> dict[str, str]:
    """Return heading -> what stands below it."""
    _before, *parts = re.split(r"<h2[^>]*>", page)
    return dict(part.split("</h2>", 1) for part in parts)


@pytest.fixture
def kinds(tmp_path):
    """Return a copy of the programme that has every kind of indicator."""
    return Path(shutil.copytree(ROOT / "tests" / "every_kind", tmp_path / "kinds"))


def change(folder: Path, name: str, alter) -> None:
    table = pd.read_csv(folder / name, dtype=str, keep_default_na=False)
    alter(table).to_csv(folder / name, index=False)


def as_one_theme(folder: Path, *ways: str) -> None:
    """Keep the indicators of some kinds, all in one theme."""
    indicators = pd.read_csv(folder / "indicators.csv", dtype=str)
    kept = set(indicators.loc[indicators["over_term"].isin(ways), "indicator"])
    change(
        folder,
        "indicators.csv",
        lambda t: t[t["indicator"].isin(kept)].assign(theme="living", identity=""),
    )
    for path in ["targets.csv", "remarks.csv", "source_issues.csv", "breaks.csv"]:
        change(folder, path, lambda t: t[t["indicator"].isin(kept)])
    for path in (folder / "actuals").glob("*.csv"):
        change(folder, f"actuals/{path.name}", lambda t: t[t["indicator"].isin(kept)])


@pytest.mark.parametrize(
    "lacking", but_first_costly(["both", "nothing", "targets", "figures"])
)
def test_each_indicator_of_each_kind_is_on_the_page(kinds, lacking):
    as_one_theme(kinds, *OF_A_KIND)
    if lacking in ("targets", "both"):
        change(kinds, "targets.csv", lambda t: t[:0])
    if lacking in ("figures", "both"):
        shutil.rmtree(kinds / "actuals")
    sections = sections_of(page_of(kinds, 2027, "living"))
    ways = vl.load(kinds).indicators
    for row in ways.to_dict("records"):
        assert row["name_vi"] in sections["Thực hiện và mục tiêu từng năm"]
        drawn = sections[OF_A_KIND[row["over_term"]]]
        assert row["name_vi"].split()[0] in drawn, row["over_term"]


@pytest.mark.parametrize("way", but_first_costly(OF_A_KIND))
def test_a_theme_of_one_kind_has_no_section_of_another(kinds, way):
    as_one_theme(kinds, way)
    sections = sections_of(page_of(kinds, 2027, "living"))
    assert {*OF_A_KIND.values()} & {*sections} == {OF_A_KIND[way]}


def test_what_a_programme_has_nothing_of_has_no_heading(kinds):
    as_one_theme(kinds, "mean")
    (kinds / "remarks.csv").unlink()
    (kinds / "breaks.csv").unlink()
    sections = sections_of(page_of(kinds, 2026, "living"))
    assert [*sections] == [
        "Kết quả",
        "Tồn tại, nguyên nhân và giải pháp",
        "Số bình quân và tốc độ tăng bình quân",
        "Thực hiện và mục tiêu từng năm",
        "Nguồn số liệu",
    ]


def test_what_it_has_stands_under_its_heading(kinds):
    sections = sections_of(page_of(kinds, 2027, "farming"))
    assert "2.250 tấn" in sections["Tồn đọng từ các năm trước"].replace("\u00a0", " ")
    assert "Mưa kéo dài." in sections["Tồn tại, nguyên nhân và giải pháp"]
    sections = sections_of(page_of(kinds, 2027, "living"))
    assert "Chuẩn nghèo mới từ năm 2027." in sections["Lưu ý khi đọc"]
    assert "1 nội dung chưa rõ" in sections["Lưu ý khi đọc"]


def test_it_says_nothing_of_a_place():
    nodes = nbformat.read(ROOT / "notebooks" / GENERAL, as_version=4).cells
    text = "\n".join(cell.source for cell in nodes)
    assert not re.search(r"huyện|tỉnh|xã|thị trấn|Vĩnh Lộc", text)
