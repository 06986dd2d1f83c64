"""The language of everything shown: Vietnamese in the code, English in a catalogue."""

from __future__ import annotations

import os
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("vi", "en")
CATALOGUES = Path(__file__).parents[1] / "locale"

_language: ContextVar[str] = ContextVar("language", default="")


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
    found = found if isinstance(found, str) else found[0]
    return found.format(**values) if values else found


def n_(text: str, number: int, /, **values: object) -> str:
    """Translate a text that counts; {n} is the count, written in the language."""
    found = catalogue(language()).get(text) or text
    if isinstance(found, tuple):
        found = found[0] if number == 1 else found[-1]
    found = found or text
    count = f"{number:,}" if language() == "en" else f"{number:,}".replace(",", ".")
    return found.format(n=count, **values)


def later_(text: str) -> str:
    """Mark a text for the catalogue that is translated when it is shown."""
    return text


def named(row: object, field: str = "name") -> str:
    """Return the name of a row (mapping or Series) in the language in use."""
    return row[f"{field}_{language()}"] or row[f"{field}_vi"]
