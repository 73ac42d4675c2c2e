"""Command publish_due: scheduled publishing and expiry, once."""

from django.core.management import BaseCommand

from articles.workflow.scheduling import run_due


class Command(BaseCommand):
    help = "Publish, update and take down what has fallen due. Safe to run as often as wanted."

    def handle(self, **options):
        for event in run_due():
            self.stdout.write(f"{event.article}：{event}")
