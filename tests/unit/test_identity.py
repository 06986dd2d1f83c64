"""Arithmetic between indicators is read as it is written."""

import re

import pytest

from vinhloc.assess.identity import is_number, parse_identity, product


@pytest.mark.parametrize(
    ("identity", "left", "parts"),
    [
        ("a = b * c / 10", "a", ["b", "c", "/10"]),
        ("output=area*yield", "output", ["area", "yield"]),
        (" a = 0.5 * b ", "a", ["0.5", "b"]),
        ("a = b / c", "a", ["b", "/c"]),
        ("a = b", "a", ["b"]),
    ],
)
def test_a_product_is_read_into_its_factors(identity, left, parts):
    assert parse_identity(identity) == (left, parts)


@pytest.mark.parametrize(
    "identity",
    [
        "",
        "a",
        "a =",
        "a = b + c",
        "a = b - 1",
        "a = (b)",
        "a = b *",
        "a = * b",
        "a = b c",
        "a = b ** c",
        "a = b // c",
        "a = b * 1.2.3",
    ],
)
def test_anything_but_a_product_is_refused(identity):
    with pytest.raises(ValueError, match=re.escape(identity) or "^$"):
        parse_identity(identity)


def test_a_product_is_computed_row_by_row(frame):
    rows = frame("""
        area, yield
        320,  65
        20.5, 50
            , 50
        """)
    computed = product(rows, ["area", "yield", "/10"])
    assert computed.tolist()[:2] == [2080, 102.5]
    assert computed.isna().tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("part", "number"), [("10", True), ("/10", True), ("0.5", True), ("b10", False)]
)
def test_a_number_is_told_from_a_name(part, number):
    assert is_number(part) is number
