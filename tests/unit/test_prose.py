"""Sentences with figures, and the language they are in."""

import contextvars

import pytest

import vinhloc as vl
from vinhloc.language import _, language, n_, named
from vinhloc.prose import headline, prose, rest_of_balance, say_indicator


def test_the_headline_counts_exceeded_inside_met(frame):
    rows = frame("""
        status
        exceeded
        exceeded
        met
        missed
        undecided
        no_data
        not_due
        """)
    assert headline(rows) == "3/4 chỉ tiêu có kết luận đạt và vượt, trong đó 2 vượt."
    assert rest_of_balance(rows) == (
        "Ngoài ra: 1 chỉ tiêu đến hạn nhưng chưa có số liệu; "
        "1 chỉ tiêu chưa kết luận được; 1 chỉ tiêu chưa đến hạn trong năm."
    )


def test_without_a_verdict_no_share_is_claimed(frame):
    rows = frame("status\nno_data\nnot_due")
    assert "/" not in headline(rows)
    assert headline(rows).startswith("Chưa có chỉ tiêu nào")


def test_nothing_stands_beside_the_headline_when_all_are_judged(frame):
    assert rest_of_balance(frame("status\nmet\nmissed")) == ""


def test_the_main_list_is_counted_apart_from_the_other_indicators(programme_folder):
    data = programme_folder(
        actuals="""
            indicator,   year, value
            clean_water, 2026, 91
            roads_built, 2026, 300
            """
    ).load()
    main, others = vl.say_balance(data, 2026).paragraphs
    assert "(4 chỉ tiêu)" in main
    assert "1/1 chỉ tiêu" in main
    assert "(1 chỉ tiêu)" in others
    assert "0/1 chỉ tiêu" in others


def test_coverage_says_what_is_due_known_and_missing(programme_folder):
    data = programme_folder(
        actuals="indicator, year, value\nclean_water, 2028, 98"
    ).load(as_of="2028-12-31")
    text = repr(vl.say_coverage(data, 2028))
    assert "Năm 2028 có 4 mục tiêu đến hạn đánh giá; 1 mục tiêu" in text
    assert "3 mục tiêu chưa có" in text
    assert "31/12/2028" in text


def test_missing_figures_are_asked_for_by_department(programme_folder):
    text = repr(vl.say_missing(programme_folder().load(), 2028))
    assert "Địa chính: 3" in text
    assert "Văn phòng: 1" in text


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("exceeded, stated, 98,   exact, False", "98,0%, vượt mục tiêu ≥ 97,5%"),
        ("met,      stated, 97.5, exact, False", "97,5%, đạt mục tiêu ≥ 97,5%"),
        ("missed,   stated, 90,   exact, False", "90,0%, không đạt mục tiêu ≥ 97,5%"),
        ("undecided,stated, 90,   lower, False", "hơn 90,0%, mục tiêu ≥ 97,5%; chưa"),
        ("undecided,stated,   ,   exact, True", "hai nguồn khác nhau"),
        ("no_data,  stated,   ,   exact, False", "chưa có số liệu (mục tiêu ≥ 97,5%)"),
        ("not_due,  term,   90,   exact, False", "90,0%; năm nay chưa đến hạn"),
    ],
)
def test_every_status_has_its_sentence(frame, row, said):
    rows = frame(f"status, target_basis, actual, bound, conflict\n{row}").assign(
        name_vi="Nước sạch",
        name_en="Clean water",
        unit="%",
        decimals=1,
        target=97.5,
        comparator=">=",
        vintage="final",
        source="bao-cao",
        period="year",
    )
    (record,) = rows.to_dict("records")
    sentence = say_indicator(record)
    assert sentence.startswith("Nước sạch: ")
    assert said in sentence


def test_made_up_figures_are_marked_in_text_and_html():
    said = prose(["Đạt 5 chỉ tiêu."], made_up=True)
    assert repr(said).startswith("SỐ LIỆU MINH HỌA: ")
    assert "SỐ LIỆU MINH HỌA" in said._repr_html_()
    assert "MINH HỌA" not in repr(prose(["Đạt 5 chỉ tiêu."]))


def test_every_paragraph_on_made_up_figures_is_marked(programme_folder):
    folder = programme_folder(actuals="indicator, year, value\nclean_water, 2026, 91")
    folder.replace("programme.toml", "made_up = false", "made_up = true")
    data = folder.load()
    for said in (
        vl.say_balance(data, 2026),
        vl.say_coverage(data, 2026),
        vl.say_known(data, 2026),
    ):
        html = said._repr_html_()
        assert html.count("SỐ LIỆU MINH HỌA") == len(said.paragraphs), html


def test_prose_is_escaped():
    assert "<b>" not in prose(["<b>"])._repr_html_()


def test_a_text_without_translation_stays_vietnamese(english):
    assert _("câu chưa dịch {n}", n=2) == "câu chưa dịch 2"
    assert n_("{n} câu chưa dịch", 1500) == "1,500 câu chưa dịch"


def test_a_name_without_translation_stays_vietnamese(english):
    assert named({"name_vi": "Nước sạch", "name_en": ""}) == "Nước sạch"
    assert named({"name_vi": "Nước sạch", "name_en": "Clean water"}) == "Clean water"


@pytest.mark.parametrize(
    ("wished", "lang"),
    [(None, "vi"), ("en", "en"), ("en_GB.UTF-8", "en"), ("vi", "vi"), ("fr", "vi")],
)
def test_the_language_comes_from_the_environment_unless_set(monkeypatch, wished, lang):
    monkeypatch.delenv("VINHLOC_LANG", raising=False)
    if wished:
        monkeypatch.setenv("VINHLOC_LANG", wished)
    assert contextvars.Context().run(language) == lang


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="fr"):
        vl.use_language("fr")
