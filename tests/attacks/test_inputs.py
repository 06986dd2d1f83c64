"""What comes in from a folder or the command line is refused at the door."""

import csv
import json
import os
import shutil
import sys
import time
import unicodedata
from contextlib import contextmanager
from pathlib import Path

import pytest
from corpus import FOREIGN, SHOWN, UNSEEN
from published import snapshot
from sao_mai import write_programme
from spoiled import RAW

import vinhloc as vl
from vinhloc.commands.cli import main
from vinhloc.data import programme
from vinhloc.data.contracts import ProblemsFound
from vinhloc.data.intake import cells as intake
from vinhloc.figures import FigureProblem, parse_figure
from vinhloc.figures.unseen import (
    BREAK,
    EDGES,
    JOINER,
    LINES,
    foreign_letters,
    printable,
    visible,
)
from vinhloc.figures.unseen import UNSEEN as PATTERN
from vinhloc.office.figure_reader import safe_text
from vinhloc.review.editions import published_editions
from vinhloc.review.manifest import read_manifest
from vinhloc.review.parts import write_files
from vinhloc.review.place import complete
from vinhloc.review.request import UNSIGNED, Request, Signing
from vinhloc.review.view import View

NAMES = ["name_vi", "name_en"]
EVERY_KIND = Path(__file__).parents[1] / "every_kind"
TABLES = {
    "actuals": "indicator, year, value\nrice_area, 2026, 301.5\n",
    "breaks": """\
        indicator,area,year,month,label_vi,label_en,reason_vi,reason_en,source
        clean_water,sao-mai,2027,,sáp nhập,merger,Sáp nhập xã.,Merger.,bao-cao
        """,
    "remarks": """\
        indicator,year,kind,text_vi,author,date
        clean_water,2026,cause,Nối thêm đường ống,Văn phòng,2027-03-01
        """,
}


@pytest.fixture
def raw(tmp_path):
    """Return the folder of a small programme that a test may spoil."""
    return write_programme(tmp_path / "data" / "raw", **TABLES).path


@pytest.fixture(scope="module")
def soon(tmp_path_factory):
    """Return a block that may take so many times what reading a sound programme takes.

    In seconds of this process, measured in the same run: another's load is no fault.
    """
    place, costs = tmp_path_factory.mktemp("sound"), []
    for number in range(3):  # the first imports; none is the same as another
        folder = write_programme(place / f"{number}", **TABLES)
        folder.replace("programme.toml", 'number = "', f'number = "{number}')
        begun = time.process_time()
        folder.load()
        costs.append(time.process_time() - begun)

    @contextmanager
    def within(times: float):
        begun = time.process_time()
        yield
        assert (time.process_time() - begun) / costs[-1] < times

    return within


@pytest.fixture
def run(capfd, monkeypatch):
    """Return what runs a command: its exit code and what it said."""
    monkeypatch.delenv("VINHLOC_LANG", raising=False)

    def command(*arguments):
        with pytest.raises(SystemExit) as left:
            main([*map(str, arguments)])
        return left.value.code, capfd.readouterr()

    return command


def problems_of(folder: Path) -> list:
    with pytest.raises(ProblemsFound) as found:
        vl.load(folder)
    return found.value.problems


def rows_of(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def put(path: Path, column: str, texts: list[str]) -> None:
    """Write texts into a column, one a row; needed rows are repeated."""
    rows = rows_of(path)
    rows = [rows[at % len(rows)] | {column: text} for at, text in enumerate(texts)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]])
        writer.writeheader()
        writer.writerows(rows)


# --- letters


def test_every_letter_that_unicode_calls_hidden_is_one_for_us():
    hidden = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
    letters = map(chr, range(sys.maxunicode + 1))
    missed = [
        f"U+{ord(letter):04X}"
        for letter in letters
        if unicodedata.category(letter) in hidden and not PATTERN.fullmatch(letter)
    ]
    assert missed == ["U+000A"]


def test_no_letter_of_vietnamese_is_hidden_or_foreign():
    vowels = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(
            form, "".join(v + t for v in vowels for t in tones)
        )
        for letters in (text, text.upper(), "đĐ bcdfghjklmnpqrstvwxz 0123456789 m² °"):
            assert not PATTERN.search(letters)
            assert foreign_letters(letters) == []


def test_a_hidden_letter_is_refused_in_every_text_with_its_place_and_name(raw):
    put(raw / "breaks.csv", "reason_vi", UNSEEN)
    found = [p for p in problems_of(raw) if p.column == "reason_vi"]
    # The header is line 1; a carriage return of its own ends no line.
    assert [p.found for p in found] == UNSEEN
    for problem, text in zip(found, UNSEEN, strict=True):
        (letter,) = PATTERN.findall(text)
        said = str(problem)
        assert f"breaks.csv, dòng {problem.row}, cột «reason_vi»" in said
        assert f"U+{ord(letter):04X}" in said
        assert not PATTERN.search(said)


@pytest.mark.parametrize("column", NAMES)
def test_a_letter_of_another_script_is_refused_in_the_name_of_an_indicator(raw, column):
    texts = [f"{text} {at}" for at, text in enumerate(FOREIGN)]
    path = raw / "indicators.csv"
    others = range(len(texts), len(rows_of(path)))
    put(path, column, texts + [f"Tên {at}" for at in others])
    found = [p for p in problems_of(raw) if p.column == column]
    assert [p.found for p in found] == texts
    assert all("U+" in str(problem) for problem in found)


def test_two_indicators_whose_names_read_alike_are_refused(raw):
    path = raw / "indicators.csv"
    rows = [f"Tên {at}" for at in range(len(rows_of(path)))]
    alike = ["Sản lượng lúa", unicodedata.normalize("NFD", "sản  lượng lúa")]
    put(path, "name_vi", [*alike, *rows[2:]])
    assert [(p.row, p.column) for p in problems_of(raw)] == [
        (2, "name_vi"),
        (3, "name_vi"),
    ]


@pytest.mark.parametrize("key", ["title_vi", "number", "issued_by_vi", "id"])
def test_a_hidden_letter_is_refused_in_programme_toml(raw, key):
    path = raw / "programme.toml"
    lines = path.read_text("utf-8").splitlines()
    lines = [f'{key} = "a\\u202Eb"' if x.startswith(f"{key} ") else x for x in lines]
    path.write_text("\n".join(lines), "utf-8")
    (problem,) = problems_of(raw)
    assert (problem.file, problem.column) == ("programme.toml", key)
    assert "U+202E RIGHT-TO-LEFT OVERRIDE" in str(problem)


@pytest.mark.parametrize("text", UNSEEN)
def test_every_door_knows_the_same_hidden_letters(text, tmp_path):
    (letter,) = PATTERN.findall(text)
    path = tmp_path / "a.csv"
    path.write_text(f'a\n"{text}"\n', "utf-8", newline="")
    with pytest.raises(ProblemsFound):
        intake.read_cells(path, name="a.csv")
    (problem,) = programme.stated_problems({"id": text}, {"id": Text()})
    assert problem.found == text
    with pytest.raises(ValueError, match="ký tự"):
        Signing(number=text)
    assert not PATTERN.search(visible(text) + safe_text(text))
    assert not PATTERN.search(printable(text).replace(BREAK, "").replace(JOINER, ""))
    within = "two_figures" if letter in LINES else "hidden"
    assert kind_of(f"80{letter}82") == within
    around = f"{letter} {letter}97,5{letter} {letter}"
    assert kind_of(around) == ("97.5" if letter in EDGES else "hidden")


class Text:
    """A key of programme.toml that is a text."""

    type = "str"


def kind_of(text: str) -> str:
    """Return what a cell is read as: its value, or the kind of its problem."""
    try:
        return str(parse_figure(text, unit="%", decimals=1).value)
    except FigureProblem as problem:
        return problem.kind


@pytest.mark.parametrize("text", UNSEEN)
def test_what_a_clerk_typed_is_taken_without_its_hidden_letters(text):
    assert not PATTERN.search(safe_text(f"x {text} y"))


def test_what_is_said_on_a_terminal_moves_no_cursor(raw, run):
    name = "\x1b]0;attacked\x07\u202etxt.csv"
    (raw / "actuals" / name).write_text("indicator\n\x1b[2J\n", "utf-8")
    code, said = run("check", "--data", raw)
    assert code == 2
    assert visible(name) in said.err
    assert not PATTERN.search(said.err + said.out)


# --- keys, numbers, addresses

REFUSED = [
    *[("themes.csv", "theme", text) for text in SHOWN if text != "1e309"],
    *[
        ("indicators.csv", "indicator", text)
        for text in ("con", "nul", "a" * 81, "a\n")
    ],
    *[("targets.csv", "value", text) for text in ("9" * 400, "1e9", "inf", "٣", "1\n")],
    *[("indicators.csv", "decimals", text) for text in ("7", "99999999999999999999")],
    *[("targets.csv", "year", text) for text in ("٢٠٢٣", "2023\n", "0001", "99999")],
    *[("breaks.csv", "month", text) for text in ("0", "13", "1.5")],
    *[("units.csv", "factor", text) for text in ("0", "0.000", "-1", "00")],
    ("remarks.csv", "date", "2023-12-31\n"),
    ("remarks.csv", "date", "9999-12-31"),
    *[
        ("sources.csv", "address", text)
        for text in SHOWN
        if not text.startswith(("https://attack.invalid/", "http://attack.invalid/"))
    ],
]


@pytest.mark.parametrize("file", sorted({file for file, _column, _text in REFUSED}))
def test_what_a_column_does_not_take_is_refused_in_every_row(raw, file):
    wanted = [(column, text) for name, column, text in REFUSED if name == file]
    for column in {column for column, _text in wanted}:
        texts = [text for name, text in wanted if name == column]
        kept = (raw / file).read_bytes()
        put(raw / file, column, texts)
        found = {p.found for p in problems_of(raw) if p.column == column}
        assert set(texts) <= found
        (raw / file).write_bytes(kept)


# --- size and depth

BIG = "x" * (intake.MOST_LETTERS + 1)
SIZES = {
    "bytes": ("a,b\n" + "1,2\n" * (intake.MOST_BYTES // 4), "5000 KB"),
    "rows": ("a,b\n" + "1,2\n" * (intake.MOST_ROWS + 1), "10000 dòng"),
    "columns": (",".join("a" * 200_000) + "\n", "50 cột"),
    "cell": (f"a,b\n1,{BIG}\n", "10000 ký tự"),
    "field": ('a\n"' + "x" * 200_000 + '"\n', "CSV"),
    "quote": ('a\n"' + "x,\n" * 100_000, "CSV"),
    "nothing": ("", "rỗng"),
    "zeros": ("\x00" * 1000, "U+0000"),
}


@pytest.mark.parametrize("name", SIZES)
def test_a_table_of_absurd_size_is_refused_soon(raw, name, soon):
    text, says = SIZES[name]
    (raw / "remarks.csv").write_text(text, "utf-8")
    with soon(20):
        found = [p for p in problems_of(raw) if p.file == "remarks.csv"]
    assert any(says in str(problem) for problem in found)


def test_a_table_with_a_fault_in_every_cell_is_refused_soon(raw, soon):
    row = ",".join(["\u202e?"] * 6)
    text = "indicator,year,kind,text_vi,author,date\n" + f"{row}\n" * intake.MOST_ROWS
    (raw / "remarks.csv").write_text(text, "utf-8")
    with soon(60):
        found = problems_of(raw)
    assert len(found) == intake.MOST_ROWS * 6


DEEP = 100_000
TOMLS = {
    "arrays": "a = " + "[" * 9_000,
    "tables": "a = " + "{a=" * 3_000,
    "dots": "a." * 4_900 + "b = 1",
    "large": "a = 1\n" * 40_000,
    "digits": f"first_year = {'9' * 4000}",
    "long term": "first_year = 1900\nlast_year = 2099",
    "long text": f'title_vi = "{"x" * (programme.MOST_LETTERS + 1)}"',
    "last day": "area_until = 9999-12-31",
    "sections": "[source]\nsections = 5",
}


@pytest.mark.parametrize("name", TOMLS)
def test_a_programme_file_of_absurd_size_or_depth_is_a_problem(tmp_path, name, soon):
    folder = tmp_path / "programme"
    folder.mkdir()
    (folder / "programme.toml").write_text(TOMLS[name], "utf-8")
    with soon(20):
        found = problems_of(folder)
    stated_keys = {"long term": "last_year", "last day": "area_until"}
    stated_keys |= {"long text": "title_vi", "sections": "source.sections", "dots": "a"}
    wanted = stated_keys.get(name, "")
    said = [p for p in found if p.file == "programme.toml"]
    assert any(problem.column == wanted for problem in said) or name == "digits"


@pytest.mark.parametrize(
    "text", ["[" * DEEP, '{"a":' * DEEP, "[]", "1", '{"outputs": []}', "\x00", "{"]
)
def test_a_manifest_that_is_none_is_passed_over(tmp_path, text):
    (tmp_path / "2023").mkdir()
    (tmp_path / "2023" / "manifest.json").write_text(text, "utf-8")
    assert read_manifest(tmp_path / "2023") == {}
    assert published_editions(tmp_path) == []


@pytest.mark.parametrize("name", ["javascript:alert(1)", "2023 onclick=x", "<b>"])
def test_a_folder_whose_name_is_no_edition_stands_in_no_link(tmp_path, name):
    folder = tmp_path / "reports" / "x" / name
    folder.mkdir(parents=True)
    manifest = {"outputs": {"index.html": ""}, "made_up": False, "latest_figure": None}
    manifest |= {"parameters": {"year": 2023, "lang": "vi"}, "data_cut_off": None}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert published_editions(folder.parent) == []


EXTREME = ["9" * 15 + "." + "9" * 15, "-" + "9" * 15, "0", "0." + "0" * 14 + "1"]


def test_the_largest_and_the_smallest_figures_that_a_table_takes_are_written(
    tmp_path,
):
    raw = Path(shutil.copytree(EVERY_KIND, tmp_path / "data"))
    for path in [*raw.rglob("actuals/*.csv"), raw / "targets.csv"]:
        upper = [row["upper_value"] and EXTREME[0] for row in rows_of(path)]
        put(path, "value", [EXTREME[at % len(EXTREME)] for at in range(len(upper))])
        put(path, "upper_value", upper)
    data = vl.load(raw)
    assert data.actuals["value"].max() == 1e15
    formats = ("docx", "pdf", "xlsx")
    out = tmp_path / "out"
    out.mkdir()
    write_files(out, View(data, 2027), formats, UNSIGNED)
    assert {path.suffix for path in out.iterdir()} == {".docx", ".pdf", ".xlsx"}


# --- paths


def test_a_link_in_the_data_is_refused_and_its_file_is_not_quoted(raw, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("secret word\n", "utf-8")
    (raw / "actuals" / "more.csv").symlink_to(secret)
    (raw / "context").mkdir()
    (raw / "context" / "folder").symlink_to(tmp_path)
    said = [str(problem) for problem in problems_of(raw)]
    assert [line.partition(":")[0] for line in said] == [
        "actuals/more.csv",
        "context/folder",
    ]
    assert "secret word" not in "".join(said)


@pytest.mark.skipif(os.name == "nt", reason="no pipes in a folder")
def test_a_pipe_in_the_place_of_a_table_is_refused_and_not_waited_for(raw):
    os.mkfifo(raw / "choices.csv")
    assert [problem.file for problem in problems_of(raw)] == ["choices.csv"]


@pytest.mark.parametrize(
    "base", ["/", "/etc", "../../..", ".", "actuals", "no/such", "a\\u0000"]
)
def test_a_base_elsewhere_is_refused_and_not_searched(raw, base, soon):
    (raw / "demo" / "actuals").mkdir(parents=True)
    path = raw / "demo" / "programme.toml"
    path.write_text(f'base = "{base}"\nmade_up = true\n', "utf-8")
    with soon(10):
        problems = problems_of(raw / "demo")
    found = {(problem.file, problem.column) for problem in problems}
    assert ("programme.toml", "base") in found


def test_nothing_is_published_or_built_into_the_data(raw, run):
    before = snapshot(raw)
    for out in (raw, raw / "reports", raw / "demo" / "x"):
        for command in ("review", "build"):  # build would write over the tables
            code, said = run(command, "--data", raw, "--out", out)
            assert code == 2
            assert "nằm trong thư mục dữ liệu" in said.err
    assert snapshot(raw) == before


@pytest.mark.parametrize("name", ["failed", "editions", "runs", "2023", "index.html"])
def test_no_link_in_the_place_of_publication_leads_a_deletion_elsewhere(tmp_path, name):
    kept = tmp_path / "kept"
    (kept / "2023").mkdir(parents=True)
    (kept / "2023" / "file").write_text("kept")
    out = tmp_path / "out"
    out.mkdir()
    (out / name).symlink_to(kept)
    with pytest.raises(ValueError, match=name):
        Request(folder=RAW, out=out)
    assert (kept / "2023" / "file").read_text() == "kept"


JOURNALS = [
    [".staging-2023-a", "2023", "../kept"],
    [".staging-2023-a", "2023", "/kept"],
    ["../kept", "2023", ".staging-2023-a.earlier"],
    [".staging-2023-a", "../kept", ".staging-2023-a.earlier"],
    ["a", "2023", "a.earlier"],
    ["", "2023", ".earlier"],
    [1, 2, 3],
    ["2023"],
    {},
]


@pytest.mark.parametrize("names", [*JOURNALS, "[" * DEEP])
def test_a_journal_that_we_did_not_write_deletes_and_renames_nothing(tmp_path, names):
    out = tmp_path / "out"
    for folder in (out / "2023", out / "a.earlier", tmp_path / "kept"):
        folder.mkdir(parents=True)
        (folder / "file").write_text("kept")
    journal = out / ".journal-2023.json"
    journal.write_text(names if isinstance(names, str) else json.dumps(names))
    complete(journal)
    kept = snapshot(tmp_path)
    assert len(kept) == 3
    assert set(kept.values()) == {b"kept"}


# --- parameters

FAULTS = [
    {"year": "2023"},
    {"year": 2023.0},
    {"year": True},
    {"year": "__import__('os')"},
    {"lang": "fr"},
    {"lang": '"); import os #'},
    {"as_of": "31/12/2023"},
    {"as_of": "20231231"},
    {"as_of": "2023-12-31\n"},
    {"as_of": "' or ''"},
    {"folder": RAW / "actuals"},
    {"folder": Path("/no/such")},
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_parameter_of_another_type_is_refused_before_anything_starts(fault, tmp_path):
    with pytest.raises(ValueError, match=r"cần|không|dài|ký tự"):
        Request(**{"folder": RAW, "out": tmp_path / "out", **fault})
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", [*UNSEEN, "x" * 101])
def test_a_number_or_a_name_on_the_report_with_hidden_letters_is_refused(text):
    for given in ({"number": text}, {"signatory": text}):
        with pytest.raises(ValueError, match=r"cần|không|dài|ký tự"):
            Signing(**given)


HOSTILE_FOLDERS = [
    '"); import os; os.system("touch attacked") #',
    "'; import os; os.system('touch attacked') #",
    "a\\",
    "{{ 7*7 }} {year} %s",
    "$(touch attacked)",
    "a\nimport os\nos.system('touch attacked')",
    "<script>",
]


def test_the_name_of_a_folder_is_a_text_in_the_cell_of_parameters(tmp_path):
    from papermill.translators import PythonTranslator

    for name in HOSTILE_FOLDERS:
        folder = Path(shutil.copytree(EVERY_KIND, tmp_path / name))
        given = Request(folder=folder, out=tmp_path / "out").parameters(2023)
        cell = PythonTranslator.codify(given)
        known = {}
        exec(cell, {"__builtins__": {}}, known)
        assert known == given
        assert known["data"] == name
    assert not [*tmp_path.rglob("attacked")]
