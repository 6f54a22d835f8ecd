"""Ports: whether one is free, one that is, and one held for later."""

import socket


def is_free(host: str, port: int) -> bool:
    """Return whether a server could bind this address now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(preferred: int, host: str = "127.0.0.1") -> int:
    """Return the preferred port, or any free one where it is taken."""
    if is_free(host, preferred):
        return preferred
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def reserved_port(preferred: int, host: str = "127.0.0.1") -> socket.socket:
    """Hold the preferred port, or any free one, for a program that starts later; close the socket right before.

    Until then nobody else gets it, and whoever connects is refused at once.
    """
    for port in (preferred, 0):
        held = socket.socket()  # without SO_REUSEADDR: another program's probe must fail
        try:
            held.bind((host, port))
        except OSError:
            held.close()
            continue
        return held
    raise OSError(f"no free port on {host}")
