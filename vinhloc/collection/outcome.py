"""How the review of a commune went."""

from __future__ import annotations

from dataclasses import dataclass

from vinhloc.figures import Fault, _, n_

DONE, UNCHANGED, FAILED = "done", "unchanged", "failed"


class NoDask(Fault):
    """Raised where Dask is asked for and cannot be used."""


@dataclass(frozen=True)
class Outcome:
    """How the review of a commune went: its state, why it failed, its seconds."""

    name: str
    state: str
    why: str = ""
    seconds: float = 0.0

    @property
    def said(self) -> str:
        """The outcome in words."""
        if self.state == UNCHANGED:
            return _("giữ nguyên")
        if self.state == FAILED:
            return self.why
        return n_("đã xuất bản trong {n} giây", round(self.seconds))
