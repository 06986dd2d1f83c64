"""programme.toml as what it states, and its faults of syntax in words."""

from __future__ import annotations

import re
from pathlib import Path

from vinhloc.data.folder import MOST_BYTES, PROGRAMME_FILE, parse_toml
from vinhloc.data.intake.cells import read_text
from vinhloc.data.intake.problems import Problem, ProblemsFound
from vinhloc.figures import _, later_

# What the parser of TOML says of a fault, and what is meant.
SYNTAX = {
    "Cannot overwrite": later_("khóa này đã ghi ở dòng khác"),
    "Cannot declare": later_("phần này đã ghi ở dòng khác"),
    "Expected '='": later_("sau tên khóa phải là dấu ="),
    "Expected ']'": later_("thiếu ngoặc vuông đóng"),
    "Unclosed array": later_("thiếu ngoặc vuông đóng"),
    "Unclosed inline table": later_("thiếu ngoặc nhọn đóng"),
    "Expected newline": later_("sau giá trị phải xuống dòng; ngày ghi kiểu 2026-01-15"),
    "Invalid value": later_(
        "giá trị là chữ phải ở trong dấu nháy kép; ngày ghi kiểu 2026-01-15"
    ),
    **dict.fromkeys(
        ("Unterminated string", 'Expected "'), later_("thiếu dấu nháy đóng")
    ),
    "Illegal character '\\n'": later_("thiếu dấu nháy kép đóng"),
    "Illegal character": later_("có ký tự không được phép"),
    **dict.fromkeys(
        ("Invalid initial character", "Invalid statement"),
        later_("tên khóa chỉ có chữ a-z, số, dấu _ hoặc -"),
    ),
    "escape sequence": later_("sau dấu \\ không phải ký hiệu của TOML; hãy ghi \\\\"),
    "Unescaped '\\'": later_("sau dấu \\ không phải ký hiệu của TOML; hãy ghi \\\\"),
    "nested too deeply": later_("lồng nhau quá sâu"),
    "out of range": later_("không có ngày này"),
    "Invalid date": later_("không có ngày này"),
}


def read_toml(folder: Path) -> dict:
    """Return what the programme.toml of a folder states; raise ProblemsFound."""
    text = read_text(folder / PROGRAMME_FILE, name=PROGRAMME_FILE, most=MOST_BYTES)
    try:
        return parse_toml(text)
    except ValueError as error:
        raise ProblemsFound([_syntax(str(error), text)]) from None


def _syntax(said: str, text: str) -> Problem:
    """Return what is wrong with a text that is no TOML, by what its parser said."""
    place = re.search(r"at line (\d+)", said)
    row = int(place[1]) if place else None
    found = text.splitlines()[row - 1].strip() if row else ""
    why = next((_(words) for start, words in SYNTAX.items() if start in said), "")
    advice = _("không đúng cú pháp TOML") + (f": {why}" if why else "")
    return Problem(PROGRAMME_FILE, row, "", found, advice)
