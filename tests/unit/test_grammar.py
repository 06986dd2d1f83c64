"""What describes a figure is understood to the last word, or its figure is asked about.

None of these words stands in the grammar: what it does not know, it does not take.
"""

import dataclasses
import datetime
import re
from pathlib import Path

import pytest

from vinhloc.data.loading import load
from vinhloc.office.files.files import Cell, OfficeFile, Sheet
from vinhloc.office.names import Names
from vinhloc.office.tables.answers import Answers
from vinhloc.office.tables.grammar import Grammar
from vinhloc.office.tables.reading import read_submission
from vinhloc.office.taken import take

RAW = Path(__file__).parents[2] / "data" / "raw"
TODAY = datetime.date(2025, 4, 1)
RICE = "Sản lượng lúa"
ROW = [1, RICE, "tấn", 2000, "2.080"]
HEAD = ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm 2024", "Thực hiện năm 2024"]


@pytest.fixture(scope="module")
def data():
    return load(RAW)


@pytest.fixture(scope="module")
def grammar(data):
    return Grammar(data, Names(data))


@pytest.fixture
def apart(data, grammar):
    """Return what takes rows of cells apart, into a file and its Submission."""

    def parts(rows, name="Biểu", *, merged=(), doubts=None, widths=None, answers=None):
        cells = {
            (row, at): Cell(row, at, value)
            for row, line in enumerate(rows, 1)
            for at, value in enumerate(line, 1)
            if value is not None
        }
        for (row, at), doubt in (doubts or {}).items():
            cells[row, at] = cells[row, at]._replace(doubt=doubt)
        sheet = Sheet(name, False, cells, tuple(merged), widths or {})
        file = OfficeFile("a.xlsx", b"", "0" * 64, "xlsx", (sheet,), ())
        known = Answers(data, answers or {})
        return file, read_submission(file, grammar, data.programme, known, None)

    return parts


@pytest.fixture
def read(data, apart):
    """Return what reads rows of cells: a Taken."""

    def taken(*arguments, **options):
        file, found = apart(*arguments, **options)
        names = Names(data)
        return take(data, file, found, names=names, key="a", today=TODAY)

    return taken


def figures(taken) -> dict[str, float]:
    return {row["indicator"]: float(row["value"]) for row in taken.figures}


def kinds(taken) -> set[tuple]:
    return {(problem.cell, problem.kind) for problem in taken.problems}


def adds_up(taken) -> bool:
    rows = taken.rows_said
    return rows.pop("rows") == sum(rows.values())


UNKNOWN = """
8T/2024|TH 8T năm 2024|TH 10T/2024|3T đầu 2024|9T đầu năm|TH T11/2024|TH T1-T9/2024
quý 3/2024|Q3/2024|TH Q.IV 2024|3 quý đầu 2024|HKII 2024|học kỳ 2 năm 2024
năm học 2024|niên vụ 2024|vụ hè thu 2024|mùa mưa 2024|đợt cuối 2024|kỳ 1 năm 2024
kỳ trước 2024|tuần cuối 2024|tháng trước 2024|tháng 11/2024|9 tháng 2024
nửa cuối 2024|giữa kỳ 2024|6 tháng cuối năm 2024|sáu tháng 2024|lk 2024
lũy tiến 2024|cộng dồn 2024|từ đầu năm 2024|đến nay 2024|đến 30/9/2024
tính đến 15/11/2024|đến hết quý III/2024|cuối kỳ 2024|bình quân tháng 2024
ngày 30/6/2024|hiện tại 2024|thời điểm 01/7/2024|2023-2024|giai đoạn 2021-2024
2023 và 2024|huyện 2024|toàn huyện 2024|tỉnh 2024|toàn tỉnh 2024|cụm 2024
xã Tây Đô 2024|xã Ninh Khang 2024|xã Vĩnh Lộc 2024|huyện Vĩnh Lộc 2024
thị trấn Kim Tân 2024|thôn Đông 2024|khu phố 3 2024|các xã 2024|liên xã 2024
phường Thiệu Dương 2024|khu vực nông thôn 2024|vùng đồi 2024|nữ 2024|nam 2024
dân tộc 2024|trẻ em 2024|hộ khá 2024|trong đó 2024|HTX 2024|doanh nghiệp 2024
vụ xuân 2024|giống lai 2024|lúa lai 2024|đất bãi 2024|điểm 2024|xếp loại 2024
điểm số 2024|hạng 2024|tỷ trọng 2024|cơ cấu 2024|hệ số 2024|mức tăng 2024
bình quân 2024|chỉ số 2024|số hộ 2024|số thôn 2024|số lớp 2024|lượt 2024
theo đăng ký 2024|thí điểm 2024|dở dang 2024|đã nghiệm thu 2024|chưa xong 2024
khoán 2024|theo giá 2010 2024|giá hiện hành 2024|lần 2 năm 2024|bổ sung 2024
ngoài kế hoạch 2024|vốn huyện 2024|xã hội hóa 2024|mẫu điều tra 2024
"""
WORDS = [word for line in UNKNOWN.split("\n") for word in line.split("|") if word]


@pytest.mark.parametrize("word", WORDS)
def test_a_heading_with_a_word_that_is_not_known_gives_no_figure(apart, word):
    for text in (f"Kết quả {word}", f"{word} (thực hiện)"):
        _file, found = apart([[*HEAD[:4], text], ROW])
        assert not found.entries
        assert found.problems


@pytest.mark.parametrize("word", WORDS)
def test_a_title_with_a_word_that_is_not_known_gives_no_figure(apart, word):
    title = [f"BÁO CÁO {word.upper()}"]
    _file, found = apart([title, [*HEAD[:3], "KH", "TH"], ROW])
    assert not found.entries
    assert found.problems


@pytest.mark.parametrize("word", [w for w in WORDS if "đến" not in w])
def test_a_group_with_a_word_that_is_not_known_gives_no_figure(apart, word):
    word = word.replace(" 2024", "").replace("/2024", "")
    _file, found = apart([HEAD, ["II", word.capitalize()], [1, *ROW[1:]]])
    assert not found.entries
    assert kinds(found) == {("B2", "group")}
    assert found.rows == {"asked": 1, "without": 1}


SHEETS = "Xã Tây Đô|Huyện|T9|6T-2024|Q4|LK|Nữ|9|9.2024|Đợt 2|Thôn Đông|HKI|Vĩnh Tiến|"
SHEETS += "30.6.2024|Tuần 12|KP3|Năm học"


@pytest.mark.parametrize(
    "name",
    SHEETS.split("|"),
)
def test_a_sheet_whose_name_is_not_known_gives_no_figure(apart, name):
    _file, found = apart([HEAD, ROW], name)
    assert not found.entries
    assert [problem.kind for problem in found.problems] == ["sheet"]


@pytest.mark.parametrize("top", ["Toàn huyện", "Xã Tây Đô", "Nữ", "Đợt 1", "9 tháng"])
def test_a_group_of_columns_that_is_not_known_is_asked_about_once(read, top):
    rows = [["TT", "Chỉ tiêu", "ĐVT", top, None], [*[None] * 3, "KH 2024", "TH2024"]]
    taken = read(
        [*rows, ROW], merged=[(1, c, 2, c) for c in (1, 2, 3)] + [(1, 4, 1, 5)]
    )
    assert not taken.figures
    assert kinds(taken) == {("D1", "layout")}


KNOWN = """
TH2024|TH_2024|TH.2024|TH-2024|KQ2024|KQ 2024|Kết quả 2024|Thực tế 2024|2024 TH
Thực hiện cả năm 2024|TH 12 tháng 2024|Kết quả đến 31/12/2024|TH đến hết năm 2024
Số thực hiện 2024|Số liệu thực hiện năm 2024|Đạt được năm 2024|Thực hiện (2024)
Thực hiện của địa phương năm 2024|Kết quả trên địa bàn 2024|TH toàn thị trấn 2024
Kết quả thị trấn Vĩnh Lộc năm 2024|Kết quả thực hiện kế hoạch năm 2024
Số chính thức thực hiện năm 2024|Thực hiện năm 2024 (5)|1. Thực hiện 2024
Kết quả cả 12 tháng năm 2024|Tổng số thực hiện 2024|TH 2024 (tấn)|TH 2024, tấn
Lũy kế 12 tháng thực hiện 2024|Thực hiện đến 31/12/năm 2024
"""
ESTIMATES = "ƯTH2024|UTH 2024|ƯTH_2024|Ước TH cả năm 2024|Dự kiến thực hiện 2024"
HEADINGS = [word for line in KNOWN.split("\n") for word in line.split("|") if word]
BOTH = [(text, "final") for text in HEADINGS]
BOTH += [(text, "estimate") for text in ESTIMATES.split("|")]


@pytest.mark.parametrize(("text", "vintage"), BOTH)
def test_a_heading_of_known_words_is_read(apart, text, vintage):
    _file, found = apart([["TỔNG HỢP NĂM 2024"], [*HEAD[:4], text], ROW])
    assert [entry.indicator for entry in found.entries] == ["rice_output"]
    assert (found.entries[0].vintage or "final") == vintage


@pytest.mark.parametrize(
    "title",
    [
        "ỦY BAN NHÂN DÂN THỊ TRẤN VĨNH LỘC",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Biểu số 02",
        "Phụ lục II",
        "(Kèm theo Báo cáo số 215/BC-UBND ngày 10/12/2024 của UBND thị trấn)",
        "Vĩnh Lộc, ngày 05 tháng 12 năm 2024",
        "TÌNH HÌNH THỰC HIỆN CÁC CHỈ TIÊU KINH TẾ - XÃ HỘI, QUỐC PHÒNG - AN NINH",
        "Lĩnh vực: Nông nghiệp",
        "Thị trấn Vĩnh Lộc, huyện Vĩnh Lộc, tỉnh Thanh Hóa",
        "Địa bàn: thị trấn Vĩnh Lộc",
        "Số liệu đến 31/12/2024",
        "Công an thị trấn",
    ],
)
def test_a_title_of_known_words_is_read(apart, title):
    _file, found = apart([[title], HEAD, ROW])
    assert len(found.entries) == 1


@pytest.mark.parametrize("name", ["", "Sheet1", "Biểu 01", "Nông nghiệp", "KTXH 2024"])
def test_a_sheet_with_a_usual_name_is_read(apart, name):
    _file, found = apart([HEAD, ROW], name)
    assert len(found.entries) == 1


def test_a_group_ends_where_the_next_of_its_rank_begins(read):
    other = [2, "Tỷ lệ hộ nghèo", "%", None, "1,2"]
    taken = read([HEAD, ["I", "Hộ dân tộc"], ROW, ["II", "XÃ HỘI"], other])
    assert figures(taken) == {"poor_household_rate": 1.2}
    assert kinds(taken) == {("B2", "group")}


def test_a_numbered_row_ends_a_group_whose_own_rows_came_before(read):
    part = [None, "- Tỷ lệ hộ nghèo", "%", None, "5"]
    rows = [["1.1", "Người già"], part, ["1.2", *ROW[1:]]]
    assert figures(read([HEAD, *rows])) == {"rice_output": 2080}


def test_a_group_is_of_an_indicator_only_where_it_is_no_place(read):
    roads = (
        "Tỷ lệ đường giao thông được cứng hóa (trừ quốc lộ, đường tỉnh, đường huyện)"
    )
    row = [1, roads, "%", None, "97,5"]
    for group in ("Đường giao thông", "Huyện", "Huyện lộ"):
        taken = read([HEAD, ["I", group], row])
        assert bool(taken.figures) == (group == "Đường giao thông")


def test_a_part_of_a_row_that_is_not_known_is_not_the_whole(read):
    known, part = [2, "Số máy bay", "chiếc", None, "3"], "- Sản lượng lúa"
    taken = read(
        [HEAD, known, [None, part, *ROW[2:]], [3, "Diện tích lúa", "ha", 1, 310]]
    )
    assert figures(taken) == {"rice_area": 310}
    assert kinds(taken) == {("B2", "indicator"), ("B2", "group")}


@pytest.mark.parametrize("column", ["Thôn", "Đối tượng", "Giống", ""])
def test_a_column_that_says_whose_a_figure_is_is_asked_about(read, column):
    head = ["TT", "Chỉ tiêu", "ĐVT", column, "Thực hiện năm 2024"]
    row = [*ROW[:3], "Thôn Đông", ROW[4]]
    taken = read([head, row, row])
    assert not taken.figures
    assert {cell[0] for cell, _kind in kinds(taken)} == {"D"}
    if column:
        assert len(taken.problems) == 1
        read_now = read([head, row], answers={("", "D1"): "no_result"})
        assert figures(read_now) == {"rice_output": 2080}
    row[3] = "thị trấn Vĩnh Lộc"
    assert figures(read([head, row])) == {"rice_output": 2080}


def test_the_year_of_a_plan_in_a_title_is_not_the_results(read):
    title = "TÌNH HÌNH THỰC HIỆN NĂM 2023, KẾ HOẠCH NĂM 2024"
    taken = read([[title], [*HEAD[:3], "KH", "TH"], ROW])
    assert {row["year"] for row in taken.figures} == {2023}


def test_a_child_is_read_with_its_parents_name(read):
    rows = [
        ["1.3", "Ngô"],
        [None, "- Diện tích", "ha", None, "19,5"],
        [None, "- Năng suất", "tạ/ha/vụ", None, "44"],
        ["1.4", "Lạc"],
        [None, "- Diện tích", "ha", None, "12"],
        ["2", "Lúa:"],
        [None, "Sản lượng", "tấn", None, "2.080"],
    ]
    taken = read([HEAD, *rows])
    assert figures(taken) == {
        "maize_area": 19.5,
        "maize_yield": 44,
        "rice_output": 2080,
    }
    assert kinds(taken) == {("B6", "indicator")}
    assert adds_up(taken)


@pytest.mark.parametrize(
    "doubt",
    ["covered", "struck", "raised", "unseen", "format"],
)
@pytest.mark.parametrize("column", [2, 3, 4, 5])
def test_a_cell_that_shows_something_else_is_refused(read, doubt, column):
    taken = read([HEAD, ROW], doubts={(2, column): doubt})
    assert not taken.figures
    assert [problem.kind for problem in taken.problems] == [doubt]


@pytest.mark.parametrize("column", [2, 3, 5])
def test_a_figure_in_a_hidden_row_is_held_back(read, column):
    taken = read([HEAD, ROW], doubts={(2, column): "hidden"})
    assert not taken.figures
    assert not taken.problems
    assert [q.kind for q in taken.questions] == ["hidden"]
    assert taken.rows_said["asked"] == 1


@pytest.mark.parametrize("doubt", ["hidden", "struck"])
def test_a_heading_that_is_hidden_or_struck_is_asked_about(read, doubt):
    rows = [[*HEAD, "Kết quả"], [*ROW, "2.090"]]
    taken = read(rows, doubts={(1, 5): doubt, (2, 5): doubt})
    assert kinds(taken) == {("E1", doubt)}
    assert 2080 not in figures(taken).values()
    taken = read(rows, doubts={(1, 5): doubt}, answers={("", "E1"): "whole_year"})
    assert figures(taken) == {"rice_output": 2080}


@pytest.mark.parametrize("width", [3, 4, 6, 7])
def test_a_line_of_a_csv_that_is_longer_or_shorter_is_refused(read, width):
    row = [*ROW, 5, 7][:width]
    taken = read(
        [HEAD, [1, "Diện tích lúa", "ha", 300, 310], row],
        "",
        widths={1: 5, 2: 5, 3: width},
    )
    assert figures(taken) == {"rice_area": 310}
    assert [problem.kind for problem in taken.problems] == ["width"]
    assert "3" in taken.problems[0].why
    assert adds_up(taken)


def test_a_column_of_unknown_words_is_asked_about_beside_one_that_is_known(read):
    taken = read([[*HEAD, "Thực hiện LK năm 2024"], [*ROW, "1.500"]])
    assert kinds(taken) == {("F1", "layout")}
    for known in ("TH 9 tháng 2024", "TH năm trước", "TH 2023", "Đơn vị thực hiện"):
        assert not read([[*HEAD, known], [*ROW, "1.500"]]).problems


@pytest.mark.parametrize(
    "answer",
    ["whole_year", "other_period", "other_place", "no_result", "plan"],
)
@pytest.mark.parametrize("where", ["E2", "A1", "", "A3"])
def test_an_answer_settles_a_text_for_all_that_it_describes(read, answer, where):
    title, name, group = "BIỂU 2024", "Biểu", ["NHÓM"]
    head, group = [*HEAD[:4], "Thực hiện 2024"], ["Kinh tế"]
    if where == "E2":
        head[4] = "Thực hiện đợt hai 2024"
    title = "CỤM BA" if where == "A1" else title
    name = "KP3" if where == "" else name
    group = ["Người già"] if where == "A3" else group
    rows = [[title], head, group, ROW]
    assert not read(rows, name).figures
    taken = read(rows, name, answers={("", where): answer})
    own = answer == "whole_year"
    assert figures(taken) == ({"rice_output": 2080} if own else {})
    assert not (own and taken.problems)


def test_a_yearly_percentage_is_one_of_a_growth_never_of_a_level(read):
    growth = [1, "Tỷ lệ tăng thu ngân sách bình quân hàng năm", "%", None, "8,5%/năm"]
    level = [2, "Tỷ lệ hộ nghèo", "%", None, "1,4%/năm"]
    taken = read([HEAD, growth, level])
    assert figures(taken) == {"budget_revenue_growth": 8.5}
    assert kinds(taken) == {("E3", "change")}


def test_a_town_without_a_namesake_is_known_by_its_bare_name(data, read):
    areas = data.tables["areas.csv"].set_index("area", drop=False)
    alone = areas[~areas["name_vi"].str.contains("huyện|xã Vĩnh")].reset_index(
        drop=True
    )
    alone["parent"] = None
    tables = data.tables | {"areas.csv": alone}
    other = Grammar(dataclasses.replace(data, tables=tables), Names(data))
    assert not other.read("Kết quả Vĩnh Lộc").left("heading")
    assert other.read("Kết quả xã Vĩnh Lộc").left("heading")


def test_the_page_says_how_many_words_were_tried():
    page = (RAW.parents[1] / "docs" / "reliability.md").read_text("utf-8")
    counts = re.findall(r"heading of a column \| (\d+) |title above.*? \| (\d+) ", page)
    counts += re.findall(r"row that heads a group \| (\d+) ()", page)
    groups = sum("đến" not in word for word in WORDS)
    assert [int(one or other) for one, other in counts] == [len(WORDS)] * 2 + [groups]
