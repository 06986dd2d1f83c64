"""What describes a figure, understood word by word; what is left over is asked about.

The grammar is closed: `grammar.csv` lists what it accepts, the programme adds its area,
its themes, departments and indicators. No list says what is refused, but for the few
periods that are said in clear words. Texts are compared as `plain` spells them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vinhloc.data import Data
from vinhloc.figures import plain
from vinhloc.office.names import BEFORE_UNIT, Names

# What may be said where; of a column of results each word.
_HEADING = "actual estimate final whole own count glue year term measure alone corner"
HEADING = frozenset(_HEADING.split())
GROUP = HEADING & {"own", "count", "glue", "measure", "corner"}
GROUP |= {"about", "indicator", "name"}
TITLE = GROUP | HEADING - {"alone"} | {"plan", "unit", "day", "until", "document"}
ALLOWED = {"heading": HEADING, "group": GROUP, "title": TITLE, "sheet": TITLE - {"day"}}
ALLOWED["beside"] = TITLE | {"percent", "wish"}  # a plan, a percentage of it
KINDS = "xã|phường|thị trấn|thị xã|thành phố|huyện|quận|tỉnh|thôn|khu phố|làng|bản|ấp|"
KINDS += "xóm|tổ dân phố|đặc khu"
BETWEEN = "(?: ?[-–—_] ?| )"  # the words of a phrase
ISSUER = "ủy ban nhân dân"
ELSEWHERE = re.compile(rf"^(?:(?:toàn|các) )?(?:{KINDS})(?![^\W_])")
YEAR = r"20[0-4]\d"
DATE = rf"\d{{1,2}}[/.-]\d{{1,2}}[/.-]{YEAR}(?!\d)"
LONG_DATE = rf"ngày \S+ tháng \S+ năm {YEAR}(?!\d)"
NUMBERS = r"(?:\d{1,3}(?:[.-]\d{1,3})*[a-dđ]?|[ivx]{1,5})(?![^\W_]|[./-]\d)"
# In order: the first that fits tells what a stretch of text is.
STRUCTURES = {
    "until": r"(?:(?:số liệu|tính|lũy kế) )?(?:đến|tới|tại)(?: hết| ngày| thời điểm)* "
    rf"(?P<d>\d{{1,2}})(?:[/.-]| tháng )(?P<m>\d{{1,2}})(?!\d)"
    rf"(?:(?:[/.-]| năm )(?P<y>{YEAR}(?!\d)|năm))?",
    "day": rf"{{place}}(?:{LONG_DATE}|(?:ngày )?{DATE}|, tháng \S+ năm {YEAR}(?!\d))",
    "document": r"(?:số:? ?)?[\d.…]{0,6} ?/ ?"
    rf"(?:{YEAR} ?/ ?)?(?:[a-zđ]{{1,6}}(?:[-–][a-zđ]{{1,10}}){{1,2}}|qđ|nq|bc|tb|cv)\b"
    r"|(?:báo cáo|công văn|quyết định|nghị quyết|kế hoạch|thông báo|tờ trình) số:? ?"
    r"\d{1,4}(?![^\W_]| ?[/.])|lần thứ (?:nhất|[ivx]+)\b",
    "term": rf"(?:(?:giai đoạn|nhiệm kỳ) )?{YEAR} ?(?:[-–—]|đến) ?{YEAR}(?!\d)"
    r"|giai đoạn|nhiệm kỳ",
    "corner": r"(?:biểu|mẫu|phụ lục|bảng|pl|bieu|sheet|trang tính)(?: mẫu| biểu)?"
    rf"(?: số)?[ :.]*{NUMBERS}"
    r"|\((?:\d{1,2}|[a-zđ])\)(?: ?= ?[\d()/:x*+ %-]+)?",
    "percent": r"%|th ?/ ?(?=[^\W\d])",
}
# Said in clear words: less than a year, or more.
PART = (
    r"(?:\d+|hai|ba|bốn|sáu|bảy|tám|chín|mười|mười một|một) tháng|tháng \d+|quý"
    r"(?: [ivx\d]+)?|vụ(?: (?:đông|chiêm|xuân|hè|mùa))+|(?:đầu|giữa|nửa) năm"
    r"|lũy kế(?: đến)?|cộng dồn"
)
NUMBERING = re.compile(
    r"(?:(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[a-hđ])[.)](?! ?\d)|[-–+*•·]) ?)+"
)
UNIT_ABOVE = re.compile(r"(đơn vị tính|đvt|đv tính|đơn vị) ?: ?([^:()]+)")
# What may be the unit in a heading: in brackets, behind a comma, a text of its own.
UNIT_WITHIN = re.compile(rf"\({BEFORE_UNIT}([^()]+)\)|(?:^|,)([^,()]+)$")
GLUED = re.compile(rf"(?<=[^\W\d_])(?={YEAR}(?!\d))|(?<=(?<!\d)20[0-4]\d)(?=[^\W\d_])")
LATER = 10_000  # than any year
CHANGING = {"year", "day", "until", "document", "term", "corner"}  # from time to time


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: what it says (nothing, where that is not known)."""

    tags: frozenset[str]
    words: str  # as they stand
    clean: str  # as they are compared
    until: int = 0  # the year of the day up to which it speaks


@dataclass(frozen=True)
class Said:
    """A text taken apart: its pieces in order; `units` are those that it names."""

    pieces: tuple[Piece, ...]
    units: tuple[str, ...] = ()

    @property
    def tags(self) -> list[str]:
        """Return what it says, in the order of its words."""
        return [tag for piece in self.pieces for tag in sorted(piece.tags)]

    @property
    def years(self) -> set[int]:
        """Return the years that it names as those of its figures."""
        return {int(p.clean) for p in self.pieces if "year" in p.tags}

    @property
    def result_years(self) -> set[int]:
        """Return the years of results: beside one of results, a plan's year is not."""
        results, plans, role = set(), set(), ""
        for piece in self.pieces:
            role = next((r for r in ("actual", "plan") if r in piece.tags), role)
            if "year" in piece.tags:
                (plans if role == "plan" else results).add(int(piece.clean))
        return results or plans

    @property
    def key(self) -> str:
        """Return it without what changes from one month and year to the next."""
        kept = (p.clean for p in self.pieces if not p.tags & CHANGING)
        return " ".join(re.findall(r"[^\W_]+|%", " ".join(kept)))

    def parts(self, year: int) -> str:
        """Return what it says of less than that year, "" for nothing."""
        found = [
            piece.words
            for piece in self.pieces
            if "part" in piece.tags or ("until" in piece.tags and piece.until <= year)
        ]
        return " ".join(found)

    def left(self, place: str) -> list[str]:
        """Return the words that are not understood in such a place."""
        known, found, before = ALLOWED[place] | {"part", "until"}, [], False
        for piece in self.pieces:
            if over := not piece.tags & known:
                words = [f"{found.pop()} {piece.words}" if before else piece.words]
                found += words
            before = over
        return found


class Grammar:
    """What a programme's offices may say of a figure; `names`: of its indicators."""

    def __init__(self, data: Data, names: Names):
        self.names, self.units = names, names.units
        self.tags: dict[str, set[str]] = {}
        self.between: dict[str, str] = {}  # what may stand between their words
        with Path(__file__).with_name("grammar.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                self._accept(row["tag"], row["phrases"].split("|"), between=BETWEEN)
        programme = data.programme
        themes = _names(data.themes)
        parts = [part for name in themes for part in re.split(" - |, | và ", name)]
        self._accept("about", [*themes, *parts])
        self._accept("about", _names(data.tables["departments.csv"]))
        texts = [programme.title_vi, programme.number, programme.issued_by_vi]
        self._accept("about", [*texts, *programme.report.get("heading_vi", ())])
        if _words(programme.document_type) not in self.tags:  # «kế hoạch» says more
            self._accept("about", [programme.document_type])
        self._accept("indicator", names.shown.values())
        place = self._accept_areas(data)
        words = sorted(self.tags, key=len, reverse=True)
        phrases = "|".join(self.between[w].join(w.split()) for w in words)
        structures = STRUCTURES | {"phrase": phrases, "part": PART, "year": YEAR}
        self.pattern = re.compile(
            "|".join(
                rf"(?P<{tag}>{_bounded(tag, pattern.replace('{place}', place))})"
                for tag, pattern in structures.items()
            )
        )
        self.read_before: dict[str, Said] = {}

    def _accept(
        self, tag: str, texts: Iterable[str], *, between: str = r"[\W_]{1,3}"
    ) -> None:
        for text in texts:
            if words := _words(text):
                self.tags.setdefault(words, set()).add(tag)
                self.between.setdefault(words, between)

    def _accept_areas(self, data: Data) -> str:
        """Accept the programme's area, name the others; return where dates are set."""
        areas = data.tables["areas.csv"].set_index("area")
        name, parent = areas.loc[data.programme.area, ["name_vi", "parent"]]
        found = re.match(rf"({KINDS}) (.+)", plain(name))
        kind, alone = found.groups() if found else ("", "")
        others = {_words(text) for text in areas["name_vi"].drop(data.programme.area)}
        like = {f"{other} {alone}" for other in KINDS.split("|") if alone}
        self._accept("other", others | like - {_words(name)})
        self.alone = {kind, "xã"}  # what names the area where nothing else is said
        of = ("toàn", "của", "ubnd", ISSUER, "của ubnd", "địa bàn", "trên địa bàn")
        own = [f"{word} {text}" for word in of for text in (kind, name) if text]
        own += [name, *([] if others & like else [alone])]
        while parent in areas.index:
            body, parent = areas.loc[parent, ["name_vi", "parent"]]
            name += f", {body}"  # its address
            own.append(name)
            self._accept("about", [f"của {by} {body}" for by in ("ubnd", ISSUER)])
        self._accept("own", own)
        return rf"(?:{re.escape(alone)}(?:, ?| (?=ngày)|(?=,)))?" if alone else ""

    def read(self, text: str) -> Said:
        """Return what a text says, word by word."""
        if text not in self.read_before:
            self.read_before[text] = self._read(text)
        return self.read_before[text]

    def _read(self, text: str) -> Said:
        shown = GLUED.sub(" ", " ".join(text.split()))
        clean = plain(shown)
        shown = shown if len(shown) == len(clean) else clean
        if clean in self.alone:
            return Said((Piece(frozenset({"own"}), shown, clean),))
        pieces, units = {}, []
        for start, end, tag, unit in self._marked(clean):
            if "\0" not in clean[start:end]:
                words = shown[start:end], clean[start:end]
                pieces[start, 1] = Piece(frozenset({tag}), *words)
                units += [unit] if unit else []
                clean = clean[:start] + "\0" * (end - start) + clean[end:]
        at = 0
        for match in [*self.pattern.finditer(clean), None]:
            end = match.start() if match else len(clean)
            if re.search(r"[^\W_]", clean[at:end]):
                words = shown[at:end].replace("\0", " ").strip(" .,:;()[]-–—/_")
                pieces[at, 0] = Piece(frozenset(), words, clean[at:end].strip())
            if match:
                at = match.end()
                pieces[end, 0] = self._piece(match, shown[end:at])
        return Said(tuple(piece for _at, piece in sorted(pieces.items())), tuple(units))

    def _marked(self, clean: str) -> Iterator[tuple[int, int, str, str]]:
        """Give what is known by where it stands: numbering before, units."""
        if match := NUMBERING.match(clean):
            yield *match.span(), "corner", ""
        if clean in self.tags:
            return
        for match in UNIT_ABOVE.finditer(clean):
            unit = match[2].strip()
            if self._measures(unit, listed=match[1] != "đơn vị"):
                yield *match.span(), "measure", unit
        for match in UNIT_WITHIN.finditer(clean):
            unit = (match[1] or match[2]).strip()
            if "%" not in unit and self.units.knows(unit):
                yield *match.span(), "measure" if match[1] else "alone", unit

    def _measures(self, unit: str, *, listed: bool) -> bool:
        parts = unit.split(",") if listed else [unit]
        return self.units.knows(unit) or all(map(self.units.knows, parts))

    def _piece(self, match: re.Match, shown: str) -> Piece:
        tag, until = match.lastgroup or "", 0
        if tag == "until":
            until = int((match["y"] or "").replace("năm", "") or 0)
            if (int(match["d"]), int(match["m"])) == (31, 12):
                whole = frozenset({"whole", "until"})
                return Piece(whole, shown.strip(), match[0], LATER)
            tag = tag if until else "part"
        tags = self.tags[_words(match[0])] if tag == "phrase" else {tag}
        return Piece(frozenset(tags), shown.strip(), match[0], until)


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", " ", plain(text)).strip()


def _names(table) -> list[str]:
    return table["name_vi"].tolist()


def _bounded(tag: str, pattern: str) -> str:
    """Return a pattern that begins and ends with a word."""
    if tag in ("percent", "corner"):
        return pattern
    return rf"(?<![^\W_])(?:{pattern})(?![^\W_])"
