"""Made-up figures for demonstration: python tools/demo.py.

Writes a folder of data whose base is a programme: complete, plausible, and untrue.
Every figure is drawn around the programme's own targets with a seed of its own, so
that the same programme gives the same files and a new indicator changes no other. On
top of that lie the things that an office's real figures bring: estimates before
finals, a correction, missing figures, a bound, a broken identity, a conflict of two
sources, a figure that comes late, and remarks.
"""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

import numpy as np
import pandas as pd

from vinhloc.assess.identity import computed, factors_of
from vinhloc.data.actuals import ACTUALS
from vinhloc.data.frames import Data
from vinhloc.data.loading import load
from vinhloc.figures import round_half_away

AUTHOR = "vinhloc.demo"
NOTE = "số liệu minh họa, không có thật"
NOTE_EN = "demonstration data, made up"
# Where a level starts, as a share of its end's target, when only the end is stated.
START_UP, START_DOWN = 0.82, 2.5
# How far figures stray from their path, as a share of it.
SPREAD = 0.03
WHOLE = 15  # of what a rate with both sides is a share
REMARKS = {
    "cause": (
        "bắt đầu muộn hơn kế hoạch vì chờ phân bổ kinh phí",
        "thời tiết không thuận vào đúng vụ làm chính",
        "người theo dõi kiêm nhiệm, đôn đốc chưa đều",
        "một phần việc phải làm lại sau khi kiểm tra",
        "hộ dân tham gia ít hơn dự kiến",
    ),
    "measure": (
        "xin bố trí kinh phí từ quý I và giao một người theo dõi",
        "xếp lại lịch làm việc, xong phần chính trước mùa mưa",
        "báo cáo tiến độ hằng tháng, chậm thì bàn ngay",
        "làm tiếp phần còn lại và kiểm tra từng đợt",
    ),
}
ESTIMATED, FINAL, LATE, CORRECTED = "-12-15", "-03-20", "-10-05", "-09-30"


def yearly_figures(data: Data) -> pd.DataFrame:
    """Return one made-up value per indicator and year: indicator, year, value."""
    rows = data.assessment[data.assessment["period"] == "year"]
    term = data.assessment[data.assessment["period"] == "term"]
    whole = term.set_index("indicator")["target"]
    parts = [
        _series(part.reset_index(drop=True), whole[name])
        for name, part in rows.groupby("indicator", sort=False)
    ]
    figures = pd.concat(parts, ignore_index=True)
    wide = figures.pivot(index="year", columns="indicator", values="value")
    for indicator in data.indicators.query("identity != ''").to_dict("records"):
        made = computed(wide, indicator["identity"])
        own = figures["indicator"] == indicator["indicator"]
        exact = round_half_away(figures["year"].map(made), indicator["decimals"])
        figures["value"] = figures["value"].where(~own, exact)
    return figures


def _series(rows: pd.DataFrame, whole: float) -> pd.DataFrame:
    """Return the made-up series of one indicator; `whole` is the term's target."""
    first = rows.iloc[0]
    random = np.random.default_rng(zlib.crc32(first["indicator"].encode()))
    noise = random.normal(0.6, 1, len(rows)) * SPREAD
    target = rows["target"].where(rows["target_basis"].isin(["stated", "term"]))
    match first["over_term"]:
        case "once":
            due = int(rows["due_year"].dropna().iloc[0])
            done = due + int(random.choice([-1, 0, 0, 1]))
            value = (rows["year"] >= done).astype(float)
        case "every_year":
            value = target * (1 + np.abs(noise))
            value = value.where(random.random(len(rows)) < 0.85, target * 0.985)
            value = value.fillna(0)
        case "sum" if target.isna().all():  # one piece every other year
            value = (rows.index % 2 == 1) * np.ceil(whole / 3)
        case "sum":
            value = target * (1 + noise * 5)
        case "growth" | "mean":
            sign = -1 if first["direction"] == "down" else 1
            value = target * (1 + sign * noise * 4)
        case _:
            value = _level(rows, target, noise)
    value = pd.Series(value, index=rows.index, dtype=float)
    value = value.clip(first["plausible_low"], first["plausible_high"])
    value = pd.Series(round_half_away(value, first["decimals"]), index=rows.index)
    keep = value.notna()
    return rows.loc[keep, ["indicator", "year"]].assign(value=value[keep])


def _level(rows: pd.DataFrame, target: pd.Series, noise: np.ndarray) -> pd.Series:
    """Return a level that moves along its milestones, or from a start to its end."""
    stated = rows["target_basis"].eq("stated")
    if stated.sum() > 2:
        return target * (1 + noise / 8)
    end, due = target.dropna().iloc[-1], rows["due_year"].max()
    if rows["direction"].iloc[0] == "down":
        start = max(end * START_DOWN, 1.6)
    else:
        start = end * START_UP
    first = rows["year"].min()
    share = ((rows["year"] - first) / max(due - first, 1)).clip(upper=1)
    share = share if due > first else share * 0 + 1
    scale = max(abs(end - start), abs(end) * 0.02)
    return start + (end - start) * share + noise * scale


def reported(data: Data, figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures as an office would report them: estimates, then finals.

    The last year has estimates for every other indicator only; the year before it has
    no finals yet for every third.
    """
    last = data.programme.last_year
    order = figures["indicator"].map(data.indicators.set_index("indicator")["order"])
    started = figures["year"].ne(last) | order.mod(2).eq(0)
    figures, order = figures[started], order[started]
    estimate = figures[order.mod(3).eq(0) | figures["year"].eq(last)]
    has_final = figures["year"].lt(last - 1) | (
        figures["year"].eq(last - 1) & order.mod(3).ne(0)
    )
    final = figures[has_final]
    year = estimate["year"].astype(str)
    tied = estimate["indicator"].isin(identity_members(data))
    drawn = estimate.assign(
        value=estimate["value"].where(tied, estimate["value"] * 0.99),
        vintage="estimate",
        as_of=year + ESTIMATED,
    )
    half_year = drawn["year"].eq(last)
    drawn["as_of"] = drawn["as_of"].mask(half_year, f"{last}-06-20")
    settled = final.assign(
        vintage="final", as_of=(final["year"] + 1).astype(str) + FINAL
    )
    rows = pd.concat([drawn, settled], ignore_index=True)
    whole = rows["indicator"].map(data.indicators.set_index("indicator")["decimals"])
    rows["value"] = round_half_away(rows["value"], whole)
    events = data.indicators.query("unit == 'event'")["indicator"]
    early = rows["vintage"].eq("estimate") & rows["indicator"].isin(events)
    return rows[~early].assign(
        source="demo-" + rows["as_of"].str[:7], bound="exact", plan=np.nan
    )


def identity_members(data: Data) -> set[str]:
    """Return the indicators that an identity ties together."""
    tied = data.indicators[data.indicators["identity"] != ""]
    return set(tied["indicator"]).union(*map(factors_of, tied["identity"]))


def with_an_offices_habits(rows: pd.DataFrame, data: Data) -> pd.DataFrame:
    """Return the figures with what real ones bring, each once (two are missing)."""
    first, last = data.programme.first_year, data.programme.last_year
    kinds = data.indicators.set_index("indicator")["over_term"]
    levels = kinds[kinds.eq("last")].index
    product_names = data.indicators.query("identity != ''")["indicator"]
    plain = [name for name in levels if name not in identity_members(data)]
    percent = data.indicators.set_index("indicator")["unit"].eq("%")
    names = [name for name in plain if percent[name]]
    rates = iter(names)
    middle, other = first + 2, first + 3

    def place(indicator: str | None, year: int) -> pd.Series:
        return (
            rows["indicator"].eq(indicator)
            & rows["year"].eq(year)
            & rows["vintage"].eq("final")
        )

    rows = rows.reset_index(drop=True)
    added = []
    for year in (middle, other):  # missing
        gone = rows["indicator"].eq(next(rates, None)) & rows["year"].eq(year)
        rows = rows[~gone]
    bound = place(next(rates, None), other)
    rows.loc[bound, "value"] = np.floor(rows.loc[bound, "value"]) - 1
    rows.loc[bound, "bound"] = "lower"
    corrected = rows[place(next(rates, None), middle)]
    added.append(
        corrected.assign(
            value=corrected["value"] - 0.4, as_of=f"{middle + 1}{CORRECTED}"
        )
    )
    conflict = rows[place(plain[0], other)]
    added.append(
        conflict.assign(value=conflict["value"] * 1.05, source=f"demo-{other}-other")
    )
    late = place(next(rates, None), other)
    rows.loc[late, "as_of"] = f"{other + 1}{LATE}"
    planned = place(next(rates, None), middle)
    rows.loc[planned, "plan"] = rows.loc[planned, "value"] + 1
    if len(product_names):
        broken = place(product_names.iloc[-1], last - 3)
        rows.loc[broken, "value"] = rows.loc[broken, "value"] + 7
    rows = pd.concat([with_sides(rows, names[-1:]), *added])
    other_source = rows["source"].str.endswith("-other")
    rows["source"] = rows["source"].where(other_source, "demo-" + rows["as_of"].str[:7])
    decimals = data.indicators.set_index("indicator")["decimals"]
    return rows.assign(
        value=round_half_away(rows["value"], rows["indicator"].map(decimals))
    )


def with_sides(rows: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return the figures with numerator and denominator of the rates that are named.

    The whole grows by one in the middle of the term.
    """
    own = rows["indicator"].isin(names)
    middle = rows["year"].min() + 2
    whole = (WHOLE + rows["year"].ge(middle)).where(own)
    part = np.round(rows["value"] / 100 * whole)
    return rows.assign(
        numerator=part,
        denominator=whole,
        value=rows["value"].mask(own, 100 * part / whole),
    )


def remarks(data: Data) -> pd.DataFrame:
    """Return a cause and a measure for one miss of each theme and year."""
    rows = data.assessment.query("period == 'year' and status == 'missed'")
    rows = rows.drop_duplicates(["theme", "year"])
    return pd.DataFrame(
        [
            {
                "indicator": row["indicator"],
                "year": row["year"],
                "kind": kind,
                "text_vi": f"{texts[number % len(texts)]} (minh họa).",
                "author": "Văn phòng (minh họa)",
                "date": f"{row['year'] + 1}-01-10",
            }
            for number, row in enumerate(rows.to_dict("records"))
            for kind, texts in REMARKS.items()
        ],
        columns=["indicator", "year", "kind", "text_vi", "author", "date"],
    )


def write_demo(base: Path, folder: Path) -> None:
    """Write the demonstration folder of a programme; its base is `base`."""
    data = load(base)
    empty = Data(
        data.folder, data.programme, data.tables, data.actuals[:0], data.context
    )
    rows = with_an_offices_habits(reported(empty, yearly_figures(empty)), empty)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "programme.toml").write_text('base = ".."\nmade_up = true\n', "utf-8")
    _write_sources(rows, folder / "sources.csv")
    columns = list(ACTUALS.columns)
    full = rows.assign(
        area=data.programme.area, entered_by=AUTHOR, note=NOTE, note_en=NOTE_EN
    ).reindex(columns=columns)
    for year, part in full.sort_values(columns[:5]).groupby("year"):
        path = folder / "actuals" / f"{year}.csv"
        path.parent.mkdir(exist_ok=True)
        _write(part, path)
    _write(remarks(load(folder)), folder / "remarks.csv")


def _write_sources(rows: pd.DataFrame, path: Path) -> None:
    names = sorted(rows["source"].unique())
    sources = pd.DataFrame({"source": names}).assign(
        title=lambda f: "SỐ LIỆU MINH HỌA / DEMONSTRATION DATA: " + f["source"].str[5:],
        publisher=AUTHOR,
        address="",
        published="",
        received="",
        kind="made_up",
    )
    _write(sources, path)


def _write(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False, lineterminator="\n", float_format="%.15g")


if __name__ == "__main__":
    source = Path(sys.argv[1] if len(sys.argv) > 1 else "data/raw")
    write_demo(source, source / "demo")
