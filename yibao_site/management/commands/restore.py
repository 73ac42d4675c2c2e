"""Command that restores or verifies a backup: manage.py restore PATH [--check]."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from yibao_site.backup.archive import DamagedBackup, verify_backup
from yibao_site.backup.restore import NewerBackup, RestoreMismatch, TargetNotEmpty, restore_backup


class Command(BaseCommand):
    help = "Restore a backup into an empty database and an empty uploads folder; nothing is ever overwritten."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--check", action="store_true", help="only read the backup and compare it with its checksums"
        )

    def handle(self, *, path, **options):
        try:
            manifest = verify_backup(path) if options["check"] else restore_backup(path)
        except DamagedBackup as error:
            raise CommandError(f"备份已损坏，没有写入任何内容：{error}") from error
        except TargetNotEmpty as error:
            raise CommandError(f"目标不是空的，没有写入任何内容：{error}") from error
        except NewerBackup as error:
            raise CommandError(f"备份来自更新的版本，没有写入任何内容：{error}") from error
        except RestoreMismatch as error:
            raise CommandError(f"恢复没有完成，只建了空表；请换一个空数据库再试：{error}") from error
        done = "完好" if options["check"] else "已恢复，每一行都与备份一致"
        self.stdout.write(f"{path}（{manifest['made']}）{done}。")
