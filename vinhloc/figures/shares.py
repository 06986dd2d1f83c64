"""Read a/b: a share of a whole, with its percentage beside it, or actual/plan."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from vinhloc.figures.amounts import Amounts, Figure
from vinhloc.figures.numerals import THOUSANDS, FigureProblem, spelled
from vinhloc.figures.refusals import check_bare_date
from vinhloc.figures.translation import _

# What stands between a share and the percentage that it makes: "10/10 thôn, đạt 100%".
SAME = (
    r"[(=;:]| [-–] |, (?=\d)"
    r"|,? ?(?<![^\W_])(?:đạt|chiếm|bằng|tỷ lệ|tương ứng|tương đương)(?![^\W_])"
)


def read_stroke(match: re.Match, amounts: Amounts) -> Figure:
    """Read a/b: a share of a whole, or actual/plan, as the indicator's unit tells."""
    first, first_unit, second, unit = (part.strip() for part in match.groups())
    if not unit:
        check_bare_date(match[0], amounts.said)
    if amounts.own.kind == "measure":
        plan = amounts.number(second, unit)
        value = amounts.number(first, first_unit or unit)
        return Figure(value, plan=plan)
    share = _match_share(f"{first}/{second} {unit}".strip(), amounts)
    share = share if first_unit in ("", unit) else None
    bare = not unit and amounts.own.kind == "share"
    counted = share and _counts_whole(unit, amounts)
    if counted and (amounts.bare_shares or not bare):
        amounts.settled |= bare and not amounts.quota
        return _share(share, amounts)
    if share and unit and not _known_thing(unit, amounts):
        raise amounts.foreign(unit)
    why = _("«{text}» có thể là phần của tổng số hoặc thực hiện/kế hoạch")
    write = _("hãy ghi một số tính bằng {unit}", unit=amounts.unit)
    raise FigureProblem("stroke", why.format(text=amounts.said), write)


def _match_share(text: str, amounts: Amounts) -> re.Match | None:
    """Match two numbers of things, with or without thousands marks, and their unit."""
    number = rf"\d{{1,3}}(?:\{THOUSANDS}\d{{3}})+|\d+"
    return re.fullmatch(rf"({number}) ?/ ?({number}) ?(\D*)", text)


def _counts_whole(unit: str, amounts: Amounts) -> bool:
    """Tell whether a/b with this unit (or none) is a share of the whole."""
    own = amounts.own
    if own.kind not in ("share", "whole") or "/" in own.base:
        return False
    named = amounts.units.find(unit, amounts.unit) if unit else None
    if named is None:
        return not unit
    if own.kind == "whole":
        return (named.base, named.factor) == (own.base, own.factor)
    if amounts.quota:  # of whatever is counted or weighed, on both sides the same
        return named.kind in ("count", "whole", "measure")
    return named.kind in ("count", "whole") and named.factor == 1


def _known_thing(unit: str, amounts: Amounts) -> bool:
    found = amounts.units.find(unit, amounts.unit)
    return found is not None and (
        amounts.own.kind != "whole" or found.base == amounts.own.base
    )


def _share(match: re.Match, amounts: Amounts) -> Figure:
    part, whole = (Decimal(re.sub(r"\D", "", number)) for number in match.groups()[:2])
    if (part > whole and not amounts.quota) or not whole:
        why = _("«{text}» không phải phần của một tổng số", text=amounts.said)
        raise FigureProblem("share", why, _("hãy xem lại hai số"))
    value = part
    if amounts.own.kind == "share":
        step = Decimal(1).scaleb(-amounts.decimals)
        value = 100 / amounts.own.factor * part / whole
        value = value.quantize(step, ROUND_HALF_UP)
        note = _("{text} hiểu là phần của tổng số, tính ra {value}{unit}")
        if amounts.quota:
            note = _("{text} hiểu là thực hiện/được giao, tính ra {value}{unit}")
        shown = spelled(value)
        values = {"text": match[0].strip(), "value": shown, "unit": amounts.unit}
        amounts.notes.append(note.format(**values))
    return Figure(value, numerator=part, denominator=whole)


def stated_twice(text: str, amounts: Amounts) -> Figure | None:
    """Read a share beside the percentage that it makes: "10/10 khu phố, đạt 100%"."""
    parts = [part.strip() for part in re.split(SAME, text.rstrip(")")) if part.strip()]
    if len(parts) != 2:
        return None
    parts.sort(key=lambda part: part.endswith("%"))
    share = _match_share(parts[0], amounts)
    percent = re.fullmatch(r"(\d+)(?:[.,](\d+))? ?%", parts[1])
    if not (share and percent and _counts_whole(share[3], amounts)):
        return None
    figure = _share(share, amounts)
    digits = percent[2] or ""
    stated = Decimal(f"{percent[1]}.{digits or 0}")
    made = 100 * figure.numerator / figure.denominator
    if abs(stated - made) >= Decimal(1).scaleb(-len(digits)):
        if amounts.quota:  # both are kept, and asked about
            amounts.notes.clear()
            return replace(figure, value=stated)
        why = _("«{text}» có hai số không khớp nhau", text=amounts.said)
        raise FigureProblem("two_figures", why, _("hãy xem lại, chỉ ghi số đúng"))
    return figure
