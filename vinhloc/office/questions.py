"""What a workbook's new figures are beside those on record: known, odd, corrected."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from vinhloc.data import ACTUALS, Data, described, find_questions
from vinhloc.data import contracts as c
from vinhloc.figures import _, named, write_figure
from vinhloc.office.submission import CellQuestion, Entry, question_on, text_of

# A stated percentage may differ from the computed one by the rounding of the two.
ATTAINMENT_TOLERANCE = Decimal("0.6")
NEW = "(new)"  # stands for the file of figures that are not saved yet


def figure_known(data: Data, row: dict) -> bool:
    """Tell whether a figure is on record: same day, vintage and value."""
    rows = data.actuals
    same = rows["indicator"].eq(row["indicator"]) & rows["year"].eq(row["year"])
    same &= rows["vintage"].eq(row["vintage"]) & rows["bound"].eq(row["bound"])
    same &= rows["as_of"].eq(pd.Timestamp(row["as_of"])) & rows["area"].eq(row["area"])
    same &= rows["value"].eq(float(row["value"]))
    upper, wide = row["upper_value"], rows["upper_value"]
    same &= wide.isna() if upper is None else wide.eq(float(upper))
    return bool(same.any())


def remark_known(data: Data, row: dict) -> bool:
    """Tell whether a remark is on record."""
    known = data.tables["remarks.csv"]
    key = ["indicator", "year", "kind", "text_vi"]
    return bool(known[key].eq([row[name] for name in key]).all(axis=1).any())


def disagreement(value: Decimal, plan: Decimal, percent: Decimal) -> str:
    """Return what is odd about a stated attainment, or "" where it fits.

    A share (1.036) and a percentage (103.6) of plan are both usual.
    """
    computed = 100 * value / plan
    off = min(abs(computed - percent), abs(computed - percent * 100))
    if off <= ATTAINMENT_TOLERANCE:
        return ""
    return _(
        "% so với kế hoạch ghi {stated}, tính ra {computed}",
        stated=write_figure(percent, 1),
        computed=write_figure(computed, 1),
    )


def hidden_question(entry: Entry) -> CellQuestion:
    """Return the question about a figure that stands in a hidden row or sheet."""
    text = _("{name}: số liệu ở dòng, cột hoặc trang bị ẩn; chưa lấy", name=entry.name)
    if text_of(entry.cells.get("confirmed")):
        text = _("{name}: số liệu ở dòng, cột hoặc trang bị ẩn", name=entry.name)
    return question_on(entry, "hidden", text)


def new_questions(
    data: Data, new: pd.DataFrame, entries: list[Entry]
) -> Iterator[CellQuestion]:
    """Yield the questions that new figures (`as_actuals`) raise beside the others."""
    asked = set(data.questions["text"])
    places = dict(zip(new["row"], entries, strict=True))
    rows = described(new, data.tables, data.programme)
    if len(data.actuals):
        rows = pd.concat([data.actuals, rows], ignore_index=True)
    together = dataclasses.replace(data, actuals=rows)
    found = find_questions(together, of_targets=False)
    for question in found.to_dict("records"):
        if question["text"] in asked:
            continue
        entry = places.get(question["row"]) if question["file"] == NEW else None
        place = (entry.sheet, entry.cells["actual"].address) if entry else ("", "")
        said = (question[key] for key in ("indicator", "kind", "text", "answer"))
        yield CellQuestion(*place, *said)


def as_actuals(figures: list[dict]) -> pd.DataFrame:
    """Return rows of an actuals file as the frame that its contract makes of them."""
    text = pd.DataFrame(figures, columns=[*ACTUALS.columns]).map(
        lambda value: None if value is None or value == "" else str(value)
    )
    frame = text.astype("str").where(text.notna(), None)
    frame = frame.assign(**{c.ROW: range(2, len(frame) + 2)})
    return c.convert(frame, ACTUALS).assign(file=NEW)


def corrections(data: Data, new: pd.DataFrame) -> Iterator[str]:
    """Yield a sentence per final figure of `new` that replaces another final one."""
    key = ["indicator", "area", "year"]
    old = data.current[data.current["vintage"] == "final"]
    final = new[new["vintage"] == "final"]
    rows = final.merge(old, on=key, suffixes=("", "_old"), validate="m:1")
    for row in rows[rows["value"].ne(rows["value_old"])].to_dict("records"):
        yield _(
            "{name}, {year}: số liệu điều chỉnh từ {before} thành {value}",
            name=named(row),
            year=row["year"],
            before=write_figure(row["value_old"], row["decimals"]),
            value=write_figure(row["value"], row["decimals"]),
        )
