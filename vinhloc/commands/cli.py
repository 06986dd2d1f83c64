"""The command line: vinhloc check, build, review."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from vinhloc.commands.collection import add_collection_commands
from vinhloc.commands.console import Group, complain, say, usage_message
from vinhloc.commands.office import add_office_commands
from vinhloc.commands.review import add_review_commands
from vinhloc.data import settle
from vinhloc.figures import INTERRUPTED, LANGUAGES, PROBLEM, Fault, _, use_language


def _language_asked_for(arguments: list[str]) -> str | None:
    """Return the language on the command line, so that --help speaks it too."""
    for before, argument in zip(["", *arguments], arguments, strict=False):
        wished = argument.partition("=")[2] if "--lang=" in argument else argument
        if (before == "--lang" or "--lang=" in argument) and wished in LANGUAGES:
            return wished
    return None


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 2 faulty input, 3 a failed run, 4 busy."""
    settle()
    arguments = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if lang := _language_asked_for(arguments):
        use_language(lang)
    try:
        commands = _make_commands()
        code = commands.main(arguments, prog_name="vinhloc", standalone_mode=False)
        sys.exit(code or 0)
    except click.UsageError as error:
        complain(usage_message(error))
        sys.exit(PROBLEM)
    except (click.Abort, KeyboardInterrupt):
        complain(_("đã dừng theo yêu cầu; báo cáo đã có không thay đổi"))
        sys.exit(INTERRUPTED)


def _make_commands() -> click.Group:
    """Return the commands, with their help in the language in use."""
    folder = _("THƯ_MỤC")
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
        _run_check(_load_data(data), strict=strict, source=source)

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
        _run_build(_load_data(data), out=out)

    @commands.command(help=_("Tạo thư mục của một chương trình mới, có dòng ví dụ."))
    @click.argument("folder", metavar=folder, type=click.Path(path_type=Path))
    @lang_option
    def new(folder: Path) -> None:
        _run_new(folder)

    add_review_commands(commands, data_option, lang_option)
    add_collection_commands(commands, lang_option)
    add_office_commands(commands, data_option, lang_option, _load_data)
    return commands


def _load_data(data: str | None):
    """Load a programme; what is heavy is imported where one is needed."""
    from vinhloc.data import load

    return load(data)


def _run_check(data, *, strict: bool, source: Path | None) -> None:
    """Print problems and questions; exit with 2 on a problem (strict: a question)."""
    from vinhloc.data import compare_source, summary

    problems = compare_source(data, source) if source else []
    for problem in problems:
        complain(str(problem))
    open_questions = data.questions[data.questions["answer"] == ""]
    for question in open_questions.to_dict("records"):
        say(f"{_('Câu hỏi')}: {_question_line(question)}")
    say(summary(data))
    if problems or (strict and len(open_questions)):
        raise click.exceptions.Exit(PROBLEM)


def _question_line(question: dict) -> str:
    """Return a question with its file and row, where it has one."""
    text = f"{question['year']}, {question['text']}"
    if not question["file"]:
        return text
    row = _("dòng {row}", row=question["row"])
    return f"{question['file']}, {row}: {text}"


def _run_new(folder: Path) -> None:
    """Copy the example programme to a folder that is not there yet."""
    if folder.exists():
        raise Fault(_("{folder} đã có; hãy chọn thư mục khác", folder=folder))
    shutil.copytree(Path(__file__).parent / "skeleton", folder)
    say(folder)
    say(
        _("Thay các dòng ví dụ, rồi chạy: vinhloc check --data {folder}", folder=folder)
    )


def _run_build(data, *, out: Path) -> None:
    """Write the processed tables and print their paths."""
    from vinhloc.data import build_processed

    for path in build_processed(data, out):
        say(path)
