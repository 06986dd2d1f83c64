"""Reading a programme from its folder, every contract checked: `vl.load()`.

What was read is kept, pickled, by its content: the same files are read once in a
process, and not at all in one that unpacks what another has read. Each load unpickles
frames of its own.
"""

from __future__ import annotations

import datetime
import pickle
from pathlib import Path

import pandas as pd

from vinhloc.data import contracts as c
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
from vinhloc.data.folder import data_shas, find_folder, strange_files, unread_files
from vinhloc.data.frames import Data
from vinhloc.data.programme import load_programme, programme_problems
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
) -> Data:
    """Load a programme with its figures as of a day, or what concerns one theme.

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
    data = pickle.loads(_kept(find_folder(path), as_day(as_of)))
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
    return data.folder, data.as_of, data.sha


def _kept(folder: Path, day: datetime.date | None) -> bytes:
    """Return a programme as it was read last; read anew where its files are others."""
    key = (folder, day, one_sha(data_shas(folder)))
    _KEPT[key] = _KEPT.pop(key, None) or pickle.dumps(_read(*key))
    while len(_KEPT) > MOST_KEPT:
        del _KEPT[next(iter(_KEPT))]
    return _KEPT[key]


def _read(folder: Path, day: datetime.date | None, sha: str) -> Data:
    problems = _check_files(folder)
    programme = load_programme(folder, problems)
    base = folder / programme.base if programme and programme.base else None
    if base:
        problems += _check_files(base)
    tables = _load_tables(folder, base, problems)
    if programme:
        problems += programme_problems(programme, tables, problems)
    for name in ("sources.csv", "remarks.csv"):
        tables[name] = _with_received(tables, name, folder, problems)
    layouts = read_figures(folder / "layouts", LAYOUTS, problems)
    own = read_figures(folder / "actuals", ACTUALS, problems)
    around = read_figures((base or folder) / "context", CONTEXT, problems)
    for name, text in own.items():
        problems += _reference_problems(text, name, tables, problems)
    for name, text in around.items():  # context may be of no indicator
        text = text.drop(columns="indicator", errors="ignore")
        problems += _reference_problems(text, name, tables, problems)
    broken = {problem.file for problem in problems}
    actuals = figures_of(own, ACTUALS, broken)
    context = figures_of(around, CONTEXT, broken)
    tables["layouts.csv"] = figures_of(layouts, LAYOUTS, broken)
    problems += [*figure_problems(actuals), *figure_problems(context)]
    if not any(problem.file == "indicators.csv" for problem in problems):
        problems += unit_problems(context, tables["indicators.csv"])
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

    A file that the folder lacks comes from the base. Sources are those of both. A
    table with a problem of its own is empty.
    """
    texts = {name: _read_texts(name, folder, base, problems) for name in CONTRACTS}
    broken = {problem.file for problem in problems}
    tables = {}
    for name, contract in CONTRACTS.items():
        whole = texts[name] is not None and name not in broken
        table = c.convert(texts[name], contract) if whole else contract.empty.copy()
        # A row of the base gives way to the folder's own.
        table = table.drop_duplicates([*contract.key] or None)
        tables[name] = table.reset_index(drop=True)
    for name, text in texts.items():
        if text is not None:
            problems += _reference_problems(text, name, tables, problems)
    return tables


def _read_texts(
    name: str, folder: Path, base: Path | None, problems: list[c.Problem]
) -> pd.DataFrame | None:
    """Return a file's cells as text (None where it cannot be read or is not there)."""
    places = [place / name for place in (folder, base) if place]
    places = [place for place in places if place.exists()]
    if name in NEEDED and not places:
        problems.append(c.Problem(name, None, "", "", _("thiếu tệp này")))
    texts = []
    for place in places if name == "sources.csv" else places[:1]:
        try:
            text = c.read_cells(place, name=name)
        except c.ProblemsFound as found:
            problems += found.problems
            continue
        problems += c.table_problems(text, CONTRACTS[name], name=name)
        texts.append(text)
    return pd.concat(texts, ignore_index=True) if texts else None


def _reference_problems(
    text: pd.DataFrame, name: str, tables: dict, problems: list[c.Problem]
) -> list[c.Problem]:
    """Return a problem for every cell that names a row which its table lacks.

    Tables with a problem are not trusted as lists, and a cell that is a problem
    already is not named twice.
    """
    broken = {problem.file for problem in problems}
    named = {(problem.file, problem.row, problem.column) for problem in problems}
    found = []
    for column, other in REFERENCES.items():
        own_key = CONTRACTS.get(name, c.Contract({})).key == (column,)
        free = (name, column) in FREE_COLUMNS
        if column not in text or other in broken or own_key or free:
            continue
        known = tables[other][KEYS_OF.get(column, column)]
        found += c.check_known(text, column, known, name=name, among=other)
    return [p for p in found if (p.file, p.row, p.column) not in named]


def _check_files(folder: Path) -> list[c.Problem]:
    """Return the files that nobody reads; raise ProblemsFound for links and pipes."""
    advice = _("là liên kết hoặc không phải tệp thường; hãy chép chính tệp vào đây")
    if found := strange_files(folder):
        raise c.ProblemsFound(c.Problem(n, None, "", "", advice) for n in found)
    rename = _("không được đọc; hãy đổi tên thành {name}")
    remove = _(
        "không được đọc ở đây; hãy lưu thành .csv, nhập bằng vinhloc import, hoặc bỏ đi"
    )
    return [
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
    broken = {problem.file for problem in problems}
    for part, text in parts.items():
        text = text.drop(columns=[*contract.key], errors="ignore")
        problems += _reference_problems(text, part, tables, problems)
    received = figures_of(parts, contract, broken).drop(columns="file")
    frames = [tables[name], received]
    whole = [part for part in frames if len(part)] or frames[:1]
    return pd.concat(whole, ignore_index=True)
