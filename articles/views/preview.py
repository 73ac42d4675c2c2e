"""An unpublished text as it will stand on the page on a chosen day, by a link that needs no account and expires."""

from datetime import date, timedelta

from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET
from taggit.models import Tag

from articles.models import Article, RelatedArticle, Version
from articles.pages.article import article_page
from articles.pages.parts import Parts, minutes
from articles.pictures import pictures_in
from articles.views import draft_related
from articles.workflow import snapshot, steps
from calculators.models import Calculator

SALT = "articles.preview"
LINK_LIFETIME = timedelta(days=7)


class Expired(Http404):
    """The message is a sentence for the reader."""


def link(article: Article, on: date) -> str:
    """The address of the newest text of this article as of a day, good for LINK_LIFETIME. What it would have beside it is asked for."""
    version = steps.newest(article)
    what = {"article": article.pk, "version": version.number if version else None, "on": on.isoformat()}
    if not article.is_approved:
        what["related"] = draft_related.ask(snapshot.content_of(version, article), article.pk)
    return reverse("articles:preview", args=[signing.dumps(what, salt=SALT, compress=True)])


@require_GET
def preview(request, token):
    page = page_of(*_opened(token))
    is_page = page["article"].category.holds_pages
    response = render(request, "articles/preview_of_page.html" if is_page else "articles/preview.html", page)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response


def page_of(article: Article, content: dict, on: date, related: list[RelatedArticle] | None = None) -> dict:
    """The page of an article as this content would make it; of one that is not stored yet, with no other related reading."""
    if related is None and article.pk is None:
        related = []
    return article_page(_shown(article, content), _parts(article, content), on, related)


def newest_content(article: Article) -> dict:
    return snapshot.content_of(steps.newest(article), article)


def _opened(token):
    """The article, content, day and related reading of a link. Raises Expired."""
    try:
        what = signing.loads(token, salt=SALT, max_age=LINK_LIFETIME)
    except signing.BadSignature as error:
        raise Expired("这个预览链接已过期或不完整，请找给你链接的编辑再要一个。") from error
    article = get_object_or_404(Article.objects.select_related("category", "area"), pk=what["article"])
    version = Version.objects.filter(article=article, number=what["version"]).first()
    content = snapshot.content_of(version, article)
    related = draft_related.answer(what["related"]) if what.get("related") else None
    return article, content, date.fromisoformat(what["on"]), related


def _shown(article, content):
    """The article in memory with the texts of this content."""
    snapshot.show_in(article, content)
    article.published_at = article.published_at or timezone.now()
    return article


def _parts(article, content):
    """What the page shows besides, as this content has it: nothing of a text nobody may read yet is stored."""
    return Parts(
        tags=list(Tag.objects.filter(name__in=content["tags"])),
        sources=snapshot.sources_of(article, content),
        corrections=list(article.corrections.all()) if article.pk else [],
        calculators=list(Calculator.objects.as_published().filter(pk__in=content["calculators"])),
        pictures=pictures_in(content["body"]),
        minutes=minutes(content["body"]),
    )
