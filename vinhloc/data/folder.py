"""The folder of a programme: where it is, and what it holds by content hashes.

Nothing heavy is imported here: a run that has nothing to do should end at once.
"""

from __future__ import annotations

import contextlib
import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from vinhloc.data.disk import folder_shas
from vinhloc.figures import Fault, _

DEFAULT_FOLDER = Path("data") / "raw"
PROGRAMME_FILE = "programme.toml"
NOTEBOOKS = "notebooks"  # in a programme's folder its own; in a key of its record
PACKAGE = Path(__file__).resolve().parents[1]
# Where those of the suite stand: in a clone beside the package, in a wheel within it.
SUITE = (PACKAGE.parent / NOTEBOOKS, PACKAGE / NOTEBOOKS)
NOTEBOOK = re.compile(r"[\w-]{1,80}\.ipynb")
READ = (".csv", ".toml")  # the files of a programme that are read
WITHIN = "demo/"  # a programme of its own within the folder
# Of tables, at any depth.
FOLDERS = ("actuals/", "context/", "sources/", "remarks/", "layouts/")
# What looks as if it were to be read, and what people and systems leave anywhere.
TABLE_LIKE = {*READ, ".tsv", ".xls", ".xlsx", ".xlsm", ".ods"}
ASIDE = (".md", "thumbs.db", "desktop.ini")
MOST_BYTES = 10_000  # of programme.toml: seven times as many as it has


class NoProgramme(Fault):
    """Raised where no folder with a `programme.toml` is found."""


def find_folder(path: str | Path | None = None) -> Path:
    """Return the folder of a programme.

    Without a path: `data/raw` in the working folder or one of its parents. A relative
    path is looked for in the same places. Raises NoProgramme.
    """
    wished = Path(path) if path else DEFAULT_FOLDER
    here = Path.cwd()
    for parent in (here, *here.parents):
        if (parent / wished / PROGRAMME_FILE).is_file():
            return parent / wished
    raise NoProgramme(
        _(
            "không thấy {file} trong thư mục «{folder}»",
            file=PROGRAMME_FILE,
            folder=wished,
        )
    )


def parse_toml(text: str) -> dict:
    """Return what a TOML text states, its letters composed (NFC).

    Raises ValueError, also where it is too deep.
    """
    try:
        return tomllib.loads(unicodedata.normalize("NFC", text))
    except RecursionError:
        raise ValueError("nested too deeply") from None


def base_of(folder: Path, stated: Mapping) -> Path | None:
    """Return the folder that fills what a programme's own lacks; None without one.

    It is the folder around it or one beside it, and holds a programme: a file that
    comes from elsewhere does not make us read the whole disk. Raises Fault.
    """
    base = stated.get("base")
    if not base:
        return None
    if isinstance(base, str) and "\0" not in base:
        found = folder / base
        around = folder.resolve().parent
        within = found.resolve().is_relative_to(around) and not Path(base).is_absolute()
        own = found.resolve() == folder.resolve()
        if within and not own and (found / PROGRAMME_FILE).is_file():
            return found
    raise Fault(_("cần thư mục bao ngoài hoặc bên cạnh, có programme.toml"))


def check_outside(out: Path) -> None:
    """Raise Fault for a place to write to that is part of a programme's data."""
    place = out.resolve()
    if any((folder / PROGRAMME_FILE).exists() for folder in (place, *place.parents)):
        text = _("nơi ghi «{folder}» nằm trong thư mục dữ liệu; hãy chọn nơi khác")
        raise Fault(text.format(folder=out))


def strange_files(folder: Path) -> list[str]:
    """Return what stands below a folder in a file's place and is none: links, pipes.

    A link would have us read, and quote in a message, a file from anywhere.
    """
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink()
        or (path.suffix.lower() in READ and not path.is_file() and not path.is_dir())
    ]


def as_table(name: str) -> str:
    """Return a file's name as that of a table: Excel may save `targets.CSV`."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.csv" if dot and suffix.lower() == "csv" else name


def find_table(folder: Path, name: str) -> Path | None:
    """Return the file of a table in a folder; None where it has none."""
    if (folder / name).exists():
        return folder / name
    return next((p for p in sorted(folder.iterdir()) if as_table(p.name) == name), None)


def unread_files(folder: Path, tables: Collection[str] = ()) -> dict[str, str]:
    """Return the files that stand where a table would be read, and are none.

    Each with the name under which it would be read, "" where there is none. `tables`
    are those of the folder itself. Case counts, also where the system's does not, but
    for that of `.CSV`.
    """
    paths = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*"))}

    def is_twice(name: str) -> bool:
        return as_table(name) != name and as_table(name) in paths

    def is_read(name: str) -> bool:
        if name.startswith(FOLDERS):
            return as_table(name).endswith(".csv")
        known = name == PROGRAMME_FILE or as_table(name) in tables
        return known and not is_twice(name)

    found = {}
    for name, path in paths.items():
        lower = name.lower()
        table = "/" not in name and TABLE_LIKE & {*Path(lower).suffixes}
        aside = path.name[0] in ".~" or lower.endswith(ASIDE)
        if (table or lower.startswith(FOLDERS)) and not (aside or is_read(name)):
            right = lower if is_read(lower) and not is_twice(name) else ""
            found |= {name: right} if path.is_file() else {}
    return found


def known_base(folder: Path) -> Path | None:
    """Return `base_of` a folder as its programme.toml states it.

    One that is no TOML may still have a line that says it. One that cannot be read
    names none: who loads the programme will say why.
    """
    try:
        with (folder / PROGRAMME_FILE).open("rb") as file:
            text = file.read(MOST_BYTES).decode("utf-8-sig", "replace")
    except OSError:
        return None
    for part in (text, *re.findall(r"(?m)^\s*base\s*=.*$", text)[:1]):
        with contextlib.suppress(ValueError):
            return base_of(folder, parse_toml(part))
    return None


def _stated(folder: Path) -> dict:
    """Return what programme.toml states; nothing where it cannot be read."""
    try:
        with (folder / PROGRAMME_FILE).open("rb") as file:
            return parse_toml(file.read(MOST_BYTES).decode("utf-8-sig"))
    except (OSError, ValueError):
        return {}


def bound_notebooks(folder: Path, *, own: bool = True) -> dict[str, Path]:
    """Return theme -> the notebook that a programme, or else its base, names for it.

    Left out is one that is not there: who loads the programme will say so. `own`:
    also those that the folders bring, not only the suite's.
    """
    folders = [place for place in (folder, known_base(folder)) if place]
    tables = [_stated(place).get(NOTEBOOKS) for place in folders]
    named = next((table for table in tables if isinstance(table, dict)), {})
    places = [place / NOTEBOOKS for place in folders if own]
    found = {theme: find_notebook(name, places) for theme, name in named.items()}
    return {theme: path for theme, path in found.items() if path}


def find_notebook(name: object, places: Iterable[Path]) -> Path | None:
    """Return a notebook of that name in the first of some places, or in the suite's.

    None where there is none, and for what is no file's name alone.
    """
    if not isinstance(name, str) or not NOTEBOOK.fullmatch(name):
        return None
    found = (place / name for place in (*places, *SUITE))
    return next((path for path in found if path.is_file()), None)


def data_shas(folder: Path) -> dict[str, dict[str, str]]:
    """Return the sha256 of each file of a programme: `data`, and of its `base`."""
    shas, base = {"data": _programme_shas(folder)}, known_base(folder)
    return shas if base is None else shas | {"base": _programme_shas(base)}


def _programme_shas(folder: Path) -> dict[str, str]:
    found = unread_files(folder) | folder_shas(folder, READ)
    return {name: sha for name, sha in found.items() if not name.startswith(WITHIN)}
