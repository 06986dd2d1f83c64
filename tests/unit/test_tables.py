"""Tables and charts: what stands in their cells."""

import pytest

import vinhloc as vl
from vinhloc.table import make_table, status_mark

FIGURES = """
    indicator,   year, value, vintage
    clean_water, 2026, 91.5,  final
    clean_water, 2028, 97,    estimate
    rice_area,   2026, 300,   final
    roads_built, 2026, 450,   final
    """


@pytest.fixture
def data(programme_folder):
    return programme_folder(actuals=FIGURES).load()


def cells(table, name):
    """Return the plain cells of the row that begins with a name."""
    (row,) = [r for r in table.frame.to_dict("records") if r["Chỉ tiêu"] == name]
    return row


def test_a_stated_target_stands_beside_figure_and_gap(data):
    rows = vl.select(data.assessment, year=2028)
    row = cells(vl.table_of_targets(rows), "Nước sạch")
    assert row["Mục tiêu"] == "≥ 97,5"
    assert "ước 97,0" in row["Thực hiện"]
    assert row["Chênh lệch"] == "−0,5"
    assert "Không đạt" in row["Kết quả"]


def test_a_surplus_has_its_sign(data):
    rows = vl.select(data.assessment, year=2026, theme="living")
    assert cells(vl.table_of_targets(rows), "Nước sạch")["Chênh lệch"] == "+1,5"


def test_an_interpolated_target_is_never_shown_as_the_programmes_own(data):
    rows = vl.select(data.assessment, year=2027)
    row = cells(vl.table_of_targets(rows), "Diện tích lúa")
    assert row["Mục tiêu"].startswith("310,0")
    assert "nội suy" in row["Mục tiêu"]
    assert row["Chênh lệch"] == "–"


def test_a_target_that_is_due_later_says_when(data):
    rows = vl.select(data.assessment, year=2026)
    row = cells(vl.table_of_targets(rows), "Năng suất lúa")
    assert row["Mục tiêu"] == "≥ 65,0 (hạn 2028)"


def test_an_indicator_without_a_target_can_stand_in_a_table(programme_folder):
    folder = programme_folder(
        actuals="indicator, year, value\nrice_area, 2026, 300",
    )
    text = (folder.path / "targets.csv").read_text("utf-8").splitlines()
    folder.write("targets.csv", "\n".join([text[0], *text[2:]]) + "\n")
    rows = vl.select(folder.load().assessment, year=2026)
    row = cells(vl.table_of_targets(rows), "Diện tích lúa")
    assert row["Mục tiêu"] == "–"
    assert "300,0" in row["Thực hiện"]


def test_missing_figures_name_the_department_and_how_it_is_known(data):
    rows = vl.select(data.assessment, year=2028)
    table = vl.table_of_missing(rows, data.names_of("departments", "department"))
    assert table.frame["Chỉ tiêu"].tolist() == [
        "Diện tích lúa",
        "Năng suất lúa",
        "Sản lượng lúa",
    ]
    assert set(table.frame["Nơi báo cáo"]) == {"Địa chính (đề nghị)"}


def test_steps_show_place_plan_and_running_totals(data):
    rows = vl.select(data.assessment, indicator="roads_built")
    table = vl.table_of_steps(rows).frame
    assert table["Nơi làm"].tolist()[:2] == ["Xóm Đông", "Xóm Tây"]
    assert table["Cộng dồn kế hoạch"].tolist() == ["400", "1.000", "1.000"]
    assert table["Cộng dồn thực hiện"].tolist() == ["450", "450", "450"]


def test_a_table_of_years_shows_reported_over_target(data):
    row = cells(vl.table_of_years(data.assessment, ["clean_water", "zz"]), "Nước sạch")
    assert [row[year] for year in ("2026", "2027", "2028")] == [
        "91,5 / ≥ 90,0",
        "–",
        "ước 97,0 / ≥ 97,5",
    ]


def test_an_identity_is_recomputed_for_targets_and_figures(data):
    row = cells(vl.table_of_identities(data.assessment, 2028), "Sản lượng lúa")
    assert list(row.values())[1:] == [
        "Diện tích lúa × Năng suất lúa ÷ 10",
        "2.080",
        "2.080",
        "–",
        "–",
    ]


def test_a_table_escapes_what_people_typed_and_marks_made_up_figures():
    table = make_table("<b>", {"Tên": ["<script>"], "Số": ["5"]}, made_up=True)
    html = table._repr_html_()
    assert "<script>" not in html
    assert "<b>" not in html
    assert "SỐ LIỆU MINH HỌA" in html
    assert repr(table).startswith("SỐ LIỆU MINH HỌA: ")


def test_an_empty_table_says_so():
    assert "không có dòng nào" in make_table("Nguồn", {"Tên": []})._repr_html_()


def test_a_status_is_a_word_and_a_shape_of_its_own():
    marks = [
        str(status_mark(status))
        for status in ("exceeded", "met", "missed", "undecided", "no_data", "not_due")
    ]
    assert len({mark.partition(' d="')[2].partition('"')[0] for mark in marks}) == 6
    for mark, word in zip(
        marks,
        ("Vượt", "Đạt", "Không đạt", "Chưa kết luận", "Chưa có số liệu", "Chưa đến"),
        strict=True,
    ):
        assert word in mark


def test_a_break_without_a_month_is_drawn(programme_folder):
    data = programme_folder(
        actuals=FIGURES,
        breaks="""\
            indicator,area,year,month,label_vi,label_en,reason_vi,reason_en,source
            clean_water,sao-mai,2027,,chuẩn mới,new,Chuẩn mới.,New.,bao-cao
            """,
    ).load()
    rows = vl.select(data.assessment, indicator="clean_water")
    chart = vl.draw_path(rows, breaks=vl.breaks_of(data, "clean_water"))
    assert "chuẩn mới" in [text.get_text() for text in chart.axes.texts]
