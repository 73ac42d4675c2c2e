"""Address of the server: whether it is free, and its reservation while the site is being prepared.

The server shares its port with whatever else shares it (SO_REUSEPORT): two sites would answer by turns, and neither could
tell.
"""

import errno
import socket
import sys

REASONS = {
    errno.EADDRINUSE: "已被另一个程序占用",
    errno.EACCES: "要有管理员权限才能使用",
    errno.EADDRNOTAVAIL: "不属于这台机器",
}


class AddressTaken(Exception):
    """The address cannot be served; the message says why and what to do."""


def reserve_address(host: str, port: int) -> socket.socket | None:
    """Make sure that nothing else listens there, or is about to. AddressTaken otherwise.

    What is returned keeps others of ours away until this process and those it becomes or forks have ended. It is no socket
    of the port, so that the server can bind that itself; only Linux has its kind.
    """
    try:
        check_address(host, port)
        return hold_name(f"\0yibao-site {host}:{port}") if sys.platform == "linux" else None
    except socket.gaierror as error:
        raise AddressTaken(f"没有叫 {host} 的主机：请改 HOST，例如 HOST=127.0.0.1。") from error
    except (OSError, OverflowError) as error:
        reason = REASONS.get(getattr(error, "errno", None), "不能使用")
        advice = f"请停止那个程序，或换一个端口，例如 PORT={port % 60000 + 1} make run。"
        raise AddressTaken(f"{host} 的端口 {port} {reason}：{advice}") from error


def check_address(host: str, port: int) -> None:
    """Bind the address for a moment, unshared, which fails where anything listens."""
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that have ended do not count
            probe.bind(address)


def hold_name(name: str) -> socket.socket:
    """A socket of this name in the kernel's abstract namespace, which holds each name once."""
    held = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        held.bind(name)
    except OSError:
        held.close()
        raise
    held.set_inheritable(True)
    return held
