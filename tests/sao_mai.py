"""The programme of a commune that does not exist, as a folder that tests may change."""

import csv
import re
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from textwrap import dedent

import pandas as pd
import pytest

from vinhloc.data.contracts import ProblemsFound
from vinhloc.data.frames import Data
from vinhloc.data.loading import load

FIGURE = (
    "area,year,as_of,source,value,upper_value,bound,vintage,plan,"
    "origin_file,origin_sheet,origin_cell,entered_by,note,note_en"
)
HEADERS = {
    "actuals": f"indicator,{FIGURE}",
    "context": f"indicator,name_vi,name_en,unit,{FIGURE}",
}

# The programme of a commune that does not exist: three years, five indicators.
SAO_MAI = {
    "programme.toml": """\
        id = "sao-mai-2026-2028"
        title_vi = "Chương trình của xã Sao Mai"
        title_en = "Programme of Sao Mai commune"
        number = "1/CTr"
        date = 2026-01-15
        issued_by_vi = "UBND xã Sao Mai"
        issued_by_en = "People's Committee of Sao Mai"
        document = "ctr-1"
        first_year = 2026
        last_year = 2028
        baseline_year = 2026
        area = "sao-mai"
        successor_area = "ban-mai"
        collating_department = "van-phong"
        made_up = false

        [source]
        sections = ["II"]
        figures = 6
        sha256 = "1e5d47ffee8c02de2d0b5ad9beb2e5d9c7dd84b40d5a4b8b4aa1ed0fd4c9b3a5"
        """,
    "themes.csv": """\
        theme,order,name_vi,name_en
        farming,1,Nông nghiệp,Farming
        living,2,Đời sống,Living
        """,
    "units.csv": """\
        unit,name_vi,name_en,base,factor,source
        %,%,%,%,1,
        ha,ha,ha,ha,1,
        tạ/ha,tạ/ha,quintals/ha,tạ/ha,1,
        tấn,tấn,tonnes,tấn,1,
        m,m,m,m,1,
        km,km,km,m,1000,SI
        """,
    "areas.csv": """\
        area,level,name_vi,name_en,parent
        sao-mai,commune,xã Sao Mai,Sao Mai commune,ngan-ha
        ban-mai,commune,xã Ban Mai,Ban Mai commune,ngan-ha
        ngan-ha,province,tỉnh Ngân Hà,Ngân Hà province,
        """,
    "departments.csv": """\
        department,name_vi,name_en
        dia-chinh,Địa chính,Land officer
        van-phong,Văn phòng,Office
        """,
    "sources.csv": """\
        source,title,publisher,address,published,received,kind
        ctr-1,Chương trình 1,UBND xã,,2026-01-15,2026-01-20,programme
        bao-cao,Báo cáo năm,UBND xã,,2027,2027-01-05,report
        bao-dai,Tin trên đài,Đài huyện,,2027-01,2027-01-06,press
        """,
    "indicators.csv": """\
        indicator,theme,order,main,name_vi,name_en,unit,decimals,direction,over_term,identity,plausible_low,plausible_high,department,department_basis,locator
        rice_area,farming,1,true,Diện tích lúa,Rice area,ha,1,up,last,,50,800,dia-chinh,suggested,II.1/1
        rice_yield,farming,2,true,Năng suất lúa,Rice yield,tạ/ha,1,up,last,,20,100,dia-chinh,suggested,II.1/1
        rice_output,farming,3,true,Sản lượng lúa,Rice output,tấn,0,up,last,rice_output = rice_area * rice_yield / 10,300,5000,dia-chinh,suggested,II.1/1
        clean_water,living,4,true,Nước sạch,Clean water,%,1,up,last,,50,100,van-phong,stated,II.2/1
        roads_built,living,5,false,Đường làm mới,Roads built,m,0,up,sum,,0,10000,dia-chinh,suggested,II.2/2
        """,  # noqa: E501
    "targets.csv": """\
        indicator,year,period,reading,comparator,value,upper_value,comparator_stated,year_stated,value_stated,place,document,locator,note,note_en
        rice_area,2028,year,main,>=,320,,false,true,figure,,ctr-1,II.1/1,,
        rice_yield,2028,year,main,>=,65,,false,true,figure,,ctr-1,II.1/1,,
        rice_output,2028,year,main,>=,2080,,false,true,figure,,ctr-1,II.1/1,,
        clean_water,2026,year,main,>=,90,,true,true,figure,,ctr-1,II.2/1,,
        clean_water,2028,year,main,>=,97.5,,true,true,figure,,ctr-1,II.2/1,,
        clean_water,2028,year,other,>=,97,,true,true,figure,,ctr-1,II.2/2,,
        roads_built,2026,year,main,>=,400,,true,true,figure,Xóm Đông,ctr-1,II.2/2,,
        roads_built,2027,year,main,>=,600,,true,true,figure,Xóm Tây,ctr-1,II.2/2,,
        roads_built,2028,term,main,>=,1000,,true,true,figure,,ctr-1,II.2/2,,
        """,
}

# An event: a village hall, to be finished in 2027.
HALL = {
    "indicators.csv": (
        "hall,living,6,false,Nhà văn hóa,Hall,event,0,up,once,,0,1,"
        "dia-chinh,suggested,II.2/3"
    ),
    "targets.csv": "hall,2027,year,main,>=,1,,true,true,words,,ctr-1,II.2/3,,",
    "units.csv": "event,việc,event,event,1,",
}


class Folder:
    """A programme's folder that a test may change cell by cell."""

    def __init__(self, path: Path):
        self.path = path

    def write(self, name: str, text: str) -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), "utf-8", newline="\n")

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.path / name).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        (self.path / name).write_text(text.replace(old, new), "utf-8", newline="\n")

    def add(self, rows: dict[str, str]) -> None:
        for name, row in rows.items():
            self.write(name, f"{(self.path / name).read_text('utf-8')}{row}\n")

    def load(self, **options):
        return load(self.path, **options)

    def problems(self) -> list:
        with pytest.raises(ProblemsFound) as found:
            load(self.path)
        return found.value.problems


def figures(kind: str, text: str) -> str:
    """Return a short CSV of figures with all its columns."""
    short = pd.read_csv(
        StringIO(dedent(text)), dtype=str, keep_default_na=False, skipinitialspace=True
    )
    usual = {
        "area": "sao-mai",
        "as_of": short["year"] + "-12-31",
        "source": "bao-cao",
        "bound": "exact",
        "vintage": "final",
        "name_vi": "Tên",
        "name_en": "Name",
        "unit": "%",
    }
    columns = dict.fromkeys([*HEADERS[kind].split(","), *short])
    whole = short.assign(**{c: v for c, v in usual.items() if c not in short})
    return whole.reindex(columns=[*columns], fill_value="").to_csv(index=False)


def write_programme(path: Path, *, actuals="", context="", **files) -> Folder:
    """Write the made-up programme; keywords replace files.

    `actuals` and `context` take a short CSV: columns that are left out get what is
    usual (the commune, the year's last day, an exact and final figure).
    """
    made = Folder(path)
    for name, text in SAO_MAI.items():
        made.write(name, files.get(name.partition(".")[0], text))
    for name, text in files.items():
        if f"{name}.csv" not in SAO_MAI and name != "programme":
            made.write(f"{name}.csv", text)
    for kind, text in (("actuals", actuals), ("context", context)):
        if text:
            made.write(f"{kind}/figures.csv", figures(kind, text))
    return made


@dataclass
class Part:
    """A programme within a whole that holds several, so that they are judged at once.

    Its indicators and their names end in a number of its own.
    """

    end: str
    before: dict[str, int]  # by file, how many rows stand before its own
    data: Data | None = None  # of the whole

    def own(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of this programme as they would be if it stood alone."""
        rows = rows[rows["indicator"].str.endswith(self.end)]
        named = [c for c in ("indicator", "name_vi", "name_en") if c in rows]
        found = {column: rows[column].str.removesuffix(self.end) for column in named}
        for column in {"identity", "text"} & set(rows):
            end = rf"{self.end}\b"
            found[column] = rows[column].str.replace(end, "", regex=True)
        if "file" in rows:
            found["row"] = rows["row"] - rows["file"].map(self.before).astype(int)
        return rows.assign(**found).reset_index(drop=True)


def load_together(path: Path, cases: dict[str, dict]) -> dict[str, Part]:
    """Write programmes as one and load it; return each as a part, by its name.

    A case holds what `write_programme` takes. `replace` lists cells that it changes,
    `add` the rows that it adds, as the methods of Folder do.
    """
    whole, parts, tables = write_programme(path / "whole"), {}, {}
    for number, (name, case) in enumerate(cases.items()):
        part = parts[name] = Part(f"_{number}", {})
        for file, rows in _tables(path / str(number), **case).items():
            earlier = tables.setdefault(file, [])
            part.before[file] = len(earlier)
            earlier += [_with_end(row, part.end, 100 * number) for row in rows]
    for file, rows in tables.items():
        if "indicator" not in rows[0]:  # the same in each
            rows = list({tuple(row.items()): row for row in rows}.values())
        whole.write(file, pd.DataFrame(rows).to_csv(index=False))
    data = whole.load()
    for part in parts.values():
        part.data = data
    return parts


def _tables(path: Path, *, replace=(), add=None, **files) -> dict[str, list[dict]]:
    """Write a programme; return the rows of its files."""
    folder = write_programme(path, **files)
    for name, old, new in replace:
        folder.replace(name, old, new)
    folder.add(add or {})
    return {
        file.relative_to(path).as_posix(): list(
            csv.DictReader(StringIO(file.read_text("utf-8")))
        )
        for file in sorted(path.rglob("*.csv"))
    }


def _with_end(row: dict[str, str], end: str, order: int) -> dict:
    """Return a row as that of a part; one of no indicator as it is."""
    if "indicator" not in row:
        return row
    named = [c for c in ("indicator", "name_vi", "name_en") if c in row]
    found = {column: row[column] + end for column in named}
    if "identity" in row:
        found["identity"] = re.sub("[a-z_]+", rf"\g<0>{end}", row["identity"])
        found["order"] = int(row["order"]) + order
    return row | found
