"""What search engines are told: public pages only, with the day they really changed where that is known."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag

from articles.models import Article, Category
from calculators.models import Calculator, PolicyDocument, PoolingArea


class PageSitemap(Sitemap):
    def items(self):
        own = ["home", "about", "articles:list", "articles:glossary", "articles:corrections", "articles:feeds"]
        return [*own, "calculators:list", "calculators:areas"]

    def location(self, name):
        return reverse(name)


class ArticleSitemap(Sitemap):
    limit = 10_000

    def items(self):
        return Article.objects.published().newest().only("slug", "updated_at", "published_at")

    def lastmod(self, article):
        return max(article.published_at, article.updated_at)


class CategorySitemap(Sitemap):
    def items(self):
        return Category.objects.all()


class TagSitemap(Sitemap):
    limit = 10_000

    def items(self):
        public = Article.public_at(timezone.now(), prefix="article__")
        return Tag.objects.filter(public).distinct().order_by("pk")

    def location(self, tag):
        return reverse("articles:tag", args=[tag.slug])


class AreaSitemap(Sitemap):
    def items(self):
        return PoolingArea.objects.with_values()


class DocumentSitemap(Sitemap):
    limit = 10_000

    def items(self):
        return PolicyDocument.objects.order_by("pk")


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
