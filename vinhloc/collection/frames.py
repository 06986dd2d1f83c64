"""The frames of a roll-up: what its page shows and its CSV files hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from vinhloc.collection.gather import Gathered
from vinhloc.collection.summary import by_area, by_commune, by_indicator
from vinhloc.figures import _, language


@dataclass(frozen=True)
class RollUp:
    """The frames of a roll-up: what its page shows and its CSV files hold."""

    gathered: Gathered
    communes: pd.DataFrame
    provinces: pd.DataFrame
    districts: pd.DataFrame
    indicators: pd.DataFrame

    @classmethod
    def of(cls, gathered: Gathered) -> RollUp:
        """Return the frames of what was gathered."""
        communes = by_commune(gathered.rows, gathered.communes)
        provinces, districts = (
            by_area(communes, level) for level in ("province", "district")
        )
        return cls(
            gathered, communes, provinces, districts, by_indicator(gathered.rows)
        )

    @cached_property
    def made_up(self) -> bool:
        """Whether any figure is made up."""
        return bool(self.communes["made_up"].any())

    @cached_property
    def mixed(self) -> bool:
        """Whether some are made up and some are not, so that each row says so."""
        return self.communes["made_up"].nunique() > 1

    def name_of(self, area: str) -> str:
        """Return the name of a district or province in the language in use."""
        return self._names.get(area) or area or _("chưa rõ")

    @cached_property
    def _names(self) -> dict[str, str]:
        areas = self.gathered.areas
        return dict(zip(areas["area"], areas[f"name_{language()}"], strict=True))
