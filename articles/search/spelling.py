"""您要找的是不是: what sounds like the query and stands in the titles that were found. No query of its own."""

from collections.abc import Iterable

from articles.search.engine.pinyin import syllables_of
from articles.search.engine.query import Query
from articles.text import normalise, runs

MIN_WORD_LENGTH = 2


def meant(query: Query, titles: Iterable[str]) -> str:
    """The query as it was probably meant, in characters that stand in a title; empty where it stands there as typed."""
    titles = [normalise(title) for title in titles]
    typed = query.variants[0] if query.variants else None
    if typed is None or not titles:
        return ""
    if pinyin := [variant for variant in query.variants if variant.is_pinyin]:
        return _spelt(query, pinyin, titles)
    said = "".join(titles)
    wrong = [run for run in runs(query.text) if run[0] >= "\u3400" and len(run) >= MIN_WORD_LENGTH and run not in said]
    text = query.text
    for run in wrong:
        text = text.replace(run, _same_sound(run, titles) or run)
    return text if text != query.text else ""


def _spelt(query, variants, titles):
    if any(query.text in title for title in titles):
        return ""
    return next(filter(None, (_sounding(variant.syllables, titles) for variant in variants)), "")


def _same_sound(run, titles):
    """The characters of a title that sound like `run`; for a longer run, like most of it."""
    found = _sounding(syllables_of(run), titles)
    if found:
        return found
    for size in range(len(run) - 1, MIN_WORD_LENGTH, -1):
        for start in range(len(run) - size + 1):
            part = run[start : start + size]
            if not any(part in title for title in titles) and (other := _sounding(syllables_of(part), titles)):
                return run[:start] + other + run[start + size :]
    return ""


def _sounding(syllables, titles):
    size = len(syllables)
    for title in titles:
        for run in runs(title):
            heard = syllables_of(run) if run[0] >= "\u3400" else ()
            for start in range(len(heard) - size + 1):
                if heard[start : start + size] == tuple(syllables) and len(heard) == len(run):
                    return run[start : start + size]
    return ""
