"""The formulas that read an entry back to the clerk, beside the entry cell.

They understand less than the import does and never anything else: whatever is not a
plain Vietnamese number within the indicator's range is left to the import.
"""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.utility import xl_rowcol_to_cell

from vinhloc.figures import EVENT_UNIT, GRADE_UNIT, unit_name, write_trimmed

HELPERS = 5
LONGEST = 100  # a text in a formula may have 255 signs
LATER = "sẽ kiểm tra khi nhập"


def read_back(entry: str, row: int, first: int, indicator: Mapping) -> list[str]:
    """Return the read-back formula of an entry cell, then those of the helper cells.

    `entry` is the cell's address; the helpers stand in `row` from column `first` on:
    the text without its unit, what stands before and behind the comma, the whole part
    as a number, and that number with its dots.
    """
    if indicator["unit"] in (EVENT_UNIT, GRADE_UNIT):
        said = f'IF(TRIM({entry})="","","hiểu là: "&{entry})'
        return ["=" + said]
    text, left, right, number, dotted = (
        xl_rowcol_to_cell(row, first + offset, col_abs=True) for offset in range(5)
    )
    # In a formula a quotation mark stands twice, or what follows is formula again.
    unit = unit_name(indicator).lower()[:LONGEST].replace('"', '""')
    low = f"LOWER(TRIM({entry}))"
    tail = "%" if unit == "%" else " " + unit
    bare = f'TRIM(SUBSTITUTE({low},"{unit}",""))'
    spelled = f'OR({low}={text},{low}={text}&"{unit}",{low}={text}&" {unit}")'
    comma = f'ISNUMBER(FIND(",",{text}))'
    digits = f'AND(LEN({right})>0,"1"&{right}=IFERROR(VALUE("1"&{right}),0)&"")'
    decimals = (
        f"IF({comma},{digits},TRUE)" if indicator["decimals"] else f"NOT({comma})"
    )
    one_dot = f'AND(NOT({comma}),{left}<>{number}&"",{number}<1000000)'
    certain = [
        f"{number}>=0",
        spelled,
        f'OR({left}={dotted},{left}={number}&"")',
        decimals,
    ]
    if indicator["decimals"] or "%" in unit:
        certain.append(f"NOT({one_dot})")
    value = f'({number}+IF({right}="",0,VALUE("0"&{right})/10^LEN({right})))'
    shown = f'"hiểu là: "&{dotted}&IF({right}="","",","&{right})&"{tail}"'
    checked = _in_range(shown, value, indicator)
    sure = f'IF(IFERROR(AND({",".join(certain)}),FALSE),{checked},"{LATER}")'
    grouped = (
        f'IF({number}<1000,{number}&"",IF({number}<1000000,'
        f'INT({number}/1000)&"."&RIGHT("000"&MOD({number},1000),3),'
        f'INT({number}/1000000)&"."&RIGHT("000"&MOD(INT({number}/1000),1000),3)'
        f'&"."&RIGHT("000"&MOD({number},1000),3)))'
    )
    return [
        f'=IF(TRIM({entry})="","",{sure})',
        f"={bare}",
        f'=IFERROR(LEFT({text},FIND(",",{text})-1),{text})',
        f'=IFERROR(MID({text},FIND(",",{text})+1,20),"")',
        f'=IFERROR(VALUE(SUBSTITUTE({left},".","")),-1)',
        f"={grouped}",
    ]


def _in_range(shown: str, value: str, indicator: Mapping) -> str:
    low, high = indicator["plausible_low"], indicator["plausible_high"]
    if low != low or high != high:
        return shown
    limits = f"{write_trimmed(low)} - {write_trimmed(high)}"
    outside = f'"xem lại: ngoài khoảng thường gặp {limits}"'
    return f"IF(OR({value}<{low!r},{value}>{high!r}),{outside},{shown})"
