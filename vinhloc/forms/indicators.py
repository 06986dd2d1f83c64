"""Whose figure an entry is, and what its cell says in that indicator's unit."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from vinhloc.data import Data
from vinhloc.figures import FigureProblem, parse_figure, parse_number_cell
from vinhloc.forms.cellwise import Refused, check_readable, number_beside
from vinhloc.forms.entries import Entry, text_of
from vinhloc.forms.files import Cell
from vinhloc.forms.names import Names
from vinhloc.language import _
from vinhloc.units import units_with
from vinhloc.words import plain


class FigureReader:
    """Reads figures of a programme's indicators; `units` are those it knows."""

    def __init__(self, data: Data, *, is_form: bool):
        self.names = Names(data.indicators)
        self.facts = data.indicators.set_index("indicator", drop=False)
        self.units = units_with(data.tables["units.csv"].to_dict("records"))
        self.is_form = is_form

    def fact(self, entry: Entry) -> dict:
        """Return what is known of an entry's indicator; raises Refused."""
        if entry.indicator in self.facts.index:
            return self.facts.loc[entry.indicator].to_dict()
        cell = next(iter(entry.cells.values()))
        place = entry.cells.get("name") or entry.cells.get("actual") or cell
        near = self.names.near(entry.name)
        write = (
            _("nếu là một trong: {names}, hãy ghi đúng tên đó", names="; ".join(near))
            if near
            else _("hãy ghi đúng tên chỉ tiêu của chương trình, hoặc bỏ dòng này")
        )
        raise Refused(place, "indicator", _("không có chỉ tiêu tên này"), write)

    def _check_unit(self, entry: Entry, fact: dict) -> None:
        written = self._written(entry, fact)
        if not written:
            return
        found = self.units.find(written, fact["unit"])
        own = self.units.find(fact["unit"], fact["unit"])
        same = found and own and found.base == own.base
        if not same and plain(written) != plain(fact["unit"]):
            why = _("đơn vị khác đơn vị của chỉ tiêu")
            write = _("hãy ghi bằng {unit}", unit=fact["unit"])
            raise Refused(entry.cells["unit"], "unit", why, write)

    def read(self, cell: Cell, entry: Entry, fact: dict, *, confirmed: bool):
        """Return the Figure of a cell; a confirmed one may lie outside its range."""
        self._check_unit(entry, fact)
        check_readable(cell)
        low, high = fact["plausible_low"], fact["plausible_high"]
        plausible = None if pd.isna(low) or pd.isna(high) else (low, high)
        try:
            try:
                return self._parsed(cell, entry, fact, plausible)
            except FigureProblem as problem:
                if not confirmed or problem.kind != "mangled":
                    raise
                return self._parsed(cell, entry, fact, None)
        except FigureProblem as problem:
            raise Refused(cell, problem.kind, problem.why, problem.write) from None

    def _parsed(self, cell: Cell, entry: Entry, fact: dict, plausible):
        """Return the Figure of text, or of the number that a spreadsheet made of it."""
        facts = {
            "unit": fact["unit"],
            "decimals": int(fact["decimals"]),
            "plausible": plausible,
        }
        unit = self._written(entry, fact)
        text = cell.value
        if not isinstance(text, str):
            if not (unit and self._scaled(unit, fact)):
                return parse_number_cell(text, percent=cell.percent, **facts)
            text = f"{Decimal(f'{text:.15g}'):f}".replace(".", ",")
        return parse_figure(
            text,
            units=self.units,
            written_unit=unit,
            counts_reduction=self._counts(fact),
            **facts,
        )

    def _written(self, entry: Entry, fact: dict) -> str:
        """Return the unit beside a figure; "% hộ" is %, "nhà" is "nhà văn hóa"."""
        written = "" if self.is_form else text_of(entry.cells.get("unit"))
        own = fact["unit"]
        longer = own == "%" and written.startswith("% ")
        return own if longer or own.startswith(f"{plain(written)} ") else written

    def plan(self, cell: Cell, entry: Entry, fact: dict) -> Decimal | None:
        """Return the plan in a cell beside a figure, in the indicator's unit."""
        unit, written = fact["unit"], self._written(entry, fact)
        number = number_beside(
            cell, unit, int(fact["decimals"]), self.units, written=written
        )
        if number is None or isinstance(cell.value, str) or not written:
            return number
        if not self._scaled(written, fact):
            return number
        found, own = (self.units.find(name, unit) for name in (written, unit))
        return number * Decimal(str(found.factor)) / Decimal(str(own.factor))

    def _counts(self, fact: dict) -> bool:
        """Tell whether an indicator counts what is done in a year: 14 households."""
        own = self.units.find(fact["unit"], fact["unit"])
        return fact["over_term"] == "sum" and own is not None and own.kind == "count"

    def _scaled(self, unit: str, fact: dict) -> bool:
        found = self.units.find(unit, fact["unit"])
        own = self.units.find(fact["unit"], fact["unit"])
        return bool(found and own and found.factor != own.factor)
