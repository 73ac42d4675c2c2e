"""Tags as an editor types them: 门诊、起付线，北京."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Protocol

from calculators.common.names import canonical_name, identity

_SEPARATORS = re.compile(r"[，、；,;\r\n]+")
_QUOTES = re.compile("[\"'“”‘’＂＇]")


def split_tags(text: str) -> list[str]:
    """The tags in `text`, in order, each once, as calculators.common.names writes a name.

    Separated by ，、；or their half-width forms or a new line; a space inside a tag
    stays, quotes go. `split_tags(join_tags(tags))` gives the same names back.
    """
    return [canonical_name(word) for word in split_words(unicodedata.normalize("NFKC", text))]


def split_words(text: str) -> list[str]:
    """The words in `text` as they are written, in order, each name once."""
    words = (" ".join(part.split()) for part in _SEPARATORS.split(_QUOTES.sub("", text)))
    unique: dict[str, str] = {}
    for word in words:
        unique.setdefault(identity(word), word)
    return [word for name, word in unique.items() if name]


class Named(Protocol):
    @property
    def name(self) -> str: ...


def join_tags(tags: Iterable[Named]) -> str:
    """The names of `tags` as one line for the edit form."""
    return "、".join(tag.name for tag in tags)
