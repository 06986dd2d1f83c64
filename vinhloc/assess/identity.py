"""Arithmetic that must hold between indicators: `output = area * yield / 10`."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

FACTOR = r"(?:[a-z_]\w*|\d+(?:\.\d+)?)"
IDENTITY = re.compile(rf"\s*([a-z_]\w*)\s*=\s*({FACTOR}(?:\s*[*/]\s*{FACTOR})*)\s*")


def parse_identity(identity: str) -> tuple[str, list[str]]:
    """Return the left side and the factors of `a = b * c / 10` (a divisor as "/10").

    Raises ValueError for anything but a product of names and numbers.
    """
    if not (match := IDENTITY.fullmatch(identity)):
        raise ValueError(identity)
    parts = re.split(r"\s*([*/])\s*", match[2].strip())
    signs = ["*", *parts[1::2]]
    return match[1], [
        ("/" if sign == "/" else "") + part
        for sign, part in zip(signs, parts[::2], strict=True)
    ]


def factors_of(identity: str) -> list[str]:
    """Return the indicators on the right side of an identity, each once."""
    names = [part.removeprefix("/") for part in parse_identity(identity)[1]]
    return list(dict.fromkeys(name for name in names if not is_number(name)))


def product(wide: pd.DataFrame, parts: list[str]) -> pd.Series:
    """Return the product of the columns and numbers that `parse_identity` lists."""
    result = pd.Series(1.0, index=wide.index)
    for part in parts:
        name = part.removeprefix("/")
        factor = float(name) if is_number(part) else wide[name]
        result = result / factor if part.startswith("/") else result * factor
    return result


def is_number(part: str) -> bool:
    """Tell whether a factor is a number, not the name of an indicator."""
    return re.fullmatch(r"/?\d+(\.\d+)?", part) is not None


def in_words(identity: str, names: Mapping[str, str]) -> str:
    """Return the right side of an identity in the names of its indicators."""
    parts = parse_identity(identity)[1]
    words = [("÷ " if p[0] == "/" else "× ") + _part(p, names) for p in parts]
    return " ".join(words).removeprefix("× ")


def _part(part: str, names: Mapping[str, str]) -> str:
    name = part.removeprefix("/")
    return names.get(name, name)
