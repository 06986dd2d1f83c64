"""The files of a programme: their columns, keys and what refers to what."""

from __future__ import annotations

from vinhloc.assess import CHANGES, PREVIOUS
from vinhloc.data import contracts as c
from vinhloc.figures import later_

COMPARATORS = (">=", ">", "<=", "<", "=", "between", "about")
SINCE = f"{PREVIOUS}|{c.YEAR}"
ONE_TARGET = ("indicator", "year", "period", "reading")
OVER_TERM = ("last", "sum", "mean", "growth", "every_year", "once")

NAMES = {"name_vi": c.NAME, "name_en": c.NAME}
CONTRACTS = {
    "themes.csv": c.Contract({"theme": c.KEY, "order": c.WHOLE, **NAMES}, ("theme",)),
    "departments.csv": c.Contract({"department": c.KEY, **NAMES}, ("department",)),
    "areas.csv": c.Contract(
        {"area": c.KEY, "level": c.KEY, **NAMES, "parent": c.maybe(c.KEY)}, ("area",)
    ),
    "units.csv": c.Contract(
        {
            "unit": c.NAME,
            **NAMES,
            "base": c.NAME,
            "factor": c.FACTOR,
            "source": c.FREE,
        },
        ("unit",),
    ),
    "sources.csv": c.Contract(
        {
            "source": c.KEY,
            "title": c.TEXT,
            "publisher": c.FREE,
            "publisher_en": c.FREE,
            "address": c.ADDRESS,
            "published": c.maybe(
                c.Kind(
                    later_("cần ngày kiểu 2023-12-31, 2023-12 hoặc 2023"),
                    c.PARTIAL_DATE,
                )
            ),
            "received": c.maybe(c.DAY),
            "kind": c.KEY,
        },
        ("source",),
    ),
    "indicators.csv": c.Contract(
        {
            "indicator": c.KEY,
            "theme": c.KEY,
            "order": c.WHOLE,
            "main": c.FLAG,
            **NAMES,
            "unit": c.NAME,
            "decimals": c.DECIMALS,
            "direction": c.one_of("up", "down", "none"),
            "over_term": c.one_of(*OVER_TERM),
            "identity": c.FREE,
            "structure": c.maybe(c.KEY),
            "change_of": c.maybe(c.KEY),
            "change": c.maybe(c.one_of(*CHANGES)),
            "since": c.maybe(c.Kind(later_("cần năm, hoặc previous"), SINCE)),
            "scale": c.maybe(c.KEY),
            "quota": c.maybe(c.FLAG),
            "plausible_low": c.maybe(c.NUM),
            "plausible_high": c.maybe(c.NUM),
            "department": c.KEY,
            "department_basis": c.one_of("stated", "suggested"),
            "locator": c.TEXT,
        },
        ("indicator",),
        may_lack=frozenset(
            {"structure", "change_of", "change", "since", "scale", "quota"}
        ),
    ),
    "scales.csv": c.Contract(
        {"scale": c.KEY, "rank": c.RANK, **NAMES}, ("scale", "rank")
    ),
    "targets.csv": c.Contract(
        {
            "indicator": c.KEY,
            "year": c.YEARS,
            "period": c.one_of("year", "term"),
            "reading": c.one_of("main", "other", "second"),
            "comparator": c.one_of(*COMPARATORS),
            "value": c.maybe(c.NUM),
            "upper_value": c.maybe(c.NUM),
            "tolerance": c.maybe(c.AMOUNT),
            "comparator_stated": c.FLAG,
            "year_stated": c.one_of("true", "heading", "false"),
            "value_stated": c.one_of("figure", "words"),
            "due": c.FREE,
            "place": c.FREE,
            "document": c.KEY,
            "from_day": c.maybe(c.DAY),
            "locator": c.TEXT,
            "note": c.FREE,
            "note_en": c.FREE,
        },
        (*ONE_TARGET, "from_day"),
        may_lack=frozenset({"tolerance", "due", "from_day"}),
    ),
    "source_figures.csv": c.Contract(
        {
            "locator": c.TEXT,
            "ordinal": c.WHOLE,
            "as_printed": c.TEXT,
            "value": c.maybe(c.NUM),
            "unit": c.FREE,
            "used_by": c.FREE,
            "reason": c.maybe(c.KEY),
        },
        ("ordinal",),
    ),
    "source_issues.csv": c.Contract(
        {
            "issue": c.KEY,
            "locators": c.TEXT,
            "indicator": c.maybe(c.KEY),
            "year": c.maybe(c.YEARS),
            "fault_vi": c.TEXT,
            "fault_en": c.TEXT,
            "treatment_vi": c.TEXT,
            "treatment_en": c.TEXT,
            "effect_vi": c.TEXT,
            "effect_en": c.TEXT,
        },
        ("issue",),
    ),
    "breaks.csv": c.Contract(
        {
            "indicator": c.KEY_OR_ALL,
            "area": c.KEY_OR_ALL,
            "year": c.YEARS,
            "month": c.maybe(c.MONTH),
            "label_vi": c.TEXT,
            "label_en": c.TEXT,
            "reason_vi": c.TEXT,
            "reason_en": c.TEXT,
            "source": c.maybe(c.KEY),
        }
    ),
    "choices.csv": c.Contract(
        {
            "indicator": c.KEY,
            "area": c.KEY,
            "year": c.YEARS,
            "source": c.KEY,
            "reason": c.TEXT,
            "author": c.TEXT,
            "date": c.DAY,
        },
        ("indicator", "area", "year"),
    ),
    "remarks.csv": c.Contract(
        {
            "indicator": c.KEY,
            "year": c.YEARS,
            "kind": c.one_of("cause", "measure", "note"),
            "text_vi": c.TEXT,
            "author": c.TEXT,
            "date": c.DAY,
        }
    ),
}
# What an office answered about a heading that was not understood.
ANSWERS = ("whole_year", "other_period", "other_place", "no_result", "plan")
LAYOUTS = c.Contract(
    {
        "layout": c.KEY,
        "place": c.one_of("heading", "title", "sheet", "group"),
        "text": c.TEXT,
        "answer": c.one_of(*ANSWERS),
        "author": c.TEXT,
        "date": c.DAY,
    },
    ("layout", "place", "text"),
)
NEEDED = ("themes.csv", "units.csv", "areas.csv", "departments.csv", "indicators.csv")
# A column that names a row of another table, and that table.
REFERENCES = {
    "theme": "themes.csv",
    "department": "departments.csv",
    "unit": "units.csv",
    "base": "units.csv",
    "area": "areas.csv",
    "parent": "areas.csv",
    "indicator": "indicators.csv",
    "change_of": "indicators.csv",
    "document": "sources.csv",
    "source": "sources.csv",
}
KEYS_OF = {
    "base": "unit",
    "parent": "area",
    "change_of": "indicator",
    "document": "source",
}
# Columns of those names that hold free text.
FREE_COLUMNS = (("units.csv", "source"), ("source_figures.csv", "unit"))
