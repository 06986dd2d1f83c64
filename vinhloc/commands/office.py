"""The office's part of the command line: vinhloc form, import, status, history."""

from __future__ import annotations

import datetime
import shutil
import textwrap
from pathlib import Path

import click

from vinhloc.commands.console import Command, complain, say, say_json, shown
from vinhloc.commands.options import ANY, FILE, command, flag, valued
from vinhloc.figures import PROBLEM, Fault, _, as_day, n_


def office_commands(shared: dict[str, click.Option]) -> list[Command]:
    """Return the commands; `shared`: the options that others have, too."""
    last = [shared["data"], shared["lang"]]
    as_json = flag("--json as_json", _("In kết quả dạng JSON."))
    year = valued("--year", _("NĂM"), _("Năm của số liệu."), type=int, required=True)
    return [
        command(
            "form",
            _form,
            _("Tạo biểu Excel để văn phòng nhập số liệu một năm."),
            year,
            *_form_options(),
            *last,
        ),
        command(
            "import",
            _import,
            _("Nhập số liệu từ tệp Excel, ODS hoặc CSV."),
            *_import_options(),
            as_json,
            *last,
        ),
        command(
            "status",
            _status,
            _("Số liệu nào của một năm đã có, còn thiếu, cần xem lại."),
            year,
            as_json,
            *last,
        ),
        command(
            "history",
            _history,
            _("Mọi số liệu đã nhận của một chỉ tiêu."),
            click.Argument(["indicator"], metavar=_("CHỈ_TIÊU")),
            as_json,
            *last,
        ),
    ]


def _form_options() -> list[click.Option]:
    code = _("MÃ")
    return [
        valued(
            "--theme themes", code, _("Chỉ một lĩnh vực (lặp lại được)."), multiple=True
        ),
        valued(
            "--department departments",
            code,
            _("Chỉ một bộ phận (lặp lại được)."),
            multiple=True,
        ),
        valued(
            "--out",
            _("TỆP"),
            _("Tệp .xlsx để ghi; mặc định bieu-nhap-NĂM.xlsx."),
            type=FILE,
        ),
        flag("--force", _("Ghi đè tệp đã có.")),
    ]


def _import_options() -> list[click.Parameter]:
    file, day = _("TỆP"), _("NGÀY")
    return [
        click.Argument(["files"], nargs=-1, required=True, metavar=file, type=ANY),
        flag("--dry-run", _("Chỉ đọc và báo lỗi, không ghi gì.")),
        flag("--accept-good", _("Lấy các ô đúng dù tệp còn ô lỗi.")),
        valued("--year", _("NĂM"), _("Năm của số liệu, nếu tệp không ghi."), type=int),
        valued(
            "--as-of", day, _("Ngày có số liệu, nếu tệp không ghi; mặc định hôm nay.")
        ),
        valued("--source", _("TÊN"), _("Văn bản nguồn."), default=""),
        valued(
            "--answer answers",
            _("Ô=TRẢ_LỜI"),
            _("Trả lời về một đầu cột chưa hiểu, ví dụ E1=cả năm (lặp lại được)."),
            multiple=True,
        ),
        valued("--author", _("TÊN"), _("Người trả lời."), default=""),
        flag("--forget-layout", _("Quên các câu trả lời về mẫu bảng của tệp.")),
    ]


def _print_table(rows: list[list], heads: dict[str, int]) -> None:
    """Print a table; `heads`: heading -> its share of the terminal's width.

    The texts are wrapped here: tabulate 0.10 takes "0,975" for an int when it wraps.
    """
    from tabulate import tabulate

    room = max(shutil.get_terminal_size((100, 24)).columns - 2 * len(heads), 60)
    wide = [max(6, room * share // sum(heads.values())) for share in heads.values()]
    cells = [
        [textwrap.fill(str(cell), width) for cell, width in zip(row, wide, strict=True)]
        for row in rows
    ]
    say(tabulate(cells, [*heads], tablefmt="simple", disable_numparse=True))


def _say_made_up(data) -> None:
    """Say that figures are made up, where they are."""
    if data.made_up:
        from vinhloc.show import demo_words

        say(demo_words())


def _form(
    data: str | None, *, year: int, out: Path | None, force: bool, **chosen
) -> None:
    """Write the entry workbook and print its path."""
    from vinhloc.data import check_outside, load
    from vinhloc.office import form_rows, write_form

    loaded, out = load(data), out or Path(f"bieu-nhap-{year}.xlsx")
    check_outside(out)
    if out.exists() and not force:
        raise Fault(_("{path} đã có; thêm --force để ghi đè", path=shown(out)))
    count = len(form_rows(loaded, year, **chosen))
    if not count:
        raise Fault(_("không có chỉ tiêu nào để nhập"))
    write_form(loaded, year, out, **chosen)
    say(f"{shown(out)} ({n_('{n} chỉ tiêu', count)})")


def _import(
    files: list[Path],
    data: str | None,
    *,
    as_of: str | None,
    as_json: bool,
    forget_layout: bool,
    **options,
) -> None:
    """Read the workbooks one after another; exit with 2 if any has a problem."""
    from vinhloc.data import load
    from vinhloc.office import receive
    from vinhloc.office.files import Unreadable

    if forget_layout:
        _forget(files, data, as_json=as_json)
        return
    known, told, failed = load(data), [], False
    options |= {"as_of": as_day(as_of), "today": datetime.date.today()}
    for path in files:
        try:
            receipt = receive(known, path, **options)
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
        if receipt.saved or receipt.remembered:
            known = load(data)
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
        heads = {_("Ô"): 3, _("Đang ghi"): 3, _("Vì sao"): 5, _("Hãy ghi"): 6}
        _print_table(rows, heads)
    if taken.questions:
        say(n_("{n} câu hỏi:", len(taken.questions)))
        rows = [[q.place or "–", q.text, q.answer or "–"] for q in taken.questions]
        _print_table(rows, {_("Ô"): 3, _("Câu hỏi"): 9, _("Xác nhận"): 4})
    _print_figures(taken)
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


def _print_figures(taken) -> None:
    """Print what was read of each figure, beside what the file shows; and the count."""
    from vinhloc.figures import write_trimmed

    rows = []
    for seen in taken.seen:
        ends = [seen["value"], seen["upper_value"]]
        value = " – ".join(write_trimmed(end) for end in ends if end is not None)
        bound = {"lower": "≥ ", "upper": "≤ "}.get(seen["bound"], "")
        said = f"{bound}{value} {seen['unit']}"
        place = f"{seen['sheet']}!{seen['cell']}" if seen["sheet"] else seen["cell"]
        vintage = _("ước") if seen["vintage"] == "estimate" else _("chính thức")
        name = taken.names[seen["indicator"]]
        rows.append([name, said, seen["year"], vintage, place, seen["shown"]])
    if rows:
        heads = {_("Chỉ tiêu"): 7, _("Máy hiểu là"): 4, _("Năm"): 2}
        heads |= {_("Loại số"): 3, _("Ô"): 3, _("Đang ghi"): 4}
        _print_table(rows, heads)
    text = _(
        "{rows} dòng = {taken} đọc được + {known} đã có + {asked} đang hỏi + "
        "{refused} không nhận + {without} không có số + {passed} bỏ qua"
    )
    say(text.format(**taken.rows_said))


def _forget(files: list[Path], data: str | None, *, as_json: bool) -> None:
    """Forget what was answered about the layouts of some workbooks; say what."""
    from vinhloc.data import load
    from vinhloc.office import forget_layout

    gone = [row for path in files for row in forget_layout(load(data), path)]
    if as_json:
        kept = ("layout", "place", "text", "answer", "author")
        say_json([{key: row[key] for key in kept} for row in gone])
        return
    for row in gone:
        text = _("đã quên: «{text}» = {answer} ({author})")
        values = {key: row[key] for key in ("text", "answer", "author")}
        say(text.format(**values))
    if not gone:
        say(_("Không có câu trả lời nào về mẫu bảng này."))


def _status(data: str | None, *, year: int, as_json: bool) -> None:
    """Print what has come in for a year, by theme and department, and what is due."""
    from vinhloc.data import load
    from vinhloc.office import count_by, status_of

    loaded = load(data)
    loaded.programme.check_year(year)
    status = status_of(loaded, year)
    if as_json:
        say_json(status.to_dict("records"))
        return
    _say_made_up(loaded)
    department = _("Bộ phận (đề nghị)")
    counted = [_("Tổng số"), _("Chính thức"), _("Ước"), _("Còn thiếu")]
    counted += [_("Mâu thuẫn"), _("Câu hỏi")]
    for key, heading in (("theme", _("Lĩnh vực")), ("department", department)):
        counts = count_by(status, key)
        counts[key] = counts[key].map(loaded.names_of(f"{key}s", key))
        heads = {heading: 8, **dict.fromkeys(counted, 3)}
        _print_table(counts.to_numpy().tolist(), heads)
        say("")
    words = {
        "missing": _("còn thiếu"),
        "conflict": _("mâu thuẫn"),
        "estimate": _("cần xem lại"),
        "final": _("cần xem lại"),
    }
    undone = status["state"].isin(["missing", "conflict"]) | status["questions"].gt(0)
    departments = loaded.names_of("departments", "department")
    due = status[undone].assign(
        state=lambda rows: rows["state"].map(words),
        department=lambda rows: rows["department"].map(departments),
    )
    if len(due):
        heads = {_("Mã"): 8, _("Chỉ tiêu"): 9, _("Tình trạng"): 3, department: 6}
        columns = ["indicator", "name", "state", "department"]
        _print_table(due[columns].to_numpy().tolist(), heads)


def _history(indicator: str, data: str | None, *, as_json: bool) -> None:
    """Print every figure on record of an indicator."""
    from vinhloc.data import load
    from vinhloc.office import history_of

    loaded = load(data)
    name, rows = history_of(loaded, indicator)
    if as_json:
        say_json(rows.to_dict("records"))
        return
    _say_made_up(loaded)
    say(name)
    if rows.empty:
        say(_("Chưa có số liệu nào."))
        return
    heads = {_("Năm"): 2, _("Ngày"): 3, _("Số liệu"): 4, _("Loại số liệu"): 4}
    heads |= {_("Nguồn"): 6, _("Vị trí"): 6, _("Ghi chú"): 5}
    _print_table(rows.to_numpy().tolist(), heads)
