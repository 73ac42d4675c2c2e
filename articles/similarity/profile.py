"""Profile of a text to compare it by: counted words, tags, and what its title asks.

Words are kept as 32-bit numbers, so that a profile is small, needs no word list beside it and stays
valid whatever happens to other texts. Two words on one number are rarer than a typing error.
"""

import re
import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from articles.similarity.questions import is_question, kinds, own_title, topic
from articles.similarity.term_numbers import number
from articles.text import TOKENIZER_VERSION, normalise, places, words

# A stored profile of another version must be made again.
PROFILE_VERSION = TOKENIZER_VERSION * 100 + 2

MAX_COUNT = np.iinfo(np.uint16).max
_HEAD = "<??6I"
_MEANING = np.dtype("<f2")
_CONTACT = re.compile("电话|热线|号码|地址|网点|怎么联系|如何联系")


@dataclass(frozen=True)
class Terms:
    """The numbers of terms, ascending, and how often each occurs."""

    ids: np.ndarray
    counts: np.ndarray

    @classmethod
    def of(cls, terms: Iterable[str]) -> "Terms":
        counted = sorted(Counter(map(number, terms)).items())
        ids, counts = zip(*counted, strict=True) if counted else ((), ())
        return cls(np.array(ids, np.uint32), np.minimum(counts, MAX_COUNT).astype(np.uint16))


@dataclass(frozen=True)
class Profile:
    """A text to compare; `title` is empty where the title says nothing of its own."""

    title: Terms
    text: Terms  # title and body together
    tags: Terms
    kinds: Terms
    topic: Terms
    places: Terms  # those the title names
    question: bool
    contact: bool  # it tells how to reach an office
    meaning: np.ndarray | None = None  # of the title, a vector of length one, where a sentence model made one

    @property
    def untitled(self) -> bool:
        return len(self.title.ids) == 0

    @property
    def fields(self) -> tuple[Terms, ...]:
        return self.title, self.text, self.tags, self.kinds, self.topic, self.places

    def to_bytes(self) -> bytes:
        head = struct.pack(_HEAD, self.question, self.contact, *(len(terms.ids) for terms in self.fields))
        terms = b"".join(terms.ids.tobytes() + terms.counts.tobytes() for terms in self.fields)
        return head + terms + (b"" if self.meaning is None else self.meaning.astype(_MEANING).tobytes())

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Profile":
        question, contact, *sizes = struct.unpack_from(_HEAD, stored)
        place = struct.calcsize(_HEAD)
        read: list[Terms] = []
        for size in sizes:
            ids = np.frombuffer(stored, np.uint32, size, place)
            counts = np.frombuffer(stored, np.uint16, size, place + 4 * size)
            read.append(Terms(ids, counts))
            place += 6 * size
        meaning = np.frombuffer(stored, _MEANING, offset=place).astype(np.float32) if place < len(stored) else None
        title, text, tags, kinds, topic, places = read
        return cls(title, text, tags, kinds, topic, places, question, contact, meaning)


def profile_of(title: str, body: str, tags: Sequence[str] = (), meaning: np.ndarray | None = None) -> Profile:
    """The profile of plain texts. `tags` may name anything that files the text: tags, area, category."""
    own = own_title(title, body)
    return Profile(
        title=Terms.of(words(own)),
        text=Terms.of(words(own) + words(body)),
        tags=Terms.of(map(normalise, tags)),
        kinds=Terms.of(kinds(own)),
        topic=Terms.of(topic(own)),
        places=Terms.of(places(title)),
        question=is_question(title),
        contact=bool(_CONTACT.search(title)),
        meaning=meaning,
    )
