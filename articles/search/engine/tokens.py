"""The tokens an article is found by: pairs of characters, the same again for its title, and how the title sounds.

起付线 gives 起付 and 付线, and the last character of a run of them stands alone, so that any one character
is the beginning of some token. Latin words and numbers are tokens whole. Two marks tell tokens apart:
^起付 stands in the title or a tag, ~qi_fu is its sound. No Django.
"""

from articles.search.engine.pinyin import sounds
from articles.text import TOKENIZER_VERSION, bigrams_of, runs

# A stored row of another version must be made again.
INDEX_VERSION = TOKENIZER_VERSION * 100 + 3
TITLE, SOUND = "^", "~"
# Far beyond any honest article; keeps one row from outgrowing the index.
MAX_TEXT_LENGTH = 60_000


def tokens(title: str, text: str) -> str:
    """The tokens of an article, each once, apart by spaces; `title` holds its tags as well."""
    heading = _grams(title)
    found = heading + _grams(text[:MAX_TEXT_LENGTH])
    found += [f"{TITLE}{gram}" for gram in heading]
    found += [f"{SOUND}{sound}" for sound in sounds(title)]
    return " ".join(dict.fromkeys(found))


def _grams(text):
    found = runs(text)
    return bigrams_of(found) + [run[-1] for run in found if run[0] >= "\u3400"]
