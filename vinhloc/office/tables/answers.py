"""What the office answered about headings: given now, or remembered for a layout.

A layout is a sheet's name, titles and headings without what changes from month to
month. `layouts/<layout>.csv` in the programme's folder remembers the answers to it.
"""

from __future__ import annotations

import getpass
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from vinhloc.data import ANSWERS, Data
from vinhloc.figures import Fault, _
from vinhloc.office.files import Cell, OfficeFile, Sheet
from vinhloc.office.names import unmarked

# What a clerk chooses, and how it is kept. The first settles a text.
WORDS = dict(
    zip(
        ANSWERS,
        (
            "cả năm của địa phương",
            "kỳ khác",
            "nơi khác",
            "không phải kết quả",
            "kế hoạch",
        ),
        strict=True,
    )
)
DROPPED = {*ANSWERS} - {"whole_year"}
ANSWER_SHEET = "Cột"
ANSWER_HEAD = ("Trang", "Ô", "Đang ghi", "Chưa hiểu", "Trả lời")
ANSWER_WIDTHS = (18, 10, 50, 30, 26)
FOLDER = "layouts"


@dataclass
class SheetAnswers:
    """The answers to what describes the figures of a sheet; `rows`: those given now."""

    layout: str
    given: dict[str, str]
    remembered: dict[tuple[str, str], str]
    rows: list[dict] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def to(self, place: str, cell: Cell, key: str) -> str:
        """Return the answer to a text, "" for none; that of a cell comes first."""
        address = cell.address if cell.row else ""
        answer = self.given.get(address, "")
        self.used |= {address} & {*self.given}
        row = {"layout": self.layout, "place": place, "text": key, "answer": answer}
        if answer and row not in self.rows:
            self.rows.append(row)
        return answer or self.remembered.get((place, key), "")


class Answers:
    """All answers to a workbook; `given`: by sheet ("" for the only one) and cell."""

    def __init__(self, data: Data, given: dict[tuple[str, str], str]):
        self.table, self.given = data.tables["layouts.csv"], given
        self.sheets: list[SheetAnswers] = []

    def on(self, sheet: str, texts: str) -> SheetAnswers:
        """Return the answers on a sheet whose layout has these texts."""
        layout = hashlib.sha256(texts.encode("utf-8", "replace")).hexdigest()[:12]
        rows = self.table[self.table["layout"] == layout].to_dict("records")
        remembered = {(row["place"], row["text"]): row["answer"] for row in rows}
        given = {cell: a for (of, cell), a in self.given.items() if of in ("", sheet)}
        self.sheets.append(SheetAnswers(layout, given, remembered))
        return self.sheets[-1]

    def unused(self) -> list[str]:
        """Return the cells that were answered for, and describe no figures."""
        used = {cell for sheet in self.sheets for cell in sheet.used}
        return [
            f"{of}!{cell}".lstrip("!") for of, cell in self.given if cell not in used
        ]


def parse_answers(texts: list[str], sheets: list[Sheet]) -> dict[tuple[str, str], str]:
    """Return what --answer says, as (sheet, cell) -> answer. Raises Fault."""
    found = {}
    for text in texts:
        place, _mark, said = text.rpartition("=")
        sheet, _mark, cell = place.strip().rpartition("!")
        sheet = sheet.strip("'")
        answer = _answer(said)
        if not place or not answer:
            known = ", ".join(WORDS.values())
            why = _("không hiểu «{text}»; hãy ghi kiểu E1=cả năm, một trong: {known}")
            raise Fault(why.format(text=text, known=known))
        names = [other.name for other in sheets]
        if (sheet not in names) if sheet else len(sheets) > 1:
            why = _("«{text}» của trang nào? Hãy ghi kiểu {sheet}!E1=cả năm")
            raise Fault(why.format(text=text, sheet=f"'{names[0]}'" if names else "?"))
        found[sheet, cell.strip().upper()] = answer
    return found


def _answer(said: str) -> str:
    """Return the answer that a text begins or means, with or without its marks."""
    text = unmarked(said)
    starts = [
        answer
        for answer, words in WORDS.items()
        if text and (unmarked(words).startswith(text) or answer == text)
    ]
    return starts[0] if len(starts) == 1 else {"kh": "plan"}.get(text, "")


def is_answers(sheet: Sheet) -> bool:
    """Tell whether a sheet is that of a marked copy on which headings are answered."""
    head = [sheet.cells.get((1, at)) for at in range(1, len(ANSWER_HEAD) + 1)]
    return [str(cell.value) if cell else "" for cell in head] == [*ANSWER_HEAD]


def answers_in(file: OfficeFile) -> dict[tuple[str, str], str]:
    """Return what is answered in a marked copy, by (sheet, cell). Raises Fault."""
    found = {}
    for sheet in filter(is_answers, file.sheets):
        for row in sorted({row for row, _at in sheet.cells} - {1}):
            cells = (sheet.cells.get((row, at)) for at in (1, 2, 5))
            of, cell, said = (str(c.value).strip() if c else "" for c in cells)
            if said and not _answer(said):
                why = _("trang «{name}», dòng {row}: không hiểu câu trả lời «{said}»")
                raise Fault(why.format(name=sheet.name, row=row, said=said))
            found |= {(of, cell): _answer(said)} if said else {}
    return found


def rows_to_keep(answers: Answers, author: str, today) -> dict[str, list[dict]]:
    """Return layout -> the rows of its file, where an answer was given now."""
    who = {"author": author or getpass.getuser(), "date": today.isoformat()}
    kept = {}
    for sheet in answers.sheets:
        if sheet.rows:
            old = answers.table[answers.table["layout"] == sheet.layout]
            rows = {(r["place"], r["text"]): r for r in old.to_dict("records")}
            rows = {k: r | {"date": f"{r['date']:%Y-%m-%d}"} for k, r in rows.items()}
            rows |= {(row["place"], row["text"]): row | who for row in sheet.rows}
            kept[sheet.layout] = [*rows.values()]
    return kept


def forget(folder: Path, answers: Answers) -> list[dict]:
    """Delete what is remembered for a workbook's layouts; return its rows."""
    layouts = {sheet.layout for sheet in answers.sheets}
    rows = answers.table[answers.table["layout"].isin(layouts)]
    for layout in layouts:
        (folder / FOLDER / f"{layout}.csv").unlink(missing_ok=True)
    return rows.to_dict("records")
