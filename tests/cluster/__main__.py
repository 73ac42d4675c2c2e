"""A whole big site on one machine, all on loopback: `make run-cluster`.

nginx on PORT before two application servers, PostgreSQL, Redis and a background worker; its data is in DATA_DIR/cluster.
It shows what the settings of many machines are, and is what the tests stop parts of. Whatever ends is started again.
"""

import os
import subprocess
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tests.cluster.nginx import nginx_command, write_configuration
from tests.cluster.services import free_port, postgres, redis
from yibao_site.processes.server import server_command, share_metrics
from yibao_site.processes.supervisor import SupervisedProcess, supervise

ROOT = Path(__file__).parent.parent.parent
SERVERS = 2


def main() -> int:
    data = Path(os.environ.get("DATA_DIR", ROOT / "var")).resolve()
    folder = data / "cluster"
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    ports, beside = [free_port() for _ in range(SERVERS)], []
    with ExitStack() as stack:
        os.environ |= {
            "DATA_DIR": str(data),
            "DJANGO_SETTINGS_MODULE": "yibao_site.settings",
            "DATABASE_URL": stack.enter_context(postgres(folder / "postgres", beside=beside)),
            "CACHE_URL": stack.enter_context(redis(folder / "redis", beside=beside)),
            "TRUSTED_PROXIES": "127.0.0.1",
        }
        prepare()
        share_metrics(folder / "metrics")
        configuration = write_configuration(folder / "nginx", host, port, ports, static=data / "static")
        say(f"网站：http://{host}:{port}/　应用：{'、'.join(f'127.0.0.1:{one}' for one in ports)}　按 Ctrl+C 停止")
        commands = [server_command("127.0.0.1", one) for one in ports]
        commands += [[sys.executable, "-m", "django", "worker"], nginx_command(configuration)]
        return supervise([partial(SupervisedProcess, command) for command in commands], beside)


def prepare():
    """Tables, demo content, admin account, static files: as on a laptop, in the other database."""
    command = [sys.executable, "manage.py", "quickstart", "--prepare-only"]
    subprocess.run(command, cwd=ROOT, check=True)


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
