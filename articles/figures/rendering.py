"""Policy values inside prose: 〔职工门诊起付线·北京·在职〕 is a reference, never a copy.

A reference names a parameter, an area, the conditions in words, and where another day than the
reader's is meant, that day: 〔职工门诊起付线·武汉·在职·2023-03-01〕. What stands on the page is the row in
force on the day, so prose and calculators change together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from articles.figures import blocks
from articles.figures.grammar import DESCRIPTION, REFERENCE, REFERENCE_OR_TAG, find
from articles.figures.notes import FigureNote, FigureNotes
from articles.figures.references import Read
from articles.figures.resolving import in_plain_words, is_stated, resolve
from articles.figures.tables import framed
from calculators.policies.in_force import ValuesInForce
from calculators.policies.matrices import Matrix
from calculators.worked_examples.worked_example import WorkedExample


@dataclass(frozen=True)
class Rendered:
    html: SafeString
    notes: tuple[FigureNote, ...]


class Figures:
    """The figures behind the references in some texts on the day `on`.

    One query where the references are known (articles.figures.references), however many there are; three where not. None
    where `values`, which hold what is `needed`, have been read too.
    """

    def __init__(
        self,
        texts: Iterable[str],
        on: date,
        known: Mapping[str, Read] | None = None,
        values: Mapping[str, ValuesInForce] | None = None,
    ):
        self.on = on
        self.answers = resolve(find("".join(texts)), on, known or {}, values)

    def plain(self, text: str) -> str:
        """One of the texts with plain figures, for excerpts, feeds and search."""
        return REFERENCE.sub(lambda match: in_plain_words(match[1], self.answers[match[1]]), text)

    def shown(self, text: str) -> list[str]:
        """The figures in one of the texts as a reader sees them, each once; what has no value is left out."""
        answers = ((reference, self.answers[reference]) for reference in find(text))
        words = (in_plain_words(*pair) for pair in answers if not isinstance(pair[1], Exception))
        return list(dict.fromkeys(filter(None, words)))

    def render(self, html: str) -> Rendered:
        """Sanitised body HTML with its figures, each linked to a note with its source and first day; tables in frames."""
        notes = FigureNotes(self.on)
        html = framed(REFERENCE_OR_TAG.sub(_Replacement(self.answers, notes), html))
        return Rendered(mark_safe(html), tuple(notes))  # noqa: S308 - sanitised, figures escaped


def plain(text: str, on: date) -> str:
    return Figures([text], on).plain(text)


def render(html: str, on: date) -> Rendered:
    return Figures([html], on).render(html)


class _Replacement:
    """What stands in place of each piece of a body. In one pass: what is put in names documents, and their numbers look
    like references. Inside a link there is no other link, and in a description no markup."""

    def __init__(self, answers, notes):
        self.answers, self.notes, self.in_link = answers, notes, False

    def __call__(self, match):
        alone, tag, text = match.groups()
        return self._tag(tag) if tag else self._figure(alone or text, alone is not None)

    def _tag(self, tag):
        if tag.startswith(("<a ", "<a>", "</a>")):
            self.in_link = tag != "</a>"
        return DESCRIPTION.sub(self._described, tag) if "〔" in tag else tag

    def _described(self, match):
        return REFERENCE.sub(lambda one: escape(in_plain_words(one[1], self.answers[one[1]])), match[0])

    def _figure(self, text, is_alone):
        answer = self.answers[text]
        if isinstance(answer, Exception):
            missing = format_html(
                '<span class="figure figure-missing">（{}）</span>', getattr(answer, "for_visitors", answer)
            )
            return format_html("<p>{}</p>", missing) if is_alone else missing
        if isinstance(answer, WorkedExample):
            notes = [self.notes.of(figure) for figure in answer.statement.figures]
            return blocks.example(answer, notes) if is_alone else blocks.example_line(answer, is_link=not self.in_link)
        if isinstance(answer, Matrix):
            return blocks.matrix(answer, [self.notes.of_table(figure) for figure in answer.figures], is_alone=is_alone)
        note = self.notes.of(answer)
        if is_stated(text, answer):
            return blocks.mark(note) if not self.in_link else ""
        return blocks.figure_block(note) if is_alone else blocks.figure(note, is_link=not self.in_link)
