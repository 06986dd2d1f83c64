"""What every file must satisfy; all problems are collected and raised once.

pandera checks each file: it validates lazily (every fault at once, with its row) on
plain pandas frames and knows composite keys. Cells are checked as the text that was
typed, so that a message can quote it, and converted afterwards.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from vinhloc.language import _

NUMBER = r"-?\d+(\.\d+)?"
YEAR = r"(19|20)\d\d"
DATE = r"\d{4}-\d{2}-\d{2}"
PARTIAL_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
ROW = "row"  # the column that holds the line of a file
SLUG = r"[a-z0-9]+([_-][a-z0-9]+)*"


@dataclass(frozen=True)
class Problem:
    """One thing that stops: where it is, what was found, what was expected."""

    file: str
    row: int | None
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        """Return one line: file, row, column, what was found, what was expected."""
        row = _("dòng {row}", row=self.row) if self.row else ""
        column = _("cột «{column}»", column=self.column) if self.column else ""
        place = ", ".join(part for part in (self.file, row, column) if part)
        found = _("có «{found}»; ", found=self.found) if self.found else ""
        return f"{place}: {found}{self.expected}"


class ProblemsFound(ValueError):
    """Raised with every problem of a programme at once (attribute `problems`)."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(
            set(problems), key=lambda p: (p.file, p.row or 0, p.column)
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self):
        """Let it travel between processes."""
        return type(self), (self.problems,)


@dataclass(frozen=True)
class Kind:
    """The kind of a column: which texts it takes and what it becomes."""

    expected: str
    pattern: str = ".+"
    optional: bool = False
    becomes: str = "text"  # text, number, whole, flag, date
    options: tuple[str, ...] = ()


def _lazy(text: str) -> str:
    return text  # marks a text for the catalogue; translated when it is shown


TEXT = Kind(_lazy("cần có chữ"), r"[\s\S]*\S[\s\S]*")
FREE = Kind("", r"[\s\S]*", optional=True)
KEY = Kind(
    _lazy("cần mã gồm chữ thường a-z, số, gạch nối, gạch dưới"),
    SLUG,
)
KEY_OR_ALL = Kind(_lazy("cần mã, hoặc * cho tất cả"), rf"\*|{SLUG}")
NUM = Kind(_lazy("cần số viết kiểu 1234.5"), NUMBER, becomes="number")
WHOLE = Kind(_lazy("cần số nguyên"), r"\d+", becomes="whole")
YEARS = Kind(_lazy("cần năm, ví dụ 2023"), YEAR, becomes="whole")
DAY = Kind(_lazy("cần ngày kiểu 2023-12-31"), DATE, becomes="date")
FLAG = Kind(_lazy("cần true hoặc false"), "true|false", becomes="flag")


def one_of(*options: str) -> Kind:
    """Return the kind of a column with a fixed list of values."""
    return Kind(_lazy("cần một trong: {options}"), options=options)


def maybe(kind: Kind) -> Kind:
    """Return the same kind, with empty cells allowed."""
    return Kind(kind.expected, kind.pattern, True, kind.becomes, kind.options)


@dataclass(frozen=True)
class Contract:
    """The columns of a file, its key (no two rows may share it), what it may lack."""

    columns: Mapping[str, Kind]
    key: tuple[str, ...] = ()
    may_lack: frozenset[str] = frozenset()


def read_cells(path: Path, *, name: str) -> pd.DataFrame:
    """Read a CSV as the text in its cells, with each row's line in column `row`.

    Empty cells are missing; blank lines are passed over. Raises ProblemsFound for a
    wrong encoding, an empty file, a column named twice or rows of another length.
    """
    lines = csv.reader(io.StringIO(read_text(path, name=name)))
    try:
        found = [(lines.line_num, cells) for cells in lines if any(cells)]
    except csv.Error as error:
        raise ProblemsFound(
            [
                Problem(
                    name, lines.line_num, "", "", _("CSV không hợp lệ: ") + str(error)
                )
            ]
        ) from None
    if not found:
        raise ProblemsFound([Problem(name, None, "", "", _("tệp rỗng"))])
    (_line, header), *rows = found
    shape = _("cần {count} ô như dòng tiêu đề", count=len(header))
    problems = [
        Problem(name, row, "", _("{count} ô", count=len(cells)), shape)
        for row, cells in rows
        if len(cells) != len(header)
    ]
    twice = {column for column in header if header.count(column) > 1}
    advice = _("cột bị lặp lại")
    problems += [Problem(name, 1, column, "", advice) for column in twice]
    if problems:
        raise ProblemsFound(problems)
    frame = pd.DataFrame([cells for _row, cells in rows], columns=header, dtype="str")
    return frame.replace("", None).assign(**{ROW: [row for row, _cells in rows]})


def read_text(path: Path, *, name: str) -> str:
    """Read a UTF-8 file (a byte-order mark is dropped); raise ProblemsFound."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = path.read_bytes()[: error.start].count(b"\n") + 1
        advice = _("không phải UTF-8: hãy lưu lại kiểu «CSV UTF-8»")
        raise ProblemsFound([Problem(name, row, "", "", advice)]) from None
    except OSError as error:
        advice = _("không đọc được tệp: {why}", why=error.strerror or "")
        raise ProblemsFound([Problem(name, None, "", "", advice)]) from None


def table_problems(
    frame: pd.DataFrame, contract: Contract, *, name: str
) -> list[Problem]:
    """Return every problem of a table of texts: columns, cells, keys, dates."""
    import pandera.pandas as pa

    def column(name: str, kind: Kind) -> pa.Column:
        check = (
            pa.Check.isin(kind.options)
            if kind.options
            else pa.Check.str_matches(rf"^(?:{kind.pattern})$")
        )
        needed = name not in contract.may_lack
        return pa.Column(checks=check, nullable=kind.optional, required=needed)

    columns = {name: column(name, kind) for name, kind in contract.columns.items()}
    schema = pa.DataFrameSchema(columns, strict=True)
    problems = []
    try:
        schema.validate(frame.drop(columns=ROW), lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.to_dict("records")
        problems = [_problem(case, frame, contract, name) for case in cases]
    return [
        *problems,
        *_repeated_keys(frame, contract, name),
        *_impossible_dates(frame, contract, name),
    ]


def _problem(case: Mapping, frame, contract: Contract, name: str) -> Problem:
    if case["check"] == "column_in_dataframe":
        return Problem(name, 1, case["failure_case"], "", _("thiếu cột này"))
    if case["check"] == "column_in_schema":
        known = ", ".join(contract.columns)
        unknown = _(
            "cột không có trong quy định; các cột của bảng: {known}", known=known
        )
        return Problem(name, 1, case["failure_case"], "", unknown)
    kind = contract.columns[case["column"]]
    found = case["failure_case"]
    return Problem(
        name,
        int(frame[ROW].iloc[int(case["index"])]),
        case["column"],
        _("(trống)") if found != found or found is None else str(found),
        _(kind.expected).format(options=", ".join(kind.options)),
    )


def _repeated_keys(frame: pd.DataFrame, contract: Contract, name: str):
    key = [*contract.key]
    if not key or not set(key) <= set(frame):
        return []
    again = frame[frame.duplicated(key, keep=False)].fillna("")
    return [
        Problem(name, row, ", ".join(key), " ".join(values), _("khóa bị lặp lại"))
        for row, *values in again[[ROW, *key]].itertuples(index=False, name=None)
    ]


def _impossible_dates(frame: pd.DataFrame, contract: Contract, name: str):
    """Return the cells that look like a date (or the start of one) but are none."""
    problems = []
    for column, kind in contract.columns.items():
        if kind.pattern not in (DATE, PARTIAL_DATE) or column not in frame:
            continue
        cells = frame[column].dropna()
        shaped = cells[cells.str.fullmatch(kind.pattern)]
        whole = (shaped + "-01-01").str[:10].where(shaped.str.len() < 7, shaped)
        whole = (whole + "-01").where(whole.str.len() == 7, whole)
        wrong = shaped[pd.to_datetime(whole, errors="coerce").isna()]
        problems += [
            Problem(name, int(frame[ROW][at]), column, value, _("không có ngày này"))
            for at, value in wrong.items()
        ]
    return problems


def convert(frame: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """Return the table of texts, free of problems, with typed columns and `row`."""
    typed = {}
    for column, kind in contract.columns.items():
        cells = frame.get(column, pd.Series(None, frame.index, dtype="str"))
        match kind.becomes:
            case "number":
                typed[column] = cells.astype("float64")
            case "whole":
                typed[column] = cells.astype("Int64" if kind.optional else "int64")
            case "flag":
                typed[column] = cells == "true"
            case "date":
                typed[column] = pd.to_datetime(cells)
            case _:
                typed[column] = cells.fillna("") if kind.optional else cells
    return pd.DataFrame(typed).assign(**{ROW: frame[ROW]})


def empty_table(contract: Contract) -> pd.DataFrame:
    """Return the table of a file that is not there: its columns, no rows."""
    columns = pd.DataFrame(columns=[*contract.columns], dtype="str")
    return convert(columns.assign(**{ROW: pd.Series(dtype="int64")}), contract)


def check_known(
    frame: pd.DataFrame,
    column: str,
    known: Iterable[str],
    *,
    name: str,
    among: str,
) -> list[Problem]:
    """Return a problem for each cell that names something no table has.

    Empty cells and `*` name nothing. `frame` has the column and `row`.
    """
    known = {*known, "", "*"}
    cells = frame[column].fillna("")
    strange = frame[~cells.isin(known)]
    return [
        Problem(
            file=name,
            row=int(row),
            column=column,
            found=found,
            expected=_("không có trong {among}", among=among),
        )
        for row, found in zip(strange[ROW], strange[column], strict=True)
    ]
