"""Articles for a query, best first. Three queries, whatever is found: synonyms, candidates, the articles themselves."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, Q, Value

from articles.models import Article, Synonym
from articles.search import statistics
from articles.search.candidates import candidates
from articles.search.query import Query, understand
from articles.search.ranking import Document, Ranking
from articles.text import normalise

# So many candidates are ranked closely; further ones follow by how much of the query they hold.
RANKED = 150
# What holds less than this part of what the best one holds is not shown: of a sentence a little may be
# enough, of words set apart by spaces every one is wanted.
OF_A_SENTENCE, OF_WORDS = 0.1, 0.6
# Where the best holds less of the query than this, nothing really answers it.
ANSWERS = 0.3
# Ties go to the newer: this much of a score is a year.
YEAR_WORTH = 0.01


@dataclass(frozen=True)
class Found:
    """`keys` of all articles found, best first; `articles` the ranked ones, by key."""

    query: Query
    keys: list[int]
    articles: dict[int, Article] = field(default_factory=dict)
    best: float = 0.0  # the largest share of the query that one article holds

    @property
    def answers(self) -> bool:
        """Whether something found is more than loosely about it."""
        return self.best >= ANSWERS


def find(text: str, at: datetime, chosen: Q | None = None) -> Found:
    """What is public at `at`; `chosen` narrows it further, by conditions on `article__`."""
    query = understand(text, synonyms_in(text))
    numbers = statistics.current()
    readable = Article.public_at(at, prefix="article__") & (chosen or Q())
    near = candidates(query, numbers, readable)
    keys = _relevant(query.text, near.cover)
    rank = Ranking(query.variants, numbers, near.frequency)
    articles = {article.pk: article for article in _with_rows(keys[:RANKED], at)}
    order = sorted(articles.values(), key=lambda article: -_score(article, rank, at))
    return Found(
        query, [article.pk for article in order] + keys[RANKED:], articles, max(near.cover.values(), default=0)
    )


def nothing(text: str = "") -> Found:
    """No articles; for a page that shows none."""
    return Found(understand(text, {}), [])


def synonyms_in(text: str) -> dict[str, str]:
    """Editors' synonyms whose word stands in the text. One query."""
    rows = Synonym.objects.annotate(text=Value(normalise(text))).filter(text__icontains=F("word"))
    return dict(rows.values_list("word", "meaning"))


def _relevant(text, cover):
    least = (OF_WORDS if " " in text else OF_A_SENTENCE) * max(cover.values(), default=0)
    enough = [key for key, share in cover.items() if share >= least]
    return sorted(enough, key=lambda key: (-round(cover[key], 3), -key))


def _with_rows(keys, at):
    return Article.objects.published(at).filter(pk__in=keys).for_list().select_related("category", "area", "search_row")


def _score(article, rank, at):
    row = article.search_row
    age = (at - article.published_at).days / 365
    return rank.score(Document.of(row.title, row.text)) - YEAR_WORTH * age
