"""The editors' office: Django's own admin under the site's name."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminSite(admin.AdminSite):
    site_header = "医保指南 编辑部"
    site_title = "医保指南"
    index_title = "工作台"
    enable_nav_sidebar = True


class AdminConfig(DjangoAdminConfig):
    default_site = "yibao_site.admin_site.AdminSite"
