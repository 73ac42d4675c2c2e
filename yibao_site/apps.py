from importlib import import_module

from django.apps import AppConfig


class YibaoSiteConfig(AppConfig):
    name = "yibao_site"
    verbose_name = "网站"

    def ready(self):
        import_module("yibao_site.page_cache.saying").connect()  # it reads models, which are ready only now
