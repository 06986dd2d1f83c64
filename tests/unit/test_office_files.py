"""An office file is read cell by cell as it stands, or refused with its reason."""

import datetime
import io
import json
import os
import random
import re
import subprocess
import sys
import unicodedata
import zipfile
from hashlib import sha256

import openpyxl
import pytest
import xlsxwriter
import xlwt
from code_pages import windows_1258

from vinhloc.figures import old_encoding
from vinhloc.figures.translation import use_language
from vinhloc.office.files import child, files
from vinhloc.office.files.files import Unreadable, read_office_file

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
)
RELATION = f'<Relationship Id="%s" Type="{OFFICE}/%s" Target="%s"/>'
TARGETS = RELATION % ("rId1", "worksheet", "worksheets/sheet1.xml")
TARGETS += RELATION % ("rId2", "styles", "styles.xml")
TARGETS += RELATION % ("rId3", "sharedStrings", "sharedStrings.xml")
# Styles 1 to 7: what each shows 0.975 as; 8 is a date.
FORMATS = [
    "0%",
    "0.00%",
    '0.0"%"',
    "0.0%;[Red]\\-0.0%",
    "0\\%",
    "0_%",
    "[$%]0",
    "dd/mm",
]
NUMBERS = "".join(
    '<numFmt numFmtId="{}" formatCode="{}"/>'.format(170 + n, f.replace('"', "&quot;"))
    for n, f in enumerate(FORMATS)
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts>{NUMBERS}</numFmts>'
    '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
    + "".join(f'<xf numFmtId="{170 + n}"/>' for n in range(len(FORMATS)))
    + '<xf numFmtId="9"/><xf numFmtId="10"/></cellXfs></styleSheet>'
)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def parts_of(rows: str, *, after: str = "", styles: str = STYLES) -> dict:
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Số liệu" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    )
    root = RELATION % ("rId1", "officeDocument", "xl/workbook.xml")
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{root}</Relationships>',
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}">{TARGETS}</Relationships>'
        ),
        "xl/styles.xml": styles,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>nước sạch</t></si></sst>',
        "xl/worksheets/sheet1.xml": sheet,
    }


def xlsx(rows: str, **options) -> bytes:
    return packed(parts_of(rows, **options))


def row(cells: str) -> str:
    return f'<row r="1">{cells}</row>'


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(table: str, *, styles: str = "", **parts: str | None) -> bytes:
    names = ("office", "table", "text", "draw", "style")
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = "".join(f' xmlns:{name}="{urn}:{name}:1.0"' for name in names)
    spaces += f' xmlns:fo="{urn}:xsl-fo-compatible:1.0"'
    content = (
        f"<office:document-content{spaces}>{styles}<office:body><office:spreadsheet>"
        f'<table:table table:name="Số liệu">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis"/>'
    whole = {"mimetype": ODS_TYPE, "META-INF/manifest.xml": manifest}
    whole |= {"content.xml": content} | parts
    return packed({name: part for name, part in whole.items() if part is not None})


def ods_row(*cells: tuple[str, str], about: str = "") -> str:
    written = "".join(
        f"<table:table-cell {kind}>{text}</table:table-cell>" for kind, text in cells
    )
    return f"<table:table-row {about}>{written}</table:table-row>"


def number(value: float, kind: str = "float") -> tuple[str, str]:
    shown = f"<text:p>{value}</text:p>"
    return f'office:value-type="{kind}" office:value="{value}"', shown


def text(value: str) -> tuple[str, str]:
    return 'office:value-type="string"', f"<text:p>{value}</text:p>"


def old_workbook(*, hidden: bool = False) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Số liệu")
    for at, value in enumerate(["nước sạch", 97.5, True]):
        sheet.write(0, at, value)
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    sheet.write(1, 0, datetime.date(2024, 10, 10), day)
    sheet.write_merge(2, 3, 0, 1, "gộp")
    book.add_sheet("Nháp").visibility = int(hidden)
    return saved(book)


@pytest.fixture
def apart():
    """Mark a test of the process that reads: the others read in their own."""


@pytest.fixture(autouse=True)
def at_once(request, monkeypatch):
    def answer(name, data):
        return child.answer(data, files.LIMITS)

    if "apart" not in request.fixturenames:
        monkeypatch.setattr(files, "_answer", answer)


@pytest.fixture
def read(tmp_path):
    """Return a function from bytes and a name to what is read."""

    def read_bytes(data: bytes, name: str = "so-lieu.xlsx"):
        path = tmp_path / name
        path.write_bytes(data)
        return read_office_file(path)

    return read_bytes


@pytest.fixture
def refused(read):
    """Return a function from bytes and a name to the reason why it is not read."""

    def reason(data: bytes, name: str = "so-lieu.xlsx") -> Unreadable:
        with pytest.raises(Unreadable) as found:
            read(data, name)
        assert str(found.value).startswith(f"{name}: ")
        return found.value

    return reason


def values(file, sheet: int = 0) -> dict:
    return {cell.address: cell.value for cell in file.sheets[sheet].cells.values()}


def marked(file, mark: str) -> list[str]:
    cells = file.sheets[0].cells.values()
    return [cell.address for cell in cells if getattr(cell, mark)]


def doubts(file, sheet: int = 0) -> dict:
    cells = file.sheets[sheet].cells.values()
    return {cell.address: cell.doubt for cell in cells if cell.doubt}


# --- values


def test_every_kind_of_value_of_an_xlsx_is_kept_as_it_is(read, apart):
    book = openpyxl.Workbook()
    book.active["B2"] = "nước sạch"
    book.active["C2"] = 97.5
    book.active["D2"] = 12
    book.active["E2"] = True
    book.active["F2"] = datetime.date(2024, 10, 10)
    book.active["G2"] = datetime.datetime(2024, 10, 10, 9, 30)
    book.active["H2"] = datetime.time(9, 30)
    book.active["I2"] = datetime.timedelta(hours=30)
    book.active["J2"] = " hai dòng:\nmột, hai "
    book.active["AB12"] = "97,5"
    file = read(saved(book))
    assert values(file) == {
        "B2": "nước sạch",
        "C2": 97.5,
        "D2": 12,
        "E2": True,
        "F2": datetime.date(2024, 10, 10),
        "G2": datetime.datetime(2024, 10, 10, 9, 30),
        "H2": datetime.time(9, 30),
        "I2": datetime.timedelta(hours=30),
        "J2": " hai dòng:\nmột, hai ",
        "AB12": "97,5",
    }
    assert values(file)["E2"] is True
    assert type(values(file)["F2"]) is datetime.date
    assert file.sheets[0].cells[12, 28].address == "AB12"


def test_an_xlsx_with_many_kinds_of_cells_reads_as_openpyxl_reads_it(read):
    chosen = random.Random(1)
    book = openpyxl.Workbook()
    kinds = ["xã", "a & b < c", "hai  chữ", "=1", 0, -1.5, 1e-7, True, False]
    kinds += [datetime.datetime(2024, 2, 29, 1, 2, 3), None, None]
    for at in range(400):
        cell = book.active.cell(1 + at // 9 * 3, 1 + at % 9 * 2)
        cell.value = chosen.choice(kinds)
        cell.data_type = "s" if cell.value == "=1" else cell.data_type
    data = saved(book)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    cells = [cell for line in sheet.iter_rows() for cell in line]
    expected = {c.coordinate: c.value for c in cells if c.value is not None}
    assert values(read(data)) == expected


def test_a_day_is_the_same_day_where_excel_counts_from_1904(read):
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = datetime.date(2024, 10, 10)
    assert values(read(saved(book))) == {"A1": datetime.date(2024, 10, 10)}


def test_cells_come_row_by_row_with_their_places(read):
    rows = '<row r="3"><c r="C3"><v>1</v></c><c r="E3"><v>2</v></c></row>'
    file = read(xlsx(rows + '<row r="7"><c r="B7"><v>3</v></c></row>'))
    assert list(file.sheets[0].cells) == [(3, 3), (3, 5), (7, 2)]
    assert values(file) == {"C3": 1, "E3": 2, "B7": 3}


def test_a_file_states_its_name_its_kind_and_the_sum_of_its_bytes(read):
    data = xlsx(row('<c r="A1"><v>1</v></c>'))
    file = read(data, "Báo cáo năm.xlsx")
    assert (file.name, file.kind, file.notes) == ("Báo cáo năm.xlsx", "xlsx", ())
    assert file.sha256 == sha256(data).hexdigest()
    assert file.sheets[0].name == "Số liệu"


@pytest.mark.parametrize(
    "rows",
    [
        '<row><c><v>1</v></c><c t="s"><v>0</v></c><c><f>A1</f></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c><c r='B1' t='s'><v>0</v></c>"
        "<c r='C1'><f>A1</f></c></row>",
        '<row r="1"><c\n r="A1"><v>1</v></c><c t="s"\n r="B1"><v>0</v></c>'
        '<c  r="$C$1"><f>A1</f></c></row>',
        '<row r="1"><!-- <c r="A1"><v>5</v></c> --><c r="A1"><v><![CDATA[1]]></v></c>'
        '<c r="B1" t="s"><v>0</v></c><c r="C1"><f>A1</f></c></row>',
    ],
    ids=["no places", "single quotes", "spread out", "comment and CDATA"],
)
def test_xml_as_other_programs_write_it_reads_the_same(read, rows):
    file = read(xlsx(rows))
    assert values(file) == {"A1": 1, "B1": "nước sạch", "C1": ""}
    assert marked(file, "missing") == ["C1"]


def test_xml_with_prefixes_reads_the_same(read):
    parts = parts_of('<row r="1" hidden="1"><c r="A1"><f>2</f><v>2</v></c></row>')
    sheet = parts["xl/worksheets/sheet1.xml"].replace("xmlns=", "xmlns:x=")
    parts["xl/worksheets/sheet1.xml"] = re.sub(r"<(/?)", r"<\1x:", sheet)
    file = read(packed(parts))
    assert values(file) == {"A1": 2}
    assert marked(file, "formula") == ["A1"]
    assert doubts(file) == {"A1": "hidden"}


def test_what_is_no_number_is_text(read):
    cells = "".join(
        f'<c r="{column}1"><v>{value}</v></c>'
        for column, value in zip("ABC", ["NaN", "1e999", "97,5"], strict=True)
    )
    assert values(read(xlsx(row(cells)))) == {"A1": "NaN", "B1": "inf", "C1": "97,5"}


# --- marks


def test_a_number_with_a_percent_style_is_marked_and_kept_as_a_share(read):
    cells = "".join(
        f'<c r="{column}1" s="{style}"><v>0.975</v></c>'
        for style, column in enumerate("ABCDEFGHIJK")
    )
    file = read(xlsx(row(cells)))
    shown = ["0%", "0.00%", "0.0%;[Red]\\-0.0%"]
    custom = ["ABCDEFGHI"[1 + FORMATS.index(shape)] + "1" for shape in shown]
    assert marked(file, "percent") == [*custom, "J1", "K1"]
    assert file.sheets[0].cells[1, 10].value == 0.975


def test_text_and_truth_are_no_percentages_whatever_their_style(read):
    cells = '<c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1" t="b"><v>1</v></c>'
    assert marked(read(xlsx(f'<row r="1" s="1">{cells}</row>')), "percent") == []


def test_cells_without_a_style_have_the_first_one(read):
    styles = STYLES.replace(
        '<cellXfs><xf numFmtId="0"/>', '<cellXfs><xf numFmtId="9"/>'
    )
    cells = '<c r="A1"><v>0.5</v></c><c r="B1" s="3"><v>0.5</v></c>'
    assert marked(read(xlsx(row(cells), styles=styles)), "percent") == ["A1"]


def test_a_formula_has_its_saved_result_or_none(read):
    cells = (
        '<c r="A1"><v>3</v></c><c r="B1"><f>A1*2</f><v>6</v></c>'
        '<c r="C1"><f>A1*2</f></c><c r="D1"><f>A1*2</f><v/></c>'
        '<c r="E1"><f>A1*2</f><v></v></c><c r="F1" t="str"><f>A1&amp;""</f><v>3</v></c>'
        '<c r="G1"><f t="shared" si="0"/><v>6</v></c>'
        '<c r="H1" t="str"><f>""</f><v></v></c>'
        '<c r="I1" t="b"><f>A1&gt;2</f><v>1</v></c>'
    )
    file = read(xlsx(row(cells)))
    assert marked(file, "formula") == ["B1", "C1", "D1", "E1", "F1", "G1", "I1"]
    assert marked(file, "missing") == ["C1", "D1", "E1"]
    shown = {
        "A1": 3,
        "B1": 6,
        "C1": "",
        "D1": "",
        "E1": "",
        "F1": "3",
        "G1": 6,
        "I1": 1,
    }
    assert values(file) == shown


def test_each_cell_of_an_array_formula_is_a_formula(read):
    first = '<c r="A1"><f t="array" ref="A1:B2">C1:D2</f><v>1</v></c>'
    rows = row(first + '<c r="B1"><v>2</v></c><c r="C1"><v>1</v></c>')
    file = read(xlsx(rows + '<row r="2"><c r="A2"><v>3</v></c></row>'))
    assert marked(file, "formula") == ["A1", "B1", "A2"]


def test_results_that_no_one_computed_are_noted(read):
    parts = parts_of(row('<c r="A1"><f>1+1</f><v>0</v></c>'))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        "</sheets>", '</sheets><calcPr fullCalcOnLoad="1"/>'
    )
    (note,) = read(packed(parts)).notes
    assert "tính lại" in note


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#SPILL!", "#CALC!"])
def test_an_error_is_a_cell_with_its_sign(read, error):
    cells = f'<c r="A1" t="e"><f>B9</f><v>{error}</v></c><c r="B1"><v>7</v></c>'
    cells += '<c r="C1" t="inlineStr"><is><t>gõ t="e" ở đây</t></is></c>'
    file = read(xlsx(row(cells)))
    assert values(file) == {"A1": error, "B1": 7, "C1": 'gõ t="e" ở đây'}
    assert marked(file, "error") == marked(file, "formula") == ["A1"]
    assert marked(file, "missing") == []


def test_hidden_sheets_and_rows_are_read_and_marked(read):
    book = openpyxl.Workbook()
    for at in range(1, 6):
        book.active.cell(at, 1, at)
    book.active.row_dimensions[2].hidden = True
    book.active.row_dimensions[4].hidden = True
    book.active.row_dimensions[900].hidden = True
    for name, state in (("ẩn", "hidden"), ("ẩn sâu", "veryHidden")):
        book.create_sheet(name)["A1"] = 1
        book[name].sheet_state = state
    file = read(saved(book))
    assert [sheet.hidden for sheet in file.sheets] == [False, True, True]
    assert doubts(file) == {"A2": "hidden", "A4": "hidden"}
    assert values(file, 1) == {"A1": 1}


def test_merged_cells_are_given_with_their_corners(read):
    merges = '<mergeCells><mergeCell ref="B2:D3"/><mergeCell ref="A5:A6"/></mergeCells>'
    file = read(xlsx(row('<c r="A1"><v>1</v></c>'), after=merges))
    assert file.sheets[0].merged == ((2, 2, 3, 4), (5, 1, 6, 1))


# --- .ods, .xls


def test_an_ods_file_reads_with_its_marks(read):
    failed = 'table:formula="of:=1/0" office:value-type="string" office:string-value=""'
    day = 'office:value-type="date" office:date-value="2024-10-10"'
    share = (number(0.975, "percentage")[0], "<text:p>97,5 %</text:p>")
    computed = ('table:formula="of:=[.B1]*2" ' + number(195)[0], number(195)[1])
    file = read(
        ods(
            ods_row(text("nước sạch"), number(97.5), share)
            + ods_row(about='table:number-rows-repeated="3"')
            + ods_row(
                computed,
                ('table:formula="of:=1"', ""),
                (failed, "<text:p>#N/A</text:p>"),
                about='table:visibility="collapse"',
            )
            + ods_row(
                (day, "<text:p>10/10</text:p>"),
                ('table:formula="of:=B9"', "<text:p/>"),
                about='table:visibility="filter"',
            )
        ),
        "so-lieu.ods",
    )
    assert (file.kind, file.notes) == ("ods", ())
    assert values(file) == {
        **{"A1": "nước sạch", "B1": 97.5, "C1": 0.975},
        **{"A5": 195, "B5": "", "C5": "#N/A", "A6": datetime.date(2024, 10, 10)},
    }
    assert marked(file, "percent") == ["C1"]
    assert marked(file, "formula") == ["A5", "B5", "C5"]
    assert marked(file, "missing") == ["B5"]
    assert marked(file, "error") == ["C5"]
    assert {cell[1] for cell in doubts(file)} == {"5", "6"}


def test_repeated_and_merged_cells_of_an_ods_file_stand_in_their_places(read):
    twice = (number(1)[0] + ' table:number-columns-repeated="2"', number(1)[1])
    wide = 'table:number-columns-spanned="2" table:number-rows-spanned="3"'
    merged = (text("gộp")[0] + " " + wide, text("gộp")[1])
    again = 'table:number-rows-repeated="2"'
    file = read(ods(ods_row(twice, number(2), about=again) + ods_row(merged)), "a.ods")
    assert values(file) == {
        **{"A1": 1, "B1": 1, "C1": 2, "A2": 1, "B2": 1, "C2": 2, "A3": "gộp"}
    }
    assert file.sheets[0].merged == ((3, 1, 5, 2),)


def test_comments_and_drawings_of_an_ods_file_are_no_part_of_a_cell(read):
    note = "<office:annotation><text:p>hỏi lại</text:p></office:annotation>"
    frame = (
        "<draw:frame><draw:text-box><text:p>hình</text:p></draw:text-box></draw:frame>"
    )
    inner = "<table:table><table:table-row/></table:table>"
    shapes = f"<table:shapes><draw:frame/><draw:g>{inner}</draw:g></table:shapes>"
    kind, shown = text("một<text:tab/>hai<text:line-break/>ba")
    cells = ods_row((kind, note + shown), (kind, frame + "<draw:frame/>" + shown))
    assert values(read(ods(shapes + cells), "a.ods")) == {
        "A1": "một\thai\nba",
        "B1": "một\thai\nba",
    }


def test_an_ods_file_made_by_libreoffice_with_macros_is_read(read):
    library = "<!DOCTYPE library:libraries><library:libraries/>"
    data = ods(ods_row(number(5)), **{"Basic/script-lc.xml": library})
    file = read(data, "a.ods")
    assert values(file) == {"A1": 5}
    assert "macro" in file.notes[0]


def test_an_xls_file_reads_with_what_it_tells(read):
    file = read(old_workbook(hidden=True), "so-lieu.xls")
    assert file.kind == "xls"
    assert values(file) == {
        **{"A1": "nước sạch", "B1": 97.5, "C1": True},
        **{"A2": datetime.date(2024, 10, 10), "A3": "gộp"},
    }
    assert [sheet.hidden for sheet in file.sheets] == [False, True]
    assert file.sheets[0].merged == ((3, 1, 4, 2),)
    assert "công thức" in file.notes[0]


# --- what a person sees

LOOKS = {
    "struck": {"font_strikeout": True},
    "raised": {"font_script": 1},
    "lowered": {"font_script": 2},
    "white": {"font_color": "white"},
    "white on blue": {"font_color": "white", "bg_color": "#4472C4"},
    "blue on blue": {"font_color": "#4472C4", "bg_color": "#4472C4"},
}


def drawn(*cells) -> bytes:
    """Return a workbook whose column A holds cells: parts of a text, or (value, look).

    A look that is none of LOOKS is a number format.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        shape = {name: book.add_format(look) for name, look in LOOKS.items()}
        page = book.add_worksheet()
        for at, cell in enumerate(cells):
            if isinstance(cell, list):
                parts = [shape.get(part, part) for part in cell]
                page.write_rich_string(at, 0, *parts)
            else:
                look = shape.get(cell[1]) or book.add_format({"num_format": cell[1]})
                page.write(at, 0, cell[0], look)
    return out.getvalue()


def seen(file) -> list[tuple]:
    cells = file.sheets[0].cells.values()
    return [(cell.value, cell.shown, cell.doubt) for cell in cells]


def test_what_is_struck_out_is_no_part_of_the_value(read):
    given = [["struck", "29", "8,5"], ("2.050", "struck"), (2050, "struck")]
    assert seen(read(drawn(*given, ["8,5 ", "struck", "tấn"]))) == [
        ("8,5", "298,5", "struck"),
        ("2.050", "", "struck"),
        (2050, "", "struck"),
        ("8,5 ", "8,5 tấn", "struck"),
    ]


def test_a_raised_footnote_behind_digits_is_no_part_of_the_value(read):
    given = [["14", "raised", "1"], ["Năm 2024", "raised", "(2)"], (14, "raised")]
    assert seen(read(drawn(*given, ["97,5", "lowered", "b"]))) == [
        ("14", "141", "raised"),
        ("Năm 2024", "Năm 2024(2)", "raised"),
        (14, "", "raised"),
        ("97,5", "97,5b", "raised"),
    ]


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (["m", "raised", "2"], "m2"),
        (["2.080 m", "raised", "2"], "2.080 m2"),
        (["CO", "lowered", "2"], "CO2"),
        (["Sản lượng lúa", "raised", "(1)"], "Sản lượng lúa(1)"),
        (("km²", "General"), "km²"),
        (("chú thích", "raised"), "chú thích"),
    ],
)
def test_what_is_raised_behind_words_is_part_of_them(read, given, value):
    assert seen(read(drawn(given))) == [(value, "", "")]


def test_ink_of_the_colour_of_the_cell_is_not_seen(read):
    given = [(5, "white"), (5, "white on blue"), (5, "blue on blue")]
    found = [doubt for _value, _shown, doubt in seen(read(drawn(*given)))]
    assert found == ["unseen", "", "unseen"]
    assert seen(read(drawn(["white", "9", "8"]))) == [("8", "98", "unseen")]


NEGATIVE = ["0", "#,##0_);(#,##0)", "#,##0;[Red]#,##0", "0;-0"]
DIGITS = ["General", "0", "0.0", "#,##0.00", "#,###", "@", "0.##", "# ##0", "#\\ ##0"]


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        *((1234.5, shape) for shape in [*DIGITS, "[Blue]0", "[$-42A]0"]),
        *((-5, shape) for shape in NEGATIVE),
        (5, '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)'),
        *((0.975, shape) for shape in ("0%", "0.00%", "0.0%;[Red]\\-0.0%")),
        *(("chữ", shape) for shape in ("@", ";;;@", "#,##0,", '0" hộ"')),
    ],
)
def test_a_plain_number_format_raises_no_doubt(read, value, shape):
    assert seen(read(drawn((value, shape)))) == [(value, "", "")]


@pytest.mark.parametrize(
    ("value", "shape", "shown"),
    [
        (2080000, "#,##0,", "2.080"),
        (52300000, "0.0,,", "52,3"),
        (20800, '#,##0" tạ"', "20.800 tạ"),
        (12, "0\\ \\h\\ộ", "12 hộ"),
        (0.975, '0.0"%"', "1,0%"),
        (5, '_-* #,##0\\ "₫"_-', "5 ₫"),
        (5, "#,##0\\ [$₫-42A]", "5 ₫"),
        (-5, "#,##0;#,##0", "5"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (5, '[>=5]"đạt";"không"', "đạt"),
        (0.5, "# ?/?", "0,5"),
        (12345, "0.00E+00", "1,23E+4"),
        ("chữ", '@" hộ"', "chữ hộ"),
    ],
)
def test_a_number_format_that_shows_another_figure_or_words_is_told(
    read, value, shape, shown
):
    assert seen(read(drawn((value, shape)))) == [(value, shown, "format")]


@pytest.mark.parametrize(
    ("value", "shape"), [(1950, ";;;"), (0, "0;-0;;@"), (0, "#,###"), ("chữ", ";;;")]
)
def test_a_number_format_that_shows_nothing_is_told(read, value, shape):
    assert seen(read(drawn((value, shape)))) == [(value, "", "unseen")]


def test_columns_and_rows_that_are_hidden_or_without_size_are_told(read):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for line in range(4):
            page.write_row(line, 0, [1, 2, 3])
        page.set_row(1, 0)
        page.set_row(2, 1.5)
        page.set_column(1, 1, None, None, {"hidden": True})
        page.set_column(2, 2, 0.3)
    file = read(out.getvalue())
    assert values(file).keys() - doubts(file) == {"A1", "A4"}
    assert {*doubts(file).values()} == {"hidden"}


def test_what_lies_under_a_merged_cell_is_told(read):
    merges = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    rows = row('<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c>')
    rows += '<row r="2"><c r="A2"><v>4</v></c></row>'
    assert doubts(read(xlsx(rows, after=merges))) == {"B1": "covered", "A2": "covered"}


def test_merged_cells_as_large_as_a_sheet_cost_nothing(read):
    merges = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    file = read(xlsx(row('<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>'), after=merges))
    assert doubts(file) == {"B1": "covered"}


def test_an_xls_file_tells_what_a_person_sees(read):
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    struck, raised = xlwt.Font(), xlwt.Font()
    struck.struck_out, raised.escapement = True, xlwt.Font.ESCAPEMENT_SUPERSCRIPT
    sheet.write_rich_text(0, 0, [("29", struck), "8,5"])
    sheet.write_rich_text(1, 0, ["14", ("1", raised)])
    for at, shape in enumerate(["0%", "#,##0,", ";;;", '0" hộ"', "0.0"], 2):
        sheet.write(at, 0, 2000, xlwt.easyxf(num_format_str=shape))
    sheet.write(7, 0, 1, xlwt.easyxf("font: colour white"))
    sheet.write(8, 0, 1)
    sheet.row(8).hidden = True
    sheet.write(9, 1, 1)
    sheet.col(1).hidden = True
    file = read(saved(book), "a.xls")
    assert marked(file, "percent") == ["A3"]
    assert doubts(file) == {
        **{"A1": "struck", "A2": "raised", "A4": "format", "A5": "unseen"},
        **{"A6": "format", "A8": "unseen", "A9": "hidden", "B10": "hidden"},
    }
    assert seen(file)[:2] == [("8,5", "298,5", "struck"), ("14", "141", "raised")]
    assert file.sheets[0].cells[4, 1].shown == "2"


ODS_STYLES = (
    "<office:automatic-styles>"
    '<style:style style:name="struck" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="child" style:family="table-cell" '
    'style:parent-style-name="struck"/>'
    '<style:style style:name="white" style:family="table-cell">'
    '<style:text-properties fo:color="#ffffff"/></style:style>'
    '<style:style style:name="up" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="low" style:family="table-row">'
    '<style:table-row-properties style:row-height="0.01cm"/></style:style>'
    "</office:automatic-styles>"
)


def test_an_ods_file_tells_what_a_person_sees(read):
    def cell(style: str, shown: str) -> tuple[str, str]:
        about = 'office:value-type="float" office:value="2080" table:style-name="%s"'
        return about % style, f"<text:p>{shown}</text:p>"

    rows = [
        cell("struck", "2080"),
        cell("child", "2080"),
        cell("white", "2080"),
        *(cell("", shown) for shown in ("2.080,0", "20.800 tạ", "2", "")),
        text('14<text:span text:style-name="up">1</text:span>'),
        text('m<text:span text:style-name="up">2</text:span>'),
    ]
    table = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    table += "".join(map(ods_row, rows))
    table += ods_row(number(1), about='table:style-name="low"')
    file = read(ods(table + ods_row(text("a"), text("b")), styles=ODS_STYLES), "a.ods")
    assert [doubt for _value, _shown, doubt in seen(file)] == [
        *("struck", "struck", "unseen", "", "format", "format", "unseen"),
        *("raised", "", "hidden", "", "hidden"),
    ]
    assert [shown for _value, shown, _doubt in seen(file)][4:6] == ["20.800 tạ", "2"]
    assert file.sheets[0].cells[9, 1].value == "m2"


def test_a_covered_cell_of_an_ods_file_is_told(read):
    wide = (number(1)[0] + ' table:number-columns-spanned="2"', number(1)[1])
    line = ods_row(wide, number(2)).replace("/table:table-cell></table:table-row", "/c")
    first, _cell, second = line.rpartition("<table:table-cell")
    line = f"{first}<table:covered-table-cell{second}"
    line = line.replace("/c>", "/table:covered-table-cell></table:table-row>")
    assert doubts(read(ods(line), "a.ods")) == {"B1": "covered"}


# --- sound, and not as Excel writes it

PURL = "http://purl.oclc.org/ooxml/"
ONE = '<row r="1"><c r="A1" s="1"><v>0.975</v></c><c r="B1" t="s"><v>0</v></c></row>'
RULES = (
    '<dataValidations><dataValidation type="?" sqref=""/></dataValidations>'
    '<conditionalFormatting sqref="A1"><cfRule type="?" dxfId="99"/>'
    "</conditionalFormatting><hyperlinks><hyperlink/></hyperlinks>"
    '<pageMargins left="?"/><tableParts><tablePart/></tableParts><extLst/>'
)
FONTS = (
    '<fonts><font><sz val="?"/><family val="99"/><color rgb="red"/></font></fonts>'
    "<fills><fill/><fill><gradientFill/></fill></fills><cellStyleXfs>"
)


def replaced(*pairs: tuple[str, str], **options) -> dict:
    """Return the parts of a workbook in which texts are replaced by others."""
    parts = parts_of(ONE, **options)
    for old, new in pairs:
        assert any(old in part for part in parts.values()), old
        parts = {name: part.replace(old, new) for name, part in parts.items()}
    return parts


def renamed(parts: dict, old: str, new: str) -> dict:
    return {name.replace(old, new): part for name, part in parts.items()}


ODD = {
    "another name": renamed(
        replaced(("xl/workbook.xml", "xl/workbook22.xml")), "workbook", "workbook22"
    ),
    "at the root": renamed(replaced(("xl/workbook.xml", "/workbook.xml")), "xl/", ""),
    "absolute": replaced(('Target="work', 'Target="/xl/work')),
    "back slashes": renamed(replaced(), "/", "\\"),
    "other letters": {name.upper(): part for name, part in replaced().items()},
    "strict": replaced(
        (MAIN, PURL + "spreadsheetml/main"),
        (OFFICE, PURL + "officeDocument/relationships"),
    ),
    "no content types": replaced() | {"[Content_Types].xml": ""},
    "broken properties": replaced() | {"docProps/core.xml": "?", "xl/theme.xml": "?"},
    "rules": replaced(after=RULES),
    "fonts": replaced(("<cellStyleXfs>", FONTS)),
    "names": replaced(
        ("</sheets>", '</sheets><definedNames><definedName name="?"/></definedNames>')
    ),
    "attributes": replaced(('<row r="1">', '<row r="1" spans="?" s="99" odd="1">')),
    "sheet": replaced(("Số liệu", "Một tên dài hơn ba mươi mốt chữ: [biểu] số liệu?")),
}


@pytest.mark.parametrize("parts", ODD.values(), ids=ODD)
def test_a_sound_workbook_is_read_whoever_wrote_it(read, parts):
    file = read(packed(parts))
    assert values(file) == {"A1": 0.975, "B1": "nước sạch"}
    assert marked(file, "percent") == ["A1"]


def test_a_workbook_without_styles_and_shared_texts_is_read(read):
    cells = '<c r="A1" s="7" t="inlineStr"><is><t>chữ</t></is></c>'
    parts = parts_of(row(cells + '<c r="B1" s="1"><v>5</v></c>'))
    del parts["xl/styles.xml"], parts["xl/sharedStrings.xml"]
    assert values(read(packed(parts))) == {"A1": "chữ", "B1": 5}


def test_cells_as_other_programs_write_them_are_read(read):
    cells = (
        '<c t="inlineStr"><is><r><t>chữ</t></r><rPh sb="0" eb="1"><t>?</t></rPh></is>'
        '</c><c t="inlineStr"/><c t="str"><v>a_x000D_b</v></c><c t="b"><v>true</v></c>'
        '<c t="d"><v>2024-10-10</v></c><c><v> 12 </v></c><c t="b"><f>A1</f></c>'
    )
    assert values(read(xlsx(f"<row>{cells}</row>"))) == {
        **{"A1": "chữ", "C1": "a\rb", "D1": True},
        **{"E1": datetime.date(2024, 10, 10), "F1": 12, "G1": ""},
    }


ODS_ONE = ods_row(text("nước sạch"), number(97.5))
GROUP = "<table:table-row-group>"
ODD_ODS = {
    "no mimetype": ods(ODS_ONE, mimetype=None),
    "a line more": ods(ODS_ONE, mimetype=ODS_TYPE + "\n"),
    "template": ods(ODS_ONE, mimetype=ODS_TYPE + "-template"),
    "no manifest": ods(ODS_ONE, **{"META-INF/manifest.xml": None}),
    "white space": ods(ODS_ONE.replace("><", ">\n  <")),
    "groups": ods(GROUP * 3 + ODS_ONE + GROUP.replace("<", "</") * 3),
    "no text": ods(ODS_ONE.replace("<text:p>97.5</text:p>", "")),
    "spans": ods(
        ODS_ONE.replace("sạch", "<text:span>s<text:a>ạ</text:a></text:span>ch")
    ),
    "trailing": ods(
        ODS_ONE + '<table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    ),
}


@pytest.mark.parametrize("data", ODD_ODS.values(), ids=ODD_ODS)
def test_a_sound_ods_file_is_read_whoever_wrote_it(read, data):
    assert values(read(data, "a.ods")) == {"A1": "nước sạch", "B1": 97.5}


# --- CSV

CSV = "Chỉ tiêu;Đơn vị;Kết quả\nTỷ lệ hộ nghèo, cận nghèo;%;2,5\n"
CELLS = [
    *("Chỉ tiêu", "Đơn vị", "Kết quả"),
    *("Tỷ lệ hộ nghèo, cận nghèo", "%", "2,5"),
]


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        b"\xfe\xff" + CSV.encode("utf-16-be"),
        CSV.replace("\n", "\r\n").encode(),
    ],
    ids=["UTF-8", "UTF-8 with mark", "UTF-16", "UTF-16 big end first", "CR LF"],
)
def test_a_csv_is_read_as_text_in_its_encoding(read, data):
    file = read(data, "so-lieu.csv")
    assert (file.kind, file.notes, file.sheets[0].name) == ("csv", (), "")
    assert list(values(file).values()) == CELLS
    assert values(file)["C2"] == "2,5"


def test_a_csv_of_vietnamese_windows_is_read_and_noted(read):
    file = read(windows_1258(CSV), "so-lieu.csv")
    assert list(values(file).values()) == CELLS
    assert "1258" in file.notes[0]


@pytest.mark.parametrize(
    ("written", "cells"),
    [
        ("a;b\n1,5;2,5\n", ["a", "b", "1,5", "2,5"]),
        ("0,5;1,5\n2,5;3,5\n", ["0,5", "1,5", "2,5", "3,5"]),
        ("a,b\n1;5,2;5\n", ["a", "b", "1;5", "2;5"]),
        ("a\tb\n1,5\t2;5\n", ["a", "b", "1,5", "2;5"]),
        ('a,b\n"1,5","2\n3"\n', ["a", "b", "1,5", "2\n3"]),
        ('"a, b; c";d\n"x ""y""";1\n', ["a, b; c", "d", 'x "y"', "1"]),
        ("Báo cáo, năm 2024\n\na;b;c\nx;1,5;2\n", None),
        ("sep=;\na;b\n1,2,3;4\n", ["a", "b", "1,2,3", "4"]),
        ("a\n1.5\n", ["a", "1.5"]),
    ],
)
def test_the_delimiter_of_a_csv_is_the_one_that_parts_its_lines_evenly(
    read, written, cells
):
    found = list(values(read(written.encode(), "a.csv")).values())
    assert found == (cells or ["Báo cáo, năm 2024", *"abcx", "1,5", "2"])


def test_empty_lines_of_a_csv_count_as_rows(read):
    assert values(read(b"a;b\n\n;1\n", "a.csv")) == {"A1": "a", "B1": "b", "B3": "1"}


def test_a_line_of_a_csv_keeps_its_own_width(read):
    file = read(b"a;b;c\n1;2;\n\n1;2\n1;2;3;4\n", "a.csv")
    assert file.sheets[0].widths == {1: 3, 2: 3, 3: 0, 4: 2, 5: 4}
    assert read(SAMPLES["a.xlsx"]).sheets[0].widths == {}


@pytest.mark.parametrize(
    "data",
    [
        b'a;b\n"1;2\n3;4\n',
        b'a;b\n"1"2;3\n',
        b'a;"' + b"x" * 140_000 + b'"\n',
        CSV.encode().replace("ệ".encode(), b"\xe1\xbb"),
        CSV.encode("utf-16")[:-1],
    ],
    ids=["open quote", "text after a quote", "endless cell", "spoilt", "half a sign"],
)
def test_a_broken_csv_is_refused_with_its_line(refused, data):
    found = refused(data, "a.csv")
    assert found.kind == "damaged"
    assert re.search(r"dòng \d", str(found))


# --- old font encodings

TCVN3 = "ChØ tiªu;§¬n vÞ;KÕ ho¹ch\nThùc hiÖn;%;97,5\n"
VNI = "Chæ tieâu;Ñôn vò;Keá hoaïch\nThöïc hieän;%;97,5\n"


@pytest.mark.parametrize(
    ("written", "name"), [(TCVN3, "TCVN3 (ABC"), (VNI, "VNI")], ids=["TCVN3", "VNI"]
)
@pytest.mark.parametrize("kind", ["latin-1", "utf-8", "utf-16", "xlsx", "xls", "ods"])
def test_text_in_an_old_font_encoding_is_named_and_refused(
    refused, written, name, kind
):
    cells = re.split("[;\n]", written.strip())
    if kind == "xlsx":
        book = openpyxl.Workbook()
        book.active.append(cells)
        data = saved(book)
    elif kind == "xls":
        book = xlwt.Workbook()
        sheet = book.add_sheet("a")
        for at, cell in enumerate(cells):
            sheet.write(0, at, cell)
        data = saved(book)
    elif kind == "ods":
        data = ods(ods_row(*map(text, cells)))
    else:
        data = written.encode(kind)
    found = refused(
        data, "so-lieu." + (kind if kind in ("xlsx", "xls", "ods") else "csv")
    )
    assert found.kind == "old_encoding"
    assert name in str(found)
    assert "Ctrl+Shift+F6" in str(found)


def test_two_words_of_a_heading_tell_the_encoding():
    assert old_encoding(["ChØ tiªu", "97,5"]) == "tcvn3"
    assert old_encoding(["CHÆ TIEÂU", "97,5"]) == "vni"
    assert old_encoding(["KÕ HO¹CH N¡M 2024"]) == "tcvn3"


def test_one_sheet_in_an_old_encoding_among_others_is_found():
    proper = ["Tỷ lệ hộ nghèo", "Thu ngân sách", "Trường đạt chuẩn", "Gia đình văn hóa"]
    assert old_encoding([*proper, "Tæng sè hé", "DiÖn tÝch", "ChØ tiªu"]) == "tcvn3"
    assert old_encoding([*proper, "Noël", "Thérèse", "Zürich"]) == ""


@pytest.mark.parametrize(
    "written",
    [
        "Tỷ lệ hộ nghèo; xã Vĩnh Lộc; quả cà, củ cải; thị trấn; hoà, hoá, thuý, quý",
        "TỔNG SỐ XÃ, THỊ TRẤN; ỦY BAN NHÂN DÂN; ĐẠT 97,5 %; DIỆN TÍCH (M²), Ø100",
        "ha, km², m³, µg/m³, 25 °C, ½, ±5, 3 × 4, §1, «trích», • mục, Ø 200 mm",
        "Élève à l'école, où est né le bébé, très fatigué : fenêtre, hôpital, dû, tôt",
        "Müller, für, über, schön, Größe, Straße, Tür, können, Öl, Äpfel, natürlich",
        "año, niño, España, también, aquí, así; não, informação, São, pão, mãe, três",
        "The naïve façade café résumé: 97.5%",
        "Gia Lai – Đắk Lắk, Kon Tum: Krông Năng, Ea H'Leo, Plây Cu",
    ],
)
def test_other_text_is_not_taken_for_an_old_encoding(written):
    assert old_encoding(re.split("[;,]", written)) == ""
    assert old_encoding([unicodedata.normalize("NFD", written)]) == ""


def test_windows_1258_is_not_taken_for_an_old_encoding(read):
    for written in ("Chỉ tiêu", "Thực hiện, kế hoạch; đơn vị", "XÃ HỒ VƯƠNG; Lúa"):
        assert "1258" in read(windows_1258(written), "a.csv").notes[0]


def test_a_code_page_that_is_none_of_these_is_refused(refused):
    found = refused(b"a;\x81\x8d\xff\n", "a.csv")
    assert found.kind == "old_encoding"


# --- what is no table

HTML = "<html><body><table><tr><td>1</td></tr></table></body></html>"
SPREADSHEET_2003 = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "ảnh"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "ảnh"),
        (HTML.encode(), "HTML"),
        (HTML.encode("utf-16"), "HTML"),
        (b"\n<TABLE border=1><tr>", "HTML"),
        (SPREADSHEET_2003.encode(), "XML"),
        (b"{\\rtf1\\ansi}", "Word"),
        (b"Rar!\x1a\x07\0", "nén"),
        (b"\x09\x04\x06\0\0\0\x10\0", "1997"),
        (b"\0\1\2\3" * 50, "không phải văn bản"),
        (packed({"[Content_Types].xml": "", "word/document.xml": ""}), "Word"),
        (packed({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "PowerPoint"),
        (packed({"[Content_Types].xml": "", "xl/workbook.bin": b"\x83"}), ".xlsb"),
        (packed({"a.txt": "a"}), "nén"),
        (packed({"Index/Document.iwa": "a"}), "Numbers"),
        (packed({"mimetype": ODS_TYPE[:-11] + "text", "content.xml": "<a/>"}), "Open"),
        (COMPOUND + "WordDocument".encode("utf-16-le"), "Word"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_named_whatever_its_suffix(refused, data, what):
    for name in ("so-lieu.xlsx", "so-lieu.csv"):
        found = refused(data, name)
        assert found.kind == "not_a_table"
        assert what in str(found)
        assert ".xlsx" in str(found).removeprefix(name)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (CSV.encode(), "a.xlsx", "csv"),
        (CSV.encode(), "a.xls", "csv"),
        (old_workbook(), "a.xlsx", "xls"),
        (xlsx(row('<c r="A1"><v>1</v></c>')), "a.XLS", "xlsx"),
        (ods(ods_row(number(1))), "a", "ods"),
    ],
)
def test_a_file_with_another_suffix_is_read_and_noted(read, data, name, kind):
    file = read(data, name)
    assert file.kind == kind
    assert f"nội dung là {kind}" in file.notes[0]


@pytest.mark.parametrize("suffix", ["xlsx", "xlsm", "XLSX"])
def test_a_file_with_its_own_suffix_has_no_note(read, suffix):
    assert read(xlsx(row('<c r="A1"><v>1</v></c>')), f"a.{suffix}").notes == ()


def test_macros_and_links_are_noted_and_left_alone(read):
    parts = parts_of(row('<c r="A1"><f>[1]Sheet1!A1</f><v>5</v></c>'))
    parts["xl/vbaProject.bin"] = b"\0" * 100
    link = '<externalLink xmlns="x"><externalBook/></externalLink>'
    parts["xl/externalLinks/externalLink1.xml"] = link
    file = read(packed(parts), "a.xlsm")
    assert values(file) == {"A1": 5}
    assert ["liên kết" in note for note in file.notes] == [True, False]
    assert ["macro" in note for note in file.notes] == [False, True]


# --- what cannot be opened


def test_a_missing_file_a_folder_and_an_empty_file_are_refused(tmp_path, refused):
    for path in (tmp_path / "khong-co.xlsx", tmp_path, tmp_path / ("a" * 300)):
        with pytest.raises(Unreadable) as found:
            read_office_file(path)
        assert found.value.kind == "missing"
    assert refused(b"").kind == "empty"
    assert refused(b"\n\n", "a.csv").kind == "empty"
    assert refused(xlsx("")).kind == "empty"


def test_the_reason_is_in_the_language_in_use(tmp_path):
    use_language("en")
    try:
        with pytest.raises(Unreadable, match=r"^khong-co\.xlsx: "):
            read_office_file(tmp_path / "khong-co.xlsx")
    finally:
        use_language("vi")


def test_a_file_with_a_password_is_refused_as_such(refused):
    entry = "EncryptedPackage".encode("utf-16-le").ljust(128, b"\0")
    assert refused(COMPOUND + bytes(1016) + entry + bytes(384)).kind == "encrypted"
    manifest = {"META-INF/manifest.xml": "<manifest:encryption-data/>"}
    assert refused(ods("", **manifest), "a.ods").kind == "encrypted"
    old = old_workbook()
    second = old.index(b"\x09\x08\x10\0") + 20
    locked = old[:second] + b"\x2f\0" + old[second + 2 :]
    assert refused(locked, "a.xls").kind == "encrypted"
    secret = bytearray(xlsx(row('<c r="A1"><v>1</v></c>')))
    for start in re.finditer(b"PK\1\2", bytes(secret)):
        secret[start.start() + 8] |= 1
    assert refused(bytes(secret)).kind == "encrypted"


# --- broken and hostile files

SAMPLES = {
    "a.xlsx": xlsx(row('<c r="A1"><v>1</v></c><c r="B1" t="s"><v>0</v></c>')),
    "a.ods": ods(ods_row(number(1), text("nước sạch"))),
    "a.xls": old_workbook(),
    "a.csv": CSV.encode(),
}


CUTS = [0.001, 0.01, 0.3, 0.6, 0.9, 0.999]


@pytest.mark.parametrize(
    ("name", "share"),
    # The last tenth of an .xls file is padding.
    [(f"a.{kind}", cut) for kind in ("xlsx", "ods", "xls") for cut in CUTS][:-2],
)
def test_a_file_that_was_cut_off_is_refused(refused, name, share):
    data = SAMPLES[name]
    assert refused(data[: max(1, int(len(data) * share))], name).kind == "damaged"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(refused, monkeypatch):
    bomb = packed(parts_of("") | {"xl/media/image1.png": bytes(210_000_000)})
    found = refused(bomb)
    assert (found.kind, "200 MB" in str(found)) == ("too_large", True)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)  # what would unpack a part
    assert json.loads(child.answer(bomb, files.LIMITS))["refused"] == "unpacked"


def test_a_zip_bomb_that_lies_about_its_size_is_refused(refused):
    data = packed(parts_of("") | {"xl/media/image1.png": bytes(30_000_000)})
    lie = (1000).to_bytes(4, "little")
    data = data.replace((30_000_000).to_bytes(4, "little"), lie)
    assert refused(data).kind == "damaged"


def test_too_many_members_are_refused(refused, monkeypatch):
    monkeypatch.setitem(files.LIMITS, "members", 20)
    many = {f"xl/media/{n}.png": b"" for n in range(30)}
    assert refused(packed(parts_of("") | many)).kind == "too_large"


def test_a_member_that_stands_twice_is_refused(refused):
    out = io.BytesIO(xlsx(row('<c r="A1"><v>1</v></c>')))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("XL/workbook.xml", "<workbook/>")
    assert refused(out.getvalue()).kind == "damaged"


def test_a_member_name_leads_nowhere(read, tmp_path):
    parts = parts_of(row('<c r="A1"><v>1</v></c>'))
    parts |= {"../../ra-ngoai.txt": "x", "/tmp/ra-ngoai.txt": "x"}
    assert values(read(packed(parts))) == {"A1": 1}
    assert [path.name for path in tmp_path.parent.rglob("ra-ngoai*")] == []


LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"]
)
def test_xml_that_declares_entities_is_refused_for_that(refused, part):
    parts = parts_of(row('<c r="A1" t="inlineStr"><is><t>&c;</t></is></c>'))
    found = refused(packed(parts | {part: LAUGHS + parts[part]}))
    assert (found.kind, "ENTITY" in str(found)) == ("damaged", True)


def test_xml_in_another_encoding_is_refused_for_that(refused):
    parts = parts_of(row('<c r="A1"><v>1</v></c>'))
    sheet = (
        '<?xml version="1.0" encoding="UTF-16"?>' + parts["xl/worksheets/sheet1.xml"]
    )
    for data in (sheet.encode("utf-16"), sheet.encode()):
        found = refused(packed(parts | {"xl/worksheets/sheet1.xml": data}))
        assert (found.kind, "UTF-8" in str(found)) == ("damaged", True)


@pytest.mark.parametrize("corner", ["XFD1048576", "AF1048576", "XFD2000"])
def test_a_lone_cell_far_away_is_refused_with_its_address(refused, corner):
    last = re.sub("[A-Z]", "", corner)
    far = f'<row r="{last}"><c r="{corner}"><v>1</v></c></row>'
    found = refused(xlsx(row('<c r="A1"><v>1</v></c>') + far))
    assert (found.kind, corner in str(found)) == ("too_large", True)


def test_a_far_cell_of_an_ods_file_is_refused(refused):
    far = ods_row(("", ""), about='table:number-rows-repeated="1048574"')
    right = ('table:number-columns-repeated="16383"', "")
    data = ods(ods_row(number(1)) + far + ods_row(right, number(1)))
    assert "XFD1048576" in str(refused(data, "a.ods"))


def test_a_far_cell_in_a_narrow_table_is_read(read):
    far = '<row r="1048576"><c r="C1048576"><v>2</v></c></row>'
    file = read(xlsx(row('<c r="A1"><v>1</v></c>') + far))
    assert values(file) == {"A1": 1, "C1048576": 2}


def test_formatted_cells_without_a_value_reach_nowhere(read):
    far = '<row r="1048576"><c r="XFC1048576" s="1"/><c r="XFD1048576" s="1"></c></row>'
    assert values(read(xlsx(row('<c r="A1"><v>1</v></c>') + far))) == {"A1": 1}


def test_a_million_formatted_empty_rows_read_fast(read, monkeypatch):
    monkeypatch.setitem(files.LIMITS, "seconds", 600)
    empty = "".join(f'<row r="{n}" ht="15"/>' for n in range(2, 1_000_001))
    data = xlsx(row('<c r="A1"><v>1</v></c>') + empty)
    begun = sum(os.times()[:4])  # of work, here and in the process that reads
    assert values(read(data)) == {"A1": 1}
    assert sum(os.times()[:4]) - begun < 10


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.xls", "a.csv"])
def test_too_many_filled_cells_are_refused(refused, monkeypatch, name):
    monkeypatch.setitem(files.LIMITS, "cells", 2)
    three = "".join(f'<c r="{column}1"><v>1</v></c>' for column in "ABC")
    data = {
        "a.xlsx": xlsx(row(three)),
        "a.ods": ods(ods_row(number(1), number(2), number(3))),
        "a.xls": old_workbook(),
        "a.csv": b"1;2;3\n",
    }
    assert refused(data[name], name).kind == "too_large"


def test_a_large_file_and_endless_text_are_refused(refused, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 1000)
    assert refused(b"a;b\n" * 300, "a.csv").kind == "too_large"
    monkeypatch.undo()
    monkeypatch.setitem(files.LIMITS, "unpacked", 20_000)
    parts = parts_of(row('<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>0</v></c>'))
    long = f'<sst xmlns="{MAIN}"><si><t>{"x" * 15_000}</t></si></sst>'
    assert refused(packed(parts | {"xl/sharedStrings.xml": long})).kind == "too_large"


def test_what_takes_too_long_or_too_much_memory_is_refused(refused, apart, monkeypatch):
    monkeypatch.setitem(files.LIMITS, "seconds", 0.001)
    assert refused(SAMPLES["a.ods"], "a.ods").kind == "limits"
    monkeypatch.undo()
    if sys.platform == "linux":
        monkeypatch.setitem(files.LIMITS, "memory", 100_000_000)
        large = {"xl/media/image1.png": bytes(100_000_000)}
        found = refused(packed(parts_of(row('<c r="A1"><v>1</v></c>')) | large))
        assert (found.kind, "bộ nhớ" in str(found)) == ("limits", True)


def test_the_process_that_reads_starts_nothing_and_connects_to_nothing():
    code = """
import os, socket, subprocess
from vinhloc.office.files.child import confine
from vinhloc.office.files.files import LIMITS
confine({**LIMITS, 'bounded': True})
start = [socket.socket, lambda: subprocess.run(["true"]), lambda: os.system("true")]
for step in start:
    try:
        step()
    except PermissionError:
        print("no")
"""
    run = [sys.executable, "-c", code]
    assert subprocess.check_output(run, text=True).split() == ["no", "no", "no"]


def test_limits_that_a_system_does_not_have_are_left_out():
    code = "import os, sys; sys.modules['resource'] = None\n"  # as on Windows
    code += "os.environ['VINHLOC_PLAIN'] = '1'\n"
    code += "from vinhloc.office.files import child, files\n"
    code += "child.confine({**files.LIMITS, 'bounded': False})\n"
    code += "print(child.read(b'a;b', files.LIMITS)[0])"
    out = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert out.strip() == "csv"


def test_the_modules_in_the_folder_of_a_file_are_not_run(
    read, apart, tmp_path, monkeypatch
):
    (tmp_path / "csv.py").write_text("raise SystemExit('hijacked')")
    monkeypatch.chdir(tmp_path)
    assert values(read(b"a;b\n", "a.csv")) == {"A1": "a", "B1": "b"}


def test_reading_does_not_load_what_tables_need():
    code = "import sys\nfrom vinhloc.office.files import child, files\n"
    code += "sys.modules |= dict.fromkeys(child.NOT_NEEDED)\n"
    code += "import vinhloc.office.files.xlsx, vinhloc.office.files.ods\n"
    code += "loaded = {name for name, module in sys.modules.items() if module}\n"
    code += "print(bool(loaded & {'pandas', 'numpy', 'PIL', 'vinhloc.data.frames'}))"
    out = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert out.strip() == "False"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_with_changed_bytes_is_read_or_refused(read, name):
    chosen = random.Random(name)
    for _case in range(12):
        data = bytearray(SAMPLES[name])
        for _change in range(chosen.choice([1, 3, 30])):
            data[chosen.randrange(len(data))] = chosen.randrange(256)
        del data[chosen.choice([len(data), chosen.randrange(len(data))]) :]
        try:
            file = read(bytes(data), name)
        except Unreadable:
            continue
        assert file.sheets


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_part_with_changed_xml_is_read_or_refused(read, part):
    chosen = random.Random(part)
    parts = parts_of(
        '<row r="1" hidden="1"><c r="A1" s="1"><f>1</f><v>1</v></c>'
        '<c r="B1" t="e"><v>#REF!</v></c></row>'
    )
    for _case in range(12):
        data = bytearray(parts[part].encode())
        for _change in range(chosen.choice([1, 1, 4])):
            data[chosen.randrange(len(data))] = chosen.choice(b"<>/\"'0Zr= &!")
        try:
            file = read(packed(parts | {part: bytes(data)}))
        except Unreadable:
            continue
        assert file.sheets
