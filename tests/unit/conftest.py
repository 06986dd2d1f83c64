"""A small made-up programme as a folder, and one indicator judged by itself."""

import pandas as pd
import pytest
from hypothesis import settings
from sao_mai import Folder, write_programme

from vinhloc.assess.assessment import assess
from vinhloc.figures.translation import use_language

# The same examples on every computer, however slow it is.
settings.register_profile("figures", deadline=None, derandomize=True)
settings.load_profile("figures")


@pytest.fixture
def programme_folder(tmp_path):
    """Return a function that writes the made-up programme of `sao_mai`."""

    def write(folder: str = "data/raw", **files) -> Folder:
        return write_programme(tmp_path / folder, **files)

    return write


@pytest.fixture
def judge(frame):
    """Return a function from one indicator's targets and actuals to its assessment.

    The rows are labelled by year and "term". Columns of the CSV that are left out:
    a target is the year's, in its main reading, at least; an actual exact and final.
    """

    def read(text: str, **usual) -> pd.DataFrame:
        rows = frame(text or "year\n")
        added = {c: v for c, v in usual.items() if c not in rows}
        rows = rows.assign(indicator="x", **added)
        return rows.astype({"value": float, "upper_value": float})

    def judged(
        *,
        targets: str = "",
        actuals: str = "",
        breaks: str = "indicator, year, month",
        over_term: str = "last",
        unit: str = "ha",
        direction: str = "up",
        decimals: int = 1,
        years: range = range(2026, 2029),
        baseline_year: int = 2026,
        reading: str = "main",
    ) -> pd.DataFrame:
        indicator = {
            "indicator": "x",
            "order": 1,
            "over_term": over_term,
            "unit": unit,
            "direction": direction,
            "decimals": decimals,
        }
        rows = assess(
            pd.DataFrame([indicator]),
            read(
                targets,
                period="year",
                reading="main",
                comparator=">=",
                value=None,
                upper_value=float("nan"),
                place="",
                locator="II.1/1",
            ),
            read(
                actuals,
                value=float("nan"),
                upper_value=float("nan"),
                bound="exact",
                vintage="final",
                as_of="",
                source="s",
                conflict=False,
                made_up=False,
            ),
            years=years,
            baseline_year=baseline_year,
            breaks=frame(breaks),
            reading=reading,
        )
        labels = rows["year"].astype(object).where(rows["period"] == "year", "term")
        return rows.set_axis(labels, axis="index")

    return judged


@pytest.fixture
def plain():
    """Return a function that makes spaces which do not break plain ones."""
    return lambda text: text.replace("\u00a0", " ")


@pytest.fixture(autouse=True)
def vietnamese():
    """Begin and end every test in Vietnamese."""
    use_language("vi")
    yield
    use_language("vi")


@pytest.fixture
def english(vietnamese):
    """Let a test speak English."""
    use_language("en")
