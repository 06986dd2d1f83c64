"""A collection's part of the command line: vinhloc roll-up, review-all."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import click

from vinhloc.commands.console import progress, shown
from vinhloc.commands.review import publishing_options
from vinhloc.figures import Fault, Told, _, language, n_


def add_collection_commands(commands: click.Group, lang_option: Callable) -> None:
    """Add the commands to a group."""
    shared = publishing_options()
    collection = click.argument(
        "collection",
        metavar=_("TUYỂN_TẬP"),
        type=click.Path(path_type=Path, exists=True, file_okay=False),
    )
    year = click.option(
        "--year", type=int, metavar=_("NĂM"), required=True, help=_("Năm xem xét.")
    )
    jobs = click.option(
        "--jobs",
        type=click.IntRange(1),
        metavar=_("SỐ"),
        help=_("Số tiến trình cùng chạy; mặc định là số lõi của máy."),
    )

    @commands.command(
        "roll-up",
        help=_("Tổng hợp mọi xã của một tuyển tập thành một trang và các bảng CSV."),
    )
    @collection
    @year
    @shared["out"]
    @jobs
    @shared["wait"]
    @lang_option
    def roll_up(**options) -> None:
        _run_roll_up(**options)

    @commands.command(
        "review-all",
        help=_("Xuất bản báo cáo của mọi xã trong tuyển tập; mã thoát 3 khi có lỗi."),
    )
    @collection
    @year
    @shared["out"]
    @jobs
    @click.option(
        "--dask",
        metavar=_("ĐỊA_CHỈ"),
        help=_(
            "Chạy trên các máy của bộ điều phối Dask này, ví dụ tcp://may-chu:8786."
        ),
    )
    @shared["formats"]
    @shared["force"]
    @shared["wait"]
    @lang_option
    def review_all(**options) -> None:
        if options["jobs"] and options["dask"]:
            names = {"one": "--jobs", "other": "--dask"}
            raise Fault(_("chỉ chọn một trong hai: {one} hoặc {other}", **names))
        _run_review_all(**options)


def _run_roll_up(
    collection: Path, *, year: int, out: Path, jobs: int | None, wait: float
) -> None:
    """Publish a roll-up; print the page to open; exit with 3 where one is left out."""
    from vinhloc.collection import publish_roll_up

    page, unread = publish_roll_up(collection, out, year, jobs=jobs, wait=wait)
    click.echo(shown(page))
    if unread:
        text = n_("{n} chương trình không đọc được, không có trong bảng", len(unread))
        raise Told("\n".join([*(f"{of}: {why}" for of, why in unread.items()), text]))


def _run_review_all(
    collection: Path,
    *,
    year: int,
    out: Path,
    jobs: int | None,
    dask: str | None,
    formats: str,
    force: bool,
    wait: float,
) -> None:
    """Publish every commune's review, with progress; exit with 3 where one failed."""
    from vinhloc.collection import FAILED as LOST
    from vinhloc.collection import UNCHANGED, programmes_in, requests_of, review_all
    from vinhloc.review import parse_formats

    begun, outcomes = time.monotonic(), []
    programmes = programmes_in(collection)
    requests = requests_of(
        programmes, out, year, lang=language(), formats=parse_formats(formats)
    )
    total = len(requests)
    with progress(total, label=_("Đang lập báo cáo các xã")) as on_step:
        for outcome in review_all(
            requests, jobs=jobs, dask=dask, force=force, wait=wait
        ):
            outcomes.append(outcome)
            on_step(f"{len(outcomes)}/{total} {outcome.name}: {outcome.said}")
    lost = [outcome for outcome in outcomes if outcome.state == LOST]
    kept = sum(outcome.state == UNCHANGED for outcome in outcomes)
    done = total - kept - len(lost)
    click.echo(
        _(
            "Xuất bản {done}, giữ nguyên {kept}, lỗi {lost}; {seconds} giây",
            done=done,
            kept=kept,
            lost=len(lost),
            seconds=round(time.monotonic() - begun),
        )
    )
    if lost:
        raise Told("\n".join(sorted(f"{one.name}: {one.said}" for one in lost)))
