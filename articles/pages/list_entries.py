"""Entries of a list of articles: title, one line, place and key figure; and the headings under which they stand.

A list of everything is grouped by 栏目. A list of one 栏目 is grouped by what its articles are about: the tag that most
of them share makes a group, then the tag that most of the others share. Nothing is grouped by hand.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from articles.figures.grammar import find, is_example
from articles.figures.key_figure import KeyFigure, compared_reference, key_figure, key_reference
from articles.figures.references import pack, read, unpack
from articles.figures.rendering import Figures
from articles.models import Article
from articles.text import split_tags
from calculators.common import page_keys
from calculators.library.places import shipped_places

MIN_GROUP, MIN_GROUPED = 3, 8  # articles under one heading; in a list, for it to have headings
MAX_SHARE = 0.6  # of a list; what nearly all are about tells nothing
OTHERS = "其他问题"


@dataclass(frozen=True)
class ArticleEntry:
    """One article as a list shows it."""

    article: Article
    summary: str = ""
    reason: str = ""
    figure: KeyFigure | None = None


@dataclass(frozen=True)
class EntryGroup:
    """Entries under one heading; no heading where the list is short. `url` is the page of the heading's own."""

    heading: str
    entries: tuple[ArticleEntry, ...]
    url: str = ""


def entries(articles: Iterable[Article], on: date, *, place: str | None = None) -> list[ArticleEntry]:
    """Articles as a list shows them. At most one query for all figures, where their pages came along.

    With `place`, the code of the visitor's, or "", each has its key figure: of its own place, or of the visitor's.
    What a text says of the whole nation first is seldom what it is about.
    """
    articles = list(articles)
    page_keys.depends_on(*(key for article in articles for key in filed_under(article)))
    if place is not None:
        _read_outdated(articles)
    packed = packed_references(articles)
    keys = {article.pk: _key(article, place) for article in articles} if place is not None else {}
    texts = [article.summary for article in articles] + [f"〔{key}〕" for key in keys.values() if key]
    figures = Figures(texts, on, unpack(packed, texts))
    return [_entry(article, figures, keys.get(article.pk)) for article in articles]


def _read_outdated(articles):
    """References that were outdated a moment ago are read here, or a list without its key figures would be kept."""
    outdated = {one.pk: one.page for one in articles if getattr(one, "page", None) and one.page.references is None}
    if outdated:
        page_keys.depends_on(page_keys.ALL_AREAS, page_keys.ALL_DIMENSIONS)
    for pk, body, summary in (
        Article.objects.filter(pk__in=outdated).values_list("pk", "body", "summary") if outdated else ()
    ):
        outdated[pk].references = pack(read(text for text in find(body + summary) if not is_example(text)))


def _key(article, place):
    page = getattr(article, "page", None)
    own = article.area.code if article.area else ""
    if page is None or not (own or place):
        return None
    return key_reference(page.references or {}, own) if own else compared_reference(page.references or {}, place)


def _entry(article, figures, key):
    own = article.area.code if article.area else ""
    figure = key_figure(figures.answers[key], own) if key else None
    return ArticleEntry(article, figures.plain(article.summary), figure=figure)


def filed_under(article):
    """The keys of what is named beside an article's title."""
    yield page_keys.category(article.category_id)
    if article.area_id:
        yield page_keys.area(article.area_id)


def packed_references(articles) -> dict:
    """The references read before in these articles, where the articles come with their pages."""
    pages = (getattr(article, "page", None) for article in articles)
    return {text: one for page in pages if page for text, one in (page.references or {}).items()}


def by_category(shown: Sequence[ArticleEntry]) -> list[EntryGroup]:
    """Under their 栏目, in its order."""
    categories = {entry.article.category for entry in shown}
    if len(shown) < MIN_GROUPED or len(categories) < 2:
        return [EntryGroup("", tuple(shown))]
    ordered = sorted(categories, key=lambda category: (category.order, category.name))
    return [
        EntryGroup(
            category.name,
            tuple(entry for entry in shown if entry.article.category == category),
            category.get_absolute_url(),
        )
        for category in ordered
    ]


def by_topic(shown: Sequence[ArticleEntry]) -> list[EntryGroup]:
    """Under the tags that most of them share, the largest group first; what shares none stands last."""
    if len(shown) < MIN_GROUPED:
        return [EntryGroup("", tuple(shown))]
    places = {place.short_name for place in shipped_places()}
    topics = {entry.article.pk: _topics(entry.article, places) for entry in shown}
    left, groups = list(shown), []
    while left:
        counted = Counter(topic for entry in left for topic in topics[entry.article.pk])
        fitting = [(topic, count) for topic, count in counted.items() if MIN_GROUP <= count <= MAX_SHARE * len(shown)]
        if not fitting:
            break
        topic = max(fitting, key=lambda pair: pair[1])[0]
        groups.append(EntryGroup(topic, tuple(entry for entry in left if topic in topics[entry.article.pk])))
        left = [entry for entry in left if topic not in topics[entry.article.pk]]
    if left:
        groups.append(EntryGroup(OTHERS if groups else "", tuple(left)))
    return groups


def _topics(article, places):
    return [tag for tag in split_tags(article.tags_text) if tag not in places and tag != article.category.name]
