"""Worklist entries: articles of which nobody has said for whom they are, and notes of articles that are not public."""

from django.db.models import Q
from django.urls import reverse

from articles.models import Article
from articles.workflow.worklist import Work
from tests.example_app.models import ReaderNote
from yibao_site.admin_site.worklist import WorklistEntry


def _without_audience(user, now):
    noted = ReaderNote.objects.exclude(audience="").values("article")
    return Article.public_at(now) & ~Q(pk__in=noted)


WITHOUT_AUDIENCE = Work("没说写给谁", "在“更多”里写一句，或者不写、让它留在这里。", _without_audience)


def unused_audiences(user, now):
    """Any count with an address; this one is of rows that are no articles."""
    if user.has_perm("articles.change_article"):
        count = ReaderNote.objects.exclude(audience="").exclude(article__in=Article.objects.published(now)).count()
        url = reverse("admin:articles_article_changelist")
        yield WorklistEntry("写给谁已填、文章没上线", count, url, "上线或者删掉。")
