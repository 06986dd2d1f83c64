"""Take a workbook apart into entries: our form, or any tables that are recognised."""

from __future__ import annotations

import re

from vinhloc.figures import _, plain
from vinhloc.office.files import Cell, OfficeFile, Sheet
from vinhloc.office.form_entries import identity_of, read_form
from vinhloc.office.headings import (
    BEFORE,
    Heading,
    TableHead,
    find_tables,
    is_numbering,
    no_actual,
    other_period,
    years_of,
)
from vinhloc.office.names import Names, bare
from vinhloc.office.submission import (
    CellProblem,
    Entry,
    Submission,
    filled_cells,
    layout_problem,
    problem_in,
    text_of,
)

TOTALS = {"cộng", "tổng", "tổng số", "tổng cộng"}
# What begins the part below a table in which it is dated and signed.
SIGNED = re.compile(
    r"\(?(?:ký|đã ký)\b|người lập|lập biểu|kế toán|thủ trưởng|(?:phó )?chủ tịch|"
    r"tm\b|t/m\b|kt\b|nơi nhận|ghi chú|văn phòng|công chức|xác nhận|đại diện|"
    r".*ngày \S+ tháng \S+ năm"
)


def read_submission(file: OfficeFile, names: Names, programme, year: int | None):
    """Return a workbook's Submission; its problems are those of its layout."""
    if told := identity_of(file, programme):
        found = read_form(file, told, names, programme)
        if year and found.year and year != found.year:
            why = _("biểu này của năm {year}", year=found.year)
            write = _("hãy bỏ --year, hoặc tạo biểu của đúng năm bằng vinhloc form")
            found.problems.append(layout_problem(why, write))
        return found
    return _read_tables(file, names, year)


def _read_tables(file: OfficeFile, names: Names, year: int | None) -> Submission:
    found = Submission()
    shown = [sheet for sheet in file.sheets if not sheet.hidden]
    heads = [head for sheet in shown for head in find_tables(sheet, names.units)]
    for sheet in file.sheets:
        if sheet.hidden and sheet.cells:
            found.notes.append(_("trang ẩn «{name}» không đọc", name=sheet.name))
    if not heads:
        found.problems += _without_results(shown, names)
        return found
    found.year = year or _only_year(heads)
    if found.year is None:
        why = _("không rõ bảng của năm nào")
        found.problems.append(layout_problem(why, _("thêm --year, ví dụ --year 2024")))
        return found
    _read_own(heads, names, found)
    found.notes += _without_table(shown, [head.sheet for head in heads], names)
    return found


def _without_results(shown: list[Sheet], names: Names) -> list[CellProblem]:
    """Return what is wrong with sheets in which no table is recognised."""
    why = _("cột này không phải kết quả của cả năm")
    write = _("hãy thêm cột «Thực hiện năm …» ghi kết quả cả năm")
    found = [
        problem_in(sheet.name, cell, why, write, "layout")
        for sheet in shown
        if (cell := no_actual(sheet, names.units))
    ]
    why = _("không thấy bảng nào có cột «Chỉ tiêu» và cột «Thực hiện»")
    return found or [layout_problem(why, _("ghi tên hai cột này ở đầu bảng"))]


def _read_own(heads: list[TableHead], names: Names, found: Submission) -> None:
    """Read the tables of the year, name those of other years."""
    named = {_own_year(head) for head in heads} - {None}
    latest = max(named, default=found.year)
    others = [_of_other_years(head, found.year, latest) for head in heads]
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


def _own_year(head: TableHead) -> int | None:
    """Return the latest year of a table's actuals, or the only one of its title."""
    years = {heading.year for heading in head.of("actual").values()} - {None}
    titles = years_of(head.title)
    return max(years or (titles if len(titles) == 1 else ()), default=None)


def _only_year(heads: list[TableHead]) -> int | None:
    """Return the year that titles, else plans, else actuals name as the only one."""
    titles = {year for head in heads for year in years_of(head.title)}
    plans, actuals = (
        [h.year for head in heads for h in head.of(role).values()]
        for role in ("plan", "actual")
    )
    named = set(actuals)
    for years in (titles, set(plans) - {None}, named):
        found = years if None in named else years & named
        if len(found - {None}) == 1 and (years is not named or None not in named):
            return found.pop()
    return None


def _of_other_years(head: TableHead, year: int, latest: int) -> bool:
    """Tell whether a table is of others: by its columns, its title, its workbook."""
    years = {heading.year for heading in head.of("actual").values()}
    if None in years and year not in years:
        return year not in (years_of(head.title) or {latest})
    return year not in years


def _no_column(head: TableHead, year: int) -> CellProblem:
    why = _("không thấy đúng một cột «Thực hiện» năm {year}", year=year)
    write = _("ghi rõ năm ở đầu cột, mỗi năm một cột")
    return problem_in(head.sheet.name, None, why, write, "columns")


def _read_table(head: TableHead, names: Names, found: Submission) -> None:
    """Add a table's entries, or say why none of its columns is the actual's."""
    column, sheet = _actual_column(head, found.year), head.sheet
    if column is None:
        found.problems.append(_no_column(head, found.year))
        return
    heading = head.columns[column]
    if words := other_period(head, heading, found.year):
        why = _("tiêu đề của bảng nói về «{words}»", words=words)
        write = _("nếu là số cả năm, hãy ghi «cả năm {year}» ở đầu cột này")
        write = write.format(year=found.year)
        cell = sheet.cells[heading.cell[:2]]
        found.problems.append(problem_in(sheet.name, cell, why, write, "period"))
        return
    rows: dict[int, list[Cell]] = {}
    for (row, _at), cell in sheet.cells.items():
        if head.first_row <= row <= head.last_row:
            rows.setdefault(row, []).append(cell)
    entries = list(_table_entries(head, rows, column, names, found.year))
    end = _signed_from(rows, entries)
    left = [entry for entry in entries if entry.row >= end and not _is_figure(entry)]
    if left:
        text = _("trang «{name}»: từ dòng {row} là phần ký, ghi chú, không đọc")
        found.notes.append(text.format(name=sheet.name, row=end))
    for entry in entries:
        if bare(names.parted(entry.name)[0]) in TOTALS:
            text = _("trang «{name}»: dòng {row} là dòng tổng, không đọc")
            found.notes.append(text.format(name=sheet.name, row=entry.row))
        elif entry not in left:
            found.entries.append(entry)


def _signed_from(rows: dict[int, list[Cell]], entries: list[Entry]) -> int:
    """Return the row below a table's indicators in which its signatures begin."""
    last = max((entry.row for entry in entries if entry.indicator), default=0)
    signed = (
        row
        for row, cells in rows.items()
        if row > last and any(SIGNED.match(plain(text_of(cell))) for cell in cells)
    )
    return min(signed, default=max(rows, default=0) + 1)


def _is_figure(entry: Entry) -> bool:
    value = entry.cells["actual"].value
    return not isinstance(value, str) or value.strip()[:1].isdigit()


def _actual_column(head: TableHead, year: int) -> int | None:
    columns = head.of("actual")
    for own in (year, None):
        found = [at for at, heading in columns.items() if heading.year == own]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _table_entries(head: TableHead, rows, actual: int, names: Names, year: int):
    heading, named = head.columns[actual], {at: at for at in head.of("name")}
    plans = _of_year(head.of("plan"), actual, year)
    percents = _of_year(head.of("percent"), actual, year)
    percents = [at for at in percents if _is_of_plan(head.columns[at], year)]
    own = {f"plan {number}": at for number, at in enumerate(plans)}
    own |= {"actual": actual} | ({"percent": percents[0]} if percents else {})
    stated = [cell for at in (actual, *plans) for cell in head.columns[at].units]
    for row in sorted(rows):
        if row <= head.first_row + 1 and is_numbering(rows[row]):
            continue
        cells = filled_cells(head.sheet, row, own)
        if "actual" not in cells:
            continue
        for cell in filled_cells(head.sheet, row, named).values():
            cells["name"] = cell  # under a wide heading the innermost, not its group
        name, hidden = text_of(cells.get("name")), cells["actual"].doubt == "hidden"
        units = (*_own_units(head, cells.get("name"), row, names), *stated)
        place, indicator = (head.sheet.name, row), names.find(name)
        yield Entry(*place, indicator, name, cells, hidden, heading, units)


def _own_units(head: TableHead, name: Cell | None, row: int, names: Names):
    """Return a row's own unit, of its column and behind its name, else the table's."""
    column = next(iter(head.of("unit")), 0)
    found = [*filled_cells(head.sheet, row, {"unit": column}).values()]
    unit = names.parted(text_of(name))[1]
    found += [name._replace(value=unit)] if unit else []
    return found or head.units


def _is_of_plan(heading: Heading, year: int) -> bool:
    """Tell whether a percentage is that of the plan, not of growth."""
    growth = rf"tăng|giảm|chênh|tốc độ|{BEFORE}|{year - 1}"
    return not re.search(growth, heading.text)


def _of_year(columns: dict[int, Heading], actual: int, year: int) -> list[int]:
    """Return the columns of that year, or of none, the nearest first."""
    own = [at for at, heading in columns.items() if heading.year in (year, None)]
    return sorted(own, key=lambda at: abs(at - actual))
