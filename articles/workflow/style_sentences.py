"""编辑规范 on sentences: none reads like a register, an example ends on a number, steps say where to go, a summary is of today."""

import re
from collections.abc import Iterable, Mapping

from articles.figures.grammar import find
from articles.figures.resolving import Answer
from articles.text import plain_text
from calculators.values.types import InForce

OWN_NAME = "本站"
MAX_OWN_NAMES = 1
REGISTER_WORDS = re.compile(r"本站登记|登记值|登记如下|登记为〔|登记的\S{0,6}为〔")
EXAMPLE_START = re.compile(r"示例[一二三四]?：")
SENTENCE = re.compile(r"[^。！？]+[。！？]?")
HEADING = re.compile(r"<h([2-4])[^>]*>.*?</h\1>", re.DOTALL)
SECTION = re.compile(r"<h2[^>]*>(.*?)</h2>(.*?)(?=<h2|\Z)", re.DOTALL)
# What the heading of a section of steps says, apart from steps of a calculation.
PROCEDURE = re.compile(r"怎么办|办理|办法|申领|申请|步骤|流程|手续|怎么查|现在该做|怎么开|报案|怎么要")
WAY_IN = re.compile(r"<a |(?<!\d)(?:12393|12333|12366|12345|12348|110|120|122)(?!\d)")
MISCONCEPTIONS = "常见误区"
LIKE_MISCONCEPTIONS = re.compile(r"误区|误解|误会|弄混|容易混|记错")
LIST_ITEM = re.compile(r"<li[^>]*>(.*?)</li>", re.DOTALL)
# What people say, then what holds.
MISCONCEPTION = re.compile(r"「[^「」]+」：\S.+[。）〕]")
DATED = re.compile(r"·\d{4}-\d{2}-\d{2}")


def register_hints(text: str) -> Iterable[str]:
    """`text` is the body with its references still in it."""
    if OWN_NAME in text and text.count(OWN_NAME) > MAX_OWN_NAMES:
        yield f"“{OWN_NAME}”说了 {text.count(OWN_NAME)} 次，最多 {MAX_OWN_NAMES} 次：说查到没查到，不说谁查的。"
    if found := REGISTER_WORDS.search(text):
        yield f"“{found[0]}”像登记表，写成一句话；是或否让句子自己说，引用写成 〔…·是〕。"


def example_hints(body: str) -> Iterable[str]:
    """Each example ends on a number, itself or in the table, list or worked example that follows."""
    blocks = plain_text(HEADING.sub("", body)).split("\n")
    for block, following in zip(blocks, [*blocks[1:], ""], strict=True):
        if EXAMPLE_START.match(block) and not ends_on_number(block) and not re.search(r"\d|〔算例", following):
            yield f"“{block[:16]}…”没有算出数来：例子要以一个数结束，能算的写成 〔算例·…〕。"


def ends_on_number(block: str) -> bool:
    """Whether the last sentence, or the one before it, holds a number; what it refers to counts."""
    sentences = SENTENCE.findall(block)
    return any(re.search(r"\d|〔", sentence) for sentence in sentences[-2:])


def step_hints(body: str) -> Iterable[str]:
    for heading, section in SECTION.findall(body):
        if "<ol" in section and PROCEDURE.search(plain_text(heading)) and not WAY_IN.search(section):
            yield f"“{plain_text(heading)}”一节没有写去哪里办：给一个链接，或者一个电话。"


def misconception_hints(body: str) -> Iterable[str]:
    """A misconception stands in a section of its own kind: in the readers' words first, and it ends on what holds."""
    for heading, section in SECTION.findall(body):
        title = plain_text(heading).strip()
        if not LIKE_MISCONCEPTIONS.search(title):
            continue
        if title != MISCONCEPTIONS:
            yield f"“{title}”一节请叫“{MISCONCEPTIONS}”，一条一个误区。"
            continue
        items = [plain_text(item).strip() for item in LIST_ITEM.findall(section)]
        if not items:
            yield f"“{MISCONCEPTIONS}”要写成列表，一条一个误区。"
        for item in items:
            if not MISCONCEPTION.fullmatch(item):
                yield f"“{item[:16]}…”要先引读者的话，再说实际是什么：「……」：……。"


def undated(summary: str) -> list[str]:
    """The references of another day in a summary, without that day."""
    return [DATED.sub("", text) for text in find(summary) if DATED.search(text)]


def summary_hints(summary: str, answers: Mapping[str, Answer], current: Mapping[str, Answer]) -> Iterable[str]:
    """`current` are the references of another day as they stand now."""
    if summary and not summary.rstrip().endswith(("。", "？", "〕")):
        yield "摘要要停在一句话的末尾。"
    for text in filter(DATED.search, find(summary)):
        now, then = current.get(DATED.sub("", text)), answers.get(text)
        is_past = isinstance(then, InForce) and not (isinstance(now, InForce) and now.value == then.value)
        if is_past:
            yield f"摘要引用了已经过去的数〔{text}〕，请改用现在的数，或者不在摘要里写。"
