"""What must hold of reading whatever an office writes.

To draw an input costs ten times as much as to read it: several come at once.
"""

import csv
import os
import time
import unicodedata
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from attacks.corpus import ATTACKS
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vinhloc.figures import (
    FigureProblem,
    parse_figure,
    parse_number_cell,
    round_half_away,
    unit_after,
    write_actual,
    write_value,
)
from vinhloc.figures.refusals import LONGEST

SOAK = bool(os.environ.get("SOAK"))
RAW = Path(__file__).parents[2] / "data" / "raw"


def rows(name):
    return [*csv.DictReader((RAW / name).open(encoding="utf-8", newline=""))]


ENGLISH = {row["unit"]: row["name_en"] for row in rows("units.csv")}
INDICATORS = [
    row | {"decimals": int(row["decimals"]), "unit_en": ENGLISH[row["unit"]]}
    for row in rows("indicators.csv")
]

# What offices put around figures, and what programs trip over.
WORDS = [
    *(
        "đạt",
        "ước",
        "trên",
        "dưới",
        "gần",
        "hơn",
        "khoảng",
        "từ",
        "đến",
        "tăng",
        "giảm",
    ),
    *("còn", "KH", "TH", "vượt", "bằng", "so với", "cùng kỳ", "không", "chưa", "năm"),
    *(
        "hoàn thành",
        "trở lên",
        "điểm %",
        "ha",
        "tấn",
        "m",
        "m2",
        "km²",
        "triệu",
        "tr.đ",
    ),
    *("đồng", "/năm", "nghìn", "tỷ", "người", "thôn", "khu phố", "mức độ", "sào", "%"),
]
NUMBERS = ["2.080", "97,5", "1.234", "3,098", "10/10", "53,5/52", "0", "-0,34", "1e5"]
NUMBERS += ["10^3", "9" * 30, "0," + "0" * 30 + "1", "000", "½", "٣", "９"]
SIGNS = [
    "…",
    "...",
    *".,-–+=/(){}\\'\"<≥÷x*‰ðİß\x00\u200b\n\t",
    "{text}",
    "%s",
    "\ufeff",
]
PIECES = st.lists(st.sampled_from(WORDS + NUMBERS + SIGNS), max_size=9)
TYPED = st.from_regex(r"[-+]?[0-9.,/ %]{1,30}", fullmatch=True)
TEXTS = st.text() | PIECES.map(" ".join) | PIECES.map("".join)
SNAN = Decimal("sNaN")
KNOWN = ["%", "‰", "điểm %", "ha", "tấn", "tạ/ha/vụ", "triệu đồng/người/năm", "thôn"]
KNOWN += ["hộ", "mức độ", "sào", "event", "%/năm", "tỷ", "DN/1.000 dân", "", "/", "["]
UNITS = st.sampled_from(KNOWN) | st.text(max_size=40) | st.sampled_from(ATTACKS)
ENDS = st.none() | st.floats() | st.integers(-(10**9), 10**9) | st.decimals()
PLAUSIBLE = st.none() | st.tuples(ENDS, ENDS)
FACTS = st.fixed_dictionaries(
    {
        "unit": UNITS,
        "decimals": st.integers(0, 6),
        "plausible": PLAUSIBLE,
    }
)


AT_ONCE = 4


def some(strategy):
    """Return a strategy of as many inputs as are tried at once."""
    return st.tuples(*[strategy] * AT_ONCE)


def outcome(read, *args, **facts):
    """Return what reading gives: a figure or None, and the problem or None."""
    try:
        return read(*args, **facts), None
    except FigureProblem as problem:
        return None, problem


def typed(row):
    """Return a strategy of figures within the indicator's range, with its decimals."""
    low, high = (float(row[f"plausible_{end}"]) for end in ("low", "high"))
    if row["unit"] == "event":
        return st.sampled_from([0.0, 1.0])
    decimals = row["decimals"]
    return st.floats(low, high).map(lambda v: round_half_away(v, decimals).item())


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row["indicator"])
@settings(max_examples=4)
@given(data=st.data())
def test_what_is_written_is_read_as_the_same_value(row, data):
    limits = float(row["plausible_low"]), float(row["plausible_high"])
    facts = {"unit": row["unit"], "decimals": row["decimals"]}
    for value, unit, plausible in product(
        data.draw(some(typed(row))), ("", unit_after(row)), (None, limits)
    ):
        text = write_value(value, row) + unit
        whole = row["unit"] == "%" and plausible and limits[0] >= 0
        whole = whole and limits[1] >= 100
        if whole and not unit and 0 < value <= 1:  # 0,9 may be nine tenths
            with pytest.raises(FigureProblem, match="có thể là"):
                parse_figure(text, plausible=plausible, **facts)
            continue
        figure = parse_figure(text, plausible=plausible, **facts)
        assert figure.value == Decimal(repr(value))
        assert (figure.bound, figure.settled, figure.notes) == ("exact", False, ())


@settings(max_examples=60)
@given(
    data=st.data(),
    row=st.sampled_from([row for row in INDICATORS if row["unit"] != "event"]),
    bound=st.sampled_from(["exact", "lower", "upper", "range"]),
    vintage=st.sampled_from(["estimate", "final"]),
)
def test_a_written_bound_and_estimate_are_read_again(data, row, bound, vintage):
    value = data.draw(typed(row))
    known = {"actual": value, "upper_actual": value + 1}
    known |= {"bound": bound, "vintage": vintage}
    text = write_actual(row | known, unit=True)
    figure = parse_figure(text, unit=row["unit"], decimals=row["decimals"])
    assert (figure.value, figure.bound) == (Decimal(repr(value)), bound)
    assert (figure.vintage == "estimate") == (vintage == "estimate")


@settings(max_examples=5625 if SOAK else 750)
@given(
    texts=some(TEXTS | TYPED | st.sampled_from(ATTACKS)),
    facts=FACTS,
    heading=UNITS,
    counts=st.booleans(),
)
@example(["1"], {"unit": "%", "decimals": 0, "plausible": (SNAN, 1)}, "", True)
@example(["1" * 24], {"unit": "‰", "decimals": 4, "plausible": (0, 1)}, "", False)
def test_no_text_raises_anything_but_a_figure_problem(texts, facts, heading, counts):
    facts |= {"written_unit": heading, "counts_reduction": counts}
    for text in texts:
        figure, problem = outcome(parse_figure, text, **facts)
        assert figure is None or figure.value.is_finite()
        assert problem is None or (problem.kind and problem.why and problem.write)


CELLS = st.floats() | st.integers() | st.decimals() | st.booleans() | st.text()


@settings(max_examples=1125 if SOAK else 200)
@given(cells=some(CELLS), facts=FACTS, percent=st.booleans())
def test_no_number_cell_raises_anything_but_a_figure_problem(cells, facts, percent):
    for cell in cells:
        figure, problem = outcome(parse_number_cell, cell, percent=percent, **facts)
        assert figure is None or figure.value.is_finite()
        assert problem is None or problem.write


@settings(max_examples=125)
@given(
    texts=some(TEXTS),
    facts=FACTS,
    form=st.sampled_from(["NFC", "NFD"]),
    space=st.sampled_from(["\u00a0", "\u202f", "\u2007"]),
)
def test_composition_and_spaces_change_neither_figure_nor_reason(
    texts, facts, form, space
):
    for text in texts:
        text = unicodedata.normalize("NFC", text)[:150]
        other = unicodedata.normalize(form, text).replace(" ", space)
        figure, problem = outcome(parse_figure, text, **facts)
        again, other_problem = outcome(parse_figure, other, **facts)
        if len(other) <= LONGEST:
            kinds = [getattr(found, "kind", None) for found in (problem, other_problem)]
            assert kinds[0] == kinds[1]
            assert figure == again


@settings(max_examples=75)
@given(
    values=some(st.decimals(1, 10**7, places=3)),
    decimals=st.integers(0, 2),
    unit=st.sampled_from(["tấn", "%", "ha"]),
    high=st.sampled_from([None, 100, 5000]),
)
def test_what_is_proposed_for_an_ambiguous_figure_reads_one_way(
    values, decimals, unit, high
):
    facts = {"unit": unit, "decimals": decimals}
    for value in values:
        text = f"{value:f}".replace(".", "," if decimals == 0 else ".")
        _figure, problem = outcome(
            parse_figure, text, plausible=high and (0, high), **facts
        )
        if problem and problem.kind == "ambiguous":
            large, _or, small = problem.write.removeprefix("hãy ghi ").split(" ")
            assert parse_figure(large, **facts).value == value * 1000
            assert parse_figure(small, **facts).value == value


HOSTILE = [
    "1",
    "1 ",
    "1.",
    "1,",
    "(",
    '"',
    "…",
    "đạt ",
    "ước ",
    "1 đạt ",
    "trên ",
    "1/",
]
HOSTILE += ["từ 1 đến ", "1 234 ", "10/10, đạt ", "ước (", "1 và ", "\u0301", " ", "%"]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("length", [199, 100_000])
def test_a_hostile_text_is_refused_at_once(piece, length):
    for end in ("", "x", "1", ")", '"'):
        text = '"' * (end == '"') + piece * (length // len(piece)) + end
        started = time.thread_time()  # of work, however busy the computer is
        figure, problem = outcome(parse_figure, text, unit="%", decimals=1)
        assert time.thread_time() - started < 0.1
        assert figure is None or len(text.strip()) <= LONGEST
        assert problem is None or len(str(problem)) < 2.5 * LONGEST
