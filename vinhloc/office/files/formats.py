"""What a number format of a spreadsheet shows of a value, and whether that is plain.

Plain are digits with any grouping and decimals, percentages, and what tells a negative
number. All else shows another figure or adds words: scaling, units, conditions.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache
from typing import NamedTuple

WHOLE = r"[0#?](?:[0#?,]|\\?[ \xa0](?=[#0]))*"
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|'
    rf"(?P<number>General|@|{WHOLE}(?:\.[0#?,]*)?(?:E[+-]0+)?|\.[0#?]+,*)|"
    r"(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
PLAIN_SIGNS = re.compile(r"[-+() \xa0\u202f]*")
COLOUR = re.compile(r"red|blue|black|green|white|yellow|cyan|magenta|color ?\d+", re.I)
SWAPPED = str.maketrans(",.", ".,")


class Section(NamedTuple):
    """One of the parts of a format, for numbers above or below 0, 0, and text."""

    before: str  # words and signs around the number
    number: str | None  # how its digits are written
    after: str
    percent: bool
    red: bool
    odd: bool  # a condition, a fraction, a power, two numbers


@cache
def sections_of(code: str) -> list[Section]:
    """Return the sections of a number format, in its order."""
    parts: list[list[re.Match]] = [[]]
    for token in TOKEN.finditer(code):
        if token["sign"] == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return [_section(part) for part in parts]


def _section(tokens: list[re.Match]) -> Section:
    words, numbers, red, odd = ["", ""], [], False, False
    for token in tokens:
        if token["number"] is not None:
            numbers.append(token["number"])
        elif (bracket := token["bracket"]) is not None:
            red |= bracket.lower() == "red"
            odd |= not (bracket.startswith("$") or COLOUR.fullmatch(bracket))
            words[bool(numbers)] += bracket[1:].partition("-")[0] * (bracket[:1] == "$")
        else:
            text = token["quoted"] or token["escaped"] or token["sign"] or ""
            words[bool(numbers)] += text
    percents = sum(token["sign"] == "%" for token in tokens)
    odd |= len(numbers) > 1 or percents > 1
    if any(token["sign"] == "/" for token in tokens):
        return Section("", "General", "", False, red, True)
    odd |= any(re.search("E[+-]", number, re.I) for number in numbers)
    number = numbers[0] if numbers else None
    return Section(words[0], number, words[1], percents == 1, red, odd)


def number_shown(code: str, number: float) -> tuple[bool, bool, str]:
    """Return whether a format makes a percentage, whether it is plain, what it shows.

    Digits are grouped as in Vietnamese: 2.080,5.
    """
    sections = sections_of(code)
    at = 1 if number < 0 else 2 if number == 0 else 0
    at = at if at < len(sections) else 0
    section, signed = sections[at], at == 0 and number < 0
    scaled, digits = 0, ""
    if section.number is not None:
        value = Decimal(repr(number)) * (100 if section.percent else 1)
        scaled, digits = _digits(section.number, abs(value))
    shown = f"{'-' * signed}{section.before}{digits}{section.after}"
    words = (section.before + section.after).replace("%", "", section.percent)
    told = at != 1 or section.red or re.search("[-(]", section.before)
    plain = digits and told and not scaled and not section.odd
    plain = bool(plain and PLAIN_SIGNS.fullmatch(words))
    return section.percent, plain, shown.strip()


def _digits(pattern: str, number: Decimal) -> tuple[int, str]:
    """Return by how many thousands a pattern divides, and the digits it shows."""
    if pattern == "@" or pattern.lower() == "general":
        return 0, f"{number.normalize():f}".translate(SWAPPED)
    pattern, _sign, power = re.sub(r"\\?[ \xa0]", ",", pattern.upper()).partition("E")
    whole, _point, decimals = pattern.partition(".")
    scaled = len(whole) - len(whole.rstrip(",")) + decimals.count(",")
    decimals = decimals.replace(",", "")
    if power:
        return 0, f"{number:.{len(decimals)}E}".translate(SWAPPED)
    grouped = "," * ("," in whole.rstrip(","))
    with localcontext(rounding=ROUND_HALF_UP):
        text = f"{number / 1000**scaled:{grouped}.{len(decimals)}f}"
    for sign in reversed(decimals):
        if sign == "0" or not text.endswith("0"):
            break
        text = text[:-1]
    text = text.removeprefix("0") if "0" not in whole and number < 1 else text
    return scaled, text.rstrip(".").translate(SWAPPED)


def text_shown(code: str, text: str) -> str:
    """Return what a format shows of a text."""
    sections = sections_of(code)
    if len(sections) < 4 and "@" not in (sections[-1].number or ""):
        return text
    section = sections[min(3, len(sections) - 1)]
    return section.before + (text if section.number == "@" else "") + section.after
