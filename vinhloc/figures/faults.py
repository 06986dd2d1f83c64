"""How a command ends other than well: in words, and with which exit code."""

from __future__ import annotations

import errno

from vinhloc.figures.translation import _, later_

# The exit codes: faulty data or call, a failed run, another run is at work, Ctrl+C.
PROBLEM, FAILED, BUSY, INTERRUPTED = 2, 3, 4, 130
# What a system answers where it does not let us read or write. That there is no such
# file is not among it: what is to be read was looked for, what is written is made.
_NAMES = "EACCES EBUSY EDQUOT EEXIST EFBIG EIO EISDIR ELOOP ENAMETOOLONG ENOSPC ENOTDIR"
REFUSALS = {getattr(errno, name) for name in [*_NAMES.split(), "EPERM", "EROFS"]}

# The same in words: a system says them in its own language.
WHY = {
    **dict.fromkeys(("EACCES", "EPERM"), later_("không có quyền")),
    **dict.fromkeys(("ENOSPC", "EDQUOT"), later_("hết chỗ trống trên đĩa")),
    **dict.fromkeys(("EMFILE", "ENFILE"), later_("quá nhiều tệp đang mở")),
    "EBUSY": later_("chương trình khác đang dùng"),
    "EEXIST": later_("đã có ở đó"),
    "EFBIG": later_("tệp quá lớn đối với ổ đĩa này"),
    "EIO": later_("ổ đĩa đọc, ghi bị lỗi"),
    "EISDIR": later_("đây là thư mục"),
    "ELOOP": later_("liên kết quay vòng"),
    "ENAMETOOLONG": later_("tên quá dài"),
    "ENOENT": later_("không có ở đó"),
    "ENOTDIR": later_("một phần của đường dẫn không phải thư mục"),
    "EROFS": later_("ổ đĩa chỉ cho đọc"),
}


def why_refused(error: OSError) -> str:
    """Return in words why a system did not let us read or write."""
    name = errno.errorcode.get(error.errno, str(error.errno))
    return _(WHY[name]) if name in WHY else _("hệ thống báo lỗi {name}", name=name)


class Told(Exception):
    """An end in words, each line one thing; `code` is the exit code."""

    code = FAILED

    @property
    def lines(self) -> list[str]:
        """All that is to be said."""
        return str(self).splitlines()

    @property
    def brief(self) -> str:
        """The first line, and how many more there are."""
        first, *more = self.lines
        return " ".join(first.split()) + (f" (+{len(more)})" if more else "")


class Fault(Told, ValueError):
    """Raised on purpose for a fault of whoever called, or of the data."""

    code = PROBLEM


class Bug(Told):
    """What nobody raised on purpose: a fault of ours.

    Its traceback is in `log`, the `log` of the error, where a run keeps one.
    """

    def __init__(self, error: Exception):
        self.log, kind = getattr(error, "log", None), type(error).__name__
        text = _("bộ công cụ tự gặp lỗi ({kind}); hãy báo lại kèm chi tiết", kind=kind)
        super().__init__(f"{text}: {self.log}" if self.log else text)


def told(error: Exception) -> Told:
    """Return any error as one in words."""
    if isinstance(error, Told):
        return error
    if not (isinstance(error, OSError) and error.errno in REFUSALS):
        return Bug(error)
    path, why = error.filename2 or error.filename, why_refused(error)
    why = f"{path}: {why}" if path else why
    text = _("không đọc hoặc không ghi được: {why}", why=why)
    return Told(text + "; " + _("hãy xem quyền và chỗ trống, hoặc chọn nơi khác"))
