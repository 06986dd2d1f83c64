"""What needs attention first follows from keys in a stated order."""

import numpy as np
import pandas as pd
import pytest

from vinhloc.data.rows import select
from vinhloc.outlook.attention import urgent_targets

NONE = float("nan")
# A target that is missed by a little, with two years left.
USUAL = {
    "year": 2028,
    "status": "missed",
    "direction": "up",
    "actual": 95.0,
    "expected": float("nan"),
    "target": 100.0,
    "shortfall": 5.0,
    "schedule": -0.5,
    "schedule_note": "",
    "end_year": 2030.0,
    "due_year": 2028.0,
    "vintage": "final",
    "bound": "exact",
    "main": True,
    "order": 1,
}


def urgent(*rows):
    """Return what needs attention, by indicator, of rows that differ from the usual."""
    given = [USUAL | {"indicator": f"i{n}"} | row for n, row in enumerate(rows)]
    return urgent_targets(pd.DataFrame(given)).set_index("indicator")


# Key, what makes it urgent, what does not.
KEYS = [
    ("status", "missed", "undecided"),  # concern
    ("schedule", -1.0, -0.9),  # far
    ("end_year", 2029, 2030),  # years_left
    ("vintage", "final", "estimate"),  # sure
    ("main", True, False),
    ("shortfall", 9.0, 1.0),  # lacking
    ("order", 1, 2),
]
NAMES = ["concern", "far", "years_left", "sure", "main", "lacking", "order"]


@pytest.mark.parametrize("at", range(len(KEYS)), ids=NAMES)
def test_each_key_decides_before_all_that_come_after_it(at):
    key, more, less = KEYS[at]
    before = {name: value for name, value, _ in KEYS[:at]}
    first = before | {key: more} | {name: calm for name, _, calm in KEYS[at + 1 :]}
    second = before | {key: less} | {name: bad for name, bad, _ in KEYS[at + 1 :]}
    found = urgent(second | {"indicator": "second"}, first | {"indicator": "first"})
    assert found.index.tolist() == ["first", "second"]
    differs = found[NAMES[: at + 1]].nunique()
    assert differs.tolist() == [1] * at + [2]


def test_known_to_be_wrong_comes_before_not_known():
    found = urgent(
        {"status": "no_data", "shortfall": NONE, "schedule": NONE},
        {"status": "undecided", "shortfall": NONE, "schedule": NONE},
        {"status": "not_due", "schedule": -1.0},
        {"status": "missed"},
    )
    assert found["concern"].tolist() == ["missed", "behind", "undecided", "no_data"]


@pytest.mark.parametrize(
    ("schedule", "note", "listed"),
    [
        (-1.0, "", True),
        (-2.5, "", True),
        (NONE, "before", True),
        (-0.99, "", False),
        (1.0, "", False),
        (NONE, "beyond", False),
        (NONE, "flat", False),
        (NONE, "no_path", False),
        (NONE, "no_figure", False),
    ],
)
def test_what_is_not_due_is_listed_from_a_year_behind_its_path(schedule, note, listed):
    found = urgent(
        {"status": "not_due", "schedule": schedule, "schedule_note": note},
    )
    assert found["concern"].tolist() == (["behind"] if listed else [])


@pytest.mark.parametrize("status", ["met", "exceeded"])
def test_what_is_met_is_not_listed_however_far_behind(status):
    assert urgent({"status": status, "schedule": -3.0, "shortfall": 0.0}).empty


def test_what_is_missed_stays_missed_a_year_behind():
    assert urgent({"schedule": -1.0})["concern"].tolist() == ["missed"]


@pytest.mark.parametrize(
    ("schedule", "note", "shortfall", "far"),
    [
        (-1.0, "", 1, True),
        (-0.9, "", 90, False),  # the path tells, not the share
        (NONE, "before", 1, True),
        (NONE, "beyond", 90, False),
        (NONE, "no_path", 10, True),
        (NONE, "no_path", 9.9, False),
        (NONE, "flat", 10, True),
        (NONE, "no_figure", NONE, False),
    ],
)
def test_far_is_a_year_behind_or_a_tenth_where_no_path_tells(
    schedule, note, shortfall, far
):
    found = urgent(
        {"schedule": schedule, "schedule_note": note, "shortfall": shortfall}
    )
    assert found["far"].tolist() == [far]


@pytest.mark.parametrize(
    ("target", "shortfall", "lacking"),
    [
        (200, 5, 2.5),
        (-200, 5, 2.5),
        (4, 10, 100),  # 250 %: no more than all of it
        (0, 3, 100),
        (0, 0, 0),
        (100, NONE, NONE),
        (0, NONE, NONE),
    ],
)
def test_lacking_is_a_share_of_the_target(target, shortfall, lacking):
    found = urgent({"target": float(target), "shortfall": float(shortfall)})
    assert found["lacking"].tolist() == pytest.approx([lacking], nan_ok=True)


@pytest.mark.parametrize(
    ("end_year", "due_year", "left"),
    [
        (2030, 2028, 2),
        (2028, 2028, 0),
        (2026, 2026, 0),  # over: not less than none
        (NONE, 2029, 1),
        (NONE, 2027, 0),
        (NONE, NONE, 0),
    ],
)
def test_time_is_left_until_the_last_target(end_year, due_year, left):
    found = urgent({"end_year": end_year, "due_year": due_year})
    assert found["years_left"].tolist() == [left]


@pytest.mark.parametrize(
    ("vintage", "bound", "sure"),
    [
        ("final", "exact", True),
        ("estimate", "exact", False),
        ("final", "lower", False),
        ("final", "range", False),
        (None, None, False),
    ],
)
def test_only_an_exact_final_figure_is_sure(vintage, bound, sure):
    assert urgent({"vintage": vintage, "bound": bound})["sure"].tolist() == [sure]


def test_what_has_no_share_comes_after_what_has_one():
    found = urgent(
        {"shortfall": NONE, "order": 1}, {"shortfall": 0.5, "order": 2}, {"order": 3}
    )
    assert found["order"].tolist() == [3, 2, 1]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_never_matters(seed):
    rows = [
        USUAL | {"indicator": f"i{n}", "order": n, key: value}
        for n, (key, value) in enumerate(
            (key, value) for key, *values in KEYS[:-1] for value in values
        )
    ]
    rows = pd.DataFrame(rows)
    kept = rows.copy()
    mixed = urgent_targets(rows.sample(frac=1, random_state=seed))
    pd.testing.assert_frame_equal(mixed, urgent_targets(rows))
    pd.testing.assert_frame_equal(rows, kept)


def test_no_row_is_no_matter():
    assert urgent({"status": "met"}, {"status": "not_due", "schedule": 0.0}).empty


SAO_MAI = """
    indicator,   year, value
    rice_area,   2026, 300
    rice_area,   2027, 300
    rice_yield,  2026, 60
    rice_yield,  2027, 59
    clean_water, 2026, 91
    clean_water, 2027, 95
    roads_built, 2026, 400
    """


def test_a_year_of_a_programme(programme_folder):
    rows = programme_folder(actuals=SAO_MAI).load().assessment
    found = urgent_targets(select(rows, year=2027)).set_index("indicator")
    # 300 ha of 310, 59 quintals of 62.5: the yield lacks more. No road is reported.
    assert found["concern"].to_dict() == {
        "rice_yield": "behind",
        "rice_area": "behind",
        "roads_built": "no_data",
    }
    assert found.index.tolist() == ["rice_yield", "rice_area", "roads_built"]
    assert found["lacking"].round(1).tolist()[:2] == [5.6, 3.2]
    assert np.isnan(found["lacking"]["roads_built"])


def test_the_term_of_a_programme_has_no_year_left(programme_folder):
    actuals = "indicator, year, value\nclean_water, 2028, 80\nrice_area, 2028, 319"
    rows = programme_folder(actuals=actuals).load().assessment
    found = urgent_targets(select(rows, period="term")).set_index("indicator")
    assert found["concern"].to_dict() == {
        "clean_water": "missed",
        "rice_area": "missed",
        "rice_yield": "no_data",
        "rice_output": "no_data",
        "roads_built": "no_data",
    }
    assert found["years_left"].eq(0).all()
    assert found["far"].tolist() == [True, False, False, False, False]
