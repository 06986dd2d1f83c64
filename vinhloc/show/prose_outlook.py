"""Sentences on schedule, pace, what a gap is made of, and how sure a verdict is."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from vinhloc.data import JUDGED, Data, seen_from, select, sensitive_verdicts
from vinhloc.figures import _, n_, named, unit_after, write_figure
from vinhloc.outlook import split_gap
from vinhloc.show.balance import Prose, prose, when_of
from vinhloc.show.tables_outlook import ON_TIME, schedule_words, write_change
from vinhloc.show.tables_years import change_unit

MOST = 3  # indicators that a sentence names


def say_schedule(data: Data, year: int, theme: str | None = None) -> Prose:
    """Return how many indicators are ahead of, on and behind their path, and which.

    >>> vl.say_schedule(data, 2024, "economy").paragraphs[0]
    'So với lộ trình, tính trên 2 chỉ tiêu: 2 chậm hơn. Chậm nhất: ...'
    """
    rows = select(seen_from(data.assessment, year), year=year, theme=theme)
    on_path = rows[rows["schedule"].notna()]
    made_up = bool(rows["made_up"].any())
    worse = rows[rows["schedule_note"].eq("before")]
    late = on_path[on_path["schedule"].le(-ON_TIME)].sort_values("schedule")
    ahead = on_path[on_path["schedule"].ge(ON_TIME)]
    if on_path.empty and worse.empty:
        none = _(
            "Chưa so được với lộ trình: cần số liệu của năm và số liệu năm gốc {base}, "
            "hoặc các mốc chương trình nêu.",
            base=data.programme.baseline_year,
        )
        return prose([none], made_up=made_up)
    same, slower = len(on_path) - len(ahead) - len(late), len(late) + len(worse)
    parts = {
        n_("{n} nhanh hơn", len(ahead)): len(ahead),
        n_("{n} đúng lộ trình", same): same,
        n_("{n} chậm hơn", slower): slower,
    }
    text = n_(
        "So với lộ trình, tính trên {n} chỉ tiêu: {parts}.",
        len(on_path) + len(worse),
        parts=", ".join(part for part, count in parts.items() if count),
    )
    slow = pd.concat([worse, late]).head(MOST).to_dict("records")
    named_rows = "; ".join(f"{named(row)} ({schedule_words(row)})" for row in slow)
    which = _("Chậm nhất: {rows}.", rows=named_rows) if slow else ""
    return prose([f"{text} {which}".strip()], made_up=made_up)


def say_pace(data: Data, year: int, theme: str | None = None) -> Prose:
    """Return what has to change each year, where the change so far is not enough.

    >>> vl.say_pace(data, 2024, "economy").paragraphs[0]
    'Số doanh nghiệp trên địa bàn: ... mỗi năm phải tăng 4,0 doanh nghiệp; ...'
    """
    rows = select(seen_from(data.assessment, year), year=year, theme=theme)
    slow = rows[rows["pace"] < 1].sort_values("pace").head(MOST)
    texts = [_pace(row) for row in slow.to_dict("records")]
    return prose(texts, made_up=bool(rows["made_up"].any()))


def _pace(row: Mapping) -> str:
    values = {
        "name": named(row),
        "end": f"{write_figure(row['end_value'], row['decimals'])}{unit_after(row)}",
        "year": int(row["end_year"]),
        "unit": change_unit(row),
        "needed": write_change(row, "required_change").lstrip("+−"),
        "so_far": write_change(row, "observed_change").lstrip("+−"),
    }
    falls, away = row["required_change"] < 0, row["pace"] < 0
    if away and falls:
        return _(
            "{name}: muốn còn {end} vào năm {year}, mỗi năm phải giảm {needed} {unit}; "
            "đến nay lại tăng {so_far} {unit} mỗi năm."
        ).format(**values)
    if away:
        return _(
            "{name}: muốn đạt {end} vào năm {year}, mỗi năm phải tăng {needed} {unit}; "
            "đến nay lại giảm {so_far} {unit} mỗi năm."
        ).format(**values)
    if falls:
        return _(
            "{name}: muốn còn {end} vào năm {year}, mỗi năm phải giảm {needed} {unit}; "
            "đến nay mới giảm {so_far} {unit} mỗi năm."
        ).format(**values)
    return _(
        "{name}: muốn đạt {end} vào năm {year}, mỗi năm phải tăng {needed} {unit}; "
        "đến nay mới tăng {so_far} {unit} mỗi năm."
    ).format(**values)


def say_split(assessment: pd.DataFrame, indicator: str, year: int) -> Prose:
    """Return how far an output is from its last target, and by which factors.

    >>> vl.say_split(data.assessment, "maize_output", 2024)
    SỐ LIỆU MINH HỌA: Sản lượng ngô còn thấp hơn mục tiêu năm 2025 là 6,0 tấn: ...
    """
    rows = assessment[assessment["period"].eq("year") & assessment["year"].eq(year)]
    rows = rows.set_index("indicator", drop=False)
    found = split_gap(assessment, indicator, year) if indicator in rows.index else ()
    if not len(found):
        return prose([])
    own, total = rows.loc[indicator], found["part"].sum()
    factors = found[found["indicator"].ne("rest")]
    parts = "; ".join(
        "{name} {part}".format(
            name=_in_sentence(named(rows.loc[row["indicator"]])),
            part=_signed(row["part"], own["decimals"]),
        )
        for row in factors.to_dict("records")
    )
    values = {
        "name": named(own),
        "gap": write_figure(abs(total), own["decimals"]) + unit_after(own),
        "year": int(own["end_year"]),
        "parts": parts,
    }
    text = _("{name} bằng đúng mục tiêu năm {year}: {parts}.")
    if total < 0:
        text = _("{name} còn thấp hơn mục tiêu năm {year} là {gap}: {parts}.")
    if total > 0:
        text = _("{name} đã cao hơn mục tiêu năm {year} là {gap}: {parts}.")
    made_up = bool(rows["made_up"].any())
    return prose([text.format(**values)], made_up=made_up)


def _in_sentence(name: str) -> str:
    """Return a name as it stands within a sentence; an abbreviation stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _signed(value: float, decimals: int) -> str:
    written = write_figure(value, decimals)
    return f"+{written}" if value > 0 else written


def say_sensitivity(
    data: Data, year: int, theme: str | None = None, *, period: str = "year"
) -> Prose:
    """Return how many verdicts hang on a reading, and which would change.

    >>> vl.say_sensitivity(data, 2024, "economy")
    Không kết luận nào của năm 2024 phụ thuộc cách đọc số liệu.
    """
    rows = sensitive_verdicts(data, year, theme=theme, period=period)
    rows = rows[rows["status"].isin(JUDGED)]
    changed = rows[rows["changes"]].drop_duplicates("indicator")
    touched = rows["indicator"].nunique()
    when = when_of(data, year, period)
    if not touched:
        text = _("Không kết luận nào của {when} phụ thuộc cách đọc số liệu.", when=when)
        return prose([text])
    text = n_(
        "{n} kết luận của {when} phụ thuộc cách đọc số liệu (số ước, mức tối thiểu, "
        "nguồn hoặc mục tiêu ghi hai mức).",
        touched,
        when=when,
    )
    names = "; ".join(named(row) for row in changed.head(MOST).to_dict("records"))
    if len(changed) > MOST:
        names += n_(" và {n} chỉ tiêu khác", len(changed) - MOST)
    more = (
        n_(
            "Trong đó {n} kết luận sẽ đổi nếu đọc khác: {names}.",
            len(changed),
            names=names,
        )
        if names
        else _("Đọc khác thì không kết luận nào đổi.")
    )
    return prose([f"{text} {more}"], made_up=bool(rows["made_up"].any()))
