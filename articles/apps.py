from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "文章"

    def ready(self):
        """Say which articles a change of policy values touches; editing an article closes what was found about it."""
        from articles.fields import checks  # noqa: F401, PLC0415
        from articles.models import Article  # noqa: PLC0415 - models exist only now
        from articles.pages import invalidation, social_cards  # noqa: PLC0415
        from articles.related.signals import connect as connect_related  # noqa: PLC0415
        from articles.search import signals  # noqa: PLC0415
        from articles.tasks import draw_cards, refresh_related  # noqa: PLC0415
        from articles.workflow.value_impact import touched_articles  # noqa: PLC0415
        from calculators.publishing import impact  # noqa: PLC0415

        impact.finders.append(touched_articles)
        impact.closes_when_saved(Article)
        signals.connect()
        invalidation.connect()
        connect_related(refresh_related.enqueue)
        social_cards.connect(draw_cards.enqueue)
