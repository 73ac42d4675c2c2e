import pytest

from articles.similarity.cosines import Cosines
from articles.similarity.index import Index
from articles.similarity.profile import profile_of

TEXTS = {
    1: "职工门诊的起付线按年度累计，超过起付线的部分按比例支付。",
    2: "断缴以后要补缴，有等待期，等待期里住院不能报。",
    3: "异地就医先备案，备案后直接结算，起付线和支付比例按参保地。",
}


@pytest.mark.parametrize(
    "asked", ["起付线是多少，超过起付线的部分怎么报", "没有备案的异地就医，报销比例会下降，等待期没有关系。"]
)
def test_cosines_are_the_likeness_that_an_index_finds(asked):
    index = Index({key: profile_of("", text) for key, text in TEXTS.items()})
    found = {match.key: match.likeness for match in index.nearest(profile_of("", asked))}
    likeness = Cosines(TEXTS).likeness(asked)

    assert {key: value for key, value in likeness.items() if value} == pytest.approx(found, abs=1e-4)
    assert len(set(likeness.values())) > 1


def test_a_text_is_one_with_itself_and_nothing_to_what_shares_no_word():
    assert Cosines(TEXTS).likeness(TEXTS[2])[2] == pytest.approx(1)
    assert set(Cosines(TEXTS).likeness("红烧肉").values()) == {0}
    assert Cosines({}).likeness("门诊") == {}
