"""Pinyin of Chinese text, without tones: 银行 is yin hang, 行为 xing wei. From pinyin.txt, which .ci/pinyin_table writes.

The table stays in memory as a few strings, 2 MB; as dictionaries of Python the same takes 55.
"""

import re
from array import array
from itertools import takewhile
from pathlib import Path

FIRST_CODE_POINT, LAST_CODE_POINT = 0x3007, 0x3FFFF  # 〇, and the end of the planes of Chinese characters
_RUN = re.compile("([\u3007-\U0003ffff]+)|([^\u3007-\U0003ffff]+)")
_NO_SYLLABLES: list[str] = []


def read(text: str) -> list[str]:
    """A syllable for each Chinese character, as the phrase it stands in has it; what is not read stays as it is."""
    return [piece for chinese, other in _RUN.findall(text) for piece in (_read_run(chinese) if chinese else [other])]


def syllables(run: str) -> list[str]:
    """The same of a run of Chinese characters, without those that nobody reads."""
    return [piece for piece in read(run) if piece.isascii()]


def _read_run(run: str) -> list[str]:
    pieces: list[str] = []
    place = 0
    while place < len(run):
        length, told = _longest_phrase(run, place)
        pieces += told or map(_syllable, run[place : place + length])
        place += length
    return pieces


def _longest_phrase(run: str, place: int) -> tuple[int, list[str]]:
    """How long it is, 1 where none begins here; its syllables where they are not those of its characters."""
    following = _FOLLOWING.get(run[place], "")
    longest, told = 1, _NO_SYLLABLES
    for end in range(place + 2, len(run) + 1):
        rest = run[place + 1 : end]
        start = following.find(f" {rest}")  # a phrase stands before the longer ones that begin with it
        if start < 0:
            break
        stop = start + 1 + len(rest)
        if following[stop] in " =":
            longest = end - place
            syllables_told = following[stop + 1 : following.index(" ", stop)]
            told = syllables_told.split(",") if following[stop] == "=" else _NO_SYLLABLES
    return longest, told


def _syllable(character: str) -> str:
    return _SYLLABLES[_NUMBERS[ord(character) - FIRST_CODE_POINT]] or character


def _tables() -> tuple[list[str], "array[int]", dict[str, str]]:
    """Line by line, so that nothing but the tables is left in memory."""
    names, numbers = [""], array("H", bytes(2 * (LAST_CODE_POINT + 1 - FIRST_CODE_POINT)))
    following: dict[str, str] = {}
    with (Path(__file__).parent / "pinyin.txt").open(encoding="utf-8") as lines:
        told = (line.rstrip("\n") for line in lines if not line.startswith("#"))
        for line in takewhile(bool, told):  # an empty line divides the characters from the phrases
            syllable, _, characters = line.partition(" ")
            for character in characters:
                numbers[ord(character) - FIRST_CODE_POINT] = len(names)
            names.append(syllable)
        following.update((line[0], f"{line[1:]} ") for line in told)
    return names, numbers, following


_SYLLABLES, _NUMBERS, _FOLLOWING = _tables()
