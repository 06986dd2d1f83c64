"""The codebook names what the contracts take, and says the same in both languages."""

import re

import pytest
from published import ROOT

from vinhloc.data import ACTUALS, CONTRACTS, LAYOUTS
from vinhloc.data.actuals import CONTEXT
from vinhloc.data.programme import Programme

RAW = ROOT / "data" / "raw"
PAGES = {lang: RAW / f"README{end}.md" for lang, end in (("vi", ".vi"), ("en", ""))}
FOLDERS = {
    "`actuals/**/*.csv`": ACTUALS,
    "`context/**/*.csv`": CONTEXT,
    "`layouts/*.csv`": LAYOUTS,
}
each_language = pytest.mark.parametrize("lang", PAGES)


def sections(lang: str) -> dict[str, str]:
    """Return the text below each heading of the third level."""
    text = PAGES[lang].read_text("utf-8")
    found = re.split(r"^#{2,3} ", text, flags=re.MULTILINE)[1:]
    return {title: body for title, _line, body in (s.partition("\n") for s in found)}


def rows(body: str) -> list[list[str]]:
    """Return the names in code of each cell of each row of a section's tables."""
    lines = [line for line in body.splitlines() if line.startswith("| ")]
    cells = [re.split(r" \| ", line.strip("| ")) for line in lines]
    return [[re.findall(r"`([^`]+)`", cell) for cell in row[:2]] for row in cells]


@each_language
@pytest.mark.parametrize("name", [*CONTRACTS, *FOLDERS])
def test_every_column_of_a_table_is_explained_and_no_other(lang, name):
    contract = CONTRACTS.get(name) or FOLDERS[name]
    body = re.split(r"^`\w+`:$", sections(lang)[name], flags=re.M)[0]  # below: values
    named = {column for first, *_rest in rows(body) for column in first}
    if name.startswith("`context"):  # those of the actuals, and three more
        assert named == {"indicator", "name_vi", "name_en", "unit"}
        return
    assert named == {*contract.columns}


@each_language
@pytest.mark.parametrize("name", [*CONTRACTS, "`actuals/**/*.csv`", "`layouts/*.csv`"])
def test_the_key_of_a_table_is_in_bold(lang, name):
    bold = re.findall(r"\*\*`(\w+)`\*\*", sections(lang)[name])
    assert {*bold} == {*(CONTRACTS.get(name) or FOLDERS[name]).key}


@each_language
def test_every_key_of_programme_toml_is_explained(lang):
    keys = [row[0] for row in rows(sections(lang)["programme.toml"])]
    named = {name.strip("[]") for row in keys for name in row}
    assert {*Programme.__dataclass_fields__} <= named


def test_both_languages_have_the_same_rows_with_the_same_values():
    vi, en = (
        [(name, rows(body)) for name, body in sections(lang).items()]
        for lang in ("vi", "en")
    )
    assert len(vi) == len(en)
    for (_name, ours), (name, theirs) in zip(vi, en, strict=True):
        assert ours == theirs, name
