"""The analyst's pick-lists: from a theme to an indicator to its figures."""

import vinhloc as vl
from vinhloc.show import picklists


def test_a_theme_offers_its_indicators_and_shows_one_of_them(monkeypatch):
    shown = []
    monkeypatch.setattr(picklists, "show_indicator", lambda _d, i, y: shown.append(i))
    data = vl.load()
    theme, indicator, year = vl.explore(data).children[0].children
    theme.value = "culture"
    offered = {value for _name, value in indicator.options}
    assert offered == set(data.indicators.query("theme == 'culture'")["indicator"])
    assert shown[-1] in offered
    year.value = 2025
    assert None not in shown


def test_an_indicator_is_shown_with_its_chart_its_row_and_its_sources(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    picklists.show_indicator(vl.load(), "street_naming_done", 2022)
    assert [type(item).__name__ for item in shown] == ["Chart", "Table", "Table"]
    assert "baothanhhoa-175175" in repr(shown[2])
