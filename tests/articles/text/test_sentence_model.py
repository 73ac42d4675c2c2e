import numpy as np

from articles.text import sentence_model
from articles.text.stored_vectors import from_bytes, to_bytes

ASKED = "停了三个月医保怎么补缴"
SAME, OTHER = "断缴一个季度以后如何续上", "门诊起付线是多少"


def test_what_says_the_same_in_other_words_is_nearer_than_what_does_not():
    asked, same, other = sentence_model.query_vectors([ASKED, SAME, OTHER])

    assert asked @ same > asked @ other


def test_a_passage_that_answers_is_nearer_than_one_that_does_not():
    [asked] = sentence_model.query_vectors([ASKED])
    answer, beside = sentence_model.passage_vectors(
        ["中断缴费不超过三个月的，补缴后待遇连续。", "社区医院门诊起付标准每年一千八百元。"]
    )

    assert asked @ answer > asked @ beside


def test_vectors_have_length_one_whatever_the_text():
    vectors = sentence_model.passage_vectors(["", "医", "待遇" * 2000])

    assert vectors.shape == (3, sentence_model.DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_stored_vectors_come_back_nearly_as_they_were():
    vectors = sentence_model.query_vectors([ASKED, OTHER])
    read = from_bytes([to_bytes(vector) for vector in vectors])

    assert np.allclose(read, vectors, atol=1e-3)
    assert from_bytes([]).shape == (0, sentence_model.DIMENSIONS)


def test_the_extra_is_off_by_default_and_on_with_its_setting(settings):
    assert not sentence_model.is_available()
    settings.SEMANTIC = True

    assert sentence_model.is_available()


def test_the_setting_without_the_package_is_a_fault_that_the_check_names(settings, monkeypatch):
    monkeypatch.setattr(sentence_model, "IS_INSTALLED", False)
    assert sentence_model.check_installed() == []
    settings.SEMANTIC = True

    [error] = sentence_model.check_installed()
    assert "requirements-semantic.txt" in error.hint
    assert not sentence_model.is_available()
