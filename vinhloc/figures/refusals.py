"""What cannot be the figure of a cell: each habit with its own reason and advice.

The first entry of REFUSALS that fits a text gives the reason, so the order counts:
what is certain by its form comes before what single words suggest.
"""

from __future__ import annotations

import re
import unicodedata

from vinhloc.figures.numerals import FigureProblem, two_figures
from vinhloc.figures.translation import _, later_
from vinhloc.figures.unseen import LINES, hidden_letters
from vinhloc.figures.words import one_line

LONGEST = 200
# A word ends where no letter or digit follows.
END = r"(?![^\W_])"
BEFORE = r"(?<![^\W_])"
NUMBER_WORDS = (
    rf"{BEFORE}(?:một|hai|ba|bốn|sáu|bảy|tám|chín|mười|mươi|trăm|chục|rưỡi|nửa|tá|"
    rf"lăm|linh|lẻ|mốt){END}|^(?:i{{1,3}}|iv|vi{{1,3}}|ix)$"
)
MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|thg ?\d{0,2})"


# Without a unit: 10/2022, 7-8, 2023-2024.
BARE_DATE = re.compile(
    r"(?:0?[1-9]|1[0-2])/(?:19|20)\d\d|(?:0?[1-9]|[12]\d|3[01])-(?:0?[1-9]|1[0-2])"
    r"|(?:19|20)\d\d ?[-–—/] ?(?:19|20)\d\d"
)


def check_length(text: str) -> None:
    """Raise FigureProblem for a text that is longer than a figure can be."""
    if len(text) > LONGEST:
        why = _("«{text}…» dài quá", text=one_line(text[:40]))
        raise FigureProblem("long", why, _("ô này chỉ ghi một con số"))


def check_characters(text: str) -> None:
    """Raise FigureProblem for hidden characters and digits of other scripts."""
    for letter in hidden_letters(text):
        why = _("ô có ký tự ẩn (U+{code:04X})").format(code=ord(letter))
        raise FigureProblem("hidden", why, _("hãy xóa và gõ lại bằng tay"))
    for before, letter in zip(" " + text, text, strict=False):
        category = unicodedata.category(letter)
        area = letter in "²³" and before.lower() == "m"
        if letter in "⁰¹²³⁴⁵⁶⁷⁸⁹" and not area:
            raise problem("footnote", one_line(text))
        digit = category in ("Nd", "Nl", "No") and letter not in "0123456789"
        if (digit and not area) or letter in "．，٫٬·‚":
            why = _("«{letter}» không phải chữ số hay dấu thường", letter=letter)
            raise FigureProblem("script", why, _("hãy gõ lại bằng 0-9, dấu chấm, phẩy"))
    if re.search(rf"\d\s*[{LINES}]\s*\d", text):
        raise two_figures(one_line(text))


def check_refusals(clean: str, said: str, *, growing: bool) -> None:
    """Raise FigureProblem for a text that cannot be a level, with its own reason.

    `said` is the text as it was written; `growing` tells that a rise or fall in it is
    relative (growth on the year before) rather than a change in the unit.
    """
    for kind, pattern in REFUSALS:
        if re.search(pattern, clean):
            raise problem("growth" if kind == "change" and growing else kind, said)


def check_bare_date(text: str, said: str) -> None:
    """Raise FigureProblem for two numbers without a unit that may be a date."""
    if BARE_DATE.fullmatch(text.strip()):
        raise problem("date", said)


def problem(kind: str, said: str) -> FigureProblem:
    """Return the problem of a kind with its reason and what to write."""
    why, write = (_(text) for text in REASONS[kind])
    return FigureProblem(kind, why.format(text=said), write)


# Words between a result and another figure with which it is compared.
COMPARED = rf"{BEFORE}(?:vượt|bằng|tăng|giảm|đạt|chiếm|kh|kế hoạch|th|thực hiện){END}"
ABSENT = (
    "có|còn|phát sinh|rõ|xác định|đánh giá|thống kê|báo cáo|cập nhật|tổng hợp|"
    "thực hiện|triển khai|điều tra|áp dụng|giao|tính"
)
UP_TO = "(?:(?:trong|đến|hết|tính đến) )?"
# In order: the kind of problem, and the pattern that shows it.
REFUSALS = (
    ("comparator", r"^=+ ?[<>]"),
    ("formula", r"^[=@]|^[-+]\$?[a-z]{1,3}\$?\d"),
    ("spreadsheet_error", r"^#(?:[a-z]|#*$)|^err:"),
    ("nil", r"^[-–—−_/ ]*[-–—−_][-–—−_/ ]*$"),
    ("mark", r"^[x×✓✔☑✗v*+]+$|^(?:true|false|đúng|sai)$"),
    (
        "ditto",
        r"^(?:[-–\" ]*(?:nt|n\.t)[-–\" ]*|[\"'”″]+|//+|như .*|không (?:thay )?đổi)$",
    ),
    (
        "absent",
        r"^(?:n ?/ ?a|n\.a\.?|na|null|none|nan|trống|kxđ|ko?|không|chưa"
        rf"|(?:không|chưa) (?:{ABSENT}){END}\D*|(?:đang|chờ|chưa đến){END}\D*)$",
    ),
    (
        "period",
        rf"^{UP_TO}(?:\d{{1,2}} ?(?:tháng{END}|t ?:)|(?:quý|tháng|kỳ|đầu năm){END})",
    ),
    ("date", rf"^{UP_TO}năm (?:19|20)\d\d{END}|^(?!\d){UP_TO}(?:ngày )?\d+/\d+{END}"),
    ("compound", rf"\d ?(?:tỷ|triệu|nghìn|ngàn|vạn|tr|tấn|tạ|km|ha){END} ?\d"),
    ("two_figures", rf"\d.*{COMPARED}\D*(?!(?:19|20)\d\d(?!\d))\d"),
    (
        "target",
        rf"^(?:kế hoạch|kh|chỉ tiêu|mục tiêu|nghị quyết|nq|giao|phấn đấu){END}",
    ),
    ("growth", rf"{BEFORE}(?:cùng kỳ|ck|năm (?:trước|ngoái)|gấp){END}"),
    (
        "attainment",
        rf"{BEFORE}(?:(?<!không )vượt|kế hoạch|kh|nghị quyết|nq|dự toán|mục tiêu|"
        rf"chỉ tiêu|bằng){END}|^(?:cơ bản )?hoàn thành.*\d",
    ),
    ("growth", rf"{BEFORE}so{END}"),
    (
        "change",
        rf"{BEFORE}(?:tăng|giảm|nâng|hạ|thêm|bớt){END}(?! (?:xuống )?còn)|^lên{END}"
        r"|%/(?:năm|quý|tháng)|^\+|[↑↓▲▼]",
    ),
    (
        "date",
        r"(?<![\d.,])\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)"
        r"|(?<!\d)(?:19|20)\d\d-\d{1,2}(?!\d)"
        rf"|\d[-. /]?{MONTHS}{END}|^{MONTHS}[-. /]?\d"
        rf"|(?<!/){BEFORE}(?:năm (?:19|20)\d\d|ngày){END}|{BEFORE}t\d{{1,2}}[/-]\d",
    ),
    (
        "period",
        rf"(?<!/){BEFORE}(?:tháng|quý|kỳ|đầu năm|giữa năm|giai đoạn|nhiệm kỳ){END}",
    ),
    ("exponent", r"\d ?e[+-]?\d|\^|\d ?[x×*] ?10(?!\d)"),
    (
        "approximate",
        rf"{BEFORE}(?:khoảng|xấp xỉ|chừng|tầm|cỡ|ngót|trên dưới){END}|[~≈]",
    ),
    ("words", NUMBER_WORDS),
    ("footnote", r"\S ?(?:\*+|\(\*+\)|\(\d\)|\[\d\])$|^\*+ ?\d"),
    ("letters", r"\d[.,]?[oil]+(?=[\d.,%]|$)|(?<![^\W])[oil]+[.,]?\d"),
    (
        "two_figures",
        rf"\d[^\d/]*[;|+&:][^\d/]*\d|\d\D*{BEFORE}(?:và|hoặc|hay){END}\D*\d",
    ),
    ("parentheses", r"[()\[\]{}]"),
    ("sign", r"^[-−] \d|^[–—] ?\d|^±"),
    ("slip", r"^[.,]\d"),
)
COMMENT = later_("chỉ ghi con số ở ô này; điều khác ghi ở cột ghi chú")
# The kind of problem: why, and what to write instead.
REASONS = {
    "formula": (later_("«{text}» là công thức"), later_("hãy ghi chính con số")),
    "comparator": (
        later_("«{text}» có dấu so sánh không rõ"),
        later_("hãy ghi «≥ 80%», «≤ 80%», hoặc chỉ con số"),
    ),
    "spreadsheet_error": (
        later_("ô báo lỗi «{text}» của bảng tính"),
        later_("hãy ghi chính con số"),
    ),
    "nil": (
        later_("«{text}» có thể là 0 hoặc chưa có số"),
        later_("ghi 0, hoặc để trống"),
    ),
    "mark": (
        later_("«{text}» chỉ là dấu, không phải con số"),
        later_("hãy ghi con số, hoặc để trống nếu chưa có"),
    ),
    "ditto": (later_("«{text}» nhắc lại ô khác"), later_("hãy ghi lại chính con số")),
    "absent": (
        later_("«{text}» có thể là 0 hoặc chưa có số"),
        later_("ghi 0 nếu là không, để trống nếu chưa có số liệu"),
    ),
    "compound": (
        later_("«{text}» ghép hai bậc đơn vị"),
        later_("hãy ghi gọn một số, kiểu 2,5 tỷ"),
    ),
    "two_figures": (later_("«{text}» có hai con số"), COMMENT),
    "target": (
        later_("«{text}» là số kế hoạch, không phải kết quả"),
        later_("hãy ghi số thực hiện"),
    ),
    "attainment": (
        later_("«{text}» so với kế hoạch, không phải kết quả"),
        later_(
            "hãy ghi số thực hiện; nếu chỉ tiêu tính theo % kế hoạch, chỉ ghi con số"
        ),
    ),
    "growth": (
        later_("«{text}» là mức tăng, giảm so với kỳ trước, không phải kết quả"),
        later_("hãy ghi số thực hiện; nếu chỉ tiêu là tốc độ tăng, chỉ ghi con số"),
    ),
    "change": (
        later_("«{text}» là mức thay đổi, không phải kết quả"),
        later_("hãy ghi số cuối kỳ; nếu chỉ tiêu là mức thay đổi, chỉ ghi con số"),
    ),
    "date": (
        later_("«{text}» giống ngày, tháng, năm"),
        later_("hãy ghi con số của cả năm; nếu là khoảng, ghi «từ … đến …»"),
    ),
    "period": (
        later_("«{text}» nói về một giai đoạn khác"),
        later_("hãy ghi con số của cả năm"),
    ),
    "exponent": (
        later_("«{text}» viết kiểu lũy thừa"),
        later_("hãy ghi đủ các chữ số"),
    ),
    "approximate": (
        later_("«{text}» là số gần đúng"),
        later_("hãy ghi số, hoặc «ước …», «trên …», «dưới …», «từ … đến …»"),
    ),
    "words": (later_("«{text}» ghi bằng chữ"), later_("hãy ghi bằng chữ số 0-9")),
    "footnote": (later_("«{text}» có dấu chú thích"), COMMENT),
    "letters": (
        later_("«{text}» có chữ lẫn trong số (O, I, l)"),
        later_("hãy gõ lại bằng chữ số 0, 1"),
    ),
    "parentheses": (
        later_("«{text}» có ngoặc"),
        later_("chỉ ghi một con số; số âm ghi dấu trừ liền trước số"),
    ),
    "sign": (
        later_("«{text}» có dấu không rõ là dấu trừ hay gạch đầu dòng"),
        later_("số âm ghi dấu trừ liền trước số (-5), số dương không ghi dấu"),
    ),
    "slip": (
        later_("«{text}» thiếu hoặc thừa chữ số cạnh dấu chấm, dấu phẩy"),
        later_("hãy ghi đủ phần nguyên và phần thập phân, kiểu 0,5 hoặc 97,5"),
    ),
    "no_number": (
        later_("«{text}» chưa cho biết con số"),
        later_("hãy ghi bằng chữ số, hoặc để trống nếu chưa có"),
    ),
    "unclear": (
        later_("không hiểu «{text}»"),
        later_("chỉ ghi số và đơn vị, ví dụ 97,5%"),
    ),
    "event": (
        later_("«{text}» không nói rõ việc đã xong hay chưa"),
        later_("hãy ghi «hoàn thành» hoặc «chưa hoàn thành»"),
    ),
}
