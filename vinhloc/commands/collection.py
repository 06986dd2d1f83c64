"""A collection's part of the command line: vinhloc roll-up, review-all."""

from __future__ import annotations

import time
from pathlib import Path

import click

from vinhloc.commands.console import Command, progress, shown
from vinhloc.commands.options import PRESENT, command, flag, refuse_both, valued
from vinhloc.figures import Told, _, language, n_


def collection_commands(shared: dict[str, click.Option]) -> list[Command]:
    """Return the commands; `shared`: the options that others have, too."""
    collection = click.Argument(["collection"], metavar=_("TUYỂN_TẬP"), type=PRESENT)
    year = valued("--year", _("NĂM"), _("Năm xem xét."), type=int, required=True)
    jobs = valued(
        "--jobs",
        _("SỐ"),
        _("Số tiến trình cùng chạy; mặc định là số lõi của máy."),
        type=click.IntRange(1),
    )
    dask = valued(
        "--dask",
        _("ĐỊA_CHỈ"),
        _("Chạy trên các máy của bộ điều phối Dask này, ví dụ tcp://may-chu:8786."),
    )
    own = flag(
        "--own-notebooks own",
        _("Chạy cả sổ tay riêng trong thư mục của các xã: sổ tay là mã chạy trên máy."),
    )
    first = [collection, year, shared["out"], jobs]
    rest = [shared[name] for name in ("formats", "force", "wait", "lang")]
    return [
        command(
            "roll-up",
            _roll_up,
            _("Tổng hợp mọi xã của một tuyển tập thành một trang và các bảng CSV."),
            *first,
            shared["wait"],
            shared["lang"],
        ),
        command(
            "review-all",
            _review_all,
            _("Xuất bản báo cáo của mọi xã trong tuyển tập; mã thoát 3 khi có lỗi."),
            *first,
            dask,
            own,
            *rest,
        ),
    ]


def _roll_up(
    collection: Path, *, year: int, out: Path, jobs: int | None, wait: float
) -> None:
    """Publish a roll-up; print the page to open; exit with 3 where one is left out."""
    from vinhloc.collection import publish_roll_up

    page, unread = publish_roll_up(collection, out, year, jobs=jobs, wait=wait)
    click.echo(shown(page))
    if unread:
        text = n_("{n} chương trình không đọc được, không có trong bảng", len(unread))
        raise Told("\n".join([*(f"{of}: {why}" for of, why in unread.items()), text]))


def _review_all(
    collection: Path,
    *,
    year: int,
    out: Path,
    formats: str,
    own: bool,
    **options: object,
) -> None:
    """Publish every commune's review, with progress; exit with 3 where one failed."""
    from vinhloc.collection import FAILED as LOST
    from vinhloc.collection import UNCHANGED, programmes_in, requests_of, review_all
    from vinhloc.review import parse_formats

    refuse_both(options, "jobs", "dask")
    begun, outcomes = time.monotonic(), []
    programmes = programmes_in(collection)
    asked = {"lang": language(), "formats": parse_formats(formats), "own": own}
    requests = requests_of(programmes, out, year, **asked)
    total = len(requests)
    with progress(total, label=_("Đang lập báo cáo các xã")) as on_step:
        for outcome in review_all(requests, **options):
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
