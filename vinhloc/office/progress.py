"""What has come in for a year and what is still due; every vintage of a figure."""

from __future__ import annotations

import pandas as pd

from vinhloc.data import Data
from vinhloc.figures import _, named, write_actual, write_date
from vinhloc.office.files import full_address
from vinhloc.office.names import Names


def status_of(data: Data, year: int) -> pd.DataFrame:
    """Return what has come in, a row per indicator of a year.

    Columns: theme, department, indicator, name, state (final, estimate, missing,
    conflict), questions (how many are open), figure (as text).
    """
    rows = data.assessment.query("year == @year and period == 'year'")
    asked = data.questions.query("year == @year and answer == ''")
    count = asked["indicator"].value_counts()
    state = rows["vintage"].astype(object).where(rows["actual"].notna(), "missing")
    return pd.DataFrame(
        {
            "theme": rows["theme"],
            "department": rows["department"],
            "indicator": rows["indicator"],
            "name": [named(row) for row in rows.to_dict("records")],
            "state": state.mask(rows["conflict"], "conflict"),
            "questions": rows["indicator"].map(count).fillna(0).astype(int),
            "figure": [write_actual(row) for row in rows.to_dict("records")],
        }
    ).reset_index(drop=True)


def count_by(status: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return how many figures are final, estimated, missing and asked about, by a key.

    Columns: the key, total, final, estimate, missing, conflict, questions.
    """
    states = ["final", "estimate", "missing", "conflict"]
    counts = pd.crosstab(status[key], status["state"]).reindex(columns=states)
    counts = counts.reindex(status[key].drop_duplicates()).fillna(0).astype(int)
    counts.insert(0, "total", counts.sum(axis=1))
    asked = status.groupby(key)["questions"].sum()
    return counts.assign(questions=asked).rename_axis(columns=None).reset_index()


def history_of(data: Data, name: str) -> tuple[str, pd.DataFrame]:
    """Return an indicator's name, and every figure on record of it, the oldest first.

    Columns, as text: year, as_of, figure, kind (estimate, final, correction), plan,
    source, origin (workbook, sheet, cell), note. Raises Fault for an unknown name.
    """
    indicator = Names(data).known_as(name)
    fact = data.indicators.set_index("indicator", drop=False).loc[indicator]
    rows = data.actuals[data.actuals["area"] == data.programme.area]
    rows = rows[rows["indicator"] == indicator]
    rows = rows.sort_values(["year", "as_of", "vintage"], kind="stable")
    shown = rows.rename(columns={"value": "actual", "upper_value": "upper_actual"})
    records = shown.to_dict("records")
    titles = data.sources.set_index("source")["title"]
    return named(fact), pd.DataFrame(
        {
            "year": rows["year"].tolist(),
            "as_of": [write_date(day) for day in rows["as_of"]],
            "figure": [write_actual(row, unit=True) for row in records],
            "kind": kinds_of(rows).tolist(),
            "source": [titles.get(row["source"], "") for row in records],
            "origin": [origin_of(row) for row in records],
            "note": [said_of(row) for row in records],
        }
    )


def kinds_of(rows: pd.DataFrame) -> pd.Series:
    """Return whether each figure is an estimate, a final one or a correction.

    `rows` are figures of one area, the oldest of each year first.
    """
    final = rows["vintage"].eq("final")
    same = rows[final].groupby(["indicator", "year"])[["value", "as_of"]]
    first = same.transform("first").reindex(rows.index)
    corrected = final & rows["value"].ne(first["value"])
    corrected &= rows["as_of"].gt(first["as_of"])  # of one day, they disagree
    kinds = rows["vintage"].map({"estimate": _("ước"), "final": _("chính thức")})
    return kinds.mask(corrected, _("số liệu điều chỉnh"))


def origin_of(row: dict) -> str:
    """Return where a figure stands: file and row, or the workbook's sheet and cell."""
    if row["origin_cell"]:
        place = full_address(row["origin_sheet"], row["origin_cell"])
        return f"{row['file'].removeprefix('actuals/')}: {place}"
    return _("{file}, dòng {row}", file=row["file"], row=row["row"])


def said_of(row: dict) -> str:
    """Return what was noted, assumed and confirmed of a figure."""
    confirmed = row["confirmed"]
    parts = [row["assumed"], named(row, "inferred"), named(row, "note")]
    parts += [_("xác nhận: {reason}", reason=confirmed)] if confirmed else []
    return "; ".join(part for part in parts if part)
