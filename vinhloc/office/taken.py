"""Read the entries of a workbook: figures to take, problems, questions.

Nothing is written here. A problem is a cell that cannot be read; a question is a
figure that can, but should be looked at (answered in the form's last column).
"""

from __future__ import annotations

import datetime

from vinhloc.data import Data
from vinhloc.figures import _, named, plain
from vinhloc.office.figure_reader import (
    FigureReader,
    Refused,
    as_date,
    number_beside,
    safe_text,
)
from vinhloc.office.files import Cell, OfficeFile, full_address
from vinhloc.office.layout import COVER_SHEET, ESTIMATE, VINTAGES
from vinhloc.office.names import Names
from vinhloc.office.questions import (
    as_actuals,
    corrections,
    disagreement,
    figure_known,
    hidden_question,
    new_questions,
    remark_known,
)
from vinhloc.office.submission import (
    CellProblem,
    Entry,
    Submission,
    Taken,
    layout_problem,
    problem_in,
    question_on,
    shown,
    text_of,
)

KEY = ["indicator", "area", "year", "vintage", "as_of"]


def take(
    data: Data,
    file: OfficeFile,
    submission: Submission,
    *,
    names: Names,
    key: str,
    today: datetime.date,
    as_of: datetime.date | None = None,
    source: str = "",
) -> Taken:
    """Read every entry of a submission; `key` names its rows' source.

    `as_of` and `source` hold for entries that state none; without them the day is
    `today`, the day of receipt, and the source is the file itself.
    """
    taken = Taken(submission.year, notes=[*file.notes, *submission.notes])
    taken.problems += submission.problems
    taken.names = data.names_of("indicators", "indicator")
    taken.rows.update(submission.rows)
    taken.problems += _year_to_come(submission, as_of or today)
    if all(p.kind != "layout" or p.cell for p in taken.problems):
        reader = FigureReader(data, names)
        given = (submission, taken, key, today, as_of, source)
        _Reader(data, file, reader, *given).read_all()
    none = not (taken.figures or taken.remarks or taken.known or taken.questions)
    if none and not taken.problems and not taken.rows["passed"]:
        why = _("không có ô số liệu nào được điền")
        taken.problems.append(problem_in("", None, why, "", "empty"))
    return taken


def _year_to_come(submission: Submission, day: datetime.date) -> list[CellProblem]:
    """Return a problem where a table's year begins after the day of its figures."""
    year = submission.year
    if submission.is_form or year is None or day.year >= year:
        return []
    why = _("ngày số liệu {day} trước năm {year}")
    why = why.format(day=f"{day:%d/%m/%Y}", year=year)
    return [layout_problem(why, _("thêm --year, ví dụ --year 2024"))]


class _Reader:
    """What holds for all entries of a workbook; what they give goes into `taken`."""

    def __init__(
        self, data, file, figures, submission, taken, key, today, as_of, source
    ):
        self.data, self.file, self.submission = data, file, submission
        self.figures, self.taken = figures, taken
        self.key, self.today, self.as_of, self.source = key, today, as_of, source
        self.author = safe_text(text_of(submission.cover.get("entered_by")))
        self.documents: dict[str, str] = {}
        self.places: dict[tuple, tuple] = {}
        self.entries: list[Entry] = []  # of the figures that are taken

    def read_all(self) -> None:
        """Read all entries."""
        taken = self.taken
        for entry in self.submission.entries:
            try:
                taken.rows[self._read(entry)] += 1
                self._add_remarks(entry)
            except Refused as refused:
                taken.rows["refused"] += 1
                self._refuse(refused, entry.sheet)
        taken.sources = self._sources()
        if taken.figures:
            new = as_actuals(taken.figures)
            taken.questions += new_questions(self.data, new, self.entries)
            taken.corrections += corrections(self.data, new)

    def _read(self, entry: Entry) -> str:
        """Add an entry's figure; return what became of its row."""
        row = self._figure(entry)
        if row is None:
            return "without"
        if entry.hidden:
            question = hidden_question(entry)
            self.taken.questions.append(question)
            if not question.answer:
                return "asked"
        return self._add(row, entry)

    def _refuse(self, refused: Refused, sheet: str) -> None:
        """Add what stops a row; a cell of the cover is named once."""
        cell, cover = refused.cell, self.submission.cover.values()
        shared = any(cell is other for other in cover)
        sheet = COVER_SHEET if shared else sheet
        problem = problem_in(sheet, cell, refused.why, refused.write, refused.kind)
        if not shared or problem not in self.taken.problems:
            self.taken.problems.append(problem)

    def _add(self, row: dict, entry: Entry) -> str:
        """Add a figure, unless it stands twice or is on record; return which."""
        actual = entry.cells["actual"]
        same = tuple(row[name] for name in KEY)
        figure = tuple(row[name] for name in ("value", "upper_value", "bound"))
        place, before = self.places.get(same, ("", figure))
        if before != figure:
            why = _("chỉ tiêu này đã có ở ô {cell}", cell=place)
            write = _("hãy xóa một trong hai dòng")
            problem = problem_in(entry.sheet, actual, why, write, "twice")
            self.taken.problems.append(problem)
            return "refused"
        if place:  # where a table repeats another's figure
            return "known"
        self.places[same] = full_address(entry.sheet, actual.address), figure
        if figure_known(self.data, row):
            self.taken.known += 1
            return "known"
        self.taken.figures.append(row)
        self.entries.append(entry)
        kept = ("indicator", "year", "value", "upper_value", "bound", "vintage")
        place = {"sheet": entry.sheet, "cell": actual.address}
        said = {"unit": self.figures.unit(row["indicator"]), "shown": shown(actual)}
        self.taken.seen.append(place | {key: row[key] for key in kept} | said)
        return "taken"

    def _figure(self, entry: Entry) -> dict | None:
        """Return the row of an entry's figure; None where it has only remarks."""
        fact = self.figures.fact(entry)
        cell = entry.cells.get("actual")
        if cell is None:
            return None
        confirmed = safe_text(text_of(entry.cells.get("confirmed")))
        figure = self.figures.read(cell, entry, fact, confirmed=bool(confirmed))
        if figure is None:
            return None
        as_of = self._day(entry)
        plan, percent = self._beside(entry, fact, figure)
        notes = [*figure.notes, *percent]
        assumed = "; ".join(figure.notes) if figure.settled else ""
        return {
            "indicator": fact["indicator"],
            "area": self.data.programme.area,
            "year": self.submission.year,
            "as_of": as_of.isoformat(),
            "source": self._document(entry),
            "value": figure.value,
            "upper_value": figure.upper_value,
            "bound": figure.bound,
            "vintage": self._vintage(entry, figure, as_of),
            "plan": figure.plan if plan is None else plan,
            "origin_file": self.file.sha256,
            "origin_sheet": safe_text(entry.sheet),
            "origin_cell": cell.address,
            "entered_by": self.author,
            "note": "" if assumed else safe_text("; ".join(notes)),
            "note_en": "",
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "assumed": safe_text(assumed),
            "confirmed": confirmed,
        }

    def _vintage(self, entry: Entry, figure, as_of: datetime.date) -> str:
        stated = self._stated("vintage", entry)
        if figure.vintage:
            return figure.vintage
        if stated is not None:
            said = plain(text_of(stated))
            vintage = "estimate" if said.startswith(ESTIMATE) else VINTAGES.get(said)
            if vintage is None:
                why = _("không rõ là số ước hay số chính thức")
                write = _("hãy ghi: {words}", words=", ".join(VINTAGES))
                raise Refused(stated, "vintage", why, write)
            return vintage
        if entry.vintage:
            return entry.vintage
        return "final" if as_of.year > self.submission.year else "estimate"

    def _stated(self, key: str, entry: Entry) -> Cell | None:
        return entry.cells.get(key) or self.submission.cover.get(key)

    def _day(self, entry: Entry) -> datetime.date:
        cell = self._stated("as_of", entry)
        if cell is None:
            return self.as_of or self.today
        day = as_date(cell)
        year, write = self.submission.year, _("hãy ghi ngày đã có số liệu này")
        if day is None:
            why, write = _("không phải ngày"), _("hãy viết kiểu 15/12/2024")
        elif day > self.today:
            why = _("ngày chưa tới")
        elif day.year < year:
            why = _("ngày trước năm {year}", year=year)
        else:
            return day
        raise Refused(cell, "day", why, write)

    def _document(self, entry: Entry) -> str:
        title = text_of(self._stated("source", entry)) or self.source or self.file.name
        title = safe_text(title)
        if title not in self.documents:
            number = len(self.documents) + 1
            self.documents[title] = self.key + (f"-{number}" if number > 1 else "")
        return self.documents[title]

    def _sources(self) -> list[dict]:
        """Return the documents that entries name, as rows of sources.csv."""
        return [
            {
                "source": key,
                "title": title,
                "publisher": self.data.programme.issued_by_vi,
                "received": self.today.isoformat(),
                "kind": "office",
            }
            for title, key in self.documents.items()
        ]

    def _beside(self, entry: Entry, fact: dict, figure):
        """Return the plan beside a figure, and a note where the percentage differs."""
        cells = [cell for key, cell in entry.cells.items() if key.startswith("plan")]
        plans = [self.figures.plan(cell, entry, fact) for cell in cells]
        plans = [plan for plan in plans if plan is not None]
        plan = plans[0] if plans else None
        percent = number_beside(entry.cells.get("percent"), "%", 1, self.figures.units)
        if not plan or percent is None or figure.bound != "exact":
            return plan, []
        odd = {p: disagreement(figure.value, p, percent) for p in plans if p}
        plan = next((p for p, text in odd.items() if not text), plan)
        if not (text := odd[plan]):
            return plan, []
        said = f"{named(fact)}: {text}"
        question = question_on(entry, "attainment", said, key="percent")
        self.taken.questions.append(question)
        return plan, [text]

    def _add_remarks(self, entry: Entry) -> None:
        for kind in ("cause", "measure"):
            text = safe_text(text_of(entry.cells.get(kind)))
            row = {
                "indicator": entry.indicator,
                "year": self.submission.year,
                "kind": kind,
                "text_vi": text,
                "author": self.author or self.data.programme.issued_by_vi,
                "date": self._day(entry).isoformat(),
            }
            if text and not remark_known(self.data, row):
                self.taken.remarks.append(row)
