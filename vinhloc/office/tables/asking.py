"""Ask about what is not understood: each text once, a problem until it is answered."""

from __future__ import annotations

from vinhloc.figures import _, plain
from vinhloc.office.files import full_address
from vinhloc.office.submission import Submission, Unclear, problem_in
from vinhloc.office.tables.grammar import ELSEWHERE
from vinhloc.office.tables.headings import TableHead
from vinhloc.office.tables.told import UNSEEN, Heading, Told


def ask_columns(head: TableHead, headings: list[Heading], found: Submission) -> None:
    """Ask about each text above some columns that is not understood."""
    for heading in headings:
        texts = [*heading.asked()] or [(heading.texts[-1], str(heading.cell.value))]
        for told, words in texts:
            doubt = told.cell.doubt
            ask(head, told, words, doubt if doubt in UNSEEN else "layout", found)


def ask(head: TableHead, told: Told, words: str, kind: str, found: Submission) -> None:
    """Ask about a text, once: a problem until it is answered."""
    cell = told.cell if told.cell.row else None
    name, address = head.sheet.name, cell.address if cell else ""
    unclear = Unclear(name, address, told.place, str(told.cell.value), words)
    if unclear in found.unclear:
        return
    found.unclear.append(unclear)
    if kind in UNSEEN:
        why = _("đầu cột bị ẩn hoặc bị gạch: «{words}»")
    elif kind == "period" or told.parts(found.year or 9999):
        why = _("«{words}» không phải kết quả của cả năm")
    elif ELSEWHERE.match(plain(words)):
        why = _("«{words}» là nơi khác, không phải của địa phương")
    elif told.cell.value == words:
        why = _("không rõ «{words}» có phải kết quả của cả năm hay không")
    else:
        why = _("«{words}» trong «{text}» chưa hiểu")
    why = why.format(words=words, text=unclear.text)
    place = full_address(name, address) if address else f"{name}!"
    write = _(
        'nếu là số cả năm của địa phương: --answer "{place}=cả năm", hoặc trả lời ở '
        "trang «Cột» của bản có đánh dấu"
    )
    if told.place == "heading":
        write += _("; nếu không, hãy thêm cột «Thực hiện năm …» ghi kết quả cả năm")
    problem = problem_in(name, cell, why, write.format(place=place), kind)
    found.problems.append(problem)
