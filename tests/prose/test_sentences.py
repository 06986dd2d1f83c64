"""Every sentence as it was last approved: sentences.txt and demo.txt beside this file.

After a change that is meant: python tests/prose/test_sentences.py, and read the diff.
"""

from itertools import product
from pathlib import Path

import pandas as pd
import pytest

import vinhloc as vl
from vinhloc.figures.translation import LANGUAGES, use_language
from vinhloc.show.indicator import say_indicator

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DIRECTIONS = {"up": (">=", 90.0), "down": ("<=", 2.0)}
# Status -> how far the figure lies from the target, in the direction that counts.
STATUSES = {"exceeded": 1.5, "met": 0.0, "missed": -1.5, "undecided": -1.5}
# Direction -> the bounds that can settle for it, and those that can only be missed.
SETTLES = {"up": "lower", "down": "upper"}
BOUNDS = ("exact", "lower", "upper", "range")
CHANGES = {"rose": 0.4, "fell": -0.4, "stayed": 0.0, "unknown": None}
SAYINGS = (
    vl.say_coverage,
    vl.say_balance,
    vl.say_known,
    vl.say_schedule,
    vl.say_pace,
    vl.say_missing,
    vl.say_sensitivity,
)
OF_YEARS_ONLY = (vl.say_schedule, vl.say_pace)


def indicator_rows():
    """Give a name and a row of the assessment for every combination that can occur."""
    sides = product(DIRECTIONS, STATUSES, ("final", "estimate"), BOUNDS, (2023, 2025))
    for direction, status, vintage, bound, year in sides:
        if status == "undecided" and bound == "exact":
            continue  # only a bound leaves a verdict open
        one_sided = bound in ("lower", "upper") and status != "undecided"
        if one_sided and (bound == SETTLES[direction]) == (status == "missed"):
            continue
        for change, earlier in product(CHANGES, (None, 88.0)):
            if bound != "exact" and (change != "unknown" or earlier is not None):
                continue  # a change and a correction are of exact figures
            if vintage == "estimate" and earlier is not None:
                continue
            name = f"{direction} {status} {vintage} {bound} {year} {change}"
            name += " corrected" if earlier else ""
            values = {"change": CHANGES[change], "earlier": earlier, "year": year}
            yield name, row_of(direction, status, vintage, bound, **values)
    for status in ("no_data", "not_due"):
        for direction in DIRECTIONS:
            row = row_of(direction, "met", "final", "exact", year=2023)
            missing = {"actual": None} if status == "no_data" else {}
            yield f"{direction} {status}", {**row, "status": status, **missing}


def row_of(direction, status, vintage, bound, *, year, change=None, earlier=None):
    comparator, target = DIRECTIONS[direction]
    sign = 1 if direction == "up" else -1
    actual = target + sign * STATUSES[status]
    lacking = abs(actual - target) if status == "missed" else 0.0
    return {
        "name_vi": "Tỷ lệ A",
        "name_en": "Rate A",
        "unit": "%",
        "unit_en": "%",
        "decimals": 1,
        "direction": direction,
        "over_term": "last",
        "period": "year",
        "year": year,
        "status": status,
        "comparator": comparator,
        "target": target,
        "upper_target": None,
        "target_basis": "stated",
        "due_year": year,
        "done_in": None,
        "actual": actual,
        "upper_actual": actual + 2,
        "bound": bound,
        "vintage": vintage,
        "conflict": False,
        "source": "bc",
        "gap": actual - target,
        "shortfall": lacking if bound == "exact" else None,
        "change": change,
        "earlier": earlier,
    }


def sentences() -> str:
    lines = []
    for name, row in indicator_rows():
        for lang in LANGUAGES:
            use_language(lang)
            lines.append(f"{name} [{lang}] {say_indicator(row, end=2025)}")
    return "\n".join(lines) + "\n"


def demo() -> str:
    """Return all that is said of the demonstration data: three years and the term."""
    data = vl.load(ROOT / "data" / "raw" / "demo")
    themes = [None, *data.themes["theme"]]
    views = [(2022, "year"), (2023, "year"), (2025, "year"), (2025, "term")]
    lines = []
    for lang, (year, period), theme in product(LANGUAGES, views, themes):
        use_language(lang)
        lines.append(f"# {lang}, {year} {period}, {theme or 'all'}")
        for say in SAYINGS:
            if period == "term" and say in OF_YEARS_ONLY:
                continue
            options = {} if say in OF_YEARS_ONLY else {"period": period}
            lines += say(data, year, theme, **options).paragraphs
    return "\n".join(lines).replace("\u00a0", " ") + "\n"


SNAPSHOTS = {"sentences.txt": sentences, "demo.txt": demo}


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_every_sentence_is_as_it_was_approved(name):
    approved = (HERE / name).read_text("utf-8")
    said = SNAPSHOTS[name]().replace("\u00a0", " ")
    use_language("vi")
    assert said.splitlines() == approved.splitlines()


def test_each_combination_has_a_sentence_of_its_own():
    rows = pd.DataFrame(indicator_rows(), columns=["name", "row"])
    use_language("vi")
    said = rows["row"].map(lambda row: say_indicator(row, end=2025))
    # A figure that meets or exceeds its target is said alike before the end and at it.
    alike = rows["name"].str.replace(" 2023| 2025", "", regex=True)
    assert said[~alike.duplicated()].is_unique
    missed = rows["name"].str.contains("missed")
    assert said[missed].is_unique


if __name__ == "__main__":
    for name, say in SNAPSHOTS.items():
        text = say().replace("\u00a0", " ")
        (HERE / name).write_text(text, "utf-8", newline="\n")
