"""How the application server is started: the same way on a laptop and on each of many machines."""

import os
import sys


def server_command(host: str, port: int) -> list[str]:
    """WORKERS processes with THREADS threads each; what is in hand at once is bounded."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", os.environ.get("WORKERS", "1"), "--blocking-threads", os.environ.get("THREADS", "4")]
    command += ["--backpressure", "64", "--no-ws", "--log-level", "warning", "yibao_site.wsgi:application"]
    return command
