from pathlib import Path

from django.core.management import BaseCommand, CommandError

from yibao_site.backup.archive import Damaged, check
from yibao_site.backup.restore import Newer, NotEmpty, NotTheSame, restore


class Command(BaseCommand):
    help = "Restore a backup into an empty database and an empty uploads folder; nothing is ever overwritten."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--check", action="store_true", help="only read the backup and compare it with its checksums"
        )

    def handle(self, *, path, **options):
        try:
            manifest = check(path) if options["check"] else restore(path)
        except Damaged as error:
            raise CommandError(f"备份已损坏，没有写入任何内容：{error}") from error
        except NotEmpty as error:
            raise CommandError(f"目标不是空的，没有写入任何内容：{error}") from error
        except Newer as error:
            raise CommandError(f"备份来自更新的版本，没有写入任何内容：{error}") from error
        except NotTheSame as error:
            raise CommandError(f"恢复没有完成，只建了空表；请换一个空数据库再试：{error}") from error
        done = "完好" if options["check"] else "已恢复，每一行都与备份一致"
        self.stdout.write(f"{path}（{manifest['made']}）{done}。")
