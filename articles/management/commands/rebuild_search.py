"""Command rebuild_search: stale search rows written now, and all rows sent to the search backend that SEARCH_URL names."""

from django.core.management import BaseCommand

from articles.search import index
from articles.search.engine.backend import search_backend
from articles.search.tasks import index_everything


class Command(BaseCommand):
    help = "Write stale search rows, and send all rows to the search backend where SEARCH_URL names one."

    def add_arguments(self, parser):
        parser.add_argument(
            "--clear", action="store_true", help="empty the index first, as a new version of it demands"
        )

    def handle(self, **options):
        self.stdout.write(f"搜索数据重写了 {index.write_stale()} 篇。")
        if not search_backend().keeps_copy:
            return
        if options["clear"]:
            search_backend().clear()
        count = max(index_everything(), default=0)
        self.stdout.write(f"送到搜索引擎 {count} 篇。")
