"""Secret key of Django, generated on first run and stored in DATA_DIR, unless SECRET_KEY is set."""

import errno
import fcntl
import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

MIN_KEY_LENGTH = 50  # of those that Django makes
WRITE_FAILURES = {
    errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有写入的权限",
    errno.EPERM: "没有写入的权限",
}


class UnusableKey(SystemExit):
    """The key can be neither read nor stored: the process ends with a sentence that says why and what to do."""


def read_or_make_key(path: Path) -> str:
    """The key in the file `path`; the first process to start generates it, readable by its owner only."""
    try:
        if not path.exists():
            make_key(path)
        key = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UnusableKey(f"DATA_DIR（{path.parent}）用不了：{failure(error)}。") from error
    if len(key.strip()) < MIN_KEY_LENGTH:
        raise UnusableKey(
            f"{path} 里没有完整的密钥（也许上次启动时磁盘满了）：请删掉这个文件再启动，会生成新的，已登录的人要重新登录。"
        )
    return key


def make_key(path: Path) -> None:
    """Store a new key, whole or not at all, unless another process has just done so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if path.exists():
            return
        with unfinished.open("w", encoding="ascii") as file:
            unfinished.chmod(0o600)
            file.write(get_random_secret_key())
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        os.fsync(folder)
    finally:
        unfinished.unlink(missing_ok=True)
        os.close(folder)


def failure(error: OSError) -> str:
    """Why a folder or a file cannot be written, in Chinese."""
    return WRITE_FAILURES.get(error.errno, str(error.strerror or error))
