"""Command that loads or removes the demo content: manage.py demo load | remove."""

from django.core.management import BaseCommand

from yibao_site.demo import load_demo_again, loaded_lines, remove_demo


class Command(BaseCommand):
    help = "Load the demo content of which nothing exists, or remove what nobody has edited of it."

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["load", "remove"])

    def handle(self, *, action, **options):
        if action == "load":
            for line in loaded_lines(load_demo_again()):
                self.stdout.write(line)
            return
        removed, edited = remove_demo()
        self.stdout.write(f"删除了 {removed} 条没有人改过的示范文章和名词解释；政策数值和计算器都留着。")
        if edited:
            self.stdout.write(f"有人改过、留下的 {len(edited)} 条：{'；'.join(edited)}")
