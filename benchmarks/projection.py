"""How well a projection would have done: python benchmarks/projection.py [--json].

Yearly series of the past that statsmodels ships. From each run of a few figures the
library's own line is drawn, and compared with the figure that did come one to three
years later; beside it stands the simplest guess, that the last figure stays.
docs/methods/projection.md prints the tables, and a test recomputes them.
"""

import numpy as np
import pandas as pd
from statsmodels.datasets import copper, fertility, grunfeld, longley, nile

from vinhloc.outlook.projection import WIDENING, theil_sen

# What occurs within a term of five years and its baseline, and what lies beyond.
FIGURES, AHEAD = (4, 5, 6), (1, 2)
MORE_FIGURES, FURTHER_AHEAD = (*FIGURES, 8), (*AHEAD, 3)
# A figure on the edge of a range is within it, whatever binary fractions make of it.
EDGE = 1e-9
LABELS = {
    "series": "Series",
    "cases": "Cases",
    "error": "Error, %",
    "naive": "Error if the last figure stays, %",
    "nominal": "In the nominal range, %",
    "widened": "In the widened range, %",
}


def series() -> pd.DataFrame:
    """Return the series: set, series, year, value; in the order of their years."""
    world = fertility.load_pandas().data.set_index("Country Code")
    firms = grunfeld.load_pandas().data
    metal = copper.load_pandas().data
    names = ["invest", "value", "capital"]
    frames = {
        "fertility": world.filter(regex=r"^\d{4}$").T.dropna(how="all"),
        "grunfeld": firms.pivot(index="year", columns="firm", values=names),
        "longley": longley.load_pandas().data.set_index("YEAR"),
        # The package leaves the years of its file, from 1951 on, out of its frame.
        "copper": metal.set_index(1950 + metal["TIME"]).drop(columns="TIME"),
        "nile": nile.load_pandas().data.set_index("year"),
    }
    return pd.concat([long(name, frame) for name, frame in frames.items()])


def long(name: str, wide: pd.DataFrame) -> pd.DataFrame:
    """Return a set, one column a series, as rows; series with gaps are left out."""
    whole = wide.dropna(axis=1).astype(float)
    years = whole.index.astype(int)
    assert (np.diff(years) == 1).all(), name
    columns = pd.Index(map(str, whole.columns), name="series")
    plain = whole.set_axis(columns, axis=1)
    return plain.assign(year=years).melt("year").assign(set=name)


def backtest(
    rows: pd.DataFrame, *, figures=MORE_FIGURES, ahead=FURTHER_AHEAD
) -> pd.DataFrame:
    """Return one row a case: set, series, figures, ahead, and what `judged` returns.

    The runs of one length do not share figures.
    """
    cases = [
        {"set": name, "series": one, "figures": count, "ahead": years}
        | judged(whole[first : first + count], whole[first + count + years - 1])
        for (name, one), part in rows.groupby(["set", "series"], sort=False)
        for whole in [part[["year", "value"]].to_numpy()]
        for count in figures
        for years in ahead
        for first in range(0, len(whole) - count - years + 1, count)
    ]
    return pd.DataFrame(cases)


def judged(known: np.ndarray, later: np.ndarray) -> dict:
    """Compare a later year and value with the projection from those known.

    error and naive are in % of the mean of the known; nominal and widened tell
    whether the range of that name holds the later value.
    """
    years, values = known.T
    year, came = later
    _slope, middle, low, high = theil_sen(years, values, year)
    level = np.abs(values).mean()
    edge = EDGE * level

    def holds(share: float) -> bool:
        least, most = (middle + share * (end - middle) for end in (low, high))
        return least - edge <= came <= most + edge

    return {
        "error": 100 * abs(came - middle) / level,
        "naive": 100 * abs(came - values[-1]) / level,
        "nominal": holds(1 / WIDENING),
        "widened": holds(1),
    }


def summary(cases: pd.DataFrame) -> pd.DataFrame:
    """Return series, cases, median errors and coverage (%) of each set and of all."""
    within = cases[cases["figures"].isin(FIGURES) & cases["ahead"].isin(AHEAD)]
    doubled = pd.concat([within, within.assign(set="all")])
    found = doubled.groupby("set", sort=False).agg(
        series=("series", "nunique"),
        cases=("error", "size"),
        error=("error", "median"),
        naive=("naive", "median"),
        nominal=("nominal", "mean"),
        widened=("widened", "mean"),
    )
    shares = ["nominal", "widened"]
    return found.assign(**100 * found[shares]).round(1)


def reach(cases: pd.DataFrame) -> pd.DataFrame:
    """Return the coverage (%) of the widened range by figures and years ahead."""
    shares = cases.groupby(["figures", "ahead"])["widened"].mean().unstack("ahead")
    return (100 * shares).round(1)


def tables(cases: pd.DataFrame) -> tuple[str, str]:
    """Return both as the Markdown of docs/methods/projection.md."""
    first = summary(cases).rename(columns=LABELS).rename_axis("Set")
    second = reach(cases).rename_axis("Figures")
    second.columns = [f"{n} ahead, %" for n in second.columns]
    return (
        first.to_markdown(
            tablefmt="github", floatfmt=("", *[",.0f"] * 2, *[".1f"] * 4)
        ),
        second.to_markdown(tablefmt="github", floatfmt=".1f"),
    )


def main() -> None:
    """Test, print."""
    from _told import options_of, tell

    options = options_of(__doc__).parse_args()
    cases = backtest(series())
    shown = "\n\n".join(tables(cases))
    tell(summary(cases).to_dict("index"), __file__, options, shown)


if __name__ == "__main__":
    main()
