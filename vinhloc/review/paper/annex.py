"""The annex table of targets: one frame from which Word, PDF and Excel are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from vinhloc.data import select
from vinhloc.figures import (
    EVENT_UNIT,
    GRADE_UNIT,
    NO_BREAK,
    _,
    is_missing,
    named,
    unit_name,
    write_actual,
    write_figure,
    write_signed,
    write_target,
    write_value,
)
from vinhloc.review.paper.columns import Column
from vinhloc.review.view import View
from vinhloc.show import (
    rule_of_every_year,
    say_bound,
    say_due,
    say_lacking,
    shown_status,
    status_text,
    write_judged,
)

WORDED = (EVENT_UNIT, GRADE_UNIT)  # of which a figure is a word
BOUNDS = ("lower", "upper", "range")


def annex_rows(view: View) -> pd.DataFrame:
    """Return the annex table: a row per theme, then one per indicator of it.

    Columns: number (I, II, ... for a theme; 1, 2, ... within it), name (of a theme in
    capitals), unit; as written and as number (in the unit, missing where it is no
    single one): target_text and target, actual_text and actual, percent_text and
    percent (of the target, where more is better), change_text and change (on the year
    before), of the term also each year's, as 2025_text and 2025; status, status_text,
    note, decimals, theme, is_theme. A theme has its number and name only.
    """
    rows, write = view.rows, _Line(view)
    parts = []
    for order, theme in enumerate(view.data.themes.to_dict("records"), 1):
        own = rows[rows["theme"] == theme["theme"]]
        head = {"number": _roman(order), "name": named(theme).upper()}
        lines = [write(row, n) for n, row in enumerate(own.to_dict("records"), 1)]
        parts.append({**head, "is_theme": True, "theme": theme["theme"]})
        parts += lines
    return pd.DataFrame(parts)


class _Line:
    """What makes a line of the annex of a row; it knows the targets of other years."""

    def __init__(self, view: View):
        whole = view.data.assessment
        term = whole[whole["period"].eq("term")]
        self.whole = dict(zip(term["indicator"], _aims_of(term), strict=True))
        years = whole[whole["period"].eq("year")]
        self.years = {}
        if view.term:
            for name, part in years.groupby("indicator", sort=False):
                self.years[name] = {}
                for row in part.to_dict("records"):
                    cells = {f"{row['year']}_text": _narrow(row)}
                    self.years[name] |= {**cells, str(row["year"]): _number_of(row)}

    def __call__(self, row: Mapping, number: int) -> dict:
        standing, row = shown_status(row), self._with_target(row)
        stated = row["target_basis"] in ("stated", "term", "total")
        stated = stated and not is_missing(row["target"])
        due = stated and row["due_year"] <= row["year"]
        worded = row["unit"] in WORDED
        single = stated and not worded and row["comparator"] not in ("between", "about")
        exact = row["bound"] == "exact" and not worded
        change = np.nan if row["over_term"] == "sum" else row["change"]
        percent = row["attainment"] if due and single and exact else np.nan
        return {
            "number": str(number),
            "name": named(row),
            "unit": unit_name(row),
            "target_text": _target_text(row) if stated else "–",
            "actual_text": write_judged(row),
            "target": row["target"] if single else np.nan,
            "actual": _number_of(row),
            "percent": percent,
            "percent_text": _percent_text(percent),
            "change": change,
            "change_text": write_signed(change, int(row["decimals"])),
            **self.years.get(row["indicator"], {}),
            "status": row["status"],
            "status_text": status_text(standing),
            "note": _note_of(row),
            "decimals": int(row["decimals"]),
            "theme": row["theme"],
            "is_theme": False,
        }

    def _with_target(self, row: Mapping) -> Mapping:
        """Return a row with the target that its year leads to, as it is stated."""
        if row["target_basis"] != "total":
            return row
        return {**row, **self.whole[row["indicator"]], "due_year": np.inf}


def _narrow(row: Mapping) -> str:
    """Return a figure that may take a line for each of its words."""
    return write_actual(row).replace(NO_BREAK, " ")


def _aims_of(rows: pd.DataFrame) -> list[dict]:
    """Return what is asked for by each row's target."""
    columns = ["target", "upper_target", "tolerance", "comparator"]
    return rows[columns].to_dict("records")


def _number_of(row: Mapping) -> float:
    """Return a figure that is one number, also as a bound; missing for all else."""
    single = row["bound"] in ("exact", "lower", "upper")
    return row["actual"] if single and row["unit"] not in WORDED else np.nan


def _target_text(row: Mapping) -> str:
    written = write_target(row)
    if row["target_basis"] == "total":
        return _("{target} (cả kỳ)", target=written)
    own = row["over_term"] in ("last", "once") and row["due_year"] != row["year"]
    if not own and is_missing(row["due"]):
        return written
    return _("{target} (hạn {due})", target=written, due=say_due(row))


def _note_of(row: Mapping) -> str:
    """Return what has to be known of a row: how sure, what it corrects, the source."""
    parts = []
    if row["conflict"]:
        parts.append(_("hai nguồn khác nhau"))
    if row["vintage"] == "estimate":
        parts.append(_("số ước"))
    overdue = shown_status(row) == "overdue"  # it says so in its status
    lacking = "" if overdue else say_lacking(row, latest=False)
    if lacking:
        parts.append(lacking)
    elif not is_missing(row["actual"]) and row["bound"] in BOUNDS:
        parts.append(say_bound(row["bound"]))
    if not is_missing(row["earlier"]):
        value = write_value(row["earlier"], row)
        parts.append(_("số liệu điều chỉnh, trước là {value}", value=value))
    if isinstance(row["source"], str):
        parts.append(f"[{row['source']}]")
    return "; ".join(parts)


def annex_notes(view: View) -> str:
    """Return how the table is read, where a row of it needs that."""
    if not view.term:
        return ""
    whole = view.rows["over_term"].eq("every_year").any()
    years = select(view.data.assessment)["source"].dropna()
    parts = [rule_of_every_year()] if whole else []
    if len(years):
        keys = ", ".join(sorted(years.unique()))
        parts.append(_("Nguồn số liệu từng năm: {sources}.", sources=keys))
    return " ".join(parts)


def annex_cells(row: Mapping, columns: Sequence[Column]) -> list[str]:
    """Return a row of the annex table as text; of a theme, its number and name."""
    if row["is_theme"]:
        return [row["number"], row["name"], *[""] * (len(columns) - 2)]
    return [row[column.text] for column in columns]


def _percent_text(value: float) -> str:
    """Return a percentage of the plan with one decimal."""
    return "–" if is_missing(value) else write_figure(value, 1)


def _roman(number: int) -> str:
    """Return a number up to 39 in Roman numerals."""
    tens, ones = divmod(number, 10)
    units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    return "X" * tens + units[ones]
