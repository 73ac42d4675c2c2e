"""Command that examines the site: manage.py doctor. Its exit code is 1 where something is wrong."""

import sys

from django.conf import settings
from django.core.management import BaseCommand

from yibao_site import VERSION
from yibao_site.monitoring.doctor import FAULT, examine


class Command(BaseCommand):
    help = "Check hosts, HTTPS, proxy, mail, disk, database, worker, backup and cache; say what to do."
    requires_system_checks = []  # a site that is set up wrongly is what it is for

    def handle(self, **options):
        self.stdout.write(
            f"程序版本 {VERSION}，数据在 {settings.DATA_DIR}。按运行这个命令时的环境变量检查，要和网站的一样。"
        )
        found = list(examine())
        for diagnosis in found:
            self.stdout.write(f"[{diagnosis.verdict}] {diagnosis.subject}：{diagnosis.sentence}")
        faults = sum(diagnosis.verdict == FAULT for diagnosis in found)
        self.stdout.write(f"{faults} 处有问题。" if faults else "没有发现问题。")
        sys.exit(1 if faults else 0)
