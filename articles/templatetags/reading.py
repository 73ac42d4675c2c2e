"""What an article's page is made of, and the one place where articles appear on calculators' pages."""

import re
from dataclasses import dataclass

from django import template
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from articles import figures as policy_figures
from articles.models import Article
from articles.pictures import responsive
from articles.text import plain_text
from calculators.models import PolicyDocument, PoolingArea

register = template.Library()
CHARACTERS_A_MINUTE = 400
SUMMARY_BREAK = "\x1f"
HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """One article as a list shows it."""

    article: Article
    summary: str
    reason: str = ""


@dataclass(frozen=True)
class Heading:
    anchor: str
    text: str


@dataclass(frozen=True)
class Outline:
    """A body whose headings can be jumped to, and those headings."""

    html: SafeString
    headings: list[Heading]


@register.simple_tag
def figures(html, on):
    """The body with the policy values in force on `on` in place of its references, its pictures in every size."""
    return policy_figures.render(responsive(html), on)


@register.simple_tag
def outline(html):
    headings = []

    def anchored(match):
        heading = Heading(f"section-{len(headings) + 1}", strip_tags(match[1]))
        headings.append(heading)
        return format_html('<h2 id="{}">{}</h2>', heading.anchor, mark_safe(match[1]))  # noqa: S308 - sanitised body

    return Outline(mark_safe(HEADING.sub(anchored, html)), headings)  # noqa: S308 - sanitised body


@register.filter
def reading_minutes(html):
    return max(1, round(len(plain_text(html)) / CHARACTERS_A_MINUTE))


@register.simple_tag
def plain_summary(article, on):
    """The summary with figures as plain text, no longer than a search engine shows."""
    return Truncator(policy_figures.plain(article.summary, on)).chars(120)


@register.inclusion_tag("articles/_article_list.html")
def article_list(articles, on):
    return {"entries": _entries(articles, on)}


@register.inclusion_tag("articles/_related.html")
def related_reading(article, on):
    """大家还在看: up to ten entries of the stored list."""
    listed = list(article.related.readable()[:10])
    return {"entries": _entries([row.related for row in listed], on, [row.reason for row in listed])}


@register.inclusion_tag("articles/_articles_about.html")
def articles_about(subject, on, limit=10):
    """Articles on the page of a calculator, an area or a policy document."""
    heading, chosen = _about(subject, Article.objects.published())
    return {"heading": heading, "entries": _entries(chosen.for_list().newest()[:limit], on)}


def _about(subject, articles):
    if isinstance(subject, PoolingArea):
        return f"讲{subject}的文章", articles.in_area(subject)
    if isinstance(subject, PolicyDocument):
        return "引用它的文章", articles.citing(subject)
    return "相关文章", articles.about(subject)


def _entries(articles, on, reasons=()):
    """Summaries may hold references too; all of a list are resolved at once."""
    articles = list(articles)
    summaries = policy_figures.plain(SUMMARY_BREAK.join(article.summary for article in articles), on)
    reasons = reasons or [""] * len(articles)
    return [Entry(*entry) for entry in zip(articles, summaries.split(SUMMARY_BREAK), reasons, strict=False)]


@register.simple_tag
def page_numbers(page):
    """1 … 4 5 6 … 20: the ends and the neighbours of the current page."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.simple_tag(takes_context=True)
def page_address(context, number):
    """This list's address at another page; page 1 has no number, so that it has one address only."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    if number > 1:
        query["page"] = number
    return f"?{query.urlencode()}" if query else context["request"].path
