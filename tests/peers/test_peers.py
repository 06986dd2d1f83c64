"""Others' published outcomes come out of our functions to the last printed digit.

vectors.json: facts and figures that Statistics Canada, Open SDG and the Government of
Canada InfoBase published, each with its source.
"""

import json
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from vinhloc.assess.assessment import annual_status
from vinhloc.outlook.open_sdg import open_sdg_progress

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))


def of(method: str) -> list:
    found = [vector for vector in VECTORS if vector["method"] == method]
    return [pytest.param(vector, id=vector["id"]) for vector in found]


def same_to_the_last_digit(value: float, printed: float) -> bool:
    """Tell whether a value, rounded as the printed one, is the printed one.

    A float is printed with up to 17 digits, of which the last three are noise.
    """
    digits = len(Decimal(repr(printed)).as_tuple().digits)
    return f"{value:.{min(digits, 14)}g}" == f"{printed:.{min(digits, 14)}g}" or (
        abs(value - printed) <= 1e-11  # float noise of theirs
    )


@pytest.mark.parametrize("vector", of("statcan_cagr_2_4"))
def test_open_sdg_progress(vector):
    row = open_sdg_progress(pd.DataFrame([vector["inputs"]])).iloc[0]
    expected = vector["expected"]
    assert row["category"] == expected["status"]
    for column, name in (("ratio", "ratio_or_growth"), ("score", "score")):
        printed = expected.get(name)
        if isinstance(printed, int | float):
            assert same_to_the_last_digit(row[column], printed), column
        elif expected["status"] == "not_available":
            assert pd.isna(row[column])


@pytest.mark.parametrize("vector", of("annual_target_status"))
def test_annual_target_status(vector):
    given = vector["inputs"]
    kind, low, high = given["target_kind"], given["target_min"], given["target_max"]
    if kind == "exactly":
        low = high = low if low is not None else high
    row = {"actual": given["latest_value"], "minimum": low, "maximum": high}
    frame = pd.DataFrame([row], dtype=float)
    ours = {"met": "met", "missed": "not_met", "no_data": "not_available"}
    assert ours[annual_status(frame).iloc[0]] == vector["expected"]["status"]


def test_the_order_and_index_of_the_frame_are_kept():
    rows = [vector["inputs"] for vector in VECTORS if "direction" in vector["inputs"]]
    frame = pd.DataFrame(rows)
    turned = frame.iloc[::-1]
    whole = open_sdg_progress(frame)
    assert open_sdg_progress(turned).equals(whole.iloc[::-1])


def test_a_direction_left_out_is_an_error_and_no_decrease():
    row = {"baseline_year": 2015, "baseline_value": 1, "latest_year": 2020}
    row |= {"latest_value": 2, "target_year": 2030, "target_value": 3}
    with pytest.raises(ValueError, match="direction"):
        open_sdg_progress(pd.DataFrame([row]))
    with pytest.raises(ValueError, match="direction"):
        open_sdg_progress(pd.DataFrame([row | {"direction": None}]))


@pytest.mark.parametrize(
    ("baseline", "latest", "target", "category", "ratio"),
    [
        # poverty 8 % in 2020, 2 % due in 2025, 4.4 % in 2023: on the straight line
        (8, 4.4, 2, "moderate_progress", 0.746),
        # poverty 8 %, none in 2025: 1 % in 2023 is far ahead of the straight line
        (8, 1, 0, "limited_progress", 0.599),
    ],
)
def test_the_growth_rate_differs_from_the_straight_line(
    baseline, latest, target, category, ratio
):
    row = {"baseline_year": 2020, "latest_year": 2023, "target_year": 2025}
    row |= {"baseline_value": baseline, "latest_value": latest}
    row |= {"target_value": target, "direction": "decrease"}
    found = open_sdg_progress(pd.DataFrame([row])).iloc[0]
    assert found["category"] == category
    assert found["ratio"] == pytest.approx(ratio, abs=5e-4)
