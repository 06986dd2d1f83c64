"""Vietnamese text made comparable: letters composed, tones placed alike, spaces."""

from __future__ import annotations

import re
import unicodedata

# The tone at the end of a syllable, as it was placed (hoà, khoẻ, thuỷ) and as it is
# placed now (hòa, khỏe, thủy).
_OLD = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ"
_NEW = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy"
_TONES = dict(zip(_OLD.split(" "), _NEW.split(" "), strict=True))
_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_TONES)})(?![^\W\d_])")


def plain(text: str) -> str:
    """Return a text in NFC and lower case, tones in their new places, spaces single.

    A stroke stands without spaces around it where a letter follows ("tạ/ ha").
    """
    text = unicodedata.normalize("NFC", text).lower()
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r" ?/ ?(?=[^\W\d_])", "/", text)
    return _TONE.sub(lambda match: _TONES[match[0]], text)
