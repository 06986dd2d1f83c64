"""The command line: vinhloc check, build, new, and all other commands."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from vinhloc.commands.collection import collection_commands
from vinhloc.commands.console import Command, Group, complain, say, usage_message
from vinhloc.commands.office import office_commands
from vinhloc.commands.options import ANY, FOLDER, command, flag, shared_options, valued
from vinhloc.commands.review import review_commands
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


def _make_commands() -> Group:
    """Return the commands, with their help in the language in use."""
    shared = shared_options()
    return Group(
        commands=[
            *_own_commands(shared),
            *review_commands(shared),
            *collection_commands(shared),
            *office_commands(shared),
        ],
        help=_(
            "Mục tiêu và kết quả của một chương trình hành động: kiểm tra dữ liệu, "
            "dựng bảng, xuất bản báo cáo hằng năm."
        ),
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def _own_commands(shared: dict[str, click.Option]) -> list[Command]:
    folder, data, lang = _("THƯ_MỤC"), shared["data"], shared["lang"]
    strict = flag("--strict", _("Coi câu hỏi như lỗi (mã thoát 2)."))
    source = valued(
        "--source",
        _("TỆP"),
        _("So các con số đã chép với toàn văn của chương trình."),
        type=ANY,
    )
    write = flag(
        "--write",
        _("Với --source: lập danh mục các con số của văn bản, giữ điều đã ghi."),
    )
    out = valued(
        "--out",
        folder,
        _("Thư mục để ghi; mặc định data/processed."),
        type=FOLDER,
        default=Path("data/processed"),
    )
    new = click.Argument(["folder"], metavar=folder, type=ANY)
    return [
        command(
            "check",
            _check,
            _("Kiểm tra dữ liệu; mã thoát 2 khi có lỗi."),
            data,
            strict,
            source,
            write,
            lang,
        ),
        command(
            "build",
            _build,
            _("Dựng các bảng đã xử lý thành CSV và Parquet."),
            data,
            out,
            lang,
        ),
        command(
            "new",
            _new,
            _("Tạo thư mục của một chương trình mới, có dòng ví dụ."),
            new,
            lang,
        ),
    ]


def _check(data: str | None, *, strict: bool, source: Path | None, write: bool) -> None:
    """Print problems and questions; exit with 2 on a problem (strict: a question).

    With `write`, only write the list of the figures that a source prints.
    """
    from vinhloc.data import (
        compare_source,
        find_folder,
        load,
        summary,
        write_source_list,
    )

    if write and not source:
        raise Fault(_("--write cần có --source TỆP: văn bản của chương trình"))
    if write:
        for line in write_source_list(find_folder(data), source):
            say(line)
        return
    loaded = load(data)
    problems = compare_source(loaded, source) if source else []
    for problem in problems:
        complain(str(problem))
    open_questions = loaded.questions[loaded.questions["answer"] == ""]
    for question in open_questions.to_dict("records"):
        say(f"{_('Câu hỏi')}: {_question_line(question)}")
    say(summary(loaded))
    if problems or (strict and len(open_questions)):
        raise click.exceptions.Exit(PROBLEM)


def _question_line(question: dict) -> str:
    """Return a question with its file and row, where it has one."""
    text = f"{question['year']}, {question['text']}"
    if not question["file"]:
        return text
    row = _("dòng {row}", row=question["row"])
    return f"{question['file']}, {row}: {text}"


def _new(folder: Path) -> None:
    """Copy the example programme to a folder that is not there yet."""
    if folder.exists():
        raise Fault(_("{folder} đã có; hãy chọn thư mục khác", folder=folder))
    shutil.copytree(Path(__file__).parent / "skeleton", folder)
    say(folder)
    say(
        _("Thay các dòng ví dụ, rồi chạy: vinhloc check --data {folder}", folder=folder)
    )


def _build(data: str | None, *, out: Path) -> None:
    """Write the processed tables and print their paths."""
    from vinhloc.data import build_processed, load

    for path in build_processed(load(data), out):
        say(path)
