"""No attack in the data does anything in a page or a notebook that is published."""

import json
import re
from pathlib import Path

import html5lib
import pandas as pd
import pytest
from corpus import ATTACKS, GROUPS, SHOWN
from live import live_in_html

import vinhloc as vl
from vinhloc.show.table import make_table, prose

pytestmark = pytest.mark.costly("publishes a programme full of attacks")

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
# Kinds of output that show text or a picture. Markdown or JavaScript would act.
SHOWING = {"text/html", "text/plain"}
AFTER_LOADING = """() => [
  window.__attacked ? "a script ran" : "",
  ...[...document.querySelectorAll("*")].flatMap(
    element => [...element.attributes]
      .filter(({name, value}) => /^on/i.test(name)
        || /^\\s*(javascript|vbscript|data):/i.test(value))
      .map(({name, value}) => `${element.tagName} ${name}=${value}`)),
  ...document.querySelectorAll("script, iframe, object, embed, base, form"),
].filter(Boolean).map(String)"""


def test_there_are_two_hundred_attacks_and_each_stands_in_several_fields(attacked):
    assert len(set(ATTACKS)) == len(ATTACKS) >= 200
    few = {a: places for a, places in attacked.stands.items() if len(places) < 4}
    assert attacked.stands.keys() == set(SHOWN)
    assert not few


@pytest.mark.parametrize("group", ["html", "attribute", "svg"])
def test_the_search_finds_what_is_not_escaped(group):
    places = "<p title=\"{0}\">{0}</p><p title='{0}'></p><a class=x {0}>x</a>"
    pages = {attack: places.replace("{0}", attack) for attack in GROUPS[group]}
    blind = [attack for attack, page in pages.items() if not live_in_html(page)]
    assert len(blind) < len(pages) / 3, blind


def test_nothing_in_any_page_acts_or_leads_away(attacked):
    live = {
        path.relative_to(attacked.folder).as_posix(): found
        for path in attacked.files("*.html")
        if (found := live_in_html(path.read_text("utf-8")))
    }
    assert live == {}


def test_every_attack_is_shown_as_it_is_written(attacked):
    pages = [path.read_text("utf-8") for path in attacked.files("*.html")]
    text = in_one_line("\n".join(map(text_of, pages)))
    assert [attack for attack in SHOWN if in_one_line(attack) not in text] == []


def text_of(page: str) -> str:
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(page)
    return "".join(tree.itertext())


def in_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_the_outputs_of_a_notebook_show_and_do_not_act(attacked):
    outputs = [
        output for path in attacked.files("*.ipynb") for output in outputs_of(path)
    ]
    kinds = {kind for output in outputs for kind in output.get("data", {})}
    assert "text/html" in kinds
    assert kinds <= SHOWING
    assert {output["output_type"] for output in outputs} <= {
        "display_data",
        "execute_result",
    }
    pages = ["".join(output.get("data", {}).get("text/html", "")) for output in outputs]
    assert [found for page in pages if (found := live_in_html(page))] == []
    assert "attack.invalid" in "".join(pages)


def outputs_of(path: Path) -> list[dict]:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return [output for cell in cells for output in cell.get("outputs", [])]


def test_no_command_of_the_data_was_run(attacked):
    assert not [*attacked.folder.rglob("attacked*")]
    assert not Path("attacked").exists()


@pytest.mark.parametrize("group", GROUPS)
def test_a_chart_draws_every_attack_as_text(group):
    names = GROUPS[group]
    assessment = vl.load("data/raw/demo").assessment
    known = assessment["indicator"].unique()[: len(names)]
    named = dict(zip(known, names, strict=False))
    rows = assessment[assessment["indicator"].isin(named)]
    rows = rows.assign(name_vi=rows["indicator"].map(named))
    # A grid of all names at once; panels, which are slow, of those that are formulas.
    charts = [vl.draw_year_grid(rows, [*known])]
    for start in range(0, len(known) if group == "tex" else 0, 4):
        charts.append(vl.draw_multiples(rows, [*known[start : start + 4]]))
    for chart in charts:
        assert live_in_html(str(chart._repr_mimebundle_()["text/html"])) == []


def test_tables_and_sentences_escape_what_they_hold():
    table = make_table(SHOWN[0], {SHOWN[1]: SHOWN, SHOWN[2]: SHOWN}, note=SHOWN[3])
    numbers = make_table("", {"a": SHOWN, "b": SHOWN}, numbers=["a", "b"])
    said = prose(SHOWN, made_up=True)
    for shown in (table, numbers, said):
        assert live_in_html(str(shown._repr_html_())) == []
    assert pd.Series(SHOWN).isin([*table.frame[SHOWN[1]]]).all()


@pytest.mark.system("chromium")
class TestInChromium:
    """Opened without the policy that would stop a script: escaping must do."""

    @pytest.fixture
    def unguarded(self, attacked, tmp_path):
        """Return copies of all pages without their policy, and of the outputs."""
        found = []
        for path in attacked.files("*.html"):
            page, removed = POLICY.subn("", path.read_text("utf-8"))
            assert removed == 1
            found.append(copied(tmp_path, attacked.folder, path, page))
        for path in attacked.files("*.ipynb"):
            outputs = [output.get("data", {}) for output in outputs_of(path)]
            parts = ["".join(output.get("text/html", "")) for output in outputs]
            page = '<!DOCTYPE html><meta charset="utf-8">' + "\n".join(parts)
            found.append(copied(tmp_path, attacked.folder, path, page))
        return found

    def test_an_attack_that_is_not_escaped_would_be_noticed(self, browser, tmp_path):
        page = tmp_path / "page.html"
        page.write_text("<meta charset=utf-8>" + "\n".join(GROUPS["html"]), "utf-8")
        assert {"dialog", "request"} <= {kind for kind, _ in watched(browser, [page])}

    def test_no_script_runs_no_dialog_opens_nothing_is_asked_for(
        self, browser, unguarded
    ):
        assert len(unguarded) > 70
        assert watched(browser, unguarded) == []


def copied(target: Path, root: Path, path: Path, page: str) -> Path:
    place = target / path.relative_to(root).with_suffix(f"{path.suffix}.html")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(page, "utf-8")
    return place


def watched(browser, paths: list[Path]) -> list[tuple[str, str]]:
    """Open pages; return the dialogs, the requests and what acts in them."""
    found = []
    page = browser.new_page()

    def dialog(opened):
        found.append(("dialog", opened.message))
        opened.dismiss()

    def request(asked):
        if not asked.url.startswith(("file:", "data:font/", "data:application/font")):
            found.append(("request", asked.url))

    page.on("dialog", dialog)
    page.on("request", request)
    page.on("pageerror", lambda error: found.append(("error", str(error))))
    for path in paths:
        page.goto(path.as_uri(), wait_until="load")
        found += [("live", text) for text in page.evaluate(AFTER_LOADING)]
    page.close()
    return found
