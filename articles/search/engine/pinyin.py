"""Pinyin of a text, and the syllables that Latin letters may stand for. No Django."""

from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from articles.text import runs
from calculators.common.pinyin import syllables

SYLLABLES = frozenset(
    syllable
    for line in (Path(__file__).parent.parent / "syllables.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for syllable in line.split()
)
MAX_SYLLABLE_LENGTH = max(map(len, SYLLABLES))
MAX_PINYIN_LENGTH = 60
READINGS_KEPT = 12


@lru_cache(maxsize=100_000)
def syllables_of(run: str) -> tuple[str, ...]:
    """The syllables of a run of Chinese characters, read as the words they make: 银行 yin hang, 行为 xing wei."""
    return tuple(syllables(run))


def sounds(text: str) -> list[str]:
    """Every pair of neighbouring syllables: 医保卡 gives yi_bao and bao_ka."""
    return [pair for run in runs(text) if run[0] >= "\u3400" for pair in pairs(syllables_of(run))]


def pairs(heard) -> list[str]:
    return [f"{first}_{second}" for first, second in pairwise(heard)]


def readings(letters: str) -> list[tuple[str, ...]]:
    """The ways to cut letters into two or more syllables, fewest syllables first: xian gives (xi, an)."""
    letters = "".join(letters.lower().replace("'", "").split())
    if not letters.isascii() or not letters.isalpha() or len(letters) > MAX_PINYIN_LENGTH:
        return []
    ways = {0: [()]}
    for end in range(1, len(letters) + 1):
        found = [
            (*way, letters[start:end])
            for start in range(max(0, end - MAX_SYLLABLE_LENGTH), end)
            if letters[start:end] in SYLLABLES
            for way in ways.get(start, ())
        ]
        ways[end] = sorted(found, key=_plausible)[:READINGS_KEPT]
    return [way for way in ways[len(letters)] if len(way) > 1]


def _plausible(way):
    """Few syllables first; a syllable that begins with a vowel is rare inside a word."""
    return len(way) + sum(syllable[0] in "aeo" for syllable in way[1:])
