"""What a collection is: a folder of programmes, or a Parquet dataset of their frames.

Nothing heavy is imported here: a run that has nothing to do should end at once.
"""

from __future__ import annotations

from pathlib import Path

from vinhloc.data import PROGRAMME_FILE
from vinhloc.figures import Fault, _

PARTITION = "commune="  # the folders of a dataset, as `vinhloc build --out` fills them
FRAME = "assessment.parquet"


class NoCollection(Fault):
    """Raised where a folder holds neither programmes nor a dataset of them."""


def programmes_in(collection: Path) -> dict[str, Path]:
    """Return name -> folder of each programme in a collection, by name.

    Raises NoCollection where there is none.
    """
    if (collection / PROGRAMME_FILE).is_file():
        text = _("{folder} là một chương trình; cần thư mục chứa các chương trình")
        raise NoCollection(text.format(folder=collection))
    found = sorted(collection.glob(f"*/{PROGRAMME_FILE}"))
    if found:
        return {path.parent.name: path.parent.resolve() for path in found}
    if partitions_in(collection):
        text = _(
            "{folder} chỉ có bảng Parquet, lập được bảng tổng hợp; báo cáo từng xã cần "
            "thư mục của từng chương trình"
        )
        raise NoCollection(text.format(folder=collection))
    text = _("không thấy {file} trong thư mục con nào của «{folder}»")
    raise NoCollection(text.format(file=PROGRAMME_FILE, folder=collection))


def partitions_in(collection: Path) -> list[Path]:
    """Return the files of a dataset, one per commune; none in another folder."""
    return sorted(collection.glob(f"{PARTITION}*/{FRAME}"))
