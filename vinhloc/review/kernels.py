"""Kernels of this Python, forked from the server where the system can.

jupyter_client finds the class that forks by its entry point.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from vinhloc.data import is_linux
from vinhloc.review.server import NAME, begin, handed, start_server

LAUNCHER = "ipykernel_launcher"
ORDINARY = "local-provisioner"  # jupyter_client's own


def own_kernel(folder: Path) -> type[AsyncKernelManager]:
    """Return the manager of a kernel of this Python, whatever a user has set up.

    In the folder, IPython keeps its profile: no user's, and no need of a home.
    """
    way = {"provisioner_name": NAME if is_linux() else ORDINARY}
    spec = KernelSpec(
        argv=[sys.executable, "-m", LAUNCHER, "-f", "{connection_file}"],
        language="python",
        env={"IPYTHONDIR": str(folder)},
        metadata={"kernel_provisioner": way},
    )

    class OwnKernel(AsyncKernelManager):
        kernel_spec = spec

    return OwnKernel


class ForkedProvisioner(LocalProvisioner):
    """Starts the kernel of this Python as a fork; any other as a program."""

    async def launch_kernel(self, cmd: list[str], **kwargs) -> dict:
        own = cmd[0] == sys.executable and LAUNCHER in cmd
        if not (own and is_linux()):
            return await super().launch_kernel(cmd, **kwargs)
        arguments = cmd[cmd.index(LAUNCHER) + 1 :]
        self.cwd = kwargs.get("cwd") or Path.cwd()
        environment = dict(kwargs.get("env") or os.environ)
        self.process = Forked(arguments, str(self.cwd), environment)
        self.pid = self.process.pid
        self.pgid = None
        return self.connection_info


class Forked:
    """A forked kernel with the methods of subprocess.Popen that a provisioner uses."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: list[str], folder: str, environment: dict):
        given = (arguments, folder, environment, handed())
        self._process = start_server().Process(target=_serve, args=given, daemon=True)
        self._process.start()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()


def _serve(
    arguments: list[str], folder: str, environment: dict[str, str], packed: bytes
) -> None:
    """Be a kernel: what the forked process does until it is told to stop."""
    if sys.platform == "win32":  # it has no forks
        return
    begin(packed)
    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    sys.path.insert(0, "")  # as for a program that was started here
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance(argv=arguments)
