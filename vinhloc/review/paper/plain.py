"""Cells of the review's tables as plain text, for files that hold no HTML."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from vinhloc.figures import NO_BREAK
from vinhloc.show import STANDINGS

KEPT = "\ue000"  # no letter of any text
STATUS = re.compile(r'class="status ([a-z-]+)"')


def plain_cell(cell: object) -> str:
    """Return a cell without its markup; a status keeps its sign beside the word."""
    text = str(escape(cell))
    # `striptags` takes a space that does not break for one that does.
    words = Markup(text.replace(NO_BREAK, KEPT)).striptags().replace(KEPT, NO_BREAK)
    if found := STATUS.search(text):
        return f"{STANDINGS[found[1].replace('-', '_')].sign} {words.strip()}"
    return words
