"""The first sheet of the Excel file: the results, by theme, by office, by year."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from vinhloc.assess import is_due
from vinhloc.data import select
from vinhloc.figures import _
from vinhloc.review.view import View
from vinhloc.show import counts_of, say_change, say_results, when_of

Group = tuple[str, list[tuple[str, list[int]]]]  # its heading; names with their counts


def sentences_of(view: View) -> list[str]:
    """Return how what is due stands, and how that changed on last year."""
    said = [say_results(view.rows, when_of(view.data, view.year, view.period))]
    return said + ([] if view.term else [say_change(view.data, view.year)])


def count_heads(view: View) -> list[str]:
    """Return what is counted: what is due, and what becomes of it."""
    due = view.rows[is_due(view.rows)]
    return [_("Nội dung"), *counts_of(due, due["theme"])]


def groups_of(view: View) -> Iterator[Group]:
    """Give the counts of what is due: in all, by theme, by office, of each year.

    All but the last add up to the same.
    """
    data, rows = view.data, view.rows
    due = rows[is_due(rows)]
    everything = pd.Series(_("Tất cả chỉ tiêu đến hạn"), index=due.index)
    main = due[due["main"]]
    mains = pd.Series(_("Trong đó: các chỉ tiêu chủ yếu"), index=main.index)
    together = [*_counted(due, everything), *_counted(main, mains)]
    yield _("Kết quả chung"), together
    themes = data.names_of("themes", "theme")
    yield _("Theo lĩnh vực"), _counted(due, due["theme"].map(themes))
    offices = data.names_of("departments", "department")
    yield _("Theo bộ phận"), _counted(due, due["department"].map(offices))
    years = select(data.assessment, period="year")
    years = years[is_due(years) & years["year"].le(view.year)].sort_values("year")
    yield _("Các năm từ đầu kỳ"), _counted(years, years["year"].astype(str))


def _counted(due: pd.DataFrame, by: pd.Series) -> list[tuple[str, list[int]]]:
    counts = counts_of(due, by)
    return [
        (str(name), [*map(int, row)])
        for name, row in zip(counts.index, counts.to_numpy(), strict=True)
    ]
