"""Suggestions: calculators that answer a query, and titles while somebody is still typing."""

from datetime import datetime

from articles.models import Article
from articles.models.search import SearchIndex
from articles.search.engine.pinyin import pairs, readings
from articles.search.engine.query import Query
from articles.search.engine.tokens import SOUND, TITLE
from articles.text import bigrams, normalise
from calculators.models import Calculator
from calculators.question_answering import lookups

MAX_CALCULATORS, MAX_SUGGESTIONS = 3, 8
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


def suggestions(text: str, at: datetime) -> list[dict[str, str]]:
    """Names of calculators and titles of articles public at `at`, as {text, url}."""
    text = normalise(text.replace("\x00", "")).strip()
    if len(text) < MIN_TYPED_LENGTH:
        return []
    named = [one for one in lookups.calculators() if text in normalise(one.name)]
    titled = _titled(_tokens(text), at) if _tokens(text) else []
    return [{"text": str(one), "url": one.get_absolute_url()} for one in (*named, *titled)][:MAX_SUGGESTIONS]


def _tokens(text):
    """Pairs in the title; for Latin letters the sounds of all syllables that are complete."""
    if text.isascii():
        ends = range(len(text), MIN_TYPED_LENGTH, -1)
        read = next((found[0] for found in (readings(text[:end]) for end in ends) if found), ())
        return [f"{SOUND}{sound}" for sound in pairs(read)] or [f"{TITLE}{text}"]
    return [f"{TITLE}{gram}" for gram in bigrams(text) if len(gram) > 1]


def _titled(tokens, at):
    rows = SearchIndex.objects.filter(Article.public_at(at, prefix="article__"), tokens__holds=" ".join(tokens))
    keys = rows.order_by("-pk").values("pk")[:MAX_SUGGESTIONS]
    return Article.objects.filter(pk__in=list(keys.values_list("pk", flat=True))).only("title", "slug").newest()
