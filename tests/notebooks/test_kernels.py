"""Kernels forked from the preloaded server give what ordinary kernels give."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from published import snapshot

ROOT = Path(__file__).parents[2]
# Publishes the pages of one notebook and says which kernels it used.
PUBLISH = """
import sys
from pathlib import Path
from jupyter_client.provisioning import KernelProvisionerFactory
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
print(KernelProvisionerFactory.instance().default_provisioner_name)
"""


def published(out: Path, **environment) -> tuple[str, dict[str, bytes]]:
    """Return the name of the provisioner and the bytes of every file published."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("JUPYTER_")}
    done = subprocess.run(
        [sys.executable, "-c", PUBLISH, out],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[-1], snapshot(out / "demo-2023")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks on Linux only")
def test_forked_and_ordinary_kernels_give_the_same_bytes(tmp_path):
    forked, ours = published(tmp_path / "forked")
    ordinary, others = published(
        tmp_path / "ordinary", JUPYTER_DEFAULT_PROVISIONER_NAME="local-provisioner"
    )
    assert (forked, ordinary) == ("vinhloc-forked", "local-provisioner")
    assert "economy.ipynb" in ours
    assert ours.keys() == others.keys()
    assert [name for name in ours if ours[name] != others[name]] == []
