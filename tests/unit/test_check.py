"""What is printed in a source, against what was written down of it."""

import re

import pytest

from vinhloc.data.check import compare_source, extract_figures, figures_sha, summary

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
    assert problem.found == figures_sha(extract_figures(TEXT, ["II"])["as_printed"])


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
