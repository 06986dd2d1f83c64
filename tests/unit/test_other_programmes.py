"""What other programmes print: structures, totals, changes, grades, amendments.

A made-up commune: each kind of target once, judged from a few figures.
"""

from textwrap import dedent

import pandas as pd
import pytest
from sao_mai import SAO_MAI, figures, write_programme

from vinhloc import select, sensitive_verdicts, split_gap
from vinhloc.data import theme_part
from vinhloc.figures import FigureProblem, parse_grade, write_target
from vinhloc.office.form_rows import form_rows
from vinhloc.show import amended_targets, say_amendments

GRADES = ["không hoàn thành", "hoàn thành", "hoàn thành tốt", "hoàn thành xuất sắc"]
INDICATOR = {
    "theme": "living",
    "main": "true",
    "unit": "%",
    "decimals": "1",
    "direction": "up",
    "over_term": "last",
    "department": "van-phong",
    "department_basis": "stated",
    "locator": "II.1/1",
}
INDICATORS = {
    "farm_share": {"structure": "economy", "direction": "none"},
    "craft_share": {"structure": "economy", "direction": "none"},
    "trade_share": {"structure": "economy"},
    "sown": {"unit": "ha", "decimals": "0", "identity": "sown = rice + maize"},
    "rice": {"unit": "ha", "decimals": "0"},
    "maize": {"unit": "ha", "decimals": "0"},
    "income": {"unit": "tấn"},
    "income_growth": {"change_of": "income", "change": "percent", "since": "2026"},
    "income_rise": {
        "unit": "tấn",
        "change_of": "income",
        "change": "difference",
        "since": "previous",
    },
    "work": {"unit": "grade", "decimals": "0", "scale": "work"},
    "poverty": {"direction": "down"},
    "recruits": {"quota": "true"},
}
TARGETS = [
    {"indicator": "farm_share", "comparator": "=", "value": "75", "tolerance": "1"},
    {"indicator": "craft_share", "comparator": "=", "value": "5", "tolerance": "1"},
    {"indicator": "trade_share", "value": "20"},
    {"indicator": "sown", "value": "3830"},
    {"indicator": "rice", "value": "2700"},
    {"indicator": "maize", "value": "1130"},
    {"indicator": "income_growth", "value": "31.6"},
    *(
        {"indicator": "income_rise", "year": year, "comparator": ">", "value": "0"}
        for year in ("2027", "2028")
    ),
    {"indicator": "work", "value": "3", "due": "quý II/2028"},
    {"indicator": "poverty", "comparator": "<=", "value": "3"},
    {
        "indicator": "poverty",
        "comparator": "<=",
        "value": "2",
        "document": "nq-2",
        "from_day": "2027-06-01",
    },
]
TARGET = {
    "year": "2028",
    "period": "year",
    "reading": "main",
    "comparator": ">=",
    "comparator_stated": "true",
    "year_stated": "true",
    "value_stated": "figure",
    "document": "ctr-1",
    "locator": "II.1/1",
}


def table(rows) -> str:
    return pd.DataFrame(rows).fillna("").to_csv(index=False)


@pytest.fixture
def folder(tmp_path):
    """Return a function that writes the programme with figures."""

    def write(actuals="indicator, year, value\nrice, 2026, 2650", **changed):
        indicators = [
            INDICATOR | {"indicator": name, "order": order, "identity": ""} | facts
            for order, (name, facts) in enumerate(INDICATORS.items())
        ]
        for row in indicators:
            row |= {"name_vi": f"Chỉ tiêu {row['indicator']}", "name_en": ""}
            row |= dict.fromkeys(("plausible_low", "plausible_high"), "")
        targets = [TARGET | row for row in changed.pop("targets", TARGETS)]
        for row in targets:
            row.setdefault("upper_value", "")
            row |= dict.fromkeys(("place", "note", "note_en"), "")
        scales = [
            {"scale": "work", "rank": rank, "name_vi": grade, "name_en": ""}
            for rank, grade in enumerate(GRADES, 1)
        ]
        made = write_programme(
            tmp_path,
            actuals=actuals,
            indicators=table(indicators),
            targets=table(targets),
            scales=table(scales),
            sources=dedent(SAO_MAI["sources.csv"])
            + "nq-2,Nghị quyết 2,HĐND,,2027-06-01,2027-06-02,programme\n",
            **changed,
        )
        made.add({"units.csv": "grade,mức,grade,grade,1,"})
        return made

    return write


def verdict(data, indicator, year=2028):
    row = select(data.assessment, year=year, indicator=indicator).iloc[0]
    return row["status"]


def asked(data) -> list[tuple]:
    rows = data.questions
    return list(rows[["kind", "indicator", "year"]].itertuples(index=False, name=None))


def test_shares_of_one_whole_are_judged_each_and_add_up(folder):
    good = "indicator, year, value\nfarm_share, 2028, 74.2\n"
    good += "craft_share, 2028, 5.5\ntrade_share, 2028, 20.3"
    data = folder(good).load()
    assert [verdict(data, f"{name}_share") for name in ("farm", "craft", "trade")] == [
        "met",
        "met",
        "exceeded",
    ]
    assert asked(data) == []


def test_shares_that_do_not_add_up_are_asked_about_in_figures_and_in_targets(folder):
    wrong = "indicator, year, value\nfarm_share, 2027, 74.2\n"
    wrong += "craft_share, 2027, 5.5\ntrade_share, 2027, 23.3"
    targets = [
        row | ({"value": "25"} if row["value"] == "20" else {}) for row in TARGETS
    ]
    data = folder(wrong, targets=targets).load()
    assert asked(data) == [
        ("structure", "trade_share", 2027),
        ("structure", "trade_share", 2028),
    ]
    assert "103,0%" in data.questions["text"].iloc[0]
    assert "105,0%" in data.questions["text"].iloc[1]


def test_a_per_cent_of_a_quota_that_its_sides_do_not_make_is_asked_about(folder):
    text = "indicator, year, value, numerator, denominator\nrecruits, 2027, 120, 12, {}"
    assert asked(folder(text.format(10)).load()) == []
    data = folder(text.format(11)).load()
    assert asked(data) == [("quota", "recruits", 2027)]
    assert "ghi 120,0, tính" in data.questions["text"].iloc[0]
    assert "được 109,1" in data.questions["text"].iloc[0]


def test_a_quota_is_a_per_cent(folder):
    made = folder()
    rows = pd.read_csv(made.path / "indicators.csv", dtype=str, keep_default_na=False)
    rows.loc[rows["indicator"].eq("rice"), "quota"] = "true"
    made.write("indicators.csv", rows.to_csv(index=False))
    assert [(p.column, p.found) for p in made.problems()] == [("unit", "ha")]


def test_a_total_is_checked_against_its_parts_and_its_gap_split(folder):
    text = "indicator, year, value\nsown, 2028, 3800\nrice, 2028, 2650\n"
    data = folder(text + "maize, 2028, 1150").load()
    assert asked(data) == []
    parts = split_gap(data.assessment, "sown", 2028).set_index("indicator")["part"]
    assert parts.to_dict() == {"rice": -50, "maize": 20, "rest": 0}
    data = folder(text + "maize, 2028, 1140").load()
    assert asked(data) == [("identity", "sown", 2028)]


def test_targets_that_do_not_add_up_are_asked_about(folder):
    targets = [
        row | ({"value": "3900"} if row["value"] == "3830" else {}) for row in TARGETS
    ]
    data = folder(targets=targets).load()
    assert asked(data) == [("identity", "sown", 2028)]
    assert data.questions["file"].tolist() == ["targets.csv"]


@pytest.mark.parametrize(
    ("end", "growth", "status", "rise"),
    [(131.6, 31.6, "met", "exceeded"), (131, 31, "missed", "exceeded")],
)
def test_a_change_is_judged_from_the_figures_of_two_years(
    folder, end, growth, status, rise
):
    data = folder(
        "indicator, year, value\nincome, 2026, 100\nincome, 2027, 100\n"
        f"income, 2028, {end}"
    ).load()
    row = select(data.assessment, year=2028, indicator="income_growth").iloc[0]
    assert row["actual"] == pytest.approx(growth)
    assert (row["status"], row["computed"]) == (status, True)
    assert verdict(data, "income_rise", 2027) == "missed"  # no higher than before
    assert verdict(data, "income_rise") == rise
    assert not data.current["indicator"].eq("income_growth").any()  # nobody reported it


def test_a_reported_change_counts_and_is_asked_about_where_it_differs(folder):
    data = folder(
        "indicator, year, value\nincome, 2026, 100\nincome, 2028, 120\n"
        "income_growth, 2028, 35"
    ).load()
    row = select(data.assessment, year=2028, indicator="income_growth").iloc[0]
    assert (row["actual"], row["computed"], row["status"]) == (35, False, "exceeded")
    assert asked(data) == [("change", "income_growth", 2028)]
    assert "20,0" in data.questions["text"].iloc[0]


def test_a_change_is_not_computed_over_a_break_or_from_a_bound(folder):
    income = (
        "indicator, year, value, bound\nincome, 2026, 100, {}\nincome, 2028, 140, exact"
    )
    data = folder(income.format("lower")).load()
    assert verdict(data, "income_growth") == "no_data"
    broken = "indicator,area,year,month,label_vi,label_en,reason_vi,reason_en,source\n"
    broken += "income,*,2027,1,a,b,a,b,\n"
    data = folder(income.format("exact"), breaks=broken).load()
    assert verdict(data, "income_growth") == "no_data"


def test_a_form_asks_for_what_is_reported_not_for_what_is_computed(folder):
    data = folder().load()
    asked_for = form_rows(data, 2028)["indicator"].tolist()
    assert "income" in asked_for
    assert not {"income_growth", "income_rise"} & {*asked_for}


@pytest.mark.parametrize(
    ("rank", "status"), [(1, "missed"), (2, "missed"), (3, "met"), (4, "exceeded")]
)
def test_a_lower_grade_is_missed(folder, rank, status):
    data = folder(f"indicator, year, value\nwork, 2028, {rank}").load()
    row = select(data.assessment, year=2028, indicator="work").iloc[0]
    assert row["status"] == status
    assert write_target(row).replace("\u00a0", " ") == "≥ hoàn thành tốt"
    assert row["due"] == "quý II/2028"


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("Hoàn thành tốt", 3),
        ("hoàn thành", 2),
        ("Ước hoàn thành xuất sắc.", 4),
        ("", None),
    ],
)
def test_a_grade_is_read_exactly(text, rank):
    figure = parse_grade(text, GRADES)
    assert (figure and int(figure.value)) == rank


@pytest.mark.parametrize("text", ["hoàn thành khá", "tốt", "3", "chưa hoàn thành"])
def test_what_is_no_grade_of_the_scale_is_refused_with_its_words(text):
    with pytest.raises(FigureProblem) as found:
        parse_grade(text, GRADES)
    assert all(grade in found.value.write for grade in GRADES)


@pytest.mark.parametrize(
    ("day", "value", "status"),
    [(None, 2, "missed"), ("2027-05-31", 3, "no_data"), ("2028-12-31", 2, "missed")],
)
def test_an_amended_target_judges_from_its_day_on(folder, day, value, status):
    made = folder("indicator, year, value\npoverty, 2028, 2.5")
    data = made.load(as_of=day)
    row = select(data.assessment, year=2028, indicator="poverty").iloc[0]
    assert (row["target"], row["status"]) == (value, status)
    assert len(data.earlier_targets) == (value == 2)


MOVED = [
    {"indicator": "recruits", "year": "2027", "value": "80"},
    {"indicator": "recruits", "year": "2027", "reading": "other", "value": "85"},
    {"indicator": "recruits", "year": "2027", "value": ""},
    {"indicator": "recruits", "value": "80"},
]
for row in MOVED[2:]:
    row |= {"document": "nq-2", "from_day": "2027-06-01"}


@pytest.mark.parametrize(
    ("day", "statuses"),
    [
        (None, ["not_due", "missed"]),
        ("2028-12-31", ["not_due", "missed"]),
        ("2027-05-31", ["no_data", "not_due"]),
    ],
)
def test_a_milestone_moved_to_another_year_is_due_in_that_year_only(
    folder, day, statuses
):
    made = folder("indicator, year, value\nrecruits, 2028, 70", targets=MOVED)
    data = made.load(as_of=day)
    for reading in (data.assessment, data.other_reading):
        rows = select(reading, indicator="recruits").set_index("year")
        assert rows.loc[[2027, 2028], "status"].tolist() == statuses
    said = str(say_amendments(amended_targets(data, "recruits"), data))
    told = "Bỏ mục tiêu năm 2027, theo Nghị quyết 2 [nq-2]. Trước đó là ≥ 80,0%"
    assert (told in said.replace("\u00a0", " ")) is (day != "2027-05-31")
    part = theme_part(data, "living")
    assert str(say_amendments(amended_targets(part, "recruits"), part)) == said


def test_a_withdrawn_target_may_be_set_again(folder):
    again = MOVED[0] | {"document": "nq-2", "from_day": "2028-01-15", "value": "75"}
    data = folder(targets=[*MOVED, again]).load()
    main = data.targets[data.targets["reading"].eq("main")]
    held = main.set_index(["indicator", "year"])["value"]
    assert held["recruits"].to_dict() == {2027: 75, 2028: 80}
    assert data.earlier_targets["value"].tolist() == [80]


@pytest.mark.parametrize("rows", [[{"from_day": ""}], MOVED[2:3]])
def test_a_target_without_a_value_must_end_an_earlier_one(folder, rows):
    rows = [{"indicator": "recruits", "value": ""} | row for row in rows]
    (found,) = folder(targets=rows).problems()
    assert (found.file, found.column) == ("targets.csv", "value")


def test_about_a_figure_without_a_tolerance_is_asked_and_not_judged(folder):
    targets = [{"indicator": "rice", "comparator": "about", "value": "2700"}]
    data = folder("indicator, year, value\nrice, 2028, 2650", targets=targets).load()
    assert verdict(data, "rice") == "undecided"
    assert asked(data) == [("tolerance", "rice", 2028)]


def test_a_conflict_of_a_target_that_is_not_due_is_a_question_and_no_verdict(folder):
    text = "indicator, year, value, source\nrice, {0}, 2650, bao-cao\n"
    text += "rice, {0}, 2700, bao-dai"
    data = folder(text.format(2027)).load()
    assert (verdict(data, "rice", 2027), asked(data)) == (
        "not_due",
        [("conflict", "rice", 2027)],
    )
    assert verdict(folder(text.format(2028)).load(), "rice") == "undecided"


def test_the_verdict_of_an_inferred_figure_may_change_and_says_so(folder):
    made = folder()
    text = figures("actuals", "indicator, year, value\nrice, 2028, 2700")
    head, row = text.splitlines()
    made.write("actuals/figures.csv", f"{head},inferred\n{row},tin trên đài\n")
    rows = sensitive_verdicts(made.load(), 2028)
    rows = rows[rows["cause"].eq("inferred")]
    assert rows[["indicator", "status", "other_status"]].to_numpy().tolist() == [
        ["rice", "met", "no_data"]
    ]


def test_a_conflict_without_a_target_is_a_question_only(folder):
    text = "indicator, year, value, source\nincome, 2028, 1, bao-cao\n"
    rows = folder(text + "income, 2028, 2, bao-dai").load().assessment
    assert set(rows.loc[rows["indicator"].eq("income"), "status"]) == {"not_due"}


def test_a_change_hangs_on_the_figures_that_it_is_computed_from(folder):
    text = "indicator, year, value, bound, source\nincome, 2026, 100, exact, bao-cao\n"
    text += "income, 2028, 140, exact, bao-cao\nincome, 2028, 110, exact, bao-dai"
    rows = sensitive_verdicts(folder(text).load(), 2028)
    assert rows.empty  # nothing is computed from a conflict, and nothing judged
    text = """
        indicator, year, value, vintage,  as_of
        income,    2026, 100,   final,    2027-01-05
        income,    2027, 100,   estimate, 2027-12-01
        income,    2027, 120,   final,    2028-01-05
        income,    2028, 135,   estimate, 2028-12-01
        """
    rows = sensitive_verdicts(folder(text).load(), 2028)
    found = rows[["indicator", "status", "other_status"]].to_numpy().tolist()
    assert found == [
        ["income_growth", "exceeded", "missed"],
        ["income_rise", "exceeded", "missed"],
    ]


def test_an_amendment_says_what_the_target_was(folder):
    data = folder().load()
    said = str(say_amendments(amended_targets(data, "poverty"), data))
    assert "≤ 2,0%" in said.replace("\u00a0", " ")
    assert "Trước đó là ≤ 3,0%, năm 2028." in said.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("indicators.csv", ",percent,2026", ",percent,", "change"),
        ("indicators.csv", "income,percent", "hall,percent", "change_of"),
        (
            "indicators.csv",
            "income,difference",
            "income_growth,difference",
            "change_of",
        ),
        ("scales.csv", "work,4,", "work,5,", "rank"),
        ("scales.csv", "hoàn thành tốt", "Hoàn Thành", "name_vi"),
    ],
)
def test_what_cannot_be_computed_or_ranked_is_a_problem(folder, name, old, new, place):
    made = folder()
    made.replace(name, old, new)
    assert place in {problem.column for problem in made.problems()}
