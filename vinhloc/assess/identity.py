"""Arithmetic that must hold between indicators: `output = area * yield / 10`."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Mapping

import pandas as pd

SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}
OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
SUMS = (ast.Add, ast.Sub)
NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*", re.ASCII)  # also a word of Python
IDENTITY = re.compile(r"\s*([a-z_]\w*)\s*=(?!=)\s*([\w\s.*/+()-]{1,500})", re.ASCII)


def parse_identity(identity: str) -> tuple[str, ast.expr]:
    """Return the left side and the expression of `a = b * c / 10` or `a = b + c`.

    Raises ValueError for anything but + - * / between names and numbers.
    """
    if not (match := IDENTITY.fullmatch(identity)):
        raise ValueError(identity)
    try:
        right = ast.parse(NAME.sub(r"_\g<0>", match[2].strip()), mode="eval").body
    except (SyntaxError, MemoryError, RecursionError):
        raise ValueError(identity) from None
    if not all(map(_is_allowed, ast.walk(right))) or not _names(right):
        raise ValueError(identity)
    return match[1], right


def _is_allowed(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float)
    return isinstance(node, (ast.BinOp, ast.Name, ast.Load, *OPERATIONS))


def _names(right: ast.expr) -> list[str]:
    nodes = [node for node in ast.walk(right) if isinstance(node, ast.Name)]
    nodes.sort(key=lambda node: node.col_offset)
    return list(dict.fromkeys(node.id[1:] for node in nodes))


def factors_of(identity: str) -> list[str]:
    """Return the indicators on the right side of an identity, each once."""
    return _names(parse_identity(identity)[1])


def computed(wide: pd.DataFrame, identity: str) -> pd.Series:
    """Return the right side of an identity, from a column for each of its names.

    >>> from vinhloc.assess import computed
    >>> wide = pd.DataFrame({"area": [320.0], "yield_": [65.0]})
    >>> computed(wide, "output = area * yield_ / 10").tolist()
    [2080.0]
    """

    def value(node: ast.expr):
        match node:
            case ast.BinOp():
                return OPERATIONS[type(node.op)](value(node.left), value(node.right))
            case ast.Name():
                return wide[node.id[1:]]
        return pd.Series(float(node.value), wide.index)  # divided by 0: infinite

    return value(parse_identity(identity)[1])


def in_words(identity: str, names: Mapping[str, str]) -> str:
    """Return the right side of an identity in the names of its indicators."""

    def words(node: ast.expr, within: type | None = None, *, last=False) -> str:
        match node:
            case ast.BinOp():
                sign = type(node.op)
                sides = (words(node.left, sign), words(node.right, sign, last=True))
                text = f" {SIGNS[sign]} ".join(sides)
                looser = sign in SUMS and within not in (*SUMS, None)
                apart = last and within in (ast.Sub, ast.Div)
                return f"({text})" if looser or apart else text
            case ast.Name():
                return names.get(node.id[1:], node.id[1:])
        return str(node.value)

    return words(parse_identity(identity)[1])


def is_additive(identity: str) -> bool:
    """Tell whether an identity only adds and takes off: a total of its parts."""
    nodes = ast.walk(parse_identity(identity)[1])
    return not any(isinstance(node, (ast.Mult, ast.Div)) for node in nodes)
