"""Sitemaps: public pages only, each with the day on which what it is about really changed, where that is known."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from articles.models import Article, Category, Correction
from calculators.models import Calculator, PolicyDocument, PoolingArea
from calculators.policies.last_modified import areas_changed_on, documents_changed_on


def newest_change(prefix=""):
    """Two aggregates; the later one is when one of the public articles behind `prefix` changed last."""
    public = Article.public_at(timezone.now(), prefix=prefix)
    appeared, edited = (Max(f"{prefix}{name}", filter=public) for name in ("published_at", "updated_at"))
    return {"appeared": appeared, "edited": edited}


def later(moments):
    return max(filter(None, moments), default=None)


class LatestOfItems(Sitemap):
    def get_latest_lastmod(self):
        """Django gives up where one page of many has no day."""
        return later(self.lastmod(item) for item in self.items())


class PageSitemap(LatestOfItems):
    def items(self):
        own = ["home", "about", "articles:list", "articles:glossary", "articles:corrections", "articles:feeds"]
        texts = Article.objects.pages().exclude(slug="about").order_by("slug")
        return [*own, "calculators:list", "calculators:areas", *texts]

    def location(self, name):
        return name.get_absolute_url() if isinstance(name, Article) else reverse(name)

    def lastmod(self, name):
        if isinstance(name, Article):
            return _day(name.updated_at)
        if name in {"home", "articles:list"}:
            return _day(later(Article.objects.aggregate(**newest_change()).values()))
        if name == "articles:corrections":
            return Correction.objects.public().aggregate(day=Max("day"))["day"]
        if name == "calculators:list":
            return _day(Calculator.objects.live().aggregate(at=Max("live_since"))["at"])
        return None


def _day(moment):
    return moment and timezone.localdate(moment)


class ArticleSitemap(Sitemap):
    limit = 10_000

    def items(self):
        return Article.objects.published().newest().only("slug", "is_page", "updated_at", "published_at")

    def lastmod(self, article):
        return max(article.published_at, article.updated_at)

    def get_latest_lastmod(self):
        """Asked of the database: there may be a hundred thousand articles."""
        return later(Article.objects.aggregate(**newest_change()).values())


class ListSitemap(LatestOfItems):
    """Pages that list articles: each changes with its articles."""

    limit = 10_000

    def lastmod(self, listed):
        return later((listed.appeared, listed.edited))


class CategorySitemap(ListSitemap):
    def items(self):
        return Category.objects.of_articles().exclude(slug="").annotate(**newest_change("articles__")).order_by("pk")


class TagSitemap(ListSitemap):
    def items(self):
        change = newest_change("article__")
        return Tag.objects.exclude(slug="").annotate(**change).filter(appeared__isnull=False).order_by("pk")

    def location(self, tag):
        return reverse("articles:tag", args=[tag.slug])


class AreaSitemap(LatestOfItems):
    def items(self):
        self.days = areas_changed_on(timezone.localdate())
        return PoolingArea.objects.with_values().with_ancestors()

    def lastmod(self, area):
        return later(self.days.get(one.pk) for one in area.chain())


class DocumentSitemap(LatestOfItems):
    limit = 10_000

    def items(self):
        self.days = documents_changed_on(timezone.localdate())
        return PolicyDocument.objects.accepted().order_by("pk")

    def lastmod(self, document):
        return self.days.get(document.pk)


class CalculatorSitemap(Sitemap):
    def items(self):
        return Calculator.objects.live()

    def lastmod(self, calculator):
        return calculator.live_since


SITEMAPS = {
    "pages": PageSitemap,
    "articles": ArticleSitemap,
    "categories": CategorySitemap,
    "tags": TagSitemap,
    "areas": AreaSitemap,
    "documents": DocumentSitemap,
    "calculators": CalculatorSitemap,
}
