"""Emphasis beside Chinese punctuation in Markdown: **注意：**余额 is bold, which CommonMark leaves as it is.

CommonMark lets no ** end between a punctuation mark and a letter, because words of other languages have a space there.
Here a mark of Chinese or Japanese punctuation counts as a letter, and another mark may stand before or after one.
"""

import unicodedata

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline


def is_cjk(char: str) -> bool:
    """Wide and full-width characters: Han, kana, Hangul and their punctuation. Emoji are none."""
    return unicodedata.east_asian_width(char) in {"W", "F"} and unicodedata.category(char) != "So"


def _is_blank(char):
    return isWhiteSpace(ord(char)) or char == "\n"


def _is_punctuation(char):
    return not is_cjk(char) and (isMdAsciiPunct(ord(char)) or isPunctChar(char))


def _may_open(before, after):
    """Whether emphasis may begin between these two characters; whether it may end is the same the other way round."""
    if _is_blank(after):
        return False
    return not _is_punctuation(after) or _is_blank(before) or _is_punctuation(before) or is_cjk(before)


class _State(StateInline):
    def scanDelims(self, start, canSplitWord):  # noqa: N802, N803 - the names of the library
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        opens, closes = _may_open(before, after), _may_open(after, before)
        return Scanned(
            opens and (canSplitWord or not closes or _is_punctuation(before)),
            closes and (canSplitWord or not opens or _is_punctuation(after)),
            end - start,
        )


class CjkInline(ParserInline):
    """The inline parser of markdown-it with that rule."""

    def parse(self, src, md, env, tokens):
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens
