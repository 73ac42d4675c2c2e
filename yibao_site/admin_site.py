"""Which site the admin's pages belong to; without models, for it is read before there are any."""

from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    default_site = "yibao_site.office.AdminSite"
