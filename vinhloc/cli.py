"""The command line: vinhloc check, build, review."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from vinhloc.cli_office import add_office_commands
from vinhloc.console import (
    BUSY,
    FAILED,
    INTERRUPTED,
    PROBLEM,
    Group,
    complain,
    progress,
    say,
    shown,
    stop,
    usage_message,
)
from vinhloc.language import LANGUAGES, _, language, n_, use_language


def _language_asked_for(arguments: list[str]) -> str | None:
    """Return the language on the command line, so that --help speaks it too."""
    for before, argument in zip(["", *arguments], arguments, strict=False):
        wished = argument.partition("=")[2] if "--lang=" in argument else argument
        if (before == "--lang" or "--lang=" in argument) and wished in LANGUAGES:
            return wished
    return None


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 2 faulty input, 3 a failed run, 4 busy."""
    arguments = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if lang := _language_asked_for(arguments):
        use_language(lang)
    try:
        commands = make_commands()
        code = commands.main(arguments, prog_name="vinhloc", standalone_mode=False)
        sys.exit(code or 0)
    except click.UsageError as error:
        complain(usage_message(error))
        sys.exit(PROBLEM)
    except (click.Abort, KeyboardInterrupt):
        complain(_("đã dừng theo yêu cầu; báo cáo đã có không thay đổi"))
        sys.exit(INTERRUPTED)


def make_commands() -> click.Group:
    """Return the commands, with their help in the language in use."""
    folder, day, year = _("THƯ_MỤC"), _("NGÀY"), _("NĂM")
    data_option = click.option(
        "--data",
        metavar=folder,
        help=_("Thư mục dữ liệu có programme.toml; mặc định data/raw."),
    )
    lang_option = click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        expose_value=False,
        help=_("Ngôn ngữ: vi hoặc en; mặc định theo VINHLOC_LANG, không có thì vi."),
    )

    @click.group(
        cls=Group,
        help=_(
            "Mục tiêu và kết quả của một chương trình hành động: kiểm tra dữ liệu, "
            "dựng bảng, xuất bản báo cáo hằng năm."
        ),
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    def commands() -> None:
        pass

    @commands.command(help=_("Kiểm tra dữ liệu; mã thoát 2 khi có lỗi."))
    @data_option
    @click.option("--strict", is_flag=True, help=_("Coi câu hỏi như lỗi (mã thoát 2)."))
    @click.option(
        "--source",
        metavar=_("TỆP"),
        type=click.Path(path_type=Path),
        help=_("So các con số đã chép với toàn văn của chương trình."),
    )
    @lang_option
    def check(data: str | None, strict: bool, source: Path | None) -> None:
        run_check(load_or_exit(data), strict=strict, source=source)

    @commands.command(help=_("Dựng các bảng đã xử lý thành CSV và Parquet."))
    @data_option
    @click.option(
        "--out",
        metavar=folder,
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("data/processed"),
        help=_("Thư mục để ghi; mặc định data/processed."),
    )
    @lang_option
    def build(data: str | None, out: Path) -> None:
        run_build(load_or_exit(data), out=out)

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
    @click.option(
        "--out",
        metavar=folder,
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("reports"),
        help=_("Nơi xuất bản; mặc định reports."),
    )
    @click.option(
        "--force", is_flag=True, help=_("Chạy lại cả khi không có gì thay đổi.")
    )
    @click.option(
        "--wait",
        type=click.FloatRange(0),
        default=0.0,
        metavar=_("GIÂY"),
        help=_("Chờ bao lâu nếu lần chạy khác đang lập cùng báo cáo; mặc định 0."),
    )
    @click.option(
        "--format",
        "formats",
        default="html,docx,pdf,xlsx",
        metavar=_("DANH SÁCH"),
        help=_("Các định dạng, cách nhau dấu phẩy; mặc định html,docx,pdf,xlsx."),
    )
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
    def review(
        data: str | None, demo: bool, as_of: str | None, **options: object
    ) -> None:
        if options["term"] and options["year"]:
            stop(_("chỉ chọn một trong hai: --year hoặc --term"))
        run_review(data, demo=demo, as_of=as_of, **options)

    add_office_commands(commands, data_option, lang_option, load_or_exit)
    return commands


@contextmanager
def faults_told() -> Iterator[None]:
    """Print what is wrong with the data or the options, and exit."""
    try:
        yield
    except click.exceptions.Exit:
        raise
    except (FileNotFoundError, ValueError) as error:
        problems = getattr(error, "problems", None)
        if problems is None:
            stop(str(error))
        for problem in problems:
            complain(str(problem))
        count = len(problems)
        stop(n_("{n} lỗi trong dữ liệu; chưa thực hiện thao tác nào.", count))


def load_or_exit(data: str | None, as_of: str | None = None):
    """Load a programme, or print every problem and exit."""
    from vinhloc.loading import load

    with faults_told():
        return load(data, as_of=as_of)


def run_check(data, *, strict: bool, source: Path | None) -> None:
    """Print problems and questions; exit with 2 on a problem (strict: a question)."""
    from vinhloc.check import compare_source, summary

    problems = compare_source(data, source) if source else []
    for problem in problems:
        complain(str(problem))
    open_questions = data.questions[data.questions["answer"] == ""]
    for question in open_questions.to_dict("records"):
        say(f"{_('Câu hỏi')}: {question_line(question)}")
    say(summary(data))
    if problems or (strict and len(open_questions)):
        raise click.exceptions.Exit(PROBLEM)


def question_line(question: dict) -> str:
    """Return a question with its file and row, where it has one."""
    text = f"{question['year']}, {question['text']}"
    if not question["file"]:
        return text
    row = _("dòng {row}", row=question["row"])
    return f"{question['file']}, {row}: {text}"


def run_build(data, *, out: Path) -> None:
    """Write the processed tables and print their paths."""
    from vinhloc.folder import check_outside
    from vinhloc.processed import build_processed

    with faults_told():
        check_outside(out)
    try:
        for path in build_processed(data, out):
            say(path)
    except OSError as error:
        stop(_("không ghi được: {why}", why=error))


def run_review(
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
) -> None:
    """Publish a review, with progress; print the path of the file to open last."""
    from vinhloc.dates import as_day
    from vinhloc.folder import DEFAULT_FOLDER, find_folder
    from vinhloc.review.failures import Busy, Failed, InputsChanged
    from vinhloc.review.files import Signing, parse_formats
    from vinhloc.review.request import Request
    from vinhloc.review.run import run_review as publish

    with faults_told():
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
        try:
            with progress(len(request.notebooks)) as on_step:
                first = publish(request, force=force, wait=wait, on_step=on_step)
        except Failed as failed:
            complain(str(failed))
            complain(_("bản đang chạy dở dang: {path}", path=shown(failed.copy)))
            raise click.exceptions.Exit(FAILED) from None
        except Busy as busy:
            stop(str(busy), BUSY)
        except InputsChanged as changed:
            stop(str(changed), FAILED)
        except OSError as error:
            stop(_("không ghi được: {why}", why=error))
    say(shown(first))
