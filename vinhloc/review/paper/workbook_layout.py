"""Sizes of cells and formats of numbers in the Excel file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from xlsxwriter.worksheet import Worksheet

from vinhloc.figures import write_figure

FONT, RED = "Times New Roman", "#A11111"
A4, MARGIN = 9, 20  # size of the paper as Excel names it, mm
MM_PER_INCH, PIXELS_PER_INCH = 25.4, 96
LINE = 15.5  # points
# Pixels of a sign in 11 points: of one in a line of text, of one among figures, and
# what a capital letter takes more.
SIGN, FIGURE_SIGN, CAPITAL, PADDING = 6.2, 7, 2.8, 15


def number_format(text: str, value: float, decimals: int) -> str:
    """Return the format in which a number reads as in `text`: `"≥ "#,##0.0`.

    Excel puts in the separators of the reader's own settings.
    """
    before, _figure, after = text.partition(write_figure(value, decimals))
    words = [f'"{part}"' if part else "" for part in (before, after)]
    return words[0] + _pattern(decimals) + words[1]


def signed_format(decimals: int, after: str) -> str:
    """Return the format of a change with its sign, none before 0, and what follows."""
    pattern = _pattern(decimals) + (after if after in ("", "%") else f'"{after}"')
    return f'"+"{pattern};"−"{pattern};{pattern}'


def change_after(text: str) -> str:
    """Return what follows the figure in a change as written: " điểm"."""
    return text.lstrip("+−0123456789.,")


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def width_of_numbers(texts: Iterable[str]) -> int:
    """Return the pixels that numbers need which read as these texts."""
    return int(FIGURE_SIGN * max(map(len, texts), default=0)) + PADDING


def fit_height(
    sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[int]
) -> None:
    """Give a row the height of its longest text; rows of one line keep the usual one.

    Excel does this by itself when it opens a file, other programs do not.
    """
    lines = [
        len(textwrap.wrap(text, max(1, int((width - PADDING) / _sign_width(text)))))
        for text, width in zip(texts, widths, strict=True)
    ]
    if max(lines) > 1:
        sheet.set_row(row, LINE * max(lines))


def _sign_width(text: str) -> float:
    return SIGN + CAPITAL * sum(map(str.isupper, text)) / max(1, len(text))


def pixels(widths: Iterable[int]) -> list[int]:
    """Return widths in mm as pixels of the screen."""
    return [round(mm / MM_PER_INCH * PIXELS_PER_INCH) for mm in widths]


def set_up_printing(sheet: Worksheet, title: str, number: str, demo: str) -> None:
    """Set a sheet to print across A4; its margins say what it is, and if made up."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(*[MARGIN / MM_PER_INCH] * 4)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    # The size stands first: the digits of a text after it would belong to it.
    face, number = f'&10&"{FONT},Regular"', number.replace("&", "&&")
    header, footer = f"&C{face}&P/&N", f"&L{face}{title}&R{face}{number}"
    if demo:
        words = f'&11&"{FONT},Bold"&K{RED[1:]}{demo}'
        header, footer = f"&L{words}{header}", f"{footer}&C{words}"
    sheet.set_header(header)
    sheet.set_footer(footer)
