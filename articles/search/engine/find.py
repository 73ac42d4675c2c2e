"""Articles for a query, best first. Two queries, whatever is found: candidates, and their texts.

With the semantic extra articles that say the same in other words are among them.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from articles.models import SearchRow
from articles.search import lookups
from articles.search.engine import semantic, statistics
from articles.search.engine.backend import Readable, search_backend
from articles.search.engine.focus import focus
from articles.search.engine.place_order import ANYWHERE, PlaceOrder
from articles.search.engine.query import Query, understand
from articles.search.engine.ranking import RankedDocument, Ranking

# Ranking takes time for each term in each text: so many are ranked closely of a short query, of a long one, and of a word.
# Further ones follow by how much of the query they hold.
COUNTS, MAX_RANKED, MIN_RANKED, RANKED_OF_A_WORD = 6000, 250, 120, 80
# What holds less than this part of what the best one holds is not shown: of a sentence a little may be
# enough, of words set apart by spaces every one is wanted.
OF_A_SENTENCE, OF_WORDS = 0.1, 0.6
# Where the best holds less of the query than this, nothing really answers it; of a word or two, more is wanted.
ANSWERS, ANSWERS_BRIEF, BRIEF = 0.3, 0.5, 4
# Nor where no article is about so much of it; a word or two that an article is about so far need not all stand in it.
MIN_FOCUS, BRIEF_FOCUS = 0.3, 0.4
READ_FOR_FOCUS = 10  # of the best
# Ties go to the newer and to what has been reviewed: so much of a score is a year, and a review that holds or is overdue.
YEAR_WORTH, REVIEW_WORTH = 0.01, 0.02
RANKED_BY = ("pk", "title", "text", "article__published_at", "article__reviewed_on", "article__review_by")
SHOWN_FIELDS = ("title", "slug", "summary", "body", "category", "area")


@dataclass(frozen=True)
class Found:
    """`keys` of all articles found, best first; `rows` of those that were ranked closely, with what a reader is shown."""

    query: Query
    keys: list[int]
    rows: dict[int, Any] = field(default_factory=dict)
    best: float = 0.0  # the largest share of the query that one article holds
    focus: float = 0.0  # the largest share that one is about

    @property
    def answers(self) -> bool:
        """Whether something found is about it; otherwise its words are only mentioned."""
        is_brief = len(self.query.grams) <= BRIEF
        if is_brief and self.query.grams and self.focus >= BRIEF_FOCUS:
            return bool(self.keys)
        return self.best >= (ANSWERS_BRIEF if is_brief else ANSWERS) and self.focus >= MIN_FOCUS


def find(text: str, at: datetime, chosen: Q | None = None, places: PlaceOrder = ANYWHERE) -> Found:
    """What is public at `at`; `chosen` narrows it further, by conditions on `article__`."""
    query = understand(text, lookups.synonyms())
    numbers = statistics.current()
    readable = Readable(at, chosen or Q())
    near = search_backend().find(query, numbers, readable)
    best = max(near.cover.values(), default=0)
    keys = _relevant(query.text, near)
    rank = Ranking(query.variants, numbers, near.frequency, literally=near.literally)
    closely = keys[: _ranked_closely(query, rank)]
    like = semantic.likeness(query.text) if keys else None  # of what no word is found, something would be nearest too
    rows = _read([*closely, *(like.nearest(semantic.BROUGHT_IN) if like else ())], readable.condition)
    scores = {key: rank.score(RankedDocument.of(row.title, row.text)) + _trust(at, row) for key, row in rows.items()}
    order = semantic.fused(scores, like.of(scores) if like else {}, best)
    order += [key for key in keys[len(closely) :] if key not in rows]
    read = [rows[key] for key in order[:READ_FOR_FOCUS] if key in rows]
    about = focus(query.variants, [(row.title, row.text) for row in read], numbers)
    return Found(query, places.ordered(order, rows, scores), rows, best, about)


def _read(keys, readable):
    rows = SearchRow.objects.filter(readable, pk__in=keys)
    return {
        row.pk: row for row in rows.values_list(*RANKED_BY, *(f"article__{name}" for name in SHOWN_FIELDS), named=True)
    }


def nothing(text: str = "") -> Found:
    """No articles; for a page that shows none."""
    return Found(understand(text, ()), [])


def _ranked_closely(query, rank):
    """How many. Of a word or two whatever holds them whole comes first anyway, and so much holds them."""
    is_brief = len(query.grams) < BRIEF and not query.text.isascii()
    return RANKED_OF_A_WORD if is_brief else min(max(COUNTS // (rank.terms or 1), MIN_RANKED), MAX_RANKED)


def _relevant(text, near):
    least = (OF_WORDS if " " in text else OF_A_SENTENCE) * max(near.cover.values(), default=0)
    enough = [key for key, share in near.cover.items() if share >= least]
    return sorted(enough, key=lambda key: (-round(near.promise[key], 3), -key))


def _trust(at, row):
    """Small, so that it only decides between equals."""
    overdue = row.article__review_by is not None and row.article__review_by < timezone.localdate(at)
    review = -1 if overdue else 0 if row.article__reviewed_on is None else 1
    return REVIEW_WORTH * review - YEAR_WORTH * (at - row.article__published_at).days / 365
