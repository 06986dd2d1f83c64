"""Reported figures: every vintage, and the one that counts."""

from __future__ import annotations

import datetime
from pathlib import Path

import pandas as pd

from vinhloc.data import contracts as c
from vinhloc.figures import EVENT_UNIT, _

FIGURE = {
    "area": c.KEY,
    "year": c.YEARS,
    "as_of": c.DAY,
    "source": c.KEY,
    "value": c.NUM,
    "upper_value": c.maybe(c.NUM),
    "bound": c.one_of("exact", "lower", "upper", "range"),
    "vintage": c.one_of("estimate", "final"),
    "plan": c.maybe(c.NUM),
    "origin_file": c.FREE,
    "origin_sheet": c.FREE,
    "origin_cell": c.FREE,
    "entered_by": c.FREE,
    "note": c.FREE,
    "note_en": c.FREE,
}
SHARE = {"numerator": c.maybe(c.NUM), "denominator": c.maybe(c.NUM)}
# What reading a workbook adds: the two sides of a share, what was assumed in reading
# the figure, and the office's reason why it stands.
READ = {
    **SHARE,
    "assumed": c.FREE,
    "inferred": c.FREE,
    "inferred_en": c.FREE,
    "confirmed": c.FREE,
}
KEY = ("indicator", "area", "year", "as_of", "source", "vintage")
ACTUALS = c.Contract({"indicator": c.KEY, **FIGURE, **READ}, KEY, frozenset(READ))
CONTEXT = c.Contract(
    {
        "indicator": c.KEY,
        "name_vi": c.NAME,
        "name_en": c.NAME,
        "unit": c.NAME,
        **FIGURE,
        **SHARE,
    },
    KEY,
    frozenset(SHARE),
)
ONE_FIGURE = ["indicator", "area", "year"]


def read_figures(
    folder: Path,
    contract: c.Contract,
    problems: list[c.Problem],
    *,
    beside: Path | None = None,
) -> dict[str, pd.DataFrame]:
    """Return every CSV below a folder as text, by its name; collect the problems.

    What has a problem already (a link) is not read, nor what a link leads to. Of a
    workbook that came in, the figures are written last: its other files count once
    their namesake stands in the folder `beside`.
    """
    texts, told = {}, {problem.file for problem in problems}
    paths = [] if folder.is_symlink() else sorted(folder.rglob("*.[Cc][Ss][Vv]"))
    for path in paths:
        name = path.relative_to(folder.parent).as_posix()
        waits = beside and not (beside / path.relative_to(folder)).exists()
        if name not in told and not waits:
            texts |= c.read_table(path, contract, problems, name=name)
    return texts


def figures_of(
    texts: dict[str, pd.DataFrame], contract: c.Contract, problems: list[c.Problem]
) -> pd.DataFrame:
    """Return the figures of all files, typed, with file and row.

    Cells with a problem are missing.
    """
    sound = {n: c.without_faults(t, problems, name=n) for n, t in texts.items()}
    tables = [c.convert(t, contract).assign(file=n) for n, t in sound.items()]
    if not tables:
        return contract.empty.assign(file="")
    return pd.concat(tables, ignore_index=True)


def known_by(
    rows: pd.DataFrame, day: datetime.date | None, *, column: str = "as_of"
) -> pd.DataFrame:
    """Return the rows dated by a day at the latest; all of them when it is None."""
    return rows if day is None else rows[rows[column] <= pd.Timestamp(day)]


def current_figures(actuals: pd.DataFrame, choices: pd.DataFrame) -> pd.DataFrame:
    """Return one actual per indicator, area and year, with `conflict` and `earlier`.

    The final figure comes before the estimate. A source chosen in `choices` comes
    before what was dated by the day of the choice, not before a later figure; then
    the latest day counts. Two different figures of that vintage and day, none of them
    chosen, are a conflict: the value is missing. `earlier` is what the last final
    figure before a corrected one said; missing where the figure was not corrected.
    """
    order = actuals.assign(final=actuals["vintage"].eq("final"))
    chosen = choices[[*ONE_FIGURE, "source", "date"]]
    chosen = chosen.rename(columns={"source": "choice", "date": "chosen_on"})
    order = order.merge(chosen, on=ONE_FIGURE, how="left", validate="m:1")
    order["chosen"] = order["source"].eq(order.pop("choice"))
    order["later"] = order["as_of"] > order.pop("chosen_on")
    rank = ["final", "later", "chosen", "as_of"]
    order = order.sort_values([*ONE_FIGURE, *rank, "source"], kind="stable")
    last = order.drop_duplicates(ONE_FIGURE, keep="last")
    same = [*ONE_FIGURE, *rank]
    peers = order.merge(last[same], on=same, validate="m:1")
    said = peers.drop_duplicates([*ONE_FIGURE, "value", "upper_value", "bound"])
    count = said.groupby(ONE_FIGURE, as_index=False).size()
    last = last.merge(count, on=ONE_FIGURE, how="left", validate="1:1")
    conflict = last["size"].gt(1) & ~last["chosen"]
    last[["value", "upper_value"]] = last[["value", "upper_value"]].mask(conflict)
    last = last.assign(conflict=conflict, earlier=_corrected(order, last))
    return last.drop(columns=["final", "later", "chosen", "size"])


def _corrected(order: pd.DataFrame, last: pd.DataFrame) -> pd.Series:
    """Return the final value that each current one corrects; `order` by day."""
    now = last[[*ONE_FIGURE, "value", "as_of", "vintage"]]
    rows = order[order["final"]].merge(
        now, on=ONE_FIGURE, suffixes=("", "_now"), validate="m:1"
    )
    before = rows["as_of"].lt(rows["as_of_now"]) & rows["value"].ne(rows["value_now"])
    rows = rows[before & rows["vintage_now"].eq("final") & rows["value_now"].notna()]
    rows = rows.drop_duplicates(ONE_FIGURE, keep="last")[[*ONE_FIGURE, "value"]]
    found = last[ONE_FIGURE].merge(rows, on=ONE_FIGURE, how="left", validate="1:1")
    return found["value"].set_axis(last.index)


def figure_problems(figures: pd.DataFrame) -> list[c.Problem]:
    """Return the problems of figures that lie across columns, rows or files."""
    known = figures.dropna(subset=["bound", "value"])
    ranged = known["bound"] == "range"
    fits = known["upper_value"].ge(known["value"]) == ranged
    wrong = known[~fits | (~ranged & known["upper_value"].notna())]
    advice = _("«range» cần value <= upper_value; cách khác để trống upper_value")
    problems = c.row_problems(wrong.assign(upper_value=""), "upper_value", advice)
    key = [*ACTUALS.key]
    whole = figures.dropna(subset=key)
    again = whole[whole.duplicated(key, keep=False)]
    advice = _("khóa bị lặp lại giữa các tệp")
    return problems + [
        c.Problem(file, row, ", ".join(key), "", advice)
        for file, row in zip(again["file"], again["row"], strict=True)
    ]


def unit_problems(context: pd.DataFrame, indicators: pd.DataFrame) -> list[c.Problem]:
    """Return the context figures in another unit than the indicator of their name."""
    named = indicators.dropna(subset="indicator").drop_duplicates("indicator")
    unit = context["indicator"].map(named.set_index("indicator")["unit"])
    other = context[unit.notna() & unit.ne(context["unit"])]
    return [
        c.Problem(file, row, "unit", found, _("cần đơn vị {unit}", unit=unit[at]))
        for at, file, row, found in zip(
            other.index, other["file"], other["row"], other["unit"], strict=True
        )
    ]


def largest_revision(actuals: pd.DataFrame) -> float:
    """Return by which share of an estimate its final at most differed from it.

    Over all exact figures on record that have both; 0.0 where there is no such pair.
    """
    exact = actuals[actuals["bound"].eq("exact") & actuals["unit"].ne(EVENT_UNIT)]
    exact = exact.sort_values("as_of", kind="stable")
    last = exact.drop_duplicates([*ONE_FIGURE, "vintage"], keep="last")
    wide = last.pivot(index=ONE_FIGURE, columns="vintage", values="value")
    wide = wide.reindex(columns=["estimate", "final"]).dropna()
    wide = wide[wide["estimate"] != 0]
    return float((wide["final"] / wide["estimate"] - 1).abs().max() if len(wide) else 0)
