"""Scheduled backups: one each night into the storage `backups` (BACKUP_TO), rotated, and once a week tried by restoring it."""

import logging
import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db.models import Max
from django.utils import timezone

from yibao_site.backup.archive import CHUNK_BYTES, DamagedBackup, write_backup
from yibao_site.backup.rotation import backup_name, backup_names, superfluous
from yibao_site.models import BackupRecord

NIGHT = time(3)  # from when on a day's backup is due
DAYS_LATE, DAYS_UNTRIED = 2, 15  # of the last backup and of the last trial
TRIAL_INTERVAL = timedelta(days=7)
logger = logging.getLogger(__name__)


class FailedTrial(Exception):
    """A backup could not be restored; the message says why."""


def is_backup_due(now: datetime) -> bool:
    """Whether it is past three at night and the storage has none made since; one that a machine slept through is made later."""
    local = timezone.localtime(now)
    night = timezone.make_aware(datetime.combine(local.date(), NIGHT))
    return local >= night and next(iter(stored_names()), "") < backup_name(night)


def is_trial_due(now: datetime) -> bool:
    return not BackupRecord.objects.filter(tried_at__gt=now - TRIAL_INTERVAL).exists()


def last_times() -> tuple[datetime | None, datetime | None]:
    """When a backup was last made, and when one was last tried."""
    times = BackupRecord.objects.aggregate(made=Max("made_at"), tried=Max("tried_at"))
    return times["made"], times["tried"]


def complaints(now: datetime) -> list[str]:
    """What is wrong with the backups, in sentences; nothing where all is well."""
    made, tried = last_times()
    if made is None:
        return ["还没有备份过"]
    found = []
    if (days := (now - made).days) >= DAYS_LATE:
        found.append(f"最近一次备份是 {days} 天前")
    if tried is None:
        found.append("还没有试着恢复过备份")
    elif (days := (now - tried).days) > DAYS_UNTRIED:
        found.append(f"{days} 天没有试着恢复过备份")
    return found


def make_backup(now: datetime) -> BackupRecord:
    """Write a backup into the storage, record it, and delete what rotation no longer keeps."""
    storage, name = storages["backups"], backup_name(timezone.localtime(now))
    if storage_folder(storage) is not None:
        write_backup(Path(storage.path(name)))
    else:
        with TemporaryDirectory(dir=settings.DATA_DIR, prefix="backup-") as folder:
            path = Path(folder, name)
            write_backup(path)
            with path.open("rb") as file:
                stored = storage.save(name, File(file))
            if stored != name or storage.size(name) != path.stat().st_size:
                raise DamagedBackup(f"{name} 没有完整地存进备份的地方")
    record = BackupRecord.objects.create(name=name, size=storage.size(name))
    for old in superfluous(stored_names()):
        storage.delete(old)
        logger.info("rotation deleted the backup %s", old)
    return record


def stored_names() -> list[str]:
    """Backups in the storage, newest first."""
    try:
        return backup_names(storages["backups"].listdir("")[1])
    except FileNotFoundError:
        return []


def storage_folder(storage) -> Path | None:
    try:
        return Path(storage.path(""))
    except NotImplementedError:
        return None


def try_newest_backup() -> str:
    """Restore the newest backup of the storage into an empty site; returns its name."""
    names = stored_names()
    if not names:
        raise FailedTrial("还没有备份")
    with local_copy(names[0]) as path:
        try_backup(path)
    return names[0]


@contextmanager
def local_copy(name: str):
    """The backup as a file of this machine, fetched if the storage is elsewhere."""
    storage = storages["backups"]
    if storage_folder(storage) is not None:
        yield Path(storage.path(name))
        return
    with TemporaryDirectory(dir=settings.DATA_DIR, prefix="trial-") as folder:
        path = Path(folder, name)
        with storage.open(name) as source, path.open("xb") as target:
            for chunk in source.chunks(CHUNK_BYTES):
                target.write(chunk)
        yield path


def try_backup(path: Path) -> None:
    """Restore a backup into a SQLite file and an uploads folder of its own, where every row is compared, and record that.

    A process of its own does it, with settings of its own: nothing of it can reach this site's data.
    """
    with TemporaryDirectory(dir=settings.DATA_DIR, prefix="trial-") as folder:
        environment = os.environ | {
            "DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:///{Path(folder, 'db.sqlite3')}",
            "DJANGO_SETTINGS_MODULE": "yibao_site.settings",
        }
        for name in ("BACKUP_TO", "CACHE_URL", "ERROR_MAIL", "LOG_FILE", "MEDIA_BUCKET"):
            environment.pop(name, None)
        command = [sys.executable, "-m", "django", "restore", str(path.resolve())]
        done = subprocess.run(  # noqa: S603 - our own
            command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise FailedTrial(done.stderr.strip()[-1000:] or f"restore ended with {done.returncode}")
    BackupRecord.objects.filter(name=path.name).update(tried_at=timezone.now())
