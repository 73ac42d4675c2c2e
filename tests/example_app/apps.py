"""App configuration: what the app adds is registered when models are ready."""

from pathlib import Path

from django.apps import AppConfig

CALCULATORS = Path(__file__).parent / "calculators"


class ExampleAppConfig(AppConfig):
    name = "tests.example_app"
    verbose_name = "示例应用"

    def ready(self):
        from articles import fields  # noqa: PLC0415 - models exist only now
        from articles.sitemaps import SITEMAPS  # noqa: PLC0415
        from articles.workflow import worklist  # noqa: PLC0415
        from tests.example_app.models import ReaderNote  # noqa: PLC0415
        from tests.example_app.sitemaps import AudienceSitemap  # noqa: PLC0415
        from tests.example_app.worklist import WITHOUT_AUDIENCE, unused_audiences  # noqa: PLC0415
        from yibao_site import demo  # noqa: PLC0415
        from yibao_site.admin_site.worklist import register  # noqa: PLC0415

        fields.register(fields.RelatedColumn("audience", "写给谁", ReaderNote))
        worklist.WORK["without_audience"] = WITHOUT_AUDIENCE
        register(unused_audiences)
        SITEMAPS["audiences"] = AudienceSitemap
        demo.register_calculators("示例应用的计算器", CALCULATORS)
