"""Command that writes a backup: manage.py backup [PATH]."""

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from yibao_site.backup.archive import DamagedBackup, write_backup
from yibao_site.models import BackupRecord


class Command(BaseCommand):
    help = "Back up database and uploads into one checked file, while the site runs."

    def add_arguments(self, parser):
        parser.add_argument("path", nargs="?", type=Path, help="default: DATA_DIR/backups/yibao-<time>.zip")

    def handle(self, *, path, **options):
        path = path or settings.DATA_DIR / "backups" / f"yibao-{timezone.localtime():%Y%m%d-%H%M%S}.zip"
        if path.exists():
            raise CommandError(f"{path} 已经存在，不覆盖。")
        try:
            manifest = write_backup(path)
        except DamagedBackup as error:
            raise CommandError(f"备份没有写好：{error}") from error
        BackupRecord.objects.create(name=path.name, size=path.stat().st_size)
        rows = sum(entry["pieces"] for name, entry in manifest["files"].items() if name.startswith("tables/"))
        media = sum(name.startswith("media/") for name in manifest["files"])
        self.stdout.write(f"{path}：{rows} 行、{media} 个上传文件，已逐字节核对。")
