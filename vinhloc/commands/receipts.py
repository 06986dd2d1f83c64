"""What the command line says of a workbook: what was read, what is asked, as tables."""

from __future__ import annotations

import shutil
import textwrap

from vinhloc.commands.console import say, shown
from vinhloc.figures import _, n_


def print_table(rows: list[list], heads: dict[str, int]) -> None:
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


def print_receipt(receipt, *, dry_run: bool) -> None:
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
        print_table(rows, heads)
    if taken.questions:
        say(n_("{n} câu hỏi:", len(taken.questions)))
        rows = [[q.place or "–", q.text, q.answer or "–"] for q in taken.questions]
        print_table(rows, {_("Ô"): 3, _("Câu hỏi"): 9, _("Xác nhận"): 4})
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
        print_table(rows, heads)
    text = _(
        "{rows} dòng = {taken} đọc được + {known} đã có + {asked} đang hỏi + "
        "{refused} không nhận + {without} không có số + {passed} bỏ qua"
    )
    say(text.format(**taken.rows_said))
