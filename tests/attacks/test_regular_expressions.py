"""Regular expressions of the code: none takes long over any text."""

import ast
import itertools
import re
from pathlib import Path

import pytest

from tests.attacks.processor_time import Slow, seconds_of_processor

ROOT = Path(__file__).parent.parent.parent
APPS = ("articles", "calculators", "yibao_site")
LONG = 1_000


def test_the_clock_of_these_tests_cuts_off_what_takes_too_long():
    with pytest.raises(Slow), seconds_of_processor(0.1):
        re.fullmatch(r"(a+)+b", "a" * 60)


def patterns():
    """Every regular expression written in the code, with the place where it stands."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and is_of_re(node.func) and node.args:
                    written = node.args[0]
                    if isinstance(written, ast.Constant) and isinstance(written.value, str | bytes):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", re.compile(written.value, flags_of(node))


def is_of_re(function):
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "re"


def flags_of(call):
    names = {node.attr for node in ast.walk(call) if isinstance(node, ast.Attribute)}
    flags = {name: getattr(re, name) for name in names if isinstance(getattr(re, name, None), re.RegexFlag)}
    return sum(flags.values()) if flags else 0


def long_texts(pattern):
    """What such a pattern likes, over and over, and at the end what it does not."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    liked = sorted(set(re.findall(r"[^\\()\[\]{}|*+?^$.]", source)))[:8]
    pieces = [*liked, *("a", "0", " ", "医", "<a ", "〔", '="', "1.", "，1", "</p>", "\n", "年1月", "-a")]
    pieces += ["".join(pair) for pair in itertools.islice(itertools.permutations(liked, 2), 6)]
    for piece in pieces:
        yield (piece * LONG)[:LONG] + "\x00"


def test_no_pattern_takes_long_over_any_text(tried):
    slow, texts, found = [], 0, list(patterns())
    for place, pattern in found:
        for text in long_texts(pattern):
            given = text.encode() if isinstance(pattern.pattern, bytes) else text
            texts += 1
            try:
                with seconds_of_processor(1):
                    pattern.fullmatch(given)
                    pattern.search(given)
            except Slow:
                slow.append((place, pattern.pattern, text[:6]))
                break

    assert len(found) > 60
    assert slow == []
    tried("ReDoS：代码里的正则表达式", f"{len(found)} 条 × {texts // len(found)} 种一千字的文字", "没有一条超过一秒")
