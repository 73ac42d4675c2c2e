"""Views of articles: the article, lists by category, tag and area, search and its suggestions."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control

from articles.models import Article, Category
from articles.pages.area_filter import Nearby, nearby
from articles.pages.article import article_page
from articles.pages.facets import asked_place, list_facets
from articles.pages.json_ld import article_data
from articles.pages.most_helpful import often_asked
from articles.pages.page import page_context
from articles.pages.pagination import cut
from articles.pages.parts import parts_of
from articles.pages.social_cards import card_url
from articles.renditions.article_page import kept_page
from articles.search.forms import MAX_QUERY_LENGTH
from articles.search.page import search_page
from articles.search.suggestions import suggestions
from articles.tags import public_tag
from calculators.common import page_keys
from calculators.library.places import shipped_places
from calculators.models import PoolingArea
from calculators.policies.glance import glance
from calculators.preferences import read_choice
from calculators.question_answering import lookups
from calculators.values.conditions import PERSON_DIMENSION

DEFAULT_PERSON = "in_service"


def article_list(request):
    page_keys.depends_on(page_keys.NEWEST_ARTICLES)
    near = nearby(request)
    listing = cut(near.narrow, request.GET, name=(request.path, near))
    facets = list_facets(near, None, request.path)
    return _show(request, "articles/article_list.html", listing, facets=facets, **_near(near, listing))


def category(request, slug):
    near, here = nearby(request), asked_place(request)
    narrow = _narrowing(near, here)
    listing = cut(
        lambda articles: narrow(articles.filter(category__slug=slug)), request.GET, name=(request.path, near, here)
    )
    category = _subject(listing, "category", Category.objects, slug=slug)
    page_keys.depends_on(page_keys.category(category.pk), page_keys.articles_in_category(category.pk))
    context = {"category": category, "here": here, "is_one_topic": True}
    context["facets"] = list_facets(near, here, request.path, category=category)
    return _show(request, "articles/category.html", listing, **context, **_near(near, listing))


def tag(request, slug):
    tag = public_tag(slug, timezone.now())
    page_keys.depends_on(page_keys.tag(tag.pk))
    near, here = nearby(request), asked_place(request)
    narrow = _narrowing(near, here)
    listing = cut(
        lambda articles: narrow(articles.tagged(tag)),
        request.GET,
        walk=lambda articles: narrow(articles.carrying(tag)),
        name=(request.path, near, here),
    )
    named = next((place for place in shipped_places() if place.short_name == tag.name), None)
    context = {"tag": tag, "named_place": named, "here": here}
    context["facets"] = [] if named else list_facets(near, here, request.path, has_topics=False)
    context |= _brief(named, read_choice(request).person) if named else {}
    return _show(request, "articles/tag.html", listing, **context, **_near(near, listing))


def area(request, code):
    listing = cut(lambda articles: articles.filter(area__code=code), request.GET, name=request.path)
    area = _subject(listing, "area", PoolingArea.objects, code=code)
    page_keys.depends_on(page_keys.area(area.pk), page_keys.articles_in_area(area.pk))
    facets = list_facets(Nearby(read_choice(request).area), area, reverse("articles:list"))
    return _show(request, "articles/area_articles.html", listing, area=area, here=area, facets=facets, section="areas")


@cache_control(private=True, no_cache=True)  # its page keys are not complete: never kept
def search(request):
    choice = read_choice(request)
    page = search_page(request.GET, timezone.now(), choice.area, choice.person)
    asked = [] if page.form.text else often_asked()
    context = {"found": page, "query": page.form.text, "often_asked": asked, "choice": choice, "section": "search"}
    return _show(request, "articles/search.html", page.listing, **context)


def suggest(request):
    """What could be meant by the beginning of a query, as JSON."""
    typed = request.GET.get("q", "")[:MAX_QUERY_LENGTH]
    return JsonResponse({"suggestions": suggestions(typed, timezone.now(), read_choice(request).area)})


def article(request, slug):
    return kept_page(request, slug, lambda: _article(request, slug))


def _article(request, slug):
    article = Article.objects.readable().filter(slug=slug).first()
    if article is None:
        return gone(request, get_object_or_404(Article.objects.withdrawn(), slug=slug, is_page=False))
    page = article_page(article, parts_of(article), timezone.localdate(), choice=read_choice(request))
    page["card"] = card_url(article)
    page["structured"] = article_data(article, page, request.build_absolute_uri)
    return render(request, "articles/article.html", page)


def page(request, slug):
    """A page (单页) such as 隐私说明, at its own address below the root."""
    article = Article.objects.pages().filter(slug=slug).first()
    if article is None:
        return gone(request, get_object_or_404(Article.objects.withdrawn(), slug=slug, is_page=True))
    return render(request, "articles/page.html", page_context(article))


def gone(request, article):
    """410: what was public here is not coming back."""
    return render(request, "410.html", {"article": article}, status=410)


def _show(request, template, listing, **context):
    common = {"listing": listing, "on": timezone.localdate(), "section": "articles", "place_code": ""}
    return render(request, template, common | context)


def _brief(place, person):
    """The figures of a place in a few sentences, for the visitor's 身份; for people at work where none is chosen."""
    area = lookups.area(place.code)
    person = person or DEFAULT_PERSON
    names = lookups.words().names.get(PERSON_DIMENSION, {})
    return {"brief": glance(area, person, timezone.localdate()), "whom": names.get(person, "")} if area else {}


def _near(near, listing):
    return {"nearby": near, "place": near.place(listing.object_list), "place_code": near.code}


def _narrowing(near, here):
    """What the visitor asked for comes before what the visitor chose."""
    return (lambda articles: articles.filter(area=here)) if here else near.narrow


def _subject(listing, name, queryset, **named):
    """What a list is of: it came along with its first article, and is looked up only where there is none."""
    first = next(iter(listing.object_list), None)
    return getattr(first, name) if first else get_object_or_404(queryset, **named)
