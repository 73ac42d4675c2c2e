"""Documents behind an article: those its figures stand in and those its editors named, each once, with what it is cited for."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.figures.notes import FigureNote
from articles.models import ArticleSource


@dataclass
class CitedDocument:
    """`clauses` are those that editors named, `notes` the figures of the text that stand in it."""

    slug: str
    title: str
    number: str
    issuer: str
    issued: str
    url: str
    clauses: list[str] = field(default_factory=list)
    notes: list[FigureNote] = field(default_factory=list)


def cited_documents(notes: Iterable[FigureNote], sources: Iterable[ArticleSource] = ()) -> list[CitedDocument]:
    """Those that editors named first, in their order."""
    found: dict[str, CitedDocument] = {}
    for source in sources:
        document = source.document
        own = (document.slug, document.title, document.number, document.issuer, document.issued_spelled, document.url)
        found.setdefault(document.slug, CitedDocument(*own)).clauses += [source.clause] if source.clause else []
    for note in notes:
        citation = note.figure.citation
        own = (citation.slug, citation.title, citation.number, citation.issuer, citation.issued, citation.url)
        found.setdefault(citation.slug, CitedDocument(*own)).notes.append(note)
    return list(found.values())
