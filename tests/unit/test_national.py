"""A national frame: judged as row by row, and every wrong cell named."""

import math
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vinhloc as vl
from vinhloc import national
from vinhloc.contracts import ProblemsFound
from vinhloc.national import assess_national, is_sound, read_columns, read_national

RAW = Path(__file__).parents[2] / "data" / "raw"
INDICATORS, YEARS = ["clean_water", "poverty"], range(2026, 2029)
HEADER = "commune,indicator,year,value\n"
JUDGED = ["target", "gap", "shortfall", "attainment", "status"]


@pytest.fixture(scope="module", autouse=True)
def blocks_of_a_few_rows():
    """Let the frames of the tests be judged in several blocks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(national, "BLOCK", 3)
        yield


# --- verdicts


def scaled(value: float, decimals: int) -> Decimal:
    """Round as the offices do, on the figure as it is written."""
    last = Decimal(1).scaleb(-decimals)
    return Decimal(repr(value)).quantize(last, ROUND_HALF_UP)


def by_definition(value: float, row: dict) -> dict:
    """Judge one figure in plain Python."""
    target, sign, digits = row["value"], row["comparator"], row["decimals"]
    none = dict.fromkeys(JUDGED[:-1], math.nan) | {"target": target}
    if math.isnan(value):
        return none | {"status": "no_data"}
    figure, goal = scaled(value, digits), scaled(target, digits)
    step = Decimal(1).scaleb(-digits)
    low = {">=": goal, ">": goal + step, "=": goal, "between": goal}.get(sign)
    high = {"<=": goal, "<": goal - step, "=": goal}.get(sign)
    if sign == "between":
        high = scaled(row["upper_value"], digits)
    lacking = Decimal(0)
    if low is not None and figure < low:
        lacking = low - figure
    if high is not None and figure > high:
        lacking = figure - high
    better = False
    if sign in (">=", ">"):
        better = figure > goal and not (row["unit"] == "%" and target >= 100)
    if sign in ("<=", "<"):
        better = figure < goal and target != 0
    share = row["direction"] == "up" and target != 0
    return {
        "target": target,
        "gap": float(figure - goal),
        "shortfall": float(lacking),
        "attainment": value / target * 100 if share else math.nan,
        "status": "missed" if lacking else "exceeded" if better else "met",
    }


FIGURES = st.integers(-200_000, 200_000).map(lambda n: n / 1000)
HALVES = st.integers(-2000, 2000).map(lambda n: n / 20)
ONES = st.sampled_from([0.0, 100.0, 99.95, 100.05, 0.005, 2.675])
VALUES = FIGURES | HALVES | ONES
TARGETS = st.fixed_dictionaries(
    {
        "comparator": st.sampled_from([">=", ">", "<=", "<", "=", "between"]),
        "value": VALUES,
        "width": st.integers(0, 40).map(lambda n: n / 4),
        "decimals": st.integers(0, 3),
        "unit": st.sampled_from(["%", "ha"]),
        "direction": st.sampled_from(["up", "down", "none"]),
    }
)


def frames(cases) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return figures and targets; each target has a few communes' figures."""
    targets = pd.DataFrame([{"indicator": f"i{n}", **t} for n, (t, _) in cases])
    ranged = targets["comparator"].eq("between")
    upper = (targets["value"] + targets.pop("width")).where(ranged)
    figures = [
        {"commune": f"xa-{k}", "indicator": f"i{n}", "year": 2026, "value": value}
        for n, (_, values) in cases
        for k, value in enumerate(values)
    ]
    return pd.DataFrame(figures), targets.assign(year=2026, upper_value=upper)


@given(
    cases=st.lists(
        st.tuples(
            TARGETS, st.lists(VALUES | st.just(math.nan), min_size=1, max_size=5)
        ),
        min_size=1,
        max_size=6,
    ),
    coded=st.booleans(),
)
@settings(max_examples=150)
def test_a_frame_is_judged_as_row_by_row(cases, coded):
    figures, targets = frames([*enumerate(cases)])
    asked = targets.set_index("indicator").to_dict("index")
    expected = [
        by_definition(row["value"], asked[row["indicator"]])
        for row in figures.to_dict("records")
    ]
    if coded:
        figures = figures.astype({"indicator": "category"})
    judged = assess_national(figures, targets)[JUDGED].astype({"status": object})
    pd.testing.assert_frame_equal(
        judged, pd.DataFrame(expected).astype({"status": object}), check_exact=True
    )


@pytest.mark.parametrize("folder", [RAW, RAW / "demo"], ids=lambda path: path.name)
def test_a_programme_gets_the_verdicts_of_its_own_assessment(folder):
    data = vl.load(folder)
    rows = data.assessment
    plain = rows["bound"].isin(["exact"]) | rows["actual"].isna()
    plain &= rows["over_term"].ne("once") & ~rows["conflict"]
    rows = rows[rows["period"].eq("year") & rows["target_basis"].eq("stated") & plain]
    rows = rows.reset_index(drop=True)
    if data.made_up:  # few years of the real programme have a figure
        assert {"exceeded", "met", "missed", "no_data"} <= {*rows["status"]}
    figures = rows[["indicator", "year"]].assign(commune="x", value=rows["actual"])
    names = {"target": "value", "upper_target": "upper_value"}
    targets = rows.rename(columns=names)
    judged = assess_national(figures, targets).astype({"status": "str"})
    pd.testing.assert_frame_equal(judged[JUDGED], rows[JUDGED], check_exact=True)


@pytest.fixture
def targets(frame):
    return frame(
        """
        indicator,   year, comparator, value, upper_value, unit, decimals, direction
        clean_water, 2026, >=,         90,    ,            %,    1,        up
        clean_water, 2027, >=,         95,    ,            %,    1,        up
        poverty,     2026, between,    2,     3,           %,    2,        down
        """
    )


def test_a_figure_without_a_target_is_not_due_and_a_target_without_one_no_data(
    targets, frame
):
    figures = frame(
        """
        commune, indicator,   year, value
        an-lac,  clean_water, 2028, 96
        an-lac,  schools,     2026, 3
        an-lac,  poverty,     2026,
        an-lac,  clean_water, 2027, 95
        """
    )
    judged = assess_national(figures, targets)
    assert judged["status"].tolist() == ["not_due", "not_due", "no_data", "met"]
    assert judged["gap"].isna().tolist() == [True, True, True, False]
    assert judged["target"].tolist()[2:] == [2, 95]


def test_each_commune_may_have_targets_of_its_own(targets, frame):
    own = pd.concat(
        [
            targets.assign(commune="an-lac"),
            targets.assign(commune="ba-vi", value=targets["value"] - 1),
        ]
    )
    figures = frame(
        """
        commune, indicator,   year, value
        ba-vi,   clean_water, 2026, 89.5
        an-lac,  clean_water, 2026, 89.5
        co-loa,  clean_water, 2026, 89.5
        """
    )
    judged = assess_national(figures, own)
    assert judged["status"].tolist() == ["exceeded", "missed", "not_due"]
    assert judged["gap"].tolist()[:2] == [0.5, -0.5]


def test_two_targets_with_the_same_key_are_refused(targets):
    figures = pd.DataFrame(columns=HEADER.strip().split(","))
    with pytest.raises(ValueError, match="indicator, year"):
        assess_national(figures, pd.concat([targets, targets.head(1)]))


def test_the_frames_given_stay_as_they_were_and_so_does_the_index(targets):
    figures = pd.DataFrame(
        {"commune": "an-lac", "indicator": "poverty", "year": 2026, "value": [2.5, 4]},
        index=["first", "second"],
    )
    kept = figures.copy(), targets.copy()
    judged = assess_national(figures, targets)
    assert judged["status"].to_dict() == {"first": "met", "second": "missed"}
    assert judged["shortfall"].tolist() == [0, 1]
    pd.testing.assert_frame_equal(figures, kept[0])
    pd.testing.assert_frame_equal(targets, kept[1])


# --- contracts


def written(folder: Path, text: str, **options) -> Path:
    path = folder / "figures.csv"
    path.write_text(text, options.pop("encoding", "utf-8"), **options)
    return path


def problems_of(path: Path) -> list:
    with pytest.raises(ProblemsFound) as found:
        read_national(path, indicators=INDICATORS, years=YEARS)
    return found.value.problems


GOOD = "an-lac,clean_water,2026,90.5\nba-vi,poverty,2027,\n"


def test_a_good_file_is_read_with_its_types(tmp_path):
    path = written(tmp_path, HEADER + GOOD)
    read = read_national(path, indicators=INDICATORS, years=YEARS)
    assert read.dtypes.astype(str).tolist() == [
        "category",
        "category",
        "int64",
        "float64",
    ]
    assert read["value"].isna().tolist() == [False, True]
    assert read.iloc[0].tolist() == ["an-lac", "clean_water", 2026, 90.5]


@pytest.mark.parametrize(
    ("line", "column", "found"),
    [
        ("an-lac,clear_water,2026,90", "indicator", "clear_water"),
        ("an-lac,,2026,90", "indicator", "(trống)"),
        ("An Lạc,clean_water,2026,90", "commune", "An Lạc"),
        (",clean_water,2026,90", "commune", "(trống)"),
        ("an-lac,clean_water,2029,90", "year", "2029"),
        ("an-lac,clean_water,2025,90", "year", "2025"),
        ("an-lac,clean_water,26,90", "year", "26"),
        ("an-lac,clean_water,,90", "year", "(trống)"),
        *(
            (f'co-loa,clean_water,2026,"{text}"', "value", text)
            for text in ("nan", "inf", "1e2", "97,5", "1.234,5", " 7", "+7", "x", "7%")
        ),
    ],
)
def test_a_wrong_cell_is_named_with_its_row(tmp_path, line, column, found):
    (problem,) = problems_of(written(tmp_path, f"{HEADER}{GOOD}{line}\n"))
    place = problem.file, problem.row, problem.column, problem.found
    assert place == ("figures.csv", 4, column, found)
    assert problem.expected


def test_a_key_that_stands_twice_is_named_in_both_rows(tmp_path):
    text = HEADER + GOOD + "an-lac,clean_water,2026,91\n"
    first, second = problems_of(written(tmp_path, text))
    assert (first.row, second.row) == (2, 4)
    assert first.column == second.column == "commune, indicator, year"


def test_all_problems_are_named_at_once(tmp_path):
    text = f"{HEADER}an-lac,wells,2030,x\n\n{GOOD}ba-vi,poverty,2027,2\n"
    found = [
        (problem.row, problem.column)
        for problem in problems_of(written(tmp_path, text))
    ]
    key = "commune, indicator, year"
    assert found == [(2, "indicator"), (2, "value"), (2, "year"), (5, key), (6, key)]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("", None),
        ("commune,indicator,year\nan-lac,poverty,2026\n", 1),
        (HEADER.strip() + ",note\nan-lac,poverty,2026,2,x\n", 1),
        (HEADER + "an-lac,poverty,2026\n", 2),
        (HEADER + "an-lac,poverty,2026,2,3\n", 2),
    ],
)
def test_a_file_of_another_shape_is_a_problem(tmp_path, text, row):
    (problem,) = problems_of(written(tmp_path, text))
    assert (problem.file, problem.row) == ("figures.csv", row)


def test_a_file_in_another_encoding_or_not_there_is_a_problem(tmp_path):
    text = HEADER + "lá,poverty,2026,2\n"
    (problem,) = problems_of(written(tmp_path, text, encoding="cp1258"))
    assert "CSV UTF-8" in problem.expected
    for name in ("none.csv", "none.parquet"):
        (problem,) = problems_of(tmp_path / name)
        assert (problem.file, problem.row) == (name, None)


@pytest.mark.parametrize(
    "text",
    [
        HEADER + GOOD,
        HEADER + GOOD.replace("\n", "\n\n"),
        HEADER + GOOD + ",,,\n",
        HEADER + GOOD.replace("an-lac", '"an-lac"'),
        "\ufeff" + HEADER + GOOD,
        "value,year,commune,indicator\n90.5,2026,an-lac,clean_water\n,2027,ba-vi,poverty\n",
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_same_figures_are_read_however_the_file_writes_them(
    tmp_path, text, newline
):
    plain = written(tmp_path, HEADER + GOOD)
    expected = read_national(plain, indicators=INDICATORS, years=YEARS)
    path = written(tmp_path, text, newline=newline)
    read = read_national(path, indicators=INDICATORS, years=YEARS)
    pd.testing.assert_frame_equal(read, expected)


def test_a_file_with_its_header_alone_has_no_figures(tmp_path, targets):
    path = written(tmp_path, HEADER)
    read = read_national(path, indicators=INDICATORS, years=YEARS)
    assert read.empty
    assert assess_national(read, targets).columns.tolist()[4:] == JUDGED


CELLS = {
    "commune": ["an-lac", "ba-vi", "a_1", "", "an lạc", "A", '"x"', "an-lac\n"],
    "indicator": [*INDICATORS, "wells", "", "*", " poverty"],
    "year": ["2026", "2027", "2028", "2029", "", "26", " 2026", "2026.0", "２０２６"],
    "value": [
        *("1", "-2.5", "0.10", "", "007", "12345678901234567890", "9" * 400),
        *("1e5", "nan", "inf", ".5", "5.", " 1", "+1", "١", "0x1", "1_0", "NA", "null"),
    ],
}
ROWS = st.lists(
    st.tuples(
        *(
            st.sampled_from(cells[:3]) | st.sampled_from(cells)
            for cells in CELLS.values()
        )
    ),
    max_size=4,
)


@given(rows=ROWS)
@settings(max_examples=300)
def test_what_is_taken_whole_has_no_problem_cell_by_cell(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "cells.csv"
    pd.DataFrame(rows, columns=[*CELLS]).to_csv(path, index=False)
    columns = read_columns(path)
    if columns is not None and is_sound(columns, INDICATORS, YEARS):
        by_cells = national._read_cell_by_cell(path, INDICATORS, YEARS)
        pd.testing.assert_frame_equal(national.typed(columns), by_cells)


# --- Parquet


def stored(folder: Path, **columns) -> Path:
    """Write the good figures as Parquet, some columns replaced."""
    good = {
        "commune": ["an-lac", "ba-vi"],
        "indicator": ["clean_water", "poverty"],
        "year": [2026, 2027],
        "value": [90.5, None],
    }
    path = folder / "figures.parquet"
    pd.DataFrame(good | columns).to_parquet(path)
    return path


@pytest.mark.parametrize(
    "columns",
    [
        {},
        {"commune": pd.Categorical(["an-lac", "ba-vi"], ["ba-vi", "an-lac", "unused"])},
        {"year": ["2026", "2027"]},
        {"value": ["90.5", None]},
    ],
)
def test_parquet_gives_the_same_figures_as_csv(tmp_path, columns):
    plain = written(tmp_path, HEADER + GOOD)
    expected = read_national(plain, indicators=INDICATORS, years=YEARS)
    path = stored(tmp_path, **columns)
    read = read_national(path, indicators=INDICATORS, years=YEARS)
    pd.testing.assert_frame_equal(read, expected, check_categorical=False)
    assert read.dtypes.astype(str).tolist() == expected.dtypes.astype(str).tolist()


@pytest.mark.parametrize("index", [pd.RangeIndex(5, 7), [7, 3]])
def test_the_index_that_a_frame_had_in_parquet_is_no_matter(tmp_path, index):
    path = stored(tmp_path)
    plain = pd.read_parquet(path)
    plain.set_axis(index).to_parquet(path)
    read = read_national(path, indicators=INDICATORS, years=YEARS)
    assert read.index.tolist() == [0, 1]
    assert read["commune"].tolist() == plain["commune"].tolist()


@pytest.mark.parametrize(
    ("columns", "column", "found"),
    [
        ({"value": [1e14, float("inf")]}, "value", "inf"),
        ({"value": [1e14, 1e20]}, "value", "1" + 20 * "0"),
        ({"year": [2026, 2030]}, "year", "2030"),
        ({"year": [2026.0, None]}, "year", "(trống)"),
        ({"indicator": ["clean_water", "wells"]}, "indicator", "wells"),
        ({"value": ["1", "x"]}, "value", "x"),
    ],
)
def test_a_wrong_cell_of_parquet_is_named_with_its_row(
    tmp_path, columns, column, found
):
    (problem,) = problems_of(stored(tmp_path, **columns))
    assert (problem.row, problem.column, problem.found) == (2, column, found)


def test_true_and_false_in_parquet_are_no_figures(tmp_path):
    problems = problems_of(stored(tmp_path, value=[True, False]))
    assert [problem.found for problem in problems] == ["True", "False"]
