"""A year of many communes counted: by commune, by indicator, by district and province.

Frames in, frames out. Nothing is judged here: every status comes from `assess`. Counted
are the main targets of each programme (its own list), as on the first page of a review.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from vinhloc.assess import STATUSES, VERDICTS, is_due
from vinhloc.collection.gather import Gathered
from vinhloc.figures import EVENT_UNIT, LANGUAGES, _, named

BINS = 12  # bars of a distribution: as many as stay apart in a table's cell
COMMON = 2  # an indicator is common where so many communes have it
KEY = ["indicator", "unit"]
COUNTS = [*STATUSES, "due", "reported"]


@dataclass(frozen=True)
class RollUp:
    """The frames of a roll-up: what its page shows and its CSV files hold."""

    gathered: Gathered
    communes: pd.DataFrame
    provinces: pd.DataFrame
    districts: pd.DataFrame
    indicators: pd.DataFrame

    @classmethod
    def of(cls, gathered: Gathered) -> RollUp:
        """Return the frames of what was gathered."""
        communes = by_commune(gathered.rows, gathered.communes)
        provinces, districts = (
            by_area(communes, level) for level in ("province", "district")
        )
        return cls(
            gathered, communes, provinces, districts, by_indicator(gathered.rows)
        )

    @cached_property
    def made_up(self) -> bool:
        """Whether any figure is made up."""
        return bool(self.communes["made_up"].any())

    @cached_property
    def mixed(self) -> bool:
        """Whether some are made up and some are not, so that each row says so."""
        return self.communes["made_up"].nunique() > 1

    def name_of(self, area: str) -> str:
        """Return the name of a district or province in the language in use."""
        return self._names.get(area) or area or _("chưa rõ")

    @cached_property
    def _names(self) -> dict[str, str]:
        areas = self.gathered.areas
        return {row["area"]: named(row) for row in areas.to_dict("records")}


def by_commune(rows: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    """Count the statuses of each commune, and find where it is furthest behind.

    `rows` and `communes` as in `vinhloc.collection.gather.Gathered`. Added to communes:
    a count per status, due, reported (due with a figure), completeness (% of due),
    furthest (the indicator of the missed target that lacks most), lacking (% of it).
    """
    main = rows[rows["main"]]
    table = communes.merge(_counts(main), on="commune", how="left", validate="1:1")
    table[COUNTS] = table[COUNTS].fillna(0).astype("int64")
    worst = _most_lacking(main)
    table = table.merge(worst, on="commune", how="left", validate="1:1")
    return table.assign(completeness=_share(table["reported"], table["due"]))


def _counts(rows: pd.DataFrame) -> pd.DataFrame:
    counts = pd.crosstab(rows["commune"], rows["status"])
    counts = counts.reindex(columns=list(STATUSES), fill_value=0)
    due = rows[is_due(rows)]
    found = due.groupby("commune").size()
    told = due[due["status"].ne("no_data")].groupby("commune").size()
    return counts.assign(due=found, reported=told).fillna(0).reset_index()


def _most_lacking(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the missed target of each commune that lacks the largest share of it.

    A miss that only a bound tells ("under 95") lacks no one knows how much: left out.
    """
    missed = rows[rows["status"].eq("missed") & rows["shortfall"].notna()]
    target = missed["target"].abs().replace(0, np.nan)
    share = 100 * missed["shortfall"] / target
    missed = missed.assign(lacking=share.fillna(100.0))  # anything, where none was due
    order = missed.sort_values(
        ["commune", "lacking", "order"], ascending=[True, False, True], kind="stable"
    )
    first = order.drop_duplicates("commune")
    names = {"indicator": "furthest"}
    names |= {f"name_{lang}": f"furthest_{lang}" for lang in LANGUAGES}
    return first.rename(columns=names)[["commune", *names.values(), "lacking"]]


def _share(part: pd.Series, whole: pd.Series) -> pd.Series:
    return 100 * part / whole.where(whole.ne(0))


def by_area(table: pd.DataFrame, level: str) -> pd.DataFrame:
    """Sum the communes of each area of a level: province, or district with province.

    `table` comes from `by_commune`. Returns the area ("" where unknown), communes,
    the counts, completeness (%), share (% of the verdicts that are met or exceeded).
    """
    key = ["province"] if level == "province" else ["province", "district"]
    grouped = table.groupby(key, sort=True)
    sums = grouped[COUNTS].sum()
    sums.insert(0, "communes", grouped.size())
    sums["made_up"] = grouped["made_up"].any()
    good = sums["exceeded"] + sums["met"]
    return sums.assign(
        completeness=_share(sums["reported"], sums["due"]),
        share=_share(good, sums[[*VERDICTS]].sum(axis=1)),
    ).reset_index()


def by_indicator(rows: pd.DataFrame) -> pd.DataFrame:
    """Describe each common indicator across the communes that have it.

    The same slug in another unit is another indicator. Only exact figures without a
    conflict are described: figures (how many), low, q1, median, q3, high (in the unit),
    bins (counts between low and high), best and worst (communes, by the direction;
    "" where none is better or all are equal), with best_ties and worst_ties (how many
    others share it). Beside them: communes, a count per status, share (%).
    """
    sizes = rows.groupby(KEY)["commune"].transform("size")
    common = rows[sizes.ge(COMMON) & rows["unit"].ne(EVENT_UNIT)]
    described = [_describe(group) for _key, group in common.groupby(KEY, sort=False)]
    table = pd.DataFrame(described)
    if table.empty:
        return table
    return table.sort_values(["order", *KEY], ignore_index=True)


def _describe(group: pd.DataFrame) -> dict:
    group = group.sort_values("commune", kind="stable")
    counts = group["status"].value_counts()
    first = group.iloc[0]
    of_row = {name: first[name] for name in (*KEY, "name_vi", "name_en", "unit_en")}
    exact = group[group["bound"].eq("exact") & ~group["conflict"]]
    exact = exact[exact["actual"].notna()]
    judged = sum(counts.get(status, 0) for status in VERDICTS)
    good = counts.get("exceeded", 0) + counts.get("met", 0)
    return {
        **of_row,
        "order": int(group["order"].min()),
        "decimals": int(group["decimals"].max()),
        "communes": group["commune"].nunique(),
        **{status: int(counts.get(status, 0)) for status in STATUSES},
        "share": 100 * good / judged if judged else np.nan,
        "made_up": bool(group["made_up"].any()),
        **_spread(exact["actual"].to_numpy(float)),
        **_ends(exact, group["direction"]),
    }


def _spread(values: np.ndarray) -> dict:
    if not len(values):
        none = dict.fromkeys(("low", "q1", "median", "q3", "high"), np.nan)
        return {"figures": 0, **none, "bins": ()}
    names = ("low", "q1", "median", "q3", "high")
    points = np.quantile(values, [0, 0.25, 0.5, 0.75, 1])
    bins, _edges = np.histogram(values, BINS) if np.ptp(values) else ((), ())
    found = dict(zip(names, points.tolist(), strict=True))
    return {"figures": len(values), **found, "bins": tuple(map(int, bins))}


def _ends(exact: pd.DataFrame, directions: pd.Series) -> dict:
    """Return the best and the worst commune, where the direction tells which is so."""
    none = {"best": "", "best_ties": 0, "worst": "", "worst_ties": 0}
    values, direction = exact["actual"], set(directions)
    if len(direction) != 1 or not direction <= {"up", "down"}:
        return none
    if len(values) < COMMON or values.min() == values.max():
        return none
    ends = {"best": values.max(), "worst": values.min()}
    if direction == {"down"}:
        ends = {"best": values.min(), "worst": values.max()}
    for name, value in ends.items():
        there = exact.loc[values.eq(value), "commune"]
        none |= {name: there.iloc[0], f"{name}_ties": len(there) - 1}
    return none
