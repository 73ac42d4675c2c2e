"""Secret key of Django, generated on first run and stored in DATA_DIR, unless SECRET_KEY is set."""

from pathlib import Path

from django.core.management.utils import get_random_secret_key


def read_or_make_key(path: Path) -> str:
    """The key in the file `path`; the first process to start generates it, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(get_random_secret_key())
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")
