from importlib import import_module

from django.apps import AppConfig, apps

from yibao_site.office_words import APPS


class YibaoSiteConfig(AppConfig):
    name = "yibao_site"
    verbose_name = "网站"

    def ready(self):
        for label, name in APPS.items():
            apps.get_app_config(label).verbose_name = name
        import_module("yibao_site.page_cache.saying").connect()  # it reads models, which are ready only now
