"""Every sentence that has a number in it, computed from the frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from vinhloc.assess import VERDICTS
from vinhloc.data import Data
from vinhloc.figures import write_actual, write_date, write_target
from vinhloc.language import _, n_, named
from vinhloc.rows import issues_of, select
from vinhloc.table import demo_mark, demo_words


@dataclass(frozen=True)
class Prose:
    """Paragraphs computed from figures; shown as HTML, read as text."""

    paragraphs: tuple[str, ...]
    made_up: bool = False

    def _repr_html_(self) -> str:
        mark = demo_mark(self.made_up)
        return Markup("\n").join(
            Markup('<p class="computed">{}{}</p>').format(mark, text)
            for text in self.paragraphs
        )

    def __repr__(self) -> str:
        """Return the paragraphs as plain text."""
        mark = f"{demo_words()}: " if self.made_up else ""
        return "\n".join(mark + text for text in self.paragraphs)


def prose(paragraphs: Iterable[str], *, made_up: bool = False) -> Prose:
    """Return Prose of the paragraphs that are not empty."""
    return Prose(tuple(filter(None, paragraphs)), made_up)


def headline(rows: pd.DataFrame) -> str:
    """Return the balance of rows of one period in one sentence.

    "x/y chỉ tiêu đạt và vượt, trong đó v vượt": y counts those with a verdict.
    """
    counts = rows["status"].value_counts()
    judged = sum(counts.get(status, 0) for status in VERDICTS)
    exceeded = counts.get("exceeded", 0)
    if not judged:
        return _("Chưa có chỉ tiêu nào đủ số liệu để kết luận đạt hay không đạt.")
    return _(
        "Đạt và vượt {met}/{judged} chỉ tiêu có kết luận, "
        "trong đó {exceeded} chỉ tiêu vượt.",
        met=exceeded + counts.get("met", 0),
        judged=judged,
        exceeded=exceeded,
    )


def rest_of_balance(rows: pd.DataFrame) -> str:
    """Return what stands beside the headline: no figure, undecided, not due."""
    counts = rows["status"].value_counts()
    parts = [
        n_("{n} chỉ tiêu đến hạn nhưng chưa có số liệu", counts.get("no_data", 0)),
        n_("{n} chỉ tiêu chưa kết luận được", counts.get("undecided", 0)),
        n_("{n} chỉ tiêu chưa đến hạn trong năm", counts.get("not_due", 0)),
    ]
    kinds = ("no_data", "undecided", "not_due")
    said = [p for p, kind in zip(parts, kinds, strict=True) if counts.get(kind)]
    return _("Ngoài ra: {parts}.", parts="; ".join(said)) if said else ""


def say_balance(
    data: Data, year: int, theme: str | None = None, *, period: str = "year"
) -> Prose:
    """Return the balance: the programme's own list first, the others apart."""
    rows = select(data.assessment, year=year, theme=theme, period=period)
    span = f"{data.programme.first_year}-{data.programme.last_year}"
    when = _("nhiệm kỳ {span}", span=span)
    when = when if period == "term" else _("năm {year}", year=year)
    main, other = rows[rows["main"]], rows[~rows["main"]]
    texts = []
    for part, label in (
        (main, _("Danh mục mục tiêu chính của chương trình")),
        (other, _("Các chỉ tiêu khác nêu trong chương trình")),
    ):
        if len(part):
            count = n_("{n} chỉ tiêu", len(part))
            texts.append(
                f"{label} ({count}), {when}: {headline(part)} {rest_of_balance(part)}"
            )
    return prose(texts, made_up=bool(rows["made_up"].any()))


def say_coverage(data: Data, year: int, theme: str | None = None) -> Prose:
    """Return what the data hold and lack for a year, before any claim."""
    rows = select(data.assessment, year=year, theme=theme)
    due = rows[rows["status"].ne("not_due")]
    known = due[due["status"].ne("no_data")]
    missing = len(due) - len(known)
    area = data.names_of("areas", "area")[data.programme.area]
    texts = [
        _(
            "Năm {year} có {due} mục tiêu đến hạn đánh giá; {known} mục tiêu có số "
            "liệu của {area}, {missing} mục tiêu chưa có.",
            year=year,
            due=len(due),
            known=len(known),
            missing=missing,
            area=area,
        )
    ]
    if missing:
        texts.append(
            _(
                "Số liệu còn thiếu được để trống, không ước lượng và không lấy số của "
                "nơi khác thay vào."
            )
        )
    if data.as_of:
        day = write_date(data.as_of)
        texts.append(_("Chỉ tính số liệu nhận được đến ngày {day}.", day=day))
    return prose(texts, made_up=data.made_up)


def say_known(data: Data, year: int, theme: str | None = None) -> Prose:
    """Return a sentence for each figure that is judged; if none is, for all."""
    rows = select(data.assessment, year=year, theme=theme)
    known = rows[rows["actual"].notna() | rows["conflict"]]
    judged = known[known["status"].ne("not_due")]
    known = judged if len(judged) else known
    texts = [say_indicator(row) for row in known.to_dict("records")]
    empty = _("Chưa có số liệu nào cho năm này.")
    return prose(texts or [empty], made_up=bool(known["made_up"].any()))


def say_indicator(row: Mapping) -> str:
    """Return one sentence on a row of the assessment."""
    values = {
        "name": named(row),
        "actual": write_actual(row, unit=True),
        "target": write_target(row, unit=True),
        "source": row["source"],
    }
    stated = row["target_basis"] == "stated"
    match row["status"]:
        case "undecided" if row["conflict"]:
            text = _("{name}: hai nguồn khác nhau, chưa chọn; chưa kết luận.")
        case "no_data":
            text = _("{name}: chưa có số liệu (mục tiêu {target}).")
        case "not_due":
            text = _("{name}: {actual}; năm nay chưa đến hạn đánh giá [{source}].")
        case "undecided":
            text = _(
                "{name}: {actual}, mục tiêu {target}; chưa kết luận được [{source}]."
            )
        case "met" if not stated:
            text = _("{name}: {actual}, trước hạn hoặc đã xong từ trước [{source}].")
        case "exceeded":
            text = _("{name}: {actual}, vượt mục tiêu {target} [{source}].")
        case "met":
            text = _("{name}: {actual}, đạt mục tiêu {target} [{source}].")
        case _unused:
            text = _("{name}: {actual}, không đạt mục tiêu {target} [{source}].")
    return text.format(**values)


def say_missing(data: Data, year: int, theme: str | None = None) -> Prose:
    """Return who is asked for how many missing figures."""
    rows = select(data.assessment, year=year, theme=theme)
    missing = rows[rows["status"].eq("no_data")]
    if missing.empty:
        return prose([_("Mọi mục tiêu đến hạn đều đã có số liệu.")])
    names = data.names_of("departments", "department")
    counts = (
        missing.groupby("department", sort=False).size().sort_values(ascending=False)
    )
    parts = [f"{names[department]}: {count}" for department, count in counts.items()]
    collating = names[data.programme.collating_department]
    return prose(
        [
            _(
                "Đề nghị {collating} đôn đốc các nơi báo cáo số liệu còn thiếu của năm "
                "{year} - {parts}.",
                collating=collating,
                year=year,
                parts="; ".join(parts),
            )
        ]
    )


def ended(data: Data, year: int) -> str:
    """Return that the area is no longer reported on, once it has ended; else ""."""
    until = data.programme.area_until
    if until is None or year < until.year:
        return ""
    areas = data.names_of("areas", "area")
    return _(
        "Sau ngày {day}, {area} nhập vào {successor}: "
        "không còn báo cáo cho địa bàn này.",
        day=write_date(until),
        area=areas[data.programme.area],
        successor=areas[data.programme.successor_area],
    )


def say_remarks(data: Data, year: int, theme: str | None = None) -> Prose:
    """Return the office's causes and measures for a year, with author and date."""
    names = data.indicators.set_index("indicator")
    rows = data.tables["remarks.csv"]
    rows = rows[rows["year"].eq(year)]
    if theme:
        rows = rows[rows["indicator"].map(names["theme"]).eq(theme)]
    kinds = {
        "cause": _("Nguyên nhân"),
        "measure": _("Giải pháp"),
        "note": _("Ghi chú"),
    }
    texts = [
        _(
            "{kind} ({name}): {text} – {author}, {day}",
            kind=kinds[row["kind"]],
            name=named(names.loc[row["indicator"]]),
            text=row["text_vi"],
            author=row["author"],
            day=write_date(row["date"]),
        )
        for row in rows.to_dict("records")
    ]
    empty = _("Chưa có nguyên nhân, giải pháp nào được ghi cho năm {year}.", year=year)
    return prose(texts or [empty], made_up=data.made_up and bool(texts))


def say_questions(data: Data) -> Prose:
    """Return how many questions on the figures the office has not answered."""
    count = int(data.questions["answer"].eq("").sum())
    text = n_("Có {n} câu hỏi về số liệu cần người nhập xem lại.", count)
    empty = _("Không có câu hỏi nào về số liệu đã nhập.")
    return prose([text if count else empty], made_up=data.made_up and count > 0)


def say_ended(data: Data) -> Prose:
    """Return whether and since when the area is no longer reported on."""
    return prose([ended(data, data.programme.last_year)])


def say_breaks(data: Data) -> Prose:
    """Return the breaks in the area's series during or before the term."""
    own = data.breaks["area"].isin(["*", data.programme.area])
    rows = data.breaks[own].sort_values("year")
    rows = rows.drop_duplicates(["year", "reason_vi"])
    return prose(
        f"{row['year']}: {named(row, 'reason')}" for row in rows.to_dict("records")
    )


def say_issues(data: Data, theme: str | None = None) -> Prose:
    """Return how many unclear places of the source are on record."""
    count = len(issues_of(data, theme))
    return prose(
        [
            n_(
                "Chương trình có {n} nội dung chưa rõ hoặc mâu thuẫn liên quan, "
                "xem bảng dưới; giữ nguyên như văn bản, không tự ý sửa.",
                count,
            )
        ]
    )
