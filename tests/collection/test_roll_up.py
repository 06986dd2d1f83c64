"""A year of many communes: counted, described, and shown on one page."""

import html5lib
import pandas as pd
import pytest
from nation import nation, write_dataset
from published import vinhloc

from vinhloc.collection.gather import gather
from vinhloc.collection.roll_up import publish_roll_up
from vinhloc.collection.summary import RollUp, by_area, by_commune, by_indicator
from vinhloc.collection.tables import histogram
from vinhloc.data.contracts import ProblemsFound
from vinhloc.data.loading import load
from vinhloc.data.processed import build_processed
from vinhloc.figures.faults import Fault, Told

YEAR = 2026


@pytest.fixture
def rows(frame):
    """Return rows of three communes: a target met, missed and lacking a figure."""
    read = frame(
        """
        commune, indicator, order, main,  status,   due_year, target, shortfall, actual
        an-lac,  water,     1,     true,  met,      2026,     90,     0,         91
        an-lac,  poverty,   2,     true,  missed,   2026,     2,      1,         3
        an-lac,  income,    3,     true,  missed,   2026,     60,     6,         54
        an-lac,  roads,     4,     false, missed,   2026,     10,     9,         1
        ba-vi,   water,     1,     true,  exceeded, 2026,     80,     0,         95
        ba-vi,   poverty,   2,     true,  no_data,  2026,     2,      ,
        ba-vi,   income,    3,     true,  not_due,  2030,     60,     ,          40
        co-loa,  water,     1,     true,  no_data,  2026,     90,     ,
        """
    )
    directions = {"poverty": "down"}
    return read.assign(
        year=YEAR,
        unit=read["indicator"].map({"roads": "km", "income": "triệu"}).fillna("%"),
        direction=read["indicator"].map(directions).fillna("up"),
        name_vi=read["indicator"],
        name_en=read["indicator"],
        unit_en="%",
        decimals=1,
        bound="exact",
        conflict=False,
        made_up=False,
    )


@pytest.fixture
def communes(frame):
    return frame(
        """
        commune, name_vi, name_en, district, province, made_up
        an-lac,  An Lạc,  An Lac,  dong,     ha,       false
        ba-vi,   Ba Vì,   Ba Vi,   dong,     ha,       false
        co-loa,  Cổ Loa,  Co Loa,  tay,      ha,       true
        """
    )


def test_a_commune_s_main_targets_are_counted_by_status(rows, communes):
    table = by_commune(rows, communes).set_index("commune")
    counts = table[["exceeded", "met", "missed", "no_data", "not_due"]]
    assert counts.loc["an-lac"].tolist() == [0, 1, 2, 0, 0]
    assert counts.loc["ba-vi"].tolist() == [1, 0, 0, 1, 1]


def test_completeness_is_the_share_of_due_targets_with_a_figure(rows, communes):
    table = by_commune(rows, communes)
    assert table["due"].tolist() == [3, 2, 1]
    assert table["completeness"].tolist() == [100, 50, 0]


def test_furthest_behind_is_the_missed_target_that_lacks_the_largest_share(
    rows, communes
):
    table = by_commune(rows, communes).set_index("commune")
    assert table.loc["an-lac", ["furthest", "lacking"]].tolist() == ["poverty", 50]
    assert table.loc["ba-vi", ["furthest", "lacking"]].isna().all()


def test_a_miss_that_only_a_bound_tells_is_not_furthest_behind(rows, communes):
    income = rows["indicator"].eq("income") & rows["commune"].eq("an-lac")
    known_by_bound = rows.assign(shortfall=rows["shortfall"].mask(income))
    table = by_commune(known_by_bound, communes).set_index("commune")
    assert table.loc["an-lac", "missed"] == 2
    assert table.loc["an-lac", ["furthest", "lacking"]].tolist() == ["poverty", 50]
    alone = known_by_bound[income]
    assert by_commune(alone, communes)["lacking"].isna().all()


def test_nothing_was_to_happen_and_something_did_lacks_all_of_it(rows, communes):
    none = rows["indicator"].eq("poverty")
    table = by_commune(rows.assign(target=rows["target"].mask(none, 0)), communes)
    assert table.loc[0, ["furthest", "lacking"]].tolist() == ["poverty", 100]


def test_districts_and_provinces_are_sums_of_their_communes(rows, communes):
    table = by_commune(rows, communes)
    districts = by_area(table, "district").set_index("district")
    assert districts["communes"].to_dict() == {"dong": 2, "tay": 1}
    assert districts.loc["dong", ["met", "missed", "due"]].tolist() == [1, 2, 5]
    assert districts.loc["dong", "completeness"] == 80
    assert districts.loc["dong", "share"] == 50  # met or exceeded, of four verdicts
    (province,) = by_area(table, "province").to_dict("records")
    assert (province["communes"], province["made_up"]) == (3, True)
    assert pd.isna(districts.loc["tay", "share"])


def test_an_indicator_is_common_in_one_unit_and_described_by_exact_figures(rows):
    rows.loc[rows["commune"].eq("ba-vi") & rows["indicator"].eq("income"), "unit"] = "%"
    table = by_indicator(rows).set_index("indicator")
    assert table.index.tolist() == ["water", "poverty"]
    water = table.loc["water"]
    assert water[["communes", "figures", "low", "median", "high"]].tolist() == [
        *(3, 2, 91, 93, 95)
    ]
    bound = rows.assign(bound=rows["bound"].mask(rows["commune"] == "ba-vi", "lower"))
    assert by_indicator(bound).set_index("indicator").loc["water", "figures"] == 1


@pytest.mark.parametrize(
    ("direction", "best", "worst"),
    [("up", "ba-vi", "an-lac"), ("down", "an-lac", "ba-vi"), ("none", "", "")],
)
def test_best_and_worst_follow_the_direction(direction, best, worst, rows):
    (water,) = by_indicator(
        rows[rows["indicator"] == "water"].assign(direction=direction)
    ).to_dict("records")
    assert (water["best"], water["worst"]) == (best, worst)


def test_none_is_best_where_all_are_equal_and_ties_are_counted(rows):
    water = rows[rows["indicator"] == "water"]
    (equal,) = by_indicator(water.assign(actual=95.0)).to_dict("records")
    assert (equal["best"], equal["bins"]) == ("", ())
    (tied,) = by_indicator(water.assign(actual=[91.0, 95.0, 95.0])).to_dict("records")
    assert (tied["best"], tied["best_ties"]) == ("ba-vi", 1)


def test_a_single_commune_among_thousands_has_a_bar_that_is_seen():
    assert str(histogram([3000, 0, 1])).count("<rect") == 2
    assert 'height="0.6"' in histogram([3000, 0, 1])
    assert histogram(()) == ""


# --- from folders and from a dataset


def test_folders_and_the_dataset_that_build_writes_of_them_give_the_same(
    collection, tmp_path
):
    dataset = tmp_path / "dataset"
    for folder in collection.iterdir():
        build_processed(load(folder), dataset / f"commune={folder.name}")
    ours, theirs = (gather(path, YEAR) for path in (collection, dataset))
    columns = ["commune", "indicator", "status", "actual", "shortfall", "due_year"]
    by = ["commune", "indicator"]
    pd.testing.assert_frame_equal(
        ours.rows[columns].sort_values(by, ignore_index=True),
        theirs.rows[columns].sort_values(by, ignore_index=True),
    )
    assert ours.communes["district"].tolist() == ["dong", "dong", "dong", "tay"]
    assert theirs.communes["district"].tolist() == [""] * 4  # no areas.csv beside it
    assert RollUp.of(theirs).communes["met"].tolist() == [0, 0, 1, 0]


def test_a_programme_that_cannot_be_read_is_named_and_the_others_are_summed_up(
    collection, tmp_path
):
    (collection / "ba-vi" / "units.csv").write_text("unit\n", "utf-8")
    toml = collection / "dai-an" / "programme.toml"
    text = toml.read_text("utf-8").replace("first_year = 2026", "first_year = 2027")
    toml.write_text(text, "utf-8")
    out = tmp_path / "out"
    done = vinhloc("roll-up", collection, "--year", YEAR, "--out", out)
    assert done.returncode == 3
    assert "ba-vi: units.csv" in done.stderr
    assert "dai-an: " in done.stderr
    page = (out / "roll-up-2026" / "index.html").read_text("utf-8")
    assert "2 chương trình không đọc được" in page
    table = pd.read_csv(out / "roll-up-2026" / "communes.csv")
    assert table["commune"].tolist() == ["an-lac", "co-loa"]


@pytest.mark.parametrize("fault", ["no programme is whole", "none has the year"])
def test_where_no_programme_can_be_read_each_is_named_and_nothing_published(
    fault, collection, tmp_path
):
    year, said = 2031, "năm 2031 nằm ngoài nhiệm kỳ 2026-2028"
    if fault == "no programme is whole":
        year, said = YEAR, "units.csv"
        for folder in collection.iterdir():
            (folder / "units.csv").write_text("unit\n", "utf-8")
    out = tmp_path / "out"
    done = vinhloc("roll-up", collection, "--year", year, "--out", out)
    assert (done.returncode, out.exists()) == (3, False)
    *each, last = done.stderr.splitlines()
    names = ["an-lac", "ba-vi", "co-loa", "dai-an"]
    for name, line in zip(names, each, strict=True):
        assert line.startswith(f"Lỗi: {name}: {said}")
    assert "không đọc được chương trình nào" in last


def test_an_error_of_ours_is_no_programme_left_out(collection, monkeypatch):
    def broken(*_given):
        raise ValueError("x")

    monkeypatch.setattr("vinhloc.collection.gather.review_year", broken)
    with pytest.raises(ValueError, match="x") as raised:
        gather(collection, YEAR)
    assert raised.value.__notes__ == [str(collection / "an-lac")]


@pytest.mark.parametrize(("jobs", "here"), [(None, 4), (1, 4), (2, 0)])
def test_the_processes_asked_for_read_even_a_few(jobs, here, collection, monkeypatch):
    def only_here(_folder):
        raise Fault("read in this process")

    monkeypatch.setattr("vinhloc.collection.gather.load", only_here)
    assert len(gather(collection, YEAR, jobs=jobs).unread) == here


def test_a_dataset_without_the_year_names_every_commune(tmp_path):
    rows, areas = nation(3)
    write_dataset(tmp_path / "whole", rows, areas)
    with pytest.raises(Told, match="không đọc được chương trình nào") as raised:
        publish_roll_up(tmp_path / "whole", tmp_path / "out", 2031)
    *each, _last = raised.value.lines
    assert len(each) == 3
    assert all("năm 2031 không có" in line for line in each)
    assert not (tmp_path / "out").exists()


def test_a_dataset_without_a_column_is_a_problem(tmp_path):
    rows, areas = nation(3)
    write_dataset(tmp_path / "part", rows.drop(columns="status"), areas)
    with pytest.raises(ProblemsFound, match="status"):
        gather(tmp_path / "part", YEAR)


# --- the page


@pytest.fixture(scope="module")
def national(tmp_path_factory):
    """Return the page of 40 made-up communes, from a dataset of two years."""
    folder = tmp_path_factory.mktemp("nation")
    write_dataset(folder / "dataset", *nation(40, (2026, 2027)))
    page, unread = publish_roll_up(folder / "dataset", folder / "out", YEAR)
    assert unread == {}
    return page


def tree_of(page):
    parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True)
    return parser.parse(page.read_text("utf-8"))


def test_the_page_has_a_row_per_commune_under_its_province(national):
    tree = tree_of(national)
    tables = {t.find("caption").itertext().__next__(): t for t in tree.iter("table")}
    assert len(tables) == 1  # every caption begins with the mark
    *_others, communes = tree.iter("table")
    rows = [row for row in communes.iter("tr") if row.get("class") is None]
    assert len(rows) == 1 + 40
    assert len(communes.findall("tbody")) == 2


def test_every_table_paragraph_and_page_of_made_up_figures_says_so(national):
    text = national.read_text("utf-8")
    tree = tree_of(national)
    for place in (*tree.iter("caption"), *tree.find(".//main").iter("p")):
        assert "SỐ LIỆU MINH HỌA" in "".join(place.itertext())
    assert text.count('<p class="demo-banner">') == 2
    assert national.parent.name == "roll-up-demo-2026"


def test_in_a_mixed_collection_each_made_up_row_says_so(collection, made_up, tmp_path):
    (collection / "ba-vi" / "programme.toml").write_text(
        "\n".join(line.strip() for line in made_up.splitlines()), "utf-8"
    )
    page, _unread = publish_roll_up(collection, tmp_path / "out", YEAR)
    *_others, communes = tree_of(page).iter("table")
    heads = ["".join(row.find("th").itertext()) for row in communes.iter("tr")]
    assert [head for head in heads if "MINH HỌA" in head] == [
        "SỐ LIỆU MINH HỌA xã ba-vi"
    ]


def test_the_page_stands_alone(national):
    text = national.read_text("utf-8")
    assert "<script" not in text
    assert "http:" not in text
    assert "https:" not in text
    assert str(national.parents[2]) not in text
    ids = {node.get("id") for node in tree_of(national).iter() if node.get("id")}
    links = [a.get("href") for a in tree_of(national).iter("a")]
    assert {link[1:] for link in links} <= ids


def test_a_commune_leads_to_its_review_where_there_is_one(collection, tmp_path):
    review = tmp_path / "out" / "an-lac" / "2026"
    review.mkdir(parents=True)
    (review / "index.html").touch()
    page, _unread = publish_roll_up(collection, tmp_path / "out", YEAR)
    text = page.read_text("utf-8")
    assert text.count('href="../') == 1
    assert '<a href="../an-lac/2026/index.html">xã an-lac</a>' in text


def test_the_page_speaks_english(collection, tmp_path):
    done = vinhloc(
        "roll-up", collection, "--year", 2026, "--out", tmp_path, "--lang=en"
    )
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "roll-up-2026-en" / "index.html").read_text("utf-8")
    assert "All communes, 2026" in text
    assert "4 communes, wards and towns – 1 province or city" in text
    assert "Ngân Hà province" in text
