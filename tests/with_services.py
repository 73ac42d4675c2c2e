"""Run a command with DATABASE_URL and CACHE_URL of a PostgreSQL and a Redis of its own: `python -m tests.with_services pytest`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.cluster.services import postgres, redis


def main(command: list[str]) -> int:
    with (
        tempfile.TemporaryDirectory(prefix="yibao-services-", ignore_cleanup_errors=True) as folder,
        postgres(enterable(Path(folder)) / "postgres", durable=False) as database,
        redis(Path(folder) / "redis") as cache,
    ):
        environment = os.environ | {"DATABASE_URL": database, "CACHE_URL": cache}
        return subprocess.run(command, env=environment, check=False).returncode


def enterable(folder: Path) -> Path:
    """PostgreSQL does not run as root, so it must be able to enter the folder of its data."""
    folder.chmod(0o711)
    return folder


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
