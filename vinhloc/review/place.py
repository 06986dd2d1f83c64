"""Where a published edition stands, and how a new one takes its place in one step.

A run builds in a staging folder beside the edition and holds a lock meanwhile. On
Linux the two folders then change places at once. Elsewhere they are renamed one after
the other; a journal says so, and the next command completes what was cut short.
"""

from __future__ import annotations

import ctypes
import datetime
import errno
import glob
import json
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from vinhloc.data import is_linux
from vinhloc.figures import BUSY, Told, _

STAGING, JOURNAL, LOCK, HOLDER = ".staging-", ".journal-", ".lock-", ".holder-"
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h
# What a system without the exchange says; then there are two renames.
UNKNOWN = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV)


class Busy(Told):
    """Raised where another run holds the edition; `holder` says which."""

    code = BUSY

    def __init__(self, edition: str, holder: str):
        self.holder = holder
        text = _("báo cáo {edition} đang được một lần chạy khác lập ({holder})")
        super().__init__(text.format(edition=edition, holder=holder))


@contextmanager
def locked(target: Path, *, wait: float = 0) -> Iterator[None]:
    """Keep other runs from an edition; wait so many seconds for one that has it.

    What earlier runs left behind when they died is put right first. Raises Busy, which
    names the holder. A lock ends with its process, however that ends.
    """
    folder, name = target.parent, target.name
    folder.mkdir(parents=True, exist_ok=True)
    lock, holder = FileLock(folder / f"{LOCK}{name}"), folder / f"{HOLDER}{name}"
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise Busy(name, _read_text(holder) or _("không rõ")) from None
    try:
        now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
        holder.write_text(f"{platform.node()}, pid {os.getpid()}, {now}", "utf-8")
        _put_right(target)
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _read_text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""


def _put_right(target: Path) -> None:
    """Complete what a dead run began to publish; clear what it was building."""
    folder, name = target.parent, target.name
    complete(folder / f"{JOURNAL}{name}.json")
    (folder / f"{JOURNAL}{name}.new").unlink(missing_ok=True)
    for left in folder.glob(f"{glob.escape(STAGING + name)}-*"):
        # A longer name may be another edition's: 2022 and 2022-en.
        if "-" not in left.name.removeprefix(f"{STAGING}{name}-"):
            shutil.rmtree(left, ignore_errors=True)


def complete(journal: Path) -> None:
    """Complete the publication that a journal names, and remove the journal."""
    if not (text := _read_text(journal)):
        return
    if not (names := _names_in(text, journal)):
        journal.unlink()
        return
    staging, target, earlier = (journal.with_name(name) for name in names)
    there = [folder for folder in (staging, earlier) if folder.exists()]
    if there and not target.exists():
        os.rename(there[0], target)
    shutil.rmtree(earlier, ignore_errors=True)
    journal.unlink()


def _names_in(text: str, journal: Path) -> list[str]:
    """Return the three names of a journal; none where it is not one that we wrote.

    What a journal names is renamed and deleted: nothing but the edition that it is of.
    """
    edition = journal.stem.removeprefix(JOURNAL)
    ours = re.escape(f"{STAGING}{edition}-") + r"[a-z0-9_]+"
    with suppress(ValueError, RecursionError):
        match json.loads(text):
            case [str(staging), _target, _earlier] as names:
                whole = names[1:] == [edition, f"{staging}.earlier"]
                return names if whole and re.fullmatch(ours, staging) else []
    return []


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Give a folder to build in, beside the target; removed whatever happens."""
    prefix = f"{STAGING}{target.name}-"
    staging = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
    staging.chmod(0o755)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def put_in_place(staging: Path, target: Path) -> None:
    """Publish a staged folder in one step; what stood there is in `staging` then."""
    _to_disk(staging)
    if not target.exists():
        os.rename(staging, target)
    elif not _exchanged(staging, target):
        _renamed(staging, target)


def _to_disk(folder: Path) -> None:
    """Have the system write all files out before their folder gets its name."""
    for path in (*folder.rglob("*"), folder):
        if os.name == "nt" and path.is_dir():
            continue  # Windows gives no handle of a folder
        handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places at once; False where the system cannot."""
    libc = ctypes.CDLL(None, use_errno=True) if is_linux() else None
    rename = getattr(libc, "renameat2", None)
    if rename is None:
        return False
    places = (AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other))
    if rename(*places, RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in UNKNOWN:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _renamed(staging: Path, target: Path) -> None:
    """Rename the target away and the staged folder to it, with a journal."""
    earlier = staging.with_name(f"{staging.name}.earlier")
    journal = target.with_name(f"{JOURNAL}{target.name}.json")
    names = [staging.name, target.name, earlier.name]
    scratch = journal.with_suffix(".new")
    scratch.write_text(json.dumps(names), "utf-8")
    os.replace(scratch, journal)
    os.rename(target, earlier)
    try:
        os.rename(staging, target)
    except OSError:
        os.rename(earlier, target)
        journal.unlink()
        raise
    os.rename(earlier, staging)
    journal.unlink()
