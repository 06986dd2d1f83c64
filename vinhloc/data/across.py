"""What the tables of a programme may not say together: faults across rows and files.

Cells with a problem of their own are missing in what is checked here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from vinhloc.assess import factors_of, parse_identity
from vinhloc.data import contracts as c
from vinhloc.data.folder import NOTEBOOKS, PROGRAMME_FILE
from vinhloc.figures import EVENT_UNIT, GRADE_UNIT, _, plain


def programme_problems(stated: Mapping, tables: dict) -> Iterator[c.Problem]:
    """Give what `programme.toml` names that a table lacks, and faults across rows.

    `stated` and the tables lack what has a problem of its own.
    """
    for name, other, key in (
        ("area", "areas.csv", "area"),
        ("successor_area", "areas.csv", "area"),
        ("document", "sources.csv", "source"),
        ("collating_department", "departments.csv", "department"),
    ):
        value, known = stated.get(name), tables[other][key]
        if value and not known.isna().any() and value not in set(known):
            advice = _("không có trong {among}", among=other)
            yield c.Problem(PROGRAMME_FILE, None, name, str(value), advice)
    themes, own = tables["themes.csv"]["theme"], stated.get(NOTEBOOKS) or {}
    for name in [] if themes.isna().any() else own.keys() - {*themes}:
        advice, key = _("không có lĩnh vực này"), f"{NOTEBOOKS}.{name}"
        yield c.Problem(PROGRAMME_FILE, None, key, "", advice)
    indicators, targets = tables["indicators.csv"], tables["targets.csv"]
    yield from _target_problems(targets, stated)
    yield from _names_twice(indicators)
    yield from _identity_problems(indicators)
    yield from _event_problems(indicators, targets)
    yield from _change_problems(indicators)
    yield from _scale_problems(tables["scales.csv"])
    yield from _grade_problems(tables)


def _names_twice(indicators: pd.DataFrame) -> Iterator[c.Problem]:
    """Give the indicators whose names read alike: nobody could tell their figures."""
    for column in ("name_vi", "name_en"):
        again = _alike(indicators, column)
        advice = _("trùng tên với chỉ tiêu khác")
        yield from c.row_problems(again, column, advice, name="indicators.csv")


def _alike(rows: pd.DataFrame, column: str, *within: str) -> pd.DataFrame:
    """Return the rows whose names read alike."""
    named = rows.dropna(subset=[column, *within])
    named = named.assign(alike=named[column].map(plain))
    again = named.duplicated(["alike", *within], keep=False)
    return named[again & named["alike"].ne("")]


def _identity_problems(indicators: pd.DataFrame) -> Iterator[c.Problem]:
    known = set(indicators["indicator"])
    all_known = indicators["indicator"].notna().all()
    stated = indicators[indicators["identity"].ne("") & indicators["indicator"].notna()]
    for row in stated.to_dict("records"):
        place = ("indicators.csv", row["row"], "identity", row["identity"])
        try:
            left, _parts = parse_identity(row["identity"])
        except ValueError:
            advice = _("cần phép tính + - * /, ví dụ a = b * c / 10 hoặc a = b + c")
            yield c.Problem(*place, advice)
            continue
        if left != row["indicator"]:
            advice = _("vế trái phải là chính chỉ tiêu của dòng này")
            yield c.Problem(*place, advice)
        names = {left, *factors_of(row["identity"])}
        if names - known and all_known:
            among = _("không có trong {among}", among="indicators.csv")
            yield c.Problem(*place[:3], ", ".join(sorted(names - known)), among)


def _event_problems(
    indicators: pd.DataFrame, targets: pd.DataFrame
) -> Iterator[c.Problem]:
    """Give what is to be done once and is no event, or has several years to do it by.

    A share of 10 % is not "done"; and of two deadlines none could be overdue.
    """
    once = indicators[indicators["over_term"].eq("once")]
    advice = _("«once» cần đơn vị «event»: 1 là đã xong, 0 là chưa xong")
    wrong = once[once["unit"].ne(EVENT_UNIT)]
    yield from c.row_problems(wrong, "unit", advice, name="indicators.csv")
    own = targets[targets["indicator"].isin(once["indicator"].dropna())]
    own = own.dropna(subset="reading")
    again = own[own.duplicated(["indicator", "reading", "from_day"])]
    advice = _("«once» chỉ có một mục tiêu: năm phải hoàn thành")
    yield from c.row_problems(again, "year", advice, name="targets.csv")


def _change_problems(indicators: pd.DataFrame) -> Iterator[c.Problem]:
    """Give the changes of which it is not said of what, or that cannot be computed."""
    known = indicators.dropna(subset=["change_of", "change", "since"])
    told = known[["change_of", "change", "since"]].ne("")
    part = known[told.any(axis=1) & ~told.all(axis=1)]
    advice = _("cần cả change_of, change và since, hoặc để trống cả ba")
    yield from c.row_problems(part, "change", advice, name="indicators.csv")
    derived = known["change_of"].ne("") | known["over_term"].eq("once")
    chained = known[known["change_of"].isin(known.loc[derived, "indicator"].dropna())]
    advice = _("cần chỉ tiêu có số liệu của chính nó, không phải việc làm một lần")
    yield from c.row_problems(chained, "change_of", advice, name="indicators.csv")
    shares = indicators.dropna(subset=["structure", "unit"])
    wrong = shares[shares["structure"].ne("") & shares["unit"].ne("%")]
    advice = _("tỷ trọng của một cơ cấu cần đơn vị %")
    yield from c.row_problems(wrong, "unit", advice, name="indicators.csv")
    wrong = indicators[indicators["quota"] & indicators["unit"].ne("%")]
    advice = _("tỷ lệ so với chỉ tiêu được giao cần đơn vị %")
    yield from c.row_problems(wrong, "unit", advice, name="indicators.csv")


def _scale_problems(scales: pd.DataFrame) -> Iterator[c.Problem]:
    """Give the scales that have gaps, or two grades of one name."""
    known = scales.dropna(subset=["scale", "rank"])
    ranks = known.groupby("scale")["rank"].agg(["max", "count"])
    gaps = ranks.index[ranks["max"].ne(ranks["count"])]
    advice = _("các bậc của một thang phải là 1, 2, 3, …, bậc thấp nhất là 1")
    broken = known[known["scale"].isin(gaps)]
    yield from c.row_problems(broken, "rank", advice, name="scales.csv")
    for column in ("name_vi", "name_en"):
        again = _alike(scales, column, "scale")
        advice = _("trùng tên với bậc khác của thang")
        yield from c.row_problems(again, column, advice, name="scales.csv")
        barred = scales[scales[column].fillna("").str.contains("|", regex=False)]
        advice = _("tên bậc không được có dấu |")
        yield from c.row_problems(barred, column, advice, name="scales.csv")


def _grade_problems(tables: dict) -> Iterator[c.Problem]:
    """Give the grades without a scale, and the targets that are no rank of theirs."""
    scales, targets = tables["scales.csv"], tables["targets.csv"]
    rows = tables["indicators.csv"].dropna(subset=["indicator", "unit", "scale"])
    graded = rows["unit"].eq(GRADE_UNIT)
    wrong = graded & ~rows["scale"].isin(scales["scale"])
    wrong |= ~graded & rows["scale"].ne("")
    advice = _("đơn vị «grade» cần một thang của scales.csv, đơn vị khác thì không")
    yield from c.row_problems(rows[wrong], "scale", advice, name="indicators.csv")
    scale = rows[graded].set_index("indicator")["scale"]
    highest = scales.groupby("scale")["rank"].max()
    most = targets["indicator"].map(scale).map(highest).astype(float)
    beyond = pd.Series(False, index=targets.index)
    for end in (targets["value"], targets["upper_value"]):
        beyond |= end.lt(1) | end.gt(most) | end.mod(1).gt(0)
    advice = _("không phải bậc nào của thang")
    wrong = targets[beyond & most.notna()]
    yield from c.row_problems(wrong, "value", advice, name="targets.csv")


def _target_problems(targets: pd.DataFrame, stated: Mapping) -> Iterator[c.Problem]:
    key = ["indicator", "year", "period"]
    first, last = stated.get("first_year"), stated.get("last_year")
    if first and last:
        years = range(first, last + 1)
        dated = targets.dropna(subset="year")
        outside = dated[~dated["year"].isin(years)]
        advice = _("ngoài nhiệm kỳ {span}", span=f"{first}-{last}")
        yield from c.row_problems(outside, "year", advice, name="targets.csv")
        of_term = dated["year"].isin(years[:-1]) & dated["period"].eq("term")
        advice = _("mục tiêu cả kỳ ghi ở năm cuối, {year}", year=last)
        yield from c.row_problems(dated[of_term], "year", advice, name="targets.csv")
    ends = targets[targets["value"].isna()]
    dated = targets.dropna(subset=[*key, "reading"])
    since = pd.to_datetime(dated["from_day"]).fillna(pd.Timestamp(1900, 1, 1))
    first_day = since.groupby([dated[name] for name in [*key, "reading"]]).transform(
        "min"
    )
    wrong = ends[~ends.index.isin(since.index[since > first_day])]
    advice = _("chỉ để trống khi dòng này bỏ một mục tiêu đã có từ ngày from_day")
    wrong = wrong.assign(value=_("(trống)"))
    yield from c.row_problems(wrong, "value", advice, name="targets.csv")
    known = targets.dropna(subset=["comparator", "value"])
    ranged = known["comparator"].eq("between")
    ends = known["upper_value"].ge(known["value"])
    wrong = known[(ranged & ~ends) | (~ranged & known["upper_value"].notna())]
    wrong = wrong.assign(upper_value="")  # what is wrong with it is beside it
    advice = _("«between» cần value <= upper_value; dấu khác để trống upper_value")
    yield from c.row_problems(wrong, "upper_value", advice, name="targets.csv")
    slack = known["tolerance"].notna() & ~known["comparator"].isin(["=", "about"])
    advice = _("chỉ đi cùng dấu «=» hoặc «about»")
    yield from c.row_problems(known[slack], "tolerance", advice, name="targets.csv")
    if targets[[*key, "reading"]].notna().all(axis=None):
        main = targets.loc[targets["reading"].eq("main"), key]
        second = targets[targets["reading"].eq("other")]
        found = pd.MultiIndex.from_frame(second[key])
        alone = second[~found.isin(pd.MultiIndex.from_frame(main))]
        advice = _("có cách đọc «other» mà không có «main»")
        yield from c.row_problems(alone, "reading", advice, name="targets.csv")
