"""Atom feeds of everything, and of one category, tag or area."""

from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Category
from articles.pages.list_entries import entries
from articles.tags import public_tag
from calculators.common import page_keys
from calculators.common.atom import AtomFeed
from calculators.common.site_identity import site_name
from calculators.models import PoolingArea

ARTICLES_A_FEED = 20


class ArticleFeed(Feed):
    feed_type = AtomFeed
    language = "zh-Hans"

    def title(self, subject=None):
        return f"{site_name()}：{subject or '最新文章'}"

    def subtitle(self, subject=None):
        return f"关于{subject}的新文章" if subject else "新发布的医保文章"

    def link(self, subject=None):
        return subject.get_absolute_url() if subject else reverse("articles:list")

    def items(self, subject=None):
        return entries(self.articles(subject).for_list().newest()[:ARTICLES_A_FEED], timezone.localdate())

    def articles(self, subject):
        if subject is None:
            page_keys.depends_on(page_keys.NEWEST_ARTICLES)
        return Article.objects.published()

    def item_title(self, entry):
        return entry.article.title

    def item_link(self, entry):
        return entry.article.get_absolute_url()

    def item_description(self, entry):
        return entry.summary

    def item_pubdate(self, entry):
        return entry.article.published_at

    def item_updateddate(self, entry):
        return max(entry.article.published_at, entry.article.updated_at)

    def item_categories(self, entry):
        return [entry.article.category.name]


class CategoryFeed(ArticleFeed):
    def get_object(self, request, slug):
        category = get_object_or_404(Category, slug=slug)
        page_keys.depends_on(page_keys.category(category.pk))
        return category

    def articles(self, subject):
        return super().articles(subject).in_category(subject)


class TagFeed(ArticleFeed):
    def get_object(self, request, slug):
        tag = public_tag(slug, timezone.now())
        page_keys.depends_on(page_keys.tag(tag.pk))
        return tag

    def link(self, subject):
        return reverse("articles:tag", args=[subject.slug])

    def articles(self, subject):
        return super().articles(subject).tagged(subject)


class AreaFeed(ArticleFeed):
    def get_object(self, request, code):
        area = get_object_or_404(PoolingArea, code=code)
        page_keys.depends_on(page_keys.area(area.pk))
        return area

    def articles(self, subject):
        return super().articles(subject).in_area(subject)
