"""App configuration: connects the signal receivers of articles and names what a change of values touches."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "文章"

    def ready(self):
        """Say which articles a change of policy values touches, and connect what follows from a change of articles."""
        from articles.fields import checks  # noqa: F401, PLC0415
        from articles.pages import invalidation, social_cards  # noqa: PLC0415 - models exist only now
        from articles.related.signals import connect as connect_related  # noqa: PLC0415
        from articles.renditions import key_states  # noqa: PLC0415
        from articles.search.signals import connect as connect_search  # noqa: PLC0415
        from articles.signals import articles_changed  # noqa: PLC0415
        from articles.tasks import check_examples, draw_cards, refresh_related, write_stale_rows  # noqa: PLC0415
        from articles.workflow import example_check, permissions  # noqa: PLC0415
        from articles.workflow.value_impact import close_findings, touched_articles  # noqa: PLC0415
        from calculators.models import finding  # noqa: PLC0415
        from calculators.publishing import impact  # noqa: PLC0415

        impact.finders.append(touched_articles)
        finding.changeable["articles.article"] = permissions.editable_by
        connect_search(write_stale_rows.enqueue)
        invalidation.connect()
        key_states.connect()
        connect_related(refresh_related.enqueue)
        social_cards.connect(draw_cards.enqueue)
        example_check.connect(check_examples.enqueue)
        articles_changed.connect(close_findings)
