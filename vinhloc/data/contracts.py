"""What every file must satisfy; all problems are collected and raised once.

pandera checks each file: it validates lazily (every fault at once, with its row) on
plain pandas frames and knows composite keys. Cells are checked as the text that was
typed, so that a message can quote it, and converted afterwards.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from vinhloc.data.intake import (
    ROW,
    UNREAD,
    Problem,
    ProblemsFound,
    in_house_style,
    not_yet_told,
    read_cells,
    read_rows,
)
from vinhloc.figures import _, code_points, foreign_letters, later_

if TYPE_CHECKING:
    import pandera.pandas as pa

__all__ = ["Problem", "ProblemsFound", "not_yet_told", "read_cells", "read_rows"]

ENGLISH = "_en"  # the end of a column's name
# As many digits as a number of the computer keeps, and no more: never infinite.
NUMBER = r"-?[0-9]{1,15}(\.[0-9]{1,15})?"
YEAR = r"(19|20)[0-9]{2}"
DATE = rf"{YEAR}-[0-9]{{2}}-[0-9]{{2}}"
PARTIAL_DATE = rf"{YEAR}(-[0-9]{{2}}(-[0-9]{{2}})?)?"
# A key names a page and stands in CSV: left out are the devices of Windows, and words
# that a reader of CSV takes for no text.
SLUG = r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|nan|null|none|true|false)\Z)"
SLUG += r"(?=.{1,80}\Z)"
SLUG += r"[a-z0-9]+([_-][a-z0-9]+)*"
WEB = r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/\S*)?"  # no name, no password before it


@dataclass(frozen=True)
class Kind:
    """The kind of a column: which texts it takes and what it becomes."""

    expected: str
    pattern: str = ".+"
    optional: bool = False
    becomes: str = "text"  # text, number, whole, flag, date
    options: tuple[str, ...] = ()
    naming: bool = False  # its letters are those of Vietnamese and English

    def fault(self, text: str) -> str:
        """Return what is expected in place of a text; "" where nothing is wrong."""
        known = not self.options or text in self.options
        if not (known and re.fullmatch(self.pattern, text)):  # whole, line feed or not
            return _(self.expected).format(options=", ".join(self.options))
        if self.pattern in (DATE, PARTIAL_DATE) and not _is_day(text):
            return _("không có ngày này")
        if self.naming and (letters := foreign_letters(text)):
            advice = _("chữ không phải của tiếng Việt {named}; hãy gõ lại")
            return advice.format(named=code_points(letters))
        return ""


TEXT = Kind(later_("cần có chữ"), r"[\s\S]*\S[\s\S]*")
FREE = Kind("", r"[\s\S]*", optional=True)
NAME = Kind(TEXT.expected, TEXT.pattern, naming=True)
ADDRESS = Kind(later_("cần địa chỉ kiểu https://…, không có dấu cách"), WEB, True)
KEY = Kind(
    later_("cần mã gồm chữ thường a-z, số, gạch nối, gạch dưới"),
    SLUG,
)
KEY_OR_ALL = Kind(later_("cần mã, hoặc * cho tất cả"), rf"\*|{SLUG}")
NUM = Kind(later_("cần số viết kiểu 1234.5"), NUMBER, becomes="number")
FACTOR = Kind(
    later_("cần số lớn hơn 0"), rf"(?!0*(\.0*)?\Z){NUMBER[2:]}", becomes="number"
)
AMOUNT = Kind(later_("cần số không âm, viết kiểu 1234.5"), NUMBER[2:], becomes="number")
WHOLE = Kind(later_("cần số nguyên"), "[0-9]{1,6}", becomes="whole")
RANK = Kind(later_("cần bậc từ 1 trở lên"), "[1-9][0-9]?", becomes="whole")
DECIMALS = Kind(later_("cần số từ 0 đến 6"), "[0-6]", becomes="whole")
MONTH = Kind(later_("cần tháng, từ 1 đến 12"), "0?[1-9]|1[0-2]", becomes="whole")
YEARS = Kind(later_("cần năm, ví dụ 2023"), YEAR, becomes="whole")
DAY = Kind(later_("cần ngày kiểu 2023-12-31"), DATE, becomes="date")
FLAG = Kind(later_("cần true hoặc false"), "true|false", becomes="flag")


def one_of(*options: str) -> Kind:
    """Return the kind of a column with a fixed list of values."""
    return Kind(later_("cần một trong: {options}"), options=options)


def maybe(kind: Kind) -> Kind:
    """Return the same kind, with empty cells allowed."""
    return replace(kind, optional=True)


@dataclass(frozen=True)
class Contract:
    """The columns of a file, its key (no two rows may share it), what it may lack.

    English may be lacking everywhere: the cells of a column, and the column.
    """

    columns: Mapping[str, Kind]
    key: tuple[str, ...] = ()
    may_lack: frozenset[str] = frozenset()

    def may_be_empty(self, name: str) -> bool:
        """Tell whether a column may have empty cells."""
        return self.columns[name].optional or name.endswith(ENGLISH)

    @cached_property
    def schema(self) -> pa.DataFrameSchema:
        """What pandera checks of a table of texts."""
        import pandera.pandas as pa

        def column(name: str, kind: Kind) -> pa.Column:
            check = pa.Check(lambda cell: not kind.fault(cell), element_wise=True)
            needed = name not in self.may_lack and not name.endswith(ENGLISH)
            empty = self.may_be_empty(name)
            return pa.Column(checks=check, nullable=empty, required=needed)

        columns = {name: column(name, kind) for name, kind in self.columns.items()}
        return pa.DataFrameSchema(columns, strict=True)

    @cached_property
    def empty(self) -> pd.DataFrame:
        """The table of a file that is not there: its columns, no rows."""
        columns = pd.DataFrame(columns=[*self.columns], dtype="str")
        return convert(columns.assign(**{ROW: pd.Series(dtype="int64")}), self)


def read_table(
    path: Path, contract: Contract, problems: list[Problem], *, name: str
) -> dict[str, pd.DataFrame]:
    """Return a file's cells as text, by its name; {} where it cannot be read.

    What Excel has made of them is undone. Its problems are added to those that are
    given.
    """
    kinds = contract.columns.items()
    try:
        read = in_house_style(
            read_rows(path, name=name),
            name=name,
            numbers=[column for column, kind in kinds if kind.becomes == "number"],
            days=[c for c, kind in kinds if kind.pattern in (DATE, PARTIAL_DATE)],
            flags=[c for c, kind in kinds if kind is FLAG or "true" in kind.options],
        )
    except ProblemsFound as raised:
        problems += raised.problems
        return {}
    problems += read.problems
    found = table_problems(read.frame, contract, name=name)
    problems += not_yet_told(found, [*read.problems, *read.gathered])
    return {name: read.frame}


def table_problems(
    frame: pd.DataFrame, contract: Contract, *, name: str
) -> list[Problem]:
    """Return every problem of a table of texts: columns, cells, keys."""
    from pandera.errors import SchemaErrors

    problems = []
    try:
        contract.schema.validate(frame.drop(columns=ROW), lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases.to_dict("records")
        problems = [_problem(case, frame, contract, name) for case in cases]
    return [*problems, *_repeated_keys(frame, contract, name)]


def _problem(case: Mapping, frame, contract: Contract, name: str) -> Problem:
    if case["check"] == "column_in_dataframe":
        return Problem(name, 1, case["failure_case"], "", _("thiếu cột này"))
    if case["check"] == "column_in_schema":
        known = ", ".join(contract.columns)
        unknown = _(
            "cột không có trong quy định; các cột của bảng: {known}", known=known
        )
        return Problem(name, 1, case["failure_case"], "", unknown)
    kind, found = contract.columns[case["column"]], case["failure_case"]
    empty = found != found or found is None
    return Problem(
        name,
        int(frame[ROW].iloc[int(case["index"])]),
        case["column"],
        _("(trống)") if empty else found,
        kind.fault("" if empty else found),
    )


def _repeated_keys(frame: pd.DataFrame, contract: Contract, name: str):
    lacking = contract.may_lack - set(frame)
    key = [column for column in contract.key if column not in lacking]
    if not key or not set(key) <= set(frame):
        return []
    again = frame[frame.duplicated(key, keep=False)].fillna("")
    return [
        Problem(name, row, ", ".join(key), " ".join(values), _("khóa bị lặp lại"))
        for row, *values in again[[ROW, *key]].itertuples(index=False, name=None)
    ]


def _is_day(text: str) -> bool:
    """Tell whether a date, or the start of one, is in the calendar."""
    try:
        return bool(datetime.date.fromisoformat(f"{text}-01-01"[:10]))
    except ValueError:
        return False


def without_faults(
    frame: pd.DataFrame | None, problems: Iterable[Problem], *, name: str
) -> pd.DataFrame:
    """Return a table of texts without the cells that have a problem.

    So that what lies across rows and tables is told beside what is wrong with cells.
    For a table that could not be read (None), or has faults and no row, there is one
    row of which nothing is known.
    """
    own = [problem for problem in problems if problem.file == name]
    if frame is None or (own and frame.empty):
        return pd.DataFrame({ROW: [UNREAD]})
    faulty = {}
    for problem in own:
        if problem.column in frame:
            faulty.setdefault(problem.column, set()).add(problem.row)
    sound = {
        column: frame[column].mask(frame[ROW].isin(rows))
        for column, rows in faulty.items()
    }
    return frame.assign(**sound)


def convert(frame: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """Return the table of texts with typed columns and `row`; its cells are sound."""
    typed = {}
    for column, kind in contract.columns.items():
        cells = frame.get(column, pd.Series(None, frame.index, dtype="str"))
        match kind.becomes:
            case "number":
                typed[column] = cells.astype("float64")
            case "whole":
                lacking = kind.optional or cells.isna().any()
                typed[column] = cells.astype("Int64" if lacking else "int64")
            case "flag":
                typed[column] = cells == "true"
            case "date":
                typed[column] = pd.to_datetime(cells)
            case _:
                empty = contract.may_be_empty(column)
                typed[column] = cells.fillna("") if empty else cells
    return pd.DataFrame(typed).assign(**{ROW: frame[ROW]})


def check_known(
    frame: pd.DataFrame,
    column: str,
    known: Collection[str],
    *,
    name: str,
    among: str,
) -> list[Problem]:
    """Return a problem for each cell that names something no table has.

    Empty cells and `*` name nothing, and of a list with a gap nobody can tell what is
    not in it. `frame` has the column and `row`.
    """
    if any(map(pd.isna, known)):
        return []
    strange = frame[~frame[column].fillna("").isin({*known, "", "*"})]
    advice = _("không có trong {among}", among=among)
    return row_problems(strange, column, advice, name=name)


def row_problems(
    rows: pd.DataFrame, column: str, advice: str, *, name: str = ""
) -> list[Problem]:
    """Return a problem for the cell in a column of each of these rows.

    `name` is their file; without it, it stands in the column `file`.
    """
    cells = rows[column].astype("str").fillna("")
    files = [name] * len(rows) if name else rows["file"]
    places = zip(files, rows[ROW], cells, strict=True)
    return [Problem(file, int(row), column, cell, advice) for file, row, cell in places]
