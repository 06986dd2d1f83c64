"""What is printed in a source, against what was written down of it."""

import re
from textwrap import dedent

import pandas as pd
import pytest

from vinhloc.data.check import (
    compare_source,
    figures_sha,
    summary,
    write_source_list,
)
from vinhloc.data.intake import extract_figures
from vinhloc.figures import Fault

TEXT = """\
CHƯƠNG TRÌNH 1/CTr ngày 15/01/2026
I. MỤC ĐÍCH
Trong 3 năm 2026-2028.
II. MỤC TIÊU
1. Nông nghiệp
- Diện tích lúa 320ha; năng suất 65 tạ/ ha; sản lượng 2.080 tấn;

- Đến năm 2028: 97,5%, 10/10 thôn.
3. Môi trường
- Rừng: 4, ha
3. An ninh
- Đạt 100%
III. GIẢI PHÁP
1. Kinh tế
1.1. Ruộng đất
Ngày 09/02/2018 tích tụ 2,0 ha.
Giữ 15 ha.
IV. TỔ CHỨC
Gồm 7 tổ.
"""
OF_SECTION_2 = [
    ("II.1", "1"),
    ("II.1/1", "320"),
    ("II.1/1", "65"),
    ("II.1/1", "2.080"),
    ("II.1/2", "2028"),
    ("II.1/2", "97,5"),
    ("II.1/2", "10/10"),
    ("II.3", "3"),
    ("II.3/1", "4"),
    ("II.3b", "3"),
    ("II.3b/1", "100"),
]
OF_SECTION_3 = [
    ("III.1", "1"),
    ("III.1.1", "1.1"),
    ("III.1.1/1", "09/02/2018"),
    ("III.1.1/1", "2,0"),
    ("III.1.1/2", "15"),
]


def printed(text, sections) -> list[tuple]:
    figures = extract_figures(text, sections)
    return list(figures[["locator", "as_printed"]].itertuples(index=False, name=None))


def test_figures_are_read_in_order_with_section_and_paragraph():
    assert printed(TEXT, ["II", "III"]) == OF_SECTION_2 + OF_SECTION_3
    assert extract_figures(TEXT, ["II"])["ordinal"].tolist() == list(range(1, 12))


def test_only_the_sections_asked_for_are_read():
    assert printed(TEXT, ["III"]) == OF_SECTION_3
    assert printed(TEXT, ["V"]) == []


def test_the_second_section_of_a_number_gets_the_letter_b():
    places = [locator for locator, _ in printed(TEXT, ["II"])]
    assert places[-4:] == ["II.3", "II.3/1", "II.3b", "II.3b/1"]


def test_a_text_that_stands_twice_is_read_once():
    whole = TEXT.partition("IV.")[0]
    again = whole[whole.index("I. MỤC ĐÍCH") :].replace("320ha", "321ha")
    assert printed(whole + again, ["II", "III"]) == OF_SECTION_2 + OF_SECTION_3


LAYOUTS = {
    "parts, Roman numbers with dashes, letters": (
        """\
        Số: 7/KH-UBND
        A- KẾT QUẢ NĂM 2025
        I- KINH TẾ
        1- Thu nhập 51 triệu đồng
        a) Lúa 1.204 tấn;
        - Vụ xuân 5,5 tạ
        + Vụ mùa 6
        b) Ngô 30 ha
        II- XÃ HỘI
        Hộ nghèo 2%
        B- MỤC TIÊU
        1- Trồng 12 ha
        """,
        "0/1 7|A 2025|A.I.1 1|A.I.1 51|A.I.1.a 1.204|A.I.1.a/1 5,5|A.I.1.a/2 6|"
        "A.I.1.b 30|A.II/1 2|B.1 1|B.1 12",
    ),
    "articles and numbered clauses": (
        """\
        Điều 1. Mục tiêu đến năm 2030
        1. Nước sạch: 98 %.
        2. Rác thải
        Phân loại 70%
        Điều 2. Thi hành từ 01/7/2026.
        1. Văn phòng có 3 người
        """,
        "Điều 1 1|Điều 1 2030|Điều 1.1 1|Điều 1.1 98|Điều 1.2 2|Điều 1.2/1 70|"
        "Điều 2 2|Điều 2 01/7/2026|Điều 2.1 1|Điều 2.1 3",
    ),
    "numbers in brackets that begin anew below stars": (
        """\
        * Về kinh tế (2 chỉ tiêu)
        (1) Tăng 7,5 - 8,0%/năm
        (2). Chợ: 04/05 thôn
        * Về xã hội
        (1) Bảo hiểm 95%
        """,
        "0/1 2|1 1|1 7,5|1 8,0|2 2|2 04/05|1b 1|1b 95",
    ),
    "rows of tables, pages and annexes": (
        """\
        I. MỤC TIÊU
        STT\tChỉ tiêu\t2026\t2030
        1\tNước sạch\t90\t98
        | 2 | Rác | 50 | 80 |
        - 3 -
        20 - 25
        9.
        PHỤ LỤC 1 - BIỂU SỐ LIỆU
        I. KINH TẾ
        Thu 4,2 tỷ
        Phụ lục II
        Chi 3 tỷ
        """,
        "I/1 2026|I/1 2030|I/2 1|I/2 90|I/2 98|I/3 2|I/3 50|I/3 80|I/4 3|I/5 20|"
        "I/5 25|I/6 9|PHỤ LỤC 1 1|PHỤ LỤC 1.I/1 4,2|Phụ lục II/1 3",
    ),
    "sections that repeat, and all on one line": (
        """\
        1. A
        5 xã
        1. B
        6 xã
        1. C
        7 xã. 1. Thu 8 tỷ. 2. Chi 9 tỷ.
        """,
        "1 1|1/1 5|1b 1|1b/1 6|1c 1|1c/1 7|1c/1 1|1c/1 8|1c/1 2|1c/1 9",
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_figure_of_a_text_is_listed_once_in_order_with_its_place(name):
    text, wanted = map(dedent, LAYOUTS[name])
    found = printed(text, [])
    assert [" ".join(row) for row in found] == wanted.split("|")
    assert [figure for _, figure in found] == re.findall(r"\d+(?:[.,/]\d+)*", text)


@pytest.fixture
def listed(programme_folder, tmp_path):
    """Return a programme's folder and what writes its list from a text."""
    folder = programme_folder()

    def write(text: str) -> list[str]:
        (tmp_path / "văn bản.txt").write_text(text, "utf-8")
        return write_source_list(folder.path, tmp_path / "văn bản.txt")

    def rows() -> list[dict]:
        return pd.read_csv(folder.path / "source_figures.csv", dtype=str).fillna("")

    write.folder, write.rows = folder, rows
    write.text = tmp_path / "văn bản.txt"
    return write


def test_the_list_is_written_from_the_text_with_what_is_left_to_do(listed):
    said = listed(TEXT)
    rows = listed.rows()
    found = [*zip(rows["locator"], rows["as_printed"], strict=True)]
    assert found == OF_SECTION_2
    assert rows["value"].tolist()[:7] == ["1", "320", "65", "2080", "2028", "97.5", ""]
    assert set(rows["used_by"] + rows["reason"] + rows["unit"]) == {""}
    assert said[1:3] == [
        "11 con số trong danh mục",
        "11 con số chưa ghi used_by hoặc reason",
    ]
    sha = figures_sha(extract_figures(TEXT, ["II"])["as_printed"])
    assert said[-2:] == ["figures = 11", f'sha256 = "{sha}"']


def test_the_lines_that_it_names_make_the_comparison_whole(listed):
    toml = listed.folder.path / "programme.toml"
    before = toml.read_text("utf-8").partition("[source]")[0]
    toml.write_text(before, "utf-8")
    lines = listed(TEXT)[-3:]
    assert toml.read_text("utf-8") == before
    toml.write_text("\n".join([before, *lines]), "utf-8")
    assert compare_source(listed.folder.load(), listed.text) == []
    assert len(listed.rows()) == 22  # without sections: of the whole text


def test_what_was_decided_of_a_figure_is_taken_over(listed):
    listed(TEXT)
    path = listed.folder.path / "source_figures.csv"
    text = path.read_text("utf-8").replace("65,65,,,", "65,65,tạ,rice_yield 2028,")
    path.write_text(text.replace("2028,2028,,,", "2028,2028,,,year"), "utf-8")
    said = listed(TEXT.replace("- Diện", "- Thêm 7 ha\n- Diện").replace("100%", "95%"))
    rows = listed.rows().set_index("as_printed")
    assert rows.loc["65"].tolist() == ["II.1/2", "4", "65", "tạ", "rice_yield 2028", ""]
    assert rows.loc["2028", "reason"] == "year"
    assert rows.loc["7", "used_by"] == rows.loc["95", "used_by"] == ""
    assert said[2] == "10 con số chưa ghi used_by hoặc reason"


@pytest.mark.parametrize(
    ("old", "new"), [("65 tạ", "66 tạ"), ("1. Nông nghiệp", "2. Nông nghiệp")]
)
def test_a_list_that_speaks_of_figures_that_are_gone_is_left_as_it_is(listed, old, new):
    listed(TEXT)
    path = listed.folder.path / "source_figures.csv"
    text = path.read_text("utf-8").replace("65,65,,,", "65,65,,rice_yield 2028,")
    path.write_text(text, "utf-8")
    with pytest.raises(Fault, match=r"dòng 4 \(II\.1/1: 65\)"):
        listed(TEXT.replace(old, new))
    assert path.read_text("utf-8") == text


@pytest.fixture
def kept(programme_folder, tmp_path):
    """A programme whose figures were written down from section II of the text."""
    figures = extract_figures(TEXT, ["II"])
    lines = [
        f'{row.locator},{row.ordinal},"{row.as_printed}",,,,year'
        for row in figures.itertuples()
    ]
    header = "locator,ordinal,as_printed,value,unit,used_by,reason"
    folder = programme_folder(source_figures="\n".join([header, *lines]) + "\n")
    sha = 'sha256 = "' + figures_sha(figures["as_printed"]) + '"'
    text = (folder.path / "programme.toml").read_text("utf-8")
    folder.write("programme.toml", text[: text.index("sha256")] + sha + "\n")

    def compare(text: str):
        source = tmp_path / "van-ban.txt"
        source.write_text(text, "utf-8")
        return compare_source(folder.load(), source)

    compare.folder = folder
    return compare


def test_the_text_that_was_written_down_is_found_the_same(kept):
    assert kept(TEXT) == []


def test_a_changed_sentence_without_a_changed_figure_is_no_problem(kept):
    assert kept(TEXT.replace("Diện tích lúa", "Đất lúa")) == []


@pytest.mark.parametrize(
    ("old", "new", "number", "found", "ours"),
    [
        ("65 tạ", "66 tạ", 3, "II.1/1 66", "II.1/1 65"),
        ("320ha", "ba trăm ha", 2, "II.1/1 65", "II.1/1 320"),
        ("Rừng:", "Rừng 5:", 9, "II.3/1 5", "II.3/1 4"),
        ("- Đến năm", "và đến\nnăm", 5, "II.1/3 2028", "II.1/2 2028"),
        ("97,5", "97.5", 6, "II.1/2 97.5", "II.1/2 97,5"),
    ],
)
def test_the_first_difference_is_named(kept, old, new, number, found, ours):
    (problem,) = kept(TEXT.replace(old, new))
    assert problem.file == "van-ban.txt"
    assert re.findall(r"\d+", problem.column) == [str(number)]
    assert problem.found == found
    assert f"«{ours}»" in problem.expected


@pytest.mark.parametrize(
    ("old", "new", "count"), [("100%", "trọn", "10"), ("100%", "100% và 5", "12")]
)
def test_a_missing_or_added_figure_at_the_end_changes_the_count(kept, old, new, count):
    (problem,) = kept(TEXT.replace(old, new))
    assert problem.found == count
    assert "«11»" in problem.expected


def test_figures_written_down_after_the_checksum_are_found(kept):
    kept.folder.replace("programme.toml", 'sha256 = "', 'sha256 = "0')
    (problem,) = kept(TEXT)
    sha = figures_sha(extract_figures(TEXT, ["II"])["as_printed"])
    # What to do: the line to write, whole.
    assert f'sha256 = "{sha}"' in problem.expected
    assert "programme.toml" in problem.expected


def test_a_text_that_is_not_there_is_a_problem(programme_folder, tmp_path):
    (problem,) = compare_source(programme_folder().load(), tmp_path / "không-có.txt")
    assert problem.file == "không-có.txt"
    assert problem.expected


def test_the_checksum_depends_on_every_figure_and_on_their_order(frame):
    shas = {
        figures_sha(frame("as_printed\n" + cells, dtype=str)["as_printed"])
        for cells in ("2\n2.5", "2.5\n2", "2\n25", "22.5")
    }
    assert len(shas) == 4


def test_the_summary_counts_what_there_is(programme_folder):
    data = programme_folder(
        actuals="indicator, year, value\nclean_water, 2026, 975"
    ).load()
    # Indicators, targets, actuals, context, issues, questions.
    assert re.findall(r"\d+", summary(data)) == ["5", "9", "1", "0", "0", "1"]
