"""The options that several commands have, in the language in use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from vinhloc.commands.console import Command
from vinhloc.figures import LANGUAGES, Fault, _

ANY = click.Path(path_type=Path)
FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
PRESENT = click.Path(path_type=Path, exists=True, file_okay=False)


def flag(names: str, said: str) -> click.Option:
    """Return an option that is given or not; `names`: as typed, and as in the code."""
    return click.Option(names.split(), is_flag=True, help=said)


def valued(names: str, metavar: str, said: str, **more: object) -> click.Option:
    """Return an option with a value; `more` as click takes it."""
    return click.Option(names.split(), metavar=metavar, help=said, **more)


def command(name: str, run: Callable, said: str, *given: click.Parameter) -> Command:
    """Return a command that calls `run` with what it is given."""
    return Command(name, callback=run, params=[*given], help=said)


def shared_options() -> dict[str, click.Option]:
    """Return the options by the name that a command gets them under."""
    folder = _("THƯ_MỤC")
    options = [
        valued(
            "--data", folder, _("Thư mục dữ liệu có programme.toml; mặc định data/raw.")
        ),
        click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            help=_(
                "Ngôn ngữ: vi hoặc en; mặc định theo VINHLOC_LANG, không có thì vi."
            ),
        ),
        valued(
            "--out",
            folder,
            _("Nơi xuất bản; mặc định reports."),
            type=FOLDER,
            default=Path("reports"),
        ),
        flag("--force", _("Chạy lại cả khi không có gì thay đổi.")),
        valued(
            "--wait",
            _("GIÂY"),
            _("Chờ bao lâu nếu lần chạy khác đang lập cùng báo cáo; mặc định 0."),
            type=click.FloatRange(0),
            default=0.0,
        ),
        valued(
            "--format formats",
            _("DANH SÁCH"),
            _("Các định dạng, cách nhau dấu phẩy; mặc định html,docx,pdf,xlsx."),
            default="html,docx,pdf,xlsx",
        ),
    ]
    return {option.name: option for option in options}


def refuse_both(given: Mapping[str, object], one: str, other: str) -> None:
    """Raise Fault where both of two options are given that exclude each other."""
    if given[one] and given[other]:
        flags = [f"--{name.replace('_', '-')}" for name in (one, other)]
        text = _("chỉ chọn một trong hai: {one} hoặc {other}")
        raise Fault(text.format(one=flags[0], other=flags[1]))
