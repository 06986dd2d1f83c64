"""What the command line says: help, errors, progress, in the language in use."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from vinhloc.language import _, n_
from vinhloc.unseen import UNSEEN, visible

# The exit codes: faulty data or call, a failed run, another run is at work, Ctrl+C.
PROBLEM, FAILED, BUSY, INTERRUPTED = 2, 3, 4, 130


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
        case click.BadParameter() if error.param is not None:
            kind = error.param.type
            options = ", ".join(getattr(kind, "choices", ()))
            wanted = _("cần số nguyên") if kind is click.INT else error.message
            if options:
                wanted = _("cần một trong: {options}", options=options)
            text = f"{error.param.opts[0]}: {wanted}"
        case _unused if error.ctx and isinstance(error.ctx.command, click.Group):
            known = ", ".join(error.ctx.command.commands)
            text = _("cần một trong các lệnh: {known}", known=known)
        case _unused:
            text = error.message
    return f"{text}. " + _("Xem: vinhloc --help")


def unexpected(error: Exception) -> str:
    """Return what is known of an error that no command expects, and where it arose."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    why = f"{type(error).__name__}: {error}".rstrip(": ")
    said = _("lỗi ngoài dự kiến: {why} ({file}, dòng {line})")
    advice = _("hãy xem các giới hạn và biến môi trường của máy, rồi bản cài đặt")
    said = said.format(why=why, file=last.filename, line=last.lineno)
    return f"{said}; {advice}"


def stop(message: str, code: int = PROBLEM) -> None:
    """Print an error and exit."""
    complain(message)
    raise click.exceptions.Exit(code)


@contextlib.contextmanager
def faults_told() -> Iterator[None]:
    """Print what is wrong with the data or the options, and exit."""
    try:
        yield
    except (FileNotFoundError, ValueError) as error:
        problems = getattr(error, "problems", None)
        if problems is None:
            stop(str(error))
        for problem in problems:
            complain(str(problem))
        count = len(problems)
        stop(n_("{n} lỗi trong dữ liệu; chưa thực hiện thao tác nào.", count))


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
