"""The words around a written figure: what they make of it, and what they rule out."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from vinhloc.language import _
from vinhloc.numerals import FigureProblem

NO_FIGURE = r"|[…⋯.]*…[…⋯.]*|\.{3,}"
EVENT_WORDS = {
    **dict.fromkeys(
        ("hoàn thành", "đã hoàn thành", "xong", "đã xong", "đạt", "có", "rồi"), 1
    ),
    **dict.fromkeys(("done", "met", "completed", "yes"), 1),
    **dict.fromkeys(
        ("chưa", "chưa hoàn thành", "chưa xong", "không đạt", "chưa đạt", "không"), 0
    ),
    **dict.fromkeys(("not done", "not met", "not yet", "no"), 0),
}
# A word ends where no letter, digit or mark of a letter follows.
END = r"(?![^\W_])"
BEFORE = r"(?<![^\W_])"
ESTIMATE = (
    rf"{BEFORE}(?:ước(?: tính)?|dự kiến|ưth|ước th)"
    rf"(?: (?:đạt|thực hiện|th|cả năm|hết năm|đến cuối năm|năm){END})*[ :]*"
)
LOWER = r"hơn|trên|tối thiểu|ít nhất|không dưới|không ít hơn|>=?|≥|⩾"
UPPER = r"gần|dưới|tối đa|nhiều nhất|không quá|không vượt quá|chưa đến|chưa tới"
UPPER += r"|chưa đầy|<=?|≤|⩽"
BOUNDS = (
    ("lower", rf"(?:{LOWER}) ?(?P<rest>\d.*?)(?: trở lên)?"),
    ("lower", r"(?:từ )?(?P<rest>\d.*?) trở lên"),
    ("upper", rf"(?:{UPPER}) ?(?P<rest>\d.*?)(?: trở xuống)?"),
    ("upper", r"(?:từ )?(?P<rest>\d.*?) trở xuống"),
)
JOINED = r"(?:-|–|—|÷|đến|tới)"
REDUCED = r"(?:đã )?giảm(?: được)? (?P<rest>\d[^/]*)"
NOTHING_LEFT = r"không còn(?: [^\W\d]+){0,4}|(?:đã )?hết"
LEVEL_WORDS = (
    rf"(?:đạt|đã đạt|duy trì|giữ|giữ vững|là|được|thực hiện|kết quả|tỷ lệ|"
    rf"(?:đã )?giảm (?:xuống )?còn|còn|chỉ còn|còn lại){END}[ :]*"
)
NUMBER_WORDS = (
    rf"{BEFORE}(?:một|hai|ba|bốn|bảy|tám|chín|mười|mươi|trăm|chục|rưỡi|nửa|tá|"
    rf"lăm|linh|lẻ){END}"
)


def check_refusals(clean: str, text: str) -> None:
    """Raise FigureProblem for a text that cannot be a figure, with its own reason."""
    for kind, pattern, reason in REFUSALS:
        if re.search(pattern, clean):
            raise FigureProblem(kind, _(reason).format(text=text.strip()))


def check_characters(text: str) -> None:
    """Raise FigureProblem for hidden characters and digits of other scripts."""
    for before, letter in zip(" " + text, text, strict=False):
        category = unicodedata.category(letter)
        hidden = category in ("Cf", "Co", "Cn", "Cs") or (
            category == "Cc" and not letter.isspace()
        )
        if hidden:
            reason = _("ô có ký tự ẩn (U+{code:04X}): hãy xóa và gõ lại bằng tay")
            raise FigureProblem("hidden", reason.format(code=ord(letter)))
        area = letter in "²³" and before.lower() == "m"
        if category in ("Nd", "Nl", "No") and letter not in "0123456789" and not area:
            reason = _("«{letter}» không phải chữ số thường: hãy gõ lại bằng 0-9")
            raise FigureProblem("script", reason.format(letter=letter))


def strip_estimate(text: str) -> tuple[str, bool]:
    """Return a text without the words that mark an estimate, and whether it had any."""
    rest = re.sub(r" ?\((?:ước(?: tính)?|dự kiến)\)$", "", text)
    rest = re.sub(ESTIMATE, "", rest, count=1).strip()
    return rest, rest != text


def level_of(
    clean: str,
    text: str,
    *,
    percent: bool,
    highest: Decimal | None,
    counts_reduction: bool,
) -> str:
    """Return a text without the words that leave a level as it is.

    Raises FigureProblem where its words make it an attainment, a growth or a change.
    `highest` ends the plausible range: a percentage above 100 that is "đạt" may be
    the level of a quota.
    """
    said = text.strip()
    reduced = re.fullmatch(REDUCED, clean)
    if reduced and counts_reduction and not percent:
        return reduced["rest"]
    rest = re.sub(rf"^(?:{LEVEL_WORDS})+", "", clean)
    for kind, pattern, reason in CHANGES:
        if re.search(pattern, rest):
            relative = kind == "change" and percent and "tăng" in rest
            kind, reason = ("growth", GROWTH) if relative else (kind, reason)
            raise FigureProblem(kind, _(reason).format(text=said))
    number = re.search(r"\d+", rest)
    reached = re.match(r"(?:đã )?đạt", clean) and percent and number
    if reached and int(number[0]) > 100 and not (highest and highest > 100):
        raise FigureProblem("attainment", _(ATTAINMENT).format(text=said))
    return rest


def _lazy(text: str) -> str:
    return text  # marks a text for the catalogue; translated when it is shown


ATTAINMENT = _lazy(
    "«{text}» là tỷ lệ so với kế hoạch, không phải kết quả: hãy ghi số thực hiện"
)
GROWTH = _lazy(
    "«{text}» là mức tăng, giảm so với kỳ trước, không phải kết quả: hãy ghi số thực "
    "hiện"
)
CHANGE = _lazy("«{text}» là mức thay đổi, không phải kết quả: hãy ghi số thực hiện")
CHANGES = (
    (
        "attainment",
        rf"{BEFORE}(?:(?<!không )vượt|kế hoạch|kh|nghị quyết|nq|dự toán|mục tiêu|"
        rf"chỉ tiêu|bằng){END}|^hoàn thành",
        ATTAINMENT,
    ),
    ("growth", rf"{BEFORE}(?:cùng kỳ|ck|năm trước|so với|so){END}", GROWTH),
    (
        "change",
        rf"{BEFORE}(?:tăng|giảm){END}(?! (?:xuống )?còn)|%/(?:năm|quý|tháng)|^\+",
        CHANGE,
    ),
)
REFUSALS = (
    (
        "formula",
        r"^[=@]",
        _lazy("«{text}» là công thức: hãy ghi chính con số"),
    ),
    (
        "spreadsheet_error",
        r"^#",
        _lazy("ô báo lỗi «{text}» của bảng tính: hãy ghi chính con số"),
    ),
    (
        "nil",
        r"^[-–—−]+$",
        _lazy("«{text}» có thể là 0 hoặc chưa có số: ghi 0, hoặc để trống"),
    ),
    (
        "mark",
        r"^[x×✓✔v*]+$",
        _lazy("«{text}» không phải số: hãy ghi con số, hoặc để trống nếu chưa có"),
    ),
    (
        "date",
        r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)|(?<!\d)(?:19|20)\d\d-\d{1,2}(?!\d)"
        r"|^(?:0?[1-9]|1[0-2])/(?:19|20)\d\d$|^(?:0?[1-9]|[12]\d|3[01])-(?:0?[1-9]|1[0-2])$"
        rf"|{BEFORE}(?:tháng|quý|ngày){END}",
        _lazy("«{text}» giống ngày tháng: hãy ghi con số của cả năm"),
    ),
    (
        "exponent",
        r"\d ?e[+-]?\d|\^|[x×*] ?10",
        _lazy("«{text}» viết kiểu lũy thừa: hãy ghi đủ các chữ số"),
    ),
    (
        "approximate",
        rf"{BEFORE}(?:khoảng|xấp xỉ|chừng|tầm|cỡ){END}|[~≈]",
        _lazy("«{text}» là số gần đúng: hãy ghi số, hoặc «trên», «dưới», «từ … đến …»"),
    ),
    (
        "absent",
        r"^(?:chưa có.*|(?:chưa|không) rõ|không(?: có số liệu)?|ko?|n/a|null)$",
        _lazy("«{text}»: ghi 0 nếu là không, để trống nếu chưa có số liệu"),
    ),
    (
        "words",
        NUMBER_WORDS,
        _lazy("«{text}» ghi bằng chữ: hãy ghi bằng chữ số"),
    ),
    (
        "parentheses",
        r"[()\[\]{}]",
        _lazy("«{text}» có ngoặc: chỉ ghi một con số, số âm ghi dấu trừ phía trước"),
    ),
    (
        "two_figures",
        r"\d[^\d/]*[;|+&][^\d/]*\d|\d\D*(?<![^\W_])(?:và|hoặc|hay)(?![^\W_])\D*\d",
        _lazy("«{text}» có hai con số: mỗi ô chỉ ghi một số"),
    ),
)
