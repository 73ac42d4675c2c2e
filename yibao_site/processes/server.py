"""How the application server is started: the same way on a laptop and on each of many machines."""

import os
import shutil
import sys
from pathlib import Path


def server_arguments(host: str, port: int) -> list[str]:
    """What granian is told: WORKERS processes with THREADS threads each; what is in hand at once is bounded."""
    arguments = ["--interface", "wsgi", "--host", host, "--port", str(port)]
    arguments += ["--workers", os.environ.get("WORKERS", "1"), "--blocking-threads", os.environ.get("THREADS", "4")]
    arguments += ["--backpressure", "64", "--respawn-failed-workers", "--no-ws", "--log-level", "error"]
    return [*arguments, "yibao_site.processes.served:application"]


def server_command(host: str, port: int) -> list[str]:
    """The server as a program of its own."""
    return [sys.executable, "-m", "granian", *server_arguments(host, port)]


def share_metrics(folder: Path) -> None:
    """Before the servers start: their processes write their figures into `folder`, so each can report all of them."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
