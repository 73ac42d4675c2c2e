"""Placeholders of texts beside a result: {步骤} stands for what a step or question gives. No Django.

The braces may be those of a Chinese keyboard: ｛步骤｝.
"""

import re
from collections.abc import Callable

_PLACEHOLDER = re.compile(r"[{｛]([^{}｛｝]+)[}｝]")
_BRACE = re.compile(r"[{}｛｝]")


def placeholders(text: str) -> list[str]:
    """The names in braces, in order."""
    return _PLACEHOLDER.findall(text)


def fill(text: str, shown: Callable[[str], str]) -> str:
    """The text with each name in braces replaced by `shown(name)`."""
    return _PLACEHOLDER.sub(lambda match: shown(match[1]), text)


def has_lone_brace(text: str) -> bool:
    """Whether a brace is left that belongs to no placeholder: readers would see it."""
    return _BRACE.search(_PLACEHOLDER.sub("", text)) is not None
