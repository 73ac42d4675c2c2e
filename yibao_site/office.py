"""The editors' office: Django's own admin under the site's name, with the worklist as its first page."""

from django.contrib import admin
from django.utils import timezone

from yibao_site import worklist


class AdminSite(admin.AdminSite):
    site_header = "医保指南 编辑部"
    site_title = "医保指南"
    index_title = "工作台"
    index_template = "admin/worklist.html"
    enable_nav_sidebar = True

    def index(self, request, extra_context=None):
        entries = worklist.entries(request.user, timezone.now())
        waiting = [entry for entry in entries if entry.count]
        done = [entry for entry in entries if not entry.count]
        return super().index(request, (extra_context or {}) | {"waiting": waiting, "done": done})
