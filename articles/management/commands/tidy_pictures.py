from django.core.files.storage import default_storage
from django.core.management import BaseCommand

from articles import cards
from articles.pictures import orphan_files


class Command(BaseCommand):
    help = "Delete files of the picture library that belong to no picture, and cards no article is passed on with."

    def handle(self, **options):
        orphans = [*orphan_files(), *cards.orphans()]
        for name in orphans:
            default_storage.delete(name)
        self.stdout.write(f"删除了 {len(orphans)} 个无主文件。")
