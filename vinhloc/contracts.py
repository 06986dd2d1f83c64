"""What every file must satisfy; all problems are collected and raised once.

pandera checks each file: it validates lazily (every fault at once, with its row) on
plain pandas frames and knows composite keys. Cells are checked as the text that was
typed, so that a message can quote it, and converted afterwards.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from vinhloc.language import _

NUMBER = r"-?\d+(\.\d+)?"
YEAR = r"(19|20)\d\d"
DATE = r"\d{4}-\d{2}-\d{2}"
PARTIAL_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
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
    """The columns of a file and its key (no two rows may share it)."""

    columns: Mapping[str, Kind]
    key: tuple[str, ...] = ()


def read_table(path: Path, contract: Contract, *, name: str) -> pd.DataFrame:
    """Read a CSV as typed frame with its row numbers in column `row`.

    Raises ProblemsFound with every fault: encoding, shape, columns, cells, key.
    """
    text = read_text(path, name=name)
    try:
        frame = pd.read_csv(
            io.StringIO(text), dtype="str", keep_default_na=False, na_values=[""]
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        line = re.search(r"line (\d+)", str(error))
        shape = _("bảng hỏng: số cột không khớp với dòng tiêu đề, hoặc tệp rỗng")
        raise ProblemsFound(
            [Problem(name, int(line[1]) if line else None, "", "", shape)]
        ) from None
    if not isinstance(frame.index, pd.RangeIndex):
        shape = _("bảng hỏng: số cột không khớp với dòng tiêu đề, hoặc tệp rỗng")
        raise ProblemsFound([Problem(name, None, "", "", shape)])
    return convert(check_table(frame, contract, name=name), contract)


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


def check_table(frame: pd.DataFrame, contract: Contract, *, name: str) -> pd.DataFrame:
    """Return the frame (all text) unchanged, or raise ProblemsFound."""
    import pandera.pandas as pa

    def column(kind: Kind) -> pa.Column:
        check = (
            pa.Check.isin(kind.options)
            if kind.options
            else pa.Check.str_matches(rf"^(?:{kind.pattern})$")
        )
        return pa.Column(checks=check, nullable=kind.optional)

    schema = pa.DataFrameSchema(
        {column_name: column(kind) for column_name, kind in contract.columns.items()},
        strict=True,
    )
    problems = []
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        problems = [
            _problem(case, contract, name)
            for case in error.failure_cases.to_dict("records")
        ]
    problems += _repeated_keys(frame, contract, name)
    problems += _impossible_dates(frame, contract, name)
    if problems:
        raise ProblemsFound(problems)
    return frame


def _problem(case: Mapping, contract: Contract, name: str) -> Problem:
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
        int(case["index"]) + 2,
        case["column"],
        _("(trống)") if found != found else str(found),
        _(kind.expected).format(options=", ".join(kind.options)),
    )


def _repeated_keys(frame: pd.DataFrame, contract: Contract, name: str):
    key = [column for column in contract.key if column in frame]
    if not key or len(key) < len(contract.key):
        return []
    again = frame[frame.duplicated(key, keep=False)]
    found = again[key].fillna("").itertuples(name=None)
    return [
        Problem(name, row + 2, ", ".join(key), " ".join(values), _("khóa bị lặp lại"))
        for row, *values in found
    ]


def _impossible_dates(frame: pd.DataFrame, contract: Contract, name: str):
    problems = []
    for column, kind in contract.columns.items():
        if kind.becomes != "date" or column not in frame:
            continue
        cells = frame[column].dropna()
        shaped = cells[cells.str.fullmatch(DATE)]
        wrong = shaped[pd.to_datetime(shaped, errors="coerce").isna()]
        problems += [
            Problem(name, int(row) + 2, column, value, _("không có ngày này"))
            for row, value in wrong.items()
        ]
    return problems


def convert(frame: pd.DataFrame, contract: Contract) -> pd.DataFrame:
    """Return the checked text frame with typed columns and `row` (the file's line)."""
    typed = {}
    for column, kind in contract.columns.items():
        cells = frame[column]
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
    return pd.DataFrame(typed).assign(row=frame.index + 2)


def empty_table(contract: Contract) -> pd.DataFrame:
    """Return the table of a file that is not there: its columns, no rows."""
    columns = pd.DataFrame(columns=list(contract.columns), dtype="str")
    return convert(columns, contract)


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
    strange = frame[~frame[column].isin(known)]
    return [
        Problem(
            file=name,
            row=int(row),
            column=column,
            found=found,
            expected=_("không có trong {among}", among=among),
        )
        for row, found in zip(strange["row"], strange[column], strict=True)
    ]
