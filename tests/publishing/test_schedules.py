"""The recipes of docs/scheduling.md, as far as Linux can run them."""

import importlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib

import pytest
from packaging.requirements import Requirement
from published import ROOT, vinhloc
from traces import until

from vinhloc.review.manifest import find_unchanged

DOCS = ROOT / "docs"
# cron in a mount namespace of its own, with no job but this one, by a clock of its own
# that is five seconds from the full minute; what cron starts has the true time.
CRON = """
for place in /etc/cron.d /var/spool/cron /run; do mount -t tmpfs none $place; done
mkdir -p /var/spool/cron/crontabs
mount --bind /dev/null /etc/crontab
cp "$JOB" /etc/cron.d/vinhloc
chmod 644 /etc/cron.d/vinhloc
exec faketime '2026-03-04 05:06:55' cron -f
"""


def recipe() -> str:
    """Return the line of the page that stands for cron."""
    text = (DOCS / "scheduling.md").read_text("utf-8")
    return re.search(r"```cron\n(.*)\n```", text)[1]


@pytest.mark.costly("waits for cron")
@pytest.mark.system("cron", "faketime", "unshare", "root")
def test_cron_fires_the_documented_job(folder, tmp_path):
    command = recipe().split(" ", 5)[5]
    clone = tmp_path / "clone"
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / "data").symlink_to(folder.parent)
    program = clone / ".venv" / "bin" / "vinhloc"
    program.write_text(
        f'#!/bin/sh\nexec {sys.executable} -m vinhloc "$@" --format xlsx\n'
    )
    program.chmod(0o755)
    job = tmp_path / "job"
    here = command.replace("/srv/vinhloc", str(clone))
    job.write_text(f"PATH=/usr/bin:/bin\n* * * * * root {here}\n")
    process = subprocess.Popen(
        ["unshare", "--mount", "sh", "-c", CRON],
        env=os.environ | {"JOB": str(job)},
        start_new_session=True,
    )
    note = clone / "reports" / "last-run.json"
    try:
        until(note.exists)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
    result = json.loads(note.read_text("utf-8"))
    assert (result["result"], result["exit_code"]) == ("done", 0)
    assert (clone / result["file"]).is_file()


@pytest.mark.system("systemd-analyze")
def test_systemd_finds_no_fault_in_the_units_and_rates_them_safe(tmp_path):
    program = tmp_path / ".venv" / "bin" / "vinhloc"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    units = []
    for source in sorted((DOCS / "systemd").iterdir()):
        text = source.read_text("utf-8").replace("/srv/vinhloc", str(tmp_path))
        units.append(tmp_path / source.name)
        units[-1].write_text(text)
    assert [unit.suffix for unit in units] == [".service", ".timer"]
    checked = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True
    )
    assert (checked.returncode, checked.stderr) == (0, "")
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", units[0]],
        capture_output=True,
        text=True,
    ).stdout
    assert float(re.search(r"exposure level .*: ([\d.]+)", rated)[1]) < 1.5


def test_an_unchanged_review_is_said_to_the_monitor_and_imports_nothing_heavy(
    folder, out, tmp_path
):
    note = tmp_path / "last.json"
    options = ["--data", folder, "--format", "xlsx", "--out", out, "--if-changed"]
    first = vinhloc("review", *options, "--notify-file", note)
    assert first.returncode == 0, first.stderr
    note.unlink()
    again = vinhloc(
        "review", *options, "--notify-file", note, PYTHONPROFILEIMPORTTIME="1"
    )
    assert again.returncode == 0
    assert again.stdout.splitlines()[0].startswith("Không có gì thay đổi")
    imported = {line.split("|")[-1].strip() for line in again.stderr.splitlines()}
    assert "vinhloc.review.manifest" in imported
    assert not imported & {"pandas", "papermill", "matplotlib", "jupyter_client"}
    result = json.loads(note.read_text("utf-8"))
    assert result["result"] == "done"
    assert result["file"].endswith("2026/phu-luc.xlsx")


def test_another_version_of_any_required_package_makes_the_review_again(
    asked, published, tmp_path, monkeypatch
):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [Requirement(text).name for text in project["dependencies"]]
    assert find_unchanged(asked) == published
    monkeypatch.syspath_prepend(tmp_path / "site")
    unnoticed = []
    for name in names:
        other = tmp_path / "site" / f"{name.replace('-', '_')}-99.0.dist-info"
        other.mkdir(parents=True)
        (other / "METADATA").write_text(f"Name: {name}\nVersion: 99.0\n")
        importlib.invalidate_caches()
        if find_unchanged(asked):
            unnoticed.append(name)
        shutil.rmtree(other)
    assert {"numpy", "scipy", "typst", "jinja2"} < {*names}
    assert unnoticed == []
    importlib.invalidate_caches()
    assert find_unchanged(asked) == published


def test_two_options_that_contradict_are_refused(folder, out):
    done = vinhloc("review", "--data", folder, "--out", out, "--if-changed", "--force")
    assert done.returncode == 2
    assert "--if-changed" in done.stderr
    assert not out.exists()
