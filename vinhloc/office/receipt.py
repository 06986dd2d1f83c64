"""Bring a workbook into a programme: read it, keep what is good, say what is not."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from vinhloc.data import Data
from vinhloc.figures import _, why_refused
from vinhloc.office.files import OfficeFile, read_office_file
from vinhloc.office.keeping import (
    free_stem,
    received_before,
    store,
    store_layouts,
)
from vinhloc.office.marked_copy import marked_path, write_marked
from vinhloc.office.names import Names
from vinhloc.office.submission import Submission, Taken
from vinhloc.office.tables import (
    WORDS,
    Answers,
    Grammar,
    answers_in,
    forget,
    parse_answers,
    read_submission,
    rows_to_keep,
    shown_sheets,
)
from vinhloc.office.taken import take


@dataclass(frozen=True)
class Receipt:
    """What became of a workbook: what was read, where it was saved and marked."""

    path: Path
    taken: Taken
    saved: Path | None = None
    marked: Path | None = None
    before: Path | None = None
    remembered: int = 0

    @property
    def good(self) -> bool:
        """Whether nothing of it was refused."""
        return not self.taken.problems

    def as_json(self) -> dict:
        """Return the receipt as plain values."""
        taken = self.taken
        return {
            "file": self.path.name,
            "year": taken.year,
            "taken": len(taken.figures),
            "known": taken.known,
            "rows": taken.rows_said,
            "figures": [
                figure | {"value": float(figure["value"])} for figure in taken.seen
            ],
            "remarks": len(taken.remarks),
            "problems": [asdict(problem) for problem in taken.problems],
            "questions": [asdict(question) for question in taken.questions],
            "corrections": taken.corrections,
            "notes": taken.notes,
            "saved": str(self.saved) if self.saved else None,
            "marked": str(self.marked) if self.marked else None,
            "remembered": self.remembered,
            "received_before": str(self.before) if self.before else None,
        }


def receive(
    data: Data,
    path: Path,
    *,
    today: datetime.date,
    year: int | None = None,
    as_of: datetime.date | None = None,
    source: str = "",
    answers: Sequence[str] = (),
    author: str = "",
    accept_good: bool = False,
    dry_run: bool = False,
) -> Receipt:
    """Read a workbook and keep its figures, unless one of its cells is refused.

    `answers`: to what was not understood, as "E1=cả năm"; they are remembered for the
    layout, as those in a marked copy, with `author`. With `accept_good` the good cells
    are kept all the same. With `dry_run` nothing is written. A workbook that came in
    before changes nothing, unless there are answers to it. Raises Fault for a year
    outside the term and an answer that is none, Unreadable for a file that cannot be
    read at all and OSError where nothing can be written; then nothing is kept.
    """
    if year is not None:
        data.programme.check_year(year, baseline=True)
    file = read_office_file(path)
    before = received_before(data.folder, file)
    if before and not answers:  # an answer may let in what was asked about
        return Receipt(path, Taken(None), before=before)
    names = Names(data)
    submission, known = _read(data, file, names, year, answers)
    stem = free_stem(data.folder, file)
    taken = take(
        data,
        file,
        submission,
        names=names,
        key=stem,
        today=today,
        as_of=as_of,
        source=source,
    )
    marked = saved = None
    if dry_run:
        return Receipt(path, taken)
    if taken.problems or taken.open_questions:
        marked = marked_path(path)
        try:
            write_marked(data, file, submission, taken, marked)
        except OSError as error:
            marked = None
            why = why_refused(error)
            taken.notes.append(_("không ghi được bản có đánh dấu: {why}", why=why))
    wanted = taken.figures or taken.remarks
    if wanted and (accept_good or not taken.problems):
        saved = store(data.folder, file, taken, stem)
    layouts = rows_to_keep(known, author, today)
    store_layouts(data.folder, layouts)
    return Receipt(path, taken, saved, marked, remembered=len(layouts))


def _read(
    data: Data,
    file: OfficeFile,
    names: Names,
    year: int | None,
    given: Sequence[str],
):
    """Return a workbook taken apart, and the answers that were looked for."""
    answers = answers_in(file) | parse_answers(given, shown_sheets(file))
    known = Answers(data, answers)
    grammar = Grammar(data, names)
    found: Submission = read_submission(file, grammar, data.programme, known, year)
    for place in known.unused():
        found.notes.append(_("ô {place}: không có gì cần trả lời", place=place))
    return found, known


def forget_layout(data: Data, path: Path) -> list[dict]:
    """Forget what was answered about a workbook's layouts; return those answers.

    A dict each: place, text, answer, said (its words), author. Raises Unreadable,
    OSError.
    """
    _submission, known = _read(data, read_office_file(path), Names(data), None, ())
    rows = forget(data.folder, known)
    return [row | {"said": WORDS[row["answer"]]} for row in rows]
