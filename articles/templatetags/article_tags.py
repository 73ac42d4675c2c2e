"""Lists of articles, and the one place where articles appear on calculators' pages."""

from django import template
from django.urls import reverse
from django.utils.encoding import uri_to_iri

from articles.figures.references import unpack
from articles.figures.rendering import Figures
from articles.models import Article
from articles.pages.list_entries import EntryGroup, by_category, by_topic, entries
from articles.pictures import responsive
from calculators.models import PolicyDocument, PoolingArea

register = template.Library()


@register.simple_tag
def introduction(tag_page, on):
    """A tag's introduction with the policy values in force on `on` in place of its references."""
    html = tag_page.introduction
    return Figures([html], on, unpack(tag_page.references or {}, [html])).render(responsive(html))


@register.inclusion_tag("articles/_rows.html")
def article_list(articles, on, place=None):
    """Rows without headings; `place` is the code of the visitor's place, None for rows without figures."""
    return {"groups": [EntryGroup("", entries(articles, on, place=place))]}


@register.inclusion_tag("articles/_rows.html")
def article_groups(articles, on, place="", *, is_one_topic=False):
    """Rows under headings: by 栏目, in a list of one 栏目 by what they are about."""
    group = by_topic if is_one_topic else by_category
    return {"groups": group(entries(articles, on, place=place))}


@register.inclusion_tag("articles/_articles_about.html")
def articles_about(subject, on, limit=10, *, place=None, titles=False):
    """Articles on the page of a calculator, an area or a policy document, the newest first; `titles` without their summaries.

    Beside a calculator, which is for everywhere, those for everywhere come first, and of other places than the reader's
    `place` none at all where one is chosen.
    """
    heading, chosen = _about(subject, Article.objects.published(), place)
    if titles:
        return {"heading": heading, "titles": list(chosen.newest().only("title", "slug", "is_page")[:limit])}
    return {"heading": heading, "groups": [EntryGroup("", entries(chosen.for_list()[:limit], on))]}


def _about(subject, articles, place):
    if isinstance(subject, PoolingArea):
        return f"讲{subject}的文章", articles.in_area(subject).newest()
    if isinstance(subject, PolicyDocument):
        return "引用它的文章", articles.citing(subject).newest()
    return "相关文章", articles.about(subject).fitting_first({place.code, place.parent} if place else ())


@register.simple_tag
def tag_path(slug):
    """Path of a tag's page in its own characters, which a browser encodes: a hundred bytes less on an article."""
    return uri_to_iri(reverse("articles:tag", args=[slug]))


@register.simple_tag
def last_of(page):
    """The last article of a page."""
    return list(page.object_list)[-1]


@register.simple_tag
def which_page(listing):
    """For the title of a page of a list; nothing on the first."""
    if listing.number is None:
        return f"（{listing.before} 以前）"
    return f"（第 {listing.number} 页）" if listing.number > 1 else ""


@register.simple_tag
def list_query(listing):
    """What stands behind the list's address on this page of it."""
    if listing.number is None:
        return f"?before={listing.before}"
    return f"?page={listing.number}" if listing.number > 1 else ""


@register.simple_tag
def page_numbers(page):
    """1 … 4 5 6 … 20: the ends and the neighbours of the current page."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.simple_tag(takes_context=True)
def page_address(context, number):
    """This list's address at another page; page 1 has no number, so that it has one address only."""
    return _address(context["request"], **({"page": number} if number > 1 else {}))


@register.simple_tag(takes_context=True)
def older_address(context, before):
    """This list's address at the articles before that one."""
    return _address(context["request"], before=before)


def _address(request, **place):
    """Whatever else the query asks for stays; `page` and `before` are what says where one is."""
    query = request.GET.copy()
    for name in ("page", "before"):
        query.pop(name, None)
    query.update(place)
    return f"?{query.urlencode()}" if query else request.path
