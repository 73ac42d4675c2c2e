"""Vectors of articles, made of their titles and leads and stored beside them: the worker's business, never a visitor's."""

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from django.utils import timezone

from articles.models import Article, ArticleVector
from articles.text import plain_text
from articles.text.sentence_model import MODEL_VERSION, passage_vectors, query_vectors
from articles.text.stored_vectors import from_bytes, to_bytes

# Characters of the text that its lead has; the model's time grows with them.
LEAD = 300


def write(articles: Iterable[Article]) -> int:
    """Store the vectors of those of `articles` whose texts they do not have yet; returns how many were made."""
    texts = {article.pk: (article.title, _lead(article)) for article in articles}
    prints = {pk: _fingerprint(*both) for pk, both in texts.items()}
    known = ArticleVector.objects.current().filter(article__in=texts).values_list("pk", "texts")
    stale = sorted(prints.items() - set(known))
    if not stale:
        return 0
    titles = query_vectors([texts[pk][0] for pk, _ in stale])
    leads = passage_vectors([texts[pk][1] for pk, _ in stale])
    rows = [
        ArticleVector(
            pk=pk,
            title=to_bytes(title),
            lead=to_bytes(lead),
            texts=fingerprint,
            version=MODEL_VERSION,
            made_at=timezone.now(),
        )
        for (pk, fingerprint), title, lead in zip(stale, titles, leads, strict=True)
    ]
    ArticleVector.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["title", "lead", "texts", "version", "made_at"],
    )
    return len(rows)


def of_titles(keys: Iterable[int]) -> dict[int, np.ndarray]:
    """The stored vectors of these articles' titles."""
    rows = dict(ArticleVector.objects.current().filter(article__in=keys).values_list("article", "title"))
    return dict(zip(rows, from_bytes([bytes(stored) for stored in rows.values()]), strict=True))


def _lead(article):
    """The beginning of the text, and the title where the text does not begin with it anyway."""
    text = plain_text(article.body)
    begins = text.startswith(article.title.removesuffix("…"))
    return text[:LEAD] if begins else f"{article.title}\n{text[:LEAD]}"


def _fingerprint(title, lead):
    return int.from_bytes(blake2b(f"{title}\0{lead}".encode(), digest_size=8).digest(), "big", signed=True)
