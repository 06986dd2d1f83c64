"""The language of everything shown: Vietnamese in the code, English in a catalogue."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("vi", "en")
CATALOGUES = Path(__file__).parents[1] / "locale"

_language: ContextVar[str] = ContextVar("language", default="")
_document: ContextVar[tuple[str, str]] = ContextVar("document", default=("", ""))


def later_(text: str) -> str:
    """Mark a text for the catalogue that is translated when it is shown."""
    return text


# Where our texts name the programme's document.
SAID = {
    "vi": re.compile(rf"\b{later_('chương trình')}\b", re.IGNORECASE),
    "en": re.compile(r"\bprogramme\b(?!\.toml)", re.IGNORECASE),
}


def use_language(lang: str) -> None:
    """Set the language of messages, tables, charts and sentences.

    Raises ValueError for a language other than "vi" or "en".

    >>> vl.use_language("en")
    >>> vl.table_of_targets(vl.select(data.assessment, year=2023)).caption
    'Targets and results, 2023'
    """
    if lang not in LANGUAGES:
        raise ValueError(f"lang = {lang!r}: vi | en")
    _language.set(lang)


def use_document(vietnamese: str = "", english: str = "") -> None:
    """Set what our texts call the programme's document; "chương trình" where empty."""
    _document.set((vietnamese, english))


def words_in_use() -> tuple[str, tuple[str, str]]:
    """Return the language and the words for the document, for `use_words`."""
    return language(), _document.get()


def use_words(lang: str, document: tuple[str, str]) -> None:
    """Set what `words_in_use` gave, in another thread."""
    use_language(lang)
    use_document(*document)


def worded(text: str, lang: str = "") -> str:
    """Return a text of ours with the word for the programme's document in it.

    >>> from vinhloc.figures.translation import use_document, worded
    >>> use_document("Nghị quyết")
    >>> worded("Chương trình không nêu; mục tiêu của chương trình")
    'Nghị quyết không nêu; mục tiêu của nghị quyết'
    >>> use_document()
    """
    lang = lang or language()
    word = _document.get()[LANGUAGES.index(lang)]
    return _with_word(text, lang, word) if word else text


@cache
def _with_word(text: str, lang: str, word: str) -> str:
    first, rest = word[:1], word[1:]
    small = word if rest[:1].isupper() else first.lower() + rest  # an abbreviation
    words = {True: first.upper() + rest, False: small}
    return SAID[lang].sub(lambda found: words[found[0][0].isupper()], text)


def language() -> str:
    """Return the language in use: the one set, else VINHLOC_LANG, else "vi"."""
    if lang := _language.get():
        return lang
    wished = os.environ.get("VINHLOC_LANG", "vi").lower()[:2]
    return wished if wished in LANGUAGES else "vi"


@cache
def catalogue(lang: str) -> dict[str, str | tuple[str, ...]]:
    """Return the translations into a language, keyed by the Vietnamese text."""
    path = CATALOGUES / f"{lang}.po"
    if not path.exists():
        return {}
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        messages = read_po(file, locale=lang)
    keys = ((m.id if isinstance(m.id, str) else m.id[0], m) for m in messages if m.id)
    return {key: m.string for key, m in keys if not m.fuzzy}


def _(text: str, /, **values: object) -> str:
    """Translate a Vietnamese text and fill in its {placeholders}."""
    found = catalogue(language()).get(text) or text
    found = worded(found if isinstance(found, str) else found[0])
    return found.format(**values) if values else found


def n_(text: str, number: int, /, **values: object) -> str:
    """Translate a text that counts; {n} is the count, written in the language."""
    found = catalogue(language()).get(text) or text
    if isinstance(found, tuple):
        found = found[0] if number == 1 else found[-1]
    found = worded(found or text)
    count = f"{number:,}" if language() == "en" else f"{number:,}".replace(",", ".")
    return found.format(n=count, **values)


def named(row: Mapping, field: str = "name") -> str:
    """Return a text of a row (mapping or Series) in the language in use.

    In Vietnamese where it has no English; that stands in `<field>_vi` or in `<field>`.

    >>> from vinhloc.figures import named
    >>> vl.use_language("en")
    >>> named({"name_vi": "Lúa", "name_en": "Rice"}), named({"note": "ước"}, "note")
    ('Rice', 'ước')
    """
    english = row.get(f"{field}_en") if language() == "en" else ""
    if isinstance(english, str) and english:
        return english
    return row[f"{field}_vi"] if f"{field}_vi" in row else row[field]
