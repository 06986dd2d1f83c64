"""What independent checkers say of the pages: the Nu HTML checker, axe-core."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from published import pages_of

pytestmark = pytest.mark.costly("checkers of pages, in Java and Chromium")

ENGLISH = ("--lang", "en")
DEMO = ("--demo", "--year", "2023")
VARIANTS = [(), DEMO + ENGLISH]  # both languages, much missing and all there
if os.environ.get("SOAK"):
    VARIANTS += [ENGLISH, DEMO, ("--term",), ("--term", "--demo")]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A chart is one picture (role=img) with an alternative text. axe cannot see what its
# letters stand upon; the colours of charts are tested in tests/unit/test_charts.py.
RUN_AXE = """tags => axe.run(
    {exclude: [".drawing svg > *"]},
    {runOnly: {type: "tag", values: tags}, resultTypes: ["violations", "incomplete"]},
).then(found => [...found.violations, ...found.incomplete].map(
    rule => [rule.id, rule.help, rule.nodes[0].html, rule.nodes.length]))"""


@pytest.fixture(
    scope="module", params=VARIANTS, ids=[" ".join(v) or "default" for v in VARIANTS]
)
def review(request, reviews):
    return reviews.published(*request.param)


def checked(review: Path) -> list[Path]:
    """Return the pages of a review and the list of reviews beside it."""
    return [*pages_of(review), review.parent / "index.html"]


@pytest.mark.system("java", "vnu")
def test_the_nu_html_checker_has_nothing_to_say(review, from_npm):
    command = ["java", "-jar", from_npm["vnu"], "--format", "json", "--stdout"]
    done = subprocess.run(
        [*command, "--exit-zero-always", *checked(review)],
        capture_output=True,
        encoding="utf-8",
    )
    found = [
        f"{Path(m['url']).name}: {m['message']} {m.get('extract', '')}"
        for m in json.loads(done.stdout)["messages"]
    ]
    assert found == []


@pytest.mark.system("chromium", "axe")
def test_axe_finds_no_barrier_at_either_width(review, browser, from_npm):
    context = browser.new_context(bypass_csp=True)  # the pages allow no script
    context.add_init_script(path=from_npm["axe"])
    page, found = context.new_page(), []
    for path in checked(review):
        page.goto(path.as_uri())
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            rules = page.evaluate(RUN_AXE, RULES)
            found += [(path.name, width, *rule) for rule in rules]
    context.close()
    assert found == []
