"""The review's part of the command line: vinhloc review, verify."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from vinhloc.commands.console import notified, progress, say, shown
from vinhloc.figures import Fault, _, language, n_

YEAR_OR_TERM = {"one": "--year", "other": "--term"}
CHANGED_OR_ALL = {"one": "--if-changed", "other": "--force"}


def publishing_options() -> dict[str, Callable]:
    """Return the options of every command that publishes, in the language in use."""
    return {
        "out": click.option(
            "--out",
            metavar=_("THƯ_MỤC"),
            type=click.Path(path_type=Path, file_okay=False),
            default=Path("reports"),
            help=_("Nơi xuất bản; mặc định reports."),
        ),
        "force": click.option(
            "--force", is_flag=True, help=_("Chạy lại cả khi không có gì thay đổi.")
        ),
        "wait": click.option(
            "--wait",
            type=click.FloatRange(0),
            default=0.0,
            metavar=_("GIÂY"),
            help=_("Chờ bao lâu nếu lần chạy khác đang lập cùng báo cáo; mặc định 0."),
        ),
        "formats": click.option(
            "--format",
            "formats",
            default="html,docx,pdf,xlsx",
            metavar=_("DANH SÁCH"),
            help=_("Các định dạng, cách nhau dấu phẩy; mặc định html,docx,pdf,xlsx."),
        ),
    }


def add_review_commands(commands: click.Group, data_option, lang_option) -> None:
    """Add the commands to a group."""
    shared = publishing_options()
    folder, day, year = _("THƯ_MỤC"), _("NGÀY"), _("NĂM")

    @commands.command(help=_("Chạy các sổ tay và xuất bản báo cáo của một năm."))
    @click.option(
        "--year",
        type=int,
        metavar=year,
        help=_("Năm xem xét; mặc định là năm gần nhất có số liệu."),
    )
    @data_option
    @click.option(
        "--demo",
        is_flag=True,
        help=_("Dùng số liệu minh họa (thư mục demo của dữ liệu)."),
    )
    @click.option(
        "--term",
        is_flag=True,
        help=_("Báo cáo cả nhiệm kỳ: mọi năm, số cộng dồn, kết luận cuối kỳ."),
    )
    @click.option(
        "--as-of",
        metavar=day,
        help=_("Chỉ tính số liệu nhận được đến ngày này, ví dụ 2024-01-31."),
    )
    @shared["out"]
    @shared["force"]
    @click.option(
        "--if-changed",
        is_flag=True,
        help=_("Chỉ chạy khi có thay đổi (mặc định); không dùng cùng --force."),
    )
    @click.option(
        "--notify-file",
        metavar=_("TỆP"),
        type=click.Path(path_type=Path, dir_okay=False),
        help=_("Ghi kết quả của lần chạy thành một dòng JSON vào tệp này."),
    )
    @shared["wait"]
    @shared["formats"]
    @click.option(
        "--number",
        default="",
        metavar=_("SỐ"),
        help=_("Số của báo cáo Word và PDF; để trống thì văn phòng tự ghi."),
    )
    @click.option(
        "--signed-on", metavar=day, help=_("Ngày ký báo cáo, ví dụ 2024-01-31.")
    )
    @click.option(
        "--signatory",
        default="",
        metavar=_("HỌ TÊN"),
        help=_("Họ và tên người ký báo cáo."),
    )
    @lang_option
    def review(if_changed: bool, notify_file: Path | None, **options) -> None:
        either = _("chỉ chọn một trong hai: {one} hoặc {other}")
        with notified(notify_file) as result:
            if options["term"] and options["year"]:
                raise Fault(either.format(**YEAR_OR_TERM))
            if if_changed and options["force"]:
                raise Fault(either.format(**CHANGED_OR_ALL))
            result["file"] = _run_review(**options)

    @commands.command(
        help=_("So báo cáo đã xuất bản với tệp đối chiếu; mã thoát 2 khi có khác biệt.")
    )
    @click.argument(
        "folder",
        metavar=folder,
        type=click.Path(path_type=Path, exists=True, file_okay=False),
    )
    @data_option
    @lang_option
    def verify(folder: Path, data: str | None) -> None:
        _run_verify(folder, data)


def _run_review(
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


def _run_verify(folder: Path, data: str | None) -> None:
    """Print what differs from the manifest; exit with 2 where anything does."""
    from vinhloc.review import verify

    found = verify(folder, Path(data) if data else None)
    for difference in found:
        say(difference)
    if found:
        raise Fault(n_("{n} khác biệt so với tệp đối chiếu.", len(found)))
    click.echo(_("Báo cáo còn nguyên và dữ liệu không đổi từ khi xuất bản."))
