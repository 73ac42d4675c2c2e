"""Context of a page (单页): its text with today's figures, and nothing of what surrounds an article."""

from django.utils import timezone

from articles.models import Article
from articles.pages.article import article_page
from articles.pages.parts import parts_of


def page_context(article: Article) -> dict:
    return article_page(article, parts_of(article), timezone.localdate(), related=[]) | {"section": ""}
