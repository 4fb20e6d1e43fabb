"""Ports of this machine."""

from __future__ import annotations

import socket

HOST = "127.0.0.1"


def free_port(wanted: int) -> int:
    """Return the wanted port, or one that is free where it is taken."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    msg = f"no port is free on {HOST}"
    raise OSError(msg)


def listens(port: int) -> bool:
    """Say whether something listens on a port."""
    try:
        with socket.create_connection((HOST, port), 0.2):
            return True
    except OSError:
        return False
