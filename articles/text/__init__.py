"""Chinese text: words, excerpts, slugs and tags, without the database.

Index and query must pass through the same functions here, or they will not meet.
"""

from articles.text.excerpt import excerpt
from articles.text.numbers import grouped_number, plain_numbers, with_plain_numbers
from articles.text.plain import plain_text
from articles.text.raised import SIGNS, spelt
from articles.text.segment import (
    DICTIONARY,
    TOKENIZER_VERSION,
    bigrams,
    bigrams_of,
    cut,
    normalise,
    places,
    runs,
    runs_in,
    words,
)
from articles.text.slugs import slug_from_title, unused_slug
from articles.text.tags import join_tags, split_tags, split_words

__all__ = [
    "DICTIONARY",
    "SIGNS",
    "TOKENIZER_VERSION",
    "bigrams",
    "bigrams_of",
    "cut",
    "excerpt",
    "grouped_number",
    "join_tags",
    "normalise",
    "places",
    "plain_numbers",
    "plain_text",
    "runs",
    "runs_in",
    "slug_from_title",
    "spelt",
    "split_tags",
    "split_words",
    "unused_slug",
    "with_plain_numbers",
    "words",
]
