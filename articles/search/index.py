"""Search rows are written with their articles, in the same transaction: both are there, or neither."""

import re
from collections.abc import Iterable

from articles.models import Article, SearchRow
from articles.search.engine.tokens import INDEX_VERSION, tokens
from articles.text import normalise, plain_text

BATCH = 200
_SIGNS = re.compile(r"[\W_]+")


def row_of(article: Article) -> SearchRow:
    """The row of an article, unsaved."""
    title, text = _own(article.title, plain_text(article.body))
    heading = "\n".join(filter(None, (title, article.tags_text)))
    if article.summary and not _sayings(text).startswith(_sayings(article.summary.removesuffix("…"))):
        text = f"{article.summary}\n{text}"
    heading, text = normalise(heading), normalise(text)
    return SearchRow(
        article_id=article.pk, title=heading, text=text, tokens=tokens(heading, text), version=INDEX_VERSION
    )


def write(articles: Iterable[Article]) -> None:
    """Store the rows of these articles anew."""
    SearchRow.objects.bulk_create(
        [row_of(article) for article in articles],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["title", "text", "tokens", "version"],
    )


def write_stale(most: int | None = None) -> int:
    """Write the rows that are missing or of another version, in batches that each stand on their own."""
    written = 0
    while most is None or written < most:
        batch = list(stale()[:BATCH])
        write(batch)
        written += len(batch)
        if len(batch) < BATCH:
            break
    return written


def stale():
    """Articles without a row of this version."""
    return Article.objects.exclude(search_row__version=INDEX_VERSION).order_by("pk")


def _own(title, text):
    """A title that is only the beginning of the text says nothing of its own; a text that only says the title, neither."""
    said, saying = _sayings(text), _sayings(title)
    if said == saying:
        return title, ""
    return ("", text) if said.startswith(saying) and not text.startswith(f"{title}\n") else (title, text)


def _sayings(text):
    return _SIGNS.sub("", text)
