"""Lock of DATA_DIR: one site at a time prepares or serves what lies in it."""

import fcntl
import os
from pathlib import Path

LOCK_NAME = "site.lock"


class DataDirInUse(Exception):
    """Another process holds the lock; the message says which."""


def lock_data_dir(folder: Path) -> int:
    """Lock the folder until this process and those it becomes or forks have ended; returns the open file.

    The lock belongs to the open file, which survives exec and fork, and the kernel lets go of it however they end.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LOCK_NAME
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.read(file, 20).decode(errors="replace").strip()
        os.close(file)
        process = f"（进程号 {holder}）" if holder else ""
        raise DataDirInUse(
            f"{folder} 正由另一个网站{process}使用：请先停止它，或另选一个文件夹，例如 DATA_DIR=var2 make run。"
        ) from error
    os.ftruncate(file, 0)
    os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
    os.set_inheritable(file, True)
    return file
