"""Arithmetic between indicators is read as it is written."""

import re

import pytest

from vinhloc.assess import computed, factors_of, in_words, is_additive, parse_identity

ROWS = """
    area, yield, rest
    320,  65,    1
    20.5, 50,    2
        , 50,    3
    """


@pytest.mark.parametrize(
    ("identity", "names", "first"),
    [
        ("a = area * yield / 10", ["area", "yield"], 2080),
        ("a=area*yield", ["area", "yield"], 20800),
        (" a = 0.5 * area ", ["area"], 160),
        ("a = area / yield", ["area", "yield"], 320 / 65),
        ("a = rest", ["rest"], 1),
        ("a = area + yield + rest", ["area", "yield", "rest"], 386),
        ("a = 100 - yield - rest", ["yield", "rest"], 34),
        ("a = area - (yield - rest)", ["area", "yield", "rest"], 256),
        ("a = 100 * (area + rest) / yield", ["area", "rest", "yield"], 32100 / 65),
    ],
)
def test_an_identity_is_computed_as_it_is_written(identity, names, first, frame):
    assert parse_identity(identity)[0] == "a"
    assert factors_of(identity) == names
    assert computed(frame(ROWS), identity)[0] == pytest.approx(first)


@pytest.mark.parametrize(
    "identity",
    [
        "",
        "a",
        "a =",
        "a = 1 + 2",
        "a == b",
        "a = b *",
        "a = * b",
        "a = b c",
        "a = b ** c",
        "a = b // c",
        "a = b % c",
        "a = -b",
        "a = b()",
        "a = b.c",
        "a = (b, c)",
        "a = b * 1.2.3",
        "a = b * 1j",
        "a = b\n c",
        "a = " + "(" * 300 + "b",
    ],
)
def test_anything_but_arithmetic_of_names_and_numbers_is_refused(identity):
    with pytest.raises(ValueError, match=re.escape(identity) or "^$"):
        parse_identity(identity)


def test_what_is_divided_by_nothing_is_infinite(frame):
    assert computed(frame(ROWS), "a = rest * (1 / 0)")[0] == float("inf")


def test_a_row_without_a_figure_has_no_result(frame):
    found = computed(frame(ROWS), "a = area * yield / 10")
    assert found.tolist()[:2] == [2080, 102.5]
    assert found.isna().tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("identity", "words"),
    [
        ("a = area * yield / 10", "Diện tích × Năng suất ÷ 10"),
        ("a = area + yield", "Diện tích + Năng suất"),
        ("a = 100 * (area + yield)", "100 × (Diện tích + Năng suất)"),
        ("a = area - (yield + 1)", "Diện tích − (Năng suất + 1)"),
        ("a = area / (yield * 2)", "Diện tích ÷ (Năng suất × 2)"),
        ("a = area + (yield - 2)", "Diện tích + Năng suất − 2"),
    ],
)
def test_an_identity_is_said_in_names(identity, words):
    assert in_words(identity, {"area": "Diện tích", "yield": "Năng suất"}) == words


def test_a_total_of_parts_is_told_from_a_product():
    assert is_additive("a = area + yield - 3")
    assert not is_additive("a = area + yield / 3")
