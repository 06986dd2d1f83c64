"""What Excel makes of a table on a Vietnamese Windows, back as the house writes it.

Decimal commas, days like 31/12/2024, TRUE and FALSE: taken where they can be read in
one way only, else refused once for the file.
"""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Sequence

import pandas as pd

from vinhloc.data.intake.cells import ROW, Rows
from vinhloc.data.intake.problems import Problem
from vinhloc.figures import _

COMMA = r"-?(?:\d{1,15}|\d{1,3}(?:\.\d{3})+),\d{1,15}|-?\d{1,3}(?:\.\d{3}){2,}"
DOT = r"-?\d{1,15}\.\d{1,15}"
# 2,080 and 2.080 may be thousands; 0,125 and 1268,5 are not.
TWOFOLD = r"-?[1-9]\d{0,2}[.,]\d{3}"
DAY = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})")


def in_house_style(
    read: Rows,
    *,
    name: str,
    numbers: Sequence[str],
    days: Sequence[str],
    flags: Sequence[str],
) -> Rows:
    """Return the rows with numbers as 1234.5, days as 2024-12-31, true and false.

    Given are the columns of each kind. What could be read in two ways is missing from
    the frame, and one problem for the file.
    """
    frame = read.frame.copy()
    for column in set(flags) & set(frame):
        frame[column] = frame[column].replace({"TRUE": "true", "FALSE": "false"})
    figures, commas, found = _numbers(_cells(frame, numbers), read.delimiter)
    # Where a semicolon parts columns or a comma decimals, no month stands first.
    dates, more = _days(_cells(frame, days), day_first=commas or read.delimiter == ";")
    changed = figures | dates
    for column in {column for _at, column in changed}:
        new = {at: text for (at, where), text in changed.items() if where == column}
        frame.loc[[*new], column] = pd.Series(new, dtype="str")
    told, gathered = [], []
    for unsure in filter(None, (found, more)):
        first, *rest = (
            Problem(name, int(frame.loc[at, ROW]), column, cell, advice)
            for (at, column), cell, advice in unsure
        )
        told.append(first)
        gathered += rest
    problems = [*read.problems, *told]
    return Rows(frame, problems, read.delimiter, tuple(gathered))


def _cells(frame: pd.DataFrame, columns: Sequence[str]) -> dict[tuple, str]:
    """Return the cells of columns that hold something, by row and column."""
    here = [column for column in columns if column in frame]
    whole = zip(frame.index, *(frame[column] for column in here), strict=True)
    return {
        (at, column): cell
        for at, *cells in whole
        for column, cell in zip(here, cells, strict=True)
        if isinstance(cell, str)
    }


def _numbers(cells: dict[tuple, str], delimiter: str) -> tuple[dict, bool, list]:
    """Return the numbers that change, if commas mark decimals, and what is unsure."""
    commas = {at: cell for at, cell in cells.items() if re.fullmatch(COMMA, cell)}
    dots = {at: cell for at, cell in cells.items() if re.fullmatch(DOT, cell)}
    ours = delimiter == ","  # then a dot marks decimals
    if not commas and ours:
        return {}, False, []
    mixed = {at: cells[at] for at in cells if at in commas or (at in dots and not ours)}
    if commas and dots:
        advice = _(
            "trong tệp có số ghi dấu phẩy, có số ghi dấu chấm ({count} ô không chắc); "
            "hãy ghi mọi số thập phân bằng một dấu, hàng nghìn không có dấu"
        )
        return _unsure(mixed, advice)
    twofold = {at: c for at, c in mixed.items() if re.fullmatch(TWOFOLD, c)}
    if twofold:
        first = next(iter(twofold.values()))
        advice = _(
            "có thể là {whole} hoặc {exact} ({count} ô như vậy); hãy ghi {whole} nếu "
            "là hàng nghìn, {exact} nếu là số thập phân"
        )
        whole = re.sub("[.,]", "", first)
        return _unsure(twofold, advice, whole=whole, exact=f"{first}0")
    plain = {at: c.replace(".", "").replace(",", ".") for at, c in commas.items()}
    return plain, bool(commas), []


def _days(cells: dict[tuple, str], *, day_first: bool) -> tuple[dict, list]:
    """Return the days that change, and those where the month may stand first."""
    found = {at: m for at, cell in cells.items() if (m := DAY.fullmatch(cell))}
    month_first = any(int(m[1]) <= 12 < int(m[2]) for m in found.values())
    sure, unsure = {}, {}
    for at, match in found.items():
        day, month, year = map(int, match.groups())
        told = day_first or day > 12 or day == month
        if month_first or len(match[3]) == 2 or not told:
            unsure[at] = match[0]
        else:
            with contextlib.suppress(ValueError):  # no such day: the contract tells
                sure[at] = datetime.date(year, month, day).isoformat()
    advice = _(
        "không chắc đâu là ngày, đâu là tháng ({count} ô như vậy); "
        "hãy ghi ngày kiểu 2024-12-31, trong cột định dạng Văn bản (Text)"
    )
    gone, _commas, told = _unsure(unsure, advice)
    return sure | gone, told


def _unsure(cells: dict, advice: str, **values: str) -> tuple[dict, bool, list]:
    """Return cells as missing ones, and what is said of each: the first is told."""
    said = advice.format(count=len(cells), **values)
    return dict.fromkeys(cells), False, [(at, cell, said) for at, cell in cells.items()]
