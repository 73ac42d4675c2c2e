import pytest
from django.db import transaction

from articles.models import Article, SearchRow
from articles.models.search import SearchIndex
from articles.search import index
from articles.search.engine.tokens import INDEX_VERSION

pytestmark = pytest.mark.django_db


def found(tokens):
    return set(SearchIndex.objects.filter(tokens__holds=tokens).values_list("article__title", flat=True))


def test_an_article_is_in_the_index_as_soon_as_it_is_saved(publish):
    publish("门诊起付线", "<p>在职一千八。</p>")

    assert found("起付 一千") == {"门诊起付线"}
    assert found("^起付 ~qi_fu") == {"门诊起付线"}
    assert found("^一千") == set()


def test_a_changed_article_is_found_by_its_new_words_only(publish):
    article = publish("门诊起付线", "<p>旧的说法。</p>")
    article.body = "<p>新的写法。</p>"
    article.summary = "新的写法。"
    article.save()

    assert found("说法") == set()
    assert found("写法") == {"门诊起付线"}


def test_a_deleted_article_leaves_the_index(publish):
    publish("门诊起付线").delete()

    assert found("起付") == set()


def test_a_save_that_is_undone_leaves_no_row(publish):
    article = publish("门诊起付线")
    article.title = "换了标题"
    with transaction.atomic():
        article.save()
        transaction.set_rollback(True)

    assert found("^换了") == set()
    assert found("^起付") == {"门诊起付线"}


def test_an_article_whose_row_cannot_be_written_is_not_saved(category, monkeypatch):
    monkeypatch.setattr(index, "write", lambda articles: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Article.objects.create(title="没有行的文章", body="<p>正文。</p>", category=category)

    assert not Article.objects.filter(title="没有行的文章").exists()


def test_tags_count_as_title_and_follow_a_rename(publish):
    article = publish("怎么报", tags=["起付标准"])
    tag = article.tags.get()
    tag.name = "报销比例"
    tag.save()

    assert found("^起付") == set()
    assert found("^比例") == {"怎么报"}


@pytest.mark.parametrize("token", ["c++", "covid-19", "1,800", "药"])
def test_tokens_with_signs_are_found_whole(publish, token):
    article = publish("有标点的词")
    SearchRow.objects.filter(article=article).update(tokens=f"别的 {token}")

    assert found(token) == {"有标点的词"}


def test_any_one_character_begins_some_token(publish):
    publish("买药", "<p>西药和中药。</p>")

    for character in "买药西和中":
        assert SearchIndex.objects.filter(tokens__begins=character).count() == 1


def test_rows_of_another_version_are_written_again(publish):
    article = publish("门诊起付线")
    SearchRow.objects.update(tokens="", version=INDEX_VERSION - 1)

    assert index.write_stale() == 1
    assert found("起付") == {"门诊起付线"}
    assert index.write_stale() == 0
    assert article.search_row.version == INDEX_VERSION


def test_a_title_that_only_begins_the_text_counts_as_text(publish):
    publish("感冒以后多喝水", "<p>感冒以后多喝水，再好好休息。</p>")

    assert found("^感冒") == set()
    assert found("感冒") == {"感冒以后多喝水"}
