"""Parts of an article's page besides its own row: gathered when it changes, one JSON column to read.

Whatever the page shows of other rows (tags, documents, corrections, calculators, pictures) is listed in articles.pages.invalidation
with the articles it is shown by: a rename there makes their pages gather anew. Public articles gather at once,
when the transaction is committed; pages of a renamed tag or document when they are next read.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.db import transaction
from taggit.models import Tag

from articles.figures.grammar import find
from articles.figures.references import pack, read
from articles.models import Article, ArticlePage, ArticleSource, Correction, Picture
from articles.pages.calculators import calculators_beside
from articles.pictures import pictures_in
from articles.text import plain_text
from calculators.common import page_keys
from calculators.models import Calculator, PolicyDocument

FORMAT = 4  # a page gathered by other code is gathered anew
CHARACTERS_A_MINUTE = 400
TAG = ("pk", "name", "slug")
DOCUMENT = ("pk", "slug", "title", "number", "issuer", "issued", "url")
CALCULATOR = ("pk", "code", "name", "summary")


@dataclass(frozen=True)
class Parts:
    """The rows are unsaved copies with what a page shows of them; `pictures` are found by their stem, `references` packed."""

    tags: list[Tag]
    sources: list[ArticleSource]
    corrections: list[Correction]
    calculators: list[Calculator]
    pictures: dict[str, Picture]
    minutes: int
    references: dict = field(default_factory=dict)

    def keys(self) -> Iterable[page_keys.PageKey]:
        """The keys on which a page with these parts depends."""
        yield from (page_keys.tag(tag.pk) for tag in self.tags)
        yield from (page_keys.document(source.document_id) for source in self.sources)
        yield page_keys.ALL_CALCULATORS  # another one may fit better


def parts_of(article: Article) -> Parts:
    """No query where the article comes with its page and nothing changed since it was last gathered."""
    page = getattr(article, "page", None) or ArticlePage.objects.get_or_create(article=article)[0]
    if page.references is None or page.parts is None or page.parts["format"] != FORMAT:
        _gather(article, page)
    return _restored(page.parts, page.references)


def minutes(html: str) -> int:
    """How long a text takes to read."""
    return max(1, round(len(plain_text(html)) / CHARACTERS_A_MINUTE))


def _gather(article, page):
    """Store what the page shows, unless something changed while it was gathered."""
    references = read(find(article.body + article.summary))
    page.parts = _gathered(article, references)
    page.references = pack(references)
    current = ArticlePage.objects.filter(pk=article.pk, turn=page.turn)
    current.update(parts=page.parts, references=page.references)


def _gathered(article, references):
    sources = article.sources.select_related("document")
    return {
        "format": FORMAT,
        "minutes": minutes(article.body),
        "tags": [_columns(tag, TAG) for tag in article.tags.all()],
        "sources": [{"clause": source.clause, "document": _columns(source.document, DOCUMENT)} for source in sources],
        "corrections": [{"day": row.day.isoformat(), "text": row.text} for row in article.corrections.all()],
        "calculators": [
            _columns(calculator, CALCULATOR) | {"why": getattr(calculator, "why", "")}
            for calculator in calculators_beside(article, references)
        ],
        "pictures": [_columns(picture, ("stem", "width", "height")) for picture in pictures_in(article.body).values()],
    }


def _columns(row, names):
    return {name: getattr(row, name) for name in names}


def _restored(parts, references):
    return Parts(
        tags=[Tag(**columns) for columns in parts["tags"]],
        sources=[
            ArticleSource(clause=source["clause"], document=PolicyDocument(**source["document"]))
            for source in parts["sources"]
        ],
        corrections=[Correction(day=date.fromisoformat(row["day"]), text=row["text"]) for row in parts["corrections"]],
        calculators=[_calculator(**columns) for columns in parts["calculators"]],
        pictures={columns["stem"]: Picture(**columns) for columns in parts["pictures"]},
        minutes=parts["minutes"],
        references=references,
    )


def _calculator(why, **columns):
    calculator = Calculator(**columns)
    calculator.why = why
    return calculator


def outdate(articles, *, references: bool = False) -> None:
    """The pages of these articles (a condition on Article, or ids) are to be gathered anew."""
    ArticlePage.objects.filter(article__in=articles).outdate(references=references)


def refresh(article_ids: Collection[int]) -> None:
    """Gather the pages of articles somebody may be about to read."""
    outdate(article_ids, references=True)
    transaction.on_commit(partial(_gather_public, article_ids), robust=True)


def _gather_public(article_ids):
    shown = Article.objects.exclude(status=Article.Status.DRAFT).select_related("page")
    for article in shown.filter(pk__in=article_ids, page__parts__isnull=True):
        parts_of(article)
