"""A public page: articles by whom they are written for."""

from django.shortcuts import render
from django.utils import timezone

from articles.models import Article
from calculators.common import page_keys


def audiences(request):
    """NEWEST_ARTICLES is invalidated by every save of a public article, and the field is stored by such a save."""
    page_keys.depends_on(page_keys.NEWEST_ARTICLES)
    noted = Article.objects.published(timezone.now()).exclude(reader_note=None).exclude(reader_note__audience="")
    articles = noted.select_related("reader_note").order_by("reader_note__audience", "title")
    return render(request, "example_app/audiences.html", {"articles": articles})
