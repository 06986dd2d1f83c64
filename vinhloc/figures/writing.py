"""Write figures and dates in the reader's language; round as the offices do."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping
from decimal import Decimal, localcontext

import pandas as pd
from babel.dates import format_date
from babel.numbers import format_decimal

from vinhloc.figures.rounding import round_half_away
from vinhloc.figures.translation import _, language, later_, named

EVENT_UNIT = "event"
GRADE_UNIT = "grade"  # of a figure that is a place on a scale of words
NO_BREAK = "\u00a0"  # a space that keeps sign, figure and unit on one line
FULL = 100  # %: more than all there cannot be
DIGITS = 350  # more than the largest float has, with its decimals


def is_missing(value: object) -> bool:
    """Tell whether a value stands for "no figure".

    >>> from vinhloc.figures import is_missing
    >>> is_missing(None), is_missing(""), is_missing(0)
    (True, True, False)
    """
    return bool(pd.isna(value)) or value == ""


def write_figure(value: float | Decimal | None, decimals: int = 0) -> str:
    """Return a number in the language in use: 2.080,5 (vi) or 2,080.5 (en).

    Trailing zeros follow `decimals`; a missing or infinite value gives an en dash.

    >>> from vinhloc.figures import write_figure
    >>> write_figure(2080.5, 1), write_figure(-3), write_figure(None)
    ('2.080,5', '−3', '–')
    """
    if is_missing(value) or math.isinf(value):
        return "–"
    rounded = round_half_away(float(value), decimals).item() + 0.0
    pattern = "#,##0" + ("." + "0" * int(decimals) if decimals else "")
    return _written(rounded, pattern)


def write_signed(value: float | None, decimals: int = 0) -> str:
    """Return a gap or a change with its sign; as `write_figure` does for what is none.

    >>> from vinhloc.figures import write_signed
    >>> write_signed(57), write_signed(-0.25, 1), write_signed(0), write_signed(None)
    ('+57', '−0,3', '0', '–')
    """
    written = write_figure(value, decimals)
    return f"+{written}" if not is_missing(value) and value > 0 else written


def _written(value: float, pattern: str) -> str:
    """Return a number by a pattern, however large: what is computed may be absurd."""
    with localcontext(prec=DIGITS):
        written = format_decimal(value, format=pattern, locale=language())
    return written.replace("-", "−")


def write_trimmed(value: float) -> str:
    """Return a number with as many decimals as it has, for factors and ranges.

    >>> from vinhloc.figures import write_trimmed
    >>> write_trimmed(0.36), write_trimmed(1000)
    ('0,36', '1.000')
    """
    return _written(value, "#,##0.######")


def decimals_of(value: float) -> int:
    """Return the number of decimals of a figure as typed: 46.32 has 2.

    >>> from vinhloc.figures import decimals_of
    >>> decimals_of(46.32), decimals_of(400.0)
    (2, 0)
    """
    return max(0, -Decimal(repr(float(value))).normalize().as_tuple().exponent)


def write_date(value: datetime.date | None) -> str:
    """Return a date in the language in use: 29/05/2020 or 29 May 2020.

    >>> from vinhloc.figures import write_date
    >>> write_date(pd.Timestamp("2020-05-29"))
    '29/05/2020'
    """
    if is_missing(value):
        return "–"
    pattern = "dd/MM/yyyy" if language() == "vi" else "d MMMM yyyy"
    written = format_date(value, format=pattern, locale=language())
    return written.replace(" ", NO_BREAK)


COMPARATOR_SIGNS = {
    ">=": f"≥{NO_BREAK}",
    ">": f">{NO_BREAK}",
    "<=": f"≤{NO_BREAK}",
    "<": f"<{NO_BREAK}",
    "=": "",
}


def write_value(value: float | None, row: Mapping) -> str:
    """Return a value with the decimals of its row; an event as a word.

    >>> from vinhloc.figures import write_value
    >>> write_value(97.5, {"unit": "%", "decimals": 1})
    '97,5'
    >>> write_value(1, {"unit": "event"})
    'hoàn thành'
    """
    if is_missing(value):
        return "–"
    if row["unit"] == EVENT_UNIT and row.get("over_term") == "every_year":
        return _("đạt") if value >= 1 else _("không đạt")
    if row["unit"] == EVENT_UNIT:
        return _("hoàn thành") if value >= 1 else _("chưa hoàn thành")
    if row["unit"] == GRADE_UNIT and (words := grades_of(row)):
        return words[min(max(int(value), 1), len(words)) - 1]
    return write_figure(value, row["decimals"])


def grades_of(row: Mapping) -> list[str]:
    """Return the words of a row's scale, the lowest first, in the language in use.

    >>> from vinhloc.figures import grades_of
    >>> grades_of({"grades": "hoàn thành|hoàn thành tốt"}), grades_of({})
    (['hoàn thành', 'hoàn thành tốt'], [])
    """
    words = (language() == "en" and row.get("grades_en")) or row.get("grades") or ""
    return words.split("|") if words else []


def write_target(row: Mapping, *, unit: bool = False) -> str:
    """Return a target with its comparator: "≥ 97,5", "80 - 82", "hoàn thành".

    >>> from vinhloc.figures import write_target
    >>> row = {"target": 97.5, "comparator": ">=", "unit": "%", "decimals": 1}
    >>> print(write_target(row, unit=True))
    ≥ 97,5%
    """
    if is_missing(row["target"]):
        return "–"
    low = write_value(row["target"], row)
    if row["comparator"] == "between":
        high = write_value(row["upper_target"], row)
        below = row["target"] < 0  # a dash would stand beside a minus
        low = _("{low} đến {high}", low=low, high=high) if below else _to(low, high)
    elif row["unit"] != EVENT_UNIT and not is_missing(row["comparator"]):
        low = COMPARATOR_SIGNS.get(row["comparator"], "") + low
    low += unit_after(row) if unit else ""
    if row["comparator"] == "about":
        low = _kept(_("khoảng {value}", value=low), low)
    if not is_missing(slack := row.get("tolerance")):
        low += f"{NO_BREAK}(±{write_trimmed(slack)})"
    return low


def write_aim(row: Mapping, *, bare: bool = False) -> str:
    """Return a target in a sentence, its comparator in words: "từ 4,0 ha trở lên".

    `bare`: of what must at least be reached, the value alone, behind "vượt mục tiêu".

    >>> from vinhloc.figures import write_aim
    >>> row = {"target": 4.0, "comparator": ">=", "unit": "ha", "decimals": 1}
    >>> print(write_aim(row))
    từ 4,0 ha trở lên
    """
    words = {
        ">=": later_("từ {value} trở lên"),
        ">": later_("trên {value}"),
        "<=": later_("không quá {value}"),
        "<": later_("dưới {value}"),
    }
    text = words.get(row["comparator"])
    text = "{value}" if bare and row["comparator"] == ">=" else text
    if is_missing(row["target"]) or row["unit"] == EVENT_UNIT or not text:
        return write_target(row, unit=True)
    value = write_value(row["target"], row) + unit_after(row)
    if row["unit"] == "%" and row["comparator"] == ">=" and row["target"] >= FULL:
        return f"{write_trimmed(row['target'])}%"
    return _kept(_(text, value=value), value)


def write_actual(row: Mapping, *, unit: bool = False) -> str:
    """Return a reported figure with what is known of it: bound and estimate.

    >>> from vinhloc.figures import write_actual
    >>> row = {"actual": 95.0, "unit": "%", "decimals": 1, "vintage": "final"}
    >>> print(write_actual({**row, "bound": "lower"}, unit=True))
    hơn 95,0%
    """
    if is_missing(row["actual"]):
        return "–"
    value = write_value(row["actual"], row) + (unit_after(row) if unit else "")
    match row["bound"]:
        case "lower" if row.get("period") == "term":  # a total, or a mean
            value = _kept(_("ít nhất {value}", value=value), value)
        case "lower":
            value = _kept(_("hơn {value}", value=value), value)
        case "upper":
            value = _kept(_("dưới {value}", value=value), value)
        case "range":
            upper = write_value(row["upper_actual"], row)
            value = _to(write_value(row["actual"], row), upper)
            value += unit_after(row) if unit else ""
    if row["vintage"] == "estimate":
        value = _kept(_("ước {value}", value=value), value)
    return value


def _to(low: str, high: str) -> str:
    return f"{low}{NO_BREAK}–{NO_BREAK}{high}"


def _kept(text: str, value: str) -> str:
    """Return a text with its value on the line of the word before it."""
    return text.replace(f" {value}", NO_BREAK + value)


def unit_after(row: Mapping) -> str:
    """Return the unit as it stands after a figure: "%", " ha", nothing for events.

    Nor is it said again after a name that says it, "Số hộ thoát nghèo: 14", unless
    more stands between: "Hạng sao OCOP: chè lam: 5 sao".

    >>> from vinhloc.figures import unit_after
    >>> unit_after({"unit": "%"}), unit_after({"unit": "event"})
    ('%', '')
    """
    if row["unit"] in (EVENT_UNIT, GRADE_UNIT, "%"):
        return "%" if row["unit"] == "%" else ""
    unit, name = unit_name(row), named({"name_vi": "", **row})
    said = re.search(rf"\b{re.escape(unit)}\b", name, re.IGNORECASE)
    return "" if said and ":" not in name else f"{NO_BREAK}{unit}"


def unit_name(row: Mapping) -> str:
    """Return the name of a row's unit in the language in use.

    >>> from vinhloc.figures import unit_name
    >>> unit_name({"unit": "tấn", "unit_en": "tonnes"}), unit_name({"unit": "event"})
    ('tấn', 'việc')
    """
    if row["unit"] == EVENT_UNIT:
        return _("việc")
    if row["unit"] == GRADE_UNIT:
        return _("mức")
    return named(row, "unit")
