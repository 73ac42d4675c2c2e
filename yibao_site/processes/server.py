"""Command line of the application server, the same on a laptop and on each of many machines."""

import os
import shutil
import sys
from pathlib import Path

MAX_CONNECTIONS = "500"  # of one process
IDLE_CONNECTION_MILLISECONDS = "10000"


def server_arguments(host: str, port: int) -> list[str]:
    """Arguments of granian: WORKERS processes with THREADS threads each, and a bound on open connections.

    An open connection that asks nothing counts too, and a browser opens six; so the bound is high, and idle ones end soon.
    """
    arguments = ["--interface", "wsgi", "--host", host, "--port", str(port)]
    arguments += ["--workers", os.environ.get("WORKERS", "1"), "--blocking-threads", os.environ.get("THREADS", "4")]
    arguments += ["--backpressure", MAX_CONNECTIONS, "--http1-header-read-timeout", IDLE_CONNECTION_MILLISECONDS]
    arguments += ["--respawn-failed-workers", "--no-ws", "--log-level", "error"]
    return [*arguments, "yibao_site.processes.served:application"]


def server_command(host: str, port: int) -> list[str]:
    """The server as a program of its own."""
    return [sys.executable, "-m", "granian", *server_arguments(host, port)]


def share_metrics(folder: Path) -> None:
    """Set up PROMETHEUS_MULTIPROC_DIR before the servers start, so that each process can report the metrics of all."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
