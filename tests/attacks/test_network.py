"""No command asks for anything beyond this computer."""

import json
import os
import re
import socket
import stat
import subprocess
import sys
from pathlib import Path

import loopback
import pytest
from published import ROOT

# A connection that is refused is written down, and would fail the whole run.
REFUSED = """
import socket, sys
for address in [("192.0.2.1", 80), ("attack.invalid", 80)]:
    try:
        socket.create_connection(address, timeout=1)
    except PermissionError as error:
        print(error)
"""


def test_a_connection_elsewhere_is_refused_and_written_down(tmp_path, monkeypatch):
    monkeypatch.setenv("LOOPBACK_LOG", str(tmp_path / "log"))
    with socket.socket() as one, pytest.raises(PermissionError, match=r"192\.0\.2\.1"):
        one.connect(("192.0.2.1", 80))
    with pytest.raises(PermissionError, match="attack"):
        socket.getaddrinfo("attack.invalid", 80)
    assert len((tmp_path / "log").read_text("utf-8").splitlines()) == 2


def test_a_python_that_a_test_starts_is_watched_too(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", REFUSED],
        env=os.environ | {"LOOPBACK_LOG": str(tmp_path / "log")},
        capture_output=True,
        text=True,
    )
    assert len(done.stdout.splitlines()) == 2, done.stderr
    assert len((tmp_path / "log").read_text("utf-8").splitlines()) == 2


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost", None])
def test_this_computer_may_talk_to_itself(host):
    assert loopback.stays_here(host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "10.0.0.1", "::", "example.org", "8.8.8.8"]
)
def test_any_other_address_is_elsewhere(host):
    assert not loopback.stays_here(host)


@pytest.mark.costly("publishes a programme full of attacks")
@pytest.mark.system("unshare", "ip")
def test_every_command_does_its_work_in_a_network_with_nothing_but_itself(attacked):
    links = (attacked.folder / "links").read_text("utf-8").splitlines()
    assert links, "unshare makes no network here"
    assert {line.split()[0] for line in links} == {"lo"}
    made = {path.suffix for path in attacked.review.rglob("*")}
    assert {".html", ".docx", ".pdf", ".xlsx", ".csv", ".ipynb"} <= made


KERNELS = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="reads /proc/net"
)


@KERNELS
@pytest.mark.parametrize("provisioner", ["vinhloc-forked", "local-provisioner"])
def test_a_kernel_listens_on_the_loopback_with_its_key_in_a_private_file(
    provisioner, monkeypatch, tmp_path
):
    from jupyter_client.manager import start_new_kernel

    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", provisioner)
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    from jupyter_client.provisioning import KernelProvisionerFactory

    KernelProvisionerFactory.instance().default_provisioner_name = provisioner
    kernel, client = start_new_kernel(kernel_name="python3", startup_timeout=60)
    try:
        file = Path(kernel.connection_file)
        known = json.loads(file.read_text("utf-8"))
        listening = listening_on()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert len(known["key"]) >= 32
        ports = {
            known[f"{name}_port"] for name in ("shell", "iopub", "stdin", "control")
        }
        assert known["ip"] == "127.0.0.1"
        assert [listening[port] for port in ports] == [{"127.0.0.1"}] * len(ports)
    finally:
        client.stop_channels()
        kernel.shutdown_kernel(now=True)


def listening_on() -> dict[int, set[str]]:
    """Return port -> the addresses on which something listens, as Linux says."""
    found: dict[int, set[str]] = {}
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        path = Path(table)
        for line in path.read_text().splitlines()[1:] if path.exists() else ():
            _number, local, _remote, state, *_rest = line.split()
            if state == "0A":
                host, port = local.split(":")
                octets = bytes.fromhex(host)[::-1]
                known = ".".join(map(str, octets)) if len(octets) == 4 else host
                found.setdefault(int(port, 16), set()).add(known)
    return found


def test_jupyterlab_keeps_its_token_and_listens_to_this_computer_only(monkeypatch):
    import runpy

    called = []
    run_py = runpy.run_path(str(ROOT / "run.py"))
    lab = run_py["TASKS"]["lab"][1]
    monkeypatch.setitem(lab.__globals__, "run", lambda *command: called.append(command))
    lab([])
    ((_jupyter, task, *options),) = called
    assert task == "lab"
    assert "--ip=127.0.0.1" in options
    off = re.compile(r"token|password|allow_origin|allow_remote|disable_check_xsrf")
    assert not [option for option in options if off.search(option)]
