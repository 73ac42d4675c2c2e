"""Spelling: what a query was probably meant as, told by its sound. No query of its own.

Only whole words are corrected, and only into whole words: 起富线 into 起付线, never a part of 医疗保险 that sounds like a
part of 合作医疗报销. A word of the dictionary is never wrong, nor is anything that stands in what was found as typed.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from articles.search.engine.pinyin import syllables_of
from articles.search.engine.query import Query
from articles.text import DICTIONARY, normalise, runs
from articles.text.segment import STOP_WORDS, cut_by_dictionary

MIN_WORD_LENGTH = 2
MAX_WORD_LENGTH = 6


def meant(query: Query, titles: Iterable[str], texts: Iterable[str] = ()) -> str:
    """The query as it was probably meant, in words of a title or the dictionary; empty where nothing is wrong with it.

    `titles` and `texts` are those found, normalised.
    """
    titles = [normalise(title) for title in titles]
    found = "\n".join([*titles, *texts])
    typed = query.variants[0] if query.variants else None
    if typed is None:
        return ""
    if pinyin := [variant for variant in query.variants if variant.is_pinyin]:
        return _spelt(query, pinyin, titles)
    text = query.text
    for run in runs(query.text):
        if run[0] >= "\u3400" and run not in found:
            text = text.replace(run, _corrected(run, titles, found))
    return text if text != query.text else ""


def _spelt(query, variants, titles):
    if any(query.text in title for title in titles):
        return ""
    return next(filter(None, (_sounding(variant.syllables, titles) for variant in variants)), "")


def _corrected(run, titles, found):
    """The run with its doubtful words replaced by words that sound like them; the longest first."""
    words, heard = cut_by_dictionary(run), syllables_of(run)
    if len(heard) != len(run):
        return run
    for start, end in _doubtful(words, found):
        first, last = len("".join(words[:start])), len("".join(words[:end]))
        if word := _sounding(heard[first:last], titles):
            return run[:first] + word + _corrected(run[last:], titles, found) if run[last:] else run[:first] + word
    return run


def _doubtful(words, found) -> Iterator[tuple[int, int]]:
    """Neighbouring words, from and to, that may be one misspelt word: the segmenter made crumbs of it."""
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            some = words[start : start + size]
            text = "".join(some)
            if MIN_WORD_LENGTH <= len(text) <= MAX_WORD_LENGTH and _is_doubtful(some, text, found):
                yield start, start + size


def _is_doubtful(words, text, found):
    """起富线 is 起, 富, 线. A grammar word, 医保吗, is no crumb; what an article says is right."""
    crumbs = [word for word in words if len(word) == 1]
    if not crumbs or STOP_WORDS.intersection(crumbs) or text in _dictionary():
        return False
    return text not in found and not any(word in _dictionary() for word in words)


@cache
def _dictionary():
    return frozenset(map(normalise, DICTIONARY))


@cache
def _dictionary_by_sound():
    return {syllables_of(word): word for word in sorted(_dictionary(), reverse=True) if word[0] >= "\u3400"}


def _sounding(syllables, titles):
    """The whole words of a title, or else the word of the dictionary, that sound so."""
    syllables = tuple(syllables)
    for title in titles:
        for run in runs(title):
            heard = syllables_of(run) if run[0] >= "\u3400" else ()
            if len(heard) == len(run) and (found := _at_words(run, heard, syllables)):
                return found
    return _dictionary_by_sound().get(syllables, "")


def _at_words(run, heard, syllables):
    ends = {0}
    for word in cut_by_dictionary(run):
        ends.add(max(ends) + len(word))
    for start in sorted(ends):
        end = start + len(syllables)
        if end in ends and heard[start:end] == syllables:
            return run[start:end]
    return ""
