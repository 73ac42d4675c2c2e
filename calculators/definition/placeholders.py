"""Placeholders of texts beside a result: {步骤} stands for what a step or question gives. No Django."""

import re
from collections.abc import Callable

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


def placeholders(text: str) -> list[str]:
    """The names in braces, in order."""
    return _PLACEHOLDER.findall(text)


def fill(text: str, shown: Callable[[str], str]) -> str:
    """The text with each name in braces replaced by `shown(name)`."""
    return _PLACEHOLDER.sub(lambda match: shown(match[1]), text)
