"""Of which year a table is, and whether it is of the whole of it."""

from __future__ import annotations

from vinhloc.office.tables.headings import TableHead
from vinhloc.office.tables.told import Heading


def own_year(head: TableHead) -> int | None:
    """Return the latest year of a table's actuals, or the only one of its title."""
    years = {heading.year for heading in head.of("actual", "asked").values()} - {None}
    titles = head.title_years
    return max(years or (titles if len(titles) == 1 else ()), default=None)


def only_year(heads: list[TableHead]) -> int | None:
    """Return the year that titles, else plans, else actuals name as the only one."""
    titles = {year for head in heads for year in head.title_years}
    plans, actuals = (
        [h.year for head in heads for h in head.of(*roles).values()]
        for roles in (("plan",), ("actual", "asked"))
    )
    named = set(actuals)
    if titles and None not in named and not titles & named:
        return None
    for years in (titles, set(plans) - {None}, named):
        found = years if None in named else years & named
        if len(found - {None}) == 1 and (years is not named or None not in named):
            return found.pop()
    return None


def of_other_years(head: TableHead, year: int, latest: int) -> bool:
    """Tell whether a table is of others: by its columns, its title, its workbook."""
    years = {heading.year for heading in head.of("actual", "asked").values()}
    if None in years and year not in years:
        return year not in (head.title_years or {latest})
    return year not in years


def actual_column(head: TableHead, year: int) -> int | None:
    """Return the one column of a year's results, or of none said; None for more."""
    columns = head.of("actual")
    for own in (year, None):
        found = [at for at, heading in columns.items() if heading.year == own]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def other_period(head: TableHead, heading: Heading, year: int) -> str:
    """Return what a title says of another period than a column's year, or "".

    A column that is the whole year's, or names the year beside one of a part of it,
    says its own.
    """
    part = any(other.year in (year, None) for other in head.of("part").values())
    if "whole" in heading.tags or (part and heading.year == year):
        return ""
    years = {other.year for other in head.columns.values()} | head.title_years
    pieces = [piece for told in head.lines for piece in told.said.pieces]
    terms = [piece.words for piece in pieces if "term" in piece.tags]
    parts = [*filter(None, (told.parts(year) for told in head.lines))]
    return " ".join(parts or ([] if year in years else terms))
