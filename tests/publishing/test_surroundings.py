"""What a user or an office's computer sets changes nothing, or is said in words."""

import json
import os
import shlex
import subprocess
import sys

import pytest
from published import snapshot, vinhloc

# All that can be borne, at once.
VARIABLES = {
    **{"PANDAS_FUTURE_INFER_STRING": "0", "PANDERA_VALIDATION_ENABLED": "False"},
    **{"MPLBACKEND": "junk", "PYTHONWARNINGS": "error", "PYTHONOPTIMIZE": "2"},
    **{"JUPYTER_RUNTIME_DIR": "/proc/none", "JUPYTER_DATA_DIR": "/proc/none"},
    **{"JUPYTER_DEFAULT_PROVISIONER_NAME": "none", "IPYTHONDIR": "/proc/none"},
    **{"SOURCE_DATE_EPOCH": "odd", "OMP_NUM_THREADS": "junk", "TZ": "No/Where"},
    **{"HOME": "/proc", "LC_ALL": "C"},
    **{"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}
SETTINGS = "savefig.transparent: True\naxes.grid: True\nfont.size: 20\n"


def options(folder, out):
    return ["review", "--data", folder, "--year", "2026", "--out", out]


@pytest.mark.costly("two reviews with pages")
def test_no_variable_and_no_matplotlibrc_changes_a_byte(folder, out, tmp_path):
    rough, html = tmp_path / "rough", ["--format", "html"]
    rough.mkdir()
    (rough / "matplotlibrc").write_text(SETTINGS)
    (tmp_path / "broken").write_bytes(b"\xff\xfe\x00")
    variables = VARIABLES | {"MATPLOTLIBRC": str(tmp_path / "broken")}
    done = vinhloc(*options(folder, out), *html)
    assert done.returncode == 0, done.stderr
    done = vinhloc(*options(folder, rough / "out"), *html, cwd=rough, **variables)
    assert (done.returncode, done.stderr) == (0, "")
    ours, others = snapshot(out / "2026"), snapshot(rough / "out" / "2026")
    assert ours.keys() == others.keys()
    assert [name for name in ours if ours[name] != others[name]] == []


def ended(folder, out, *, before: str = "", **variables) -> list[str]:
    """Return what a run says that cannot be done, once it has ended as one that failed.

    `before`: what a shell does first, as to limits.
    """
    command = [sys.executable, "-m", "vinhloc", *options(folder, out)]
    line = " ".join(shlex.quote(str(part)) for part in [*command, "--format", "xlsx"])
    done = subprocess.run(
        ["sh", "-c", f"{before} exec {line}"],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 3
    return done.stderr.splitlines()


@pytest.mark.skipif(os.name == "nt", reason="limits of a shell")
@pytest.mark.parametrize(
    ("before", "said"),
    [("ulimit -n 32;", "ulimit -n 256"), ("ulimit -f 0;", "không ghi được")],
)
def test_a_limit_that_no_run_can_live_with_ends_in_words(folder, out, before, said):
    (line,) = ended(folder, out, before=before)
    assert said in line


def test_a_module_of_the_user_in_the_place_of_a_package_is_named(folder, out, tmp_path):
    (tmp_path / "pandas.py").write_text("raise RuntimeError('not pandas')\n")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    (line,) = ended(folder, out, PYTHONPATH=path)
    (log,) = (out / "runs").glob("*.jsonl")
    assert line.endswith(str(log))
    traceback = json.loads(log.read_text("utf-8"))["traceback"]
    assert "not pandas" in traceback
    assert str(tmp_path / "pandas.py") in traceback
