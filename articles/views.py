from django.core.paginator import EmptyPage, InvalidPage, Paginator
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from taggit.models import Tag

from articles.models import Article, ArticleSource, Category
from calculators.made_of import note
from calculators.models import Calculator, PoolingArea

ARTICLES_A_PAGE = 20
LONGEST_QUERY = 100


class NoSuchPage(Http404):
    """The message is a sentence for the reader."""


def public_articles():
    return Article.objects.published().for_list().newest()


def readable_articles():
    """Public articles with everything their own page shows."""
    sources = Prefetch("sources", ArticleSource.objects.select_related("document"))
    return (
        Article.objects.published()
        .select_related("category", "area", "reviewer")
        .prefetch_related(sources, "tags", "corrections")
    )


def article_list(request):
    note("articles")
    return _listing(request, "articles/article_list.html", public_articles())


def category(request, slug):
    category = get_object_or_404(Category, slug=slug)
    note(f"category:{category.pk}")
    return _listing(request, "articles/category.html", public_articles().in_category(category), category=category)


def tag(request, slug):
    tag = get_object_or_404(Tag.objects.select_related("page"), slug=slug)
    note(f"tag:{tag.pk}")
    return _listing(request, "articles/tag.html", public_articles().tagged(tag), tag=tag)


def area(request, code):
    area = get_object_or_404(PoolingArea, code=code)
    articles = public_articles().in_area(area)
    note(f"area:{area.pk}")
    return _listing(request, "articles/area_articles.html", articles, area=area, section="areas")


def search(request):
    query = " ".join(request.GET.get("q", "").split())[:LONGEST_QUERY]
    articles = public_articles().containing(query) if query else Article.objects.none()
    return _listing(request, "articles/search.html", articles, query=query, section="search")


def article(request, slug):
    article = get_object_or_404(readable_articles(), slug=slug)
    note(f"article:{article.pk}", f"category:{article.category_id}", *(f"tag:{tag.pk}" for tag in article.tags.all()))
    context = {
        "article": article,
        "calculators": Calculator.objects.live().filter(articles=article),
        "on": timezone.localdate(),
        "section": "articles",
    }
    return render(request, "articles/article.html", context)


def _listing(request, template, articles, **context):
    listing = _page(articles, request.GET.get("page", "1"))
    common = {"listing": listing, "on": timezone.localdate(), "section": "articles"}
    return render(request, template, common | context)


def _page(articles, number):
    """Page `number` of the list. Raises NoSuchPage."""
    paginator = Paginator(articles, ARTICLES_A_PAGE)
    try:
        return paginator.page(number)
    except EmptyPage as error:
        raise NoSuchPage(f"这个列表一共 {paginator.num_pages} 页，没有第 {number} 页。") from error
    except InvalidPage as error:
        raise NoSuchPage("页码应该是一个整数。") from error
