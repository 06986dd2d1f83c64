"""Made-up communes: a Parquet dataset of the whole nation, folders of programmes."""

import csv
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from vinhloc.assess.verdicts import STATUSES, Limits, judge
from vinhloc.figures import to_scaled

SEED = 20260101
COMMUNES, INDICATORS, PROVINCES, DISTRICTS = 3_321, 60, 34, 696
NAMES = ["An", "Bình", "Cẩm", "Châu", "Đại", "Đông", "Giang", "Hà", "Hòa", "Hưng"]
NAMES += ["Lâm", "Long", "Lộc", "Minh", "Mỹ", "Nam", "Ngọc", "Phong", "Phú", "Quang"]
NAMES += ["Sơn", "Tân", "Thanh", "Thuận", "Tiến", "Trung", "Vân", "Việt", "Xuân", "Yên"]
KINDS = [  # name, unit, decimals, direction, comparator
    ("Tỷ lệ hộ dùng nước sạch", "%", 1, "up", ">="),
    ("Tỷ lệ hộ nghèo", "%", 2, "down", "<="),
    ("Diện tích lúa cả năm", "ha", 1, "up", ">="),
    ("Tỷ lệ rác thải được phân loại", "%", 1, "none", "between"),
    ("Thu ngân sách trên địa bàn", "tỷ đồng", 1, "up", ">="),
    ("Số vụ tai nạn giao thông", "vụ", 0, "down", "<"),
]


def nation(
    communes: int = COMMUNES, years: Sequence[int] = (2026,)
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the assessment of made-up communes, and the areas they belong to."""
    random = np.random.default_rng(SEED)
    areas = _areas(communes, random)
    names = areas.loc[areas["level"].eq("commune"), "area"].to_numpy()
    indicators = _indicators()
    targets = indicators.merge(pd.DataFrame({"year": years}), how="cross")
    targets["value"] = random.uniform(30, 95, len(targets)).round(1)
    targets["upper_value"] = (
        targets["value"].add(8).where(targets["comparator"].eq("between"))
    )
    targets["tolerance"] = np.nan
    each = len(targets)
    rows = pd.DataFrame({"commune": pd.Categorical(names.repeat(each))})
    rows = pd.concat(
        [rows, pd.concat([targets] * len(names), ignore_index=True)], axis=1
    )
    rows = rows.rename(columns={"value": "target", "upper_value": "upper_target"})
    skill = random.normal(0, 5, len(names)).repeat(each)
    sign = rows["direction"].map({"up": 1, "down": -1, "none": 0.2})
    value = rows["target"] + sign * (2 + skill + random.normal(0, 7, len(rows)))
    telling = random.beta(8, 1, len(names)).repeat(each)  # some offices report little
    told = random.random(len(rows)) < telling
    most = rows["unit"].map({"%": 100.0})  # a share; other units have no most
    value = value.clip(lower=0).clip(upper=most).round(2).where(told)
    scaled = to_scaled(value, rows["decimals"])
    judged = judge(value.to_numpy(), (scaled, scaled), Limits.of(rows))
    status = np.array(STATUSES)[judged["status"]]
    rows = rows.drop(columns=["upper_target", "tolerance"])
    rows = rows.assign(actual=value, shortfall=judged["shortfall"], status=status)
    facts = {"period": "year", "due_year": rows["year"].astype(float), "main": True}
    facts |= {"bound": "exact", "conflict": False, "inferred": "", "made_up": True}
    return rows.assign(**facts), areas


def _indicators() -> pd.DataFrame:
    found = [
        {
            "indicator": f"chi_tieu_{n + 1:02}",
            "order": n + 1,
            "name_vi": f"{kind[0]} ({n + 1})",
            "name_en": f"Indicator {n + 1}",
            **dict(
                zip(
                    ("unit", "decimals", "direction", "comparator"),
                    kind[1:],
                    strict=True,
                )
            ),
            "unit_en": kind[1],
        }
        for n, kind in ((n, KINDS[n % len(KINDS)]) for n in range(INDICATORS))
    ]
    return pd.DataFrame(found)


def _areas(communes: int, random: np.random.Generator) -> pd.DataFrame:
    """Return communes in districts in provinces, as many of each as there were."""
    share = min(1, communes / COMMUNES)
    provinces, districts = max(2, round(PROVINCES * share)), round(DISTRICTS * share)
    districts = max(districts, provinces)

    def named(level: str, kind: str, count: int, parents: list[str]) -> list[dict]:
        words = random.choice(NAMES, (count, 2))
        return [
            {
                "area": f"{level}-{n + 1:04}",
                "level": level,
                "name_vi": f"{kind} {' '.join(words[n])}",
                "name_en": f"{' '.join(words[n])} {level}",
                "parent": parents[n * len(parents) // count] if parents else "",
            }
            for n in range(count)
        ]

    top = named("province", "tỉnh", provinces, [])
    middle = named("district", "huyện", districts, [row["area"] for row in top])
    low = named("commune", "xã", communes, [row["area"] for row in middle])
    return pd.DataFrame(top + middle + low)


def write_dataset(path: Path, rows: pd.DataFrame, areas: pd.DataFrame) -> Path:
    """Write a frame as the dataset that a roll-up reads: a file per commune."""
    path.mkdir(parents=True)
    areas.to_csv(path / "areas.csv", index=False, quoting=csv.QUOTE_MINIMAL)
    table = pa.Table.from_pandas(rows.drop(columns="commune"), preserve_index=False)
    names, starts = np.unique(rows["commune"].astype(str), return_index=True)
    for name, start, end in zip(names, starts, [*starts[1:], len(rows)], strict=True):
        folder = path / f"commune={name}"
        folder.mkdir()
        part = table.slice(start, end - start)
        parquet.write_table(part, folder / "assessment.parquet", compression="zstd")
    return path


def write_communes(path: Path, count: int, raw: Path) -> Path:
    """Write folders of programmes with the demonstration's figures, each its own id."""
    demo, made = raw / "demo", path.parent / "made"
    shutil.copytree(raw, made, ignore=shutil.ignore_patterns("demo", "actuals"))
    shutil.copytree(demo / "actuals", made / "actuals")
    shutil.copy(demo / "remarks.csv", made)
    sources = [pd.read_csv(place / "sources.csv", dtype="str") for place in (raw, demo)]
    pd.concat(sources).to_csv(made / "sources.csv", index=False)
    stated = (made / "programme.toml").read_text("utf-8")
    stated = stated.replace("made_up = false", "made_up = true")
    for number in range(1, count + 1):
        name = f"xa-{number:04}"
        shutil.copytree(made, path / name)
        own = re.sub(r"(?m)^id = .*", f'id = "{name}"', stated)
        (path / name / "programme.toml").write_text(own, "utf-8")
    return path
