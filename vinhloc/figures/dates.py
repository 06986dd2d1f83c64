"""Days as they are written in parameters."""

from __future__ import annotations

import datetime

from vinhloc.figures.faults import Fault
from vinhloc.figures.translation import _


def as_day(value: str | datetime.date | None) -> datetime.date | None:
    """Return a date from its ISO text; None for None or "". Raises Fault."""
    if isinstance(value, datetime.date) or not value:
        return value or None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise Fault(
            _("«{value}» không phải ngày kiểu 2023-12-31", value=value)
        ) from None
