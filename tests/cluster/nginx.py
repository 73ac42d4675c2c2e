"""The shipped nginx.conf with its @names@ filled in."""

import os
import shutil
from pathlib import Path

ANY_NAME = "~."
TEMPLATE = Path(__file__).with_name("nginx.conf")


def nginx_program() -> str:
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not found:
        raise RuntimeError("No nginx: install Debian's package nginx.")
    return found


def nginx_command(configuration: Path) -> list[str]:
    return [nginx_program(), "-e", str(configuration.with_name("nginx-error.log")), "-c", str(configuration)]


def server_names(host: str) -> list[str]:
    """Those of ALLOWED_HOSTS as nginx writes them."""
    allowed = os.environ.get("ALLOWED_HOSTS") or f"localhost,127.0.0.1,[::1],{host}"
    return [ANY_NAME if name == "*" else name.strip() for name in dict.fromkeys(allowed.split(","))]


def write_configuration(folder: Path, host: str, port: int, servers: list[int], static: Path) -> Path:
    """nginx.conf in `folder`, answering on host:port for application servers on these ports of 127.0.0.1."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {
        "user": "user root;" if os.geteuid() == 0 else "",  # a demonstration started by root reads root's files
        "folder": folder,
        "mime_types": "/etc/nginx/mime.types",
        "host": host,
        "port": port,
        "names": " ".join(server_names(host)),
        "static": static,
        "servers": "\n".join(f"        server 127.0.0.1:{one} max_fails=1 fail_timeout=2s;" for one in servers),
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    for name, value in names.items():
        text = text.replace(f"@{name}@", str(value))
    path = folder / "nginx.conf"
    path.write_text(text, encoding="utf-8")
    return path
