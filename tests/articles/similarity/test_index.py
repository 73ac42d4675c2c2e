"""Lists beside a text, on a handful of texts small enough to judge by eye."""

import numpy as np
import pytest

from articles.similarity import weights
from articles.similarity.index import Index, best_places
from articles.similarity.profile import profile_of

ARTICLES = {
    1: ("医保卡余额会清零吗", "个人账户的余额归本人所有，跨年结转，不会清零，可以继承。", ["个人账户"]),
    2: ("个人账户的钱会过期吗", "个人账户余额归本人，今年没用完，明年接着用，跨年结转。", ["个人账户"]),
    3: ("异地就医备案怎么办", "异地就医先备案，选择参保地和就医地，备案后直接结算。", ["异地就医"]),
    4: ("异地就医没备案能报销吗", "没有备案的异地就医，报销比例会下降，可以补办备案后手工报销。", ["异地就医"]),
    5: ("北京门诊起付线是多少", "北京职工门诊起付线按年度累计，超过起付线的部分按比例支付。", ["门诊", "北京"]),
    6: ("成都门诊起付线是多少", "成都职工门诊起付线按年度累计，在职和退休的起付线不同。", ["门诊", "成都"]),
    7: ("住院报销范围", "住院费用先扣起付线，目录内的费用按比例支付，丙类自费。", ["住院"]),
}
PROFILES = {key: profile_of(*article) for key, article in ARTICLES.items()}


@pytest.fixture
def index():
    return Index(PROFILES)


def keys(matches):
    return [match.key for match in matches]


@pytest.mark.parametrize(("key", "nearest"), [(1, 2), (2, 1), (3, 4), (4, 3), (5, 6), (6, 5)])
def test_the_text_on_the_same_matter_comes_first(index, key, nearest):
    assert keys(index.nearest(PROFILES[key], without=[key]))[0] == nearest


def test_scores_fall_from_the_first_to_the_last(index):
    scores = [match.score for match in index.nearest(PROFILES[5], without=[5])]

    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] > 0


def test_a_list_is_no_longer_than_asked(index):
    assert len(index.nearest(PROFILES[5], most=2, without=[5])) == 2


def test_what_is_left_out_is_not_listed(index):
    assert not {3, 5} & set(keys(index.nearest(PROFILES[5], without=[3, 5])))


def test_a_text_of_another_field_shares_nothing_and_is_not_listed():
    surgery = profile_of("眼袋手术去哪家医院好", "眼袋内切与外切各有适应人群，术后冰敷消肿。", ["整形"])
    index = Index(PROFILES | {8: surgery, 9: profile_of("眼袋怎么消", "眼袋冰敷消肿，早睡。", ["整形"])})

    assert not {8, 9} & set(keys(index.nearest(PROFILES[5], without=[5])))


def test_the_same_text_under_another_title_is_not_listed(index):
    copied = index.changed({8: profile_of(*ARTICLES[5])})

    assert 8 not in keys(copied.nearest(PROFILES[5], without=[5]))


def test_at_most_two_texts_that_say_the_same_stand_in_a_list():
    copies = {key: profile_of("起付线说明", ARTICLES[6][1] * 4, ["门诊"]) for key in (11, 12, 13)}
    index = Index(PROFILES | copies)

    assert len({11, 12, 13} & set(keys(index.nearest(PROFILES[5], without=[5])))) == 2


def test_shared_tags_raise_a_text():
    body = "门诊费用按年度累计。"
    index = Index(
        {
            1: profile_of("门诊说明", body + "起付线。", ["北京"]),
            2: profile_of("门诊介绍", body + "封顶线。", ["成都"]),
            3: profile_of("门诊须知", body + "封顶线。", ["北京"]),
        }
    )

    assert keys(index.nearest(profile_of("门诊说明", body + "起付线。", ["北京"]), without=[1])) == [3, 2]


def test_a_text_put_in_is_found_and_the_old_index_stays_as_it_was(index):
    added = index.changed({8: profile_of("异地就医备案流程", "异地就医备案可以在线办理。", ["异地就医"])})

    assert 8 in keys(added.nearest(PROFILES[3], without=[3]))
    assert 8 not in keys(index.nearest(PROFILES[3], without=[3]))
    assert (len(index), len(added)) == (7, 8)


def test_a_text_put_in_again_replaces_itself(index):
    moved = index.changed({7: profile_of("异地就医备案须知", "异地就医备案后直接结算。", ["异地就医"])})

    assert len(moved) == 7
    assert 7 in keys(moved.nearest(PROFILES[3], most=3, without=[3]))
    assert 7 not in keys(index.nearest(PROFILES[3], most=3, without=[3]))


def test_a_text_taken_out_is_listed_nowhere(index):
    assert 6 not in keys(index.changed({}, without=[6]).nearest(PROFILES[5], without=[5]))


def test_an_empty_index_and_an_empty_text_have_empty_lists(index):
    nothing = profile_of("", "")

    assert Index({}).nearest(PROFILES[1]) == []
    assert Index({1: PROFILES[1]}).nearest(PROFILES[1], without=[1]) == []
    assert index.nearest(nothing) == []
    assert Index({}).changed({1: nothing}).nearest(nothing) == []


def test_a_vector_brings_in_what_shares_few_words(monkeypatch):
    """Of many texts only those that some way of looking finds are compared closely."""
    monkeypatch.setattr("articles.similarity.index.FEW_ARTICLES", 0)
    monkeypatch.setattr("articles.similarity.index.RECALLED", {"text": 1, "title": 1, "topic": 1})
    near, far = np.array([1, 0]), np.array([0, 1])
    texts = {key: profile_of(*article, meaning=near if key in {1, 7} else far) for key, article in ARTICLES.items()}
    asker = profile_of("医保卡余额会清零吗", ARTICLES[1][1] + "住院先扣起付线。", meaning=near)

    assert 7 in keys(Index(texts).nearest(asker, without=[1]))
    assert 7 not in keys(Index(PROFILES).nearest(asker, without=[1]))
    monkeypatch.setitem(weights.QUESTION, "meaning", 0)
    assert 7 not in keys(Index(texts).nearest(asker, without=[1]))


def test_of_many_texts_the_best_are_found_by_a_sample_as_by_all(monkeypatch):
    chance = np.random.default_rng(1)
    scores = np.where(chance.random(60_000) < 0.2, chance.random(60_000), 0)
    open_to = chance.random(60_000) < 0.9
    wanted = np.sort(scores * open_to)[-150:]

    assert np.sort(scores[best_places(scores, 150, open_to)]) == pytest.approx(wanted)
    open_to[scores > 0.5] = False  # none that the sample leads to
    assert np.sort(scores[best_places(scores, 150, open_to)]) == pytest.approx(np.sort(scores * open_to)[-150:])


def test_changes_upon_changes_leave_what_an_index_of_the_same_texts_has():
    built = Index(PROFILES)
    for round_ in range(3):
        built = built.changed({key: PROFILES[key] for key in (2, 5)}, without=[7] if round_ == 1 else [])
        built = built.changed({9: profile_of("异地就医备案流程", "异地就医备案可以在线办理。", ["异地就医"])})

    assert len(built) == 7
    for key in (1, 3, 5):
        found = built.nearest(PROFILES[key], without=[key])
        assert len({match.key for match in found}) == len(found)
        assert 7 not in keys(found)
    assert keys(built.nearest(PROFILES[5], without=[5]))[0] == 6
    assert keys(built.nearest(PROFILES[3], without=[3]))[:2] in ([4, 9], [9, 4])
