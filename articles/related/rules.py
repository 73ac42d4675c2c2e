"""Rules of related reading that hold whatever the scores say: which areas fit together, and the reason in words. No database.

Areas are known by their ids; None is the whole country.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from articles.similarity.term_numbers import number
from articles.text import normalise

MAX_SHOWN_ENTRIES = 8  # related articles beside an article; the worklist's conditions of quality count the same
READ_ENTRIES = 16  # of the stored list, from which those shown are taken
MAX_REASON_LENGTH = 60
MAX_NAMED_IN_REASON = 3
PINNED_REASON, SAME_TOPIC_REASON = "编辑推荐", "主题相近"

# An article of one place prefers that place; one for all prefers what holds for all.
SAME_AREA, LOCAL_BESIDE_NATIONAL = 1.1, 0.9


@dataclass(frozen=True)
class Areas:
    """`parents` leads from each area to the one above it, None above the outermost."""

    parents: Mapping[int, int | None]
    names: Mapping[int, str]

    def chain(self, area: int | None) -> list[int]:
        """The area and those above it, nearest first; the nation is no area."""
        chain = []
        while area is not None and area not in chain:
            chain.append(area)
            area = self.parents.get(area)
        return chain

    def fitting(self, area: int | None) -> Collection[int] | None:
        """The areas whose articles may stand beside one of `area`: above it, below it and itself. None: all."""
        if area is None:
            return None
        return {other for other in self.parents if other in self.chain(area) or area in self.chain(other)}

    def named(self, areas: Collection[int]) -> frozenset[int]:
        """The numbers that stand for the names of these areas in a profile."""
        return frozenset(number(normalise(self.names[area])) for area in areas)

    def shared(self, one: int | None, other: int | None) -> int | None:
        """The wider of two areas of which one contains the other."""
        if one is None or other is None:
            return None
        chains = self.chain(one), self.chain(other)
        return other if other in chains[0] else one if one in chains[1] else None


@dataclass(frozen=True)
class Filed:
    """Under what an article is filed."""

    area: int | None
    category: str
    tags: Sequence[str]


def preference(asker: int | None, other: int | None) -> float:
    """By what the score counts more or less for the areas of the two."""
    if asker is None:
        return 1 if other is None else LOCAL_BESIDE_NATIONAL
    return SAME_AREA if other == asker else 1


def reason(asker: Filed, other: Filed, areas: Areas) -> str:
    """同在北京，都讲门诊、退休 – the place and the tags that both have; nothing where they share neither."""
    area = areas.names.get(areas.shared(asker.area, other.area))
    shared = [tag for tag in asker.tags if tag in other.tags and tag != area]
    said = f"同在{area}" if area else ""
    for place, tag in enumerate(shared[: MAX_NAMED_IN_REASON - bool(area)]):
        longer = f"{said}、{tag}" if place else f"{said}，都讲{tag}" if said else f"都讲{tag}"
        said = longer if len(longer) <= MAX_REASON_LENGTH else said
    return said
