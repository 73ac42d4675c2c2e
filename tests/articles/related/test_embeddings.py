"""When the worker makes the vectors of articles."""

import pytest

from articles import related
from articles.models import Article, ArticleVector
from articles.related import embeddings
from articles.text import sentence_model
from articles.text.stored_vectors import from_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def semantic(settings):
    settings.SEMANTIC = True


def stamps():
    return dict(ArticleVector.objects.values_list("article", "made_at"))


@pytest.mark.usefixtures("semantic")
def test_the_worker_makes_vectors_of_what_is_published_and_a_save_makes_none(publish):
    article, _draft = publish("门诊怎么报"), publish("门诊报多少", status=Article.Status.DRAFT)
    assert stamps() == {}

    related.work()

    assert stamps().keys() == {article.pk}
    row = ArticleVector.objects.get()
    [title] = sentence_model.query_vectors(["门诊怎么报"])
    assert from_bytes([row.title])[0] @ title == pytest.approx(1, abs=1e-3)
    assert from_bytes([row.lead])[0] @ title < 0.99


def test_without_the_setting_none_are_made(publish):
    publish("门诊怎么报")
    related.work()

    assert stamps() == {}


@pytest.mark.parametrize(
    ("change", "is_made_again"),
    [
        ({"title": "门诊怎么报销"}, True),
        ({"body": "<p>门诊先看起付线。</p>"}, True),
        ({"tags_text": "门诊"}, False),
    ],
    ids=["title", "text", "tags"],
)
@pytest.mark.usefixtures("semantic")
def test_vectors_are_made_again_only_where_their_texts_changed(publish, change, is_made_again):
    article, other = publish("门诊怎么报"), publish("断缴怎么补", "断缴")
    related.work()
    before = stamps()

    for name, value in change.items():
        setattr(article, name, value)
    article.save()
    related.work()

    assert (stamps()[article.pk] > before[article.pk]) is is_made_again
    assert stamps()[other.pk] == before[other.pk]


def test_once_switched_on_every_article_gets_its_vectors(publish, settings):
    article = publish("门诊怎么报")
    related.work()
    settings.SEMANTIC = True
    related.work()

    assert stamps().keys() == {article.pk}


@pytest.mark.usefixtures("semantic")
def test_vectors_of_an_older_model_are_made_again(publish, monkeypatch):
    article = publish("门诊怎么报")
    related.work()
    before = stamps()
    assert embeddings.write([article]) == 0
    ArticleVector.objects.update(version=sentence_model.MODEL_VERSION - 1)
    related.work()

    assert stamps()[article.pk] > before[article.pk]
    assert ArticleVector.objects.current().exists()


@pytest.fixture
def asker(publish):
    """Beside it one article asks the same in other words, and one asks something else in its words."""
    body = "出生三个月以内参保缴费，从出生当天起享受居民医保待遇。"
    publish("小宝宝出生后如何参保", body + "监护人带户口簿。")
    publish("新生儿怎么算年龄", body + "按户口簿上的日期。")
    return publish("新生儿怎么上医保", body)


@pytest.mark.usefixtures("semantic")
def test_with_the_model_the_question_in_other_words_comes_first(asker, listed):
    related.work()

    assert listed(asker) == ["小宝宝出生后如何参保", "新生儿怎么算年龄"]


def test_without_the_model_the_words_decide(asker, listed):
    related.work()

    assert listed(asker) == ["新生儿怎么算年龄", "小宝宝出生后如何参保"]
