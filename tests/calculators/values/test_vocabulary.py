import pytest

from calculators.values.vocabulary import ConditionVocabulary, UnknownWord

WORDS = ConditionVocabulary(
    {
        "person_type": {"in_service": "在职", "retired": "退休"},
        "hospital_level": {"level1": "一级", "level2": "二级"},
        "group": {"age60_69": "60至69岁"},
    }
)


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("", {}),
        ("退休", {"person_type": ["retired"]}),
        ("退休·一级、二级", {"person_type": ["retired"], "hospital_level": ["level1", "level2"]}),
        ("退休·70岁及以上", {"person_type": ["retired"], "age": [70, None]}),
        ("34岁及以下", {"age": [None, 34]}),
        ("35至44岁", {"age": [35, 44]}),
        ("退休·68岁", {"person_type": ["retired"], "age": [68, 68]}),
        ("60至69岁", {"group": ["age60_69"]}),
    ],
)
def test_conditions_are_read_and_spelled_back(text, conditions):
    assert WORDS.read(text) == conditions
    assert WORDS.spell(conditions) == text


def test_one_word_is_one_answer():
    assert WORDS.answer("退休") == ("person_type", "retired")
    assert WORDS.answer("68岁") == ("age", 68)


def test_an_unknown_word_is_told():
    with pytest.raises(UnknownWord, match="没有“离休”这个条件"):
        WORDS.read("离休")


@pytest.mark.parametrize("text", ["60岁、70岁", "60岁、61岁、62岁"])
def test_ages_as_alternatives_are_refused(text):
    with pytest.raises(UnknownWord, match="年龄写成一个范围，例如 60至70岁"):
        WORDS.read(text)


def test_a_range_of_ages_from_the_higher_to_the_lower_is_refused():
    with pytest.raises(UnknownWord, match="“70至60岁”的年龄写反了"):
        WORDS.read("70至60岁")


def test_alternatives_of_two_dimensions_are_refused():
    with pytest.raises(UnknownWord, match="不同条件之间用“·”"):
        WORDS.read("退休、一级")
