"""Text in the code pages of Windows, and in the font encodings of the 1990s.

In TCVN3 (ABC, the fonts .VnTime) and in VNI a letter with its accents is one or two
signs of Latin-1: "ChØ tiªu", "Chæ tieâu". To recognise them, words are spelled out in
ASCII as Telex does ("chir", "tieeu") and compared with what Vietnamese syllables are.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

# What each byte from 0xA1 on stands for in TCVN3: letters, then f s r x j for the tone.
TCVN3_UNITS = """
aw aa ee oo ow uw dd aw aa ee oo ow uw dd . . . . . . af ar ax as aj . awf awr awx aws
. . . . . . . awj aaf aar aax aas aaj ef . er ex es ej eef eer eex ees eej if ir . . .
ix is ij of . or ox os oj oof oor oox oos ooj owf owr owx ows owj uf . ur ux us uj
uwf uwr uwx uws uwj yf yr yx ys yj
"""
TCVN3 = {
    code: unit for code, unit in enumerate(TCVN3_UNITS.split(), 0xA1) if unit != "."
}
# In VNI most letters are two signs, the second for the accents: ^ doubles the first.
VNI = {
    **{0xE2: "^", 0xE1: "^s", 0xE0: "^f", 0xE5: "^r", 0xE3: "^x", 0xE4: "^j"},
    **{0xEA: "w", 0xE9: "ws", 0xE8: "wf", 0xFA: "wr", 0xFC: "wx", 0xEB: "wj"},
    **{0xF9: "s", 0xF8: "f", 0xFB: "r", 0xF5: "x", 0xEF: "j", 0xF4: "ow", 0xF6: "uw"},
    **{0xED: "is", 0xEC: "if", 0xE6: "ir", 0xF3: "ix", 0xF2: "ij", 0xEE: "yj"},
    0xF1: "dd",
}
UNICODE = {
    **{0x300: "f", 0x301: "s", 0x309: "r", 0x303: "x", 0x323: "j"},
    **{0x302: "^", 0x306: "w", 0x31B: "w", 0x111: "dd"},
}
SYLLABLE = re.compile(
    "(?:ngh?|[cgknpt]h|gi|qu|tr|dd|[bcdghklmnpqrstvx])?(?:"
    "(?:[aeiouy]|aw|aa|ee|oo|ow|uw|oa|oaw|oe|uaa|uee|uy|uyee|iee|yee|uoo|uwow)"
    "(c|ch|p|t|m|n|ng|nh)|"
    "[aeiouy]|ee|oo|ow|uw|ai|ao|au|ay|aau|aay|eo|eeu|ia|ieeu|iu|oi|ooi|owi|oa|oai|oay|"
    "oao|oe|oeo|ua|uaay|ui|uy|uee|uow|uya|uyu|uooi|uwa|uwi|uwu|uwowi|uwowu|yeeu)"
)
WORD = re.compile(r"[^\s\x00-\x40\[-`{-\x7f]+")
# What Vietnamese in Unicode does without: signs of Latin-1, and two that meet in VNI.
# A text with none of it needs no second look. (° ± ² ³ may be units.)
TELLING = re.compile(
    r"[\xa1-\xaf\xb5-\xbf\xc4-\xc7\xcb\xce-\xd1\xd6-\xd8\xdb\xdc\xde\xdf"
    r"\xe4-\xe7\xeb\xee-\xf1\xf6-\xf8\xfb\xfc\xfe]"
    r"|[aeAE][\xc0-\xc3\xe0-\xe3]|[aeouAEOU][\xd5\xd9\xf5\xf9]|[oO][\xc2\xe2]"
)
LETTERS = re.compile(r"[^\W\d_]+[\u0300-\u036f]*")
LOST = re.compile(r"\?\w|\w\?$")  # in a word
LEAST_WORDS = 2  # a heading of two words tells
LEAST_SHARE = 0.6  # of the words that are no Vietnamese as they stand
LEAST_AMONG = 0.02  # of the words that are: a few odd names are no encoding


def _is_syllable(word: str, table: Mapping[int, str]) -> bool:
    """Tell whether a word, its letters spelled by a table, is Vietnamese."""
    letters = tones = ""
    for sign in word:
        if sign.isascii():
            letters += sign.lower()
            continue
        unit = table.get(ord(sign))
        if unit is None:
            return False
        bare = unit.rstrip("fsrxj")
        letters += letters[-1:] if bare == "^" else bare
        tones += unit[len(bare) :]
    found = SYLLABLE.fullmatch(letters)
    stopped = found and found[1] in ("c", "ch", "p", "t")
    return bool(found) and (tones in ("s", "j") if stopped else len(tones) <= 1)


def _is_unicode_word(word: str) -> bool:
    """Tell whether a word is a Vietnamese syllable as it stands."""
    return _is_syllable(unicodedata.normalize("NFD", word.lower()), UNICODE)


def old_encoding(
    texts: Iterable[str], is_proper: Callable[[str], bool] = _is_unicode_word
) -> str:
    """Return "tcvn3" or "vni" if texts are typed in one of them, else "".

    It counts different words with accents: how many are Vietnamese as they stand
    (`is_proper`), how many of the others are if read in the old encoding.
    """
    texts = {text for text in texts if not text.isascii()}
    if not any(map(TELLING.search, texts)):
        return ""
    words = {word for text in texts for word in WORD.findall(text)}
    words = {w for w in words if not w.isascii() and re.search("[A-Za-z]", w)}
    others = {word for word in words if not is_proper(word)}
    found = {
        "tcvn3": sum(_is_syllable(word, TCVN3) for word in others),
        "vni": sum(_is_syllable(word.lower(), VNI) for word in others),
    }
    name = max(found, key=found.get)
    least = LEAST_SHARE * len(others), LEAST_AMONG * len(words - others), LEAST_WORDS
    return name if found[name] >= max(least) else ""


def is_cp1258_word(word: str) -> bool:
    """Tell whether a word of Latin-1 is Vietnamese in the code page of its Windows."""
    as_typed = word.encode("latin-1").decode("cp1258", "replace")
    return _is_unicode_word(as_typed)


def ansi_text(data: bytes) -> str:
    """Return bytes in a code page of Windows as text; "" where that is not certain.

    Certain is what is Vietnamese in each word with accents, in one way only: read as
    Windows-1258 or 1252, and not in an encoding of fonts. Where a letter may have
    become a question mark, nothing is.
    """
    found = set()
    for page in ("cp1258", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError):
            text = unicodedata.normalize("NFC", data.decode(page))
            words = {word for word in LETTERS.findall(text) if not word.isascii()}
            lost = any(map(_has_lost, re.split(r"[\s,;]+", text)))
            if not lost and all(map(_is_unicode_word, words)):
                found.add(text)
    words = {word for word in WORD.findall(data.decode("latin-1"))}
    words = {word for word in words if not word.isascii()}
    for table in (TCVN3, VNI):
        if all(_is_syllable(word, table) for word in words):
            return ""
    return found.pop() if len(found) == 1 else ""


def may_have_lost(text: str) -> str:
    """Return a word whose letters may have become question marks; "" without any.

    A code page writes them for what it does not have. In an address they are usual,
    and at the end of a sentence.

    >>> may_have_lost("T? l?; vì sao? https://a.vn/?b"), may_have_lost("Vì sao? Vì")
    ('T?', '')
    """
    words = re.split(r"([\s,;]+)", text) if "?" in text else []
    for word, gap, after in zip(words[::2], words[1::2], words[2::2], strict=False):
        goes_on = not word.endswith("?") or (gap.isspace() and after[:1].islower())
        if _has_lost(word) and goes_on:
            return word
    return ""


def _has_lost(word: str) -> bool:
    return "://" not in word and bool(LOST.search(word))
