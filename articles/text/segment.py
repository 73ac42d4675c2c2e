"""Chinese text as tokens: dictionary words for meaning, bigrams for certainty.

A word list finds 起付线 as one thing but may cut a new word wrongly; character
bigrams find every literal string of two or more characters.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import opencc
import rjieba

from calculators.values.width import narrow

# Raised whenever tokens change, so that stored tokens can be told to be old.
TOKENIZER_VERSION = 2

APP = Path(__file__).resolve().parent.parent
# A dictionary word must outweigh its parts even where it is rare in general Chinese.
MIN_FREQUENCY = 100

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# 1,800 is one number; c++ and covid-19 are one word each.
_RUN = re.compile(rf"[{_HAN}]+|\d+(?:[.,]\d+)+|[^\W_{_HAN}]+(?:[-.][^\W_{_HAN}]+)*\+*")
# What the segmenter takes for a place, and no part of the country is.
NO_PLACES = frozenset(("中国", "全国", "国内", "国外", "境外", "入口", "本地", "外地", "深度"))
_TO_SIMPLIFIED = opencc.OpenCC("t2s")


def _read(name: str) -> list[str]:
    lines = (APP / name).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def _teach(terms: Iterable[str]) -> None:
    """Put our terms into rjieba's own segmenter, which it makes with its module: another one takes 24 MB.

    Only while this module is imported: changing a segmenter that another thread is using raises.
    """
    for term in terms:
        rjieba.add_word(term, max(rjieba.suggest_freq(term), MIN_FREQUENCY), "n")


DICTIONARY = _read("dictionary.txt")
STOP_WORDS = frozenset(_read("stop_words.txt"))
_teach(DICTIONARY)


def cut(text: str) -> list[str]:
    """The text as it is in words, signs among them; put together they are the text."""
    return rjieba.cut(text)


def cut_by_dictionary(text: str) -> list[str]:
    """The same by the dictionary alone: what it does not know falls apart into single characters."""
    return rjieba.cut(text, hmm=False)


def normalise(text: str) -> str:
    """Full-width to half-width, traditional to simplified, lower case."""
    simplified: str = _TO_SIMPLIFIED.convert(narrow(text))
    return simplified.lower()


def words(text: str) -> list[str]:
    """The words of `text` in order, without grammar words and punctuation."""
    found = []
    for run in runs(text):
        found += rjieba.cut(run) if _is_han(run) else [run]
    return [word for word in found if word not in STOP_WORDS]


def places(text: str) -> list[str]:
    """The places that `text` names, 成都市 as 成都; the country as a whole is none."""
    named = [word for word, kind in rjieba.tag(normalise(text)) if kind == "ns" and word not in NO_PLACES]
    return [word[:-1] if len(word) > 2 and word[-1] in "省市" else word for word in named]


def bigrams(text: str) -> list[str]:
    """Every pair of neighbouring Chinese characters; Latin words and numbers whole.

    Pairs do not reach across punctuation; a lone character stands for itself.
    """
    return bigrams_of(runs(text))


def bigrams_of(runs: Iterable[str]) -> list[str]:
    """The same of a text that is cut into runs already."""
    found = []
    for run in runs:
        if not _is_han(run) or len(run) == 1:
            found.append(run)
        else:
            found += [run[i : i + 2] for i in range(len(run) - 1)]
    return found


def runs(text: str) -> list[str]:
    """`text` normalised and cut where script changes or a sign stands: 门诊CT检查 is three runs."""
    return runs_in(normalise(text))


def runs_in(normalised: str) -> list[str]:
    """The same of a text that is normalised already."""
    return _RUN.findall(normalised)


def _is_han(run: str) -> bool:
    return ord(run[0]) >= 0x3400
