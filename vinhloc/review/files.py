"""The files of an edition beside its pages: Word, PDF, Excel."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vinhloc.data import say_unseen
from vinhloc.figures import Fault, _

if TYPE_CHECKING:
    from vinhloc.review.view import View

PAGES = "html"
# Format -> the file that an edition has of it.
FILES = {"docx": "bao-cao.docx", "pdf": "bao-cao.pdf", "xlsx": "phu-luc.xlsx"}
FORMATS = (PAGES, *FILES)
MOST_LETTERS = 100  # of a number or a name on the report
# What an edition holds beside them: the front page, the assessment as a table.
INDEX, ASSESSMENT = "index.html", "assessment.csv"


@dataclass(frozen=True)
class Signing:
    """What is known of one report only: its number, its day, who signs.

    Raises Fault for a text that is too long or holds letters that nobody sees.
    """

    number: str = ""
    signed_on: datetime.date | None = None
    signatory: str = ""

    def __post_init__(self):
        for text in (self.number, self.signatory):
            if len(text) > MOST_LETTERS:
                raise Fault(_("dài quá {most} ký tự", most=MOST_LETTERS))
            if advice := say_unseen(text):
                raise Fault(advice)

    def parameters(self) -> dict[str, str]:
        """Return what is given, as text for the manifest."""
        return {name: str(value) for name, value in asdict(self).items() if value}


UNSIGNED = Signing()


def parse_formats(text: str) -> tuple[str, ...]:
    """Return the formats that a list such as "html,pdf" names, in their own order.

    Raises Fault for one that there is not, and for none.
    """
    wished = {part.strip().lower() for part in text.split(",")} - {""}
    if strange := sorted(wished - {*FORMATS}):
        names = ", ".join(strange)
        text = _("không có định dạng {names}; các định dạng: {known}")
        raise Fault(text.format(names=names, known=", ".join(FORMATS)))
    if not wished:
        raise Fault(_("chưa chọn định dạng nào"))
    return tuple(name for name in FORMATS if name in wished)


def write_files(
    folder: Path, view: View, formats: Sequence[str], signing: Signing
) -> None:
    """Write the files of the formats asked for; both reports from the same blocks."""
    if "docx" in formats or "pdf" in formats:
        from vinhloc.review.paper import build_report, official_facts
        from vinhloc.show import area_has_ended

        ended = area_has_ended(view.data, view.year)
        facts = official_facts(view.data.programme, ended=ended, **asdict(signing))
        report = build_report(view, facts)
    if "docx" in formats:
        from vinhloc.review.paper import write_word

        write_word(report, folder / FILES["docx"])
    if "pdf" in formats:
        from vinhloc.review.paper import write_pdf

        write_pdf(report, folder / FILES["pdf"])
    if "xlsx" in formats:
        from vinhloc.review.paper import write_workbook

        write_workbook(view, folder / FILES["xlsx"])
