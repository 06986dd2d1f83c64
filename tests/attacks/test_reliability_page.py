"""The figures in docs/reliability.md are those of the corpus."""

import re
from pathlib import Path

from corpus import ATTACKS, FOREIGN, GROUPS, SHOWN, UNSEEN

PAGE = (Path(__file__).parents[2] / "docs" / "reliability.md").read_text("utf-8")


def test_the_page_says_how_many_attacks_there_are():
    rows = re.findall(r"^\| (?:of them )?(\w+).*? \| (\d+) \| 0", PAGE, re.MULTILINE)
    counts = [int(count) for word, count in rows if word in ("attacks", "texts")]
    assert counts == [len(ATTACKS), len(SHOWN), len(UNSEEN) + len(FOREIGN)]
    assert f"in {len(GROUPS)} groups" in PAGE
