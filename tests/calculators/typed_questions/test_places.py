import re
from collections import Counter

import pytest

from calculators.library.places import shipped_places
from calculators.typed_questions.insured_place import whereabouts
from calculators.typed_questions.sentence import normalised_sentence


@pytest.fixture
def named(place_index):
    def read(text):
        return [mention.place.name for mention in place_index.mentions(normalised_sentence(text))]

    return read


@pytest.fixture
def place_of(place_index):
    def read(text):
        sentence = normalised_sentence(text)
        where = whereabouts(sentence, place_index.mentions(sentence))
        return where.insured and where.insured.short_name, where.elsewhere and where.elsewhere.short_name

    return read


def test_the_table_holds_every_province_and_what_lies_right_below():
    places = shipped_places()
    codes = {place.code for place in places}
    provinces = [place for place in places if place.parent == "CN"]

    assert len(codes) == len(places) == 396
    assert len(provinces) == 31
    assert all(place.parent == "CN" or place.parent in codes for place in places)
    assert all(place.parent == "CN" or place.parent[:2] == place.code[:2] for place in places)
    assert all(re.fullmatch(r"0\d{2,3}", place.telephone) for place in places if place.parent != "CN")
    assert all(place.name.startswith(place.short_name) for place in places)


def test_a_pinyin_name_belongs_to_one_place():
    times = Counter(place.pinyin for place in shipped_places() if place.pinyin)

    assert [name for name, count in times.items() if count > 1] == []


@pytest.mark.parametrize("place", shipped_places(), ids=lambda place: place.code)
def test_every_place_is_recognised_by_its_full_name_and_in_the_usual_sentence(place, place_index):
    in_full = place_index.mentions(f"{place.name}职工住院花了2万")
    in_short = place_index.mentions(f"{place.short_name}职工住院花了2万")

    assert [mention.place.name for mention in in_full] == [place.name]
    assert [mention.place.short_name for mention in in_short] == [place.short_name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("襄樊职工住院", "襄阳市"),
        ("思茅居民", "普洱市"),
        ("莱芜住院", "济南市"),
        ("巢湖退休", "合肥市"),
        ("内蒙古呼盟居民", "呼伦贝尔市"),
        ("湘西州居民", "湘西土家族苗族自治州"),
        ("changsha住院", "长沙市"),
        ("Changshashi 住院", "长沙市"),
        ("吉林市职工", "吉林市"),
        ("吉林住院", "吉林省"),
        ("吉林吉林住院", "吉林市"),
        ("海南住院", "海南省"),
        ("青海海南住院", "海南藏族自治州"),
        ("海南州住院", "海南藏族自治州"),
        ("海南东方住院", "东方市"),
        ("东方市住院", "东方市"),
        ("辽宁朝阳住院", "朝阳市"),
        ("湖南省长沙市住院", "长沙市"),
        ("上海中山医院住院", "上海市"),
        ("北京朝阳区看病", "北京市"),
    ],
)
def test_a_place_is_recognised_by_old_names_pinyin_suffix_and_context(text, name, named):
    assert set(named(text)) == {name}


@pytest.mark.parametrize(
    "text", ["规定西药", "太阳从东方升起", "北京路", "医保日照样用", "大理石", "南京东路", "中山医院"]
)
def test_a_word_that_holds_the_name_of_a_place_names_none(text, named):
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "insured", "elsewhere"),
    [
        ("北京人在外地没备案", "北京", None),
        ("上海退休长期住海南", "上海", "海南"),
        ("武汉转诊去北京", "武汉", "北京"),
        ("在北京住院，武汉的医保", "武汉", "北京"),
        ("我在深圳上班，回湖南老家住院", "深圳", "湖南"),
        ("参保地成都，在西安住院", "成都", "西安"),
        ("去北京看病住院", None, "北京"),
        ("上海住院", "上海", None),
        ("北京和上海住院哪里报得多", None, None),
    ],
)
def test_of_two_places_one_is_where_somebody_is_insured(text, insured, elsewhere, place_of):
    assert place_of(text) == (insured, elsewhere)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("昨天门诊花了520", []),
        ("天门住院花了2万", ["天门市"]),
        ("我的医保山东能用吗", ["山东省"]),
        ("云南保山住院2万", ["保山市"]),
        ("北京广安门医院门诊5000", ["北京市"]),
        ("四川广安住院2万", ["广安市"]),
        ("开了两包头孢50块", []),
        ("包头退休门诊3000", ["包头市"]),
    ],
)
def test_a_place_name_across_two_words_is_no_mention_of_a_place(text, names, named):
    assert named(text) == names
