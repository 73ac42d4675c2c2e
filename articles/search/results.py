"""A page of what was found, ready to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.safestring import SafeString

from articles import figures
from articles.models import Article
from articles.search.find import Found
from articles.search.passages import marked, passage
from articles.text import bigrams, plain_text, words as words_of

BREAK = "\x1f"


@dataclass(frozen=True)
class Hit:
    article: Article
    title: SafeString
    passage: SafeString


class Results(Sequence):
    """The articles found, best first; only the slice that is shown costs anything."""

    def __init__(self, found: Found, at: datetime, on: date, meant: str = ""):
        self._found, self._at, self._on, self._meant = found, at, on, meant

    @property
    def answer(self) -> bool:
        return bool(self._found.keys) and self._found.answers

    def __len__(self):
        return len(self._found.keys)

    def __getitem__(self, wanted: slice) -> list[Hit]:
        keys = self._found.keys[wanted]
        articles = Article.objects.published(self._at).filter(pk__in=keys).select_related("category", "area").in_bulk()
        return self._hits([articles[key] for key in keys if key in articles])

    def _hits(self, articles):
        if not articles:
            return []
        terms = sought(self._found, self._meant)
        passages = [passage(_text(article), terms) for article in articles]
        shown = figures.plain(BREAK.join(passages), self._on).split(BREAK)
        return [
            Hit(article, marked(article.title, terms), marked(text, terms))
            for article, text in zip(articles, shown, strict=True)
        ]


def _text(article):
    text = plain_text(article.body)
    return text if text.startswith(article.summary.removesuffix("…")) else f"{article.summary}\n{text}"


def sought(found: Found, meant: str = "") -> list[str]:
    """The strings to mark: words, and the pairs of characters in them, as a text may hold only part of a word."""
    written = [variant for variant in found.query.variants if not variant.is_pinyin]
    words = [word for variant in written for word in variant.words if len(word) > 1 or len(variant.text) < 3]
    pairs = [pair for word in words if len(word) > 2 for pair in bigrams(word)]
    terms = list(dict.fromkeys([*words, *words_of(meant), *pairs]))
    return terms or [gram for variant in written for gram in variant.grams]
