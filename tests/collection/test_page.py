"""What independent checkers and a browser say of the roll-up's page."""

import json
import subprocess

import pytest
from nation import nation, write_dataset

from vinhloc.collection.roll_up import publish_roll_up

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """tags => axe.run(
    {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]},
).then(found => found.violations.map(
    rule => [rule.id, rule.help, rule.nodes[0].html, rule.nodes.length]))"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nation")
    write_dataset(folder / "dataset", *nation(70))
    return publish_roll_up(folder / "dataset", folder / "out", 2026)[0]


@pytest.mark.costly("a checker in Java")
@pytest.mark.system("java", "vnu")
def test_the_nu_html_checker_has_nothing_to_say(page, from_npm):
    command = ["java", "-jar", from_npm["vnu"], "--format", "json", "--stdout"]
    done = subprocess.run(
        [*command, "--exit-zero-always", page], capture_output=True, encoding="utf-8"
    )
    assert [m["message"] for m in json.loads(done.stdout)["messages"]] == []


@pytest.mark.system("chromium", "axe")
def test_axe_finds_no_barrier_at_either_width(page, browser, from_npm):
    context = browser.new_context(bypass_csp=True)  # the page allows no script
    context.add_init_script(path=from_npm["axe"])
    tab, found = context.new_page(), []
    tab.goto(page.as_uri())
    for width in (1280, 360):
        tab.set_viewport_size({"width": width, "height": 800})
        found += [(width, *rule) for rule in tab.evaluate(RUN_AXE, RULES)]
    context.close()
    assert found == []


@pytest.mark.system("chromium")
def test_nothing_is_wider_than_a_phone(page, browser):
    tab = browser.new_page(viewport={"width": 360, "height": 800})
    tab.goto(page.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") == 360
    tab.close()


@pytest.mark.system("chromium", "pdftotext")
def test_every_printed_page_repeats_the_head_of_its_table_and_the_mark(
    page, browser, tmp_path
):
    tab, paper = browser.new_page(), tmp_path / "page.pdf"
    tab.goto(page.as_uri())
    tab.pdf(path=paper, prefer_css_page_size=True)
    tab.close()
    text = subprocess.run(
        ["pdftotext", "-layout", paper, "-"], capture_output=True, encoding="utf-8"
    ).stdout
    sheets = text.split("\f")[:-1]
    assert len(sheets) >= 3
    with_rows = [sheet for sheet in sheets if "huyện " in sheet or "xã " in sheet]
    assert all("Huyện" in sheet or "Chỉ tiêu" in sheet for sheet in with_rows)
