"""Command that writes a backup, or tries one by restoring it: manage.py backup [PATH] [--verify] [--scheduled]."""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from yibao_site.backup.archive import DamagedBackup, write_backup
from yibao_site.backup.rotation import backup_name
from yibao_site.backup.schedule import FailedTrial, make_backup, try_backup, try_newest_backup
from yibao_site.models import BackupRecord


class Command(BaseCommand):
    help = "Back up database and uploads into one checked file, while the site runs."

    def add_arguments(self, parser):
        parser.add_argument("path", nargs="?", type=Path, help="default: DATA_DIR/backups/yibao-<time>.zip")
        parser.add_argument(
            "--verify",
            action="store_true",
            help="restore the file PATH, or the newest backup in BACKUP_TO, into an empty site and compare every row",
        )
        parser.add_argument(
            "--scheduled", action="store_true", help="into BACKUP_TO, and rotate: what the worker does each night"
        )

    def handle(self, *, path, verify, scheduled, **options):
        try:
            if verify:
                self.stdout.write(f"{self._try(path)}：已恢复到一个空网站，每一行都与备份一致；试完已删除。")
            elif scheduled:
                record = make_backup(timezone.now())
                self.stdout.write(f"{record.name}：{record.size} 字节，已逐字节核对。")
            else:
                self._write(path)
        except DamagedBackup as error:
            raise CommandError(f"备份没有写好：{error}") from error
        except FailedTrial as error:
            raise CommandError(f"备份没有恢复成功：{error}") from error

    def _try(self, path):
        if path is None:
            return try_newest_backup()
        try_backup(path)
        return path

    def _write(self, path):
        path = path or settings.DATA_DIR / "backups" / backup_name(timezone.localtime())
        if path.exists():
            raise CommandError(f"{path} 已经存在，不覆盖。")
        manifest = write_backup(path)
        BackupRecord.objects.create(name=path.name, size=path.stat().st_size)
        rows = sum(entry["pieces"] for name, entry in manifest["files"].items() if name.startswith("tables/"))
        media = sum(name.startswith("media/") for name in manifest["files"])
        self.stdout.write(f"{path}：{rows} 行、{media} 个上传文件，已逐字节核对。")
