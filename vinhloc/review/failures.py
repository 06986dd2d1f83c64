"""How a review can fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinhloc.figures import BUSY, Fault, Told, _

if TYPE_CHECKING:
    import nbformat


class UnknownParameter(Fault):
    """Raised where a notebook does not have the parameters that it is given."""


class Failed(Told):
    """Raised where a notebook fails; `notebook` is the partly executed copy.

    `copy` is where that copy is kept, once it is.
    """

    def __init__(self, name: str, reason: str, notebook: nbformat.NotebookNode):
        self.name, self.notebook, self.copy = name, notebook, None
        super().__init__(
            _("sổ tay {name} dừng vì lỗi: {reason}", name=name, reason=reason)
        )

    def __str__(self) -> str:
        """Return what failed and why, and where the copy is."""
        said = super().__str__()
        if not self.copy:
            return said
        return said + "; " + _("bản đang chạy dở dang: {path}", path=self.copy)


class PartFailed(Told):
    """Raised where a process that makes a part of the review ends before it is done."""

    def __init__(self, part: str, reason: str):
        super().__init__(
            _("phần {part} dừng vì lỗi: {reason}", part=part, reason=reason)
        )


class TooFewFiles(Told):
    """Raised where the system lets a run open fewer files than it needs."""

    def __init__(self, most: int, needed: int):
        text = _("máy chỉ cho mở {most} tệp cùng lúc, cần {needed}: ulimit -n {needed}")
        super().__init__(text.format(most=most, needed=needed))


class Busy(Told):
    """Raised where another run holds the edition; `holder` says which."""

    code = BUSY

    def __init__(self, edition: str, holder: str):
        self.holder = holder
        text = _("báo cáo {edition} đang được một lần chạy khác lập ({holder})")
        super().__init__(text.format(edition=edition, holder=holder))


class InputsChanged(Told):
    """Raised where data, notebooks or the library changed while a review was made."""

    def __init__(self):
        text = _("dữ liệu, sổ tay hoặc bộ công cụ thay đổi trong khi lập báo cáo")
        super().__init__(text + "; " + _("hãy chạy lại"))
