"""Text as Windows saves it."""

import unicodedata

TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(written: str) -> bytes:
    """Encode as Vietnamese Windows does: letters whole, tones after them."""
    out = ""
    for letter in written:
        signs = unicodedata.normalize("NFD", letter)
        tone = "".join(sign for sign in signs if sign in TONES)
        bare = "".join(sign for sign in signs if sign not in TONES)
        out += unicodedata.normalize("NFC", bare) + tone if tone else letter
    return out.encode("cp1258")
