"""Command that loads or removes the demo content: manage.py demo load | remove."""

from django.core.management import BaseCommand

from yibao_site.demo import load_demo_again, remove_demo


class Command(BaseCommand):
    help = "Load the demo content of which nothing exists, or remove what nobody has edited of it."

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["load", "remove"])

    def handle(self, *, action, **options):
        if action == "load":
            for kind, count in load_demo_again().items():
                self.stdout.write(f"{kind}：{f'载入 {count} 条' if count else '已有内容，未改动'}")
            return
        removed, edited = remove_demo()
        self.stdout.write(f"删除了 {removed} 条没有人改过的示范文章和名词解释；政策数值和计算器都留着。")
        if edited:
            self.stdout.write(f"有人改过、留下的 {len(edited)} 条：{'；'.join(edited)}")
