"""Figures as Vietnamese offices write them: read them, write them, round them."""

from vinhloc.amounts import Figure
from vinhloc.number_cells import parse_number_cell
from vinhloc.numerals import FigureProblem
from vinhloc.reading import parse_figure
from vinhloc.writing import (
    EVENT_UNIT,
    decimals_of,
    from_scaled,
    is_missing,
    round_half_away,
    scaled_by,
    to_scaled,
    unit_after,
    unit_name,
    write_actual,
    write_date,
    write_figure,
    write_target,
    write_trimmed,
    write_value,
)

__all__ = [
    "EVENT_UNIT",
    "Figure",
    "FigureProblem",
    "decimals_of",
    "from_scaled",
    "is_missing",
    "parse_figure",
    "parse_number_cell",
    "round_half_away",
    "scaled_by",
    "to_scaled",
    "unit_after",
    "unit_name",
    "write_actual",
    "write_date",
    "write_figure",
    "write_target",
    "write_trimmed",
    "write_value",
]
