"""Reading a programme from its folder, every contract checked: `vl.load()`.

What was read is kept, pickled, by its content: the same files are read once in a
process, and not at all in one that unpacks what another has read. Each load unpickles
frames of its own.
"""

from __future__ import annotations

import datetime
import pickle
from collections.abc import Collection
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pandas as pd

from vinhloc.data import contracts as c
from vinhloc.data.across import programme_problems
from vinhloc.data.actuals import (
    ACTUALS,
    CONTEXT,
    figure_problems,
    figures_of,
    known_by,
    read_figures,
    unit_problems,
)
from vinhloc.data.disk import one_sha
from vinhloc.data.files import (
    CONTRACTS,
    FREE_COLUMNS,
    KEYS_OF,
    LAYOUTS,
    NEEDED,
    REFERENCES,
)
from vinhloc.data.folder import (
    data_shas,
    find_folder,
    find_table,
    known_base,
    strange_files,
    unread_files,
)
from vinhloc.data.frames import Data
from vinhloc.data.programme import load_programme
from vinhloc.data.records import described, in_force, with_unit_names
from vinhloc.data.rows import theme_part
from vinhloc.figures import _, as_day, use_document

MOST_KEPT = 4  # programmes kept by a process
# Folder, day, hash of the files -> what was read, pickled; the last used stands last.
_KEPT: dict[tuple, bytes] = {}


def load(
    path: str | Path | None = None,
    *,
    as_of: str | datetime.date | None = None,
    theme: str | None = None,
    year: int | None = None,
    later: bool = False,
) -> Data:
    """Load a programme with its figures as of a day, or what concerns one theme.

    With a year: as seen from it, without figures, breaks and remarks of later years,
    unless `later` asks for them.

    Returns Data (frames: indicators, targets, actuals, current, assessment, context).
    With a theme: `vinhloc.data.rows.theme_part` of them. Raises NoProgramme,
    ProblemsFound with every problem at once, or ValueError for a day that is none or
    a theme that the programme does not have. From then on, texts call its document
    what the programme calls it.

    >>> data = vl.load("data/raw/demo")
    >>> data.made_up, data.latest_year
    (True, 2025)
    >>> vl.load("data/raw/demo", as_of="2023-12-31").latest_year
    2023
    >>> vl.load("data/raw/demo", theme="culture").indicators["theme"].unique().tolist()
    ['culture']
    """
    until = None if later else year or None
    data = pickle.loads(_kept(find_folder(path), as_day(as_of), until))
    named = data.programme
    use_document(named.document_type, named.document_type_en)
    return theme_part(data, theme) if theme else data


def pack(data: Data) -> bytes:
    """Return data with all that was derived from them, as later loads will find them.

    In this process, and in another that is to `unpack` them.
    """
    _KEPT[_key_of(data)] = packed = pickle.dumps(data)
    return packed


def unpack(packed: bytes) -> None:
    """Let later loads in this process find what another has read and derived."""
    _KEPT[_key_of(pickle.loads(packed))] = packed


def _key_of(data: Data) -> tuple:
    return data.folder, data.as_of, data.sha, data.until


def _kept(folder: Path, day: datetime.date | None, until: int | None = None) -> bytes:
    """Return a programme as it was read last; read anew where its files are others."""
    key = (folder, day, one_sha(data_shas(folder)), until)
    if not (packed := _KEPT.pop(key, None)):
        data = pickle.loads(_kept(folder, day)) if until else _read(*key[:3])
        packed = pickle.dumps(_up_to(data, until) if until else data)
    _KEPT[key] = packed
    while len(_KEPT) > MOST_KEPT:
        del _KEPT[next(iter(_KEPT))]
    return packed


def _up_to(data: Data, until: int) -> Data:
    """Return data without what is of years after `until`; nothing is derived yet."""
    tables = {
        name: table[table["year"].le(until)]
        if name in ("breaks.csv", "remarks.csv")
        else table
        for name, table in data.tables.items()
    }
    frames = {name: getattr(data, name) for name in ("actuals", "context")}
    known = {name: rows[rows["year"].le(until)] for name, rows in frames.items()}
    return replace(data, tables=tables, until=until, **known)


def _read(folder: Path, day: datetime.date | None, sha: str) -> Data:
    base = known_base(folder)
    problems = [*_check_files(folder), *(_check_files(base) if base else ())]
    stated, programme = load_programme(folder, base, problems)
    tables = _load_tables(folder, base, problems)
    for name in ("sources.csv", "remarks.csv"):
        tables[name] = _with_received(tables, name, folder, problems)
    layouts = read_figures(folder / "layouts", LAYOUTS, problems)
    own = read_figures(folder / "actuals", ACTUALS, problems)
    around = read_figures((base or folder) / "context", CONTEXT, problems)
    actuals = figures_of(own, ACTUALS, problems)
    context = figures_of(around, CONTEXT, problems)
    tables["layouts.csv"] = figures_of(layouts, LAYOUTS, problems)
    named = [_reference_problems(text, name, tables) for name, text in own.items()]
    named += [  # context may be of no indicator
        _reference_problems(text, name, tables, but=["indicator"])
        for name, text in around.items()
    ]
    problems += c.not_yet_told(chain.from_iterable(named), problems)
    found = [*programme_problems(stated, tables)]
    found += [*figure_problems(actuals), *figure_problems(context)]
    found += unit_problems(context, tables["indicators.csv"])
    problems += c.not_yet_told(found, problems)
    if problems:
        raise c.ProblemsFound(problems)
    held = in_force(tables["targets.csv"], tables["indicators.csv"], day)
    tables["targets.csv"], tables["earlier_targets.csv"] = held
    for name in ("choices.csv", "remarks.csv"):
        tables[name] = known_by(tables[name], day, column="date")
    return Data(
        folder=folder,
        programme=programme,
        tables=tables,
        actuals=described(known_by(actuals, day), tables, programme),
        context=with_unit_names(known_by(context, day), tables).assign(made_up=False),
        as_of=day,
        sha=sha,
    )


def _load_tables(
    folder: Path, base: Path | None, problems: list[c.Problem]
) -> dict[str, pd.DataFrame]:
    """Read every table of a programme, keyed by file name; collect the problems.

    A file that the folder lacks comes from the base. Sources are those of both. Cells
    with a problem are missing.
    """
    texts = {name: _read_texts(name, folder, base, problems) for name in CONTRACTS}
    told, tables = {problem.file for problem in problems}, {}
    for name, contract in CONTRACTS.items():
        if texts[name] is not None or name in told:
            sound = c.without_faults(texts[name], problems, name=name)
            table = c.convert(sound, contract)
        else:
            table = contract.empty.copy()
        # A row of the base gives way to the folder's own.
        table = table.drop_duplicates([*contract.key] or None)
        tables[name] = table.reset_index(drop=True)
    found = [
        problem
        for name, text in texts.items()
        if text is not None
        for problem in _reference_problems(text, name, tables)
    ]
    problems += c.not_yet_told(found, problems)
    return {n: c.without_faults(t, found, name=n) for n, t in tables.items()}


def _read_texts(
    name: str, folder: Path, base: Path | None, problems: list[c.Problem]
) -> pd.DataFrame | None:
    """Return a file's cells as text (None where it cannot be read or is not there).

    What has a problem already (a link) is not read.
    """
    if any(problem.file == name for problem in problems):
        return None
    places = [find_table(place, name) for place in (folder, base) if place]
    places = [place for place in places if place]
    if name in NEEDED and not places:
        problems.append(c.Problem(name, None, "", "", _("thiếu tệp này")))
    texts = []
    for place in places if name == "sources.csv" else places[:1]:
        read = c.read_table(place, CONTRACTS[name], problems, name=name)
        texts += [*read.values()] or [c.without_faults(None, problems, name=name)]
    return pd.concat(texts, ignore_index=True) if texts else None


def _reference_problems(
    text: pd.DataFrame, name: str, tables: dict, *, but: Collection[str] = ()
) -> list[c.Problem]:
    """Return a problem for every cell that names a row which its table lacks."""
    found = []
    for column, other in REFERENCES.items():
        own_key = CONTRACTS.get(name, c.Contract({})).key == (column,)
        free = (name, column) in FREE_COLUMNS
        if column in text and column not in but and not (own_key or free):
            known = tables[other][KEYS_OF.get(column, column)]
            found += c.check_known(text, column, known, name=name, among=other)
    return found


def _check_files(folder: Path) -> list[c.Problem]:
    """Return the files that nobody reads: links, pipes, and those of a wrong name."""
    advice = _("là liên kết hoặc không phải tệp thường; hãy chép chính tệp vào đây")
    strange = [c.Problem(n, None, "", "", advice) for n in strange_files(folder)]
    rename = _("không được đọc; hãy đổi tên thành {name}")
    remove = _(
        "không được đọc ở đây; hãy lưu thành .csv, nhập bằng vinhloc import, hoặc bỏ đi"
    )
    return strange + [
        c.Problem(found, None, "", "", rename.format(name=name) if name else remove)
        for found, name in unread_files(folder, CONTRACTS).items()
    ]


def _with_received(
    tables: dict, name: str, folder: Path, problems: list[c.Problem]
) -> pd.DataFrame:
    """Return a table and the rows that came in with workbooks, from its own folder."""
    contract = CONTRACTS[name]
    parts = read_figures(
        folder / Path(name).stem, contract, problems, beside=folder / "actuals"
    )
    for part, text in parts.items():
        found = _reference_problems(text, part, tables, but=contract.key)
        problems += c.not_yet_told(found, problems)
    received = figures_of(parts, contract, problems).drop(columns="file")
    frames = [tables[name], received]
    whole = [part for part in frames if len(part)] or frames[:1]
    return pd.concat(whole, ignore_index=True)
