"""What `vinhloc check` says beyond the contracts: the source, and what there is."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path

import pandas as pd

from vinhloc.data.contracts import read_table
from vinhloc.data.disk import write_whole
from vinhloc.data.files import CONTRACTS
from vinhloc.data.folder import find_table, known_base
from vinhloc.data.frames import Data
from vinhloc.data.intake import (
    Problem,
    ProblemsFound,
    extract_figures,
    read_text,
)
from vinhloc.data.programme import read_stated
from vinhloc.data.rows import merge_alike
from vinhloc.figures import Fault, _, n_

LIST = "source_figures.csv"
DECIDED = ["value", "unit", "used_by", "reason"]  # what people write of a figure
VIETNAMESE = r"(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?"


def figures_sha(as_printed: pd.Series) -> str:
    """Return the sha256 of a sequence of printed figures, one a line."""
    return hashlib.sha256("\n".join(as_printed).encode()).hexdigest()


def compare_source(data: Data, path: Path) -> list[Problem]:
    """Return where a text of the source differs from source_figures.csv.

    Compared are every figure and its place, in reading order, of the sections named in
    programme.toml (without any: of the whole text), and the sha256 kept there.
    """
    try:
        printed = _printed(path, data.programme.source)
    except ProblemsFound as found:
        return found.problems
    kept = data.tables[LIST]
    columns = ["locator", "as_printed"]
    left = kept[columns].itertuples(index=False, name=None)
    right = printed[columns].itertuples(index=False, name=None)
    for number, (ours, theirs) in enumerate(zip(left, right, strict=False), 1):
        if ours != theirs:
            return [_differs(path, number, " ".join(ours), " ".join(theirs))]
    if len(kept) != len(printed):
        return [_differs(path, None, str(len(kept)), str(len(printed)))]
    sha = figures_sha(printed["as_printed"])
    stated = data.programme.source.get("sha256", "")
    if sha == stated:
        return []
    advice = _(
        "mọi con số đã chép đều khớp với văn bản này, chỉ mã kiểm tra «{stated}» là "
        "của văn bản khác hoặc chưa ghi; nếu văn bản này đúng, hãy ghi vào `[source]` "
        'của programme.toml: sha256 = "{sha}"'
    )
    return [Problem(path.name, None, "", "", advice.format(stated=stated, sha=sha))]


def _printed(path: Path, source: dict) -> pd.DataFrame:
    text = unicodedata.normalize("NFC", read_text(path, name=path.name))
    return extract_figures(text, source.get("sections", []))


def _differs(path: Path, number: int | None, ours: str, theirs: str) -> Problem:
    where = _("con số thứ {number}", number=number) if number else ""
    expected = _("đã chép là «{ours}»; xem lại source_figures.csv", ours=ours)
    return Problem(path.name, None, where, theirs, expected)


def write_source_list(folder: Path, path: Path) -> list[str]:
    """Write source_figures.csv from a text of the source; return what to say of it.

    Each figure is a row, its use and its reason to be filled in. What people wrote of
    a figure that stands in the same section is taken over. Raises Fault, and leaves
    the list as it is, where they wrote of one that is no longer there. What else is
    needed for a comparison is said, not written: the lines of programme.toml.
    """
    source = read_stated(folder, known_base(folder)).get("source", {})
    rows = _printed(path, source).astype(str).to_dict("records")
    for row in rows:
        plain = re.fullmatch(VIETNAMESE, row["as_printed"])
        value = row["as_printed"].replace(".", "").replace(",", ".") if plain else ""
        row |= {"value": value, **dict.fromkeys(DECIDED[1:], "")}
    kept, problems = find_table(folder, LIST), []
    if kept:
        texts = read_table(kept, CONTRACTS[LIST], problems, name=LIST)
        if problems:
            raise ProblemsFound(problems)
        _take_over(rows, texts[LIST].fillna("").to_dict("records"))
    made = io.StringIO()
    writer = csv.DictWriter(made, [*CONTRACTS[LIST].columns], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    place = kept or folder / LIST
    write_whole(place, made.getvalue().encode())
    sha = figures_sha(pd.Series([row["as_printed"] for row in rows], dtype="str"))
    open_rows = sum(not (row["used_by"] or row["reason"]) for row in rows)
    said = [
        str(place),
        n_("{n} con số trong danh mục", len(rows)),
        n_("{n} con số chưa ghi used_by hoặc reason", open_rows),
    ]
    if source.get("sha256") == sha and source.get("figures") == len(rows):
        return said
    head = [] if source else ["[source]"]
    lines = [*head, f"figures = {len(rows)}", f'sha256 = "{sha}"']
    told = _("hãy ghi vào phần `[source]` của programme.toml các dòng:")
    return [*said, told, *lines]


def _take_over(rows: list[dict], kept: list[dict]) -> None:
    """Put what was written of figures into the rows of those that still stand there."""

    def place(row: dict) -> tuple[str, str]:
        return row["locator"].partition("/")[0], row["as_printed"]

    match = SequenceMatcher(None, [*map(place, kept)], [*map(place, rows)], False)
    left = dict(enumerate(kept))
    for old, new, size in match.get_matching_blocks():
        for step in range(size):
            held = left.pop(old + step)
            rows[new + step] |= {column: held[column] for column in DECIDED}
    said = DECIDED[1:]
    lost = [row for row in left.values() if any(row[column] for column in said)]
    if lost:
        text = _(
            "{file} ghi về những con số mà văn bản này không có ở đúng mục đó: {rows}; "
            "danh mục được giữ nguyên. Hãy sửa hoặc xóa các dòng ấy rồi chạy lại"
        )
        named = _named(lost)
        raise Fault(text.format(file=LIST, rows=named))


def _named(rows: list[dict], most: int = 10) -> str:
    """Return the rows of a list in words, the first of many."""
    line = _("dòng {row} ({locator}: {found})")
    told = [line.format(found=row["as_printed"], **row) for row in rows[:most]]
    return ", ".join(told) + (f", … (+{len(rows) - most})" if rows[most:] else "")


def summary(data: Data) -> str:
    """Return in one line what a programme holds."""
    return "; ".join(
        [
            n_("{n} chỉ tiêu", len(data.indicators)),
            n_("{n} mục tiêu", len(data.targets)),
            n_("{n} số liệu thực hiện", len(data.actuals)),
            n_("{n} số liệu tham khảo", len(data.context)),
            n_("{n} nội dung chưa rõ của chương trình", len(merge_alike(data.issues))),
            n_("{n} câu hỏi", int(data.questions["answer"].eq("").sum())),
        ]
    )
