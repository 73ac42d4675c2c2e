"""Focus of what was found: how much of a query stands where an article says what it is about, its title, tags and first lines.

Words that are somewhere in a long text say little: 假肢 stands in an article on what is not paid. Measured on the shipped
articles in tests/benchmarks/README.md. No Django.
"""

from collections.abc import Iterable
from itertools import pairwise

from articles.search.engine.query import Variant
from articles.search.engine.statistics import Statistics

LEAD_CHARACTERS = 150
LEAD_WORTH = 0.7  # beside a title's 1
SENTENCE_WORDS = 4  # from here on words stand in any order, and no article has all pairs of neighbours
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
    between = _pairs_between_words(variant)
    telling = [gram for gram in variant.grams if gram not in between and ASKING_CHARACTERS.isdisjoint(gram)]
    return {gram: statistics.weight(statistics.frequency(gram)) for gram in telling}


def _pairs_between_words(variant):
    """保老 in 居民医保|老人: found nowhere, so that it would weigh most. Characters by themselves may be a word unknown, and
    of two or three words it says that they stand together: 新冠疫苗."""
    words = variant.words if len(variant.words) >= SENTENCE_WORDS else ()
    touching = [(one, other) for one, other in pairwise(words) if one + other in variant.text]
    pairs = {one[-1] + other[0] for one, other in touching if len(one) > 1 or len(other) > 1}
    return {pair for pair in pairs if not any(pair in word for word in words)}


def _share(weights, heading, lead):
    met = sum(
        weight * (1 if gram in heading else LEAD_WORTH if gram in lead else 0) for gram, weight in weights.items()
    )
    return met / (sum(weights.values()) or 1)
