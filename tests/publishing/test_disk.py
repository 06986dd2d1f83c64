"""A disk that is full or read-only: exit code 3, one message, the earlier report."""

import os
import subprocess
import sys

import pytest
from published import but_first_costly, snapshot, vinhloc
from sao_mai import write_programme

pytestmark = pytest.mark.system("unshare")
# What runs in a mount namespace of its own: OUT is a small disk with the report on it.
SCRIPT = """
set -e
mount -t tmpfs -o size=8m none "$OUT"
cp -a "$KEPT"/. "$OUT"
{before}
set +e
"$PYTHON" -m vinhloc review --data "$DATA" --year 2026 --force \\
    --format docx,xlsx --out "$OUT"
code=$?
rm -rf "$SEEN"
cp -a "$OUT" "$SEEN"
exit $code
"""
FILL = """
left=$(df --output=avail -k "$OUT" | tail -1)
head -c $((left - 40))k /dev/zero > "$OUT/filler"
"""
DISKS = {"full": FILL, "read-only": 'mount -o remount,ro "$OUT"', "fit for use": ""}


def in_namespace(script: str, **environment) -> subprocess.CompletedProcess:
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", script]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("VINHLOC")}
    return subprocess.run(
        command,
        env=inherited | {name: str(value) for name, value in environment.items()},
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Return a programme's folder and that of its reports, published once."""
    place = tmp_path_factory.mktemp("published")
    folder, out = write_programme(place / "raw").path, place / "reports"
    options = ["--data", folder, "--year", 2026, "--format", "docx,xlsx", "--out", out]
    assert vinhloc("review", *options).returncode == 0
    return folder, out


@pytest.mark.parametrize("disk", but_first_costly(DISKS))
def test_a_disk_that_takes_no_more_leaves_the_earlier_report(disk, published, tmp_path):
    folder, out = published
    before = snapshot(out / "2026")
    small, seen = tmp_path / "small", tmp_path / "seen"
    small.mkdir()
    done = in_namespace(
        SCRIPT.format(before=DISKS[disk]),
        OUT=small,
        KEPT=out,
        DATA=folder,
        SEEN=seen,
        PYTHON=sys.executable,
    )
    assert done.returncode == (0 if disk == "fit for use" else 3), done.stderr
    assert len(done.stderr.splitlines()) == (0 if disk == "fit for use" else 1)
    assert snapshot(seen / "2026") == before
    assert not [path.name for path in seen.glob(".*") if "lock" not in path.name]
