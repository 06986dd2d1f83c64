"""A small made-up programme as a folder, and one indicator judged by itself."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, settings
from sao_mai import Folder, load_together, write_programme

from vinhloc.assess.assessment import assess
from vinhloc.figures.translation import use_language

# The same examples on every computer, however slow it is.
settings.register_profile(
    "figures",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("figures")


@pytest.fixture
def programme_folder(tmp_path):
    """Return a function that writes the made-up programme of `sao_mai`."""

    def write(folder: str = "data/raw", **files) -> Folder:
        return write_programme(tmp_path / folder, **files)

    return write


@pytest.fixture(scope="module")
def cases(request):
    """Return what the tests of a file say in their mark `case`, by their names.

    A text may name a parameter of its test: "year, value\\n2028, {figure}".
    """
    found = {}
    for item in request.session.items:
        mark = item.get_closest_marker("case")
        if mark and item.path == request.path:
            stated = item.callspec.params if hasattr(item, "callspec") else {}
            found[item.name] = {
                option: filled(said, stated) for option, said in mark.kwargs.items()
            }
    return found


def filled(said, stated: dict):
    """Return what a case says with the parameters of its test in their places."""
    if isinstance(said, list):
        return [filled(text, stated) for text in said]
    return said.format(**stated) if isinstance(said, str) else said


@pytest.fixture(scope="module")
def parts(cases, tmp_path_factory):
    """Return the programme of each test's case: those of a file are loaded as one.

    What has to stand in another programme than the rest says so: apart="why".
    """
    groups, found = {}, {}
    for name, case in cases.items():
        own = {option: said for option, said in case.items() if option != "apart"}
        groups.setdefault(case.get("apart"), {})[name] = own
    for group in groups.values():
        found |= load_together(tmp_path_factory.mktemp("programmes"), group)
    return found


@pytest.fixture
def part(request, parts):
    """Return the programme of a test, as its mark `case` describes it."""
    return parts[request.node.name]


# One indicator judged by itself: what is left out of its case and of its rows.
CASE = {"targets": "", "actuals": "", "breaks": "indicator, year, month"}
FACTS = {"over_term": "last", "unit": "ha", "direction": "up", "decimals": 1}
FACTS |= {"plausible_low": np.nan, "plausible_high": np.nan}
NUMBERS = {"plausible_low": float, "plausible_high": float, "decimals": int}
IN_COMMON = {"years": range(2026, 2029), "baseline_year": 2026, "reading": "main"}
USUAL = {
    "targets": {
        "period": "year",
        "reading": "main",
        "comparator": ">=",
        "value": None,
        "upper_value": np.nan,
        "place": "",
        "locator": "II.1/1",
    },
    "actuals": {
        "value": np.nan,
        "upper_value": np.nan,
        "bound": "exact",
        "vintage": "final",
        "as_of": "",
        "source": "s",
        "conflict": False,
        "made_up": False,
    },
}


@pytest.fixture(scope="session")
def judge_all(frame):
    """Return a function that judges cases, each as an indicator of its own.

    Their rows come back by the case's name, labelled by year and "term". Those with
    the same years, baseline and reading are judged at once; `and_then` adds to them.
    Columns of the CSV that are left out: a target is the year's, in its main reading,
    at least; an actual exact and final.
    """

    def read(cases: dict[str, dict], kind: str) -> pd.DataFrame:
        found = []
        for name, case in cases.items():
            rows = frame(case[kind] or "year\n")
            added = {c: v for c, v in USUAL[kind].items() if c not in rows}
            found.append(rows.assign(indicator=name, **added))
        rows = pd.concat([rows for rows in found if len(rows)] or found[:1])
        kinds = {"year": int, "value": float, "upper_value": float}
        return rows.reset_index(drop=True).astype(kinds)

    def judged(cases: dict[str, dict], and_then=lambda rows: rows) -> dict:
        groups, found = {}, {}
        for name, case in cases.items():
            assert case.keys() <= {*CASE, *FACTS, *IN_COMMON}, name
            case = CASE | FACTS | IN_COMMON | case
            alike = tuple(case[option] for option in IN_COMMON)
            groups.setdefault(alike, {})[name] = case
        for alike, group in groups.items():
            named = [
                {"indicator": name, "order": order} | {f: case[f] for f in FACTS}
                for order, (name, case) in enumerate(group.items())
            ]
            breaks = [
                frame(case["breaks"]).replace("x", name) for name, case in group.items()
            ]
            rows = assess(
                pd.DataFrame(named).astype(NUMBERS),
                read(group, "targets"),
                read(group, "actuals"),
                breaks=pd.concat(breaks),
                **dict(zip(IN_COMMON, alike, strict=True)),
            )
            for name, own in and_then(rows).groupby("indicator"):
                years = own["year"].astype(object)
                labels = years.where(own["period"] == "year", "term").rename(None)
                found[name] = own.assign(indicator="x").set_axis(labels, axis="index")
        return found

    return judged


@pytest.fixture
def judge(judge_all):
    """Return a function from one indicator's targets and actuals to its assessment."""
    return lambda **case: judge_all({"x": case})["x"]


@pytest.fixture(scope="module")
def judged(cases, judge_all):
    """Return the assessment of each test's case: all of a file are judged at once."""
    return judge_all(cases)


@pytest.fixture
def rows(request, judged):
    """Return the assessment of a test's indicator, as its mark `case` describes it."""
    return judged[request.node.name].copy()


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
