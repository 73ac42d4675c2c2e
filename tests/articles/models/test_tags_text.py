"""tags_text is what the stored tags say, whichever way they changed."""

import pytest
from taggit.models import Tag

from articles.admin.article_form import ArticleTagField
from articles.models import Article, Category


@pytest.fixture
def article(db):
    article = Article.objects.create(title="甲", body="<p>文</p>", category=Category.objects.create(name="健康新闻"))
    article.tags.set(["门诊", "个人账户"])
    return article


def tags_text(article):
    return Article.objects.get(pk=article.pk).tags_text


def test_it_follows_setting(article):
    assert tags_text(article) == article.tags_text == "门诊、个人账户"


def test_it_follows_adding_removing_and_clearing(article):
    article.tags.add("C++ 与 医保")
    article.tags.remove("门诊")
    assert tags_text(article) == "个人账户、C++ 与 医保"

    article.tags.clear()
    assert tags_text(article) == ""


def test_it_follows_a_renamed_tag(article):
    tag = Tag.objects.get(name="门诊")
    tag.name = "门诊报销"
    tag.save()

    assert tags_text(article) == "门诊报销、个人账户"


def test_it_follows_a_deleted_tag(article):
    Tag.objects.get(name="门诊").delete()

    assert tags_text(article) == "个人账户"


@pytest.mark.parametrize("typed", ["门诊，C++ 与 医保、北京", "门诊；C++ 与 医保;北京", "门诊,C++ 与 医保\n北京"])
def test_the_tag_field_splits_on_chinese_separators_and_keeps_spaces(db, typed):
    assert list(ArticleTagField(required=False).clean(typed)) == ["门诊", "C++ 与 医保", "北京"]


def test_a_tag_as_long_as_a_sentence_is_refused():
    with pytest.raises(Exception, match="漏了顿号吗"):
        ArticleTagField().clean("门" * 31)


def test_deleting_a_tagged_article_leaves_nothing_of_it_behind(article):
    """The constraints of the database are looked at when this test ends."""
    article.delete()

    assert not Article.objects.exists()
