"""Bring a workbook into a programme: read it, keep what is good, say what is not."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from pathlib import Path

from vinhloc.data import Data
from vinhloc.figures import _
from vinhloc.office.files import read_office_file
from vinhloc.office.keeping import received_before, stem_of, store
from vinhloc.office.marked_copy import marked_path, write_marked
from vinhloc.office.names import Names
from vinhloc.office.tables import read_submission
from vinhloc.office.taken import Taken, take


@dataclass(frozen=True)
class Receipt:
    """What became of a workbook: what was read, where it was saved and marked."""

    path: Path
    taken: Taken
    saved: Path | None = None
    marked: Path | None = None
    before: Path | None = None

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
            "remarks": len(taken.remarks),
            "problems": [asdict(problem) for problem in taken.problems],
            "questions": [asdict(question) for question in taken.questions],
            "corrections": taken.corrections,
            "notes": taken.notes,
            "saved": str(self.saved) if self.saved else None,
            "marked": str(self.marked) if self.marked else None,
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
    accept_good: bool = False,
    dry_run: bool = False,
) -> Receipt:
    """Read a workbook and keep its figures, unless one of its cells is refused.

    With `accept_good` the good cells are kept all the same. A workbook that came in
    before changes nothing. Raises Fault for a year outside the term, Unreadable for a
    file that cannot be read at all and OSError where nothing can be written; then
    nothing is kept.
    """
    if year is not None:
        data.programme.check_year(year, baseline=True)
    file = read_office_file(path)
    if before := received_before(data.folder, file):
        return Receipt(path, Taken(None), before=before)
    names = Names(data)
    submission = read_submission(file, names, data.programme, year)
    taken = take(
        data,
        file,
        submission,
        key=stem_of(file),
        today=today,
        as_of=as_of,
        source=source,
    )
    marked = saved = None
    if taken.problems or taken.open_questions:
        marked = marked_path(path)
        try:
            write_marked(data, file, submission, taken, marked)
        except OSError as error:
            marked = None
            why = error.strerror or ""
            taken.notes.append(_("không ghi được bản có đánh dấu: {why}", why=why))
    wanted = taken.figures or taken.remarks
    if wanted and not dry_run and (accept_good or not taken.problems):
        saved = store(data.folder, file, taken)
    return Receipt(path, taken, saved, marked)
