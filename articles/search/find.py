"""Articles for a query, best first. Three queries, whatever is found: synonyms, candidates, their texts."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, Q, Value

from articles.models import Article, SearchRow, Synonym
from articles.search import statistics
from articles.search.candidates import candidates
from articles.search.query import Query, understand
from articles.search.ranking import Document, Ranking
from articles.text import normalise

# Ranking takes time for each term in each text: so many are ranked closely of a short query, and of a long one.
# Further ones follow by how much of the query they hold.
COUNTS, MOST_RANKED, LEAST_RANKED = 6000, 250, 120
# What holds less than this part of what the best one holds is not shown: of a sentence a little may be
# enough, of words set apart by spaces every one is wanted.
OF_A_SENTENCE, OF_WORDS = 0.1, 0.6
# Where the best holds less of the query than this, nothing really answers it.
ANSWERS = 0.3
# Ties go to the newer: this much of a score is a year.
YEAR_WORTH = 0.01


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
        return self.best >= ANSWERS


def find(text: str, at: datetime, chosen: Q | None = None) -> Found:
    """What is public at `at`; `chosen` narrows it further, by conditions on `article__`."""
    query = understand(text, synonyms_in(text))
    numbers = statistics.current()
    readable = Article.public_at(at, prefix="article__") & (chosen or Q())
    near = candidates(query, numbers, readable)
    keys = _relevant(query.text, near)
    rank = Ranking(query.variants, numbers, near.frequency)
    closely = keys[: min(max(COUNTS // (rank.terms or 1), LEAST_RANKED), MOST_RANKED)]
    rows = list(SearchRow.objects.filter(pk__in=closely).values_list("pk", "title", "text", "article__published_at"))
    scores = {key: rank.score(Document.of(title, text)) - _aged(since, at) for key, title, text, since in rows}
    order = sorted(scores, key=lambda key: (-scores[key], -key))
    best = max(near.cover.values(), default=0)
    return Found(query, order + keys[len(closely) :], {key: title for key, title, _, _ in rows}, best)


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


def _aged(since, at):
    return YEAR_WORTH * (at - since).days / 365
