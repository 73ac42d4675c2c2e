"""Texts of an index: their rows, encoded by the words known when the index was built, and the postings that find them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import islice

import numpy as np

from articles.similarity.features import TextRows
from articles.similarity.matrices import PackedRows, SparseRows, Vocabulary
from articles.similarity.profile import Profile

BLOCK = 1000  # texts encoded at once, which bounds the memory that it takes
# A word that makes up so little of a text does not bring it in.
SLIGHT_WEIGHT = 0.06
FOUND_BY = ("text", "title", "topic")
SPARSE = tuple(field.name for field in fields(TextRows) if field.name != "meaning")


class ProfileEncoder:
    """Profiles as rows; words that it does not know count for nothing."""

    def __init__(self, known: Mapping[str, Vocabulary], dimensions: int):
        self._vocabularies = {**known, "title": known["text"]}
        self._dimensions = dimensions

    def blocks(self, profiles: Iterable[Profile]) -> Iterator[TextRows]:
        """Packed; at least one, an empty one."""
        yield packed(self._encoded([]))
        for block in in_blocks(profiles):
            yield packed(self._encoded(block))

    def query(self, profile: Profile, *, has_meaning: bool) -> TextRows:
        row = self._encoded([profile])
        return row if has_meaning else TextRows(row.text, row.title, row.tags, row.kinds, row.topic, row.meaning * 0)

    def _encoded(self, profiles: Sequence[Profile]) -> TextRows:
        known = self._vocabularies
        terms = {name: [getattr(profile, name) for profile in profiles] for name in SPARSE}
        weigh = {name: known[name].masses if name == "topic" else known[name].cosines for name in SPARSE}
        return TextRows(**{name: weigh[name](terms[name]) for name in SPARSE}, meaning=self._meanings(profiles))

    def _meanings(self, profiles: Sequence[Profile]) -> np.ndarray:
        """A row a text; nothing but zeros where there is no vector, no columns where no text had one."""
        rows = np.zeros((len(profiles), self._dimensions), np.float32)
        for row, profile in zip(rows, profiles, strict=True):
            if profile.meaning is not None and self._dimensions:
                row[:] = profile.meaning
        return rows


class IndexedTexts:
    def __init__(self, blocks: Iterable[TextRows]):
        """`blocks` are packed, at least one."""
        self._stored = {name: PackedRows() for name in SPARSE}
        meanings = []
        for block in blocks:
            meanings.append(block.meaning)
            for name, rows in self._stored.items():
                rows.add(getattr(block, name))
        self.meaning = np.vstack(meanings)
        self.postings = {name: self._stored[name].postings(SLIGHT_WEIGHT) for name in FOUND_BY}

    def __len__(self) -> int:
        return len(self.meaning)

    def take(self, places: np.ndarray) -> TextRows:
        """The texts at these places."""
        return TextRows(**{name: self._stored[name].take(places) for name in SPARSE}, meaning=self.meaning[places])


def in_blocks(profiles: Iterable[Profile]) -> Iterator[list[Profile]]:
    coming = iter(profiles)
    while block := list(islice(coming, BLOCK)):
        yield block


def packed(rows: TextRows) -> TextRows:
    return TextRows(**{name: getattr(rows, name).packed() for name in SPARSE}, meaning=rows.meaning)


def together(parts: Sequence[TextRows]) -> TextRows:
    """One below the other."""
    rows = {name: SparseRows.stacked([getattr(part, name) for part in parts]) for name in SPARSE}
    return TextRows(**rows, meaning=np.vstack([part.meaning for part in parts]))
