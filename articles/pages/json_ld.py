"""An article told to search engines; a review only where there was one."""

import re
from collections.abc import Callable

from django.utils import timezone
from django.utils.safestring import SafeString

from articles.models import Article
from articles.text import plain_text
from calculators.common.json_ld import data_block, publisher

SECTION = re.compile(r"<h2[^>]*>(.*?)</h2>(.*?)(?=<h2|\Z)", re.DOTALL)


def article_data(article: Article, page: dict, absolute: Callable[[str], str]) -> SafeString:
    """`page` is what articles.pages.article put together; `absolute` gives a path its host."""
    url = absolute(article.get_absolute_url())
    told = {
        "@type": "Article",
        "headline": article.title,
        "description": page["description"],
        "inLanguage": "zh-Hans",
        "datePublished": _moment(article.published_at),
        "dateModified": _moment(max(article.published_at, article.updated_at)),
        "articleSection": article.category.name,
        "keywords": [tag.name for tag in page["parts"].tags],
        "isAccessibleForFree": True,
        "author": publisher(),
        "publisher": publisher(),
        "citation": [str(source.document) for source in page["parts"].sources],
        "mainEntityOfPage": {"@type": "WebPage", "@id": url, "url": url, **_review(article)},
    }
    if page["card"]:
        told["image"] = absolute(page["card"])
    return data_block(told) + _questions(page["outline"])


def _questions(outline):
    """The article as questions with their answers, where its headings are questions: all of them, two at least."""
    sections = SECTION.findall(outline.html)
    if len(sections) < 2 or not all(heading.endswith(("？", "?")) for heading, _ in sections):
        return SafeString("")
    answered = [
        {
            "@type": "Question",
            "name": plain_text(heading),
            "acceptedAnswer": {"@type": "Answer", "text": plain_text(text)},
        }
        for heading, text in sections
    ]
    return data_block({"@type": "FAQPage", "mainEntity": answered})


def _moment(moment):
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _review(article):
    if not article.was_reviewed:
        return {}
    name = article.reviewer.get_full_name()
    reviewer = {"@type": "Person", "name": name} if name else publisher()
    return {"lastReviewed": article.reviewed_on.isoformat(), "reviewedBy": reviewer}
