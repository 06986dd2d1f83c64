"""Take a workbook apart into entries: our form, or any tables that are recognised."""

from __future__ import annotations

import re

from vinhloc.figures import _, plain
from vinhloc.office.files import OfficeFile, Sheet
from vinhloc.office.form_entries import identity_of, read_form
from vinhloc.office.names import Names, bare
from vinhloc.office.submission import (
    CellProblem,
    Submission,
    layout_problem,
    problem_in,
    text_of,
)
from vinhloc.office.tables.answers import DROPPED, WORDS, Answers, is_answers
from vinhloc.office.tables.asking import ask, ask_columns
from vinhloc.office.tables.grammar import ELSEWHERE, Grammar
from vinhloc.office.tables.headings import TableHead, find_tables
from vinhloc.office.tables.rows import Row, table_rows
from vinhloc.office.tables.told import ASIDE, RESULT, Heading
from vinhloc.office.tables.years import (
    actual_column,
    of_other_years,
    only_year,
    other_period,
    own_year,
)

TOTALS = {"cộng", "tổng", "tổng số", "tổng cộng"}
# What begins the part below a table in which it is dated and signed.
SIGNED = re.compile(
    r"\(?(?:ký|đã ký)\b|người lập|lập biểu|kế toán|thủ trưởng|(?:phó )?chủ tịch|"
    r"tm\b|t/m\b|kt\b|nơi nhận|ghi chú|văn phòng|công chức|xác nhận|đại diện|"
    r".*ngày \S+ tháng \S+ năm"
)


def read_submission(
    file: OfficeFile, grammar: Grammar, programme, answers: Answers, year: int | None
) -> Submission:
    """Return a workbook's Submission; its problems are those of its layout."""
    if told := identity_of(file, programme):
        found = read_form(file, told, grammar.names, programme)
        if year and found.year and year != found.year:
            why = _("biểu này của năm {year}", year=found.year)
            write = _("hãy bỏ --year, hoặc tạo biểu của đúng năm bằng vinhloc form")
            found.problems.append(layout_problem(why, write))
        return found
    return _read_tables(file, grammar, answers, year)


def shown_sheets(file: OfficeFile) -> list[Sheet]:
    """Return the sheets that are read for tables."""
    return [s for s in file.sheets if not s.hidden and not is_answers(s)]


def _read_tables(file, grammar: Grammar, answers: Answers, year) -> Submission:
    found = Submission()
    shown = shown_sheets(file)
    tables = [h for sheet in shown for h in find_tables(sheet, grammar, answers.on)]
    for sheet in file.sheets:
        if sheet.hidden and sheet.cells:
            found.notes.append(_("trang ẩn «{name}» không đọc", name=sheet.name))
    heads = [head for head in tables if head.of("actual", "asked")]
    if not heads:
        _say_no_results(tables, grammar.names, found)
        return found
    found.year = year or only_year(heads)
    if found.year is None:
        why = _("không rõ bảng của năm nào")
        found.problems.append(layout_problem(why, _("thêm --year, ví dụ --year 2024")))
        for head in heads:
            ask_columns(head, [*head.of("asked").values()], found)
            _count(head, min(head.of("actual", "asked")), grammar.names, found)
        return found
    _read_own(heads, grammar.names, found)
    found.notes += _without_table(shown, [head.sheet for head in heads], grammar.names)
    return found


def _say_no_results(tables: list[TableHead], names: Names, found: Submission) -> None:
    """Ask about what speaks of results in tables that have no column of them."""
    for head in tables:
        near = head.of(*ASIDE)
        ask_columns(head, [*near.values()], found)
        for at, heading in head.columns.items():
            if not near and heading.role != "dropped" and RESULT & heading.tags:
                ask(head, heading.texts[-1], heading.cell.value, "layout", found)
                near = {at: heading}
        if near:
            _count(head, next(iter(near)), names, found)
        else:
            _say_answered(head, names, found)
    if not (found.problems or found.notes):
        why = _("không thấy bảng nào có cột «Chỉ tiêu» và cột «Thực hiện»")
        write = _("ghi tên hai cột này ở đầu bảng")
        found.problems.append(layout_problem(why, write))


def _say_answered(head: TableHead, names: Names, found: Submission) -> None:
    texts = [*head.lines, *(t for h in head.of("dropped").values() for t in h.texts)]
    answers = [WORDS[told.answer] for told in texts if told.answer in DROPPED]
    text = _("trang «{name}»: bảng ở dòng {row} không đọc, vì đã trả lời «{answer}»")
    said = {"row": head.first_row, "answer": ", ".join(answers[:1])}
    found.notes.append(text.format(name=head.sheet.name, **said))
    at = min(head.of("dropped", "actual", "plan"), default=min(head.columns))
    _count(head, at, names, found, "passed")


def _read_own(heads: list[TableHead], names: Names, found: Submission) -> None:
    """Read the tables of the year, name those of other years."""
    named = {own_year(head) for head in heads} - {None}
    latest = max(named, default=found.year)
    others = [of_other_years(head, found.year, latest) for head in heads]
    for head, other in zip(heads, others, strict=True):
        if not other:
            _read_table(head, names, found)
        elif all(others):
            found.problems.append(_no_column(head, found.year))
        else:
            text = _("trang «{name}»: bảng ở dòng {row} của năm khác, không đọc")
            name, row = head.sheet.name, head.first_row
            found.notes.append(text.format(name=name, row=row))


def _without_table(shown: list[Sheet], read: list[Sheet], names: Names):
    """Yield a note per sheet that has indicators but no table that is recognised."""
    for sheet in shown:
        if any(sheet is other for other in read):
            continue
        texts = (cell.value for cell in sheet.cells.values())
        if any(isinstance(text, str) and names.find(text) for text in texts):
            text = _("trang «{name}» có chỉ tiêu, không có cột «Thực hiện», không đọc")
            yield text.format(name=sheet.name)


def _no_column(head: TableHead, year: int) -> CellProblem:
    why = _("không thấy đúng một cột «Thực hiện» năm {year}", year=year)
    write = _("ghi rõ năm ở đầu cột, mỗi năm một cột")
    return problem_in(head.sheet.name, None, why, write, "columns")


def _read_table(head: TableHead, names: Names, found: Submission) -> None:
    """Add a table's entries, and ask about what is not understood of its columns."""
    if any(told.answer in DROPPED for told in head.lines):
        _say_answered(head, names, found)
        return
    column, year = actual_column(head, found.year), found.year
    own = head.columns.get(column) if column else None
    beside = [
        heading
        for heading in head.of("asked").values()
        if heading.year in (year, None) and _speaks(heading, own)
    ]
    ask_columns(head, beside, found)
    if own is None:
        if beside:
            at = next(at for at, h in head.columns.items() if h is beside[0])
            _count(head, at, names, found)
        else:
            found.problems.append(_no_column(head, year))
    elif words := other_period(head, own, year):
        ask(head, own.texts[-1], words, "period", found)
        _count(head, column, names, found)
    else:
        _add_entries(head, [*table_rows(head, column, names, year)], names, found)


def _speaks(heading: Heading, own: Heading | None) -> bool:
    """Tell whether a column speaks of results in words that the actual's has not."""
    same = {told.cell.value for told in own.texts} if own else set()
    texts = (told.said.tags for told in heading.texts if told.cell.value not in same)
    return own is None or any(RESULT & {*tags} for tags in texts)


def _count(head: TableHead, at: int, names: Names, found: Submission, as_="asked"):
    rows = [row.entry for row in table_rows(head, at, names, found.year or 0)]
    found.rows[as_] += sum(entry is not None for entry in rows)
    found.rows["without"] += rows.count(None)


def _add_entries(head: TableHead, rows: list[Row], names: Names, found: Submission):
    name, entries = head.sheet.name, [row.entry for row in rows if row.entry]
    end = _signed_from(head, max((e.row for e in entries if e.indicator), default=0))
    left = [e for e in entries if e.row >= end and not _is_figure(e)]
    if left:
        text = _("trang «{name}»: từ dòng {row} là phần ký, ghi chú, không đọc")
        found.notes.append(text.format(name=name, row=end))
    for row in rows:
        entry = row.entry
        if entry is None:
            found.rows["without"] += row.row < end
        elif bare(names.parted(entry.name)[0]) in TOTALS:
            text = _("trang «{name}»: dòng {row} là dòng tổng, không đọc")
            found.notes.append(text.format(name=name, row=entry.row))
            found.rows["passed"] += 1
        elif entry in left:
            found.rows["passed"] += 1
        elif row.wide:
            found.rows["refused"] += 1
            found.problems.append(_wide(head, row))
        else:
            _add_entry(head, row, names, found)


def _add_entry(head: TableHead, row: Row, names: Names, found: Submission) -> None:
    """Add an entry, unless something above it is not understood, or is another's."""
    groups = [told for group in row.groups for told in group.told]
    known = bare(names.shown.get(row.entry.indicator, ""))
    asked = False
    for told in [*head.lines, *groups] if known else ():
        words = [words for words in told.left if not _is_part(words, known)]
        words += [told.parts(found.year)] if told.place == "group" else []
        if said := ", ".join(filter(None, words)):
            asked = True
            ask(head, told, said, told.place, found)
    for cell in row.aside if known else ():
        asked = _ask_aside(head, cell, found) or asked
    if any(told.answer in DROPPED for told in groups):
        found.rows["passed"] += 1
        text = _("trang «{name}»: dòng {row} không đọc, theo trả lời về nhóm ở trên")
        found.notes.append(text.format(name=head.sheet.name, row=row.row))
    elif asked:
        found.rows["asked"] += 1
    else:
        found.entries.append(row.entry)


def _is_part(words: str, name: str) -> bool:
    """Tell whether words are some of an indicator's name, and no other place's."""
    own = f" {bare(words)} " in f" {name} "
    return own and not ELSEWHERE.match(plain(words))


def _ask_aside(head: TableHead, cell, found: Submission) -> bool:
    """Ask about the column of a text that may say whose a row's figure is."""
    told = head.tell(cell._replace(value=text_of(cell)), "group")
    if not (told.left or told.parts()):
        return False
    if heading := head.columns.get(cell.column):
        told = heading.texts[-1]
    kind = "layout" if told.place == "heading" else told.place
    if not told.answer:
        ask(head, told, str(told.cell.value), kind, found)
    return not told.answer


def _wide(head: TableHead, row: Row) -> CellProblem:
    widths, first = head.sheet.widths, head.rows[-1]
    why = _("dòng {row} có {count} ô, dòng đầu bảng có {wanted} ô")
    count, wanted = widths[row.row], max(widths.get(at, 0) for at in head.rows)
    why = why.format(row=row.row, count=count, wanted=wanted)
    write = _(
        'hãy đặt số có dấu phẩy trong ngoặc kép, ví dụ "97,5", hoặc lưu thành .xlsx'
    )
    cell = head.sheet.cells.get((row.row, min(head.of("name"), default=first)))
    return problem_in(head.sheet.name, cell, why, write, "width")


def _signed_from(head: TableHead, last: int) -> int:
    """Return the row below a table's indicators in which its signatures begin."""
    signed = (
        row
        for (row, _at), cell in head.sheet.cells.items()
        if last < row <= head.last_row and row >= head.first_row
        if SIGNED.match(plain(text_of(cell)))
    )
    return min(signed, default=head.last_row + 1)


def _is_figure(entry) -> bool:
    cell = entry.cells.get("actual")
    text = text_of(cell)[:1] if cell is None or isinstance(cell.value, str) else "1"
    return text.isdigit()
