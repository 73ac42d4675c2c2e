"""Suggestions: calculators that answer a query, and what may be meant while somebody is still typing."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from articles.models import Article
from articles.models.search import SearchIndex
from articles.search.engine.find import find
from articles.search.engine.pinyin import pairs, readings
from articles.search.engine.place_order import PlaceOrder
from articles.search.engine.query import Query
from articles.search.engine.tokens import SOUND, TITLE
from articles.text import bigrams, normalise, runs
from calculators.models import Calculator
from calculators.question_answering import lookups
from calculators.question_answering.figure_answers import figures_asked
from calculators.templatetags.policy_tags import labels
from calculators.values.units import show

MAX_CALCULATORS, MAX_SUGGESTIONS = 3, 8
MAX_SUGGESTED_FIGURES = 2
# So much of a query's character pairs must stand in what a calculator says of itself.
MIN_SCORE_SHARE = 0.5
MIN_TYPED_LENGTH = 2


def calculators_for(query: Query) -> list[Calculator]:
    """Those of the live calculators that the query names, best first; a name counts more than a description."""
    live = lookups.calculators()
    scored = [(max((_share(variant.grams, one) for variant in query.variants), default=0), one) for one in live]
    fitting = sorted((pair for pair in scored if pair[0] >= MIN_SCORE_SHARE), key=lambda pair: -pair[0])
    return [one for _, one in fitting[:MAX_CALCULATORS]]


def _share(grams, calculator):
    if not grams:
        return 0
    name, said = normalise(calculator.name), normalise(f"{calculator.summary}{calculator.description}")
    met = sum(1 if gram in name else 0.6 if gram in said else 0 for gram in grams)
    return met / len(grams)


def suggestions(text: str, at: datetime, place: str = "") -> list[dict[str, str]]:
    """What may be meant, as {text, url}: calculators, the figures asked for, the first hit of the full search, and titles."""
    text = normalise(text).strip()
    if len(text) < MIN_TYPED_LENGTH:
        return []
    named = [one for one in lookups.calculators() if text in normalise(one.name)]
    links = [(str(one), one.get_absolute_url()) for one in named]
    links += _figures(text, timezone.localdate(at))
    links += _first_hit(text, at, place)
    links += [(article.title, article.get_absolute_url()) for article in _titled(_tokens(text), at)]
    return [{"text": text, "url": url} for text, url in list(dict.fromkeys(links))[:MAX_SUGGESTIONS]]


def _figures(text, on):
    """Each with its place and for whom it is; its source stands on the search page it leads to."""
    answer = figures_asked(text, on)
    url = f"{reverse('articles:search')}?{urlencode({'q': text})}"
    return (
        [(_in_words(figure), f"{url}#figures") for figure in answer.figures[:MAX_SUGGESTED_FIGURES]] if answer else []
    )


def _in_words(figure):
    whom = f"（{figure.dimensions}）" if figure.dimensions else ""
    cautions = "".join(f"（{caution}）" for caution in labels(figure.citation))
    return f"{figure.area_name}{figure.name}{whom}：{show(figure.value, figure.unit)}{cautions}"


def _first_hit(text, at, place):
    found = find(text, at, places=PlaceOrder.of(text, place))
    rows = [found.rows[key] for key in found.keys[:1] if key in found.rows] if found.answers else []
    return [(row.article__title, reverse("articles:article", args=[row.article__slug])) for row in rows]


def _tokens(text):
    """Pairs in the title; for Latin letters the sounds of all syllables that are complete."""
    if text.isascii():
        ends = range(len(text), MIN_TYPED_LENGTH, -1)
        read = next((found[0] for found in (readings(text[:end]) for end in ends) if found), ())
        return [f"{SOUND}{sound}" for sound in pairs(read)] or [f"{TITLE}{word}" for word in runs(text)]
    return [f"{TITLE}{gram}" for gram in bigrams(text) if len(gram) > 1]


def _titled(tokens, at):
    if not tokens:
        return []
    rows = SearchIndex.objects.filter(Article.public_at(at, prefix="article__"), tokens__holds=" ".join(tokens))
    keys = rows.order_by("-pk").values("pk")[:MAX_SUGGESTIONS]
    return (
        Article.objects.filter(pk__in=list(keys.values_list("pk", flat=True))).only("title", "slug", "is_page").newest()
    )
