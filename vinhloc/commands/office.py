"""The office's part of the command line: vinhloc form, import, status, history."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from vinhloc.commands.console import Command, complain, say, say_json, shown
from vinhloc.commands.options import ANY, FILE, command, flag, valued
from vinhloc.commands.receipts import print_receipt, print_table
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
        valued("--year", _("NĂM"), _("Năm của số liệu."), type=int),
        flag("--baseline", _("Biểu của năm gốc, gửi trước các biểu khác.")),
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


def _say_made_up(data) -> None:
    """Say that figures are made up, where they are."""
    if data.made_up:
        from vinhloc.show import demo_words

        say(demo_words())


def _form(
    data: str | None,
    *,
    year: int | None,
    baseline: bool,
    out: Path | None,
    force: bool,
    **chosen,
) -> None:
    """Write the entry workbook and print its path."""
    from vinhloc.data import check_outside, load
    from vinhloc.office import form_rows, write_form

    if baseline == (year is not None):
        raise Fault(_("hãy ghi --year NĂM, hoặc --baseline cho năm gốc"))
    loaded = load(data)
    year = loaded.programme.baseline_year if year is None else year
    out = out or Path(f"bieu-nhap-{year}.xlsx")
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
            print_receipt(receipt, dry_run=options["dry_run"])
        if receipt.saved or receipt.remembered:
            known = load(data)
    if as_json:
        say_json(told)
    if failed:
        raise click.exceptions.Exit(PROBLEM)


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
        say(text.format(**row | {"answer": row["said"]}))
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
    department = _("Bộ phận phụ trách (dự kiến)")
    counted = [_("Tổng số"), _("Chính thức"), _("Ước"), _("Còn thiếu")]
    counted += [_("Mâu thuẫn"), _("Câu hỏi")]
    for key, heading in (("theme", _("Lĩnh vực")), ("department", department)):
        counts = count_by(status, key)
        counts[key] = counts[key].map(loaded.names_of(f"{key}s", key))
        heads = {heading: 8, **dict.fromkeys(counted, 3)}
        print_table(counts.to_numpy().tolist(), heads)
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
        print_table(due[columns].to_numpy().tolist(), heads)


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
    print_table(rows.to_numpy().tolist(), heads)
