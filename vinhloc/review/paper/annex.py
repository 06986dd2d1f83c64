"""The annex table of targets: one frame for its page, Word, PDF and Excel."""

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
    in_steps,
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
    say_ours,
    shown_status,
    status_text,
    target_cell,
    write_judged,
)

WORDED = (EVENT_UNIT, GRADE_UNIT)  # of which a figure is a word
BOUNDS = ("lower", "upper", "range")
# Of a rate that is averaged over the years, or grows: it is itself one of change.
OF_CHANGE = ("mean", "growth")


def annex_rows(view: View) -> pd.DataFrame:
    """Return the annex table: a row per theme, then one per indicator of it.

    Within a theme the programme's main list comes first. Columns: number (I, II, ...
    for a theme; else 1, 2, ... through the table), name (of a theme in capitals), unit;
    as written and as number (in the unit, missing where it is no single one):
    before_text and before (of the year before), target_text and target (stated for the
    year, or for the term), actual_text and actual, percent_text and percent (of the
    target, where that means something), change_text and change (on the year before: in
    %, of a rate in points), end_text and end (the target of the term); of the term also
    each year's, as 2025_text and 2025; status, standing, status_text, office,
    note, decimals, is_rate, indicator, theme, theme_name, is_theme. A theme has its
    number and name only.
    """
    rows, write = view.rows, _Line(view)
    parts, count = [], 0
    for order, theme in enumerate(view.data.themes.to_dict("records"), 1):
        own = rows[rows["theme"] == theme["theme"]]
        own = own.sort_values("main", ascending=False, kind="stable")
        of = {"theme": theme["theme"], "theme_name": named(theme)}
        head = {"number": roman(order), "name": named(theme).upper()}
        parts.append({**head, "is_theme": True, **of})
        for row in own.to_dict("records"):
            count += 1
            line = {"number": str(count), "is_theme": False, **of, **write(row)}
            parts.append(line)
    return pd.DataFrame(parts)


class _Line:
    """What makes a line of the annex of a row; it knows the targets of other years."""

    def __init__(self, view: View):
        whole = view.data.assessment
        self.departments = view.data.names_of("departments", "department")
        self.last_year = view.data.programme.last_year
        term = whole[whole["period"].eq("term")]
        self.whole = dict(zip(term["indicator"], term.to_dict("records"), strict=True))
        years = whole[whole["period"].eq("year")]
        past = years[years["year"].eq(view.year - 1)]
        self.past = dict(zip(past["indicator"], past.to_dict("records"), strict=True))
        self.years = {}
        if view.term:
            for name, part in years.groupby("indicator", sort=False):
                self.years[name] = {}
                for row in part.to_dict("records"):
                    cells = {f"{row['year']}_text": _narrow(row)}
                    self.years[name] |= {**cells, str(row["year"]): _number_of(row)}

    def __call__(self, row: Mapping) -> dict:
        term = row["period"] == "term"
        stated = row["target_basis"] in ("stated", "term")
        stated &= not is_missing(row["target"])
        if not term:  # what is due later is that of the term
            stated &= row["due_year"] == row["year"]
        before, whole = self._before(row), self.whole[row["indicator"]]
        target = _number_of_target(row) if stated else np.nan
        percent = _percent(row, target)
        change = np.nan if term else _change(row, before)
        decimals = int(row["decimals"])
        return {
            "indicator": row["indicator"],
            "name": named(row),
            "unit": _unit(row),
            "before_text": write_actual(before) if before else "–",
            "before": _number_of(before) if before else np.nan,
            "target_text": _target_text(row) if stated else "–",
            "target": target,
            "actual_text": write_judged(row) if term else write_actual(row),
            "actual": _number_of(row),
            "percent": percent,
            "percent_text": write_figure(percent, 1),
            "change": change,
            "change_text": _change_text(row, change),
            "end_text": self._end_text(whole),
            "end": _number_of_target(whole),
            **self.years.get(row["indicator"], {}),
            "status": row["status"],
            "standing": shown_status(row),
            "status_text": status_text(shown_status(row)),
            "office": self.departments.get(row["department"], row["department"]),
            "note": _note_of(row),
            "decimals": decimals,
            "is_rate": _is_rate(row),
        }

    def _before(self, row: Mapping) -> Mapping | None:
        """Return the row of the year before; of the first year, with its baseline."""
        known = self.past.get(row["indicator"])
        if known and not is_missing(known["actual"]):
            return known
        if is_missing(row["baseline"]) or row["baseline_year"] != row["year"] - 1:
            return None
        return {**row, "actual": row["baseline"], "bound": "exact", "vintage": "final"}

    def _end_text(self, whole: Mapping) -> str:
        written = write_target(whole)
        early = whole["over_term"] in ("last", "once")
        if not early or is_missing(due := whole["due_year"]) or due >= self.last_year:
            return written
        return _("{target} (hạn {due})", target=written, due=say_due(whole))


def _target_text(row: Mapping) -> str:
    """Return a year's target, with its due day where that is finer than the year."""
    return write_target(row) if is_missing(row.get("due")) else target_cell(row)


def _unit(row: Mapping) -> str:
    """Return the unit; of what is only met or not, these two words."""
    met_or_not = row["unit"] == EVENT_UNIT and row["over_term"] == "every_year"
    return _("đạt / không đạt") if met_or_not else unit_name(row)


def _is_rate(row: Mapping) -> bool:
    """Tell whether a change of a row is in percentage points."""
    return "%" in row["unit"]


def _percent(row: Mapping, target: float) -> float:
    """Return how much of its target a figure is, in %, where that means something.

    It does not for ranks, grades and events, nor for what is itself a rate of change.
    """
    of_change = _is_rate(row) and row["over_term"] in OF_CHANGE
    of_change |= bool(row["change_of"]) and not is_missing(row["change_of"])
    worded = in_steps(row["unit"]) or of_change
    exact = row["bound"] == "exact" and row["due_year"] <= row["year"]
    return np.nan if worded or not exact or is_missing(target) else row["attainment"]


def _change(row: Mapping, before: Mapping | None) -> float:
    """Return the change on the year before: in %, of a rate in points.

    Missing where the two cannot be compared, and for ranks, grades and events.
    """
    if before is None or in_steps(row["unit"]) or is_missing(row["change"]):
        return np.nan
    if _is_rate(row):
        return row["change"]
    past = _number_of(before)
    return 100 * row["change"] / past if past > 0 else np.nan


def _change_text(row: Mapping, change: float) -> str:
    if not _is_rate(row) or is_missing(change):
        return write_signed(change, 1)
    value = write_signed(change, int(row["decimals"]))
    return _("{value} điểm", value=value).replace(" ", NO_BREAK)


def _narrow(row: Mapping) -> str:
    """Return a figure that may take a line for each of its words."""
    return write_actual(row).replace(NO_BREAK, " ")


def _number_of(row: Mapping) -> float:
    """Return a figure that is one number, also as a bound; missing for all else."""
    single = row["bound"] in ("exact", "lower", "upper")
    return row["actual"] if single and row["unit"] not in WORDED else np.nan


def _number_of_target(row: Mapping) -> float:
    """Return a target that is one number; missing for all else."""
    single = row["comparator"] not in ("between", "about")
    return row["target"] if single and row["unit"] not in WORDED else np.nan


def _note_of(row: Mapping) -> str:
    """Return what has to be known of a row: how sure, what it corrects, the source."""
    parts = []
    if row["conflict"]:
        parts.append(_("hai nguồn khác nhau"))
    if row["vintage"] == "estimate":
        parts.append(_("số ước"))
    if row["period"] == "year" and (ours := say_ours(row)):
        parts.append(ours.strip(" ()"))
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
        keys = ", ".join(f"[{key}]" for key in sorted(years.unique()))
        parts.append(_("Nguồn số liệu từng năm: {sources}.", sources=keys))
    return " ".join(parts)


def annex_cells(row: Mapping, columns: Sequence[Column]) -> list[str]:
    """Return a row of the annex table as text; of a theme, its number and name."""
    if row["is_theme"]:
        return [row["number"], row["name"], *[""] * (len(columns) - 2)]
    return [row[column.text] for column in columns]


def roman(number: int) -> str:
    """Return a number up to 39 in Roman numerals."""
    tens, ones = divmod(number, 10)
    units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    return "X" * tens + units[ones]
