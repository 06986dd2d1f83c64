"""Make the environment in .venv, then run one task in it.

    python run.py review [ARGS]   the yearly review: vinhloc review ARGS
    python run.py test [ARGS]     every behaviour once, on small data; or those that
                                  ARGS name: pytest ARGS (--last-failed: what failed)
    python run.py test-all [ARGS] the costly tests as well: editions, checkers, kills
    python run.py lab [ARGS]      the notebooks in JupyterLab, on this computer only
    python run.py lint            ruff, and notebooks without outputs
    python run.py lock [ARGS]     the requirements files anew from pyproject.toml;
                                  pins stay where they can (--upgrade moves them)
    python run.py soak [ARGS]     the long tests (SOAK=1) and benchmarks/*.py

Only the standard library is used here. The environment is made when it is missing,
and made again when it is unfinished, damaged or moved; a set of packages is installed
when its requirements file or pyproject.toml has changed since the last time.
"""

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

MINIMUM = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMPS = VENV / "installed"
UNFINISHED = VENV / "unfinished"
INSTALLER = "requirements-uv.txt"
HEADER = "# Made from pyproject.toml by: python run.py lock\n"
RUNTIME = ["pyproject.toml", "--group", "editable"]
COMPILED = {
    "requirements.txt": RUNTIME,
    "requirements-lab.txt": [*RUNTIME, "--extra", "lab"],
    "requirements-test.txt": [*RUNTIME, "--extra", "test"],
    INSTALLER: ["--group", "uv"],
}


def main():
    """Run the task that the command line names; return its exit code."""
    if sys.version_info < MINIMUM:
        wanted = ".".join(map(str, MINIMUM))
        stop(
            f"Cần Python {wanted} trở lên; đây là Python {sys.version.split()[0]}.",
            f"Python {wanted} or newer is needed: install it and use it to run run.py.",
        )
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    name, args = (sys.argv[1] if sys.argv[1:] else "--help"), sys.argv[2:]
    if name in ("-h", "--help", "help"):
        print(__doc__)
        return 0
    if name not in TASKS:
        print(__doc__)
        return stop(f"Không có lệnh {name}.", f"There is no task {name}.", code=2)
    requirements, task = TASKS[name]
    os.chdir(str(ROOT))
    prepare(requirements)
    return task(args)


def review(args):
    """Run the review, with the options that `vinhloc review` knows."""
    return run(program("vinhloc"), "review", *args)


def test(args):
    """Run the tests that cost little; the marker `costly` names the others."""
    return test_all(["-m", "not costly", *args])


def test_all(args):
    """Run pytest on every core; without a path in ARGS, on all of tests/."""
    cores = str(os.cpu_count() or 1)
    # Each worker takes neighbours, which share what is made once for a file of tests.
    spread = ["-n", cores, "--dist", "worksteal", "--durations=10"]
    return run(program("python"), "-m", "pytest", *spread, *args)


def lab(args):
    """Open the notebooks; the server listens to this computer only, with its token."""
    return run(program("jupyter"), "lab", "--ip=127.0.0.1", "notebooks", *args)


def lint(args):
    """Run every check, also after one has failed."""
    codes = [
        run(program("ruff"), "check", *args),
        run(program("ruff"), "format", "--check", *args),
    ]
    notebooks = sorted(map(str, Path("notebooks").glob("**/*.ipynb")))
    if notebooks:
        codes.append(run(program("nbstripout"), "--verify", "--keep-id", *notebooks))
    return max(codes)


def lock(args):
    """Resolve all packages at once, then pin each file to the versions found."""
    command = [program("uv"), "pip", "compile", "--quiet", "--universal"]
    command += ["--python-version", ".".join(map(str, MINIMUM))]
    command += ["--no-header", "--no-annotate"]
    everything = [*RUNTIME, "--group", "uv", "--all-extras", *args]
    with tempfile.TemporaryDirectory() as folder:
        common = Path(folder, "common.txt")
        # uv keeps the pins that it finds in its output file, where it can.
        old = [Path(name) for name in COMPILED if Path(name).exists()]
        common.write_text("".join(path.read_text("utf-8") for path in old), "utf-8")
        say("Chọn phiên bản", "choosing the versions")
        code = subprocess.call([*command, *everything, "-o", str(common)])
        command += ["--generate-hashes", "--constraints", str(common)]
        pins = {}
        for name, sources in COMPILED.items():
            pinned = Path(folder, name)
            code = code or subprocess.call([*command, *sources, "-o", str(pinned)])
            pins[name] = code or HEADER + pinned.read_text("utf-8")
        if not code:
            for name, text in pins.items():
                say(f"Ghi {name}", f"writing {name}")
                Path(name).write_bytes(text.encode())
    return code


def soak(args):
    """Run everything that takes long."""
    os.environ["SOAK"] = "1"
    code = test_all(args)
    for script in sorted(Path("benchmarks").glob("[!_]*.py")):
        code = run(program("python"), script) or code
    return code


TASKS = {
    "review": ("requirements.txt", review),
    "test": ("requirements-test.txt", test),
    "test-all": ("requirements-test.txt", test_all),
    "lab": ("requirements-lab.txt", lab),
    "lint": ("requirements-test.txt", lint),
    "lock": (INSTALLER, lock),
    "soak": ("requirements-test.txt", soak),
}


def prepare(requirements):
    """Make .venv whole and install the set of packages, where that is not yet done."""
    if not is_whole():
        make_environment()
    scripts = str(Path(program("python")).parent)
    os.environ.update(
        PATH=scripts + os.pathsep + os.environ.get("PATH", ""),
        PYTHONUTF8="1",  # Vietnamese in a Windows console or pipe
        VIRTUAL_ENV=str(VENV),
    )
    # Without bytecode kept, every process compiles all packages anew: 2.5 s, not 0.8.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for name in (INSTALLER, requirements):
        if read_stamp(name).get("made_from") != fingerprint(name):
            install(name)


def is_whole():
    """Tell whether .venv is finished, runs, and still holds what was installed."""
    if UNFINISHED.exists() or not read_stamp(INSTALLER):
        return False
    there = set(contents())
    for name in COMPILED:
        stamp = read_stamp(name)
        lost = set(stamp.get("contents", ())) - there
        if lost and stamp["made_from"] == fingerprint(name):
            return False
    try:
        return subprocess.call([program("python"), "-c", ""]) == 0
    except OSError:
        return False


def make_environment():
    """Make .venv anew with the Python that runs this."""
    if Path(sys.prefix).resolve() == VENV:
        stop(
            "Cần tạo lại .venv: hãy gõ deactivate rồi chạy lại.",
            "The .venv must be made again: type deactivate, then run this again.",
        )
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        stop(
            "Python này thiếu mô-đun venv.",
            "This Python lacks venv; on Debian or Ubuntu: apt install python3-venv",
        )
    if VENV.exists():
        say("Tạo lại .venv (dở dang hoặc hỏng)", "making .venv again (not whole)")
    else:
        say("Tạo môi trường .venv", "making the environment .venv")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        stop(
            "Không tạo được .venv: đóng các chương trình đang dùng nó rồi chạy lại.",
            "No .venv could be made: close what uses it (Jupyter); run this again.",
        )


def install(name):
    """Install one requirements file, and the package itself; keep a stamp of it."""
    uv = [program("uv"), "pip", "install", "--quiet", "--python", program("python")]
    if name == INSTALLER:
        say("Cài uv", "installing uv, which installs the rest")
        pip = [program("python"), "-m", "pip", "install", "--quiet"]
        steps = [[*pip, "--require-hashes", "-r", name]]
    else:
        say(f"Cài {name} (lần đầu mất vài phút)", "the first time takes some minutes")
        steps = [
            [*uv, "--require-hashes", "-r", name],
            [*uv, "--no-build-isolation", "--no-deps", "--editable", "."],
        ]
    UNFINISHED.touch()
    codes = []
    for step in steps:
        codes.append(subprocess.call(step))
        if codes[-1]:
            break
    if codes[-1] >= 0:  # below: killed by a signal, and so perhaps half done
        UNFINISHED.unlink()
    if codes[-1]:
        stop(
            "Không cài được (lý do ở trên). Kiểm tra mạng (HTTPS_PROXY) rồi chạy lại.",
            "Not installed (reason above). Check the network (HTTPS_PROXY); run again.",
            code=codes[-1],
        )
    STAMPS.mkdir(exist_ok=True)
    stamp = {"made_from": fingerprint(name), "contents": contents()}
    (STAMPS / f"{name}.json").write_text(json.dumps(stamp), "utf-8")


def read_stamp(name):
    """Return what was kept when NAME was installed; empty if it was not."""
    try:
        return json.loads((STAMPS / f"{name}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def fingerprint(name):
    """Return one checksum of all files that decide what is installed for NAME."""
    parts = [(ROOT / part).read_bytes() for part in ("pyproject.toml", INSTALLER, name)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def contents():
    """List the packages and programs in .venv, by full path so that a move shows."""
    folders = [
        Path(sysconfig.get_path(key, "venv", {"base": str(VENV)}))
        for key in ("purelib", "scripts")
    ]
    paths = [path for folder in folders if folder.is_dir() for path in folder.iterdir()]
    return sorted(str(path) for path in paths if path.name != "__pycache__")


def program(name):
    """Return the path of a program in .venv."""
    scripts = sysconfig.get_path("scripts", "venv", {"base": str(VENV)})
    return str(Path(scripts, name + (".exe" if os.name == "nt" else "")))


def run(*command):
    """Run a command to its end; Ctrl+C is for the command, which may ask back."""
    shown = [Path(command[0]).stem, *map(str, command[1:])]
    print(">", *shown, flush=True)
    with subprocess.Popen([str(part) for part in command]) as process:
        while True:
            try:
                code = process.wait()
                return code if code >= 0 else 128 - code
            except KeyboardInterrupt:
                continue


def say(vietnamese, english):
    """Print one step in both languages."""
    print(f"> {vietnamese} | {english}", flush=True)


def stop(vietnamese, english, code=1):
    """Print what is wrong and what to do, then leave with an exit code."""
    print(f"{vietnamese}\n{english}", file=sys.stderr)
    raise SystemExit(code if code > 0 else 128 - code)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
