"""What an official report states about itself: body, number, place, who signs.

Nothing of it is invented. What is not given stands as a marked place that the office
fills in by hand.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from vinhloc.data import Programme
from vinhloc.figures import _, language

# A place for the office: "[… họ và tên]".
OPEN = re.compile(r"\[… [^\]]*\]")


def to_fill(what: str) -> str:
    """Return a marked place where the office writes something."""
    return f"[… {what}]"


@dataclass(frozen=True)
class Official:
    """The facts around a report, in the language in use; unknown ones are marked."""

    nation: str
    motto: str
    name: str
    heading: tuple[str, ...]
    number: str
    place_and_date: str
    authority: str
    office: str
    signatory: str
    recipients: tuple[str, ...]  # with the semicolons and full stop of a list

    @property
    def author(self) -> str:
        """The last line of the heading that is known."""
        known = [line for line in self.heading if not OPEN.fullmatch(line)]
        return known[-1] if known else ""


def official_facts(
    programme: Programme,
    *,
    number: str = "",
    signed_on: datetime.date | None = None,
    signatory: str = "",
    ended: bool = False,
) -> Official:
    """Return the facts from `[report]` in programme.toml and those of this report.

    `ended`: the area is no more; who reports in its place is for the office to fill in.
    """
    stated = programme.report
    heir = [to_fill(_("cơ quan kế thừa"))] if ended else []

    def of(key: str) -> str | list[str]:
        return stated.get(f"{key}_{language()}") or stated.get(f"{key}_vi") or ""

    place = of("place") or to_fill(_("địa danh"))
    symbol = stated.get("symbol") or to_fill(_("ký hiệu"))
    *others, last = of("recipients") or [to_fill(_("nơi nhận"))]
    return Official(
        nation=_("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        motto=_("Độc lập - Tự do - Hạnh phúc"),
        name=_("BÁO CÁO"),
        heading=(*(of("heading") or [programme.issued_by.upper()]), *heir),
        number=_("Số: {number}/{symbol}", number=number or "      ", symbol=symbol),
        place_and_date=f"{place}, {_signing_day(signed_on)}",
        authority=" ".join([of("authority") or to_fill(_("quyền hạn")), *heir]),
        office=of("office") or to_fill(_("chức vụ")),
        signatory=signatory or to_fill(_("họ và tên")),
        recipients=(*(f"{name};" for name in others), f"{last}."),
    )


def _signing_day(day: datetime.date | None) -> str:
    """Return a day as reports write it; with gaps where it is not yet known."""
    if language() == "en":
        return f"{day:%d/%m/%Y}" if day else "…/…/20…"
    if not day:
        return _("ngày … tháng … năm 20…")
    # Days below 10 and the first two months carry a 0, as the decree asks.
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return _("ngày {day} tháng {month} năm {year}").format(
        day=f"{day.day:02}", month=month, year=day.year
    )
