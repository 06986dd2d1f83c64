"""Questions to the office: figures that can be read but should be looked at."""

from __future__ import annotations

import pandas as pd

from vinhloc.assess import computed, factors_of, in_words, with_changes
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


def find_questions(data: Records, *, of_targets: bool = True) -> pd.DataFrame:
    """Return a row per question: the columns of COLUMNS.

    Without `of_targets` only those of figures: new figures change no others.

    Kinds: identity (broken beyond half a unit of the last digit), structure (shares
    that do not add up), change (reported and computed differ), tolerance ("about" a
    figure, and nobody said how near), implausible (outside the indicator's range),
    jump (a level more than doubles or halves), plan (differs from the programme's
    target), quota (a per cent that its two sides do not make), sources (two sources
    disagree), conflict, reading (only its range told how to read it), early (final
    before the year ended), undone (an event is not done in a year after one in which
    it was), direction (a target asks for less where more is better, or for more where
    less is).
    `answer`: why the office confirmed the figure; empty while the question is open.
    """
    own = data.actuals[data.actuals["area"] == data.programme.area]
    facts, current = data.indicators, data.own_current
    exact = [current[current["bound"].eq("exact") & current["value"].notna()]]
    found = [
        *_implausible(own, facts),
        *_jumps(current, facts),
        *_plans(own, data.targets),
        *_quotas(own, facts),
        *_assumed(own),
        *_early(own[own["source"] != data.programme.document]),
        *_disagreements(data),
        *_identities(exact, facts),
        *_structures(exact, facts),
        *_changes(current, data),
        *_undone(current, facts),
    ]
    if of_targets:
        together = data.targets_together
        found += [
            *_identities(together, facts),
            *_structures(together, facts),
            *_vague(data.targets),
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


def _jumps(own: pd.DataFrame, indicators: pd.DataFrame):
    levels = indicators.loc[indicators["over_term"].eq("last"), "indicator"]
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
    stated = targets[targets["period"].eq("year") & targets["reading"].eq("main")]
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


def _quotas(own: pd.DataFrame, indicators: pd.DataFrame):
    """Give the percentages of a quota that are not what was done of what was set."""
    rows = own[own["indicator"].isin(indicators.loc[indicators["quota"], "indicator"])]
    rows = rows.assign(made=100 * rows["numerator"] / rows["denominator"])
    text = _("{name}: ghi {value}, tính từ số thực hiện và số được giao được {made}")
    yield from _made_otherwise("quota", rows, text)


def _made_otherwise(kind: str, rows: pd.DataFrame, text: str):
    """Give the figures that are not what they are `made` of, but for rounding."""
    off = (rows["value"] - rows["made"]).abs()
    for row in rows[off > 0.5 * 10.0 ** -rows["decimals"] + 1e-9].to_dict("records"):
        value, made = _apart([row["value"], row["made"]], row["decimals"])
        said = text.format(name=named(row), value=value, made=made)
        yield _question(kind, row, said)


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


def _identities(tables: list[pd.DataFrame], indicators: pd.DataFrame):
    """Give where figures, or targets of one year, do not fit what they are made of."""
    facts = indicators.to_dict("records")
    words = {row["indicator"]: named(row) for row in facts}
    for rows in tables:
        wide = rows.pivot(index="year", columns="indicator", values="value")
        place = rows.set_index(["indicator", "year"], drop=False)
        for own in [row for row in facts if row["identity"]]:
            name, identity = own["indicator"], own["identity"]
            if not {name, *factors_of(identity)} <= set(wide.columns):
                continue
            made = computed(wide, identity)
            off = (wide[name] - made).abs() > 0.5 * 10.0 ** -own["decimals"] + 1e-9
            for year in wide.index[off]:
                both = [wide[name][year], made[year]]
                value, found = _apart(both, own["decimals"])
                text = _(
                    "{name}: ghi {value}, tính theo {identity} được {computed}",
                    name=words[name],
                    value=value,
                    identity=in_words(identity, words),
                    computed=found,
                )
                yield _question("identity", place.loc[(name, year)].to_dict(), text)


def _structures(tables: list[pd.DataFrame], indicators: pd.DataFrame):
    """Give the shares of one whole that do not add up to 100, but for rounding."""
    whole = indicators[indicators["structure"].ne("")].groupby("structure")
    for rows in tables:
        for _structure, names in whole["indicator"]:
            shares = rows[rows["indicator"].isin(names)]
            for _year, part in shares.groupby("year"):
                total, slack = part["value"].sum(), 0.5 * 10.0 ** -part["decimals"]
                if len(part) < len(names) or abs(total - 100) <= slack.sum() + 1e-9:
                    continue
                text = _(
                    "Các tỷ trọng của một cơ cấu cộng lại được {sum}%, không phải "
                    "100%: {parts}",
                    sum=_apart([total, 100.0], int(part["decimals"].max()))[0],
                    parts="; ".join(
                        f"{named(row)} {write_figure(row['value'], row['decimals'])}"
                        for row in part.to_dict("records")
                    ),
                )
                yield _question("structure", part.iloc[-1].to_dict(), text)


def _changes(own: pd.DataFrame, data: Records):
    """Give the changes that an office reports otherwise than its figures make them."""
    derived = data.indicators.loc[data.indicators["change_of"].ne(""), "indicator"]
    reported = own[own["indicator"].isin(derived) & own["bound"].eq("exact")]
    others = own[~own["indicator"].isin(derived)]
    made = with_changes(others, data.indicators, data.own_breaks)
    made = made.set_index(["indicator", "year"])["value"].rename("made")
    both = reported.join(made, on=["indicator", "year"], validate="m:1")
    text = _("{name}: ghi {value}, tính từ hai năm được {made}")
    yield from _made_otherwise("change", both, text)


def _vague(targets: pd.DataFrame):
    """Give the targets of about a figure, as long as nobody says how near is met."""
    vague = targets["comparator"].eq("about") & targets["tolerance"].isna()
    for row in targets[vague].assign(file="targets.csv").to_dict("records"):
        text = _(
            "{name}: chương trình ghi «khoảng {value}»; lệch bao nhiêu thì vẫn là đạt?",
            name=named(row),
            value=write_figure(row["value"], row["decimals"]),
        )
        yield _question("tolerance", row, text)


def _undone(own: pd.DataFrame, indicators: pd.DataFrame):
    once = indicators.loc[indicators["over_term"].eq("once"), "indicator"]
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
