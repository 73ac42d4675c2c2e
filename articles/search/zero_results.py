"""Searches that no article is about: counted by their words, without anything that could tell who searched."""

import re
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from articles.models import MissedSearch
from articles.search.engine.find import find
from articles.text import normalise, runs

MAX_WORDS_LENGTH = 40
# More different ones than editors can look at: for each further one, an old one goes that was searched for once only.
MAX_KEPT_SEARCHES = 5_000
MAX_CHECKED_SEARCHES = 500

_PERSONAL = [
    re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"),
    re.compile(r"\d{6}[\s-]?\d{8}[\s-]?\d{3}[\dx]", re.IGNORECASE),
    re.compile(r"1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}"),
    re.compile(r"(?:\d[\s-]?){7,}x?", re.IGNORECASE),
    re.compile(r"(?:我叫|我是|姓名|名字|患者|病人|参保人)[:：是叫为\s]*[\u4e00-\u9fff]{2,4}(?=[\s,，。、的]|$)"),
    re.compile(r"[\u4e00-\u9fff]{2,3}(?:先生|女士|小姐|同志)"),
    re.compile(r"[a-z]*\d[a-z\d]{6,}", re.IGNORECASE),
]


def impersonal(text: str) -> str:
    """The text without mail addresses, ID, phone and other long numbers, and names said to be names."""
    text = normalise(text)
    for pattern in _PERSONAL:
        text = pattern.sub(" ", text)
    return " ".join(text.split())


def note(text: str, on: date) -> None:
    """One more search for these words was answered by no article on this day. Words in another order are the same search."""
    words = impersonal(text)
    key = " ".join(sorted(runs(words)))
    if not key or len(words) > MAX_WORDS_LENGTH:
        return
    seen = MissedSearch.objects.filter(key=key)
    if seen.exclude(status=MissedSearch.Status.ANSWERED).update(count=F("count") + 1, last_on=on):
        return
    if seen.update(count=F("count") + 1, last_on=on, status=MissedSearch.Status.OPEN):
        return
    if MissedSearch.objects.count() < MAX_KEPT_SEARCHES or make_room():
        MissedSearch.objects.get_or_create(key=key, defaults={"words": words, "last_on": on})


def make_room() -> bool:
    """Delete the oldest entry that one search has made and no editor has judged; False where there is none."""
    once = MissedSearch.objects.open().filter(count=1).order_by("last_on", "pk").values("pk")[:1]
    return bool(MissedSearch.objects.filter(pk__in=list(once.values_list("pk", flat=True))).delete()[0])


@transaction.atomic
def close_answered(at: datetime, containing: str = "") -> int:
    """Close those (with these characters) for which there is something to find by now; returns how many."""
    waiting = MissedSearch.objects.open().filter(words__contains=normalise(containing))[:MAX_CHECKED_SEARCHES]
    answered = [missed.pk for missed in waiting if find(missed.words, at).answers]
    return MissedSearch.objects.filter(pk__in=answered).update(status=MissedSearch.Status.ANSWERED)
