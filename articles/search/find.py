"""Articles for a query, best first. Three queries, whatever is found: synonyms, candidates, their texts.

With the semantic extra a fourth: what their texts mean.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, Q, Value
from django.utils import timezone

from articles.models import Article, SearchRow, Synonym
from articles.search import statistics
from articles.search.candidates import candidates
from articles.search.meaning import fused, nearness
from articles.search.query import Query, understand
from articles.search.ranking import Document, Ranking
from articles.text import normalise

# Ranking takes time for each term in each text: so many are ranked closely of a short query, and of a long one.
# Further ones follow by how much of the query they hold.
COUNTS, MOST_RANKED, LEAST_RANKED = 6000, 250, 120
# What holds less than this part of what the best one holds is not shown: of a sentence a little may be
# enough, of words set apart by spaces every one is wanted.
OF_A_SENTENCE, OF_WORDS = 0.1, 0.6
# Where the best holds less of the query than this, nothing really answers it; of a word or two, more is wanted.
ANSWERS, ANSWERS_BRIEF, BRIEF = 0.3, 0.5, 4
# Ties go to the newer and to what has been reviewed: so much of a score is a year, and a review that holds or is overdue.
YEAR_WORTH, REVIEW_WORTH = 0.01, 0.02
READ = ("pk", "title", "text", "article__published_at", "article__reviewed_on", "article__review_by")


@dataclass(frozen=True)
class Found:
    """`keys` of all articles found, best first; `titles` of the ranked ones, by key, normalised."""

    query: Query
    keys: list[int]
    titles: dict[int, str] = field(default_factory=dict)
    best: float = 0.0  # the largest share of the query that one article holds

    @property
    def answers(self) -> bool:
        """Whether something found is more than loosely about it."""
        return self.best >= (ANSWERS_BRIEF if len(self.query.grams) <= BRIEF else ANSWERS)


def find(text: str, at: datetime, chosen: Q | None = None) -> Found:
    """What is public at `at`; `chosen` narrows it further, by conditions on `article__`."""
    query = understand(text, synonyms_in(text))
    numbers = statistics.current()
    readable = Article.public_at(at, prefix="article__") & (chosen or Q())
    near = candidates(query, numbers, readable)
    keys = _relevant(query.text, near)
    rank = Ranking(query.variants, numbers, near.frequency)
    closely = keys[: min(max(COUNTS // (rank.terms or 1), LEAST_RANKED), MOST_RANKED)]
    rows = list(SearchRow.objects.filter(pk__in=closely).values_list(*READ))
    scores = {key: rank.score(Document.of(title, text)) + _trust(at, *days) for key, title, text, *days in rows}
    by_words = sorted(scores, key=lambda key: (-scores[key], -key))
    order = fused(by_words, nearness(query.text, closely))
    best = max(near.cover.values(), default=0)
    return Found(query, order + keys[len(closely) :], {key: title for key, title, *_ in rows}, best)


def nothing(text: str = "") -> Found:
    """No articles; for a page that shows none."""
    return Found(understand(text, {}), [])


def synonyms_in(text: str) -> dict[str, str]:
    """Editors' synonyms whose word stands in the text. One query."""
    rows = Synonym.objects.annotate(text=Value(normalise(text))).filter(text__icontains=F("word"))
    return dict(rows.values_list("word", "meaning"))


def _relevant(text, near):
    least = (OF_WORDS if " " in text else OF_A_SENTENCE) * max(near.cover.values(), default=0)
    enough = [key for key, share in near.cover.items() if share >= least]
    return sorted(enough, key=lambda key: (-round(near.promise[key], 3), -key))


def _trust(at, since, reviewed_on, review_by):
    """Small, so that it only decides between equals."""
    overdue = review_by is not None and review_by < timezone.localdate(at)
    review = -1 if overdue else 0 if reviewed_on is None else 1
    return REVIEW_WORTH * review - YEAR_WORTH * (at - since).days / 365
