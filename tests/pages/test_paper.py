"""The pages on A4: no chart is cut in two, a table that goes on repeats its head."""

import re
import subprocess
from pathlib import Path

import pytest
from published import KINDS, but_first_costly, pages_of

DEMO = ("--demo", "--year", "2023")
VARIANTS = [KINDS, (), DEMO]
# Small marks that can be found again in the PDF: where a chart begins and ends, in
# the head of each table that is printed, and in each of its rows.
MARK = """() => {
    const mark = (place, text) => {
        const span = document.createElement("span");
        span.textContent = ` ${text} `;
        span.style.fontSize = "5pt";
        place.prepend(span);
    };
    document.querySelectorAll("figure.chart").forEach((chart, number) => {
        mark(chart.querySelector("figcaption"), `C${number}begin`);
        mark(chart.querySelector(".note"), `C${number}end`);
    });
    const tables = [...document.querySelectorAll("table")];
    tables.filter(table => !table.closest("details")).forEach((table, number) => {
        mark(table.querySelector("thead th"), `T${number}head`);
        table.querySelectorAll("tbody th").forEach(row => mark(row, `T${number}row`));
    });
}"""


@pytest.fixture(
    scope="module",
    params=but_first_costly(VARIANTS),
    ids=[" ".join(v) or "default" for v in VARIANTS],
)
def printed(request, reviews, browser, tmp_path_factory):
    """Return the text of each sheet of each page: name -> list of sheets."""
    folder = tmp_path_factory.mktemp("paper")
    context = browser.new_context(bypass_csp=True)  # the pages allow no script
    page, sheets = context.new_page(), {}
    for path in pages_of(reviews.published(*request.param)):
        page.goto(path.as_uri())
        page.evaluate(MARK)
        page.pdf(path=folder / "page.pdf", prefer_css_page_size=True)
        sheets[path.name] = sheets_of(folder / "page.pdf")
    context.close()
    return sheets


def sheets_of(pdf: Path) -> list[str]:
    command = ["pdftotext", "-raw", str(pdf), "-"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return done.stdout.split("\f")[:-1]


def places(sheets: list[str], kind: str) -> dict[str, list[int]]:
    """Return chart or table -> the sheets that have its mark of this kind."""
    found = {}
    for number, sheet in enumerate(sheets):
        for name in set(re.findall(rf"([CT]\d+){kind}\b", sheet)):
            found.setdefault(name, []).append(number)
    return found


@pytest.mark.system("chromium", "pdftotext")
def test_no_chart_is_cut_in_two(printed):
    for name, sheets in printed.items():
        begins = places(sheets, "begin")
        assert begins == places(sheets, "end"), name
        assert all(len(on) == 1 for on in begins.values()), name
    assert sum(len(places(sheets, "begin")) for sheets in printed.values()) > 5


@pytest.mark.system("chromium", "pdftotext")
def test_a_table_repeats_its_head_on_every_sheet(printed):
    for name, sheets in printed.items():
        assert places(sheets, "head") == places(sheets, "row"), name
    rows = [on for sheets in printed.values() for on in places(sheets, "row").values()]
    assert max(map(len, rows)) > 1


@pytest.mark.system("chromium", "pdftotext")
def test_every_sheet_has_its_number_and_how_many_there_are(printed):
    for name, sheets in printed.items():
        count = len(sheets)
        for number, sheet in enumerate(sheets, 1):
            assert re.search(rf"(?m)^{number} / {count}$", sheet), (name, number)
