"""Addresses from Chinese titles: 异地就医备案 becomes yi-di-jiu-yi-bei-an; never empty, never another row's."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from django.db.models import CharField, Model

from calculators.common import pinyin

MAX_SLUG_LENGTH = 80
NUMBER_LENGTH = 6  # room for -12345 behind a slug that is taken
_PART = re.compile(r"[a-z0-9]+")


def slug_from_title(title: str, max_length: int = MAX_SLUG_LENGTH) -> str:
    """Pinyin syllables, Latin words and numbers joined by hyphens.

    Cut at a hyphen to `max_length`; empty when nothing of the title can be spelt.
    """
    pieces = pinyin.read(unicodedata.normalize("NFKC", title))
    slug = "-".join(_PART.findall(" ".join(pieces).lower()))
    if len(slug) > max_length:
        slug = slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]
    return slug


def unused_slug(row: Model, name: str, fallback: str, once: Callable[[str], Iterable[str]] = lambda wanted: ()) -> str:
    """The pinyin of `name`, or `fallback` where nothing of it can be spelt, with a number where another row has it.

    `once` gives slugs with this beginning that no row has any more and none may get.
    """
    wanted = slug_from_title(name, _max_length(row) - NUMBER_LENGTH) or fallback
    others = type(row)._default_manager.exclude(pk=row.pk).filter(slug__startswith=wanted)
    taken = {*others.values_list("slug", flat=True), *once(wanted)}
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


def _max_length(row: Model) -> int:
    field = row._meta.get_field("slug")
    return field.max_length if isinstance(field, CharField) and field.max_length else MAX_SLUG_LENGTH
