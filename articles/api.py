"""API endpoints of public articles, read-only: a list, newest first, and one article with its figures of today."""

from datetime import datetime

from django.http import Http404
from django.utils import timezone
from ninja import Field, Router, Schema

from articles.models import Article
from articles.pages.article import article_page
from articles.pages.list_entries import entries
from articles.pages.pagination import cut
from articles.pages.parts import parts_of
from calculators.api.calculators import ERROR_RESPONSES

router = Router(tags=["文章"])


class ArticleSummary(Schema):
    slug: str
    title: str
    summary: str
    url: str
    category: str
    area: str = Field("", description="只讲一个地方的，那里的六位代码。")
    published: datetime
    updated: datetime


class ArticleList(Schema):
    articles: list[ArticleSummary]
    next: str = Field("", description="下一页的网址；空的是没有了。")


class ArticleDocument(Schema):
    title: str
    number: str
    issuer: str
    url: str


class RelatedSummary(Schema):
    slug: str
    title: str
    reason: str


class ArticleDetail(ArticleSummary):
    html: str = Field(description="正文，数值已换成今天的。")
    on: str = Field(description="正文里的数值是哪一天的。")
    tags: list[str]
    documents: list[ArticleDocument]
    related: list[RelatedSummary] = Field(description="大家还在看。")


@router.get("/", response={200: ArticleList} | ERROR_RESPONSES, summary="文章，新的在前")
def article_list(request, category: str = "", area: str = "", tag: str = "", page: str = "1"):
    """category 是栏目的网址名，area 是六位代码，tag 是标签的名称。每页 50 篇。"""
    asked = {"category__slug": category, "area__code": area, "tags__name": tag}
    filters = {field: text for field, text in asked.items() if text}
    listing = cut(lambda articles: articles.filter(**filters), request.GET)
    shown = entries(listing.object_list, timezone.localdate())
    return {
        "articles": [_summary(request, entry.article, entry.summary) for entry in shown],
        "next": _next(request, listing),
    }


@router.get("/{slug}/", response={200: ArticleDetail} | ERROR_RESPONSES, summary="一篇文章")
def article_detail(request, slug: str):
    article = Article.objects.readable().filter(slug=slug).first()
    if article is None:
        raise Http404(f"没有网址名为“{slug}”的文章。")
    on = timezone.localdate()
    page = article_page(article, parts_of(article), on)
    related = (entry for _, group in page["related"] for entry in group)
    return _summary(request, article, page["description"]) | {
        "html": page["body"].html,
        "on": on.isoformat(),
        "tags": [tag.name for tag in page["parts"].tags],
        "documents": [_document(source.document) for source in page["parts"].sources],
        "related": [
            {"slug": entry.article.slug, "title": entry.article.title, "reason": entry.reason} for entry in related
        ],
    }


def _summary(request, article, summary):
    return {
        "slug": article.slug,
        "title": article.title,
        "summary": summary,
        "url": request.build_absolute_uri(article.get_absolute_url()),
        "category": article.category.name,
        "area": article.area.code if article.area else "",
        "published": article.published_at,
        "updated": max(article.published_at, article.updated_at),
    }


def _document(document):
    return {name: getattr(document, name) for name in ("title", "number", "issuer", "url")}


def _next(request, listing):
    """The address of the page after this one; long lists go on article by article."""
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("before", None)
    if getattr(listing, "older", None):
        query["before"] = listing.older
    elif listing.number and listing.has_next():
        query["page"] = listing.next_page_number()
    elif listing.number and listing.paginator.is_longer:
        query["before"] = listing.object_list[len(listing.object_list) - 1].pk
    else:
        return ""
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
