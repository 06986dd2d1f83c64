"""The parts of a review that need no notebook, each fit for a process of its own.

Drawing is bound to one process at a time (matplotlib's settings are global), so parts
run beside the notebooks' kernels in forks of the same server; where a system cannot
fork, in ordinary processes.

A part, also what a notebook gives, is fresh while the hash of all that it is made from
is that of the published manifest: the rows it can read, its notebook, the library, the
versions and the parameters. It is then taken over and not made again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from vinhloc.data import (
    Data,
    code_sha,
    content_sha,
    file_sha,
    load,
    one_sha,
    theme_part,
    write_csv,
)
from vinhloc.figures import _, use_language, write_date
from vinhloc.outlook import add_projection
from vinhloc.review.editions import changes_since, earlier_edition, table_of_changes
from vinhloc.review.manifest import intact_files, read_manifest, versions
from vinhloc.review.pages import (
    FOLDER,
    annex_page,
    changes_page,
    index_page,
    indicator_pages,
    indicator_rows,
    page_values,
)
from vinhloc.review.request import (
    ANNEX,
    ASSESSMENT,
    CHANGES,
    FILES,
    FORM,
    INDEX,
    PAGES,
    UNSIGNED,
    Request,
    Signing,
    edition_name,
)
from vinhloc.review.view import View


@dataclass(frozen=True)
class Work:
    """What is to be made: the request, its year, the titles of all pages, and where."""

    request: Request
    year: int
    pages: dict[str, str]  # page name -> title
    staging: Path
    target: Path  # where the edition is published; an earlier one may stand there
    form: str = ""  # the file in which lacking figures are sent, if one is published

    def view(self, theme: str | None = None) -> View:
        """Return the view of the data, or of what concerns a theme."""
        asked = self.request
        seen = {"year": self.year, "later": asked.later}
        data = load(asked.folder, as_of=asked.as_of, theme=theme, **seen)
        return View(data, self.year, term=asked.term)

    def siblings(self) -> list[tuple[str, str]]:
        """Return the reviews beside this one that are published: label and address.

        Of the year before and after, and in the other language.
        """
        asked, made_up = self.request, self.target.name.startswith("demo-")
        whens = [] if asked.term else [self.year - 1, self.year + 1]
        named = partial(edition_name, made_up=made_up, lang=asked.lang)
        found = [(str(when), named(when)) for when in whens]
        other = self.target.name.removesuffix("-en")
        names = {"vi": (_("Bản tiếng Anh"), f"{other}-en")}
        found.append(names.get(asked.lang, (_("Bản tiếng Việt"), other)))
        beside = self.target.parent
        return [
            (label, f"../{name}/{INDEX}")
            for label, name in found
            if (beside / name / INDEX).is_file()
        ]

    def values(self, view: View, here: str) -> dict:
        """Return what every page needs."""
        root = "../" if here == FOLDER else ""
        formats = self.request.formats
        form = self.form
        return page_values(
            view, self.pages, here, formats=formats, form=form, root=root
        )


def form_of(view: View, request: Request) -> str:
    """Return the name of the entry form to publish; "" where no figure is asked for."""
    from vinhloc.show import area_has_ended

    lacking = view.rows["status"].eq("no_data").any() and not view.term
    asked = lacking and "xlsx" in request.formats
    ended = area_has_ended(view.data, view.year)
    return FORM.format(year=view.year) if asked and not ended else ""


def parts_of(
    work: Work, data: Data, fresh: Collection[str]
) -> Iterator[tuple[Callable, tuple]]:
    """Give each part to make as a function and its arguments, the longest first."""
    if documents := tuple(f for f in work.request.formats if f in FILES):
        yield write_documents, (work, documents)
    if PAGES in work.request.formats:
        for theme in data.themes["theme"]:
            if part_of_theme(theme) not in fresh:
                yield write_indicators, (work, theme)
    yield write_summary, (work,)


def write_documents(work: Work, documents: tuple[str, ...]) -> None:
    """Write Word, PDF and Excel; the entry form where figures lack."""
    use_language(work.request.lang)
    write_files(work.staging, work.view(), documents, work.request.signing)
    if work.form:
        from vinhloc.office import write_form

        write_form(work.view().data, work.year, work.staging / work.form)


def write_files(
    folder: Path, view: View, formats: Sequence[str], signing: Signing
) -> None:
    """Write the files of the formats asked for; both reports from the same blocks."""
    if "docx" in formats or "pdf" in formats:
        from vinhloc.review.paper import build_report, official_facts
        from vinhloc.show import area_has_ended

        ended = area_has_ended(view.data, view.year)
        facts = official_facts(view.data.programme, ended=ended, **asdict(signing))
        report = build_report(view, facts)
    if "docx" in formats:
        from vinhloc.review.paper import write_word

        write_word(report, folder / FILES["docx"])
    if "pdf" in formats:
        from vinhloc.review.paper import write_pdf

        write_pdf(report, folder / FILES["pdf"])
    if "xlsx" in formats:
        from vinhloc.review.paper import write_workbook

        write_workbook(view, folder / FILES["xlsx"])


def write_indicators(work: Work, theme: str) -> None:
    """Write the pages of a theme's indicators."""
    use_language(work.request.lang)
    view = work.view(theme)
    rows = add_projection(view.data.assessment)
    (work.staging / FOLDER).mkdir(exist_ok=True)
    own = rows[rows["theme"] == theme]
    for place, page in indicator_pages(view, work.values(view, FOLDER), own):
        write_text(work.staging / place, page)
    for place, figures in indicator_rows(own):
        write_csv(figures, work.staging / place)


def write_summary(work: Work) -> None:
    """Write the assessment; of pages, those of no notebook: front, annex, changes."""
    use_language(work.request.lang)
    view, path = work.view(), work.staging / ASSESSMENT
    assessment = add_projection(view.data.assessment)
    write_csv(assessment, path)
    if PAGES not in work.request.formats:
        return
    values, count = work.values(view, "index"), 0
    values |= {"siblings": work.siblings(), "issued": _say_issued(work.request.signing)}
    if earlier := earlier_edition(work.target, path):
        edition, name = earlier
        changes = changes_since(edition, assessment)
        count = len(changes)
        table = table_of_changes(changes, made_up=view.data.made_up)
        page = changes_page(values | {"here": CHANGES}, table, name)
        write_text(work.staging / f"{CHANGES}.html", page)
    page = annex_page(view, values | {"here": ANNEX})
    write_text(work.staging / f"{ANNEX}.html", page)
    page = index_page(view, values | {"changes": count})
    write_text(work.staging / INDEX, page)


def _say_issued(signing: Signing) -> str:
    """Return the day on which the report was signed, or that it is a draft."""
    if day := signing.signed_on:
        return _("Ban hành ngày {day}", day=write_date(day))
    return _("Dự thảo, chưa ký ban hành")


def write_text(path: Path, text: str) -> None:
    """Write a text file; the same bytes on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")


def part_of_theme(theme: str) -> str:
    """Return the name of the part that holds the pages of a theme's indicators."""
    return f"{FOLDER}/{theme}"


def part_shas(
    data: Data, request: Request, year: int, titles: Mapping[str, str], form: str = ""
) -> dict[str, str]:
    """Return part -> the hash of all that it is made from.

    `titles` of all pages and the `form` stand in the menu of each.
    """
    unsigned = replace(request, signing=UNSIGNED).all_parameters(year)
    common = [code_sha(), versions(), unsigned, dict(titles), form]
    rows = {name: content_sha(theme_part(data, name)) for name in data.themes["theme"]}
    rows[""] = content_sha(data)
    shas = {
        run.page: one_sha([common, rows[run.theme], file_sha(run.path)])
        for run in request.runs
    }
    if PAGES in request.formats:
        for theme in data.themes["theme"]:
            shas[part_of_theme(theme)] = one_sha([common, rows[theme]])
    return shas


def _files_of(part: str, data: Data) -> list[str]:
    """Return the files that a part consists of."""
    if not part.startswith(FOLDER):
        return [f"{part}.html", f"{part}.ipynb"]
    own = data.indicators["theme"] == part.removeprefix(f"{FOLDER}/")
    names = data.indicators.loc[own, "indicator"]
    return [f"{FOLDER}/{name}.{kind}" for name in names for kind in ("html", "csv")]


def take_over(
    published: Path, staging: Path, parts: Mapping[str, str], data: Data
) -> set[str]:
    """Copy the fresh parts of a published review; return their names.

    A part with a file that was changed or is missing is not fresh.
    """
    manifest = read_manifest(published)
    earlier, intact = manifest.get("parts", {}), intact_files(published, manifest)
    fresh = {
        part
        for part, sha in parts.items()
        if earlier.get(part) == sha and intact.issuperset(_files_of(part, data))
    }
    for part in fresh:
        for name in _files_of(part, data):
            place = staging / name
            place.parent.mkdir(exist_ok=True)
            shutil.copyfile(published / name, place)
    return fresh
