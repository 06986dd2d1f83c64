"""What `vinhloc check` says beyond the contracts: the source, and what there is."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pandas as pd

from vinhloc.data.frames import Data
from vinhloc.data.intake import Problem, ProblemsFound, read_text
from vinhloc.data.rows import merge_alike
from vinhloc.figures import _, n_


def figures_sha(as_printed: pd.Series) -> str:
    """Return the sha256 of a sequence of printed figures, one a line."""
    return hashlib.sha256("\n".join(as_printed).encode()).hexdigest()


def compare_source(data: Data, path: Path) -> list[Problem]:
    """Return where a text of the source differs from source_figures.csv.

    Compared are every figure of the sections named in programme.toml and its place,
    in reading order, and the sha256 kept there.
    """
    try:
        text = read_text(path, name=path.name)
    except ProblemsFound as found:
        return found.problems
    printed = extract_figures(text, data.programme.source.get("sections", []))
    kept = data.tables["source_figures.csv"]
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
    return [] if sha == stated else [_differs(path, None, stated, sha)]


def _differs(path: Path, number: int | None, ours: str, theirs: str) -> Problem:
    where = _("con số thứ {number}", number=number) if number else ""
    expected = _("đã chép là «{ours}»; xem lại source_figures.csv", ours=ours)
    return Problem(path.name, None, where, theirs, expected)


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


def extract_figures(text: str, sections: list[str]) -> pd.DataFrame:
    """Return the figures printed in a source's sections, in reading order.

    Columns: locator (section as printed / paragraph in it), ordinal, as_printed. A
    second section of the same number gets the letter b; the first occurrence of each
    Roman section counts, so that a text which stands twice is read once.
    """
    rows, seen = [], set()
    section = place = ""
    paragraph = 0
    for line in filter(None, map(str.strip, text.splitlines())):
        if roman := re.match(r"([IVX]+)\.\s", line):
            if roman[1] in seen:
                break
            section = place = roman[1]
        elif section and (number := re.match(r"(\d+(?:\.\d+)*)\.\s", line)):
            place = f"{section}.{number[1]}"
            place += "b" if place in seen else ""
        else:
            paragraph += 1
            locator = f"{place}/{paragraph}"
            rows += [(section, locator, found) for found in _printed(line)]
            continue
        paragraph = 0
        seen.add(place)
        rows += [(section, place, found) for found in _printed(line)]
    figures = pd.DataFrame(rows, columns=["section", "locator", "as_printed"])
    figures = figures[figures["section"].isin(sections)].reset_index(drop=True)
    return figures.assign(ordinal=figures.index + 1)[
        ["locator", "ordinal", "as_printed"]
    ]


def _printed(line: str) -> list[str]:
    return re.findall(r"\d+(?:[.,/]\d+)*", line)
