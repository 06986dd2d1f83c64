"""Every vintage is kept; one figure counts, as of a day."""

import pytest

from vinhloc.data.actuals import current_figures

CHOICES = "indicator, area, year, source, date"


def current(frame, figures, choices=CHOICES):
    """Return the current figures, labelled by year."""
    usual = {
        "indicator": "x",
        "area": "sao-mai",
        "source": "a",
        "upper_value": float("nan"),
        "bound": "exact",
        "vintage": "final",
    }
    rows = frame(figures, parse_dates=["as_of"])
    rows = rows.assign(**{c: v for c, v in usual.items() if c not in rows})
    made = frame(choices, parse_dates=["date"]).astype({"date": "datetime64[us]"})
    return current_figures(rows, made).set_index("year")


def test_a_final_figure_counts_before_a_later_estimate(frame):
    rows = current(
        frame,
        """
        year, as_of,      value, vintage
        2026, 2027-01-05, 90,    final
        2026, 2027-03-01, 91,    estimate
        """,
    )
    assert rows["value"].to_dict() == {2026: 90}


def test_the_latest_day_counts_among_final_figures(frame):
    rows = current(
        frame,
        """
        year, as_of,      value
        2026, 2027-06-01, 92
        2026, 2027-01-05, 90
        2027, 2028-01-05, 95
        """,
    )
    assert rows["value"].to_dict() == {2026: 92, 2027: 95}
    assert not rows["conflict"].any()


TWO_SOURCES = """
    year, as_of,      value, source
    2026, 2027-01-05, 90,    bao-cao
    2026, 2027-01-05, 88,    bao-dai
    """


def test_two_figures_of_one_day_are_a_conflict_without_a_value(frame):
    rows = current(frame, TWO_SOURCES)
    assert rows["conflict"].to_dict() == {2026: True}
    assert rows["value"].isna().all()


@pytest.mark.parametrize(("source", "value"), [("bao-cao", 90), ("bao-dai", 88)])
def test_a_choice_settles_a_conflict(frame, source, value):
    choice = f"{CHOICES}\nx, sao-mai, 2026, {source}, 2027-03-01"
    rows = current(frame, TWO_SOURCES, choice)
    assert rows["value"].to_dict() == {2026: value}
    assert not rows["conflict"].any()


def test_a_choice_for_another_year_settles_nothing(frame):
    choice = f"{CHOICES}\nx, sao-mai, 2027, bao-cao, 2027-03-01"
    assert current(frame, TWO_SOURCES, choice)["conflict"].to_dict() == {2026: True}


@pytest.mark.parametrize(
    ("later", "value"),
    [
        ("2027-02-01, 91, dai,     estimate", 90),
        ("2027-05-01, 92, bao-cao, estimate", 92),
        ("2027-02-01, 93, huyen,   final", 93),
    ],
)
def test_a_choice_decides_what_was_known_that_day_and_no_final_figure(
    frame, later, value
):
    rows = current(
        frame,
        f"""
        year, as_of,      value, source,  vintage
        2026, 2027-01-05, 90,    bao-cao, estimate
        2026, 2027-01-05, 88,    bao-dai, estimate
        2026, {later}
        """,
        f"{CHOICES}\nx, sao-mai, 2026, bao-cao, 2027-03-01",
    )
    assert rows[["value", "conflict"]].values.tolist() == [[value, False]]


def test_the_same_figure_from_two_sources_is_no_conflict(frame):
    rows = current(
        frame,
        """
        year, as_of,      value, source
        2026, 2027-01-05, 90,    bao-cao
        2026, 2027-01-05, 90,    bao-dai
        """,
    )
    assert rows["value"].to_dict() == {2026: 90}
    assert not rows["conflict"].any()


def test_a_bound_and_an_exact_figure_of_one_day_are_a_conflict(frame):
    rows = current(
        frame,
        """
        year, as_of,      value, source,  bound
        2026, 2027-01-05, 90,    bao-cao, exact
        2026, 2027-01-05, 90,    bao-dai, lower
        """,
    )
    assert rows["conflict"].to_dict() == {2026: True}


def test_figures_of_two_areas_do_not_disturb_each_other(frame):
    rows = current(
        frame,
        """
        year, as_of,      value, area
        2026, 2027-01-05, 90,    sao-mai
        2026, 2027-01-05, 70,    ngan-ha
        """,
    )
    assert sorted(rows["value"]) == [70, 90]
    assert not rows["conflict"].any()


def test_a_final_figure_does_not_conflict_with_an_estimate(frame):
    rows = current(
        frame,
        """
        year, as_of,      value, source,  vintage
        2026, 2027-01-05, 90,    bao-cao, final
        2026, 2027-01-05, 88,    bao-dai, estimate
        """,
    )
    assert rows["value"].to_dict() == {2026: 90}
    assert not rows["conflict"].any()


LATE = """
    indicator,   year, as_of,      value, vintage
    clean_water, 2026, 2026-12-20, 89,    estimate
    clean_water, 2026, 2027-02-01, 90.5,  final
    clean_water, 2027, 2028-02-01, 93,    final
    """


@pytest.mark.parametrize(
    ("as_of", "known", "status"),
    [
        ("2026-12-19", {}, "no_data"),
        ("2026-12-20", {2026: 89}, "missed"),
        ("2027-02-01", {2026: 90.5}, "exceeded"),
        (None, {2026: 90.5, 2027: 93}, "exceeded"),
    ],
)
def test_only_figures_received_by_the_day_count(programme_folder, as_of, known, status):
    data = programme_folder(actuals=LATE).load(as_of=as_of)
    assert data.current.set_index("year")["value"].to_dict() == known
    rows = data.assessment.query("indicator == 'clean_water' and period == 'year'")
    assert rows["status"].iloc[0] == status


def test_every_vintage_stays_in_the_actuals(programme_folder):
    data = programme_folder(actuals=LATE).load()
    assert data.actuals["value"].tolist() == [89, 90.5, 93]


@pytest.mark.parametrize("as_of", ["2027", "31/12/2026", "2026-02-30"])
def test_a_day_that_is_none_is_refused(programme_folder, as_of):
    with pytest.raises(ValueError, match=as_of):
        programme_folder().load(as_of=as_of)


def test_a_choice_made_later_does_not_change_an_earlier_report(programme_folder):
    data = programme_folder(
        actuals="""
            indicator,   year, as_of,      value, source
            clean_water, 2026, 2027-01-05, 90,    bao-cao
            clean_water, 2026, 2027-01-05, 88,    bao-dai
            """,
        choices="""\
            indicator,area,year,source,reason,author,date
            clean_water,sao-mai,2026,bao-cao,Có chữ ký,Văn phòng,2027-03-01
            """,
    )
    assert data.load(as_of="2027-03-01").current["value"].tolist() == [90]
    assert data.load(as_of="2027-02-01").current["conflict"].tolist() == [True]
