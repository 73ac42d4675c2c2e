"""Tags as an editor types them: 门诊、起付线，北京."""

import re

_SEPARATORS = re.compile(r"[，、；,;\r\n]+")
_QUOTES = re.compile("[\"'“”‘’＂＇]")


def split_tags(text: str) -> list[str]:
    """The tags in `text`, in order, each once.

    Separated by ，、；or their half-width forms or a new line; a space inside a tag
    stays, quotes go. `split_tags(join_tags(tags))` gives the same names back.
    """
    names = (" ".join(part.split()) for part in _SEPARATORS.split(_QUOTES.sub("", text)))
    unique = {}
    for name in filter(None, names):
        unique.setdefault(name.casefold(), name)
    return list(unique.values())


def join_tags(tags) -> str:
    """The names of `tags` (objects with a name) as one line for the edit form."""
    return "、".join(tag.name for tag in tags)
