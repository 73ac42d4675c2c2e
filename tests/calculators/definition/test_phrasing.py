from dataclasses import replace

import pytest

from calculators.definition import Option, Question, check_phrasing, from_dict, from_toml, to_dict, to_toml
from calculators.definition.phrasing import SIGNS, WrongPhrasing, read_cues, read_triggers
from tests.calculators.definition.test_definition import LIBRARY, SMALL


def fits(triggers, sentence, *signs):
    return any(all(term.holds(sentence, frozenset(signs)) for term in line) for line in read_triggers(triggers))


def test_a_trigger_line_fits_where_every_term_occurs():
    assert fits("门诊/看病 {金额} !住院", "门诊5000", "金额")
    assert fits("门诊/看病 {金额} !住院\n能报", "能报吗")
    assert not fits("门诊/看病 {金额} !住院", "门诊5000")
    assert not fits("门诊/看病 {金额} !住院", "住院前门诊5000", "金额")
    assert not fits("比例 !{金额}", "比例", "金额")
    assert not fits("", "什么都不是")
    assert fits("门诊／看病 ｛金额｝ ！住院", "看病5000", "金额")
    assert not fits("门诊／看病 ｛金额｝ ！住院", "住院前看病5000", "金额")


@pytest.mark.parametrize("text", ["{钱}", "门诊 {", "!", "!!住院", "门诊/{金额}"])
def test_a_trigger_that_cannot_be_read_is_refused_in_a_sentence(text):
    with pytest.raises(WrongPhrasing) as refused:
        read_triggers(text)

    assert str(refused.value).endswith(("。", "".join(SIGNS)))


def test_a_cue_says_on_which_side_of_it_the_number_stands():
    cues = read_cues("基数 按… …入职 …断缴-1 * 第")

    sides = {cue.word: (cue.may_precede, cue.may_follow, cue.shift) for cue in cues.words}
    assert sides == {
        "基数": (True, True, 0),
        "按": (True, False, 0),
        "入职": (False, True, 0),
        "断缴": (False, True, -1),
    }
    assert (cues.takes_any, cues.takes_ordinals) == (True, True)


@pytest.mark.parametrize("text", ["a-b-c", "…", "词…词", "-1", "**"])
def test_a_cue_that_cannot_be_read_is_refused(text):
    with pytest.raises(WrongPhrasing):
        read_cues(text)


def test_phrasing_survives_the_file_and_the_dict():
    question = Question(
        "level", "等级", "choice", options=(Option("a", "甲"),), synonyms={"a": "甲 头等", "-": "甲方"}, cues="*"
    )
    spoken = replace(
        SMALL, triggers="门诊 {金额}\n看病 !住院", excluded_by="材料", questions=(*SMALL.questions, question)
    )

    assert from_toml(to_toml(spoken)) == spoken
    assert from_dict(to_dict(spoken)) == spoken


def test_a_definition_stored_before_phrasing_existed_is_read():
    stored = to_dict(SMALL)

    assert "triggers" not in stored
    assert from_dict(stored).triggers == ""
    assert from_dict(stored).questions[0].synonyms == {}


def test_wrong_phrasing_is_told_at_its_place():
    level = Question("level", "等级", "choice", options=(Option("a", "甲"),), synonyms={"b": "乙"}, cues="a-b-c")
    problems = check_phrasing(replace(SMALL, triggers="{钱}", excluded_by="!", questions=(level,)))

    assert [problem.field for problem in problems] == ["", "", "cues", "synonyms"]
    assert "{金额}" not in str(problems[0])
    assert "没有“钱”" in str(problems[0])
    assert "没有代码为“b”的选项" in str(problems[3])


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.toml")), ids=lambda path: path.stem)
def test_each_shipped_calculator_says_what_it_is_asked_by(path):
    definition = from_toml(path.read_text(encoding="utf-8"))

    assert check_phrasing(definition) == []
    assert read_triggers(definition.triggers)
    assert any(question.cues or question.synonyms for question in definition.questions)
