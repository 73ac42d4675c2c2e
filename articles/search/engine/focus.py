"""Focus of what was found: how much of a query stands where an article says what it is about, its title, tags and first lines.

Words that are somewhere in a long text say little: 假肢 stands in an article on what is not paid. Measured on the shipped
articles in tests/benchmarks/README.md. No Django.
"""

from collections.abc import Iterable

from articles.search.engine.query import Variant
from articles.search.engine.statistics import Statistics

LEAD_CHARACTERS = 150
LEAD_WORTH = 0.7  # beside a title's 1
# Characters that ask; a pair with one of them says little of what is asked about.
ASKING_CHARACTERS = frozenset("的吗呢么是有怎多少能不可以如何什了要几哪")


def focus(variants: Iterable[Variant], documents: Iterable[tuple[str, str]], statistics: Statistics) -> float:
    """The largest share of the weight of a variant's pairs that one document, its heading and text, is about; 0 to 1.

    1 where nothing but sounds or asking words was typed: there is nothing to miss.
    """
    weighed = [weights for variant in variants if (weights := _weights(variant, statistics))]
    if not weighed:
        return 1.0
    documents = [(heading, text[:LEAD_CHARACTERS]) for heading, text in documents]
    return max((_share(weights, *document) for weights in weighed for document in documents), default=0.0)


def _weights(variant, statistics):
    telling = [gram for gram in variant.grams if ASKING_CHARACTERS.isdisjoint(gram)]
    return {gram: statistics.weight(statistics.frequency(gram)) for gram in telling}


def _share(weights, heading, lead):
    met = sum(
        weight * (1 if gram in heading else LEAD_WORTH if gram in lead else 0) for gram, weight in weights.items()
    )
    return met / (sum(weights.values()) or 1)
