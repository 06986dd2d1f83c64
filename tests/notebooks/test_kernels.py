"""Kernels forked from the preloaded server give what ordinary kernels give."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from published import snapshot

pytestmark = pytest.mark.costly("publishes on kernels of two kinds")

ROOT = Path(__file__).parents[2]
# Publishes the pages of one notebook.
PUBLISH = """
import sys
from pathlib import Path
from vinhloc.review.request import Request
from vinhloc.review.run import run_review

asked = Request(
    folder=Path("data/raw/demo").resolve(),
    out=Path(sys.argv[1]),
    year=2023,
    formats=("html",),
    only=[Path("notebooks/02_economy.ipynb")],
)
run_review(asked, force=True)
"""


def published(out: Path, **environment) -> dict[str, bytes]:
    """Return the bytes of every file published."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("JUPYTER_")}
    done = subprocess.run(
        [sys.executable, "-c", PUBLISH, out],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return snapshot(out / "demo-2023")


def test_a_run_without_what_only_linux_has_gives_the_same_bytes(tmp_path):
    ours = published(tmp_path / "usual")
    others = published(tmp_path / "plain", VINHLOC_PLAIN="1")
    assert "economy.ipynb" in ours
    assert ours.keys() == others.keys()
    assert [name for name in ours if ours[name] != others[name]] == []


@pytest.mark.parametrize("plain", ["0", "1"])
def test_no_kernelspec_and_no_start_up_file_of_a_user_is_used(tmp_path, plain):
    spec = tmp_path / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    argv = [sys.executable, "-c", "raise SystemExit", "{connection_file}"]
    spec.write_text(json.dumps({"argv": argv, "display_name": "", "language": ""}))
    begun = tmp_path / "ipython" / "profile_default" / "startup" / "00-first.py"
    begun.parent.mkdir(parents=True)
    begun.write_text("import os\nos._exit(9)\n")
    assert "economy.html" in published(
        tmp_path / "out",
        VINHLOC_PLAIN=plain,
        IPYTHONDIR=str(tmp_path / "ipython"),
        JUPYTER_DATA_DIR=str(tmp_path),
        JUPYTER_PATH=str(tmp_path),
        JUPYTER_PREFER_ENV_PATH="0",
    )
