"""Release: a hash of the code and templates that this process runs, so that what another release rendered is not shown."""

import hashlib
from functools import cache
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings

CODE_SUFFIXES = {".py", ".html", ".txt", ".toml", ".csv", ".json"}
FOREIGN_FOLDERS = {"site-packages", "dist-packages"}


@cache
def release() -> str:
    """The same on every machine that runs the same. Reads each file once a process."""
    settled = hashlib.sha256(f"{django.__version__} {settings.STATIC_URL} {settings.MEDIA_URL}".encode())
    manifest = Path(settings.STATIC_ROOT or "") / "staticfiles.json"
    for path in [*_code_files(), *([manifest] if manifest.is_file() else [])]:
        settled.update(path.name.encode() + path.read_bytes())
    return settled.hexdigest()[:40]


def _code_files() -> list[Path]:
    folders = [Path(app.path) for app in apps.get_app_configs() if FOREIGN_FOLDERS.isdisjoint(Path(app.path).parts)]
    folders += [Path(folder) for engine in settings.TEMPLATES for folder in engine.get("DIRS", ())]
    found = (path for folder in folders for path in sorted(folder.rglob("*")))
    return [path for path in found if path.suffix in CODE_SUFFIXES and path.is_file()]
