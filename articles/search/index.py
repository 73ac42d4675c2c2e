"""Search rows are written with their articles, in the same transaction: both are there, or neither."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone

from articles.figures.rendering import Figures
from articles.models import Article, SearchRow
from articles.search.engine.tokens import INDEX_VERSION, tokens
from articles.search.tasks import enqueue_indexing
from articles.text import normalise, plain_numbers, plain_text
from calculators.models import Parameter, PolicyValue
from calculators.question_answering import lookups

ROWS_AT_ONCE = 200
BEGUN_WITHIN = timedelta(days=7)  # a worker may have been away for days
_SIGNS = re.compile(r"[\W_]+")


def row_of(article: Article, figures: Figures) -> SearchRow:
    """The row of an article, unsaved. Below the text stand its figures and numbers in the spellings they are sought by."""
    title, text = _own(article.title, plain_text(article.body))
    heading = "\n".join(filter(None, (title, article.tags_text)))
    if article.summary and not _sayings(text).startswith(_sayings(article.summary.removesuffix("…"))):
        text = f"{article.summary}\n{text}"
    heading, text = normalise(heading), normalise(text)
    text = "\n".join(filter(None, (text, _spellings(text, figures.shown(article.body + article.summary)))))
    return SearchRow(
        article_id=article.pk, title=heading, text=text, tokens=tokens(heading, text), version=INDEX_VERSION
    )


def write(articles: Iterable[Article]) -> None:
    """Store the rows of these articles anew."""
    articles = list(articles)
    figures = Figures([article.body + article.summary for article in articles], timezone.localdate())
    SearchRow.objects.bulk_create(
        [row_of(article, figures) for article in articles],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["title", "text", "tokens", "version"],
    )
    enqueue_indexing(article.pk for article in articles)


def write_stale(most: int | None = None) -> int:
    """Write the rows that are missing or of another version, in batches that each stand on their own."""
    written = 0
    while most is None or written < most:
        batch = list(stale()[:ROWS_AT_ONCE])
        write(batch)
        written += len(batch)
        if len(batch) < ROWS_AT_ONCE:
            break
    return written


def outdate_citing(parameters: Iterable[int]) -> int:
    """Rows of articles that show figures of these parameters are to be written anew; returns how many."""
    names = Parameter.objects.filter(pk__in=parameters).values_list("name", "code")
    named = {name for pair in names for name in pair}
    computing = [one for one in lookups.calculators() if one.published().reads & named]
    cited = [f"〔{kind}{name}·" for name in named for kind in ("", "表·")]
    cited += [f"〔算例·{name}·" for one in computing for name in (one.name, one.code)]
    return sum(
        SearchRow.objects.filter(Q(article__body__contains=mark) | Q(article__summary__contains=mark)).update(version=0)
        for mark in cited
    )


def outdate_begun(day: date) -> int:
    """The same for figures that changed with the beginning of a day, this one or one of the last few; once a day."""
    if not cache.add(f"search-figures-{day}", 1, BEGUN_WITHIN.total_seconds()):
        return 0
    begun = PolicyValue.objects.filter(effective_from__gt=day - BEGUN_WITHIN, effective_from__lte=day)
    return outdate_citing(begun.values_list("parameter", flat=True).distinct())


def stale():
    """Articles without a row of this version."""
    return Article.objects.exclude(search_row__version=INDEX_VERSION).order_by("pk")


def _spellings(text, figures):
    """What is not in the text: the figures behind its references, and every number in digits alone."""
    shown = normalise(" ".join(figures))
    numbers = [number for number in plain_numbers(f"{text} {shown}") if number not in text]
    return " ".join(filter(None, (shown, *numbers)))


def _own(title, text):
    """A title that is only the beginning of the text says nothing of its own; a text that only says the title, neither."""
    said, saying = _sayings(text), _sayings(title)
    if said == saying:
        return title, ""
    return ("", text) if said.startswith(saying) and not text.startswith(f"{title}\n") else (title, text)


def _sayings(text):
    return _SIGNS.sub("", text)
