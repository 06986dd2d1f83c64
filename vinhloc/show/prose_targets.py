"""Targets that another document than the programme states: amendments in mid-term."""

from __future__ import annotations

import pandas as pd

from vinhloc.data import Data
from vinhloc.figures import _, language, write_target
from vinhloc.show.balance import Prose, prose


def amended_targets(data: Data, indicator: str) -> pd.DataFrame:
    """Return an indicator's targets of another document, with `source` as its key."""
    rows = data.targets[data.targets["indicator"] == indicator]
    own = rows[rows["document"] != data.programme.document]
    return own.assign(source=own["document"]).sort_values("year", kind="stable")


def say_amendments(rows: pd.DataFrame, data: Data) -> Prose:
    """Return a sentence for each of `amended_targets`, with its document and note."""
    titles = data.sources.set_index("source")["title"]
    texts = []
    for row in rows.to_dict("records"):
        written = {"target": row["value"], "upper_target": row["upper_value"]}
        text = _(
            "Mục tiêu năm {year}, {target}, theo {title} [{source}].",
            year=row["year"],
            target=write_target(row | written, unit=True),
            title=titles[row["source"]],
            source=row["source"],
        )
        note = row["note_en"] if language() == "en" else row["note"]
        texts.append(f"{text} {note[:1].upper()}{note[1:]}." if note else text)
    return prose(texts, made_up=data.made_up)
