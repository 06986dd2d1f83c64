"""Why an office file is not read, and what a reader should know of one that is.

Each text says what is wrong and what to do. The process that reads a file knows the
words on the left only: they are made into texts here, in the language in use.
"""

from __future__ import annotations

from collections.abc import Mapping

from vinhloc.figures import Fault, _, later_

# Why a file is not read, as the process that reads it says.
REASONS = {
    "missing": later_("không có tệp này"),
    "folder": later_("đây là thư mục, không phải tệp"),
    "no_access": later_("không mở được tệp: {reason}"),
    "empty": later_("tệp không có ô nào ghi nội dung"),
    "encrypted": later_("tệp có mật khẩu; hãy mở bằng Excel, bỏ mật khẩu rồi lưu lại"),
    "damaged": later_(
        "tệp bị hỏng hoặc chép chưa hết; hãy mở bằng Excel, lưu lại kiểu .xlsx"
    ),
    "dtd": later_(
        "XML trong tệp có khai báo riêng (DOCTYPE, ENTITY) mà sổ tính không dùng; "
        "hãy mở bằng Excel, lưu lại kiểu .xlsx"
    ),
    "xml_encoding": later_(
        "XML trong tệp không phải UTF-8; hãy mở bằng Excel, lưu lại kiểu .xlsx"
    ),
    "broken_text": later_(
        "dòng {line} bị hỏng (dấu nháy kép không đóng, hoặc chữ bị cắt); "
        "hãy lưu lại kiểu .xlsx"
    ),
    "bytes": later_("tệp lớn hơn {most} MB; hãy tách thành nhiều tệp"),
    "unpacked": later_(
        "nội dung tệp lớn hơn {most} MB sau khi giải nén; "
        "hãy chép riêng bảng số liệu sang một sổ tính mới"
    ),
    "members": later_(
        "tệp gồm hơn {most} phần; hãy chép riêng bảng số liệu sang một sổ tính mới"
    ),
    "cells": later_("tệp có hơn {most} ô ghi nội dung; hãy tách thành nhiều tệp"),
    "far": later_(
        "các ô ghi nội dung cách nhau quá xa, đến tận ô {cell}; "
        "hãy chép riêng bảng số liệu sang một sổ tính mới"
    ),
    "memory": later_(
        "tệp bị hỏng, hoặc cần quá nhiều bộ nhớ để đọc; "
        "hãy chép riêng bảng số liệu sang một sổ tính mới"
    ),
    "time": later_(
        "đọc tệp này mất quá {most} giây; "
        "hãy chép riêng bảng số liệu sang một sổ tính mới"
    ),
    "tcvn3": later_(
        "chữ trong tệp gõ theo bảng mã TCVN3 (ABC, phông .VnTime); hãy chuyển sang "
        "Unicode bằng UniKey (Ctrl+Shift+F6) rồi lưu lại"
    ),
    "vni": later_(
        "chữ trong tệp gõ theo bảng mã VNI; hãy chuyển sang Unicode bằng UniKey "
        "(Ctrl+Shift+F6) rồi lưu lại"
    ),
    "unknown_encoding": later_("không nhận ra bảng mã của tệp; hãy lưu lại kiểu .xlsx"),
    "foreign": later_(
        "đây là {what}; hãy lưu bảng số liệu thành sổ tính Excel kiểu .xlsx"
    ),
}
# The kind of Unreadable, where it is not the reason itself.
KINDS = {
    **dict.fromkeys(("folder", "no_access"), "missing"),
    **dict.fromkeys(("dtd", "xml_encoding", "broken_text"), "damaged"),
    **dict.fromkeys(("bytes", "unpacked", "members", "cells", "far"), "too_large"),
    **dict.fromkeys(("memory", "time"), "limits"),
    **dict.fromkeys(("tcvn3", "vni", "unknown_encoding"), "old_encoding"),
    "foreign": "not_a_table",
}
WHAT = {
    "pdf": later_("tệp PDF"),
    "word": later_("văn bản Word"),
    "powerpoint": later_("bài trình chiếu PowerPoint"),
    "image": later_("ảnh"),
    "html": later_("trang web (HTML)"),
    "xml": later_("tệp XML"),
    "archive": later_("tệp nén"),
    "binary": later_("tệp không phải văn bản"),
    "xlsb": later_("sổ tính kiểu .xlsb"),
    "numbers": later_("sổ tính Numbers của Apple"),
    "opendocument": later_("tệp OpenDocument không phải sổ tính"),
    "office": later_("tệp kiểu Office cũ không phải sổ tính"),
    "old_xls": later_("sổ tính của Excel có trước năm 1997"),
}
NOTES = {
    "macros": later_("tệp có macro; macro không được đọc và không chạy"),
    "links": later_("tệp có liên kết ra ngoài; chỉ đọc giá trị đã lưu trong tệp"),
    "cp1258": later_("tệp CSV không phải UTF-8, đã đọc theo bảng mã Windows-1258"),
    "other_sheet": later_("trang biểu đồ và trang macro không được đọc"),
    "recalculated": later_(
        "công thức có thể chưa được tính lại; hãy mở và lưu lại tệp bằng Excel"
    ),
    "xls": later_("tệp .xls không cho biết ô nào là công thức; nên lưu lại kiểu .xlsx"),
}


class Unreadable(Fault):
    """An office file that is not read: what is wrong with it and what to do.

    `kind` is "encrypted", "damaged", "too_large", "not_a_table", "empty",
    "old_encoding", "limits" or "missing"; `detail`, for whoever looks into it, what
    the library said.
    """

    def __init__(self, name: str, why: str, values: Mapping[str, object]):
        self.kind = KINDS.get(why, why)
        self.detail = str(values.get("detail", ""))
        if what := values.get("what"):
            values = {**values, "what": _(WHAT[what])}
        super().__init__(f"{name}: {_(REASONS[why], **values)}")


def say_note(note: str) -> str:
    """Return the text of a note."""
    return _(NOTES[note])


def say_other_suffix(suffix: str, kind: str) -> str:
    """Return the note for a file that is something else than its name says."""
    return _(
        "tên tệp có đuôi «{suffix}» nhưng nội dung là {kind}", suffix=suffix, kind=kind
    )
