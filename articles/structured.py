"""An article told to search engines; a review only where there was one."""

from django.utils import timezone
from django.utils.safestring import SafeString

from articles.models import Article
from articles.parts import Parts
from calculators.json_ld import PUBLISHER, data_block


def article_data(article: Article, parts: Parts, description: str, url: str) -> SafeString:
    return data_block(
        {
            "@type": "Article",
            "headline": article.title,
            "description": description,
            "inLanguage": "zh-Hans",
            "datePublished": _moment(article.published_at),
            "dateModified": _moment(max(article.published_at, article.updated_at)),
            "articleSection": article.category.name,
            "keywords": [tag.name for tag in parts.tags],
            "isAccessibleForFree": True,
            "author": PUBLISHER,
            "publisher": PUBLISHER,
            "citation": [_document(source) for source in parts.sources],
            "mainEntityOfPage": {"@type": "WebPage", "@id": url, "url": url, **_review(article)},
        }
    )


def _moment(moment):
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _document(source):
    document = source.document
    address = {"url": document.url} if document.url else {}
    return {"@type": "CreativeWork", "name": str(document), **address}


def _review(article):
    if article.reviewed_on is None:
        return {}
    name = article.reviewer.get_full_name() if article.reviewer else ""
    reviewer = {"@type": "Person", "name": name} if name else PUBLISHER
    return {"lastReviewed": article.reviewed_on.isoformat(), "reviewedBy": reviewer}
