"""The words around a written figure that say what kind of level it is."""

from __future__ import annotations

import re
from decimal import Decimal

from vinhloc.figures.refusals import BEFORE, END, check_refusals

NO_FIGURE = (
    r"|[…⋯.]*[…⋯][…⋯.]*|\.{3,}"
    r"|(?:chưa|không|chưa có|không có) số liệu(?: [^\W\d]+){0,4}"
)
EVENT_WORDS = {
    1: "hoàn thành|đã hoàn thành|hoàn thành xong|đã hoàn thành xong|xong|đã xong|đạt|"
    "đã đạt|có|đã có|rồi|đạt chuẩn|đã đạt chuẩn|được công nhận|đã được công nhận|"
    "thực hiện xong|đã thực hiện xong|hoàn thành 100%|đã hoàn thành 100%|đạt 100%|100%|"
    "done|met|completed|yes|1|01",
    0: "chưa hoàn thành|chưa|chưa xong|chưa đạt|không đạt|không hoàn thành|không|"
    "chưa đạt chuẩn|không đạt chuẩn|chưa được công nhận|chưa thực hiện|chưa làm|"
    "chưa triển khai|not done|not met|not yet|not completed|no|0|00",
}
WORD_OF_EVENT = {
    word: Decimal(value)
    for value, words in EVENT_WORDS.items()
    for word in words.split("|")
}
STRETCH = (
    "đạt|thực hiện|th|là|cả năm|hết năm|đến hết năm|cuối năm|đến cuối năm|trong năm|năm"
)
ESTIMATE = (
    r"(?:(?:số |dự )?[ưu]ớc(?: tính| lượng| sơ bộ)?|dự kiến|ưth|ướcth|(?:số )?sơ bộ|"
    r"(?:số )?tạm tính|est\.|estimated)"
)
ESTIMATE_BEFORE = rf"{BEFORE}{ESTIMATE}{END}(?: (?:{STRETCH}){END})*[ :]*"
ESTIMATE_AFTER = rf" ?[-–,]? ?(?:\({ESTIMATE}(?: (?:{STRETCH}))*\)|{BEFORE}{ESTIMATE})$"
LEVEL = (
    "đạt được|đã đạt được|đạt|đã đạt|đạt mức|ở mức|mức|duy trì|tiếp tục duy trì|giữ|"
    "giữ vững|giữ ổn định|ổn định|là|được|đã|thực hiện|thực hiện được|th|kết quả|"
    "tổng|tổng số|tổng cộng|tổng đàn|sản lượng|diện tích|năng suất|thu nhập|số lượng|"
    "tỷ lệ|chiếm|có|hiện|hiện nay|hiện có|đến nay|cả năm|trong năm|tiêu chuẩn|chuẩn|"
    "chuẩn quốc gia|ocop|xếp|giảm còn|đã giảm còn|giảm xuống còn|đã giảm xuống còn|"
    "xuống còn|còn|chỉ còn|còn lại"
)
_LONGEST_FIRST = "|".join(sorted(LEVEL.split("|"), key=len, reverse=True))
LEVEL_WORDS = re.compile(rf"^(?:(?:{_LONGEST_FIRST}){END}(?! độ)[ :]*)+")
LOWER = (
    "hơn|trên|tối thiểu|ít nhất|lớn hơn|không dưới|không ít hơn|không thấp hơn|"
    "không nhỏ hơn|over|at least|more than|> ?=|>|≥|⩾"
)
UPPER = (
    "gần|dưới|tối đa|nhiều nhất|nhỏ hơn|không quá|không vượt quá|không hơn|không trên|"
    "không cao hơn|không lớn hơn|chưa đến|chưa tới|chưa đầy|under|below|at most|"
    "< ?=|<|≤|⩽"
)
BOUNDS = (
    ("lower", rf"(?:{LOWER})(?: (?:là|đạt|mức))? ?(?P<rest>[-−]?\d.*?)(?: trở lên)?"),
    ("lower", r"(?:từ )?(?P<rest>[-−]?\d.*?) trở lên"),
    ("upper", rf"(?:{UPPER})(?: (?:là|đạt|mức))? ?(?P<rest>[-−]?\d.*?)(?: trở xuống)?"),
    ("upper", r"(?:từ )?(?P<rest>[-−]?\d.*?) trở xuống"),
)
JOINED = r"(?:-|–|—|÷|đến|tới)"
ABOUT = rf"^(?:khoảng|chừng|tầm|độ){END} ?"
ABOUT_RANGE = rf"^(?:trong )?khoảng (?:từ )?(?=\d\S* ?{JOINED} ?\d)"
REDUCED = r"(?:đã )?giảm(?: được)? (?P<rest>\d[^/]*)"
# Words for a report that is missing, not for things of which there are none.
UNREPORTED = (
    "số liệu|dữ liệu|thông tin|báo cáo|thống kê|theo dõi|áp dụng|chỉ tiêu|nhiệm vụ|"
    "kế hoạch|thực hiện|triển khai|quản lý|đánh giá|cập nhật|tổng hợp|điều tra|"
    "ghi nhận|khảo sát|xác định"
)
NOTHING_LEFT = (
    rf"(?!.* (?:{UNREPORTED}){END})(?:không còn(?: [^\W\d]+){{0,4}}|(?:đã )?hết"
    r"|không (?:có|xảy ra|để xảy ra|phát sinh)(?: [^\W\d]+){1,4} nào)"
)


def event_value(clean: str) -> Decimal | None:
    """Return 1 for an event that is done, 0 for one that is not, else None."""
    return WORD_OF_EVENT.get(clean)


def without_stops(text: str) -> str:
    """Return a text without the punctuation that ends its sentence.

    A comma behind a digit stays: something may be missing after it.
    """
    text = re.sub(r"(?<=[^\d\s.…;:,!])[ .;:,!]+$", "", text)
    return re.sub(r"(?<=\d)(?: ?[;:]|\.)$", "", text)


def strip_estimate(text: str) -> tuple[str, bool]:
    """Return a text without the words that mark an estimate, and whether it had any."""
    rest = re.sub(ESTIMATE_BEFORE, "", re.sub(ESTIMATE_AFTER, "", text)).strip()
    return rest, rest != text


def level_of(
    body: str,
    said: str,
    *,
    relative: bool,
    percent: bool,
    estimated: bool,
    counts_reduction: bool,
) -> str:
    """Return a text without the words that leave a level as it is.

    `body` is the text without estimate and unit; `said` as it was written. `relative`:
    a percent sign stands by a figure of another unit; `percent`: that is the unit.
    Raises FigureProblem where the words make it an attainment, a growth or a change.
    """
    reduced = re.fullmatch(REDUCED, body)
    if reduced and counts_reduction and not relative and not percent:
        return reduced["rest"]
    rest = re.sub(ABOUT_RANGE, "", LEVEL_WORDS.sub("", body))
    rest = re.sub(ABOUT, "", rest) if estimated else rest
    rises = percent and re.search(rf"{BEFORE}tăng{END}", rest)
    growing = relative or (rises and not re.search("điểm|lên|từ", rest))
    check_refusals(rest, said, growing=bool(growing))
    return rest
