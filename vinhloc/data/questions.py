"""Questions to the office: figures that can be read but should be looked at."""

from __future__ import annotations

import pandas as pd

from vinhloc.assess import factors_of, in_words, parse_identity, product
from vinhloc.data.actuals import ONE_FIGURE
from vinhloc.data.records import Records
from vinhloc.figures import (
    EVENT_UNIT,
    _,
    named,
    write_date,
    write_figure,
    write_target,
    write_trimmed,
)

COLUMNS = ["kind", "indicator", "year", "file", "row", "text", "made_up", "answer"]
# A level that more than doubles or halves within a year is asked about.
JUMP_FACTOR = 2.0
MOST_DECIMALS = 7  # of a figure in a question


def find_questions(data: Records) -> pd.DataFrame:
    """Return a row per question: the columns of COLUMNS.

    Kinds: identity (broken beyond half a unit of the last digit), implausible
    (outside the indicator's range), jump (a level more than doubles or halves), plan
    (differs from the programme's target), sources (two sources disagree), conflict,
    reading (only its range told how to read it), early (final before the year ended),
    undone (an event is not done in a year after one in which it was), direction (a
    target asks for less where more is better, or for more where less is).
    `answer` is the reason for which the office confirmed the figure; empty while the
    question is open.
    """
    own = data.actuals[data.actuals["area"] == data.programme.area]
    found = [
        *_implausible(own, data.indicators),
        *_jumps(data),
        *_plans(own, data.targets),
        *_assumed(own),
        *_early(own[own["source"] != data.programme.document]),
        *_disagreements(data),
        *_identities(data),
        *_undone(data),
        *_against_direction(data.targets),
    ]
    return pd.DataFrame(found, columns=COLUMNS)


def _question(kind: str, row, text: str) -> tuple:
    place = (row.get("file", ""), row.get("row", pd.NA))
    made_up = bool(row.get("made_up", False))
    answer = row.get("confirmed") or ""
    return (kind, row["indicator"], int(row["year"]), *place, text, made_up, answer)


def _implausible(own: pd.DataFrame, indicators: pd.DataFrame):
    ranges = indicators[["indicator", "plausible_low", "plausible_high"]]
    rows = own.merge(ranges, on="indicator", validate="m:1")
    low, high = rows["plausible_low"], rows["plausible_high"]
    outside = rows[(rows["value"] < low) | (rows["value"] > high)]
    for row in outside.to_dict("records"):
        low, high = row["plausible_low"], row["plausible_high"]
        near = low if row["value"] < low else high
        text = _(
            "{name}: {value} nằm ngoài khoảng thường gặp {low} - {high}",
            name=named(row),
            value=_apart([row["value"], near], row["decimals"])[0],
            low=write_trimmed(low),
            high=write_trimmed(high),
        )
        yield _question("implausible", row, text)


def _jumps(data: Records):
    own = data.own_current
    levels = data.indicators.query("over_term == 'last'")["indicator"]
    rows = own[own["indicator"].isin(levels) & own["bound"].eq("exact")]
    rows = rows.sort_values(["indicator", "year"])
    before = rows.groupby("indicator")[["value", "year"]].shift()
    ratio = rows["value"] / before["value"].where(before["value"] > 0)
    near = rows["year"] - before["year"] == 1
    wide = (ratio > JUMP_FACTOR) | (ratio < 1 / JUMP_FACTOR)
    for row in rows.assign(before=before["value"])[near & wide].to_dict("records"):
        text = _(
            "{name}: thay đổi từ {before} thành {value} trong một năm",
            name=named(row),
            before=write_figure(row["before"], row["decimals"]),
            value=write_figure(row["value"], row["decimals"]),
        )
        yield _question("jump", row, text)


def _apart(values: list[float], decimals: int) -> list[str]:
    """Return figures with as many decimals as it takes to see that they differ."""
    for more in range(decimals, MOST_DECIMALS):
        texts = [write_figure(value, more) for value in values]
        if len({*texts}) == len({*values}):
            break
    return texts


def _plans(own: pd.DataFrame, targets: pd.DataFrame):
    key = ["indicator", "year"]
    stated = targets.query("period == 'year' and reading == 'main'")
    stated = stated.rename(columns={"value": "target"})[[*key, "target"]]
    rows = own.merge(stated, on=key, validate="m:1")
    for row in rows[rows["plan"].ne(rows["target"]) & rows["plan"].notna()].to_dict(
        "records"
    ):
        plan, target = _apart([row["plan"], row["target"]], row["decimals"])
        text = _(
            "{name}: kế hoạch ghi {plan}, chương trình ghi {target}",
            name=named(row),
            plan=plan,
            target=target,
        )
        yield _question("plan", row, text)


def _assumed(own: pd.DataFrame):
    for row in own[own["assumed"].ne("")].to_dict("records"):
        text = _("{name}: {assumed}", name=named(row), assumed=row["assumed"])
        yield _question("reading", row, text)


def _early(own: pd.DataFrame):
    final = own["vintage"].eq("final") & own["unit"].ne(EVENT_UNIT)
    end = pd.to_datetime(own["year"].astype(str) + "-12-31")
    for row in own[final & (own["as_of"] < end)].to_dict("records"):
        text = _(
            "{name}: ghi là số chính thức từ ngày {day}, khi năm chưa kết thúc",
            name=named(row),
            day=write_date(row["as_of"]),
        )
        yield _question("early", row, text)


def _disagreements(data: Records):
    """Conflicts, and publishers whose exact figures of one vintage differ.

    A later figure of the same publisher is a correction: nothing to ask.
    """
    key = ONE_FIGURE
    decided = data.tables["choices.csv"][key].itertuples(index=False, name=None)
    clash = data.current[data.current["conflict"]]
    conflicts = set(clash[key].itertuples(index=False, name=None))
    same = [*key, "vintage", "as_of"]
    peers = data.actuals.merge(clash[same], on=same, validate="m:1")
    publishers = data.sources.set_index("source")["publisher"].replace("", None)
    exact = data.actuals[data.actuals["bound"] == "exact"]
    publisher = exact["source"].map(publishers).fillna(exact["source"])
    groups = exact.assign(publisher=publisher).groupby([*key, "vintage"])
    several = groups[["value", "publisher"]].transform("nunique")
    differ = exact[several.gt(1).all(axis=1)]
    settled = [*decided, *conflicts]
    differ = differ[~pd.MultiIndex.from_frame(differ[key]).isin(settled)]
    for place, rows in pd.concat([peers, differ]).groupby(key):
        values = [*dict.fromkeys(rows["value"])]
        values = " / ".join(_apart(values, int(rows["decimals"].iloc[0])))
        row = rows.iloc[-1].to_dict()
        text = _("{name}: các nguồn ghi {values}", name=named(row), values=values)
        yield _question("conflict" if place in conflicts else "sources", row, text)


def _identities(data: Records):
    records = data.indicators.to_dict("records")
    names_in_words = {row["indicator"]: named(row) for row in records}
    own = data.own_current
    wide = own[own["bound"] == "exact"].pivot(
        index="year", columns="indicator", values="value"
    )
    for indicator in data.indicators.query("identity != ''").to_dict("records"):
        left, parts = parse_identity(indicator["identity"])
        if not {left, *factors_of(indicator["identity"])} <= set(wide.columns):
            continue
        computed = product(wide, parts)
        tolerance = 0.5 * 10.0 ** -indicator["decimals"]
        off = (wide[left] - computed).abs() > tolerance + 1e-9
        for year in wide.index[off]:
            row = own.query("indicator == @left and year == @year").iloc[0].to_dict()
            both = [wide[left][year], computed[year]]
            value, made = _apart(both, indicator["decimals"])
            text = _(
                "{name}: ghi {value}, tính theo {identity} được {computed}",
                name=named(indicator),
                value=value,
                identity=in_words(indicator["identity"], names_in_words),
                computed=made,
            )
            yield _question("identity", row, text)


def _undone(data: Records):
    once = data.indicators.query("over_term == 'once'")["indicator"]
    own = data.own_current
    rows = own[own["indicator"].isin(once)]
    done = rows["year"].where(rows["value"] >= 1).astype(float)
    rows = rows.assign(done=done.groupby(rows["indicator"]).transform("min"))
    undone = rows[rows["value"].lt(1) & rows["year"].gt(rows["done"])]
    for row in undone.to_dict("records"):
        text = _(
            "{name}: ghi chưa hoàn thành, nhưng năm {year} đã ghi hoàn thành",
            name=named(row),
            year=int(row["done"]),
        )
        yield _question("undone", row, text)


def _against_direction(targets: pd.DataFrame):
    sign, better = targets["comparator"], targets["direction"]
    against = better.eq("down") & sign.isin([">=", ">"])
    against |= better.eq("up") & sign.isin(["<=", "<"])
    names = {"value": "target", "upper_value": "upper_target"}
    rows = targets[against].rename(columns=names).assign(file="targets.csv")
    for row in rows.to_dict("records"):
        text = _(
            "{name}: mục tiêu {target} ngược với chiều tốt của chỉ tiêu",
            name=named(row),
            target=write_target(row, unit=True),
        )
        yield _question("direction", row, text)
