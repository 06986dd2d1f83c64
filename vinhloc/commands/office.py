"""The office's part of the command line: vinhloc form, import, status, history."""

from __future__ import annotations

import datetime
import shutil
import textwrap
from pathlib import Path

import click

from vinhloc.commands.console import complain, say, say_json, shown
from vinhloc.data import check_outside
from vinhloc.figures import PROBLEM, Fault, _, as_day, n_


def add_office_commands(commands: click.Group, data_option, lang_option, load) -> None:
    """Add the commands to a group; `load` loads a programme."""
    file, year = _("TỆP"), _("NĂM")
    year_option = click.option(
        "--year", type=int, metavar=year, required=True, help=_("Năm của số liệu.")
    )

    @commands.command(help=_("Tạo biểu Excel để văn phòng nhập số liệu một năm."))
    @year_option
    @click.option(
        "--theme",
        multiple=True,
        metavar=_("MÃ"),
        help=_("Chỉ một lĩnh vực (lặp lại được)."),
    )
    @click.option(
        "--department",
        multiple=True,
        metavar=_("MÃ"),
        help=_("Chỉ một bộ phận (lặp lại được)."),
    )
    @click.option(
        "--out",
        metavar=file,
        type=click.Path(path_type=Path, dir_okay=False),
        help=_("Tệp .xlsx để ghi; mặc định bieu-nhap-NĂM.xlsx."),
    )
    @click.option("--force", is_flag=True, help=_("Ghi đè tệp đã có."))
    @data_option
    @lang_option
    def form(year, theme, department, out, force, data) -> None:
        loaded = load(data)
        out = out or Path(f"bieu-nhap-{year}.xlsx")
        _run_form(loaded, year, out, themes=theme, departments=department, force=force)

    @commands.command("import", help=_("Nhập số liệu từ tệp Excel, ODS hoặc CSV."))
    @click.argument(
        "files", nargs=-1, required=True, metavar=file, type=click.Path(path_type=Path)
    )
    @click.option(
        "--dry-run", is_flag=True, help=_("Chỉ đọc và báo lỗi, không ghi gì.")
    )
    @click.option(
        "--accept-good", is_flag=True, help=_("Lấy các ô đúng dù tệp còn ô lỗi.")
    )
    @click.option(
        "--year", type=int, metavar=year, help=_("Năm của số liệu, nếu tệp không ghi.")
    )
    @click.option(
        "--as-of",
        metavar=_("NGÀY"),
        help=_("Ngày có số liệu, nếu tệp không ghi; mặc định hôm nay."),
    )
    @click.option("--source", default="", metavar=_("TÊN"), help=_("Văn bản nguồn."))
    @click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON."))
    @data_option
    @lang_option
    def import_(files, dry_run, accept_good, year, as_of, source, as_json, data):
        loaded = load(data)
        options = {"year": year, "as_of": as_day(as_of), "source": source}
        options |= {"dry_run": dry_run, "accept_good": accept_good}
        _run_import(lambda: load(data), loaded, files, as_json=as_json, **options)

    @commands.command(help=_("Số liệu nào của một năm đã có, còn thiếu, cần xem lại."))
    @year_option
    @click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON."))
    @data_option
    @lang_option
    def status(year, as_json, data) -> None:
        _run_status(load(data), year, as_json=as_json)

    @commands.command(help=_("Mọi số liệu đã nhận của một chỉ tiêu."))
    @click.argument("indicator", metavar=_("CHỈ_TIÊU"))
    @click.option("--json", "as_json", is_flag=True, help=_("In kết quả dạng JSON."))
    @data_option
    @lang_option
    def history(indicator, as_json, data) -> None:
        _run_history(load(data), indicator, as_json=as_json)


def _print_table(rows: list[list], headers: list[str], widths: list[int]) -> None:
    """Print a table; `widths` are each column's share of the terminal's width.

    The texts are wrapped here: tabulate 0.10 takes "0,975" for an int when it wraps.
    """
    from tabulate import tabulate

    room = max(shutil.get_terminal_size((100, 24)).columns - 2 * len(headers), 60)
    wide = [max(6, room * width // sum(widths)) for width in widths]
    cells = [
        [textwrap.fill(str(cell), width) for cell, width in zip(row, wide, strict=True)]
        for row in rows
    ]
    say(tabulate(cells, headers, tablefmt="simple", disable_numparse=True))


def _run_form(data, year: int, out: Path, *, themes, departments, force: bool) -> None:
    """Write the entry workbook and print its path."""
    from vinhloc.office import form_rows, write_form

    chosen = {"themes": themes, "departments": departments}
    check_outside(out)
    if out.exists() and not force:
        raise Fault(_("{path} đã có; thêm --force để ghi đè", path=shown(out)))
    count = len(form_rows(data, year, **chosen))
    if not count:
        raise Fault(_("không có chỉ tiêu nào để nhập"))
    write_form(data, year, out, **chosen)
    say(f"{shown(out)} ({n_('{n} chỉ tiêu', count)})")


def _run_import(load, data, files, *, as_json: bool, **options) -> None:
    """Read the workbooks one after another; exit with 2 if any has a problem."""
    from vinhloc.office import receive
    from vinhloc.office.files import Unreadable

    told, failed = [], False
    for path in files:
        try:
            receipt = receive(data, path, today=datetime.date.today(), **options)
        except Unreadable as error:
            failed = True
            told.append({"file": path.name, "unreadable": str(error)})
            if not as_json:
                complain(str(error))
            continue
        failed |= not (receipt.good or (receipt.saved and options["accept_good"]))
        told.append(receipt.as_json())
        if not as_json:
            _print_receipt(receipt, dry_run=options["dry_run"])
        if receipt.saved:
            data = load()
    if as_json:
        say_json(told)
    if failed:
        raise click.exceptions.Exit(PROBLEM)


def _print_receipt(receipt, *, dry_run: bool) -> None:
    """Print what became of a workbook: problems, questions, what was taken."""
    taken = receipt.taken
    say(receipt.path.name)
    if receipt.before:
        path = shown(receipt.before)
        say(_("Tệp này đã nhập trước đây ({path}); không có gì thay đổi.", path=path))
        return
    if taken.problems:
        say(n_("{n} ô chưa đọc được:", len(taken.problems)))
        rows = [[p.place or "–", p.found, p.why, p.write] for p in taken.problems]
        headings = [_("Ô"), _("Đang ghi"), _("Vì sao"), _("Hãy ghi")]
        _print_table(rows, headings, [3, 3, 5, 6])
    if taken.questions:
        say(n_("{n} câu hỏi:", len(taken.questions)))
        rows = [[q.place or "–", q.text, q.answer or "–"] for q in taken.questions]
        _print_table(rows, [_("Ô"), _("Câu hỏi"), _("Xác nhận")], [3, 9, 4])
    for line in [*taken.corrections, *taken.notes]:
        say(f"- {line}")
    if receipt.marked:
        say(_("Bản có đánh dấu các ô: {path}", path=shown(receipt.marked)))
    count = n_("{n} số liệu", len(taken.figures))
    remarks = n_("{n} ghi chú", len(taken.remarks))
    known = n_("{n} số đã có từ trước", taken.known)
    if receipt.saved:
        text = _("Đã nhập {count}, {remarks}; {known}: {path}")
        path = shown(receipt.saved)
        text = text.format(count=count, remarks=remarks, known=known, path=path)
    elif dry_run:
        text = _("Đọc được {count}, {remarks}; {known}; chưa ghi gì (--dry-run).")
        text = text.format(count=count, remarks=remarks, known=known)
    elif taken.problems:
        text = _("Chưa nhập gì. Hãy sửa rồi nhập lại, hoặc thêm --accept-good.")
    else:
        text = _("Không có số liệu mới; {known}.", known=known)
    say(text)


def _run_status(data, year: int, *, as_json: bool) -> None:
    """Print what has come in for a year, by theme and department, and what is due."""
    from vinhloc.office import count_by, status_of

    data.programme.check_year(year)
    status = status_of(data, year)
    if as_json:
        say_json(status.to_dict("records"))
        return
    if data.made_up:
        from vinhloc.show import demo_words

        say(demo_words())
    headings = [_("Tổng số"), _("Chính thức"), _("Ước"), _("Còn thiếu")]
    headings += [_("Mâu thuẫn"), _("Câu hỏi")]
    groups = (("theme", _("Lĩnh vực")), ("department", _("Bộ phận (đề nghị)")))
    for key, heading in groups:
        names = data.names_of(f"{key}s", key)
        counts = count_by(status, key)
        counts[key] = counts[key].map(names)
        _print_table(counts.to_numpy().tolist(), [heading, *headings], [8] + [3] * 6)
        say("")
    due = status[
        status["state"].isin(["missing", "conflict"]) | status["questions"].gt(0)
    ]
    words = {
        "missing": _("còn thiếu"),
        "conflict": _("mâu thuẫn"),
        "estimate": _("cần xem lại"),
        "final": _("cần xem lại"),
    }
    departments = data.names_of("departments", "department")
    rows = [
        [
            row["indicator"],
            row["name"],
            words[row["state"]],
            departments[row["department"]],
        ]
        for row in due.to_dict("records")
    ]
    if rows:
        headings = [_("Mã"), _("Chỉ tiêu"), _("Tình trạng"), _("Bộ phận (đề nghị)")]
        _print_table(rows, headings, [8, 9, 3, 6])


def _run_history(data, indicator: str, *, as_json: bool) -> None:
    """Print every figure on record of an indicator."""
    from vinhloc.office import history_of

    name, rows = history_of(data, indicator)
    if as_json:
        say_json(rows.to_dict("records"))
        return
    if data.made_up:
        from vinhloc.show import demo_words

        say(demo_words())
    say(name)
    if rows.empty:
        say(_("Chưa có số liệu nào."))
        return
    headings = [_("Năm"), _("Ngày"), _("Số liệu"), _("Loại số liệu"), _("Nguồn")]
    headings += [_("Vị trí"), _("Ghi chú")]
    _print_table(rows.to_numpy().tolist(), headings, [2, 3, 4, 4, 6, 6, 5])
