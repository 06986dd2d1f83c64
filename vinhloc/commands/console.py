"""What the command line says, in the language in use, and how a run ended, as JSON."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from vinhloc.figures import (
    BUSY,
    FAILED,
    INTERRUPTED,
    PROBLEM,
    UNSEEN,
    Bug,
    Told,
    _,
    n_,
    told,
    visible,
)

RESULTS = {
    0: "done",
    PROBLEM: "faulty",
    FAILED: "failed",
    BUSY: "busy",
    INTERRUPTED: "interrupted",
}


class HelpFormatter(click.HelpFormatter):
    """Help with its headings in the language in use."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None):
        super().write_usage(prog, args, prefix or _("Cách dùng: "))

    def section(self, name: str):
        headings = {"Options": _("Tùy chọn"), "Commands": _("Lệnh")}
        return super().section(headings.get(name, name))


class Context(click.Context):
    """A click context whose help speaks the language in use."""

    formatter_class = HelpFormatter


class Command(click.Command):
    """A command with the help option in the language in use."""

    context_class = Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = _("Hiện hướng dẫn này rồi thoát.")
        return option


class Group(Command, click.Group):
    """A group of such commands."""

    command_class = Command

    def make_context(self, *given: object, **options: object) -> click.Context:
        with faults_told():
            return super().make_context(*given, **options)

    def invoke(self, ctx: click.Context) -> object:
        with faults_told():
            return super().invoke(ctx)


def say(text: object) -> None:
    """Print a text, whatever it holds: hidden letters are shown as code points."""
    click.echo(visible(str(text)))


def say_json(value: object) -> None:
    """Print a value as JSON; hidden letters are written as JSON escapes them."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    # A line feed within a text is escaped already.
    click.echo(UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], text))


def complain(message: str) -> None:
    """Print an error."""
    click.echo(f"{_('Lỗi')}: {visible(message)}", err=True)


def usage_message(error: click.UsageError) -> str:
    """Return a usage error in the language in use."""
    match error:
        case click.NoSuchOption():
            text = _("không có tùy chọn {name}", name=error.option_name)
        case click.BadOptionUsage() if "does not" in error.message:
            text = _("{name} không nhận giá trị", name=error.option_name)
        case click.BadOptionUsage():
            text = _("{name} cần một giá trị", name=error.option_name)
        case click.BadParameter() if error.param is not None:
            name = error.param.opts[0]
            if isinstance(error.param, click.Argument):
                name = error.param.make_metavar(error.ctx)
            text = f"{name}: {_wanted(error)}"
        case _unused if error.ctx and isinstance(error.ctx.command, click.Group):
            known = ", ".join(error.ctx.command.commands)
            text = _("cần một trong các lệnh: {known}", known=known)
        case _unused:  # click knows no other
            extra = re.search(r"\((.*)\)", error.message)
            text = _("thừa: {extra}", extra=extra[1] if extra else error.message)
    return f"{text}. " + _("Xem: vinhloc --help")


def _wanted(error: click.BadParameter) -> str:
    """Return what a parameter takes."""
    if isinstance(error, click.MissingParameter):
        return _("chưa ghi")
    match error.param.type:
        case click.Choice() as kind:
            return _("cần một trong: {options}", options=", ".join(kind.choices))
        case click.types.IntParamType():
            return _("cần số nguyên")
        case click.types.FloatParamType():
            return _("cần một số, không âm")
        case click.Path(file_okay=False):
            return _("cần một thư mục có thật")
        case _unused:
            return _("cần một tệp, không phải thư mục")


@contextlib.contextmanager
def faults_told() -> Iterator[None]:
    """Print why what is within ended, and exit; a fault of ours with its traceback."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        end, lost = told(error), _is_of_output(error)
        if lost:  # what waits to be printed would fail again
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not (lost and isinstance(end, Bug)):  # else who read it has gone
            with contextlib.suppress(OSError):
                _print_end(end)
        raise click.exceptions.Exit(end.code) from error


def _is_of_output(error: Exception) -> bool:
    """Tell whether an error is that nothing can be printed: click prints all."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return isinstance(error, OSError) and last.filename == click.utils.__file__


def _print_end(end: Told) -> None:
    """Print an end in words, from where it was raised."""
    from vinhloc.data import ProblemsFound

    for line in end.lines:
        complain(line)
    if isinstance(end, ProblemsFound):
        count = len(end.lines)
        complain(n_("{n} lỗi trong dữ liệu; chưa thực hiện thao tác nào.", count))
    if isinstance(end, Bug) and not end.log:
        click.echo(traceback.format_exc(), err=True)


def shown(path: Path) -> str:
    """Return a path as short as it can be said from here."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


@contextlib.contextmanager
def progress(total: int, *, label: str = "") -> Iterator[Callable[[str], None]]:
    """Give a function that says a step: a bar on a terminal, plain lines elsewhere."""
    if not sys.stdout.isatty():
        yield say
        return
    label = label or _("Đang chạy các sổ tay")
    with click.progressbar(length=total, label=label, item_show_func=str) as bar:
        yield lambda step: bar.update(1, step)


@contextlib.contextmanager
def notified(path: Path | None) -> Iterator[dict]:
    """Write how the run within ended to a file, whole or not at all; give its facts.

    Facts: time (UTC), result (RESULTS), exit_code, and what is added to the dict.
    Raises Fault for a file within a programme's data.
    """
    if path:
        from vinhloc.data import check_outside, write_whole

        check_outside(path)
    facts, code = {}, FAILED
    try:
        with faults_told():
            yield facts
        code = 0
    except click.exceptions.Exit as ended:
        code = ended.exit_code
        raise
    except (KeyboardInterrupt, click.Abort):
        code = INTERRUPTED
        raise
    finally:
        if path:
            now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            result = RESULTS.get(code, "failed")
            line = {"time": now, "result": result, "exit_code": code, **facts}
            text = json.dumps(line, ensure_ascii=False) + "\n"
            write_whole(path, text.encode())
