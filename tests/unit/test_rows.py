"""The rows that belong to a year, a theme or an indicator."""

import pytest

import vinhloc as vl

FIGURES = """
    indicator,   year, value
    clean_water, 2026, 91
    clean_water, 2027, 92
    """
AROUND = """
    indicator,   unit, area,    year, value, source
    clean_water, %,    ngan-ha, 2026, 80,    bao-dai
    clean_water, %,    ban-mai, 2026, 85,    bao-dai
    roads_built, m,    ngan-ha, 2026, 9000,  bao-dai
    population,  m,    sao-mai, 2026, 7000,  bao-dai
    clean_water, %,    sao-mai, 2026, 99,    bao-dai
    """


def test_rows_are_selected_by_year_theme_indicator_and_period(programme_folder):
    rows = programme_folder().load().assessment
    assert len(vl.select(rows, year=2026)) == 5
    assert set(vl.select(rows, theme="living")["indicator"]) == {
        "clean_water",
        "roads_built",
    }
    assert len(vl.select(rows, indicator="rice_area")) == 3
    assert len(vl.select(rows, indicator="rice_area", period="term")) == 1


@pytest.mark.parametrize(("asked", "year"), [(None, 2027), (0, 2027), (2028, 2028)])
def test_the_year_under_review_is_the_latest_with_a_figure(
    programme_folder, asked, year
):
    assert vl.review_year(programme_folder(actuals=FIGURES).load(), asked) == year


def test_without_any_figure_the_terms_first_year_is_reviewed(programme_folder):
    assert vl.review_year(programme_folder().load()) == 2026


@pytest.mark.parametrize("year", [2025, 2029])
def test_a_year_outside_the_term_is_refused(programme_folder, year):
    with pytest.raises(ValueError, match=f"{year}.*2026-2028"):
        vl.review_year(programme_folder().load(), year)


def test_context_is_of_other_areas_and_of_the_programmes_indicators(programme_folder):
    data = programme_folder(context=AROUND).load()
    assert vl.context_of(data)["value"].tolist() == [80, 85]  # the main ones
    assert vl.context_of(data, "living")["value"].tolist() == [80, 85, 9000]
    assert vl.context_of(data, "farming").empty
    province = vl.context_of(data, indicator="clean_water", level="province")
    assert province["value"].tolist() == [80]


def test_breaks_are_those_of_the_indicator_and_of_the_own_area(programme_folder):
    data = programme_folder(
        breaks="""\
            indicator,area,year,month,label_vi,label_en,reason_vi,reason_en,source
            *,sao-mai,2026,7,sáp nhập,merger,Sáp nhập xã.,Merger.,bao-cao
            clean_water,*,2027,,chuẩn mới,new standard,Chuẩn mới.,New.,
            rice_area,sao-mai,2027,1,đo lại,measured anew,Đo lại.,Anew.,bao-cao
            clean_water,ban-mai,2028,1,khác,other,Nơi khác.,Elsewhere.,bao-cao
            """
    ).load()
    assert vl.breaks_of(data, "clean_water")["year"].tolist() == [2026, 2027]
    assert vl.breaks_of(data, "rice_area")["label_vi"].tolist() == [
        "sáp nhập",
        "đo lại",
    ]


def test_the_programme_itself_is_the_first_source(programme_folder):
    data = programme_folder(actuals=FIGURES, context=AROUND).load()
    around = vl.context_of(data, "living")
    living = vl.select(data.assessment, year=2026, theme="living")
    farming = vl.select(data.assessment, theme="farming")
    assert vl.sources_of(data, around, living) == ["ctr-1", "bao-cao", "bao-dai"]
    assert vl.sources_of(data, farming) == ["ctr-1"]


def test_a_later_year_lacks_no_figure_yet(programme_folder):
    data = programme_folder(actuals=FIGURES).load()
    seen = vl.select(vl.seen_from(data.assessment, 2026), indicator="roads_built")
    assert seen["status"].tolist() == ["no_data", "not_due", "not_due"]
    readings = vl.sensitive_verdicts(data, 2027)
    verdicts = readings[["status", "other_status"]].to_numpy().tolist()
    assert verdicts == [["not_due"] * 2]


def test_breaks_of_a_theme_are_those_of_its_indicators_and_of_the_area(
    programme_folder,
):
    data = programme_folder(
        breaks="""\
            indicator,area,year,month,label_vi,label_en,reason_vi,reason_en,source
            *,sao-mai,2026,7,sáp nhập,merger,Sáp nhập xã.,Merger.,bao-cao
            clean_water,*,2027,,chuẩn mới,new standard,Chuẩn mới.,New.,
            """
    ).load()
    assert vl.breaks_of(data, theme="farming")["year"].tolist() == [2026]
    assert len(vl.say_breaks(data, "farming").paragraphs) == 1
    assert len(vl.say_breaks(data).paragraphs) == 2


def test_issues_are_those_of_the_themes_indicators(programme_folder):
    data = programme_folder(
        source_issues="""\
            issue,locators,indicator,year,fault_vi,fault_en,treatment_vi,treatment_en,effect_vi,effect_en
            two-figures,II.2/1,clean_water,2028,Hai số,Two,Giữ,Kept,Không,None
            section-twice,II.3,,,Trùng,Twice,Gọi là b,Called b,Không,None
            """
    ).load()
    assert vl.issues_of(data)["issue"].tolist() == ["two-figures", "section-twice"]
    assert vl.issues_of(data, "living")["issue"].tolist() == ["two-figures"]
    assert vl.issues_of(data, "farming").empty
