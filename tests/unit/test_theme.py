"""The part of the data that concerns one theme: all that it needs, and nothing else."""

import itertools
from dataclasses import replace
from functools import cache, partial

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import vinhloc as vl
from vinhloc.data.rows import content_sha, theme_part

KINDS = "tests/every_kind"
THEMES = [
    *("agriculture", "economy", "social_welfare"),
    *("culture", "urban_environment", "security"),
]
LARGE = pytest.mark.costly("a programme of sixty indicators")


def themes_of(*folders):
    """Return a mark for a test of every theme: of the small programme and of these."""
    small = [(KINDS, "farming"), (KINDS, "living")]
    large = itertools.product(folders, THEMES)
    cases = [*small, *(pytest.param(*case, marks=LARGE) for case in large)]
    names = ("whole", "theme")
    return pytest.mark.parametrize(names, cases, indirect=["whole"], scope="module")


def of_theme(rows, theme):
    return rows[rows["theme"] == theme].reset_index(drop=True)


@pytest.fixture(scope="module")
def whole(request):
    return vl.load(getattr(request, "param", KINDS)).derive()


@pytest.fixture(scope="module")
def computed(whole):
    return whole.assess()


@pytest.fixture(scope="module")
def part_of(whole):
    """Return a function from a theme to its part, made once."""
    return cache(partial(theme_part, whole))


@themes_of("data/raw", "data/raw/demo")
def test_it_has_the_theme_s_assessment_and_says_the_same_of_it(
    whole, computed, part_of, theme
):
    part, year = part_of(theme), vl.review_year(whole)
    assert vl.review_year(part) == year
    assert_frame_equal(
        of_theme(part.assessment, theme), of_theme(whole.assessment, theme)
    )
    again, known = of_theme(part.assess(), theme), of_theme(computed, theme)
    assert_frame_equal(again, known, check_dtype=False)
    for say in (vl.say_balance, vl.say_known, vl.say_sensitivity, vl.say_pace):
        assert str(say(part, year, theme)) == str(say(whole, year, theme))


@themes_of("data/raw", "data/raw/demo")
def test_it_has_no_other_theme_s_figure_and_every_source_in_use(whole, part_of, theme):
    part = part_of(theme)
    assert set(part.actuals["theme"].dropna()) <= {theme}
    assert set(part.tables["targets.csv"]["indicator"]) <= set(
        whole.indicators.query("theme == @theme")["indicator"]
    )
    assert set(part.actuals["source"]) <= set(part.sources["source"])
    assert set(part.context["source"]) <= set(part.sources["source"])


def test_an_unknown_theme_is_refused_with_those_that_there_are():
    with pytest.raises(ValueError, match=r"sport.*farming"):
        vl.load(KINDS, theme="sport")


@themes_of("data/raw/demo")
def test_its_hash_follows_its_own_figures_and_no_other_s(whole, theme):
    figures = whole.actuals
    own = figures["theme"].eq(theme) & figures["vintage"].eq("final")
    others = figures["theme"].ne(theme) & figures["vintage"].eq("final")

    def after(changed):
        value = figures["value"].where(~changed, np.nan)
        data = replace(whole, actuals=figures.assign(value=value))
        data.kept.update(whole.kept, largest_revision=0.25)
        del data.kept["current"]
        return content_sha(theme_part(data, theme))

    none = pd.Series(False, figures.index)
    assert after(none) == after(others) != after(own)


def test_its_hash_follows_what_it_takes_from_the_whole_programme(whole):
    data = replace(whole)
    data.kept.update(whole.kept)
    before = content_sha(theme_part(data, "living"))
    data.kept["largest_revision"] += 0.01
    assert content_sha(theme_part(data, "living")) != before


def test_who_changes_a_loaded_frame_changes_no_one_else_s():
    first = vl.load(KINDS)
    kept = first.assessment.copy()
    first.actuals["value"] = 0.0
    first.assessment.loc[:, "status"] = "changed"
    second = vl.load(KINDS)
    assert second.actuals["value"].sum() > 0
    assert_frame_equal(second.assessment, kept)


def test_a_changed_file_is_read_anew(programme_folder):
    row = "clean_water, 2027, {}"
    folder = programme_folder(actuals="indicator, year, value\n" + row.format("95.5"))
    before = folder.load()
    folder.replace("actuals/figures.csv", "95.5", "95.6")
    assert before.actuals["value"].tolist() == [95.5]
    assert folder.load().actuals["value"].tolist() == [95.6]
