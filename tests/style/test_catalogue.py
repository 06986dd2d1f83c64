"""English says what Vietnamese says, and neither stands in the other's place."""

import ast
import csv
import html
import re
import tomllib
from collections.abc import Mapping
from contextvars import copy_context
from functools import cache
from pathlib import Path
from string import Formatter

import catalogue
import nbformat
import pytest
from babel.messages.pofile import read_po

import vinhloc as vl
from vinhloc.review.request import published_notebooks

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data" / "raw"
PROGRAMMES = sorted(path.parent for path in RAW.rglob("programme.toml"))
CODE = sorted((ROOT / "vinhloc").rglob("*.py"))
NOTEBOOKS = sorted({*published_notebooks(), *published_notebooks(term=True)})

TONED = "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
VIETNAMESE = re.compile(rf"\w*[ăâđêôơư{TONED}]\w*", re.IGNORECASE)
# Vietnamese that may stand in an English text.
NAMES = [
    "Báo Thanh Hóa",
    "chè lam Phủ Quảng",
    "Hồ Chí Minh",
    "Hồ Vương",
    "Lâm Thu",
    "Sâm Báo",
    "Tây Đô",
    "Thanh Hóa",
    "Thiệu Dương",
    "Vĩnh Lộc",
    "Vĩnh Thành",
    "Vĩnh Tiến",
]
ENGLISH = re.compile(
    r"\b(exceeded|met|missed|undecided|figures?|due|targets?|actuals?|indicators?|"
    r"estimates?|section|sources?|year|demonstration|data|the|of|and|not)\b",
    re.IGNORECASE,
)
# An English cell of the data may quote the Vietnamese of a document.
QUOTED = re.compile(r"""\([^()]*\)|\B'[^']*'\B|"[^"]*"|“[^”]*”""")
# Words that are the same in both languages: names of files, keys, options and values.
SAME = re.compile(
    r"{\w+}|`[^`]+`|--\w+|«\w+»|[\w/]+\.(csv|toml)|data/\w+|\[\w+\]|\w+_\w+|value\b|true|false"
)
# Written by the office, in Vietnamese only (data-model: remarks.csv); and publishers,
# whose names stay: only what describes one has its English.
OFFICE = {"remarks.csv": {"text_vi"}, "sources.csv": {"publisher"}}
# Its Vietnamese is data that it writes, with the English beside it.
# What these write, or know as the words of an office, is Vietnamese in any language.
WRITES_DATA = {f"office/{n}.py" for n in ("form", "form_rows", "formulas", "layout")}
KNOWS_WORDS = {f"office/{n}.py" for n in ("keeping", "names")} | {
    "data/intake/printed.py"
}
KNOWS_WORDS |= {
    f"office/tables/{n}.py"
    for n in ("answers", "grammar", "headings", "reading", "rows")
}
KNOWS_WORDS |= {
    f"figures/{name}.py"
    for name in [
        "amounts",
        "phrases",
        "reading",
        "refusals",
        "shares",
        "units",
        "words",
    ]
}
TYPED = re.compile("“[^”]*”")  # what a reader of English is to type, word for word


@cache
def entries():
    """Return the entries of en.po, the header left out."""
    with catalogue.ENGLISH.open("rb") as file:
        return [message for message in read_po(file, locale="en") if message.id]


def pairs():
    """Give each translated text with each form of its English."""
    for entry in entries():
        text = entry.id if isinstance(entry.id, str) else entry.id[0]
        forms = [entry.string] if isinstance(entry.string, str) else entry.string
        yield from ((text, form) for form in forms if form)


def vietnamese_in(text: str, *, allowed: list[str] = NAMES) -> list[str]:
    """Return the Vietnamese words of a text that are no part of what is allowed."""
    for name in sorted(filter(None, allowed), key=len, reverse=True):
        text = text.replace(name, " ")
    return VIETNAMESE.findall(text)


# --- the catalogue


def test_the_catalogue_is_what_its_tool_writes():
    now = catalogue.ENGLISH.read_bytes()
    again = catalogue.write_catalogue(catalogue.update_catalogue(now))
    assert again == now, "python tools/catalogue.py"


def test_every_text_is_translated():
    now = catalogue.update_catalogue(catalogue.ENGLISH.read_bytes())
    assert catalogue.untranslated(now) == []


def test_no_entry_is_obsolete_or_fuzzy():
    text = catalogue.ENGLISH.read_text("utf-8")
    assert not re.findall(r"^#~.*|^#,.*fuzzy.*", text, re.MULTILINE)
    ids = {entry.id for entry in entries()}
    assert not ids - catalogue.collect_texts().keys()


def test_placeholders_and_numbers_are_the_same_on_both_sides():
    def fixed(text: str) -> tuple:
        fields = sorted(name for _text, name, *_rest in Formatter().parse(text) if name)
        return fields, sorted(re.findall(r"\d+", text))

    for text, english in pairs():
        assert fixed(english) == fixed(text), english


def test_lines_headings_and_ends_are_the_same_on_both_sides():
    def shape(text: str) -> tuple:
        lines = text.split("\n")
        end = re.search(r"[.:;?!]? ?$", text)[0]
        return [re.match(r"[#\s>*|-]*", line)[0] for line in lines], end

    for text, english in pairs():
        assert shape(english) == shape(text), english


def test_the_english_holds_no_vietnamese_but_names():
    found = {
        english: vietnamese_in(TYPED.sub("", english)) for _text, english in pairs()
    }
    assert not {english: words for english, words in found.items() if words}


def test_the_vietnamese_holds_no_english():
    for text, _english in pairs():
        assert not ENGLISH.findall(SAME.sub("", text)), text


def test_statuses_and_the_mark_of_made_up_figures_have_their_fixed_words():
    english = dict(pairs())
    assert english["SỐ LIỆU MINH HỌA"] == "DEMONSTRATION DATA"
    statuses = "Vượt/Đạt/Chưa đạt/Chưa đủ căn cứ đánh giá/Chưa có số liệu/Chưa đến hạn"
    words = "/".join(english[status] for status in statuses.split("/"))
    assert words == "Exceeded/Met/Missed/Undecided/No figure/Not due"


def test_a_text_either_counts_or_does_not():
    texts = [t if isinstance(t, str) else t[0] for t in catalogue.collect_texts()]
    assert len(texts) == len(set(texts))


# --- the tool, on a project of three files


@pytest.fixture
def project(tmp_path):
    (tmp_path / "vinhloc").mkdir()
    (tmp_path / "notebooks").mkdir()
    code = """W = 'tám'; t = f"{_('hai')}: {a(n_('ba', 3), b=_('bốn'))}" + _(W)"""
    (tmp_path / "vinhloc" / "a.py").write_text(code, "utf-8")
    page = """<p title="{{ page._('năm') }}">{{ page._("sáu", n=1) | e }}</p>"""
    (tmp_path / "vinhloc" / "a.html.j2").write_text(page, "utf-8")
    cells = [nbformat.v4.new_markdown_cell("# Bảy\n\nMột câu.")]
    cells += [nbformat.v4.new_code_cell("x = 1")]
    nbformat.write(
        nbformat.v4.new_notebook(cells=cells), tmp_path / "notebooks" / "a.ipynb"
    )
    return tmp_path


def test_texts_come_from_code_templates_and_notebooks(project):
    texts = catalogue.collect_texts(project)
    assert set(texts) == {
        *("hai", ("ba", "ba"), "bốn", "tám", "năm", "sáu", "# Bảy\n\nMột câu.")
    }
    assert texts["năm"] == ["vinhloc/a.html.j2"]


def test_translations_stay_new_texts_come_empty_and_old_ones_go(project):
    po = 'msgid "hai"\nmsgstr "two"\n\nmsgid "cũ"\nmsgstr "old"\n'
    updated = catalogue.update_catalogue(po.encode(), project)
    assert updated["hai"].string == "two"
    assert "cũ" not in updated
    left = catalogue.untranslated(updated)
    assert set(left) == {"ba", "bốn", "tám", "năm", "sáu", "# Bảy\n\nMột câu."}


def test_a_text_that_counts_needs_both_forms(project):
    po = 'msgid "ba"\nmsgid_plural "ba"\nmsgstr[0] "one"\nmsgstr[1] "{}"\n'
    half = catalogue.update_catalogue(po.format("").encode(), project)
    whole = catalogue.update_catalogue(po.format("many").encode(), project)
    assert "ba" in catalogue.untranslated(half)
    assert "ba" not in catalogue.untranslated(whole)


def test_a_text_that_counts_from_today_on_is_to_be_translated_again(project):
    po = 'msgid "ba"\nmsgstr "three"\n'
    updated = catalogue.update_catalogue(po.encode(), project)
    written = catalogue.update_catalogue(catalogue.write_catalogue(updated), project)
    assert "ba" in catalogue.untranslated(updated)
    assert "ba" in catalogue.untranslated(written)


def test_writing_twice_gives_the_same_bytes(project):
    once = catalogue.write_catalogue(catalogue.update_catalogue(b"", project))
    assert catalogue.write_catalogue(catalogue.update_catalogue(once, project)) == once


# --- the code, the templates and the data


def docstrings(tree: ast.Module) -> set[int]:
    with_one = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    firsts = [node.body[0] for node in ast.walk(tree) if isinstance(node, with_one)]
    return {id(first.value) for first in firsts if isinstance(first, ast.Expr)}


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.stem)
def test_every_vietnamese_text_of_the_code_is_marked_for_translation(path):
    tree = ast.parse(path.read_text("utf-8"))
    described = docstrings(tree)
    marked = {t if isinstance(t, str) else t[0] for t in catalogue.texts_of_code(path)}
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in described
    ]
    found = [t for t in texts if VIETNAMESE.search(t) and t not in marked]
    place = path.relative_to(ROOT / "vinhloc").as_posix()
    unmarked = [] if place in WRITES_DATA | KNOWS_WORDS else found
    assert unmarked == []


def test_every_vietnamese_text_of_a_template_is_marked_for_translation():
    for path in (ROOT / "vinhloc").rglob("*.j2"):
        source = path.read_text("utf-8")
        found = catalogue.texts_of_template(path)
        texts = [text if isinstance(text, str) else text[0] for text in found]
        for text in sorted(texts, key=len, reverse=True):
            source = source.replace(text, "")
        assert not VIETNAMESE.findall(source), path.name


def bilingual(row: dict) -> list[tuple[str, str, str]]:
    """Return column, Vietnamese and English for each pair of columns of a row."""
    english = {
        column: column.removesuffix("_vi") + "_en"
        for column in row
        if column.endswith("_vi") or f"{column}_en" in row
    }
    return [(column, row[column], row.get(other)) for column, other in english.items()]


@pytest.mark.parametrize(
    "path", sorted(RAW.rglob("*.csv")), ids=lambda p: p.relative_to(RAW).as_posix()
)
def test_every_vietnamese_cell_of_the_data_has_its_english(path):
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            for column, vietnamese, english in bilingual(row):
                if column not in OFFICE.get(path.name, ()):
                    check_cell(vietnamese, english, f"row {number}, {column}")


def test_every_vietnamese_value_of_a_programme_has_its_english():
    for folder in PROGRAMMES:
        stated = tomllib.loads((folder / "programme.toml").read_text("utf-8"))
        for key, vietnamese, english in bilingual(stated):
            check_cell(vietnamese, english, key)


def check_cell(vietnamese: str, english: str | None, where: str) -> None:
    assert bool(vietnamese) == bool(english), where
    if VIETNAMESE.search(vietnamese):
        assert english != vietnamese, where
    assert not vietnamese_in(QUOTED.sub("", english)), where


# --- what readers see


def shown_by(path: Path, lang: str, folder: Path) -> str:
    """Return all that the code cells of a notebook show, as HTML and as text."""
    space = {}
    parts = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        *lines, last = ast.parse(cell.source).body
        if isinstance(last, ast.Expr):
            exec(compile(ast.Module(lines, []), path.name, "exec"), space)
            value = eval(compile(ast.Expression(last.value), path.name, "eval"), space)
            parts += text_of(value)
        else:
            exec(compile(ast.Module([*lines, last], []), path.name, "exec"), space)
        if "parameters" in cell.metadata.get("tags", []):
            space |= {"lang": lang, "data": str(folder)}
    return "\n".join(parts)


def text_of(value: object) -> list[str]:
    """Return what a value shows: its HTML without tags, its labels, its plain text."""
    if hasattr(value, "_repr_mimebundle_"):
        return text_in(value._repr_mimebundle_())
    if hasattr(value, "_repr_html_"):
        return text_in({"text/html": value._repr_html_(), "text/plain": repr(value)})
    return []


def text_in(bundle: Mapping) -> list[str]:
    """Return the text of a bundle of outputs."""
    source, plain = bundle.get("text/html", ""), bundle["text/plain"]
    labels = re.findall(r'(?:aria-label|alt|title|data-label)="([^"]*)"', source)
    words = re.sub(r"<[^>]+>", "\n", source)
    return [*map(html.unescape, [*labels, words]), plain]


@pytest.fixture(scope="module")
def shown(reviews):
    """Return a function to all that notebooks show of a programme in a language."""

    def texts(lang: str, folder: Path) -> str:
        options = ["--demo", "--year", "2023"] if folder.name == "demo" else []
        options += ["--lang", "en"] if lang == "en" else []
        published = sorted(reviews.published(*options).glob("*.ipynb"))
        names = {path.stem for path in published}
        others = [path for path in NOTEBOOKS if path.stem[3:] not in names]
        assert published
        assert others  # that of the term
        run = copy_context().run
        shown = [*map(shown_in, published)]
        shown += [run(shown_by, path, lang, folder) for path in others]
        return "\n".join(shown)

    return texts


def shown_in(path: Path) -> str:
    """Return all that an executed notebook shows."""
    cells = nbformat.read(path, as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    bundles = [output.get("data", {}) for output in outputs]
    return "\n".join(part for bundle in bundles for part in text_in(bundle))


@cache
def cells_of(*columns: str) -> list[str]:
    """Return the texts in some columns of the data, the longest first."""
    found = set()
    for path in RAW.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found |= {row[column] for column in columns if column in row}
    return sorted(filter(None, found), key=len, reverse=True)


def titles() -> list[str]:
    """Return what is Vietnamese in any language: documents, publishers, places."""
    return cells_of("title", "publisher", "address", "place", "text_vi", "author")


def quotes() -> list[str]:
    """Return what English cells of the data quote from documents."""
    english = cells_of("note_en", "fault_en", "treatment_en", "effect_en", "reason_en")
    found = [quote for text in english for quote in QUOTED.findall(text)]
    return [quote for quote in found if VIETNAMESE.search(quote)]


programmes = pytest.mark.parametrize("folder", PROGRAMMES, ids=lambda path: path.name)


@pytest.mark.costly("reviews in both languages")
@programmes
def test_in_english_nothing_shown_is_vietnamese_but_names_and_titles(folder, shown):
    allowed = [*NAMES, *titles(), *quotes()]
    found = set(vietnamese_in(shown("en", folder), allowed=allowed))
    assert found == set()


@pytest.mark.costly("reviews in both languages")
@programmes
def test_in_vietnamese_nothing_shown_is_english(folder, shown):
    text = shown("vi", folder)
    for title in titles():
        text = text.replace(title, " ")
    found = set(ENGLISH.findall(SAME.sub("", text)))
    assert found == set()


def test_the_notebooks_show_every_kind_of_table_chart_and_sentence():
    suite = (ROOT / "notebooks").glob("*.ipynb")  # that for the analyst, too
    code = "".join(path.read_text("utf-8") for path in suite)
    kinds = [n for n in vl.__all__ if n.startswith(("say_", "table_of_", "draw_"))]
    assert not [name for name in kinds if f"vl.{name}(" not in code]
