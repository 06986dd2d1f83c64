"""Letters that nobody sees, or takes for others: found, named and made visible.

The one list of them: every door that text comes in by, and every way out, uses it.

Control characters, marks that turn the direction of writing, letters without width or
shape: they change what a text says, or how it is compared, behind a reader's back.
Vietnamese needs none of them; of the control characters a text may hold a line feed.
"""

from __future__ import annotations

import re
import unicodedata

# Unicode's categories Cc (but for the line feed), Cf, Co, Cs, Zl and Zp, and other
# letters that leave nothing, or a blank, on paper. A test compares it with Unicode.
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f"
    "\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
LINES = "\t\n\v\f\r\x85\u2028\u2029"  # each begins a line or a column
# What a cell may hold as a space: these, and those that are seen as a gap.
SPACES = LINES + " \xa0\u1680\u202f\u205f\u3000"
SPACES += "".join(map(chr, range(0x2000, 0x200B)))
# What programs leave around a text that they copy: it has no width, and does no harm.
EDGES = SPACES + "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
# What we put between letters: a line may break there, or may not.
BREAK, JOINER = "\u200b", "\u2060"
D_WITH_STROKE = (0x110, 0x111)  # the one that is no Latin letter with marks
MICRO = "\u00b5\u03bc"  # of a unit: µg


def unseen_letters(text: str) -> list[str]:
    """Return the letters of a text that nobody sees, each once."""
    return list(dict.fromkeys(UNSEEN.findall(text)))


def hidden_letters(text: str) -> list[str]:
    """Return those that nobody sees and that are no space, each once."""
    return [letter for letter in unseen_letters(text) if letter not in SPACES]


def trimmed(text: str) -> str:
    """Return a text without the spaces and harmless marks around it."""
    return text.strip(EDGES)


def printable(text: str) -> str:
    """Return a text without the letters that nobody sees, but for our own."""
    own = BREAK + JOINER
    return UNSEEN.sub(lambda found: found[0] if found[0] in own else "", text)


def foreign_letters(text: str) -> list[str]:
    """Return the letters and digits that are not those of Vietnamese or English.

    Many look like ours: the Cyrillic с, the Greek Α, the Icelandic Ð for Đ.
    """
    return list(dict.fromkeys(letter for letter in text if _is_foreign(letter)))


def _is_foreign(letter: str) -> bool:
    if letter.isascii() or ord(letter) in D_WITH_STROKE or letter in MICRO:
        return False
    if letter.isdecimal():
        return True
    return letter.isalpha() and not unicodedata.normalize("NFD", letter)[0].isascii()


def code_points(letters: list[str]) -> str:
    """Return letters as their code points and names: "U+200B ZERO WIDTH SPACE"."""
    return ", ".join(
        f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip()
        for letter in letters
    )


def visible(text: str) -> str:
    """Return a text in which the letters that nobody sees stand as code points.

    On a terminal, none of them can then move the cursor or change what stands there.
    """
    return UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
