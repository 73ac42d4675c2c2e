"""Order of results by place: an article for another place stands behind those for everybody and for the visitor's own.

Whose place it is, the query says (长沙住院), or else the visitor's choice. What holds hardly anything of the query is not
put in front for being national.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from calculators.question_answering import lookups
from calculators.typed_questions.insured_place import whereabouts
from calculators.typed_questions.sentence import normalised_sentence

# Of the best score among articles for the place. Of 18 searches on the shipped articles, what lay above was about the
# query and what lay below only mentioned its words.
MIN_SHARE_OF_BEST = 0.5


@dataclass(frozen=True)
class PlaceOrder:
    """`own` are codes of the places meant, `above` those of the places they lie in. Without any, nothing is reordered."""

    own: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str, chosen: str = "") -> "PlaceOrder":
        """The places that `text` names, otherwise the one with the code `chosen`."""
        own = _named(text) or ({chosen} if chosen else set())
        above = {code for place in own for code in _above(place)}
        return cls(frozenset(own), frozenset(above))

    def ordered(self, keys: Iterable[int], rows: Mapping[int, Any], scores: Mapping[int, float]) -> list[int]:
        """`keys` with articles of other places behind the last one that is as good as national or of the own place."""
        keys = list(keys)
        if not self.own:
            return keys
        areas = lookups.areas()
        elsewhere = {key for key in keys if key in rows and self._is_elsewhere(areas.get(rows[key].article__area))}
        fitting = {key: scores.get(key, 0) for key in keys if key in rows and key not in elsewhere}
        least = MIN_SHARE_OF_BEST * max(fitting.values(), default=0)
        end = max((place for place, key in enumerate(keys, 1) if fitting.get(key, -1) >= least), default=0)
        moved = [key for key in keys[:end] if key in elsewhere]
        return [*(key for key in keys[:end] if key not in elsewhere), *moved, *keys[end:]]

    def _is_elsewhere(self, area) -> bool:
        """Whether it is for a place that neither is the own one nor lies above or in it."""
        if area is None or area.is_nation or area.code in self.above:
            return False
        return self.own.isdisjoint(owner.code for owner in area.chain())


ANYWHERE = PlaceOrder()


def _named(text) -> set[str]:
    """Where the query says somebody is insured; all places it names where it does not say that of one."""
    sentence = normalised_sentence(text)
    mentions = lookups.place_index().mentions(sentence)
    insured = whereabouts(sentence, mentions).insured
    return {insured.code} if insured else {mention.place.code for mention in mentions}


def _above(code):
    places = lookups.place_index().by_code
    while code in places and places[code].parent:
        code = places[code].parent
        yield code
