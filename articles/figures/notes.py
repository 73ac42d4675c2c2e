"""Notes below a text: what each figure in it is, where it stands, and since when."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from calculators.values.types import InForce
from calculators.values.units import show

RECENTLY = timedelta(days=365)  # how long an article tells that a figure in it changed


@dataclass(frozen=True)
class FigureNote:
    """What stands below the text about a figure in it; `is_table`: about all figures of a table from the same document.

    `is_alike`: the text before shows another figure in the same words, so that its button says which one it is.
    """

    number: int
    figure: InForce
    day: date
    is_table: bool = False
    is_alike: bool = False

    @property
    def shown(self):
        return "见表" if self.is_table else show(self.figure.value, self.figure.unit)

    @property
    def anchor(self):
        return f"figure-{self.number}"

    @property
    def source(self):
        citation = self.figure.citation
        return f"{citation.number or citation.title}，{citation.since}，{citation.evidence}"

    @property
    def replaced(self):
        """The value that this one took over from within the last year, as a reader sees it; else empty."""
        since, figure = self.figure.citation.effective_from, self.figure
        is_new = since is not None and self.day - RECENTLY < since <= self.day and not self.is_table
        return show(figure.replaced, figure.unit) if is_new and figure.replaced not in {None, figure.value} else ""

    @property
    def changes_on(self):
        """The first day of the row that follows, where one is known and lies ahead of the reader's day."""
        until = self.figure.until
        return until if until and until > self.day else None


class FigureNotes:
    """The notes of a text, numbered as their figures first stand in it."""

    def __init__(self, on: date):
        self.on = on
        self._notes: dict[object, FigureNote] = {}

    def __iter__(self) -> Iterator[FigureNote]:
        return iter(self._notes.values())

    def of(self, figure: InForce) -> FigureNote:
        """One note for a row, though an example asks it for a later day, or for a place that it holds in as well."""
        return self._note(figure.row or figure, figure)

    def of_table(self, figure: InForce) -> FigureNote:
        """One note for the figures of a parameter that stand in the same document since the same day."""
        citation = figure.citation
        key = (figure.name, figure.area_code, citation.slug, citation.effective_from, figure.until, figure.known_until)
        return self._note(key, figure, is_table=True)

    def _note(self, key, figure, **more):
        if key not in self._notes:
            note = FigureNote(len(self._notes) + 1, figure, self.on, **more)
            is_alike = any(other.shown == note.shown for other in self)
            self._notes[key] = replace(note, is_alike=is_alike)
        return self._notes[key]
