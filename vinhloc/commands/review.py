"""The review's part of the command line: vinhloc review, verify."""

from __future__ import annotations

from pathlib import Path

import click

from vinhloc.commands.console import Command, notified, progress, say, shown
from vinhloc.commands.options import FILE, PRESENT, command, flag, refuse_both, valued
from vinhloc.figures import Fault, _, language, n_


def review_commands(shared: dict[str, click.Option]) -> list[Command]:
    """Return the commands; `shared`: the options that others have, too."""
    folder = click.Argument(["folder"], metavar=_("THƯ_MỤC"), type=PRESENT)
    return [
        command(
            "review",
            _review,
            _("Chạy các sổ tay và xuất bản báo cáo của một năm."),
            *_review_options(shared),
        ),
        command(
            "verify",
            _verify,
            _("So báo cáo đã xuất bản với tệp đối chiếu; mã thoát 2 khi có khác biệt."),
            folder,
            shared["data"],
            shared["lang"],
        ),
    ]


def _review_options(shared: dict[str, click.Option]) -> list[click.Option]:
    day = _("NGÀY")
    return [
        valued(
            "--year",
            _("NĂM"),
            _("Năm xem xét; mặc định là năm gần nhất có số liệu."),
            type=int,
        ),
        shared["data"],
        flag("--demo", _("Dùng số liệu minh họa (thư mục demo của dữ liệu).")),
        flag(
            "--term", _("Báo cáo cả nhiệm kỳ: mọi năm, số cộng dồn, đánh giá cuối kỳ.")
        ),
        flag("--later", _("Hiện cả số liệu của các năm sau năm xem xét; không đếm.")),
        valued(
            "--as-of",
            day,
            _("Chỉ tính số liệu nhận được đến ngày này, ví dụ 2024-01-31."),
        ),
        shared["out"],
        shared["force"],
        flag(
            "--if-changed",
            _("Chỉ chạy khi có thay đổi (mặc định); không dùng cùng --force."),
        ),
        valued(
            "--notify-file",
            _("TỆP"),
            _("Ghi kết quả của lần chạy thành một dòng JSON vào tệp này."),
            type=FILE,
        ),
        shared["wait"],
        shared["formats"],
        valued(
            "--number",
            _("SỐ"),
            _("Số của báo cáo Word và PDF; để trống thì văn phòng tự ghi."),
            default="",
        ),
        valued("--signed-on", day, _("Ngày ký báo cáo, ví dụ 2024-01-31.")),
        valued(
            "--signatory", _("HỌ TÊN"), _("Họ và tên người ký báo cáo."), default=""
        ),
        shared["lang"],
    ]


def _review(if_changed: bool, notify_file: Path | None, **options) -> None:
    """Publish a review; write how that ended to a file, if asked to."""
    with notified(notify_file) as result:
        refuse_both(options, "year", "term")
        refuse_both({**options, "if_changed": if_changed}, "if_changed", "force")
        result["file"] = _publish(**options)


def _publish(
    data: str | None,
    *,
    demo: bool,
    as_of: str | None,
    formats: str,
    number: str,
    signed_on: str | None,
    signatory: str,
    force: bool,
    wait: float,
    **options: object,
) -> str:
    """Publish a review, with progress; print and return the file to open first."""
    from vinhloc.data import DEFAULT_FOLDER, find_folder
    from vinhloc.figures import as_day
    from vinhloc.review import Request, Signing, parse_formats
    from vinhloc.review import run_review as publish

    day = as_day(as_of)
    folder = Path(data or DEFAULT_FOLDER) / "demo" if demo else data
    request = Request(
        folder=find_folder(folder),
        lang=language(),
        as_of=day.isoformat() if day else "",
        formats=parse_formats(formats),
        signing=Signing(number, as_day(signed_on), signatory),
        **options,
    )
    with progress(len(request.runs)) as on_step:
        first = publish(request, force=force, wait=wait, on_step=on_step)
    say(shown(first))
    return str(first)


def _verify(folder: Path, data: str | None) -> None:
    """Print what differs from the manifest; exit with 2 where anything does."""
    from vinhloc.review import verify

    found = verify(folder, Path(data) if data else None)
    for difference in found:
        say(difference)
    if found:
        raise Fault(n_("{n} khác biệt so với tệp đối chiếu.", len(found)))
    click.echo(_("Báo cáo còn nguyên và dữ liệu không đổi từ khi xuất bản."))
