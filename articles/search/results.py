"""Results of a search: the articles found, as a reader sees them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from articles.figures.grammar import find as find_references, is_example
from articles.figures.key_figure import KeyFigure
from articles.models import Article
from articles.search import lookups
from articles.search.engine.find import Found
from articles.search.snippets import SnippetText, marked
from articles.text import bigrams, grouped_number, plain_numbers, plain_text, words as words_of
from calculators.common import page_keys
from calculators.process_cache import RowCache
from calculators.question_answering.lookups import areas as areas_by_pk

MAX_KEY_REFERENCES = 3
MAX_TEXTS = 300  # of each process, some 15 kB each


@dataclass(frozen=True)
class Hit:
    article: Article
    title: SafeString
    passage: SafeString
    figure: KeyFigure | None = None


class Results(Sequence):
    """The articles found, best first, as unsaved copies; no query for those that were ranked closely, one for others."""

    def __init__(self, found: Found, at: datetime):
        self._found, self._at = found, at

    def __len__(self):
        return len(self._found.keys)

    def __getitem__(self, wanted: slice) -> list[Article]:
        keys = self._found.keys[wanted]
        categories, areas = lookups.categories(), areas_by_pk()
        rows = {key: self._found.rows[key] for key in keys if key in self._found.rows}
        articles = {key: _copy(row, categories, areas) for key, row in rows.items()}
        if others := [key for key in keys if key not in articles]:
            public = Article.objects.published(self._at).filter(pk__in=others)
            articles |= public.select_related("category", "area").in_bulk()
        return [articles[key] for key in keys if key in articles]


def _copy(row, categories, areas):
    return Article(
        pk=row.pk,
        title=row.article__title,
        slug=row.article__slug,
        summary=row.article__summary,
        body=row.article__body,
        published_at=row.article__published_at,
        category=categories.get(row.article__category),
        area=areas.get(row.article__area),
    )


@dataclass(frozen=True)
class HitText:
    """An article's whole text, its references to figures as they are, and the first of these where it is of one place,
    among which its key figure is."""

    snippet: SnippetText
    references: tuple[str, ...]


def texts_of(articles: Iterable[Article]) -> list[HitText]:
    by_name = {(article.pk, hash(article.body), hash(article.summary)): article for article in articles}
    found = _texts.get_many(by_name, lambda missing: {name: _text(by_name[name]) for name in missing})
    return list(found.values())


def hits(
    articles: Iterable[Article], passages: Iterable[str], terms: list[str], figures: Iterable[KeyFigure | None]
) -> list[Hit]:
    """`passages` have figures in place of references by now; `figures` are the key figures."""
    together = zip(articles, passages, figures, strict=True)
    return [
        Hit(article, marked(article.title, terms), marked(text, terms), figure) for article, text, figure in together
    ]


def _text(article):
    text = plain_text(article.body)
    whole = text if text.startswith(article.summary.removesuffix("…")) else f"{article.summary}\n{text}"
    references = find_references(article.body)[:MAX_KEY_REFERENCES] if article.area else ()
    return HitText(SnippetText(whole), tuple(text for text in references if not is_example(text)))


_texts: RowCache[tuple[int, int, int], HitText] = RowCache(lambda name, text: [page_keys.article(name[0])], MAX_TEXTS)


def sought(found: Found, meant: str = "") -> list[str]:
    """The strings to mark: words, and the pairs of characters in them, as a text may hold only part of a word."""
    written = [variant for variant in found.query.variants if not variant.is_pinyin]
    words = [word for variant in written for word in variant.words if len(word) > 1 or len(variant.text) < 3]
    pairs = [pair for word in words if len(word) > 2 for pair in bigrams(word)]
    numbers = [grouped_number(digits) for digits in plain_numbers(found.query.text)]
    terms = list(dict.fromkeys([*words, *numbers, *words_of(meant), *pairs]))
    return terms or [gram for variant in written for gram in variant.grams]
