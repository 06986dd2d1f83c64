"""The annex table of targets: one frame from which Word, PDF and Excel are written."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from vinhloc.figures import (
    EVENT_UNIT,
    is_missing,
    unit_name,
    write_actual,
    write_figure,
    write_target,
    write_value,
)
from vinhloc.language import _, named
from vinhloc.review.view import View
from vinhloc.table import status_word

# A sign beside the word of each status, from what Times New Roman has.
SIGNS = {
    "exceeded": "▲",
    "met": "●",
    "missed": "▼",
    "undecided": "◊",
    "no_data": "○",
    "not_due": "–",
}


def annex_rows(view: View) -> pd.DataFrame:
    """Return the annex table: a row per theme, then one per indicator of it.

    Columns: number (I, II, ... for a theme; 1, 2, ... within it), name, unit, target
    and actual as written (target_text, actual_text) and as numbers (target, actual;
    in the unit, missing where they are no single one), percent (of the target, where
    more is better), change (on the year before, in the unit), status (missing for a
    theme), status_text, note, decimals, theme, is_theme.
    """
    rows = view.rows
    parts = []
    for order, theme in enumerate(view.data.themes.to_dict("records"), 1):
        own = rows[rows["theme"] == theme["theme"]]
        head = {"number": roman(order), "name": named(theme), "is_theme": True}
        lines = [
            _line(row, number) for number, row in enumerate(own.to_dict("records"), 1)
        ]
        parts += [{**line, "theme": theme["theme"]} for line in [head, *lines]]
    return pd.DataFrame(parts)


def _line(row: Mapping, number: int) -> dict:
    stated = row["target_basis"] in ("stated", "term") and not is_missing(row["target"])
    due = stated and row["due_year"] <= row["year"]
    event = row["unit"] == EVENT_UNIT
    exact = not event and row["bound"] == "exact"
    single = stated and not event and row["comparator"] != "between"
    return {
        "number": str(number),
        "name": named(row),
        "unit": unit_name(row),
        "target_text": _target_text(row, stated=stated),
        "actual_text": write_actual(row),
        "target": row["target"] if single else np.nan,
        "actual": row["actual"] if exact else np.nan,
        "percent": row["attainment"] if due and single and exact else np.nan,
        "change": np.nan if row["over_term"] == "sum" else row["change"],
        "status": row["status"],
        "status_text": f"{SIGNS[row['status']]} {status_word(row['status'])}",
        "note": note_of(row),
        "decimals": int(row["decimals"]),
        "is_theme": False,
    }


def _target_text(row: Mapping, *, stated: bool) -> str:
    if not stated:
        return "–"
    written = write_target(row)
    later = row["period"] == "year" and row["due_year"] > row["year"]
    year = int(row["due_year"])
    return _("{target} (hạn {year})", target=written, year=year) if later else written


def note_of(row: Mapping) -> str:
    """Return what has to be known of a row: how sure, what it corrects, the source."""
    parts = []
    if row["conflict"]:
        parts.append(_("hai nguồn khác nhau"))
    if row["vintage"] == "estimate":
        parts.append(_("số ước"))
    if row["bound"] in ("lower", "upper", "range") and not is_missing(row["actual"]):
        parts.append(_("số liệu chỉ là cận"))
    if not is_missing(row["earlier"]):
        value = write_value(row["earlier"], row)
        parts.append(_("số liệu điều chỉnh, trước là {value}", value=value))
    if isinstance(row["source"], str):
        parts.append(f"[{row['source']}]")
    return "; ".join(parts)


def annex_heads() -> list[str]:
    """Return the heads of the annex table's nine columns."""
    return [
        _("TT"),
        _("Chỉ tiêu"),
        _("Đơn vị"),
        _("Mục tiêu"),
        _("Thực hiện"),
        _("% so với kế hoạch"),
        _("So với năm trước"),
        _("Kết quả"),
        _("Ghi chú"),
    ]


def annex_cells(row: Mapping) -> list[str]:
    """Return a row of the annex table as text; of a theme, its number and name."""
    if row["is_theme"]:
        return [row["number"], row["name"].upper(), *[""] * 7]
    written = [row[name] for name in ("number", "name", "unit")]
    written += [row["target_text"], row["actual_text"]]
    written += [percent_text(row["percent"]), change_text(row)]
    return [*written, row["status_text"], row["note"]]


def percent_text(value: float) -> str:
    """Return a percentage of the plan with one decimal."""
    return "–" if is_missing(value) else write_figure(value, 1)


def change_text(row: Mapping) -> str:
    """Return a change on the year before with its sign."""
    if is_missing(row["change"]):
        return "–"
    written = write_figure(row["change"], int(row["decimals"]))
    return f"+{written}" if row["change"] > 0 else written


def roman(number: int) -> str:
    """Return a number up to 39 in Roman numerals."""
    tens, ones = divmod(number, 10)
    units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    return "X" * tens + units[ones]
