"""Vietnamese text made comparable: letters composed, tones placed alike, spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from vinhloc.figures.unseen import trimmed

# The tone at the end of a syllable, as it was placed (hoà, khoẻ, thuỷ) and as it is
# placed now (hòa, khỏe, thủy).
_OLD = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ"
_NEW = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy"
_TONES = dict(zip(_OLD.split(" "), _NEW.split(" "), strict=True))
_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_TONES)})(?![^\W\d_])")
# "tỉ lệ" is "tỷ lệ", "cùng kì" is "cùng kỳ", "bác sĩ" is "bác sỹ".
_I_TO_Y = str.maketrans("ìíỉĩị", "ỳýỷỹỵ")
_I_ENDING = re.compile(r"(?<![^\W\d_])[hklmst][ìíỉĩị](?![^\W\d_])")
# An Icelandic eth stands for đ in texts that old fonts left; hyphens that do not break.
_LOOK_ALIKE = str.maketrans("ð％‐‑", "đ%--")
# A sign alone ("=", "-") or before a space ("- ghi chú") begins no formula.
_FORMULA = re.compile(r"((?:^|[;\t\r\n])\s*)(?=[=+\-@＝＋－＠]\S)")
_OPENED, _CLOSED = "\"“”„«'‘’", "\"“”»'’"


@lru_cache(2048)  # every file is compared with the same words of the programme
def plain(text: str) -> str:
    """Return a text in NFC and lower case, spelled one way, spaces single.

    A stroke stands without spaces around it where a letter follows ("tạ/ ha").
    """
    text = unicodedata.normalize("NFC", text).lower().translate(_LOOK_ALIKE)
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r" ?/ ?(?=[^\W\d_])", "/", text)
    text = _TONE.sub(lambda match: _TONES[match[0]], text)
    return _I_ENDING.sub(lambda match: match[0].translate(_I_TO_Y), text)


def without_formula(text: str) -> str:
    """Return a text that is no formula in a CSV: an apostrophe stands before its sign.

    Excel and LibreOffice take for a formula what begins with one of these signs, after
    spaces too; with a semicolon or a tab as separator also what stands behind it.

    >>> without_formula("=1+1"), without_formula("xã; +84"), without_formula(">=")
    ("'=1+1", "xã; '+84", '>=')
    """
    return _FORMULA.sub(r"\1'", text)


def one_line(text: str) -> str:
    """Return a text as it is quoted: letters composed, spaces single."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def unwrapped(text: str) -> str:
    """Return a text without the quotation marks around it and what no one sees there.

    The apostrophe before a figure is a spreadsheet's own mark for text.
    """
    text = trimmed(text)
    quoted = text[:1] in _OPENED and text[-1:] in _CLOSED
    if quoted and any(map(str.isalnum, text)):
        text = text[1:-1]
    return trimmed(text.removeprefix("'").removeprefix("’"))
