"""Refuses, and writes down, every connection that leaves this computer.

An audit hook: it sees what Python connects to, whichever library asks for it.
"""

import ipaddress
import os
import socket
import sys

CONNECTS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
ASKS = {"socket.getaddrinfo", "socket.gethostbyname"}


def watch() -> None:
    """Install the hook once in this process."""
    if not getattr(sys, "watches_loopback", False):
        sys.watches_loopback = True
        sys.addaudithook(refuse)


def refuse(event: str, arguments: tuple) -> None:
    """Raise where a connection, or the look-up of a name, leads elsewhere."""
    if event in CONNECTS:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in ASKS and not is_address(arguments[0]):  # an address asks no one
        host = arguments[0]
    else:
        return
    if not stays_here(host):
        tell(f"{event} {host}")
        raise PermissionError(f"{event}: {host} is not this computer")


def is_address(host: object) -> bool:
    """Tell whether a host is given by its number, and no name has to be looked up."""
    try:
        return bool(ipaddress.ip_address(str(host)))
    except ValueError:
        return False


def stays_here(host: object) -> bool:
    """Tell whether a host is this computer; None is a socket of the file system."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost", socket.gethostname()):
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def tell(line: str) -> None:
    """Append to the list that the end of the test run looks at."""
    if log := os.environ.get("LOOPBACK_LOG"):
        with open(log, "a", encoding="utf-8") as file:
            file.write(f"{line} ({' '.join(sys.argv[:3])})\n")
