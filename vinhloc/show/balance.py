"""The results: how much of what is due is met, what is known, what has ended."""

from __future__ import annotations

import datetime

import pandas as pd

from vinhloc.assess import STATUSES, VERDICTS, is_due
from vinhloc.data import Data, select
from vinhloc.figures import _, n_, named, write_date, write_figure
from vinhloc.show.outlook import say_baseline
from vinhloc.show.statuses import kind_of_all, shown_statuses, status_mark
from vinhloc.show.table import Prose, any_made_up, prose

MET = ("exceeded", "met")


def say_results(rows: pd.DataFrame, when: str, *, of: str = "") -> str:
    """Return how what is due stands, in one sentence with one denominator.

    `of` names what is counted, where that is not every target that is due. Where fewer
    than half of them can be judged, that is what is said, and no share.

    >>> rows = vl.select(data.assessment, year=2023)
    >>> vl.say_results(rows, "năm 2023")
    'Năm 2023: 20/26 chỉ tiêu đến hạn đạt và vượt (10 vượt), 5 chưa đạt, ...'
    """
    due = rows[is_due(rows)]
    counts = due["status"].value_counts().reindex(STATUSES, fill_value=0)
    met, judged = counts["exceeded"] + counts["met"], counts[[*VERDICTS]].sum()
    values = {
        "when": when[:1].upper() + when[1:],
        "due": write_figure(len(due)),
        "of": of or _("chỉ tiêu đến hạn"),
        "met": write_figure(met),
        "exceeded": write_figure(counts["exceeded"]),
    }
    if due.empty:
        return _("{when}: không có {of} nào.", **values)
    rest = {
        n_("{n} chưa đạt", counts["missed"]): counts["missed"],
        n_("{n} chưa đủ căn cứ đánh giá", counts["undecided"]): counts["undecided"],
        n_("{n} chưa có số liệu", counts["no_data"]): counts["no_data"],
    }
    if 2 * judged < len(due):
        lacking = counts["undecided"] + counts["no_data"]
        text = _("Chưa thể đánh giá {when}: {lacking}/{due} {of} chưa có số liệu")
        if counts["undecided"]:
            text = _("Chưa thể đánh giá {when}: {lacking}/{due} {of} chưa đủ số liệu")
        known = {n_("{n} đạt và vượt", met): met}
        known |= {n_("{n} chưa đạt", counts["missed"]): counts["missed"]}
        values |= {"when": when, "lacking": write_figure(lacking)}
        parts = [text.format(**values), known]
    else:
        text = _("{when}: {met}/{due} {of} đạt và vượt")
        if counts["exceeded"]:
            text = _("{when}: {met}/{due} {of} đạt và vượt ({exceeded} vượt)")
        parts = [text.format(**values), rest]
    said = [text for text, count in parts[1].items() if count]
    return ", ".join([parts[0], *said]) + "."


def say_change(data: Data, year: int, theme: str | None = None) -> str:
    """Return the results of the year before, and what changed of what was due in both.

    "" where the programme has no year before, or less than half of it is known.
    """
    before = select(data.assessment, year=year - 1, theme=theme)
    now = select(data.assessment, year=year, theme=theme)
    if is_dark(before) or is_dark(now):
        return ""
    due = before[is_due(before)]
    pairs = now[is_due(now)].merge(due, on="indicator", validate="1:1")
    good = {name: pairs[f"status_{name}"].isin(MET) for name in ("x", "y")}
    judged = pairs["status_x"].isin(VERDICTS) & pairs["status_y"].isin(VERDICTS)
    up = int((judged & good["x"] & ~good["y"]).sum())
    down = int((judged & good["y"] & ~good["x"]).sum())
    moved = {
        n_("{n} chỉ tiêu lên đạt", up): up,
        n_("{n} xuống chưa đạt", down): down,
    }
    values = {
        "year": year - 1,
        "due": len(due),
        "met": int(due["status"].isin(MET).sum()),
    }
    before = _("So với năm {year} ({met}/{due} đạt và vượt)", **values)
    said = "; ".join(text for text, count in moved.items() if count)
    return f"{before}: {said or _('không chỉ tiêu nào đổi đánh giá')}."


def is_dark(rows: pd.DataFrame) -> bool:
    """Tell whether fewer than half of what is due can be judged, or nothing is due."""
    due = rows[is_due(rows)]
    return due.empty or 2 * due["status"].isin(VERDICTS).sum() < len(due)


def say_beside(rows: pd.DataFrame, *, rest: bool = True) -> list[str]:
    """Return what stands beside the results: overdue, inferred, early, not yet due.

    Without `rest`, nothing of what is not due.
    """
    counts = shown_statuses(rows).value_counts()
    inferred = rows["inferred"].notna() & rows["inferred"].ne("")
    inferred &= rows["status"].isin(VERDICTS)
    overdue, incomplete = counts.get("overdue", 0), counts.get("incomplete", 0)
    parts = {
        n_("{n} chỉ tiêu chưa đến hạn", counts.get("not_due", 0)): "not_due",
        n_("{n} chỉ tiêu không có mục tiêu trong năm", counts.get("no_target", 0)): (
            "no_target"
        ),
        n_(
            "{n} chỉ tiêu không có mục tiêu cả kỳ trong chương trình",
            counts.get("no_target_term", 0),
        ): "no_target_term",
    }
    said = "; ".join(text for text, kind in parts.items() if counts.get(kind, 0))
    texts = {
        n_("Chưa đạt gồm {n} nhiệm vụ quá hạn, chưa báo cáo hoàn thành.", overdue): (
            overdue
        ),
        n_("{n} chỉ tiêu mới có số liệu của một số năm.", incomplete): incomplete,
        n_(
            "{n} đánh giá theo cách hiểu của nhóm biên soạn, chưa được xác nhận.",
            inferred.sum(),
        ): inferred.any(),
        say_early(rows): True,
        _("Ngoài ra: {parts}.", parts=said): said and rest,
    }
    return [text for text, has in texts.items() if text and has]


def say_balance(
    data: Data, year: int, theme: str | None = None, *, period: str = "year"
) -> Prose:
    """Return the results: of all that is due, of the programme's own list, and beside.

    >>> vl.say_balance(data, 2024, "economy").paragraphs[0]
    'Năm 2024: 1/2 chỉ tiêu đến hạn đạt và vượt (1 vượt), 1 chưa đạt. ...'
    """
    rows = select(data.assessment, year=year, theme=theme, period=period)
    texts = [say_results(rows, when_of(data, year, period))]
    if period == "year" and (change := say_change(data, year, theme)):
        texts = [f"{texts[0]} {change}"]
    main = rows[rows["main"]]
    if 0 < len(main) < len(rows) and not is_dark(main):
        own = _("chỉ tiêu chủ yếu đến hạn")
        texts.append(say_results(main, _("trong đó"), of=own))
    texts += [*say_beside(rows), say_baseline(data, theme)]
    return prose(texts, made_up=any_made_up(rows))


def when_of(data: Data, year: int, period: str) -> str:
    """Return the year or the term under review, in words."""
    span = f"{data.programme.first_year}-{data.programme.last_year}"
    if period == "term":
        return _("nhiệm kỳ {span}", span=span)
    return _("năm {year}", year=year)


def say_coverage(
    data: Data, year: int, theme: str | None = None, *, period: str = "year"
) -> Prose:
    """Return what the data hold and lack for a year or the term, before any claim.

    >>> vl.say_coverage(data, 2024).paragraphs[0]
    'Xét năm 2024, có 27 chỉ tiêu đến hạn đánh giá; tất cả đều có số liệu ...'
    """
    rows = select(data.assessment, year=year, theme=theme, period=period)
    missing = int(rows["status"].eq("no_data").sum())
    area = data.names_of("areas", "area")[data.programme.area]
    when = when_of(data, year, period)
    coverage = _coverage(int(is_due(rows).sum()), missing, when=when, area=area)
    texts = [coverage, say_early(rows)]
    if missing:
        texts.append(
            _(
                "Số liệu còn thiếu được để trống, không ước lượng và không lấy số của "
                "nơi khác thay vào."
            )
        )
    texts.append(say_baseline(data, theme))
    if data.as_of:
        day = write_date(data.as_of)
        texts.append(_("Chỉ tính số liệu nhận được đến ngày {day}.", day=day))
    return prose(texts, made_up=data.made_up)


def say_early(rows: pd.DataFrame) -> str:
    """Return which tasks were done before they were due; "" if none was."""
    early = rows[rows["status"].isin(VERDICTS) & ~is_due(rows)].to_dict("records")
    text = _("{name} (hạn {due})")
    names = [text.format(name=named(r), due=int(r["due_year"])) for r in early]
    said = _("Hoàn thành trước hạn: {names}.", names="; ".join(names))
    return said if names else ""


def _coverage(due: int, missing: int, **values: str) -> str:
    """Return how many of the due targets have a figure; none is said in words."""
    if missing == due:
        return n_(
            "Xét {when}, có {n} chỉ tiêu đến hạn đánh giá; chưa chỉ tiêu nào có đủ "
            "số liệu của {area}.",
            due,
            **values,
        )
    if not missing:
        return n_(
            "Xét {when}, có {n} chỉ tiêu đến hạn đánh giá; tất cả đều có số liệu của "
            "{area}.",
            due,
            **values,
        )
    return _(
        "Xét {when}, có {due} chỉ tiêu đến hạn đánh giá; {known} chỉ tiêu có số "
        "liệu của {area}, {missing} chỉ tiêu chưa có hoặc còn thiếu.",
        due=due,
        known=due - missing,
        missing=missing,
        **values,
    )


def area_has_ended(data: Data, year: int) -> bool:
    """Tell whether the area is no longer reported on by the end of a year."""
    until = data.programme.area_until
    return until is not None and year >= until.year


def ended(data: Data, year: int) -> str:
    """Return that the area is no longer reported on, once it has ended; else ""."""
    until = data.programme.area_until
    if not area_has_ended(data, year):
        return ""
    areas = data.names_of("areas", "area")
    return _(
        "Từ ngày {day}, {area} nhập vào {successor}: "
        "không còn báo cáo cho địa bàn này.",
        day=write_date(until + datetime.timedelta(days=1)),
        area=areas[data.programme.area],
        successor=areas[data.programme.successor_area],
    )


def say_ended(data: Data) -> Prose:
    """Return whether and since when the area is no longer reported on.

    >>> vl.say_ended(data)
    Từ ngày 01/07/2025, thị trấn Vĩnh Lộc nhập vào xã Vĩnh Lộc: ...
    """
    return prose([ended(data, data.programme.last_year)])


def legend_of(rows: pd.DataFrame) -> list[dict]:
    """Return the parts of what is due: mark, count, class, width in a bar of 100."""
    due = rows[is_due(rows)]
    return [
        {
            "mark": status_mark(kind_of_all(due, kind.replace("-", "_"))),
            "count": write_figure(round(width * len(due) / 100)),
            "class": kind,
            "width": width,
            "left": left,
        }
        for kind, left, width in small_bar(due)
    ]


def small_bar(rows: pd.DataFrame) -> list[tuple[str, float, float]]:
    """Return class, left end and width of each status in a bar of 100."""
    counts = rows["status"].value_counts().reindex(STATUSES, fill_value=0)
    widths = 100 * counts / (counts.sum() or 1)
    lefts = widths.cumsum().shift(fill_value=0.0)
    kinds = counts.index.str.replace("_", "-")
    bars = zip(kinds, lefts.round(2), widths.round(2), strict=True)
    return [bar for bar in bars if bar[2]]
