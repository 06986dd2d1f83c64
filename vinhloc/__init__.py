"""Targets and actuals of a local action programme: load, assess, review."""

from __future__ import annotations

import importlib

__version__ = "0.1.0"

# name -> its module, which is imported when the name is first used.
_MODULES = {
    "figures.translation": ("use_language",),
    "data.contracts": ("ProblemsFound",),
    "data.loading": ("load",),
    "data.rows": (
        "breaks_of",
        "clashing_context",
        "context_of",
        "issues_of",
        "review_year",
        "revised_figures",
        "seen_from",
        "select",
        "sources_of",
    ),
    "assess.assessment": ("annual_status", "balance", "is_due"),
    "outlook.open_sdg": ("open_sdg_progress",),
    "outlook.projection": ("add_pace", "add_projection", "add_schedule"),
    "outlook.split": ("split_gap", "split_product", "split_rate", "split_sum"),
    "outlook.attention": ("urgent_targets",),
    "data.sensitivity": ("sensitive_verdicts",),
    "show.charts.balance": ("draw_balance", "draw_coverage"),
    "show.charts.events": ("draw_events",),
    "show.charts.grid": ("draw_multiples", "draw_year_grid"),
    "show.charts.series": ("draw_path", "draw_steps"),
    "show.charts.split": ("draw_split",),
    "show.tables": (
        "table_of_departments",
        "table_of_identities",
        "table_of_missing",
        "table_of_targets",
        "table_of_term",
    ),
    "show.tables_years": ("table_of_gaps", "table_of_steps", "table_of_years"),
    "show.tables_attention": ("table_of_attention",),
    "show.tables_outlook": (
        "second_opinion",
        "table_of_outlook",
        "table_of_second_opinion",
    ),
    "show.tables_split": ("table_of_rates", "table_of_split"),
    "show.tables_sources": ("table_of_context", "table_of_sources"),
    "show.tables_quality": (
        "table_of_issues",
        "table_of_questions",
        "table_of_sensitivity",
        "table_of_vintages",
    ),
    "show.picklists": ("explore",),
    "show.balance": (
        "say_balance",
        "say_coverage",
        "say_ended",
        "say_missing",
    ),
    "show.prose_indicator": ("say_known",),
    "show.prose_outlook": ("say_pace", "say_schedule", "say_sensitivity", "say_split"),
    "show.prose_notes": ("say_breaks", "say_issues", "say_questions", "say_remarks"),
}
_PUBLIC = {name: module for module, names in _MODULES.items() for name in names}
__all__ = ["__version__", *_PUBLIC]


def __getattr__(name: str):
    if name in _PUBLIC:
        return getattr(importlib.import_module(f"vinhloc.{_PUBLIC[name]}"), name)
    raise AttributeError(f"module 'vinhloc' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
