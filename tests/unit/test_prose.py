"""Sentences with figures, and the language they are in."""

import contextvars
import re

import pandas as pd
import pytest

import vinhloc as vl
from vinhloc.figures.translation import _, language, n_, named
from vinhloc.show.balance import say_beside, say_early, say_results
from vinhloc.show.indicator import say_indicator
from vinhloc.show.table import prose


def numbers(text: str) -> list[str]:
    """Return the numbers of a text, a share as one."""
    return re.findall(r"\d+(?:/\d+)?", text)


RESULTS = """
    of,          exceeded, met, missed, undecided, no_data, said
    all sorts,   2, 1, 1, 1, 1, "Năm 2028: 3/6 chỉ tiêu đến hạn đạt và vượt (2 vượt), \
1 chưa đạt, 1 chưa đủ căn cứ đánh giá, 1 chưa có số liệu."
    none better, 0, 3, 0, 0, 0, "Năm 2028: 3/3 chỉ tiêu đến hạn đạt và vượt."
    just half,   0, 1, 0, 0, 1, "Năm 2028: 1/2 chỉ tiêu đến hạn đạt và vượt, \
1 chưa có số liệu."
    too little,  0, 1, 1, 0, 3, "Chưa thể đánh giá năm 2028: 3/5 chỉ tiêu đến hạn \
chưa có số liệu, 1 đạt và vượt, 1 chưa đạt."
    unclear,     0, 0, 0, 2, 1, "Chưa thể đánh giá năm 2028: 3/3 chỉ tiêu đến hạn \
chưa đủ số liệu."
    nothing due, 0, 0, 0, 0, 0, "Năm 2028: không có chỉ tiêu đến hạn nào."
    """.replace("\\\n", "")


def test_results_have_one_denominator_and_no_share_where_most_is_unknown(frame):
    for case in frame(RESULTS).to_dict("records"):
        kinds = ("exceeded", "met", "missed", "undecided", "no_data")
        statuses = [kind for kind in kinds for _at in range(int(case[kind]))]
        due = pd.DataFrame({"status": statuses, "due_year": 2028, "year": 2028})
        waiting = pd.DataFrame({"status": ["not_due", "met"], "due_year": 2030})
        rows = pd.concat([due, waiting.assign(year=2028)])
        assert say_results(rows, "năm 2028") == case["said"], case["of"]


def test_nothing_stands_beside_results_that_are_all_judged(frame):
    rows = frame("status, inferred, due_year, year\nmet,,1,1\nmissed,,1,1")
    assert say_beside(rows) == []


def test_the_main_list_is_counted_among_all_that_is_due(programme_folder):
    data = programme_folder(
        actuals="""
            indicator,   year, value
            clean_water, 2026, 91
            roads_built, 2026, 300
            """
    ).load()
    all_due, main, *_rest = vl.say_balance(data, 2026).paragraphs
    assert all_due == (
        "Năm 2026: 1/2 chỉ tiêu đến hạn đạt và vượt (1 vượt), 1 chưa đạt."
    )
    assert main == "Trong đó: 1/1 chỉ tiêu chủ yếu đến hạn đạt và vượt (1 vượt)."


def test_what_changed_on_last_year_is_counted_of_what_was_due_in_both(
    programme_folder,
):
    data = programme_folder(
        actuals="""
            indicator,   year, value
            clean_water, 2026, 91
            roads_built, 2026, 400
            roads_built, 2027, 300
            """
    ).load()
    assert vl.say_balance(data, 2027).paragraphs[0] == (
        "Năm 2027: 0/1 chỉ tiêu đến hạn đạt và vượt, 1 chưa đạt. "
        "So với năm 2026 (2/2 đạt và vượt): 1 xuống chưa đạt."
    )


def test_coverage_says_what_is_due_known_and_missing(programme_folder):
    data = programme_folder(
        actuals="indicator, year, value\nclean_water, 2028, 98"
    ).load(as_of="2028-12-31")
    text = repr(vl.say_coverage(data, 2028))
    assert {"2028", "4", "1", "3"} <= set(numbers(text))
    assert "31/12/2028" in text


def test_missing_figures_are_asked_for_by_department(programme_folder):
    text = repr(vl.say_missing(programme_folder().load(), 2028))
    assert re.search(r"Địa chính\D*3", text)
    assert re.search(r"Văn phòng\D*1", text)


STATUSES = """
    status,    target_basis, period, actual, bound, conflict, figures
    exceeded,  stated,       year,   98,     exact, False,    "98,0% 97,5%"
    met,       stated,       year,   97.5,   exact, False,    "97,5% 97,5%"
    missed,    stated,       year,   90,     exact, False,    "90,0% 97,5%"
    undecided, stated,       year,   90,     lower, False,    "90,0% 97,5%"
    undecided, stated,       year,     ,     exact, True,
    no_data,   stated,       year,     ,     exact, False,    "97,5%"
    not_due,   term,         year,   90,     exact, False,    "90,0%"
    not_due,   total,        year,   90,     exact, False,    "90,0%"
    not_due,   ,             term,   90,     exact, False,    "90,0%"
    """


@pytest.fixture
def of_every_status(frame):
    """Return a function to rows of an indicator, one of each status."""

    def rows(**facts):
        usual = {
            "name_vi": "Nước sạch",
            "name_en": "Clean water",
            "unit": "%",
            "decimals": 1,
            "direction": "up",
            "shortfall": None,
            "target": 97.5,
            "comparator": ">=",
            "vintage": "final",
            "source": "bao-cao",
            "over_term": "last",
            "year": 2028,
            "due_year": 2028,
            "done_in": None,
        }
        return frame(STATUSES).assign(**usual | facts)

    return rows


def test_braces_in_names_and_units_are_letters_like_others(of_every_status):
    facts = {"name_vi": "{7*7}", "unit": "{ha}", "shortfall": 1.0, "gap": -1.0}
    for row in of_every_status(**facts).to_dict("records"):
        said = say_indicator(row)
        assert said.startswith("{7*7}: ")
        assert "{ha}" in said or row["conflict"]


def test_every_status_has_a_sentence_of_its_own_with_its_figures(
    of_every_status, plain
):
    rows = of_every_status()
    sentences = [plain(say_indicator(row)) for row in rows.to_dict("records")]
    for sentence, figures in zip(sentences, rows["figures"].fillna(""), strict=True):
        assert sentence.startswith("Nước sạch: ")
        assert " ".join(re.findall(r"\d+,\d%", sentence)) == figures
    # What is left without the figures differs from status to status.
    assert len({re.sub(r"\d+,\d", "", sentence) for sentence in sentences}) == 9


def test_an_event_is_said_with_the_year_done_and_the_year_due():
    row = {
        "name_vi": "Đặt tên đường",
        "unit": "event",
        "over_term": "once",
        "period": "year",
        "status": "met",
        "decimals": 0,
        "actual": 1,
        "bound": "exact",
        "vintage": "final",
        "target": 1,
        "comparator": ">=",
        "target_basis": "term",
        "conflict": False,
        "source": "bao-cao",
        "done_in": 2026.0,
        "due_year": 2028.0,
    }
    said = say_indicator(row)
    assert said == "Đặt tên đường: hoàn thành năm 2026 (hạn 2028) [bao-cao]."


def test_of_an_event_without_a_figure_it_is_said_by_when_it_must_be_done(judge):
    rows = judge(targets=DUE, actuals="", over_term="once", unit="event")
    said = say_of(rows, 2028)
    assert said == "Đánh số nhà: chưa có số liệu (phải hoàn thành năm 2028)."


def test_an_event_last_known_as_not_done_keeps_that_beside_when_it_is_due(judge):
    rows = judge(
        targets=DUE, actuals="year, value\n2026, 0", over_term="once", unit="event"
    )
    said = say_of(rows, "term")
    assert "gần nhất: chưa hoàn thành (năm 2026)" in said
    assert said.endswith("(phải hoàn thành năm 2028).")


DUE = "year, value\n2028, 1"


def say_of(rows, when) -> str:
    period = "term" if when == "term" else "year"
    row = {**rows.loc[when], "name_vi": "Đánh số nhà", "period": period}
    return say_indicator(row).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("status", "actual", "said"), [("met", 1, "đạt"), ("missed", 0, "không đạt")]
)
def test_what_must_hold_each_year_is_said_once(status, actual, said):
    row = {
        "name_vi": "Trạm y tế giữ chuẩn",
        "unit": "event",
        "over_term": "every_year",
        "period": "year",
        "status": status,
        "decimals": 0,
        "actual": actual,
        "bound": "exact",
        "vintage": "final",
        "target": 1,
        "comparator": ">=",
        "target_basis": "stated",
        "conflict": False,
        "source": "bao-cao",
        "done_in": None,
        "due_year": 2026.0,
    }
    assert say_indicator(row) == f"Trạm y tế giữ chuẩn: {said} [bao-cao]."


def test_at_the_end_of_the_term_nothing_is_said_to_be_due_later(frame):
    rows = frame("status, period, inferred, due_year, year\nnot_due, term,,,2028")
    (said,) = say_beside(rows)
    assert said.startswith("Ngoài ra: 1 chỉ tiêu không có mục tiêu cả kỳ")


def test_the_terms_coverage_counts_what_its_balance_counts(programme_folder):
    data = programme_folder(
        actuals="indicator, year, value\nclean_water, 2028, 98"
    ).load()
    coverage = vl.say_coverage(data, 2028, period="term").paragraphs[0]
    assert numbers(coverage)[2:] == ["5", "1", "4"]
    assert "2026-2028" in coverage
    balance = vl.say_balance(data, 2028, period="term").paragraphs[0]
    assert balance == (
        "Chưa thể đánh giá nhiệm kỳ 2026-2028: 4/5 chỉ tiêu đến hạn chưa có số liệu, "
        "1 đạt và vượt."
    )


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


def test_tasks_done_before_they_are_due_are_named_and_else_nothing_is():
    rows = pd.DataFrame(
        {
            "name_vi": ["Làm đường", "Đặt tên đường"],
            "due_year": [2023, 2025],
            "year": 2023,
            "status": ["met", "met"],
        }
    )
    assert say_early(rows) == "Hoàn thành trước hạn: Đặt tên đường (hạn 2025)."
    assert say_early(rows[:1]) == ""
