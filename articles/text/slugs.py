"""Addresses from Chinese titles: 异地就医备案 becomes yi-di-jiu-yi-bei-an."""

import re
import unicodedata

from articles.text import pinyin

_PART = re.compile(r"[a-z0-9]+")


def slug_from_title(title: str, max_length: int = 80) -> str:
    """Pinyin syllables, Latin words and numbers joined by hyphens.

    Cut at a hyphen to `max_length`; empty when nothing of the title can be spelt.
    """
    pieces = pinyin.read(unicodedata.normalize("NFKC", title))
    slug = "-".join(_PART.findall(" ".join(pieces).lower()))
    if len(slug) > max_length:
        slug = slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]
    return slug
