"""The annex as an Excel file: numbers, formulas, print set-up, sources, notes."""

import csv
import dataclasses
import html
import re
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from published import Made, but_first_costly

import vinhloc as vl
from vinhloc.assess.assessment import STATUSES
from vinhloc.figures.translation import use_language
from vinhloc.review.paper.annex import annex_rows
from vinhloc.review.paper.blocks import Documents
from vinhloc.review.paper.columns import annex_columns, sheet_columns
from vinhloc.review.paper.workbook import write_workbook
from vinhloc.review.paper.workbook_layout import number_format, signed_format
from vinhloc.review.view import View
from vinhloc.show.statuses import STANDINGS, status_text

RAW = Path(__file__).parents[2] / "data" / "raw"
DEMO = RAW / "demo"
VIEWS = {
    "real": (RAW, 2022, "vi", False),
    "demo": (DEMO, 2023, "vi", False),
    "demo, English": (DEMO, 2023, "en", False),
    "demo, estimates": (DEMO, 2024, "vi", False),
    "demo, the term": (DEMO, 2025, "vi", True),
}
MADE_UP = [name for name in VIEWS if name != "real"]
# As shown, in UTF-8, a file for each sheet.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
# LibreOffice in Vietnamese, and working every formula out when it opens a file.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale"
 oor:op="fuse"><value>vi</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop
 oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@dataclasses.dataclass
class Written:
    """A workbook as written, and what it was written from."""

    path: Path
    view: View
    lang: str
    annex: list[dict]  # a line for each indicator
    columns: tuple

    def at(self, name: str) -> int | None:
        """Return where a column stands; None where it is left out."""
        texts = [column.text for column in self.columns]
        texts = [text.removesuffix("_text") for text in texts]
        return texts.index(name) if name in texts else None

    def open(self, **options):
        return openpyxl.load_workbook(self.path, **options)

    def rows(self, **options):
        """Give each line of the annex with the cells of its row."""
        table = table_of(self.open(**options).worksheets[1])
        cells = [{n: row[self.at(n)] for n in self.names} for row in table]
        return zip(self.annex, cells, strict=True)

    @property
    def names(self) -> list[str]:
        """The columns as `annex_rows` names them."""
        return [column.text.removesuffix("_text") for column in self.columns]

    def named(self, **options) -> dict:
        """Return the name of an indicator -> its cells."""
        return {line["name"]: cells for line, cells in self.rows(**options)}


def table_of(sheet):
    """Return the rows of cells below the head, which is the first repeated row."""
    top = int(sheet.print_title_rows.split("$")[-1])
    return list(sheet.iter_rows(min_row=top + 1))


def write(path, view, lang="vi") -> Written:
    use_language(lang)
    write_workbook(view, path)
    lines = annex_rows(view)
    columns = sheet_columns(annex_columns(view, lines))
    documents = Documents(view.data)
    lines["note"] = lines["note"].fillna("").map(documents.numbered)
    use_language("vi")
    annex = lines[~lines["is_theme"].astype(bool)].to_dict("records")
    return Written(path, view, lang, annex, columns)


@pytest.fixture(scope="module")
def data():
    return {folder: vl.load(folder) for folder in (RAW, DEMO)}


@pytest.fixture(scope="module")
def books(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("workbooks")

    def made(name):
        raw, year, lang, term = VIEWS[name]
        path = folder / f"{len(books)}.xlsx"
        return write(path, View(data[raw], year, term=term), lang)

    books = Made(made)
    return books


# LibreOffice starts once for all that it is given.
several = pytest.mark.parametrize(
    "names", but_first_costly([["demo"], [*VIEWS]]), ids=["one", "all"]
)


@pytest.fixture(params=but_first_costly(VIEWS))
def book(request, books):
    return books[request.param]


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """Return what LibreOffice makes of workbooks: the paths of the other format."""
    folder = tmp_path_factory.mktemp("libreoffice")
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(SETTINGS, "utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"

    def convert(paths, kind):
        out = folder / kind.partition(":")[0]
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir"]
        command += [str(out), *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        return [out / f"{path.stem}.{out.name}" for path in paths]

    convert.folder = folder
    return convert


def printed_on(book) -> list[tuple[str, str]]:
    """Return the header and the footer of each sheet."""
    found = []
    with zipfile.ZipFile(book.path) as parts:
        for name in sorted(n for n in parts.namelist() if "/sheet" in n):
            text = html.unescape(parts.read(name).decode())
            found.append(
                re.search(r"<oddHeader>(.*)</oddHeader><oddFooter>(.*)</", text)
            )
    return [match.groups() for match in found]


# --- numbers and text


def test_a_figure_is_a_number_and_what_is_none_is_text(book):
    for line, cells in book.rows():
        for key in ("before", "target", "actual", "end"):
            if key not in cells:
                continue
            cell, known = cells[key], line[key] == line[key]
            assert cell.data_type == ("n" if known else "s"), cell.coordinate
            assert not known or cell.value == pytest.approx(line[key], abs=1e-9)
            assert known or cell.value == line[f"{key}_text"]
        assert cells["number"].value == int(line["number"])


def test_a_format_keeps_the_comparator_the_estimate_and_the_year_beside_the_number():
    assert number_format("≥ 97,5", 97.5, 1) == '"≥ "#,##0.0'
    assert number_format("ước 1.471", 1471, 0) == '"ước "#,##0'
    assert number_format("≤ 1,00 (hạn 2025)", 1, 2) == '"≤ "#,##0.00" (hạn 2025)"'
    assert number_format("0", 0, 0) == "#,##0"
    assert signed_format(1, "") == '"+"#,##0.0;"−"#,##0.0;#,##0.0'
    assert signed_format(1, "%") == '"+"#,##0.0%;"−"#,##0.0%;#,##0.0%'
    after = '"\xa0điểm"'
    wanted = f'"+"#,##0{after};"−"#,##0{after};#,##0{after}'
    assert signed_format(0, "\xa0điểm") == wanted


def test_a_target_shows_its_comparator_and_stays_a_number(books):
    cells = books["real"].named()
    insured = cells["Tỷ lệ dân số tham gia bảo hiểm y tế"]
    assert (insured["target"].value, insured["end"].value) == (96, 97.5)
    assert insured["target"].number_format == '"≥\xa0"#,##0.0'
    poor = cells["Tỷ lệ hộ nghèo"]
    assert (poor["target"].value, poor["end"].value) == ("–", 0)


def test_the_term_has_a_column_for_each_year_with_its_figures(books):
    book = books["demo, the term"]
    assert [n for n in book.names if n.isdigit()] == [*map(str, range(2020, 2026))]
    rice = book.named()["Diện tích lúa"]
    assert [rice["2024"].value, rice["2025"].value] == [311.7, "–"]
    assert rice["2024"].number_format == '"ước "#,##0.0'
    assert rice["note"].value == "thiếu số liệu năm 2025"


def test_a_bound_is_a_number_with_its_word_and_an_event_and_a_conflict_are_text(books):
    cells = books["demo"].named()
    bound = cells["Tỷ lệ dân số tham gia bảo hiểm y tế"]
    assert (bound["actual"].value, bound["percent"].value) == (95, "–")
    assert bound["actual"].number_format == '"hơn\xa0"#,##0.0'
    assert cells["Khảo sát, đánh số nhà"]["actual"].value == "chưa hoàn thành"
    assert cells["Tổng đàn gia súc"]["actual"].value == "–"


def test_a_range_as_target_is_text_and_gets_no_percentage(data, tmp_path):
    targets = data[DEMO].tables["targets.csv"].copy()
    row = targets["indicator"].eq("cultural_family_rate") & targets["year"].eq(2023)
    targets.loc[row, ["comparator", "value", "upper_value"]] = ["between", 97, 99]
    changed = with_tables(data[DEMO], **{"targets.csv": targets})
    book = write(tmp_path / "range.xlsx", View(changed, 2023))
    row = book.named()["Tỷ lệ gia đình văn hóa"]
    assert row["target"].value.replace("\xa0", " ") == "97,0 – 99,0"
    assert (row["actual"].value, row["percent"].value) == (98, "–")


def with_tables(data, **tables):
    return dataclasses.replace(data, tables={**data.tables, **tables})


@pytest.mark.parametrize("hostile", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3"])
def test_no_text_of_the_data_becomes_a_formula_or_a_link(data, tmp_path, hostile):
    text = f'{hostile}&HYPERLINK("http://x.vn")'
    tables = {
        "indicators.csv": data[RAW].tables["indicators.csv"].assign(name_vi=text),
        "themes.csv": data[RAW].tables["themes.csv"].assign(name_vi=text),
        "sources.csv": data[RAW]
        .tables["sources.csv"]
        .assign(title=text, publisher=text, address="http://x.vn"),
    }
    changed = with_tables(data[RAW], **tables)
    programme = dataclasses.replace(changed.programme, number=text)
    changed = dataclasses.replace(changed, programme=programme)
    book = write(tmp_path / "hostile.xlsx", View(changed, 2022))
    cells = [c for sheet in book.open() for row in sheet.iter_rows() for c in row]
    assert not [c.coordinate for c in cells if c.hyperlink]
    assert not [c.value for c in cells if c.data_type == "f" and hostile in c.value]
    held = [c for c in cells if c.value == text]
    assert len(held) > len(book.annex)
    assert {c.data_type for c in held} == {"s"}
    for _header, footer in printed_on(book):
        assert text in footer.replace("&&", "&")


# --- percentages of the plan


def test_a_percentage_is_a_formula_exactly_where_the_annex_has_one(book):
    cached = book.rows(data_only=True)
    if book.at("percent") is None:
        assert all(line["percent"] != line["percent"] for line in book.annex)
        return
    for (line, cells), (_line, known) in zip(book.rows(), cached, strict=True):
        cell = cells["percent"]
        if line["percent"] != line["percent"]:
            assert cell.value == "–"
            continue
        target, actual = (cells[n].coordinate for n in ("target", "actual"))
        assert cell.value == f'=IF({target}=0,"",{actual}/{target})'
        assert cell.number_format == "0.0%"
        assert known["percent"].value * 100 == pytest.approx(line["percent"])


def test_the_change_on_last_year_is_in_percent_and_of_a_rate_in_points(books):
    cells = books["demo"].named()
    grain = cells["Sản lượng lương thực bình quân hàng năm"]
    past, now = grain["before"], grain["actual"]
    assert (past.value, now.value) == (1832, 1928)
    ratio = f"{now.coordinate}/{past.coordinate}"
    wanted = f'=IF({past.coordinate}=0,"",ROUND({ratio}-1,3))'
    assert grain["change"].value == wanted
    assert grain["change"].number_format == signed_format(1, "%")
    families = cells["Tỷ lệ gia đình văn hóa"]
    past, now = families["before"].coordinate, families["actual"].coordinate
    assert families["change"].value == f"=ROUND({now}-{past},1)"
    assert families["change"].number_format == signed_format(1, "\xa0điểm")
    for name in ("Hạng sao OCOP: rượu Sâm Báo", "Khảo sát, đánh số nhà"):
        assert cells[name]["change"].value == "–"
        assert cells[name]["percent"].value == "–"


def test_no_ratio_of_ranks_events_and_rates_of_change(books):
    cells = books["demo"].named()
    growth = "Tỷ lệ tăng thu ngân sách bình quân hàng năm"
    over = "Tỷ lệ tăng thu ngân sách so với dự toán huyện giao, bình quân hàng năm"
    for name in (growth, over, "Hạng sao OCOP: chè lam Phủ Quảng"):
        assert (cells[name]["target"].data_type, cells[name]["percent"].value) == (
            "n",
            "–",
        )
    assert cells["Tỷ lệ gia đình văn hóa"]["percent"].data_type == "f"


@pytest.mark.system("soffice")
@several
def test_libreoffice_works_out_the_percentages_of_the_assessment(
    names, books, converted, tmp_path
):
    paths, written = [], [books[name] for name in names]
    for book in written:  # without the values that were stored
        paths += [tmp_path / book.path.name]
        book.open().save(paths[-1])
    count = 0
    for book, path in zip(written, converted(paths, "xlsx"), strict=True):
        rows = book.view.rows.set_index("name_en" if book.lang == "en" else "name_vi")
        table = table_of(openpyxl.load_workbook(path, data_only=True).worksheets[1])
        for line, cells in zip(book.annex, table, strict=True):
            if line["percent"] == line["percent"]:
                attained = rows.loc[line["name"], "attainment"]
                cell = cells[book.at("percent")]
                assert cell.value * 100 == pytest.approx(attained)
                count += 1
    assert count > 6 * len(names)


@pytest.mark.system("soffice")
def test_a_percentage_follows_a_figure_that_is_typed_anew(books, converted, tmp_path):
    changed = books["demo"].open()
    found = [cells for _line, cells in books["demo"].rows()]
    first, second = [c for c in found if c["percent"].data_type == "f"][:2]
    sheet = changed.worksheets[1]
    sheet[first["actual"].coordinate] = first["target"].value * 2
    sheet[second["target"].coordinate] = 0
    changed.save(tmp_path / "typed.xlsx")
    path = converted([tmp_path / "typed.xlsx"], "xlsx")[0]
    saved = openpyxl.load_workbook(path, data_only=True).worksheets[1]
    assert saved[first["percent"].coordinate].value == 2
    grown = 2 * first["target"].value / first["before"].value - 1
    change = saved[first["change"].coordinate].value
    assert change == pytest.approx(grown, abs=0.0006)
    assert saved[second["percent"].coordinate].value in (None, "")


@pytest.mark.system("soffice")
@several
def test_a_vietnamese_spreadsheet_shows_what_the_word_file_says(
    names, books, converted
):
    """As text the same table, but for the sign of per cent."""
    shown = [book for book in map(books.__getitem__, names) if book.lang == "vi"]
    converted([book.path for book in shown], CSV)
    for book in shown:
        path = next(converted.folder.glob(f"csv/{book.path.stem}-Biểu*.csv"))
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        top = next(n for n, row in enumerate(rows) if row[0] == "TT")
        for line, row in zip(book.annex, rows[top + 1 :], strict=True):
            for name in {"percent", "change"} & {*book.names}:
                row[book.at(name)] = row[book.at(name)].removesuffix("%")
            assert row == [line[column.text] for column in book.columns]


# --- what it looks like


def test_the_head_stays_in_sight_and_on_every_printed_page(book):
    for sheet in book.open():
        top = int(sheet.print_title_rows.split("$")[-1])
        assert sheet.print_title_rows == f"${top}:${top}"
        assert all(cell.value and cell.font.bold for cell in sheet[top])
        assert sheet.print_area.endswith(f"${sheet.max_row}")
        page = sheet.page_setup
        assert (page.paperSize, page.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert page.fitToWidth in (None, 1)  # 1 where it is not written
        assert page.fitToHeight == 0
        assert 0.7 < sheet.page_margins.left < 0.9  # inches
    _summary, targets, sources, _notes = book.open()
    assert all("&P" in header for header, _footer in printed_on(book))
    top = int(targets.print_title_rows.split("$")[-1])
    assert targets.freeze_panes == f"D{top + 1}"
    assert sources.freeze_panes.startswith("B")


def test_a_filter_never_holds_a_merged_cell(book):
    summary, *filtered, notes = book.open()
    assert not summary.auto_filter.ref
    assert not notes.auto_filter.ref
    for sheet in filtered:
        first, last = re.findall(r"\d+", sheet.auto_filter.ref)
        assert int(last) == sheet.max_row
        assert sheet.merged_cells.ranges
        assert all(merged.max_row < int(first) for merged in sheet.merged_cells)


def test_a_number_always_has_room_for_its_digits(book):
    """Too narrow a cell would show "####"; a digit takes 1 in the unit of widths."""
    sheet = book.open().worksheets[1]
    for line, cells in book.rows():
        for key in {"before", "target", "actual", "end"} & {*cells}:
            width = sheet.column_dimensions[cells[key].column_letter].width
            assert cells[key].data_type == "s" or width > len(line[f"{key}_text"])


def test_every_row_says_its_theme_and_number_so_that_sorting_loses_nothing(book):
    themes = book.view.data.names_of("themes", "theme")
    if book.lang == "vi":
        said = [cells["theme_name"].value for _line, cells in book.rows()]
        assert said == [themes[line["theme"]] for line in book.annex]
    numbers = [cells["number"].value for _line, cells in book.rows()]
    assert numbers == [*range(1, len(book.view.rows) + 1)]


def test_within_a_theme_the_main_list_comes_first(book):
    main = book.view.rows.set_index("indicator")["main"]
    order = [(line["theme"], not main[line["indicator"]]) for line in book.annex]
    themes = [*dict.fromkeys(theme for theme, _other in order)]
    assert order == sorted(order, key=lambda pair: (themes.index(pair[0]), pair[1]))


def test_the_first_sheet_says_the_results_and_counts_add_up_to_what_is_due(books):
    sheet = books["demo"].open().worksheets[0]
    rows = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if row[0]}
    said = [text for text in rows if text.startswith("Năm 2023: 20/26 chỉ tiêu")]
    assert len(said) == 1
    assert rows["Nội dung"] == (
        *("Đến hạn", "Đạt và vượt", "Chưa đạt", "Chưa đủ căn cứ", "Chưa có số liệu"),
    )
    assert rows["Tất cả chỉ tiêu đến hạn"] == (26, 20, 5, 1, 0)
    data = books["demo"].view.data
    for table in ("themes.csv", "departments.csv"):
        names = data.tables[table]["name_vi"]
        counts = [rows[name] for name in names if name in rows]
        assert tuple(map(sum, zip(*counts, strict=True))) == (26, 20, 5, 1, 0)
    assert rows["2022"] == (23, 18, 5, 0, 0)
    assert rows["2023"] == rows["Tất cả chỉ tiêu đến hạn"]


def test_a_status_is_a_sign_and_a_word_and_a_rule_colours_it(book):
    use_language(book.lang)
    words = {status: status_text(status) for status in STANDINGS}
    use_language("vi")
    for line, cells in book.rows():
        value = cells["status"].value
        said = {STANDINGS[s].base for s, word in words.items() if word == value}
        assert said == {line["status"]}
        assert cells["status"].fill.fill_type in (None, "solid")
    first, *_others, last = [cells["status"] for _line, cells in book.rows()]
    _summary, targets, _sources, notes = book.open()
    spans = {}
    for sheet in (targets, notes):
        for span in sheet.conditional_formatting:
            for rule in span.rules:
                assert rule.type == "beginsWith"
                spans.setdefault(str(span.sqref), {})[rule.text] = rule.dxf
    assert f"{first.coordinate}:{last.coordinate}" in spans
    assert len(spans) == 2
    for looks in spans.values():
        assert set(looks) == set(words.values())
        for status, word in words.items():
            fill = looks[word].fill.bgColor.rgb[-6:].lower()
            assert f"#{fill}" == STANDINGS[status].fill


def test_every_letter_is_times_new_roman_whatever_the_theme_of_excel(book):
    with zipfile.ZipFile(book.path) as parts:
        styles = parts.read("xl/styles.xml").decode()
    named = re.findall(r'<font>.*?<name val="([^"]*)"', styles)
    assert set(named) == {"Times New Roman"}
    assert "<scheme" not in styles


def test_titles_name_the_programme_and_the_report(books):
    sheet = books["real"].open().worksheets[1]
    said = [sheet.cell(row, 1).value for row in range(1, 5)]
    assert said[:2] == ["Phụ lục I", "BIỂU CHỈ TIÊU KINH TẾ - XÃ HỘI NĂM 2022"]
    assert "76/CTr-UBND năm 2022" in said[2]
    assert "76/CTr-UBND, ngày 29/05/2020" in said[3]
    term = books["demo, the term"].open().worksheets[1]
    assert term["A2"].value.endswith("NHIỆM KỲ 2020-2025")


# --- sources, notes, made-up figures, languages


def test_every_document_behind_the_table_stands_in_the_sheet_of_sources(book):
    """Numbered in the order in which the table names them."""
    rows = table_of(book.open().worksheets[2])
    numbers = [row[0].value for row in rows]
    assert numbers == [f"[{n}]" for n in range(1, len(book.view.sources) + 1)]
    notes = [cells["note"].value for _line, cells in book.rows() if "note" in cells]
    named = list(dict.fromkeys(re.findall(r"\[\d+\]", " ".join(filter(None, notes)))))
    assert named == numbers[: len(named)]
    known = book.view.data.sources.set_index("title")
    for _number, title, _publisher, day, address in (
        [cell.value or "" for cell in row] for row in rows
    ):
        assert address in known.loc[[title], "address"].tolist()
        assert day


def test_the_term_names_the_sources_of_all_its_years(books):
    view = books["demo, the term"].view
    figures = view.data.assessment.query("period == 'year'")["source"].dropna()
    assert set(figures) <= set(view.sources)


def test_notes_say_what_each_computed_column_and_status_is(book):
    use_language(book.lang)
    words = {status_text(status) for status in STATUSES}
    use_language("vi")
    _summary, targets, _sources, notes = book.open()
    rows = {row[0].value: row[1].value for row in table_of(notes)}
    assert words <= set(rows)
    top = int(targets.print_title_rows.split("$")[-1])
    heads = [cell.value for cell in targets[top]]
    named = {"target", "actual", "percent", "status"}
    named |= set() if book.view.term else {"before", "change", "end"}
    named = {heads[book.at(name)] for name in named if book.at(name) is not None}
    named |= {"2020-2025"} if book.view.term else set()
    assert named <= set(rows)
    assert all(rows.values())


@pytest.mark.parametrize("name", but_first_costly(sorted(VIEWS)))
def test_made_up_figures_are_marked_on_every_sheet_and_printed_page(books, name):
    words = {"vi": "SỐ LIỆU MINH HỌA", "en": "DEMONSTRATION DATA"}[books[name].lang]
    sheets = books[name].open()
    for sheet, printed in zip(sheets, printed_on(books[name]), strict=True):
        cells = [c for row in sheet.iter_rows(max_row=6) for c in row]
        marks = [c for c in cells if c.value == words]
        if name in MADE_UP:
            assert all(words in text for text in printed)
            assert [c.font.bold for c in marks] == [True]
        else:
            assert "MINH HỌA" not in f"{printed} {[*sheet.values]}"


def test_the_english_file_is_english(books):
    book = books["demo, English"]
    opened = book.open()
    assert opened.sheetnames == ["Summary", "Targets", "Sources", "Notes"]
    indicators = book.view.data.indicators
    assert {line["name"] for line, _cells in book.rows()} == {*indicators["name_en"]}
    allowed = " ".join([*indicators["name_en"], *book.view.data.sources["title"]])
    allowed += " ".join(book.view.data.sources["publisher_en"])
    texts = [c for sheet in opened for row in sheet.values for c in row]
    written = " ".join(text for text in texts if isinstance(text, str))
    toned = re.compile(r"\w*[ăâđêôơưáàảãạấầẩẫậếềểễệốồổỗộớờởỡợứừửữựíìỉĩịýỳỷỹỵ]\w*")
    assert set(toned.findall(written.lower())) <= set(toned.findall(allowed.lower()))


def test_sheets_are_named_in_the_language_in_use(books):
    names = books["real"].open().sheetnames
    assert names == ["Tóm tắt", "Biểu chỉ tiêu", "Nguồn số liệu", "Ghi chú chung"]


def test_a_workbook_holds_no_time_but_its_years(books):
    for book in books.values():
        with zipfile.ZipFile(book.path) as parts:
            assert {part.date_time[0] for part in parts.infolist()} == {1980}
            core = parts.read("docProps/core.xml").decode()
        assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+", core)) == {
            f"{book.view.year}-01-01T00:00:00"
        }
