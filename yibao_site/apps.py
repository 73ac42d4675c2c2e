"""App configurations of the project and of the admin. Receivers and Chinese names of libraries are set when models are ready."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.admin import apps as admin_apps

from yibao_site.admin_site.names import APP_NAMES, MODEL_NAMES


class YibaoSiteConfig(AppConfig):
    default = True
    name = "yibao_site"
    verbose_name = "网站"

    def ready(self):
        for label, name in APP_NAMES.items():
            apps.get_app_config(label).verbose_name = name
        for model in apps.get_models():
            if name := MODEL_NAMES.get(model.__name__):
                model._meta.verbose_name = model._meta.verbose_name_plural = name
        import_module("yibao_site.admin_site.boolean_icon").put_words()
        import_module("yibao_site.site_settings.reading").connect()
        if settings.BAIDU_PUSH_TOKEN or settings.INDEXNOW_KEY:
            changed = import_module("articles.signals").articles_changed
            changed.connect(import_module("yibao_site.search_engines.tasks").articles_were_changed)
        if settings.SENTRY_DSN:
            import_module("yibao_site.monitoring.error_reports").connect(settings.SENTRY_DSN)
        import_module("yibao_site.page_cache.invalidation").connect()  # it reads models, which are ready only now


class AdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "yibao_site.admin_site.site.AdminSite"
