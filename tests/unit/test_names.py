"""An indicator is known by its name; what stands in brackets is part of it."""

import dataclasses
from pathlib import Path

import pytest

from vinhloc.data.loading import load
from vinhloc.office.names import Names

RAW = Path(__file__).parents[2] / "data" / "raw"
INDICATORS = """
indicator,name_vi,name_en,unit,scale
spring,Diện tích lúa (vụ xuân),Rice area in spring,ha,
autumn,Diện tích lúa (vụ mùa),Rice area in autumn,ha,
roads,Đường cứng hóa (trừ quốc lộ),Paved roads,%,
poor,Tỷ lệ hộ nghèo,Poor households,%,
villages,Số khu dân cư (thôn),Villages,thôn,
"""


@pytest.fixture(scope="module")
def data():
    return load(RAW)


@pytest.fixture
def names(data, frame):
    tables = data.tables | {"indicators.csv": frame(INDICATORS)}
    return Names(dataclasses.replace(data, tables=tables))


@pytest.mark.parametrize(
    ("name", "indicator", "unit"),
    [
        ("Diện tích lúa (vụ xuân)", "spring", ""),
        ("1.2. diện tích lúa (Vụ Mùa):", "autumn", ""),
        ("Diện tích lúa (vụ mùa) (m²)", "autumn", "m²"),
        ("Diện tích lúa", "", ""),
        ("Diện tích lúa (ha)", "", "ha"),
        ("Đường cứng hóa (trừ quốc lộ)", "roads", ""),
        ("Đường cứng hóa", "roads", ""),
        ("Đường cứng hóa (trừ tỉnh lộ)", "", ""),
        ("Tỷ lệ hộ nghèo (%)", "poor", "%"),
        ("Tỷ lệ hộ nghèo (% dân số)", "poor", "% dân số"),
        ("Tỷ lệ hộ nghèo (thôn Đông)", "", ""),
        ("Tỷ lệ hộ nghèo (năm trước)", "", ""),
        ("Tỷ lệ hộ nghèo (giảm)", "", ""),
        ("Số khu dân cư (thôn)", "villages", ""),
        ("Số khu dân cư", "villages", ""),
    ],
)
def test_only_a_unit_may_stand_in_brackets_behind_a_name(names, name, indicator, unit):
    assert (names.find(name), names.parted(name)[1]) == (indicator, unit)
