"""编辑规范: what a text of this site keeps to beyond what storing it demands. Hints to an editor, law for shipped articles.

Length is counted on the text a reader sees: figures in place of references, no markup, no spaces, digits and
punctuation included. What is marked 示例 may contain any number.
"""

import re
from collections.abc import Iterable
from datetime import date

from articles.figures.grammar import REFERENCE, find
from articles.figures.resolving import Answer, figures_of, in_plain_words, resolve
from articles.text import plain_text
from articles.workflow.style_sentences import (
    example_hints,
    misconception_hints,
    register_hints,
    step_hints,
    summary_hints,
    undated,
)
from calculators.values.spellings import normalised, typed_pattern
from calculators.values.types import Bands

MIN_TEXT_LENGTH, MAX_TEXT_LENGTH = 600, 1500
MIN_TAGS, MAX_TAGS = 3, 6
MIN_ANSWER_LENGTH = 20
EXAMPLE = "示例"
HOTLINE = "12393"
FILLER = (
    *("小编", "赶紧", "赶快", "必看", "速看", "震惊", "重磅", "干货", "秒懂", "划重点", "建议收藏", "快转发"),
    *("众所周知", "总而言之", "综上所述", "随着社会的发展", "在当今社会", "值得一提的是", "相信很多人", "不看后悔"),
)
FIRST_BLOCK = re.compile(r"\s*<(\w+)[^>]*>(.*?)</\1>", re.DOTALL)


def hints(content: dict, on: date) -> list[str]:
    """What an article (articles.workflow.snapshot) lacks on the day `on`, each in one Chinese sentence. Three queries at most, three more where the summary cites another day."""
    body, summary = content["body"], content["summary"]
    found = resolve(find(summary + body), on)
    text = plain_text(REFERENCE.sub(lambda match: _shown(match[1], found), body))
    words = normalised(f"{content['title']}\n{summary}\n{text}")
    return [
        *_length(text),
        *_parts(content),
        *_opening(body, found),
        *_wording(words),
        *_typed(normalised(REFERENCE.sub("", f"{summary}\n{plain_text(body)}")), found.values()),
        *(str(answer) for answer in found.values() if isinstance(answer, Exception)),
        *_ending(text),
        *register_hints(f"{summary}\n{plain_text(body)}"),
        *example_hints(body),
        *step_hints(body),
        *misconception_hints(body),
        *summary_hints(summary, found, resolve(undated(summary), on)),
    ]


def length(text: str) -> int:
    return len(re.sub(r"\s", "", text))


def _shown(reference, found):
    answer = found[reference]
    return "" if isinstance(answer, Exception) else in_plain_words(reference, answer)


def _length(text):
    if not MIN_TEXT_LENGTH <= (characters := length(text)) <= MAX_TEXT_LENGTH:
        yield f"正文 {characters} 字，应在 {MIN_TEXT_LENGTH} 到 {MAX_TEXT_LENGTH} 字之间。"


def _parts(content):
    if not MIN_TAGS <= (tags := len(content["tags"])) <= MAX_TAGS:
        yield f"有 {tags} 个标签，应有 {MIN_TAGS} 到 {MAX_TAGS} 个。"
    if not content["sources"]:
        yield "没有来源，至少要写一份文件。"


def _opening(body, found):
    """The answer comes first: a paragraph, no heading, long enough to say something."""
    first = FIRST_BLOCK.match(body)
    answer = REFERENCE.sub(lambda match: _shown(match[1], found), first[2]) if first and first[1] == "p" else ""
    if length(plain_text(answer)) < MIN_ANSWER_LENGTH:
        yield f"开头要用一段话直接回答标题，不少于 {MIN_ANSWER_LENGTH} 字，前面不放小标题。"


def _wording(words):
    if "!" in words:
        yield "不用感叹号。"
    if used := [word for word in FILLER if word in words]:
        yield f"删掉套话：{''.join(f'“{word}”' for word in used)}。"


def _typed(text, answers: Iterable[Answer]):
    """Amounts and percentages typed by hand although the text refers to the figure elsewhere."""
    lines = [line for line in text.split("\n") if EXAMPLE not in line]
    seen = {}
    for answer in answers:
        for name, pattern in ((one.name, pattern) for one in figures_of(answer) for pattern in _patterns(one)):
            for line in lines:
                if typed := pattern.search(line):
                    seen.setdefault(typed[0], f"“{typed[0]}”是手写的{name}，请改成引用，或标明“{EXAMPLE}”。")
    return seen.values()


def _patterns(figure):
    is_banded = isinstance(figure.value, Bands)
    values = [band.ratio for band in figure.value] if is_banded else [figure.value]
    unit = "ratio" if is_banded else figure.unit
    if unit == "ratio" or unit.startswith("CNY"):
        yield from filter(None, (typed_pattern(value, unit) for value in values))


def _ending(text):
    if HOTLINE not in (text.split("\n") or [""])[-1]:
        yield f"最后一段要写明不清楚时问谁，如拨 {HOTLINE}。"
