"""The part of a programme's data that concerns one theme.

What is made from it cannot read anything else: it is stale only when this part changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pandas as pd

from vinhloc.assess import is_number, parse_identity
from vinhloc.data.frames import Data
from vinhloc.data.hashes import one_sha

EVERY = ("*", "")  # a row of every indicator


def theme_part(data: Data, theme: str) -> Data:
    """Return the data with the rows of a theme's indicators, and what they refer to.

    Kept are the indicators that the theme's identities name, rows of every indicator
    (`*`) and the sources in use. Of the whole programme stay its latest year and the
    largest revision of an estimate. Raises Fault for an unknown theme.
    """
    data.check_known("theme", [theme])
    names = _names_of(data.tables["indicators.csv"], theme)
    tables = {
        name: _own(_own(table, names), names, key="used_by")
        for name, table in data.tables.items()
    }
    actuals, context = _own(data.actuals, names), _own(data.context, names)
    own = data.own_breaks
    frames = [actuals, context, tables["choices.csv"], _own(own, names)]
    used = {data.programme.document, *pd.concat([f["source"] for f in frames])}
    used |= set(tables["targets.csv"]["document"]) | set(tables["units.csv"]["source"])
    sources = tables["sources.csv"]
    tables["sources.csv"] = sources[sources["source"].isin(used)]
    part = replace(data, tables=tables, actuals=actuals, context=context)
    for key, found in data.derive().kept.items():
        is_frame = isinstance(found, pd.DataFrame)
        part.kept[key] = _renumbered(found, names) if is_frame else found
    return part


def _names_of(indicators: pd.DataFrame, theme: str) -> set[str]:
    """Return the indicators of a theme and those that their identities name."""
    own = indicators[indicators["theme"] == theme]
    names = set(own["indicator"])
    for identity in own["identity"]:
        if identity:
            _left, parts = parse_identity(identity)
            names |= {part for part in parts if not is_number(part)}
    return names


def _renumbered(rows: pd.DataFrame, names: set[str]) -> pd.DataFrame:
    return _own(rows, names).reset_index(drop=True)


def _own(rows: pd.DataFrame, names: set[str], key: str = "indicator") -> pd.DataFrame:
    if key not in rows:
        return rows
    return rows[rows[key].isin(names) | rows[key].isin(EVERY)]


def content_sha(data: Data) -> str:
    """Return one hash of all that a programme's data (or a part of them) hold."""
    frames = {**data.tables, "actuals": data.actuals, "context": data.context}
    shas = {name: _frame_sha(frame) for name, frame in frames.items()}
    facts = [str(data.programme), str(data.as_of), data.largest_revision]
    return one_sha([facts, shas])


def _frame_sha(frame: pd.DataFrame) -> str:
    rows = pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes()
    columns = list(frame.dtypes.astype(str).items())
    return one_sha([columns, hashlib.sha256(rows).hexdigest()])
