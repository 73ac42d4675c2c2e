"""No paragraph is boilerplate: three shipped articles that say nearly the same in one place have one too many."""

import re
from collections import Counter, defaultdict

from articles.import_export.demo import demo_texts

MIN_CHARACTERS = 30
RUN = 4  # characters that stand in a row in both
ALIKE = 0.6  # of the shorter paragraph's runs: the same sentence with other figures and another opening
FRONT_MATTER = "+++"
BETWEEN = re.compile(r"\n\s*\n|\n(?=[-|0-9])")
UNCOUNTED = re.compile(r"〔[^〕]*〕|\([^)]*\)|[^\u4e00-\u9fff0-9]")
SENTENCE = "没有直接结算的，凭收费票据、费用清单、诊断证明和病历资料申请手工报销，经办机构应当在三十天内办完。"


def paragraphs(text):
    """Paragraphs, items and lines of tables, without references, addresses and signs."""
    said = (UNCOUNTED.sub("", part) for part in BETWEEN.split(text.split(FRONT_MATTER, 2)[-1]))
    return [words for words in said if len(words) >= MIN_CHARACTERS]


def shared(texts):
    """Paragraphs that stand in three or more of these articles, each with their names."""
    written = [(name, words, runs(words)) for name, text in texts for words in paragraphs(text)]
    places = defaultdict(list)
    for number, (_, _, own) in enumerate(written):
        for run in own:
            places[run].append(number)
    for name, words, own in written:
        common = Counter(number for run in own for number in places[run])
        near = {
            written[other][0]
            for other, count in common.items()
            if count >= ALIKE * min(len(own), len(written[other][2]))
        }
        if len(near | {name}) >= 3:
            yield words, sorted(near | {name})


def runs(words):
    return {words[start : start + RUN] for start in range(len(words) - RUN + 1)}


def test_no_paragraph_is_shared_by_three_shipped_articles():
    assert list(shared(demo_texts())) == []


def test_a_paragraph_in_three_articles_is_found_though_each_opens_it_otherwise():
    texts = [(str(number), f"{opening}\n\n{SENTENCE}") for number, opening in enumerate(("住院。", "门诊。", "生育。"))]
    reworded = [(name, text.replace("没有直接结算的，", "还有一种情形，")) for name, text in texts[:1]]

    assert [names for _, names in shared(reworded + texts[1:])] == [["0", "1", "2"]] * 3
    assert list(shared(texts[:2])) == []
